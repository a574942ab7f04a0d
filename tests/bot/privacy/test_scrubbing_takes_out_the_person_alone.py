"""What is taken out of documents that stay: the person's ids, and lines that name them; nothing that only looks so."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content import Card, Content
from bot.documents import Insert
from bot.model import ENTRIES, Answer, Entry
from bot.ports import Subject
from bot.privacy.entries import WithoutThem
from bot.privacy.scrubbing import ERASED, Scrubber, change_all
from bot.storage.sqlite import SqliteStore

ANA = Subject(
    person="p0123456789abcdef", name="Ana", pseudonym="erased-77", identities=("paper:Ana",),
    places=("paper:main:ana",), private=("t1",), shared=("t2",), personas={"z1": "Zuri"},
)  # fmt: skip
SCRUB = Scrubber(ANA)
NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("p0123456789abcdef", "erased-77"),
        ("group:t2:p0123456789abcdef|KES", "group:t2:erased-77|KES"),
        ("p0123456789abcdef0", "p0123456789abcdef0"),
        ("paper:Ana", "erased:erased-77"),
        ("paper:Anabel", "paper:Anabel"),
        ("paper:main:ana:message:7/0@paper:main:group", "paper:erased:erased-77:message:7/0@paper:main:group"),
        ("paper:main:ana-2:message:7", "paper:main:ana-2:message:7"),
        ("paper:main:banana", "paper:main:banana"),
    ],
)
def test_ids_become_the_pseudonym_where_they_stand_alone(before: str, after: str) -> None:
    assert SCRUB.ids(before) == after == SCRUB.ids(after)


def test_lines_that_name_them_or_their_persona_go_and_all_others_stay() -> None:
    text = "🧑 Ana\n🧑 Anabel\nZuri likes it\nBanana bread\n**Ben** pays"
    assert SCRUB.words(text) == f"{ERASED}\n🧑 Anabel\n{ERASED}\nBanana bread\n**Ben** pays"
    assert SCRUB.within("Ana's trip with Zuri") == f"{ERASED}'s trip with {ERASED}"


def test_what_repeats_their_words_goes_too() -> None:
    scrub = Scrubber(ANA)
    scrub.quote("a very   long night")
    lines = "**Caravan** 01 Mar 10:00: a very long night\n**Ben** 01 Mar 10:01: a very long day"
    assert scrub.words(lines) == f"{ERASED}\n**Ben** 01 Mar 10:01: a very long day"


def entry(**fields: object) -> Entry:
    made = Entry(id="paper:main:group:message:1", thread="t2", what="message", at=NOW, handled=True, seq=1, version=4)
    return replace(made, **fields)  # type: ignore[arg-type]


def test_their_entry_keeps_its_place_and_nothing_else() -> None:
    said = Answer(id="a/0", content=Content(text="pong"), only_for=(ANA.person,))
    before = entry(author="paper:Ana", person=ANA.person, name="Ana", text="/ping x", answers=(said,),
                   value={"kind": "group", "values": {"secret": "x"}})  # fmt: skip
    after = WithoutThem(SCRUB).entry(before)
    assert (after.id, after.seq, after.thread, after.version, after.at) == (before.id, 1, "t2", 4, NOW)
    assert (after.text, after.name, after.author, after.person) == (ERASED, ERASED, "erased:erased-77", "erased-77")
    assert after.value == {"kind": "group"}
    assert after.answers[0].content == Content(text=ERASED) and after.answers[0].only_for == ("erased-77",)
    assert WithoutThem(SCRUB).entry(after) is after


def test_others_keep_their_words_and_their_answers_but_for_the_name() -> None:
    card = Card(title="Who is here", lines=("🧑 Ana", "🧑 Ben"))
    answers = (
        Answer(id="a/0", content=Content(card=card, kind="card")),
        Answer(id="a/1", author="z1", name="Zuri", content=Content(text="I am Zuri and I know all")),
    )
    before = entry(author="paper:Ben", person="p2", name="Ben", text="Ana, look at Anabel", answers=answers)
    after = WithoutThem(SCRUB).entry(before)
    assert (after.text, after.name, after.person) == (f"{ERASED}, look at Anabel", "Ben", "p2")
    assert after.answers[0].content.card == Card(title="Who is here", lines=(ERASED, "🧑 Ben"))
    assert (after.answers[1].name, after.answers[1].content.text) == (ERASED, ERASED)


def test_an_entry_without_them_is_left_as_it_is() -> None:
    before = entry(author="paper:Ben", person="p2", name="Ben", text="hello")
    assert WithoutThem(SCRUB).entry(before) is before


async def test_documents_whose_ids_named_them_in_several_ways_all_stay(tmp_path: Path) -> None:
    scrub, store = Scrubber(replace(ANA, formerly=("pfedcba9876543210",))), SqliteStore(str(tmp_path))
    await store.open((ENTRIES,))
    ids = [f"t2:call:merged:{id}" for id in ("erased-77", ANA.person, "pfedcba9876543210")]
    await store.commit([Insert(ENTRIES, entry(id=id, seq=n)) for n, id in enumerate(ids)])
    for _ in range(2):  # the second time nothing is left to do
        await change_all(store, ENTRIES, {"thread": "t2"}, scrub.document)
        found = await store.find(ENTRIES, {"thread": "t2"})
        assert sorted(e.id for e in found) == [f"t2:call:merged:erased-77{n}" for n in ("", "~2", "~3")]
        assert sorted(e.seq or 0 for e in found) == [0, 1, 2]
    await store.close()
