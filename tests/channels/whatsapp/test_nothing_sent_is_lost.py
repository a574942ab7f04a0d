"""Every content in every way, whole and damaged: kept as it was said, or refused and nothing stored."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from channels.whatsapp.records import CONTACTS
from tests.channels.damage import damaged
from tests.channels.whatsapp.shapes import CONTENTS, MISSED, SM, STATUSES, WAYS, form, said
from tests.channels.whatsapp.test_bad_input_leaves_no_trace import deliver
from tests.channels.whatsapp.wired import Wired, wired

# What says whose it is, what it answers, or what it is.
_TELLING = frozenset("MessageSid SmsSid SmsMessageSid From To MessageStatus SmsStatus NumMedia OptOutType".split())


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path) as made:
        yield made


async def test_what_is_said_is_kept_as_it_was_said(here: Wired) -> None:
    for way, content, sent in said():
        receipt = await deliver(here, sent)
        name, place = f"{content.name}, {way.name}", f"whatsapp:main:{way.who}"
        kept = [e for e in receipt.entries if e.what not in ("status", "notice")]
        assert (receipt.status, len(kept)) == (200, 1), name
        [entry] = kept
        what = "press" if content.token else "command" if content.text[:1] == "/" else "message"
        assert (entry.what, entry.id) == (what, f"{place}:{'press' if content.token else 'message'}:{SM}"), name
        assert (entry.author, entry.name) == (f"whatsapp:{way.who}", way.called), name
        assert (entry.text, entry.location) == (content.text, content.spot), name
        assert tuple(f.name for f in entry.files) == content.files, name
        assert entry.value.get("token", "") == content.token, name
        if not content.token:
            assert entry.reply_to == (f"{place}:message:{way.reply}" if way.reply else ""), name
        advertised = {k for k, v in way.fields.items() if k.startswith("Referral") and v}
        assert set(entry.value.get("referral", ())) == advertised, name


async def test_what_cannot_be_placed_and_steps_of_what_is_not_ours_store_nothing(here: Wired) -> None:
    for fields in MISSED:
        receipt = await deliver(here, form({**fields, "SmsSid": "", "SmsMessageSid": ""}))
        assert (receipt.status, receipt.entries) == (400, ()), fields
    for status in STATUSES:
        receipt = await deliver(here, status)
        assert (receipt.status, receipt.entries) == (200, ()), status
    assert await here.store.find(CONTACTS, {}) == []


async def test_damage_takes_away_no_more_than_what_is_damaged(here: Wired) -> None:
    for seed, (_, content, sent) in enumerate(list(said())[::5]):
        for path, variant in damaged(dict(sent), seed, 8):
            field, letters = str(path[0]), {k: str(v) for k, v in variant.items()}
            receipt = await deliver(here, letters)
            assert receipt.status in ((200, 400) if field in _TELLING else (200,)), (path, letters)
            kept = [e for e in receipt.entries if e.what in ("message", "command", "press")]
            if content.text and field not in (*_TELLING, *content.fields, "ButtonPayload", "ListId"):
                assert [(e.text, e.id.rpartition(":")[2]) for e in kept] == [(content.text, SM)], (path, letters)


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(list(said())) == len(CONTENTS) * len(WAYS) > 250
