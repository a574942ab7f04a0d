"""The chapters about money: a vote fills the cart, a group pays together, everything is booked, one thing goes back."""

import asyncio

import aiohttp

from tests.stories.group import Message
from tests.stories.journey import Teller

ROUNDS = 6


async def votes(t: Teller) -> None:
    """A poll with live counts: one changes her mind, the last vote closes it, the winner is in the cart."""
    j = t.journey
    await t.say(t.ana, f"/hotels {j.city} {j.first_day} for {j.nights} nights, {j.party} people")
    opened = await t.press(t.ana, "Vote on these")
    poll = next(m for m in opened.messages if m.raw.get("poll"))
    first, second = (o["label"] for o in poll.raw["poll"]["options"][:2])
    for person, option in ((t.ana, second), (t.ben, first), (t.ana, first), (t.chi, first)):
        await t.press(person, option)
    closed = t.group.messages[poll.id].raw["poll"]
    assert closed["state"] == "closed" and sum(o["votes"] for o in closed["options"]) == 3
    cart = await t.say(t.ben, "/cart")
    assert first in cart.words
    await t.press(t.ben, "Empty the cart")


async def buys(t: Teller) -> None:
    """The plan is bought together: one declines and is covered, a price rises, nobody pays before all is covered."""
    await t.press(t.ana, "Book this trip")
    bookable = len([line for line in _newest(t, "🛒").lines if line.startswith("**") and ". " in line])
    assert bookable
    await _opened(t)
    await _at_page(t, t.ben, "decline")
    await t.press(t.ana, "Pay for Ben")
    await t.group.simulator.post("faults", {"target": "inventory", "kind": "price_up", "by": 7, "match": "reserve"})
    for _ in range(ROUNDS):
        if _booked(t):
            break
        assert await _all_pay(t), "nobody is asked for anything, and nothing is booked"
    booked = _booked(t)
    assert booked is not None, "it was never booked"
    done, failed = (sum(line.startswith(mark) for line in booked.lines) for mark in ("✅ **", "❌ **"))
    assert done >= 1 and done + failed == bookable
    await _adds_up(t, booked)
    await _papers(t)


async def _opened(t: Teller) -> None:
    """A collection for all of them, whatever has to be said and chosen before."""
    await t.say(t.ana, "/pay split")
    named = False
    for _ in range(ROUNDS):
        labels = [label for m in _recent(t) for label in m.labels]
        if "Pay for Ben" in labels:
            return
        held = next((label for label in labels if " held " in label), "")
        if "Save the names" in labels and not named:
            named = True
            names = ", ".join(f"{name} Traveller" for name in _NAMES[: t.journey.party])
            await t.group.press(t.ana, "Save the names", values={"names": names})
        elif held:
            await t.press(t.ana, held)
            await t.say(t.ana, "/pay split")
        await t.group.rest()
    raise AssertionError("no collection was opened")


_NAMES = ("Amina", "Brian", "Carol", "David", "Esther", "Farid", "Grace", "Hassan", "Irene")


async def _all_pay(t: Teller) -> bool:
    """Everybody pays what they are asked for now; whether anybody was."""
    asked = [person for person in (t.ana, t.ben, t.chi) if await _at_page(t, person, "pay")]
    return bool(asked)


async def _at_page(t: Teller, person: str, action: str) -> bool:
    """Decide on every page that this person is shown now; whether there was one."""
    pages = await _pages(t, person)
    async with aiohttp.ClientSession() as browser:
        for url in pages:
            async with browser.post(url, data={"action": action}) as answer:
                assert answer.status == 200, url
    for _ in range(3):
        await asyncio.sleep(0.1)
        await t.group.rest()
    return bool(pages)


async def _pages(t: Teller, person: str) -> list[str]:
    feed = await t.group.simulator.get("transcript", place=t.group.place, as_=person)
    newest = {e["id"]: e for e in feed["entries"]}
    alone = [e for e in newest.values() if e.get("only_for") == [person]]
    return [b["url"] for e in alone for b in e["buttons"] if "/checkout/" in b.get("url", "")]


async def _adds_up(t: Teller, booked: Message) -> None:
    """What was taken is what was booked, and what each is told alone to have paid sums up to it."""
    total = next(f["minor"] for f in booked.facts if f["label"] == "Total")
    paid = 0
    for person in dict.fromkeys((t.ana, t.ben, t.chi)):
        of = {f["label"]: f["minor"] for f in (await t.say(person, "/budget")).facts}
        assert of["Booked"] == total
        paid += of.get(f"Booked – {person}", 0)
    assert paid == total


async def _papers(t: Teller) -> None:
    """Vouchers, itinerary and calendar can be fetched as files."""
    files = [f for m in t.group.messages.values() for f in m.raw["files"]]
    kinds = {f["name"].rpartition(".")[2]: f["url"] for f in files}
    async with aiohttp.ClientSession() as browser:
        for kind, begins in (("pdf", b"%PDF-"), ("ics", b"BEGIN:VCALENDAR")):
            address = kinds[kind] if kinds[kind].startswith("http") else t.group.simulator.url + kinds[kind]
            async with browser.get(address) as answer:
                assert (await answer.read()).startswith(begins)


async def gives_back(t: Teller) -> None:
    """One booking is cancelled: the refund is quoted first, and that is what comes back."""
    listed = await t.say(t.ben, "/bookings")
    numbers = [f["value"] for f in listed.facts if f["label"].endswith("– booking")]
    before = await _of_budget(t)
    for number in numbers:
        quoted = await t.say(t.ana, f"/cancel {number}")
        card = next((m for m in quoted.messages if any(label.startswith("Cancel and") for label in m.labels)), None)
        if card is not None and any(f["label"] == "Back" and f["minor"] for f in card.facts):
            break
        if card is not None:
            await t.press(t.ana, "Not now")
    else:
        return  # nothing of it can be given back
    assert card.raw["only_for"] == [t.ana]
    back = next(f["minor"] for f in card.facts if f["label"] == "Back")
    await t.press(t.ana, next(label for label in card.labels if label.startswith("Cancel and")))
    await t.group.rest()
    after = await _of_budget(t)
    assert after["Given back"] - before.get("Given back", 0) == back
    assert "cancelled" in (await t.say(t.ben, "/bookings")).words


async def _of_budget(t: Teller) -> dict[str, int]:
    facts = (await t.say(t.ben, "/budget")).facts
    return {f["label"]: f["minor"] for f in facts if f.get("minor") is not None}


def _booked(t: Teller) -> Message | None:
    found = [m for m in t.group.messages.values() if m.title.startswith("✅ Booked")]
    return found[-1] if found else None


def _newest(t: Teller, title: str) -> Message:
    return max((m for m in t.group.messages.values() if m.title.startswith(title)), key=lambda m: int(m.raw["n"]))


def _recent(t: Teller) -> list[Message]:
    return sorted(t.group.messages.values(), key=lambda m: -int(m.raw["n"]))[:12]
