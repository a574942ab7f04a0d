"""The emulated Slack refuses what the real one refuses: held against the real SDK, whose requests it takes."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from channels.slack.limits import METHODS
from tests.emulators.slack.server import Emulator, running_emulator
from tests.emulators.slack.strictness import ARGUMENTS


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with running_emulator() as emulator:
        emulator.world.channel(emulator.world.workspace(token="xoxb-1"), "lamu", "Ana")
        yield emulator


async def refusal(emulator: Emulator, method: str, token: str = "xoxb-1", **args: Any) -> SlackApiError:
    """What the SDK raises."""
    client = AsyncWebClient(token, base_url=f"{emulator.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        await getattr(client, method.replace(".", "_"))(**args)
    return refused.value


def code(error: SlackApiError) -> str:
    return str(error.response["error"])


BUTTON = {"type": "button", "action_id": "a", "text": {"type": "plain_text", "text": "Go"}, "value": "v"}


def row(*elements: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "actions", "elements": list(elements)}]


LONG = {"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}
BAD = [
    ({"text": ""}, "no_text"),
    ({"text": "x" * 40_001}, "msg_too_long"),
    ({"text": "x", "colour": "red"}, "invalid_arguments"),
    ({"text": "x", "blocks": row({**BUTTON, "text": {"type": "plain_text", "text": "x" * 76}})}, "invalid_blocks"),
    ({"text": "x", "blocks": row({**BUTTON, "value": "x" * 2001})}, "invalid_blocks"),
    ({"text": "x", "blocks": row(BUTTON, BUTTON)}, "invalid_blocks"),
    ({"text": "x", "blocks": row()}, "invalid_blocks"),
    ({"text": "x", "blocks": row(*({**BUTTON, "action_id": str(i)} for i in range(26)))}, "invalid_blocks"),
    ({"text": "x", "blocks": [LONG]}, "invalid_blocks"),
    ({"text": "x", "thread_ts": "1.1"}, "cannot_reply_to_message"),
    ({"text": "x", "metadata": {"a": 1}}, "invalid_metadata_format"),
]


@pytest.mark.parametrize(("args", "refused"), BAD)
async def test_a_message_that_is_too_much_or_not_known_is_refused(
    emulator: Emulator, args: dict[str, Any], refused: str
) -> None:
    [room] = next(iter(emulator.world.workspaces.values())).channels
    assert code(await refusal(emulator, "chat.postMessage", channel=room, **args)) == refused


async def test_where_and_who_one_is_matters(emulator: Emulator) -> None:
    ws = next(iter(emulator.world.workspaces.values()))
    [room] = ws.channels.values()
    about = {"channel": room.id, "text": "x"}
    assert code(await refusal(emulator, "chat.postMessage", token="xoxb-2", **about)) == "invalid_auth"
    assert code(await refusal(emulator, "chat.postMessage", channel="C0", text="x")) == "channel_not_found"
    ws.scopes.discard("chat:write.customize")
    assert code(await refusal(emulator, "chat.postMessage", username="Zuri", **about)) == "missing_scope"
    ws.scopes.discard("chat:write")
    assert code(await refusal(emulator, "chat.postMessage", **about)) == "missing_scope"
    ws.scopes.add("chat:write")
    room.archived = True
    assert code(await refusal(emulator, "chat.postMessage", **about)) == "is_archived"
    room.archived = False
    room.members.remove(ws.bot_user)
    assert code(await refusal(emulator, "chat.postMessage", **about)) == "not_in_channel"
    ws.revoked = "token_revoked"
    assert code(await refusal(emulator, "chat.postMessage", **about)) == "token_revoked"


async def test_too_many_messages_in_a_second_are_refused_with_the_time_to_wait(emulator: Emulator) -> None:
    [room] = next(iter(emulator.world.workspaces.values())).channels
    client = AsyncWebClient("xoxb-1", base_url=f"{emulator.url}/api/", retry_handlers=[])
    with pytest.raises(SlackApiError) as refused:
        for _ in range(20):
            await client.chat_postMessage(channel=room, text="x")
    assert (refused.value.response.status_code, code(refused.value)) == (429, "ratelimited")
    assert int(refused.value.response.headers["Retry-After"]) >= 1


async def test_a_form_opens_once_and_within_three_seconds(emulator: Emulator) -> None:
    view = {"type": "modal", "title": {"type": "plain_text", "text": "T"}, "blocks": []}
    for late, expected in ((4.0, "expired_trigger_id"), (0.0, "exchanged_trigger_id")):
        trigger = emulator.world.trigger("U1")
        emulator.world.moved += late
        client = AsyncWebClient("xoxb-1", base_url=f"{emulator.url}/api/", retry_handlers=[])
        if not late:
            await client.views_open(trigger_id=trigger, view=view)
        assert code(await refusal(emulator, "views.open", trigger_id=trigger, view=view)) == expected


def test_every_method_has_its_arguments_and_its_place_in_the_table() -> None:
    assert set(ARGUMENTS) == set(METHODS)
