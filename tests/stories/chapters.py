"""The chapters of a group's trip, told over the simulator's HTTP interface alone."""

import re

from bot.money import Money
from tests.stories.group import Answers, Message
from tests.stories.journey import Teller, amount

EXPLAINED = re.compile(r"There are no|No coach|I found no|too far|sold out|Try a")
TOTAL = "Total (estimate)"
# Kinds of activities by a word of their names; not every town has each, nor every day.
KINDS = {"museum": "museums", "market": "markets", "beach": "beaches", "garden": "gardens"}


async def people_and_personas(t: Teller) -> None:
    """A welcome, a persona by the wizard's buttons, one by a sentence, one by a command; who is here."""
    await t.press(t.ana, "Create a persona")
    await t.say(t.ana, t.first)
    await t.press(t.ana, "warm")
    await t.say(t.ana, "beach, food, no museums")
    await t.press(t.ana, "middle")
    made = await t.press(t.ana, "relaxed")
    assert t.first in made.words and "museums" in made.words
    await t.say(t.ben, f"Caravan, create a persona called {t.second} who loves museums and luxury and hates beaches")
    assert t.second in (await _skip(t, t.ben)).words
    await t.say(t.chi, f"/persona new {t.third}")
    await _skip(t, t.chi)
    seated = await t.say(t.ana, "/members")
    assert all(name in seated.words for name in (*t.journey.personas, t.ana, t.ben, t.chi))


async def _skip(t: Teller, person: str) -> Answers:
    """Skip what the wizard still asks."""
    newest = max(t.group.messages.values(), key=lambda m: int(m.raw["n"]))
    answers = Answers([newest])
    while "Skip" in answers.labels:
        answers = await t.press(person, "Skip")
    return answers


async def friends_talk(t: Teller) -> None:
    """Nobody was asked, so nobody answers."""
    for person, text in (
        (t.ben, "this will be so good"),
        (t.chi, "I can hardly wait"),
        (t.ben, "who packs the snacks?"),
    ):
        assert not (await t.say(person, text)).messages, text


async def searches(t: Teller) -> None:
    """Every kind of search, asked of one persona by name; what there is stands on a card with its sources."""
    j = t.journey
    asked = {
        "Flights": f"flights from {j.origin} to {j.city} on {j.first_day} for {j.party}",
        "Buses": f"buses from {j.origin} to {j.city} on {j.first_day} for {j.party}",
        "Transfers": f"a transfer from {j.city} airport to {j.city} on {j.first_day}",
        "Hotels": f"hotels in {j.city} from {j.first_day} for {j.nights} nights for {j.party}",
        "Events": f"events in {j.city} on {j.second_day}",
        "Restaurants": f"restaurants in {j.city} on {j.second_day}",
        "Weather": f"what is the weather in {j.city} on {j.second_day}?",
        "Activities": f"activities in {j.city} on {j.second_day}",
    }
    for kind, text in asked.items():
        found = await t.ask(t.ana, t.first, text)
        shown = [m for m in found.cards if m.title.startswith(kind)]
        assert (shown and found.facts) or EXPLAINED.search(found.words), f"“{text}”: {found}"


async def tastes_differ(t: Teller) -> None:
    """The same question to another persona is answered in its own taste; a switch ranks the last search again."""
    j = t.journey
    one = await t.ask(t.ana, t.first, f"activities in {j.city} on {j.second_day}")
    other = await t.ask(t.ben, t.second, f"activities in {j.city} on {j.second_day}")
    assert titles(one) != titles(other), "two tastes, one order"
    await t.say(t.ana, f"Caravan, create a persona called {t.first}ta that loves shopping, hates beaches and food")
    switched = await t.say(t.ana, f"/switch {t.first}ta")
    assert titles(switched) and titles(switched) != titles(other)
    back = await t.say(t.ana, f"/switch {t.first}")
    assert titles(back) == titles(one), "back to the first persona, back to its order"


def titles(answers: Answers) -> list[str]:
    """The numbered offers of the last list that was shown."""
    lists = [[line for line in m.lines if line.startswith("**")] for m in answers.cards]
    shown = [lines for lines in lists if lines]
    return [line.split("**")[1].split(". ", 1)[1] for line in shown[-1]] if shown else []


async def silence_and_remove(t: Teller) -> None:
    """A silenced persona speaks when it is named; a removed one comes back by /add."""
    await t.say(t.chi, f"/quiet {t.third}")
    assert not (await t.say(t.chi, "so, where do we eat?")).messages
    await t.ask(t.chi, t.third, "hello")
    gone = await t.say(t.chi, f"/remove {t.third}")
    assert t.third in gone.words
    assert t.third not in (await t.say(t.chi, "/members")).words
    assert t.third in (await t.say(t.chi, f"/add {t.third}")).words
    assert t.third in (await t.say(t.chi, "/members")).words


async def follow_ups(t: Teller) -> None:
    """Short words after a search are understood from what was said before."""
    j = t.journey
    hotels = await t.ask(t.ana, t.first, f"hotels in {j.city} from {j.first_day} for {j.nights} nights for {j.party}")
    longer = await t.say(t.ana, f"make it {j.nights + 1} nights")
    assert f"{j.nights + 1} nights" in longer.words and longer.facts
    cheaper = await t.say(t.ana, "cheaper")
    assert _prices(cheaper) == sorted(_prices(cheaper)), "the cheapest first"
    second = await t.say(t.ana, "the second one")
    assert second.messages[-1].title == titles(cheaper)[1]
    later = await t.say(t.ana, "what about the day after?")
    assert later.facts and "I did not" not in later.words
    five = await t.say(t.ana, f"for {j.party + 1} people instead")
    assert f"for {j.party + 1}" in five.words and five.facts, five
    assert hotels.authors == longer.authors == cheaper.authors == second.authors == later.authors == five.authors


def _prices(answers: Answers) -> list[int]:
    return [f["minor"] for f in answers.facts if f["label"].endswith("· Price")]


async def plan(t: Teller) -> Answers:
    """A day-by-day plan from one sentence, within the budget, from the suppliers' records."""
    j = t.journey
    planned = await t.ask(
        t.ana, t.first, f"{j.days} days in {j.city} from {j.origin} for {j.party} from {j.first_day}, beach and food, "
        f"not more than {j.budget} {j.currency} each",
    )  # fmt: skip
    days = [m for m in planned.cards if re.match(r"Day \d", m.title)]
    assert len(days) == j.days, planned
    assert all(m.facts for m in planned.cards)
    await _adds_up(t)
    return planned


async def _adds_up(t: Teller) -> None:
    """The budget card's sum is the sum of its categories and within the budget, the shares cover it."""
    card = (await t.say(t.ana, "/budget")).cards[-1]
    total, each = amount(card.facts, TOTAL), amount(card.facts, "Each (estimate)")
    parts = ("Getting there and around", "Nights", "Activities and events", "Meals")
    assert total == sum(f["minor"] for f in card.facts if f["label"] in parts)
    assert each * t.journey.party >= total > (each - 1) * t.journey.party
    assert total <= amount(card.facts, "Budget")


async def cannot(t: Teller) -> None:
    """What cannot be had for the money is said with its reason and with what would do, one press away."""
    j = t.journey
    refused = await t.ask(
        t.ana, t.first, f"{j.days} days in {j.city} from {j.origin} for {j.party} from {j.first_day}, "
        f"not more than {j.budget} {j.currency} each",
    )  # fmt: skip
    (card,) = refused.cards
    assert "cannot" in card.title and j.currency in card.words, refused
    least = sum(f["minor"] for f in card.facts if re.search("– (Price|About)$", f["label"]))
    assert str(Money(least, j.currency)) in card.lines[0], f"{least} is not the sum that is said: {refused}"
    assert "no trip" in (await t.say(t.ana, "/itinerary")).words.casefold(), "nothing is half done"
    planned = await t.press(t.ana, card.labels[0])
    assert len(_days(planned)) == j.days, planned
    await _adds_up(t)


async def opinions(t: Teller) -> None:
    """Another persona, asked by name, sees the plan in its own taste."""
    view = await t.ask(t.ben, t.second, "what do you think of the plan?")
    own = await t.ask(t.ana, t.first, "what do you think of the plan?")
    assert view.words != own.words
    passed_on = await t.say(t.ana, f"{t.first}, ask {t.second} what he thinks of the plan")
    assert [m.author for m in passed_on.messages][:2] == [t.first, t.second], passed_on
    assert view.cards[-1].lines == passed_on.cards[-1].lines
    assert "beach" in view.words.casefold() or "museum" in view.words.casefold() or "instead of" in view.words, view


async def edits(t: Teller) -> None:
    """Days are edited by talking and by buttons, and taken back."""
    j = t.journey
    before = await t.say(t.ana, "/itinerary")
    visit = _visit(before)
    off = await t.ask(t.ana, t.first, f"remove {visit}")
    assert off.cards and visit not in off.words.split("instead")[-1], off
    await t.press(t.ana, "Undo")
    assert _days(await t.say(t.ana, "/itinerary")) == _days(before), "undone is as it was"
    longer = await t.ask(t.ana, t.first, f"make it {j.nights + 1} nights")
    assert len(_days(await t.say(t.ana, "/itinerary"))) == j.days + 1, longer
    await t.say(t.ana, "/undo")
    anew = await t.ask(t.ana, t.first, "day 2 without museums")
    assert anew.cards and "museum" not in " ".join(_visits(anew.cards[-1])).casefold()
    await _adds_up(t)


def _days(answers: Answers) -> list[list[str]]:
    return [m.lines for m in answers.cards if re.match(r"Day \d", m.title)]


def _visits(card: Message) -> list[str]:
    found = (re.match(r"\*\*[\d:]+\*\* • (.+?)(?: – .*)?$", line) for line in card.lines)
    return [hit[1] for hit in found if hit]


def _visit(answers: Answers) -> str:
    return next(v for m in answers.cards for v in _visits(m))


async def memory(t: Teller) -> None:
    """What a persona was told is seen, corrected and forgotten by its person alone."""
    await t.say(t.ana, f"{t.first}, remember that I hate early flights")
    seen = await t.say(t.ana, "/memory")
    assert "early flights" in seen.words and seen.messages[-1].raw["only_for"] == [t.ana]
    assert "early flights" not in (await t.say(t.ben, "/memory")).words
    await t.press(t.ana, "Correct 1")
    await t.say(t.ana, "I hate flights before eight")
    assert "before eight" in (await t.say(t.ana, "/memory")).words
    await t.press(t.ana, "Forget 1")
    assert "before eight" not in (await t.say(t.ana, "/memory")).words


async def dislikes(t: Teller) -> None:
    """What is disliked again and again is not among the first five any more."""
    j = t.journey
    kind, disliked = await _disliked(t)
    top = titles(await t.ask(t.chi, t.third, f"activities in {j.city} on {j.second_day}"))[:5]
    assert top and not [title for title in top if title in disliked or kind in title.casefold()], (kind, top)


async def _disliked(t: Teller) -> tuple[str, set[str]]:
    """The first kind of activity that is open there on one of the days, and the up to five that Chi dislikes."""
    for kind, several in KINDS.items():
        disliked: set[str] = set()
        for day in (t.journey.first_day, t.journey.second_day):
            found = titles(await t.ask(t.chi, t.third, f"{several} in {t.journey.city} on {day}"))
            for n, title in enumerate(found[: 5 - len(disliked)], 1):
                await t.press(t.chi, f"Details {n}")
                await t.press(t.chi, "👎")
                disliked.add(title)
        if any(kind in title.casefold() for title in disliked):
            return kind, disliked
    raise AssertionError(f"nothing to dislike in {t.journey.city}")


async def the_house(t: Teller) -> None:
    """Help, status, why, history and export answer; what is private goes to the asker alone."""
    assert "/flights" in (await t.say(t.ana, "/help")).words
    assert "✅" in (await t.say(t.ana, "/status")).words
    why = await t.say(t.ana, "/why")
    assert "/status" in why.words and why.messages[-1].raw["only_for"] == [t.ana]
    assert (await t.say(t.ana, "/history snacks")).words.count("snacks") >= 1
    (file,) = (await t.say(t.ana, "/export")).messages[-1].raw["files"]
    assert file["url"]


async def a_second_place(t: Teller) -> None:
    """A chat on another network joins by a code; what is said in one is carried to the other."""
    told = (await t.say(t.ana, "/link")).words
    code = next(w for w in re.findall(r"/link (\w+)", told))
    other = await t.group.simulator.group("The others", [t.ben, "Dan"], like="telegram")
    other.told = t.group.told
    joined = await other.say(t.ben, f"/link {code}")
    assert "joined" in joined.words or "joined" in (await t.group.rest()).words
    await other.say("Dan", "hello from the other side")
    await t.group.rest()
    assert any("hello from the other side" in m.words for m in t.group.messages.values())
    found = await other.say("Dan", f"{t.first}, the weather in {t.journey.city} on {t.journey.second_day}")
    assert t.first in found.words
    assert t.first in (await t.group.rest()).authors
