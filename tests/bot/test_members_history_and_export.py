"""The member list, what was said, why, and taking it away as a file."""

import json
from pathlib import Path

from bot.capability import Registry
from bot.content import File
from bot.documents import Insert
from bot.language import ENGLISH, SWAHILI, speak
from bot.model import BLOBS, Blob
from bot.reasons import told
from bot.texts import say
from tests.bot.parlour import parlour


async def test_the_first_person_is_the_owner_and_the_next_a_traveller(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        ana = await p.say("den", "Ana", "hello")
        ben = await p.say("den", "Ben", "hello")
        assert (await p.core.people.get(ana.person)).role == "admin"
        assert (await p.core.people.get(ben.person)).role == "traveller"


async def test_one_name_is_one_person_in_every_place(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        one = await p.say("den", "Ana", "hello")
        two = await p.say("roof", "Ana", "hello")
        assert one.person == two.person != ""


async def test_history_finds_words_shows_edits_and_hides_what_was_for_others(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        said = await p.say("den", "Ana", "the hotel is called Baobab")
        await p.say("den", "Ana", "the hotel is called Mbuyu", what="edit", object=said.id)
        await p.say("den", "Ana", "/why")
        await p.say("den", "Ben", "/history hotel")
        (card,) = [o.content.card for o in p.channel.sent if o.content.card and "hotel" in o.content.card.title]
        assert "Mbuyu" in card.lines[0]
        assert not any("Baobab" in line for line in card.lines)
        await p.say("den", "Ben", "/history")
        assert not any("Why" in line for line in p.channel.sent[-1].content.card.lines)


async def test_the_export_holds_every_line_once(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        for n in range(5):
            await p.say("den", "Ana", f"line {n}")
        await p.say("den", "Ana", "/export")
        (file,) = p.channel.sent[-1].content.files
        blob = await p.store.get(BLOBS, file.key)
        kept = json.loads(blob.data)
        assert [e["text"] for e in kept["entries"][:5]] == [f"line {n}" for n in range(5)]
        assert kept["members"] == ["Ana"]
        assert p.channel.sent[-1].reader == ("paper:Ana",)


async def test_why_tells_the_rule_of_each_decision(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        await p.say("den", "Ben", "hello")
        await p.say("den", "Ana", "just talking")
        await p.say("den", "Ana", "/why")
        lines = p.channel.sent[-1].content.card.lines
        assert any("just talking" in line and "nobody was addressed" in line for line in lines)


async def test_a_card_number_is_never_stored(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        entry = await p.say("den", "Ana", "my card is 4111 1111 1111 1111, my phone 0712 345 678")
        assert entry.text == "my card is [card number removed], my phone 0712 345 678"


async def test_who_typed_a_card_number_is_told_so_alone_whatever_they_typed_it_into(tmp_path: Path) -> None:
    removed = say("card_removed")
    async with parlour(tmp_path) as p:
        ana = await p.say("den", "Ana", "hello")
        await p.say("den", "Ben", "hello")
        for words in ("take 4111 1111 1111 1111", "/ping 4111111111111111", "/help 4111111111111111 0"):
            said = await p.say("den", "Ana", words)
            assert [a.only_for for a in said.answers if a.content.text == removed] == [(ana.person,)], words
        said = await p.say("den", "Ana", "take my card")
        edited = await p.say("den", "Ana", "take 4111 1111 1111 1111", what="edit", object=said.id)
        assert [a.only_for for a in edited.answers] == [(ana.person,)]
        ben = await p.say("den", "Ben", "call me on 0712 345 678")
        assert ben.answers == ()


def test_that_news_of_a_payment_changed_nothing_is_told_in_the_language_of_who_asks() -> None:
    assert told("nothing to move", Registry()) == "nothing new in it"
    speak(SWAHILI)
    try:
        assert told("nothing to move", Registry()) == "hakuna jipya ndani yake"
    finally:
        speak(ENGLISH)


async def test_an_export_read_back_elsewhere_gives_the_same_lines(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        said = await p.say("den", "Ana", "see you at 8 👩‍👩‍👧")
        await p.say("den", "Ana", "see you at 9", what="edit", object=said.id)
        await p.say("den", "Ben", "/ping yes")
        await p.say("den", "Ana", "/export")
        (file,) = p.channel.sent[-1].content.files
        before = json.loads((await p.store.get(BLOBS, file.key)).data)["entries"]
        await p.say("roof", "Chi", "/import", files=(file,))
        await p.say("roof", "Chi", "/export")
        (again,) = p.channel.sent[-1].content.files
        assert json.loads((await p.store.get(BLOBS, again.key)).data)["entries"][1 : 1 + len(before)] == before


async def test_a_file_that_is_no_export_is_refused_kindly(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        for n, body in enumerate((b"{}", b"\xff\xfe", b'{"format": "other", "title": "", "members": 3}')):
            await p.store.commit([Insert(BLOBS, Blob(id=f"b{n}", thread="t", name="x", mime="y", data=body))])
            file = File(name="x", mime="y", key=f"b{n}", size=1)
            await p.say("den", "Ana", "/import", files=(file,))
            assert p.texts("den")[-1] == "That is not a conversation that I exported."
        await p.say("den", "Ana", "/import")
        assert "together with /import" in p.texts("den")[-1]
