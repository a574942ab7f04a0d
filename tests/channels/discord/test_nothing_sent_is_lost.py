"""Every content in every way, whole and damaged: kept as it was said, or kept with the reason why it is left alone."""

import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from bot.model import Entry
from tests.channels.damage import damaged
from tests.channels.discord.shapes import (
    ANA,
    AT,
    CONTENTS,
    ID,
    LEFT_ALONE,
    NOTHING,
    ROOM,
    WAYS,
    Content,
    Way,
    message,
    said,
)
from tests.channels.discord.stage import DiscordSide, request, staged

Json = dict[str, Any]
# What stands in these parts of a message says where it belongs, whose it is or what it is.
_TELLING = frozenset("id channel_id guild_id type author webhook_id member".split())
_LATER = "2017-07-11T17:30:00.000000+00:00"


@pytest.fixture
async def side(tmp_path: Path) -> AsyncIterator[DiscordSide]:
    async with staged(tmp_path, http=True) as side:
        yield side


async def heard(side: DiscordSide, event: Any, kind: str = "MESSAGE_CREATE") -> Sequence[Entry]:
    hearing = side.channel._bots["main"].hearing
    told = json.loads(json.dumps(event))
    return await hearing._translate((kind, told, "s.1"))  # raises what `told` would log


def as_said(told: Sequence[Entry], way: Way, content: Content) -> None:
    name, place = f"{content.name}, {way.name}", f"discord:main:{way.place}"
    assert len(told) == 1, name
    [entry] = told
    assert (entry.what, entry.place) == ("command" if content.text[:1] == "/" else "message", place), name
    assert (entry.id, entry.text) == (f"{place}:message:{ID}", content.text), name
    assert (entry.author, entry.name) == (f"discord:{ANA}", way.called), name
    assert entry.reply_to == (f"{place}:message:{way.reply}" if way.reply else ""), name
    assert tuple(f.name for f in entry.files) == content.files, name
    assert entry.value["kind"] == ("direct" if way.place.startswith("@") else "group"), name


async def test_what_is_said_is_kept_as_it_was_said(side: DiscordSide) -> None:
    for way, content, event in said():
        as_said(await heard(side, event), way, content)


async def test_an_edit_says_all_that_the_message_says_now(side: DiscordSide) -> None:
    for way, content, event in said():
        [entry] = await heard(side, {**event, "edited_timestamp": _LATER}, "MESSAGE_UPDATE")
        place = f"discord:main:{way.place}"
        if content.name == "nothing":
            assert (entry.what, entry.value["ignored"]) == ("notice", "no other words than before"), way.name
            continue
        assert (entry.what, entry.object) == ("edit", f"{place}:message:{ID}"), (content.name, way.name)
        assert (entry.text, entry.author, len(entry.files)) == (content.text, f"discord:{ANA}", len(content.files))


async def test_a_part_of_a_message_takes_no_words_away(side: DiscordSide) -> None:
    parts: tuple[Json, ...] = (
        {"embeds": [{"title": "x"}]}, {"flags": 4}, {"pinned": True}, {"edited_timestamp": None, "content": "x"},
        {"edited_timestamp": _LATER}, {"author": message()["author"], "edited_timestamp": _LATER}, {"poll": {}}, {},
    )  # fmt: skip
    for part in parts:
        [entry] = await heard(side, {"id": ID, "channel_id": ROOM, "guild_id": "5", **part}, "MESSAGE_UPDATE")
        assert entry.what == "notice" and entry.value["ignored"], part


async def test_what_is_left_alone_says_why_and_what_is_no_news_leaves_nothing(side: DiscordSide) -> None:
    for event in LEFT_ALONE:
        told = await heard(side, event)
        assert [(e.what, e.author) for e in told] == [("notice", "")] and told[0].value["ignored"], event
    for kind, event in NOTHING:
        assert list(await heard(side, event, kind)) == [], kind


async def test_damage_takes_away_no_more_than_what_is_damaged(side: DiscordSide) -> None:
    for seed, (_, _, event) in enumerate(list(said())[::9]):
        [whole] = await heard(side, event)
        for path, variant in damaged(event, seed, 25):
            told = await heard(side, variant)
            if path[0] in _TELLING:
                continue
            assert told and (told[0].id, told[0].author) == (whole.id, whole.author), (path, variant)
            if event["content"] and path[0] not in ("content", "mentions"):
                assert told[0].text.startswith(whole.text[: len(event["content"]) // 3]), (path, variant)
    for seed, (kind, event) in enumerate(NOTHING):
        for _, variant in damaged(event, seed, 8):
            assert all(e.place.count(":") == 2 for e in await heard(side, variant, kind))


async def test_interactions_of_every_kind_are_answered(side: DiscordSide) -> None:
    options = [{"name": "words", "type": 3, "value": "x", "focused": True}, {"name": "file", "type": 11, "value": "5"}]
    inputs = [{"type": 1, "components": [{"type": 4, "custom_id": "nights", "value": "2"}]},
              {"type": 18, "component": {"type": 3, "custom_id": "where", "values": ["Lamu"]}}]  # fmt: skip
    asked: tuple[tuple[int, Json], ...] = (
        (2, {"id": "1", "name": "ping", "type": 1, "options": options}), (2, {"id": "1", "name": "ours", "type": 1}),
        (2, {"id": "1", "name": "Save", "type": 2, "target_id": ANA, "resolved": {"users": {}}}),
        (2, {"id": "1", "name": "Save", "type": 3, "target_id": ID, "resolved": {"messages": {}}}),
        (3, {"custom_id": "p:t", "component_type": 2}), (3, {"custom_id": "f:t", "component_type": 2}),
        (3, {"custom_id": "pick:1", "component_type": 3, "values": ["t"]}),
        (3, {"custom_id": "u", "component_type": 5, "values": [ANA], "resolved": {}}),
        (4, {"id": "1", "name": "ping", "options": options}), (4, {}), (5, {"custom_id": "m:t", "components": inputs}),
        (5, {"custom_id": "m:", "components": None}), (9, {"hologram": 1}),
    )  # fmt: skip
    for seed, (kind, data) in enumerate(asked):
        whole: Json = side.people.interaction(kind, side.room, "Ana", data)[1]
        whole |= {
            "context": 0,
            "authorizing_integration_owners": {"1": ANA},
            "entitlements": [],
            "app_permissions": "0",
        }
        for path, variant in (((), whole), *damaged(whole, seed, 25)):
            body = json.dumps(variant).encode()
            receipt = await side.channel.receive(request(body, side.people.signed(body)))
            assert receipt.status in ((200,) if not path else (200, 400)), (kind, path, variant)
            assert all(e.author and e.place.count(":") == 2 for e in receipt.entries), (kind, path, variant)


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(list(said())) > 220 and len(CONTENTS) > 20 and len(WAYS) > 10 and AT
