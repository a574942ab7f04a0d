"""What may happen in a history: people, personas, votes, carts, payments, bad days, restarts and the clock."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from bench.histories.life import is_forgotten, is_two, keeper_looks_after, settles_up, shares_costs
from bench.histories.street import NAMES, Street, quietly
from bench.histories.town import DeadError
from booking.offers import Offer, OfferKind
from bot.documents import Replace
from bot.model import ENTRIES
from payments.gateways.sandbox.books import PAYMENTS
from payments.model import Share
from tests.booking.bazaar import MARCH, wish

Move = Callable[[Street], Awaitable[None]]
TALK = (
    "/ping still here", "what about the beach?", "/cart", "/bookings", "/budget", "/shares", "/members", "/why",
    "/status", "/itinerary", "/mandates", "Zuri, hello", "Biko, what is in the cart?", "/help", "/poll",
)  # fmt: skip
KINDS = (OfferKind.HOTEL, OfferKind.HOTEL, OfferKind.BUS, OfferKind.TRANSFER, OfferKind.ACTIVITY, OfferKind.FLIGHT)
SUPPLIER_FAULTS = ("timeout", "timeout", "down", "refused", "sold_out", "price_up", "slow")
SUPPLIER_CALLS = ("hold", "confirm", "reserve", "reprice", "look_up", "cancel", "quote", "search")
PAYMENT_FAULTS = ("down", "timeout", "refused", "lapse", "lost_notice", "doubled_notice", "late_notice", "slow")
PAYMENT_CALLS = ("ask", "look_up", "capture", "void", "refund", "authorise")
_OVER = ("captured", "voided", "expired")
WHO_PAYS = ("split", "split", "split", "me", "Ana 2, Ben 1", "Ben 3, Chi 1", "Ana, Ben, Chi")


async def talks(s: Street) -> None:
    await s.say(s.dice.choice(NAMES), s.dice.choice(TALK))


async def comes(s: Street) -> None:
    await s.gather(s.dice.choice(NAMES))


async def goes(s: Street) -> None:
    here = await s.here()
    if len(here) > 2:
        await s.leave(s.dice.choice(here))


async def moves_on(s: Street) -> None:
    """The next trip of the same people."""
    if len(await s.collections()) >= 6 and not await s.unpaid():
        s.group += 1
        await s.gather(*s.dice.sample(NAMES, s.dice.randint(2, 4)))


async def minds_personas(s: Street) -> None:
    who = s.dice.choice(("Ana", "Ben"))
    name = {"Ana": "Zuri", "Ben": "Biko"}[who]
    what = s.dice.choice(("create_persona", "add_persona", "switch_persona", "/remember I like sea views", "/memory"))
    if what.startswith("/"):
        await s.say(who, what)
    else:
        await s.call(who, what, name=name)


async def shops(s: Street) -> None:
    """Something into the cart, mostly by its reference, sometimes off a list."""
    who = s.dice.choice(await s.here())
    if s.dice.random() < 0.15:
        day = MARCH + timedelta(days=s.dice.randint(0, 60))
        await s.say(who, f"/hotels Mombasa {day:%d %B %Y} for 2 nights, 2 people")
        await s.press(who, "Details", s.dice.randint(0, 4))
        await s.press(who, "Add to cart")
        return
    for offer in await offers(s, s.dice.choice((1, 1, 2, 3))):
        await s.call(who, "add_to_cart", offer=offer.ref)


async def offers(s: Street, count: int) -> list[Offer]:
    """Some that can be bought in one currency."""
    found: list[Offer] = []
    for _ in range(count):
        kind, day = s.dice.choice(KINDS), MARCH + timedelta(days=s.dice.randint(0, 60))
        on_sale: list[Offer] = []
        for supplier in s.town.sandbox.suppliers:
            if kind in supplier.kinds:
                on_sale += await quietly(supplier.search(wish(kind, day=day))) or ()
        fit = [o for o in on_sale if o.bookable and o.price and o.price.currency == "KES"]
        found += [s.dice.choice(sorted(fit, key=lambda o: o.ref))] if fit else []
    return found


async def tidies_the_cart(s: Street) -> None:
    await s.call(s.dice.choice(NAMES), *s.dice.choice((("empty_cart",), ("pick_line",))))
    await s.press("Ana", "❌")


async def checks_out(s: Street) -> None:
    """From a cart with something in it to everybody's links."""
    await shops(s)
    who = s.dice.choice(await s.here())
    if s.dice.random() < 0.9:
        await s.call(who, "keep_names", names="Ana Njeri, Ben Otieno", wanted=2)
    await s.call(who, "pay", who=s.dice.choice(WHO_PAYS), currency="KES")


async def pays(s: Street) -> None:
    waiting = await s.unpaid()
    if waiting:
        share = s.dice.choice(waiting)
        await s.pay(share, back=s.dice.random() < 0.5)


async def all_pay(s: Street) -> None:
    for _ in range(3):
        waiting = [x for x in await s.unpaid() if x.role != "debt"]
        for share in waiting:
            await s.pay(share, back=s.dice.random() < 0.3)
        if not waiting:
            return


async def declines(s: Street) -> None:
    waiting = await s.unpaid()
    if waiting:
        held = await quietly(s.town.gateway.decline(s.dice.choice(waiting).payment))
        s.counts["decline"] += held is not None and held.state == "declined"
        await s.rest()


async def walks_away(s: Street) -> None:
    for share in (await s.unpaid())[:1]:
        await s.town.gateway.page(share.payment)
        await s.hint(share)


async def covers(s: Street) -> None:
    who = s.dice.choice(await s.here())
    await s.press(who, s.dice.choice(("Pay for", "Pay for", "Pay for", "I will not", "Pay it myself", "Try again")))


async def calls_off(s: Street) -> None:
    await s.press(s.dice.choice(await s.here()), "Call it off")


async def stands_in(s: Street) -> None:
    live = [c for c in await s.collections() if c.state in ("open", "collecting")]
    if live:
        who, most = s.dice.choice(await s.here()), live[-1].total
        await s.say(who, f"/standin {most}")
        await s.press(who, "Stand in")


async def settles(s: Street) -> None:
    """Somebody pays what could not be taken."""
    if await s.press(s.dice.choice(await s.here()), "Pay KES"):
        for share in [x for x in await s.unpaid() if x.role == "debt"]:
            await s.pay(share)


async def cancels(s: Street) -> None:
    standing = await s.bookings("confirmed", "cancel_quoted")
    if not standing:
        return
    who = s.dice.choice(await s.here())
    await s.call(who, "cancel_booking", booking=s.dice.choice(standing).number)
    if s.dice.random() < 0.85:
        await s.press(who, "Cancel ")


async def presses_anything(s: Street) -> None:
    """Any button that anybody sees, perhaps twice at once, perhaps by two people."""
    who = s.dice.choice(await s.here())
    found = s.buttons(who)[:25]
    if not found:
        return
    outgoing, button = s.dice.choice(found)
    others = [who, *([s.dice.choice(NAMES)] if s.dice.random() < 0.4 else [])]
    await s.hear(*(s.pressed(name, outgoing, button) for name in others for _ in range(s.dice.choice((1, 2)))))


async def votes(s: Street) -> None:
    """Two things are put to the vote; people divide, or not."""
    here = await s.here()
    if s.dice.random() < 0.3:
        await s.say(here[0], "/hotels Mombasa 12 march 2027 for 3 nights, 2 people")
        await s.say(here[0], "/poll 1 2")
    else:
        await s.say(here[0], f"/poll tea or coffee, quorum 1, in 2 hours, tie {s.dice.choice(('run-off', 'opener'))}")
    for _ in range(s.dice.choice((1, 2))):
        for n, name in enumerate(here):
            if s.dice.random() < 0.95:
                await s.vote(name, n % 2 if s.dice.random() < 0.8 else s.dice.randrange(2))
    if s.dice.random() < 0.5:
        await s.town.passes(hours=3)
        s.counts["clock jump"] += 1


async def trouble_with_suppliers(s: Street) -> None:
    kind, match = s.dice.choice(SUPPLIER_FAULTS), s.dice.choice(SUPPLIER_CALLS)
    await s.town.faults.add("inventory", kind, match=match, times=s.dice.randint(1, 3), by=s.dice.randint(3, 30))
    s.counts[f"supplier {kind}"] += 1


async def trouble_with_payments(s: Street) -> None:
    kind, match = s.dice.choice(PAYMENT_FAULTS), s.dice.choice(PAYMENT_CALLS)
    by = s.dice.choice((0, 5, 90, 1800))
    await s.town.faults.add("payments", kind, match=match, times=s.dice.randint(1, 2), by=by)
    s.counts[f"payment {kind}"] += 1


async def bad_hour(s: Street) -> None:
    """Everything is unreliable for a while, and people go on."""
    for _ in range(s.dice.randint(2, 5)):
        await s.dice.choice((trouble_with_suppliers, trouble_with_payments))(s)
    kind, match = s.dice.choice(("down", "timeout")), s.dice.choice(("capture", "void", "look_up", "ask"))
    await s.town.faults.add("payments", kind, match=match, times=s.dice.randint(3, 9))
    for _ in range(s.dice.randint(2, 5)):
        await s.dice.choice((pays, all_pay, checks_out, cancels, time_passes, rushes))(s)


async def capture_fails(s: Street) -> None:
    """Suppliers have confirmed, and one card does not give what it held."""
    await s.town.faults.add("payments", s.dice.choice(("lapse", "refused")), match="capture")
    if not await s.unpaid():
        await checks_out(s)
    await all_pay(s)


async def trouble_ends(s: Street) -> None:
    await s.town.faults.clear()


async def no_answer_to_an_order(s: Street) -> None:
    """An order takes effect and its answer is lost."""
    for call in ("confirm", "reserve"):
        await s.town.faults.add("inventory", "timeout", match=call)
    if not await s.unpaid():
        await checks_out(s)
    await all_pay(s)
    await trouble_ends(s)


async def price_rises(s: Street) -> None:
    """What is about to be paid for becomes dearer, after the hold that kept its price."""
    if not await s.bookings("awaiting_payment"):
        await checks_out(s)
    waiting = await s.bookings("awaiting_payment")
    if waiting:
        title = s.dice.choice(waiting).offer.title
        ends = [b.hold.price_until for b in waiting if b.hold and b.hold.price_until]
        if ends and s.dice.random() < 0.8:
            await s.town.passes(seconds=max(0.0, (min(ends) - s.town.clock.now()).total_seconds() + 60))
        await s.town.faults.add("inventory", "price_up", match=title, by=s.dice.randint(3, 30))
        await all_pay(s)


async def time_passes(s: Street) -> None:
    await s.town.passes(minutes=s.dice.choice((1, 2, 5, 15, 40, 70, 150, 400)))
    s.counts["clock jump"] += 1


async def clock_is_wrong(s: Street) -> None:
    """The clock of the machine jumps, forwards or a little back, and nothing is done in order."""
    s.town.clock.offset += timedelta(minutes=s.dice.choice((-3, -1, 2, 10, 30)))
    s.counts["clock jump"] += 1
    await s.rest()


async def pays_too_late(s: Street) -> None:
    """The service lets somebody pay on a page that we closed; if that covers alone, it is bought after all."""
    over = [c for c in await s.collections() if c.state == "released" and any(x.payment for x in c.shares)]
    if not over:
        await s.call("Ana", "pay", who="me", currency="KES")
        await s.town.passes(hours=25)
        return
    closed = s.dice.choice(over[-3:])
    share = s.dice.choice([x for x in closed.shares if x.payment])
    held = await s.town.store.get(PAYMENTS, share.payment)
    if held is not None and held.held_until is None and held.state in ("voided", "expired", "asked", "declined"):
        until = s.town.clock.now() + timedelta(days=7)
        paid = replace(held, state="authorized", held_until=until)
        await s.town.store.commit([Replace(PAYMENTS, paid)])
        s.counts["late payment"] += 1
        await s.hint(share, payment=held.id)


async def is_told_again(s: Street) -> None:
    """(e): news and requests that were there already, under their ids and under new ones, change nothing."""
    await s.town.quiet()
    before, next_due = await _digest(s), await s.town.core.jobs.next_due()
    thread = (await s.thread()).id
    found = await s.town.store.find(ENTRIES, {"thread": thread}, order="-seq", limit=100)
    again = [e for e in found if e.what in ("payment", "supplier", "timer", "press", "message", "call", "result")]
    old = s.dice.sample(again, min(8, len(again)))
    await s.hear(*(replace(e, seq=None, handled=False, open=True, answers=(), deliveries=(), version=0) for e in old))
    for share in await _settled_shares(s):
        await s.hint(share, payment=share.payment)
    rang = next_due is not None and next_due <= s.town.clock.now()
    assert rang or before == await _digest(s), "said again, and something changed"
    s.counts["told again"] += len(old)


async def _digest(s: Street) -> tuple[object, ...]:
    await s.town.quiet()
    return (await s.books.read(s.town.store)).digest()


async def _settled_shares(s: Street) -> list[Share]:
    """Up to two of which all is known, to us and to the service."""
    over = [c for c in await s.collections() if c.state in ("released", "committed")]
    shares = [x for c in over for x in c.shares if x.payment and x.state in ("voided", "captured", "refunded")]
    chosen = s.dice.sample(shares, min(2, len(shares)))
    held = [await s.town.store.get(PAYMENTS, share.payment) for share in chosen]
    return [share for share, h in zip(chosen, held, strict=True) if h and h.state in _OVER]


async def restarts(s: Street) -> None:
    """In order or by a kill, with something under way."""
    s.slow = True
    try:
        under_way = [s.dice.choice((pays, all_pay, cancels, presses_anything, checks_out))(s) for _ in range(2)]
        waiting = asyncio.gather(*under_way, return_exceptions=True)
        for _ in range(s.dice.choice((0, 3, 10, 30, 100, 300))):
            await asyncio.sleep(0)
        if s.dice.random() < 0.6:
            await s.town.die()
        else:
            await s.town.close()
        for ended in await waiting:
            if isinstance(ended, Exception) and not isinstance(ended, DeadError | RuntimeError):
                raise ended
    finally:
        s.slow = False
    await s.town.open()
    s.counts["restart"] += 1
    await s.rest()


async def rushes(s: Street) -> None:
    """Many at once, and nobody waits for the others."""
    s.slow = True
    try:
        at_once = s.dice.choices(
            (pays, declines, covers, presses_anything, cancels, walks_away, all_pay, calls_off), k=6
        )
        await asyncio.gather(*(move(s) for move in at_once))
    finally:
        s.slow = False
    await s.rest()


MOVES: Mapping[Move, int] = {
    talks: 36, comes: 3, goes: 2, moves_on: 6, minds_personas: 4, shops: 5, tidies_the_cart: 2, checks_out: 13,
    pays: 30, all_pay: 4, declines: 6, walks_away: 5, covers: 8, stands_in: 2, settles: 3, calls_off: 3, cancels: 8,
    presses_anything: 24, votes: 3, trouble_with_suppliers: 11, trouble_with_payments: 14, trouble_ends: 4,
    no_answer_to_an_order: 1, price_rises: 1, bad_hour: 2, capture_fails: 2, time_passes: 9, clock_is_wrong: 3,
    pays_too_late: 2, is_told_again: 3, restarts: 1, rushes: 6, shares_costs: 3, settles_up: 4, is_forgotten: 4,
    keeper_looks_after: 3, is_two: 3,
}  # fmt: skip
# The move that makes a count that lags behind grow.
GROWS: Mapping[str, Move] = {
    "decline": declines, "late payment": pays_too_late, "price rise": price_rises, "unknown": no_answer_to_an_order,
    "restart": restarts, "clock jump": time_passes, "vote tie": votes, "refund": cancels, "capture": all_pay,
    "release": time_passes, "authorise": pays,
}  # fmt: skip
