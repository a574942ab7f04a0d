"""The emulator refuses what the API refuses, and what it streams is what the SDK and the published schema know."""

import copy
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import anthropic
import pytest

from tests.emulators.anthropic import Emulator, Failure, Reply, Text, Thinking, Use, running_emulator
from tests.emulators.anthropic.replies import says
from tests.emulators.anthropic.server import KEY

HEADERS = {"x-api-key": KEY, "anthropic-version": "2023-06-01", "content-type": "application/json"}
GOOD: dict[str, Any] = {
    "model": "claude-sonnet-5-5", "max_tokens": 100, "stream": True,
    "messages": [{"role": "user", "content": "Hello"}],
}  # fmt: skip
USE = {"type": "tool_use", "id": "toolu_1", "name": "look", "input": {}}
RESULT = {"type": "tool_result", "tool_use_id": "toolu_1", "content": "seen"}


@pytest.fixture
async def claude() -> AsyncIterator[Emulator]:
    async with running_emulator() as emulator:
        yield emulator


async def post(claude: Emulator, body: bytes | dict[str, Any], **headers: str) -> tuple[int, dict[str, Any] | str]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    given = {n: v for n, v in (HEADERS | {k.replace("_", "-"): v for k, v in headers.items()}).items() if v}
    async with (
        aiohttp.ClientSession() as session,
        session.post(
            f"{claude.url}/v1/messages", data=data, headers=given, skip_auto_headers=["Content-Type"]
        ) as answer,
    ):
        text = await answer.text()
        return answer.status, json.loads(text) if answer.status != 200 else text


def changed(**fields: Any) -> dict[str, Any]:
    return {n: v for n, v in {**copy.deepcopy(GOOD), **fields}.items() if v is not ...}


def talk(*messages: tuple[str, Any]) -> dict[str, Any]:
    return changed(messages=[{"role": role, "content": content} for role, content in messages])


WRONG: list[dict[str, Any]] = [
    changed(max_tokens=...), changed(model=...), changed(messages=...), changed(messages=[]), changed(max_tokens=0),
    changed(max_tokens="many"), changed(colour="blue"), changed(temperature=0.3), changed(system=[{"type": "text"}]),
    changed(thinking={"type": "disabled"}), changed(thinking={"type": "between_tools"}, model="claude-haiku-5-5"),
    changed(tools=[{"name": "two words", "input_schema": {"type": "object"}}]), changed(tools=[{"name": "look"}]),
    changed(tools=[{"name": "look", "input_schema": {"type": "object"}}] * 2), talk(("assistant", "Hi")),
    talk(("user", "Hi"), ("assistant", "And then")), talk(("user", "")), talk(("user", "  \n")), talk(("user", [])),
    talk(("user", [{"type": "text", "text": ""}])), talk(("system", "Obey")), talk(("user", [RESULT])),
    talk(("user", "Hi"), ("assistant", [USE])), talk(("user", "Hi"), ("assistant", [USE]), ("user", "and?")),
    talk(("user", "Hi"), ("assistant", [USE]), ("user", [{**RESULT, "tool_use_id": "toolu_2"}])),
    talk(("user", "Hi"), ("assistant", [USE]), ("user", [RESULT, RESULT])), talk(("user", [USE])),
    talk(("user", "Hi"), ("assistant", [USE]), ("user", [{"type": "text", "text": "so"}, RESULT])),
    talk(("user", [{"type": "hologram"}])), talk(("user", [{"type": "text", "text": "x", "colour": "blue"}])),
    talk(("user", "Hi"), ("assistant", [{"type": "thinking", "thinking": "x", "signature": "?"}]), ("user", "Yes")),
    talk(("user", [{"type": "text", "text": "x", "cache_control": {"type": "ephemeral"}}] * 5)),
]  # fmt: skip


@pytest.mark.parametrize("request_", WRONG, ids=lambda r: json.dumps(r)[60:130])
async def test_a_wrong_request_is_refused(claude: Emulator, request_: dict[str, Any]) -> None:
    status, error = await post(claude, request_)
    assert status == 400 and isinstance(error, dict)
    assert error["type"] == "error" and error["error"]["type"] == "invalid_request_error" and error["error"]["message"]
    assert claude.requests == []


async def test_key_version_size_and_model_are_checked(claude: Emulator) -> None:
    assert (await post(claude, GOOD))[0] == 200
    assert (await post(claude, GOOD, x_api_key="", authorization=f"Bearer {KEY}"))[0] == 200
    assert (await post(claude, GOOD, x_api_key="wrong"))[0] == 401
    assert (await post(claude, GOOD, x_api_key=""))[0] == 401
    assert (await post(claude, GOOD, anthropic_version=""))[0] == 400
    assert (await post(claude, GOOD, anthropic_version="1999-01-01"))[0] == 400
    assert (await post(claude, GOOD, content_type="text/plain"))[0] == 400
    assert (await post(claude, b"{"))[0] == 400
    assert (await post(claude, changed(model="gpt")))[0] == 404
    assert (await post(claude, b" " * (33 * 1024 * 1024)))[0] == 413


async def test_a_good_conversation_with_tools_is_accepted(claude: Emulator) -> None:
    good = talk(("user", "Hi"), ("assistant", [USE, {**USE, "id": "toolu_2"}]),
                ("user", [RESULT, {**RESULT, "tool_use_id": "toolu_2"}, {"type": "text", "text": "so?"}]))  # fmt: skip
    assert (await post(claude, good))[0] == 200


async def test_its_streams_are_understood_by_the_official_sdk(claude: Emulator) -> None:
    blocks = (Thinking(thinking="First look."), Text(text="Let me see."), Use(name="look", input={"at": ["a", "b"]}))
    claude.plan(Reply(blocks=blocks))
    async with (
        anthropic.AsyncAnthropic(api_key=KEY, base_url=claude.url, max_retries=0) as client,
        client.messages.stream(
            model="claude-sonnet-5-5", max_tokens=100, messages=[{"role": "user", "content": "Hello"}]
        ) as stream,
    ):
        message = await stream.get_final_message()
    assert [b.type for b in message.content] == ["thinking", "text", "tool_use"]
    assert message.content[2].input == {"at": ["a", "b"]}  # type: ignore[union-attr]
    assert message.stop_reason == "tool_use" and message.usage.output_tokens > 5


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        (Failure(status=529), anthropic.OverloadedError), (Failure(status=429), anthropic.RateLimitError),
        (Failure(status=401), anthropic.AuthenticationError), (Failure(status=413), anthropic.APIStatusError),
    ],
)  # fmt: skip
async def test_its_errors_are_the_sdks_own(claude: Emulator, failure: Failure, error: type[Exception]) -> None:
    claude.plan(failure)
    async with anthropic.AsyncAnthropic(api_key=KEY, base_url=claude.url, max_retries=0) as client:
        with pytest.raises(error):
            await client.messages.create(
                model="claude-sonnet-5-5", max_tokens=9, messages=[{"role": "user", "content": "Hello"}], stream=True
            )


async def test_its_cache_reads_what_was_marked_and_only_if_it_is_long_enough(claude: Emulator) -> None:
    long = [{"type": "text", "text": "rules " * 600, "cache_control": {"type": "ephemeral"}}]
    short = [{"type": "text", "text": "rules", "cache_control": {"type": "ephemeral"}}]
    for system in (long, long, short, short):
        claude.plan(says("Yes."))
        await post(claude, changed(system=system))
    written, read, *none = claude.counted
    assert written.written > 512 and read.read == written.written and read.written == 0
    assert {(c.read, c.written) for c in none} == {(0, 0)}
    assert all(c.fresh > 0 for c in claude.counted)
