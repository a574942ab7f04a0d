"""The door for interactions: signed over the raw bytes, fresh, whole; everything else is refused and leaves nothing."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.ports import RawRequest
from channels.discord.limits import ANSWER_WITHIN, SIGNATURE_AGE
from tests.channels.discord.stage import DiscordSide, request, staged

PING = b'{"type":1}'
# integrations.md, signed with the seed 00..1f.
VECTOR = {
    "X-Signature-Timestamp": "1700000000",
    "X-Signature-Ed25519": "c1098e97d711377f30225d53d94b89d43537f92e5b3afaddc590781b1f9f9d4b"
    "2eeab335d370be3b9a090bc61a85b86448bc140dcd195f1569c2bff181257607",
}


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path, http=True) as side:
        yield side


def pressed(side: DiscordSide) -> bytes:
    """A press as Discord brings it."""
    data = {"component_type": 2, "custom_id": "p:t", "id": 1}
    return json.dumps(side.people.interaction(3, side.room, "Ana", data)[1]).encode()


async def test_the_published_vector_is_a_ping_and_is_answered(side: DiscordSide) -> None:
    receipt = await side.channel.receive(request(PING, VECTOR))
    assert (receipt.status, json.loads(receipt.body), receipt.content_type) == (200, {"type": 1}, "application/json")


@pytest.mark.parametrize("header", ["X-Signature-Ed25519", "X-Signature-Timestamp"])
@pytest.mark.parametrize("value", ["", "0", "zz", "0" * 128, "1700000001", "é", "\u0661" * 10, "-1", "1" * 400])
async def test_a_forged_request_is_refused(side: DiscordSide, header: str, value: str) -> None:
    assert (await side.channel.receive(request(PING, {**VECTOR, header: value}))).status == 401


async def test_another_body_under_the_same_signature_is_refused(side: DiscordSide) -> None:
    for body in (b'{"type":1} ', b'{"type": 1}', pressed(side)):
        assert (await side.channel.receive(request(body, VECTOR))).status == 401


async def test_an_old_request_is_refused_and_a_repeated_one_is_the_same_entry(side: DiscordSide) -> None:
    body, now = pressed(side), int(side.emulator.world.now())
    for at in (now - SIGNATURE_AGE - 5, now + SIGNATURE_AGE + 5):
        old = await side.channel.receive(request(body, side.people.signed(body, at)))
        assert (old.status, old.entries) == (401, ())
    again = [await side.channel.receive(request(body, side.people.signed(body))) for _ in range(2)]
    assert again[0].status == 200 and [e.id for e in again[0].entries] == [e.id for e in again[1].entries] != []


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{", b'{"type":3}', b'{"type":2,"id":"1","token":"t"}', b'{"type":"x"}']
)
async def test_a_truncated_request_is_bad_and_leaves_nothing(side: DiscordSide, body: bytes) -> None:
    receipt = await side.channel.receive(request(body, side.people.signed(body)))
    assert (receipt.status, receipt.entries) == (400, ())


async def test_a_command_that_is_ours_no_more_is_kept_with_its_words(side: DiscordSide) -> None:
    options = [{"name": "port", "type": 3, "value": "Lamu"}]
    body = json.dumps(side.people.interaction(2, side.room, "Ana", {"name": "ferry", "options": options})[1]).encode()
    [entry] = (await side.channel.receive(request(body, side.people.signed(body)))).entries
    assert (entry.what, entry.text, entry.name) == ("command", "/ferry Lamu", "Ana")


async def test_unknown_interactions_are_answered_kindly(side: DiscordSide) -> None:
    for kind, data in ((2, {"name": "", "id": "1", "type": 1}), (77, {})):
        body = json.dumps(side.people.interaction(kind, side.room, "Ana", data)[1]).encode()
        receipt = await side.channel.receive(request(body, side.people.signed(body)))
        assert (receipt.status, receipt.entries, json.loads(receipt.body)["type"]) == (200, (), 4)


async def test_other_methods_accounts_and_doors_are_not_found(side: DiscordSide, tmp_path: Path) -> None:
    signed = side.people.signed(PING)
    other = RawRequest(method="POST", path="/hooks/discord/x", query={}, headers=signed, body=PING, account="x")
    get = RawRequest(method="GET", path="/hooks/discord", query={}, headers=signed, body=PING)
    assert [(await side.channel.receive(r)).status for r in (other, get)] == [404, 404]
    async with staged(tmp_path / "keyless") as keyless:
        assert (await keyless.channel.receive(request(PING, VECTOR))).status == 404


async def test_the_emulator_gives_up_after_three_seconds_and_refuses_late_answers(side: DiscordSide) -> None:
    made, _ = side.people.interaction(3, side.room, "Ana", {"custom_id": "p:t", "component_type": 2})
    side.emulator.world.ahead = ANSWER_WITHIN + 1
    callback = f"{side.emulator.url}/api/v10/interactions/{made.id}/{made.token}/callback"
    async with (
        aiohttp.ClientSession(headers={"User-Agent": "DiscordBot (x, 1)"}) as session,
        session.post(callback, json={"type": 6}) as answer,
    ):
        assert (answer.status, (await answer.json())["code"]) == (404, 10062)
