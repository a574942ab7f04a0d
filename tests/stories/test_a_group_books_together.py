"""A group buys together over HTTP alone: two payers, one declines first and is covered, a dearer price, a refund."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from tests.stories.caravan import Caravan
from tests.stories.group import Answers, Group, Json, Message, Simulator
from tests.stories.journey import Facts


@pytest.fixture
async def street(tmp_path: Path) -> AsyncIterator[Simulator]:
    """The simulator of a Caravan of its own; no error is left behind."""
    running = Caravan(tmp_path).start()
    try:
        async with Simulator(running.url) as simulator:
            yield simulator
    finally:
        running.stop()
    assert "Traceback" not in running.log, running.log[-3000:]


async def test_a_group_books_together(street: Simulator) -> None:
    group = await street.group("Coast", ["Ana", "Ben"])
    hotel = await chosen(group)
    await group.say("Ana", "/cart")
    total = due(group)
    assert total == price(hotel)

    await group.say("Ana", "/pay")
    opened = await group.press("Ana", starting(group, "Split"))
    assert hotel["conditions"] in opened.words
    shares = [await share(group, who) for who in ("Ana", "Ben")]
    assert sum(minor for minor, _ in shares) == total and abs(shares[0][0] - shares[1][0]) <= 1

    # Ben declines; nobody is told that he is short of money. Ana pays her part, then his.
    assert await at_page(shares[1][1], "decline") == 303
    await group.rest()
    assert not any("declin" in m.words.casefold() for m in group.messages.values() if not m.raw.get("only_for"))
    await paid(group, shares[0][1])
    await group.press("Ana", "Pay for Ben")
    before = await world_price(street, hotel)

    # The price rises after the clock of the hold that kept it, before everything is covered.
    await street.post("faults", {"target": "inventory", "kind": "price_up", "match": hotel["title"], "by": 25})
    await street.post("clock", {"advance": "PT2H5M"})
    await group.rest()
    await paid(group, (await share(group, "Ana"))[1])
    dearer = await rest(group)
    assert "has risen" in dearer.words or "has risen" in said(group)
    assert await world_price(street, hotel) > before
    assert not [m for m in group.messages.values() if "✅ Booked" in m.title]
    for _ in range(3):
        links = [await share(group, who) for who in ("Ana", "Ben")]
        open_ = [url for _, url in links if url]
        if not open_:
            break
        for url in open_:
            await paid(group, url)
    confirmed = next(m for m in reversed(list(group.messages.values())) if "✅ Booked" in m.title)
    taken = fact(confirmed, "Total")
    assert taken == await world_price(street, hotel) > total

    bookings = await group.say("Ben", "/bookings")
    number = next(f["value"] for f in bookings.facts if f["label"].endswith("– booking"))
    assert number in confirmed.words and number in (await group.say("Ana", "/bookings")).words
    budget = await group.say("Ben", "/budget")
    assert amount(budget, "Booked") == taken
    assert "Booked – Ana" not in {f["label"] for f in budget.facts}, "what another has paid is not told"
    asked = {who: await group.say(who, "/budget") for who in ("Ana", "Ben")}
    own = [f for who, told in asked.items() for f in told.facts if f["label"] == f"Booked – {who}"]
    assert sum(f["minor"] for f in own) == taken

    # Cancelled by who paid: what was quoted is what comes back, to whom it was taken from.
    asked = await group.press("Ana", f"Cancel {number}")
    quote = next(m for m in asked.messages if "Cancel " in m.title)
    assert quote.raw["only_for"] == ["Ana"]
    back = fact(quote, "Back")
    routes = {f["label"].removeprefix("Back – "): f["minor"] for f in quote.facts if f["label"].startswith("Back – ")}
    assert sum(routes.values()) == back > 0
    await group.press("Ana", starting(group, "Cancel and refund"))
    await rest(group)
    budget = await group.say("Ben", "/budget")
    assert amount(budget, "Given back") == back and amount(budget, "Spent") == taken - back
    for name, minor in routes.items():
        assert amount(await group.say(name, "/budget"), f"Given back – {name}") == minor
    assert "cancelled" in (await group.say("Ben", "/bookings")).words

    await held(street, group)


async def test_a_group_books_its_whole_plan(street: Simulator) -> None:
    group = await street.group("Coast", ["Ana", "Ben"])
    await group.say("Ana", "/trip Mombasa from Nairobi 12 march 2027 for 3 days, 2 people, budget 120000 KES")
    await group.press("Ana", "Book this trip")
    bookable = len([line for line in cart_of(group).lines if line.startswith("**") and ". " in line])
    await group.say("Ana", "/pay split")
    asked = group.showing("Save the names")
    assert asked.raw["only_for"] == ["Ana"] and [f["name"] for f in asked.raw["form"]] == ["names"]
    await group.press("Ana", "Save the names", values={"names": "Ana Njeri, Ben Otieno"})
    if not (await share(group, "Ana"))[1]:  # a fare that nobody holds: another one, or one of them pays
        await group.press("Ana", next(label for label in _labels(group) if " held " in label))
        await group.say("Ana", "/pay split")
    for who in ("Ana", "Ben"):
        await paid(group, (await share(group, who))[1])
    confirmed = next(m for m in group.messages.values() if m.title.startswith("✅ Booked"))
    assert len([line for line in confirmed.lines if line.startswith("✅ **")]) == bookable
    papers = next(m for m in group.messages.values() if m.raw["files"])
    assert {f["name"].rpartition(".")[2] for f in papers.raw["files"]} >= {"pdf", "ics", "png"}
    days = await group.say("Ben", "/itinerary")
    assert sum(line.endswith("🔒") for m in days.messages for line in m.lines) == bookable - 1  # the hotel is a stay
    budget = await group.say("Ben", "/budget")
    assert amount(budget, "Booked") == fact(confirmed, "Total")
    assert "Njeri" not in said(group) and "Otieno" not in said(group)
    await held(street, group)


async def chosen(group: Group) -> Json:
    """A hotel that can be cancelled, in the cart."""
    await group.say("Ana", "/hotels Mombasa 12 march 2027 for 3 nights, 2 people")
    for n in range(1, 6):
        shown = await group.press("Ana", f"Details {n}")
        card = next(m for m in shown.messages if "Add to cart" in m.labels)
        conditions = next((line for line in card.lines if line.startswith(("Free cancellation", "Cancelling"))), "")
        if conditions:
            await group.press("Ana", "Add to cart")
            fact = next(f for f in card.facts if f["label"] == "Price")
            return {"title": card.title, "conditions": conditions, "fact": fact}
    raise AssertionError("every hotel is final")


async def held(street: Simulator, group: Group) -> None:
    """Every fact of every card stands in a supplier's own record, every amount on a card is a fact."""
    facts = Facts(street)
    for message in group.messages.values():
        if message.facts:
            await facts.hold(message)
    assert facts.checked > 50


async def world_price(street: Simulator, hotel: Json) -> int:
    """What the supplier's own record says now."""
    now = (await street.get("clock"))["now"]
    return int((await street.get("world", ref=hotel["fact"]["ref"], at=now))["price"]["minor"])


async def share(group: Group, who: str) -> tuple[int, str]:
    """(minor units, address) of what a person is asked for now; (0, "") if nothing."""
    feed = await group.simulator.get("transcript", place=group.place, as_=who)
    newest = {e["id"]: e for e in feed["entries"]}
    for entry in sorted(newest.values(), key=lambda e: int(e["n"]), reverse=True):
        url = next((b["url"] for b in entry["buttons"] if b.get("url")), "")
        if url and entry.get("only_for") == [who]:
            return next(_minor(line) for line in entry["card"]["lines"]), url
    return 0, ""


def _minor(line: str) -> int:
    words = line.split()
    return round(100 * int(words[1].rstrip(",").replace(",", ""))) if "." not in words[1] else _cents(words[1])


def _cents(text: str) -> int:
    whole, _, rest = text.rstrip(",").replace(",", "").partition(".")
    return int(whole) * 100 + int(rest)


async def paid(group: Group, url: str) -> None:
    assert await at_page(url, "pay") == 303
    await rest(group)


async def at_page(url: str, action: str) -> int:
    """Press a button of the hosted page and go where it sends the browser."""
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data={"action": action}, allow_redirects=False) as answer:
            status, on = answer.status, answer.headers.get("Location", "")
        if action == "pay" and on:
            async with session.get(on) as page:
                assert page.status == 200
    return status


async def rest(group: Group) -> Answers:
    """Until the news of the payment service has come and all that follows is done."""
    answers = await group.rest()
    await asyncio.sleep(0.1)
    more = await group.rest()
    return Answers([*answers.messages, *more.messages])


def cart_of(group: Group) -> Message:
    """The cart as shown last."""
    return next(m for m in reversed(list(group.messages.values())) if m.title.startswith("🛒"))


def due(group: Group) -> int:
    return fact(cart_of(group), "Total")


def _labels(group: Group) -> list[str]:
    return [label for m in reversed(list(group.messages.values())) for label in m.labels]


def price(hotel: Json) -> int:
    return int(hotel["fact"]["minor"])


def starting(group: Group, label: str) -> str:
    """The newest button whose label begins so."""
    found = [(int(m.raw["n"]), b) for m in group.messages.values() for b in m.labels if b.startswith(label)]
    return max(found)[1]


def fact(message: Message, label: str) -> int:
    return next(int(f["minor"]) for f in message.facts if f["label"] == label)


def amount(answers: Answers, label: str) -> int:
    return next(int(f["minor"]) for f in answers.facts if f["label"] == label)


def said(group: Group) -> str:
    return "\n".join(m.words for m in group.messages.values())
