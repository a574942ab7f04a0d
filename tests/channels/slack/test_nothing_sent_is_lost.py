"""Every content in every way, whole and damaged: kept as it was said, or kept with the reason why it is left alone."""

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.model import Entry
from tests.channels.damage import damaged
from tests.channels.slack import shapes
from tests.channels.slack.shapes import AT, INTERACTIONS, LEFT_ALONE, NOTHING, ROOM, TS, said
from tests.channels.slack.stage import SlackSide, request, staged

Json = dict[str, Any]
# What stands in these parts of an event says where it belongs, whose it is or what it is.
_TELLING = frozenset("type subtype channel user bot_id ts thread_ts text message event_ts".split())


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[SlackSide]:
    async with staged(tmp_path) as side:
        yield side


def here(side: SlackSide, found: Any) -> Any:
    """The same, as told of people who are in the emulated workspace."""
    world, text = side.emulator.world, json.dumps(found)
    known = {
        shapes.US: side.ws.bot_user,
        shapes.ANA: world.person(side.ws, "Ana"),
        shapes.BEN: world.person(side.ws, "Ben"),
    }
    for name, id in {**known, ROOM: side.room.id}.items():
        text = text.replace(name, id)
    return json.loads(text)


async def heard(side: SlackSide, event: Any) -> Sequence[Entry]:
    envelope = {"type": "event_callback", "team_id": side.ws.id, "event_id": "Ev1", "event_time": 1, "event": event}
    receipt = await side.channel.receive(side.signed("events_api", here(side, envelope)))
    assert receipt.status == 200, event
    return receipt.entries


def as_said(side: SlackSide, told: Sequence[Entry], way: shapes.Way, content: shapes.Content) -> None:
    name, who = f"{content.name}, {way.name}", side.reader("Ana")
    assert len(told) == 1, name
    channel, [entry] = here(side, way.place).partition("/")[0], told
    place = f"slack:main:{here(side, way.place)}"
    assert (entry.what, entry.place, entry.id) == ("message", place, f"{place}:message:{TS}"), name
    assert (entry.author, entry.name, entry.text) == (who, "Ana", content.text), name
    assert entry.reply_to == (f"slack:main:{channel}:message:{way.reply}" if way.reply else ""), name
    assert tuple(f.key.rpartition(":")[2] for f in entry.files) == content.files, name
    assert entry.value["kind"] == ("direct" if channel.startswith("D") else "group"), name


async def test_what_is_said_is_kept_as_it_was_said(side: SlackSide) -> None:
    for way, content, event in said():
        as_said(side, await heard(side, event), way, content)


async def test_two_edits_in_one_second_are_two(side: SlackSide) -> None:
    change = {"type": "message", "subtype": "message_changed", "channel": ROOM}
    told = []
    for at, text in (("1790000009.000100", "first"), ("1790000009.000200", "second"), ("1790000009.000200", "second")):
        said = {"type": "message", "user": shapes.ANA, "ts": TS, "text": text, "edited": {"ts": "1790000009.000000"}}
        told += await heard(side, {**change, "message": said, "ts": at, "event_ts": at})
    assert len({entry.id for entry in told}) == 2 and {entry.what for entry in told} == {"edit"}


async def test_half_a_letter_does_not_lose_the_rest(side: SlackSide) -> None:
    event = here(side, {"type": "message", "channel": ROOM, "user": shapes.ANA, "ts": TS, "text": "Hi HALF \\ud83d"})
    envelope = {"type": "event_callback", "team_id": side.ws.id, "event": event}
    body = json.dumps(envelope).replace("HALF", "\\ud83d").encode()
    signed = request("events_api", {}, side.emulator.deliveries.signed(body, 0))
    [entry] = (await side.channel.receive(replace(signed, body=body))).entries
    assert entry.text == "Hi \N{REPLACEMENT CHARACTER} \\ud83d"


async def test_an_edit_says_all_that_the_message_says_now(side: SlackSide) -> None:
    for way, content, event in said():
        if way.fields.get("type") == "app_mention" or way is not shapes.WAYS[shapes.CONTENTS.index(content) % 8]:
            continue
        now = {**event, "edited": {"user": shapes.ANA, "ts": AT}, "channel": None}
        change = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": event["channel"],
            "ts": AT,
        }
        before = {**event, "text": "something else"}
        [entry] = await heard(side, {**change, "message": now, "previous_message": before, "event_ts": AT})
        place = f"slack:main:{here(side, way.place)}"
        assert (entry.what, entry.object) == ("edit", f"{place}:message:{TS}"), content.name
        assert (entry.text, entry.author, len(entry.files)) == (content.text, side.reader("Ana"), len(content.files))
        [gone] = await heard(side, {**change, "subtype": "message_deleted", "deleted_ts": TS, "previous_message": now})
        assert (gone.what, gone.object, gone.author) == ("delete", f"{place}:message:{TS}", side.reader("Ana"))


async def test_what_is_left_alone_says_why_and_what_is_no_news_leaves_nothing(side: SlackSide) -> None:
    for event in LEFT_ALONE:
        told = await heard(side, event)
        assert [(e.what, e.author) for e in told] == [("notice", "")] and told[0].value["ignored"], event
    for event in NOTHING:
        assert await heard(side, event) == (), event


async def test_interactions_of_every_kind_are_answered(side: SlackSide) -> None:
    about = {
        "user": {"id": shapes.ANA, "team_id": side.ws.id},
        "team": {"id": side.ws.id},
        "api_app_id": "A1",
        "token": "x",
    }
    for interaction in INTERACTIONS:
        receipt = await side.channel.receive(side.signed("interactive", here(side, {**about, **interaction})))
        assert (receipt.status, receipt.entries) == (200, ()), interaction
    for seed, interaction in enumerate(INTERACTIONS):
        for path, variant in damaged({**about, **interaction}, seed, 12):
            receipt = await side.channel.receive(side.signed("interactive", here(side, variant)))
            assert receipt.status in (200, 404), (path, variant)
            assert all(e.place.count(":") == 2 and e.author for e in receipt.entries), (path, variant)


async def test_damage_takes_away_no_more_than_what_is_damaged(side: SlackSide) -> None:
    events = [event for n, (_, _, event) in enumerate(said()) if n % 13 == 0]
    for seed, event in enumerate([*events, *LEFT_ALONE[-8:], *NOTHING]):
        whole = await heard(side, event)
        for path, variant in damaged(event, seed, 14):
            told = await heard(side, variant)
            if whole and event.get("text") and whole[0].what == "message" and path[0] not in _TELLING:
                assert told and (told[0].id, told[0].author) == (whole[0].id, whole[0].author), (path, variant)
                assert told[0].text.startswith(whole[0].text[: len(event["text"]) // 3]), (path, variant)


async def test_commands_are_read_however_they_are_written(side: SlackSide) -> None:
    texts = {"Lamu &amp; Diani": "Lamu & Diani", "<@U9|zoe> <#C9|sea>": "@zoe #sea", "<https://x.org>": "https://x.org",
             "  two  words ": "two  words", "": "", "&lt;b&gt; 100%": "<b> 100%", "+1 & =2": "+1 & =2"}  # fmt: skip
    given = {"team_id": side.ws.id, "channel_id": ROOM, "channel_name": "lamu", "user_id": shapes.ANA, "user_name": "a",
             "command": "/ping", "trigger_id": "1.2", "response_url": "https://hooks.slack.com/x"}  # fmt: skip
    for text, expected in texts.items():
        receipt = await side.channel.receive(side.signed("slash_commands", here(side, {**given, "text": text})))
        [entry] = receipt.entries
        assert (entry.what, entry.text) == ("command", f"/ping {expected}".strip()), text
        assert (entry.author, entry.place) == (side.reader("Ana"), side.place)
    for name in given:
        without = here(side, {k: v for k, v in given.items() if k != name})
        receipt = await side.channel.receive(side.signed("slash_commands", without))
        assert all(e.author and e.place == side.place for e in receipt.entries), name
