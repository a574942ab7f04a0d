"""Every delivery becomes an Entry that says what it said, or leaves nothing for a reason that is listed."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.received import taken
from channels.telegram.inbound import Me, heard
from channels.telegram.models import Update, held
from tests.channels.telegram.deliveries import ALL, ANA, GROUP, HAPPENED, PLACE, SAID, US, WHEN, Case, message
from tests.channels.telegram.wired import Wired, wired

NOW = datetime(2026, 3, 1, tzinfo=UTC)
ME = Me(account="main", id=4242, username="caravan_bot", ids=frozenset((4242,)))


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_a_delivery_becomes_what_it_says(case: Case) -> None:
    raw = {"update_id": 10000, **case.update}
    update = taken(Update, raw)
    entry = heard(update, ME, NOW, held(raw)[1:]).entry if update is not None else None
    if not case.what:
        assert entry is None
        return
    assert entry is not None
    assert (entry.what, entry.place, entry.text, entry.author) == (case.what, case.place, case.text, case.author)
    assert (entry.reply_to, entry.object, entry.location) == (case.reply_to, case.object, case.location)
    assert tuple((f.name, f.mime, f.size) for f in entry.files) == case.files
    assert entry.value.items() >= case.value.items()
    assert entry.thread == "" and entry.id.startswith(f"{case.place}:") and entry.at.tzinfo is not None
    if case in SAID and case.name != "no date":
        assert entry.id == f"{case.place}:message:1365" and entry.at == datetime.fromtimestamp(WHEN, UTC)


def test_each_thing_that_happens_has_an_id_of_its_own() -> None:
    ids = set()
    for case in (SAID[0], *HAPPENED):
        update = taken(Update, {"update_id": 1, **case.update})
        assert update is not None
        entry = heard(update, ME, NOW).entry
        assert entry is not None
        ids.add(entry.id)
    assert len(ids) == 1 + len(HAPPENED) - 2  # three service messages of the table have one number


def test_two_edits_in_one_second_are_two() -> None:
    ids = []
    for text in ("first", "second", "first"):
        update = taken(Update, {"update_id": 1, "edited_message": {**message(text=text)["message"], "edit_date": WHEN}})
        assert update is not None
        entry = heard(update, ME, NOW).entry
        assert entry is not None
        ids.append(entry.id)
    assert ids[0] != ids[1] and ids[0] == ids[2]
    assert ids[0].startswith(f"{PLACE}:edit:1365:{WHEN}")


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Wired]:
    async with wired(tmp_path) as made:
        yield made


async def test_all_of_them_are_answered_with_200(here: Wired) -> None:
    for n, case in enumerate(ALL):
        receipt = await here.receive({"update_id": 10000 + n, **case.update})
        assert receipt.status == 200, case.name
        assert [e.what for e in receipt.entries] == ([case.what] if case.what else []), case.name


async def test_who_knows_no_secret_is_refused(here: Wired) -> None:
    good = {"update_id": 1, **message(text="hi")}
    for secret in ("", "guess", "a-secret-of-the-test", "a-secret-of-the-testsX", "ünï"):
        receipt = await here.receive(good, secret)
        assert (receipt.status, receipt.entries) == (401, ())
    assert (await here.receive(good)).status == 200


@pytest.mark.parametrize("body", [b"", b"{", b'{"update_id":1,"message":{"mess', b"[]", b"null", b"{}", b"\xff\xfe",
                                  b'{"update_id":"x"}', b'{"a":' * 3000, b"[" * 5000])  # fmt: skip
async def test_what_is_no_update_is_400(here: Wired, body: bytes) -> None:
    receipt = await here.receive(body)
    assert (receipt.status, receipt.entries) == (400, ())


async def test_a_bot_that_is_not_ours_is_404_and_a_flood_of_bytes_413(here: Wired) -> None:
    assert (await here.receive({"update_id": 1}, account="other")).status == 404
    assert (await here.receive(b" " * 3_000_000)).status == 413


async def test_a_reply_names_our_answer(here: Wired) -> None:
    from tests.contracts.channel_contract import outgoing

    chat = here.emulator.group("Lamu", "Ana")
    place = f"telegram:main:{chat.id}"
    network = type("Side", (), {"place": place})()
    [part] = await here.channel.send(outgoing(network, "Lamu or Diani?", shown="answer7"))
    here.emulator.people.say(chat.id, "Ana", "Lamu", reply_to=int(part))
    await here.settled()
    assert (here.heard[-1].text, here.heard[-1].reply_to) == ("Lamu", "answer7")


async def test_edits_of_messages_nobody_knows_are_entries_too(here: Wired) -> None:
    edit = {"message_id": 77, "date": WHEN, "edit_date": WHEN, "chat": GROUP, "from": ANA, "text": "?"}
    receipt = await here.receive({"update_id": 5, "edited_message": edit})
    assert receipt.entries[0].object == f"{PLACE}:message:77"
    assert (await here.receive({"update_id": 6, "edited_message": edit | {"from": US}})).entries == ()
