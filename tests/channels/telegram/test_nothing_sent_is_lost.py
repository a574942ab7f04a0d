"""Every content in every way, whole and damaged: kept as it was said, or kept with the reason why it is left alone."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model import Entry
from channels.telegram.inbound import Me, heard
from channels.telegram.models import held, read
from tests.channels.damage import damaged
from tests.channels.telegram.deliveries import ALL, ANA, GROUP, PLACE, WHEN
from tests.channels.telegram.shapes import CONTENTS, ELSEWHERE, SERVICES, WAYS, Content, Way, said
from tests.channels.telegram.wired import Wired, wired

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ME = Me(account="main", id=4242, username="caravan_bot", ids=frozenset((4242,)))
# What stands in these parts of a message says where it belongs, whose it is or what it is.
_TELLING = frozenset("message_id chat from sender_chat is_topic_message message_thread_id reply_to_message".split())


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path) as made:
        yield made


def entry_of(update: dict[str, Any]) -> Entry | None:
    body = json.dumps({"update_id": 7, **update}).encode()
    found = read(body)
    return heard(found, ME, NOW, held(body)[1:]).entry if found is not None else None


def as_said(entry: Entry | None, way: Way, content: Content) -> None:
    name = f"{content.name}, {way.name}"
    assert entry is not None, name
    assert entry.place == way.place, name
    if content.why:
        assert (entry.what, entry.author) == ("notice", ""), name
        assert entry.text.startswith(content.text[:-1]) and entry.value["ignored"].startswith(content.why[:-1]), name
        return
    assert (entry.text, entry.value.get("ignored", "")) == (content.text, ""), name
    assert entry.what == ("command" if content.text.startswith("/") else "message"), name
    assert entry.author == way.author, name
    assert entry.reply_to == (f"{way.place}:message:{way.reply}" if way.reply else ""), name
    assert tuple((f.name, f.size) for f in entry.files) == content.files, name
    assert entry.location == content.spot and entry.id == f"{way.place}:message:1365", name
    assert entry.value["kind"] == ("direct" if way.place == "telegram:main:1111111" else "group"), name


async def test_what_is_said_is_kept_as_it_was_said(here: Wired) -> None:
    count = 0
    for count, (way, content, update) in enumerate(said(), 1):
        receipt = await here.receive({"update_id": count, **update})
        assert (receipt.status, len(receipt.entries)) == (200, 1), (way.name, content.name)
        as_said(receipt.entries[0], way, content)
    assert count > 1000


def test_an_edit_says_all_that_the_message_says_now() -> None:
    for way, content, update in said():
        if content.why or (content.spot and content.name != "a venue"):
            continue
        entry = entry_of({"edited_message": {**update["message"], "edit_date": WHEN + 60}})
        assert entry is not None and entry.what == "edit", (way.name, content.name)
        assert (entry.object, entry.author) == (f"{way.place}:message:1365", way.author), (way.name, content.name)
        assert entry.text == content.text and len(entry.files) == len(content.files), (way.name, content.name)
        assert entry.reply_to == (f"{way.place}:message:{way.reply}" if way.reply else ""), (way.name, content.name)


async def test_what_has_no_place_in_a_conversation_is_answered_and_leaves_nothing(here: Wired) -> None:
    for n, update in enumerate(ELSEWHERE):
        receipt = await here.receive({"update_id": n, **update})
        assert (receipt.status, receipt.entries) == (200, ()), update


def test_damage_takes_away_no_more_than_what_is_damaged() -> None:
    tried = 0
    updates = [update for n, (_, _, update) in enumerate(said()) if n % 9 == 0]
    for seed, update in enumerate([*updates, *(case.update for case in ALL), *ELSEWHERE]):
        whole = entry_of(update)
        for path, variant in damaged(update, seed, 40):
            tried += 1
            entry = entry_of(variant)
            if whole is None or path[:1] != ("message",) or len(path) < 2 or path[1] in _TELLING:
                continue
            assert entry is not None, (path, variant)
            if whole.what in ("message", "command") and path[1] not in ("text", "caption") and _has_words(update):
                assert (entry.text, entry.author, entry.id) == (whole.text, whole.author, whole.id), (path, variant)
    assert tried > 5000


def _has_words(update: dict[str, Any]) -> bool:
    return bool(update["message"].get("text") or update["message"].get("caption"))


async def test_what_is_nested_beyond_measure_is_answered(here: Wired) -> None:
    deep = "[" * 900 + "]" * 900
    for n, kind in enumerate(("rich_message", "poll", "paid_media", "checklist", "game", "hologram")):
        message = {"message_id": n, "date": WHEN, "chat": GROUP, "from": ANA, kind: {"blocks": 0}}
        body = json.dumps({"update_id": 900 + n, "message": message}).replace('"blocks": 0', f'"blocks": {deep}')
        assert (await here.receive(body.encode())).status == 200, kind


def test_one_person_is_one_author_however_little_is_told_of_them() -> None:
    odd: dict[str, Any] = {"id": "1111111", "is_bot": None, "first_name": 5, "last_name": {}}
    for user in (ANA, {"id": 1111111}, odd):
        entry = entry_of({"message": {"message_id": 1, "date": WHEN, "chat": GROUP, "from": user, "text": "Hi"}})
        assert entry is not None and (entry.author, entry.place) == ("telegram:1111111", PLACE)
    assert len(CONTENTS) > 30 and len(WAYS) > 20 and len(SERVICES) > 80
