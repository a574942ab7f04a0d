"""One trip, two languages: what all are told is in the chat's, what one is told alone in their own."""

import re
from collections.abc import AsyncIterator

import aiohttp
import pytest

from tests.stories.caravan import Caravan
from tests.stories.group import Answers, Group, Message, Refused, Simulator
from tests.waiting import soon

HOTELS = "/hotels Mombasa 12 Dec 2 nights"
# Words of English sentences that stand in no name of a hotel, a flight or a supplier.
ENGLISH = frozenset("""
    you your are is was for from without not nothing have has until each will would this that here there which who
    how please press say show find plan people nights days price seats rated open about back paid yours
""".split())  # fmt: skip


@pytest.fixture
async def simulator(caravan: Caravan) -> AsyncIterator[Simulator]:
    """The Caravan that the stories share."""
    async with Simulator(caravan.url) as there:
        yield there


def alone(group: Group, person: str) -> Message:
    """What this person was told alone last."""
    theirs = [m for m in group.messages.values() if m.raw.get("only_for") == [person]]
    return max(theirs, key=lambda m: int(m.raw["n"]))


def english(answers: Answers) -> set[str]:
    """English words among all that can be read."""
    read = " ".join((answers.words, *answers.labels, *(str(f["label"]) + " " + str(f["value"]) for f in answers.facts)))
    return set(re.findall(r"(?<!/)\b[a-z]+", read.replace("(sandbox)", "").casefold())) & ENGLISH


async def test_each_is_told_in_their_own_language_what_is_for_them_alone(simulator: Simulator) -> None:
    group = await simulator.group("Two tongues", ["Wanja", "Baraka"])
    chosen = await group.say("Baraka", "/language sw")
    assert chosen.words == "Sawa, Baraka. Kuanzia sasa ninakuandikia kwa Kiswahili. /language hubadilisha."
    shown = await group.say("Wanja", HOTELS)
    assert "Hotels in Mombasa from Sat 12 Dec 2026 for 2 nights" in shown.words
    await group.say("Baraka", "/undo")
    assert alone(group, "Baraka").words == "Bado hakuna safari hapa. Niambie unataka kwenda wapi."
    await group.say("Wanja", "/undo")
    assert alone(group, "Wanja").words == "There is no trip here yet. Tell me where you want to go."
    await group.say("Wanja", "/poll beach or museum")
    assert "One vote each." in (await group.press("Baraka", "museum")).words
    await group.press("Wanja", "Details 1")
    await group.press("Wanja", "Add to cart")
    await group.say("Wanja", "/pay split")
    hers, his = alone(group, "Wanja"), alone(group, "Baraka")
    assert hers.title.startswith("Your part of") and hers.labels[0].startswith("Pay KES ")
    assert his.title.startswith("Sehemu yako ya") and his.labels[0].startswith("Lipa KES ")
    assert [f["label"] for f in his.facts] == ["Ya kulipa"] and not english(Answers([his]))
    async with aiohttp.ClientSession(headers={"Accept-Language": "sw-KE,en;q=0.5"}) as browser:
        page = await (await browser.get(his.raw["buttons"][0]["url"])).text()
    assert 'lang="sw"' in page and "Majaribio: hakuna pesa za kweli" in page


async def test_a_chat_that_speaks_swahili_leaves_no_english(simulator: Simulator) -> None:
    group = await simulator.group("Lugha moja", ["Neema", "Otieno"])
    await group.say("Otieno", "/language")
    await group.press("Otieno", "Here: Kiswahili")
    await group.say("Neema", "/language sw")
    for said in (
        "/help", "/help hotels", HOTELS, "/weather Mombasa", "/flights Nairobi to Mombasa 12 Dec 2 people",
        "/trip 2 days Mombasa from Nairobi 12 Dec for 2 people", "/budget", "/poll ufuo au makumbusho", "/members",
        "/bookings", "/persona new", "acha", "/nonsense", "/undo", "/me", "/shares",
    ):  # fmt: skip
        answers = await group.say("Neema", said)
        assert answers.messages and english(answers) == set(), (said, str(answers))
    stay = await group.say("Neema", HOTELS)
    assert "Jumamosi, 12 Desemba 2026 kwa usiku 2" in stay.words and "KES " in stay.words
    assert {f["label"].rpartition("· ")[2] for f in stay.facts} >= {"Bei", "Kwa chumba kwa usiku", "Alama"}
    opened = await group.press("Neema", "Pigieni kura hizi")
    assert [m for m in opened.messages if m.raw.get("poll")][-1].title == "hoteli ipi?"


async def test_a_whole_trip_in_swahili_shows_no_english_besides_what_suppliers_call_their_things(
    simulator: Simulator,
) -> None:
    """Greeting, persona, plan, a vote by the clock that begins at six, a split payment, the papers."""
    before = await simulator.group("Ndugu", ["Kombo"])
    await before.say("Kombo", "/language sw")
    group = await simulator.group("Safari ya pwani", ["Mwanaisha", "Kombo"])  # one of them has chosen
    [welcome] = [m for m in group.messages.values() if m.title]
    assert welcome.title == "Karibu Caravan"
    await group.say("Mwanaisha", "/language sw")
    for said in (
        "habari Caravan", "Caravan, unda persona anayeitwa Zuri anayependa ufuo", "/persona",
        "Caravan, panga siku mbili Mombasa kwa watu wawili kutoka Nairobi tarehe 12 Desemba",
    ):  # fmt: skip
        answers = await group.say("Mwanaisha", said)
        assert answers.messages and english(answers) == set(), (said, str(answers))
    opened = await group.say("Kombo", "Caravan, tupige kura kati ya pilau na ugali hadi kesho saa mbili usiku")
    [vote] = opened.messages
    assert vote.raw["poll"]["closes_at"].endswith("T17:00:00Z") and vote.labels == ["pilau", "ugali", "Funga sasa"]
    for person in ("Mwanaisha", "Kombo"):
        answers = await group.press(person, "pilau")
        assert english(answers) == set(), str(answers)
    assert "Kura imekwisha" in answers.words
    for said, press in ((HOTELS, "Maelezo 1"), ("", "Weka kwenye kikapu"), ("/pay split", "")):
        answers = await group.say("Mwanaisha", said) if said else answers
        assert english(answers) == set(), str(answers)
        answers = await group.press("Mwanaisha", press) if press else answers
    async with aiohttp.ClientSession(headers={"Accept-Language": "sw"}) as browser:
        for person in ("Mwanaisha", "Kombo"):
            page = alone(group, person).raw["buttons"][0]["url"]
            assert "Asante" in await (await browser.post(page, data={"action": "pay"})).text()

    async def papers() -> bool:
        read.append(await group.rest())
        return any(m.raw.get("files") for a in read for m in a.messages)

    read: list[Answers] = []
    await soon(papers)
    assert [english(a) for a in read if english(a)] == []
    assert "Nafasi imewekwa" in " ".join(a.words for a in read)
    answers = await group.say("Kombo", "/bookings")
    assert english(answers) == set() and "CV-" in answers.words


async def test_the_first_words_carry_the_language_of_the_device(simulator: Simulator) -> None:
    group = await simulator.group("Kwa simu", ["Pendo", "Quinn"])
    await group.say("Pendo", "/undo", language="sw-KE")
    assert alone(group, "Pendo").words.startswith("Bado hakuna safari")
    await group.say("Pendo", "/undo", language="en")
    assert alone(group, "Pendo").words.startswith("Bado hakuna safari")
    await group.say("Quinn", "/undo", language="de")
    assert alone(group, "Quinn").words.startswith("There is no trip")
    with pytest.raises(Refused):
        await group.say("Quinn", "hi", language="x" * 99)
    other = await simulator.group("Lugha ya kwanza", ["Furaha"])
    chosen = await other.say("Furaha", "/language sw", language="en")  # what is chosen counts, not the device
    assert chosen.words.startswith("Sawa, Furaha.")
