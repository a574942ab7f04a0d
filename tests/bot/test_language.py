"""Texts, days and what suppliers say, in the language of who reads them."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.codec import from_plain, to_plain
from bot.consent.polls import Polls
from bot.content import Card, Draft, Fact, Press
from bot.glossary import labelled, means, worded
from bot.identity.merging import Merging
from bot.language import Catalogue, accepted, again, dated, known, listed, retold, speak, speaking, spoken
from bot.model import PEOPLE, THREADS, Person
from bot.people import first_id
from bot.retelling import retold as draft_retold
from bot.tongues import Tongues
from tests.bot.parlour import parlour

say = Catalogue(
    {"due": "due {when}", "of": "{what} of {name}", "at": "{at:%a %d %b}"},
    {"due": "muda {when}", "of": "{what} ya {name}", "at": "{at:%a %d %b}"},
)
DAY = date(2027, 3, 3)


def test_a_text_is_told_again_with_all_that_it_holds() -> None:
    text = say("of", what=say("due", when=dated(DAY, "%a %d %b %Y", "%A, %d %B %Y")), name="Ana")
    assert str(text) == "due Wed 03 Mar 2027 of Ana"
    with speaking("sw"):
        assert again(text) == "muda Jumatano, 3 Machi 2027 ya Ana"
        assert again(retold(text)) == again(text)
        assert again("a plain text") == "a plain text"
        assert str(say("at", at=datetime(2027, 1, 9, 12, tzinfo=UTC))) == "Jumamosi 9 Jan"
    assert again(text) == text and spoken() == "en"


def test_what_is_stored_is_plain_text() -> None:
    draft = Draft(text=say("due", when="now"), card=Card(title=say("due", when="then")))
    plain = to_plain(draft)
    assert type(plain["text"]) is str and plain["card"]["title"] == "due then"
    assert from_plain(plain, Draft).text == "due now"


def test_a_draft_is_retold_whole() -> None:
    fact = Fact(label="1 · Price", value="KES 60,000", source="S", ref="r", fetched_at=datetime(2027, 1, 1, tzinfo=UTC))
    card = Card(title=say("due", when="1"), lines=(say("due", when="2"), "plain"), facts=(fact,))
    draft = Draft(text=say("due", when="0"), card=card, buttons=(Press(label=say("due", when="3")),))
    told = draft_retold(draft, "sw")
    assert told.card is not None
    said = (told.text, told.card.title, *told.card.lines, told.buttons[0].label, told.card.facts[0].label)
    assert said == ("muda 0", "muda 1", "muda 2", "plain", "muda 3", "1 · Bei")
    assert {type(x) for x in said} == {str} and told.card.facts[0].value == "KES 60,000"


def test_languages_are_known_by_the_tags_of_networks_and_browsers() -> None:
    assert [known(tag) for tag in ("sw-KE", "sw_TZ", "EN", "de", "")] == ["sw", "sw", "en", "", ""]
    assert accepted("de-CH, sw;q=0.9, en;q=0.8") == "sw" and accepted("") == "" and accepted(",;,") == ""
    speak("de")
    assert spoken() == "en"


@pytest.mark.parametrize(
    ("english", "swahili"),
    [
        ("2 nights, 1 room", "usiku 2, chumba 1"), ("1 h 10 min", "saa 1 dakika 10"), ("3 stars", "nyota 3"),
        ("5 March is in the past", "5 Machi imeshapita"),
        ("Mon–Fri 09:00–17:00", "Jumatatu–Ijumaa 09:00–17:00"), ("4.5 of 5", "4.5 kati ya 5"),
        ("Fri 12 Mar 2027 07:30 EAT", "Ijumaa, 12 Machi 2027 07:30 EAT"), ("Hotel Rainbow", "Hotel Rainbow"),
        ("Free cancellation until 3 h before pick-up", "Kughairi ni bure hadi saa 3 kabla ya kuchukuliwa"),
    ],
)  # fmt: skip
def test_what_suppliers_say_is_worded(english: str, swahili: str) -> None:
    assert worded(english) == english
    with speaking("sw"):
        assert worded(english) == swahili


def test_a_label_is_recognised_in_whichever_language_it_was_shown() -> None:
    with speaking("sw"):
        shown = [
            labelled("2 · Price"),
            labelled("Hotel X – Back until Fri 12 Mar 2027 10:00 EAT"),
            labelled("Own words"),
        ]
    assert shown == ["2 · Bei", "Hotel X – Hurudishwa hadi Ijumaa, 12 Machi 2027 10:00 EAT", "Own words"]
    assert means(shown[0], "Price") and means("2 · Price", "Price") and not means(shown[0], "About")
    with speaking("sw"):
        assert listed(["A", "B", "C"]) == "A, B na C"


async def test_the_first_who_speaks_in_a_thread_sets_its_language_and_a_choice_stays(tmp_path: Path) -> None:
    async with parlour(tmp_path, more=lambda core: ((Tongues(core.people),), {}, {})) as p:
        await p.say("den", "Ana", "/ping", value={"kind": "group", "language": "sw-KE"})
        thread = await p.thread("den")
        assert thread.language == "sw"
        ana = await p.store.get(PEOPLE, first_id("paper:Ana"))
        assert ana is not None and ana.language == "sw"
        await p.say("den", "Ana", "/language en")
        await p.say("den", "Ana", "/ping", value={"kind": "group", "language": "sw-KE"})
        ana = await p.store.get(PEOPLE, ana.id)
        assert ana is not None and ana.language == "en"
        stored = await p.store.get(THREADS, thread.id)
        assert stored is not None and stored.language == "en"  # nobody else is here


async def test_two_accounts_that_are_one_keep_the_language_that_was_chosen(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        merging = Merging(p.store, p.clock, p.core.people, p.core.log, (), Polls(p.store, p.clock, p.core.history,
                          p.core.registry), p.core.strangers.hide)  # fmt: skip
        new, old = Person(id="p1", name="Ana"), Person(id="p2", name="Ana", language="sw")
        [one, *_] = await merging.merge(new, old)
        assert isinstance(one.value, Person) and one.value.language == "sw"
