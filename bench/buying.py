"""From the last payment to the confirmation, as people in the simulator see it; suppliers take two seconds."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta

import aiohttp

from bench.figures import held, spread
from bench.generator import percentile
from bench.simulator import Room, Shown, Wanted, arrange, simulator
from bench.wire import Client

ACKNOWLEDGED_BAR, CONFIRMED_BAR = 1.0, 5.0
SUPPLIER_SECONDS, A_ROUND = 2, 4
PEOPLE = ("Ana", "Ben")


async def measure_one(client: Client, n: int) -> tuple[float, float, float]:
    """Seconds from the press that goes to pay to its first sign, and from the last payment to its first sign and to

    the confirmation."""
    room = await Room.open(client, f"Bought {n}", *PEOPLE)
    await room.quiet()
    day = date.today() + timedelta(days=90 + n)
    await room.say("Ana", f"/hotels Mombasa {day:%d %B %Y} for 2 nights, 2 people")
    listed, _ = await room.until(_with_button("Details 1"))
    await room.press("Ana", listed, f"Details {1 + n % 3}")
    details, _ = await room.until(_with_button("Add to cart"))
    await room.press("Ana", details, "Add to cart")
    await room.until(_with_button("Pay"))
    await room.quiet()
    await room.say("Ana", "/pay")
    asked, _ = await room.until(_with_button("Split"))
    await arrange(client, target="inventory", kind="slow", by=SUPPLIER_SECONDS, times=1000)
    await room.press("Ana", asked, next(b["label"] for b in asked["buttons"] if b["label"].startswith("Split")))
    _, to_pay = await room.until(_anything)
    await room.quiet()
    for who in PEOPLE[:-1]:
        await _pay(client, await _page(room, who))
        await room.quiet()
    room.begin()
    paying = asyncio.create_task(_pay(client, await _page(room, PEOPLE[-1])))
    _, acknowledged = await room.until(_anything)
    _, confirmed = await room.until(_titled_booked)
    await paying
    await client.exchange("DELETE", "/simulator/faults", b"")
    await room.quiet()
    return to_pay, acknowledged, confirmed


def _with_button(start: str) -> Wanted:
    return lambda shown: any(b["label"].startswith(start) for b in shown["buttons"])


def _anything(shown: Shown) -> bool:
    return bool(shown["author_kind"] != "person")


def _titled_booked(shown: Shown) -> bool:
    return "Booked" in (shown.get("card") or {}).get("title", "")


async def _page(room: Room, who: str) -> str:
    """The address of the page on which this person pays."""
    shown = await room.seen_by(who)
    return str(next(b["url"] for s in reversed(shown) for b in s["buttons"] if b.get("url")))


async def _pay(client: Client, url: str) -> None:
    where = f"http://127.0.0.1:{client.port}/checkout/{url.rpartition('/')[2]}"
    async with aiohttp.ClientSession() as browser, browser.post(where, data={"action": "pay"}) as answer:
        await answer.read()


async def measured(rounds: int) -> list[tuple[float, float, float]]:
    """All of it, on one fresh application."""
    async with simulator() as client:
        return [await measure_one(client, n) for n in range(rounds * A_ROUND)]


def measure_bookings(rounds: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    took = asyncio.run(measured(rounds))
    to_pay, acknowledged, confirmed = (list(column) for column in zip(*took, strict=True))
    say(f"booking: {len(took)} purchases by two payers through the simulator, each supplier call {SUPPLIER_SECONDS} s")
    worst = max(*to_pay, *acknowledged)
    say(f"  press that goes to pay to its first sign {spread(to_pay)} s,")
    say(f"    last payment to its first sign {spread(acknowledged)} s;")
    say(f"    slowest {worst:.2f} s, bar {ACKNOWLEDGED_BAR:.0f} s: {held(worst < ACKNOWLEDGED_BAR)}")
    p95 = percentile(confirmed, 0.95)
    say(f"  last payment to the confirmation {spread(confirmed)} s, p95 {p95:.2f} s,")
    say(f"    bar {CONFIRMED_BAR:.0f} s: {held(p95 < CONFIRMED_BAR)}")
