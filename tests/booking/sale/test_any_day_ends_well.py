"""Random bad days: whatever suppliers, payments, people and restarts do, orders and money agree at the end."""

import random
from pathlib import Path

import pytest

from booking.offers import Offer, OfferKind
from booking.sale.bookings import SETTLED, STANDING
from tests.booking.shop import GROUP, Shop, shop
from tests.payments.counter import late

KINDS = (OfferKind.HOTEL, OfferKind.FLIGHT, OfferKind.BUS, OfferKind.TRANSFER, OfferKind.ACTIVITY)
FAULTS = ("timeout", "down", "refused", "sold_out", "price_up")
CALLS = ("hold", "confirm", "confirm", "reserve", "reserve", "reprice", "look_up", "cancel", "quote")
PAYMENT_FAULTS = ("timeout", "down", "lost_notice", "doubled_notice")


@pytest.mark.parametrize("seed", range(14))
async def test_any_day_ends_well(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    async with shop(tmp_path) as trip:
        await trip.trip("Ana", "Ben")
        await trip.call("Ana", "keep_names", names="Ana Njeri, Ben Otieno", wanted=2)
        await trip.cart(*await wanted(trip, rng))
        if rng.random() < 0.3:
            await trouble(trip, rng)
        await trip.call("Ana", "pay", who=rng.choice(("split", "me", "Ben 3, Ana 1")), currency="KES")
        for _ in range(rng.randint(0, 3)):
            await trouble(trip, rng)
        for _ in range(rng.randint(4, 12)):
            await happens(trip, rng)
        cut_off = rng.random() < 0.4
    async with shop(tmp_path, clock=trip.clock if cut_off else None) as again:
        again.clock.offset = trip.clock.offset
        await again.faults.clear()
        await again.passes(hours=30)
        await ended(again)


async def wanted(trip: Shop, rng: random.Random) -> list[Offer]:
    found = []
    for kind in rng.sample(KINDS, rng.randint(1, 3)):
        offers = [o for o in await trip.offers(kind) if o.price and o.price.currency == "KES"]
        found.append(rng.choice(offers[:8]))
    return found


async def trouble(trip: Shop, rng: random.Random) -> None:
    if rng.random() < 0.75:
        kind, times = rng.choice(FAULTS), rng.randint(1, 6)
        await trip.faults.add("inventory", kind, match=rng.choice(CALLS), times=times, by=rng.randint(3, 30))
    else:
        call = rng.choice(("capture", "authorise", "ask", "look_up", "void"))
        await trip.faults.add("payments", rng.choice(PAYMENT_FAULTS), match=call, times=rng.randint(1, 2))


async def happens(trip: Shop, rng: random.Random) -> None:
    """Somebody pays, declines, presses once more, or time passes."""
    what = rng.choice(("pay", "pay", "pay", "pay", "decline", "again", "time", "trouble", "cancel", "cancel", "late"))
    shares = (await trip.collection()).shares if await trip.bookings() else ()
    if what in ("pay", "decline") and shares:
        share = rng.choice([s for s in shares if s.state in ("link_sent", "declined")] or shares)
        if share.payment:
            try:
                await (trip.gateway.pay if what == "pay" else trip.gateway.decline)(share.payment)
            except Exception as refused:
                assert type(refused).__name__ in ("RetryLater", "Unknown", "Undeliverable"), refused
        await trip.quiet()
    elif what == "late":
        ended = (await trip.collection()).state == "released" if shares else False
        over = [s for s in shares if s.state == "voided" and s.payment and s.held_until is None]
        if ended and over:
            await late(trip, over[0].payment)
            await trip.quiet()
    elif what == "again":
        await trip.call(rng.choice(("Ana", "Ben")), "pay", who="split", currency="KES")
    elif what == "time":
        await trip.passes(minutes=rng.choice((1, 15, 70, 200)))
    elif what == "cancel":
        await trip.call("Ana", "cancel_booking", booking="")
        labels = [b for b in trip.buttons(GROUP, "Ana") if b.startswith(("Cancel and", "Cancel without"))]
        if labels:
            await trip.press(GROUP, "Ana", labels[-1])
            await trip.quiet()
    else:
        await trouble(trip, rng)


async def ended(trip: Shop) -> None:
    """Every answer is known, each booking has its one order, and money was taken for exactly what was booked."""
    bookings = await trip.bookings()
    assert {b.state for b in bookings} <= SETTLED, [(b.state, b.why) for b in bookings]
    orders = await trip.orders()
    assert sorted(o.code for o in orders) == sorted(b.code for b in bookings if b.state in STANDING)
    bought = [b for b in bookings if b.state in STANDING | {"cancelled"}]
    thread = (await trip.thread(GROUP)).id
    for spent in await trip.sale.spending.of(thread):
        due = sum(b.price.minor for b in bought if b.price.currency == spent.currency)
        assert sum(paid.minor for paid, _ in spent.people.values()) == due == spent.booked.minor
        back = sum(b.refunded.minor for b in bought if b.refunded and b.price.currency == spent.currency)
        assert sum(given.minor for _, given in spent.people.values()) == back
    await trip.check()
