"""Random orders in which presses, pages, notices, suppliers, deadlines, refunds and deaths meet in one checkout."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing import get_context
from random import Random

from bench.histories.auditor import wrong, wrong_at_the_end
from bench.histories.books import Books
from bench.stall import Stall, stall
from booking.offers import Offer, OfferKind
from booking.ports import CancelQuote
from booking.sale.bookings import BOOKINGS, Booking
from bot.errors import CaravanError
from bot.logs import configure_logs
from bot.model import JOBS
from payments.model import COLLECTIONS, UNPAID, Collection, Share
from payments.shares import open_gap
from tests.booking.bazaar import wish

PEOPLE = ("ana", "ben", "chi")
WORKERS, BLOCK = 2, 250
_FAULTS = (
    ("inventory", "timeout", ("confirm", "reserve", "look_up", "cancel", "quote", "reprice")),
    ("inventory", "down", ("confirm", "look_up", "cancel")),
    ("inventory", "sold_out", ("reprice", "reserve", "look_up")), ("inventory", "price_up", ("reprice", "look_up")),
    ("payments", "timeout", ("ask", "capture", "void", "refund", "look_up", "authorise")),
    ("payments", "down", ("capture", "void", "look_up")),
    ("payments", "lost_notice", ("",)), ("payments", "doubled_notice", ("",)), ("payments", "late_notice", ("",)),
    ("payments", "lapse", ("capture",)), ("payments", "refused", ("capture",)),
)  # fmt: skip


@dataclass(slots=True)
class Interleaving:
    """One checkout from the cart to its end, in an order drawn by dice."""

    dice: Random
    stall: Stall
    counts: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)

    async def play(self, offers: Sequence[Offer], most: int = 130) -> None:
        """AssertionError with the order in which it happened, if something is wrong at its end or on the way."""
        await self._opens(offers)
        happenings = list(HAPPENINGS)
        for n in range(self.dice.randint(most // 3, most)):
            happening = self.dice.choices(happenings, list(HAPPENINGS.values()))[0]
            self.order.append(happening.__name__)
            await happening(self)
            if n % 8 == 0:
                self._check(await wrong(await Books.read(self.stall.store)))
        await self._ends()

    async def _opens(self, offers: Sequence[Offer]) -> None:
        s, names = self.stall, self.dice.sample(PEOPLE, self.dice.randint(1, 3))
        for offer in self.dice.sample(list(offers), self.dice.choice((1, 1, 2))):
            await s.look("ana", "add_to_cart", offer=offer.ref)
            await s.quiet()
        for _ in range(self.times(2)):
            await s.press(names[0], "pay", who=" and ".join(names), currency="KES")
        if self.dice.random() < 0.85:
            await s.quiet()

    async def _ends(self) -> None:
        """No more trouble; all that is on its way arrives, every timer rings."""
        s = self.stall
        await s.faults.clear()
        for hours in (2, 30):
            await s.ends(hours=hours)
        books = await Books.read(s.store, JOBS)
        self._check(await wrong_at_the_end(books))
        self.counts += books.counts()

    def _check(self, found: Sequence[str]) -> None:
        assert not found, "; ".join([*found[:4], f"after {' '.join(self.order)}"])

    def times(self, *also: int) -> int:
        """How often somebody presses the same button: once, or one of `also`."""
        n = self.dice.choice((1, *also))
        self.counts["pressed twice"] += n > 1
        return n

    async def collection(self) -> Collection | None:
        """The newest."""
        found = await self.stall.store.find(COLLECTIONS, {})
        return max(found, key=lambda c: c.opened_at, default=None)

    async def shares(self) -> list[Share]:
        """Those with a page."""
        return [s for c in await self.stall.store.find(COLLECTIONS, {}) for s in c.shares if s.payment]

    async def bookings(self, *states: str) -> list[Booking]:
        return [b for b in await self.stall.store.find(BOOKINGS, {}) if b.state in states]


async def runs(i: Interleaving) -> None:
    """A Job that is due runs; its news may take a while."""
    await i.stall.found()
    if due := i.stall.due():
        await i.stall.run(i.dice.choice(due), slowly=i.dice.random() < 0.25)


async def dies(i: Interleaving) -> None:
    """A process ends after a Job's call took effect and before anybody heard; another one runs it again."""
    await i.stall.found()
    if due := i.stall.due():
        await i.stall.run(i.dice.choice(due), killed=True)
        i.counts["killed"] += 1


async def handles(i: Interleaving) -> None:
    if i.stall.entries:
        await i.stall.handle()


async def lands(i: Interleaving) -> None:
    """News that was on its way arrives, not in its order."""
    if i.stall.flying:
        i.stall.land(i.dice.choice(i.stall.flying))


async def comes_again(i: Interleaving) -> None:
    """News that was there already comes under its id; what a service told, under another, too."""
    if not i.stall.told:
        return
    entry = i.dice.choice(i.stall.told[-12:])
    i.stall.append(entry)
    if entry.value.get("topic") == "notice":
        i.stall.append(replace(entry, id=f"{entry.id}:again:{i.stall.clock.tick()}"))
    i.counts["told again"] += 1


async def pays(i: Interleaving) -> None:
    """Somebody pays, and presses again because nothing seems to happen; and comes back from the page, or does not."""
    shares = await i.shares()
    waiting = [s for s in shares if s.state in UNPAID]
    if not shares:
        return
    share = i.dice.choice(waiting or shares)
    for _ in range(i.times(1, 2)):
        await quietly(i.stall.gateway.pay(share.payment))
    for _ in range(i.dice.choice((0, 1, 2))):
        await i.stall.hint(share)


async def declines(i: Interleaving) -> None:
    if shares := await i.shares():
        await quietly(i.stall.gateway.decline(i.dice.choice(shares).payment))


async def expires(i: Interleaving) -> None:
    """Time goes by, sometimes until the deadline, while everything else is late."""
    c = await i.collection()
    jump = timedelta(minutes=i.dice.choice((1, 2, 5, 20)))
    if c is not None and i.dice.random() < 0.15:
        jump = max(jump, c.deadline - i.stall.clock.now())
    i.stall.clock.at += jump


async def cancels(i: Interleaving) -> None:
    """The organiser calls it off or cancels what is booked; pressed twice as often as not."""
    who = i.dice.choice(PEOPLE)
    for _ in range(i.times(2)):
        if quoted := [b for b in await i.bookings("cancel_quoted", "cancelling") if b.quote]:
            booking = i.dice.choice(quoted)
            assert booking.quote is not None
            await i.stall.press(who, "cancel_booking", booking=booking.number, confirmed=says(booking.quote))
        elif standing := await i.bookings("confirmed"):
            await i.stall.press(who, "cancel_booking", booking=i.dice.choice(standing).number)
        elif (c := await i.collection()) is not None and i.dice.random() < 0.05:
            await i.stall.press(c.organiser, "call_off", checkout=c.about)


def says(quote: CancelQuote) -> str:
    """What somebody agrees to who confirms a quote; its button bears it."""
    return f"{quote.refund} of {quote.price}"


async def covers(i: Interleaving) -> None:
    if shares := [s for s in await i.shares() if s.state in UNPAID]:
        share = i.dice.choice(shares)
        call = i.dice.choice(("cover_share", "uncover_share"))
        await i.stall.press(i.dice.choice(PEOPLE), call, collection=share.id.rpartition(":")[0], share=share.id)


async def owes(i: Interleaving) -> None:
    """Somebody pays what could not be taken."""
    for c in await i.stall.store.find(COLLECTIONS, {"state": "committed"}):
        if open_gap(c) and await i.stall.press(i.dice.choice(PEOPLE), "pay_open", collection=c.id):
            i.counts["debt asked"] += 1


async def leaves(i: Interleaving) -> None:
    """One of those who pay leaves the group."""
    if i.dice.random() < 0.2:
        await i.stall.leaves(i.dice.choice(PEOPLE))


async def buys_more(i: Interleaving) -> None:
    """Somebody puts back what was not bought, changes for how many, and goes to pay, whatever else is under way."""
    who = i.dice.choice(PEOPLE)
    for booking in (await i.bookings("released", "expired"))[:1]:
        await i.stall.press(who, "cart_again", checkout=booking.checkout)
    if i.dice.random() < 0.5:
        await i.stall.look(who, "set_party", travelers=i.dice.randint(1, 4))
    await i.stall.press(who, "pay", who=i.dice.choice(("split", "me")), currency="KES")


async def goes_wrong(i: Interleaving) -> None:
    target, kind, calls = i.dice.choice(_FAULTS)
    await i.stall.faults.add(
        target, kind, match=i.dice.choice(calls), times=i.dice.choice((1, 1, 2)), by=i.dice.choice((0, 90))
    )
    i.counts[kind] += 1


async def all_is_done(i: Interleaving) -> None:
    """For once nothing is late."""
    await i.stall.quiet()


Happening = Callable[[Interleaving], Awaitable[None]]
HAPPENINGS: Mapping[Happening, int] = {
    runs: 30, handles: 36, lands: 8, dies: 5, comes_again: 4, pays: 16, declines: 1, expires: 4, cancels: 9, covers: 2,
    goes_wrong: 5, all_is_done: 6, owes: 3, leaves: 1, buys_more: 2,
}  # fmt: skip


async def quietly(call: Awaitable[object]) -> None:
    """What a payer does on the page may fail in front of them."""
    try:
        await call
    except CaravanError:
        return


async def on_sale() -> list[Offer]:
    """Things that can be bought in one currency, held or not."""
    suppliers = stall(*PEOPLE).sale_suppliers
    kinds = (OfferKind.HOTEL, OfferKind.ACTIVITY, OfferKind.BUS, OfferKind.TRANSFER)
    found = [o for s in suppliers for kind in kinds if kind in s.kinds for o in (await s.search(wish(kind)))[:12]]
    return [o for o in found if o.bookable and not o.named and o.price and o.price.currency == "KES"]


async def block(seed: int, count: int) -> Counter[str]:
    """So many interleavings in a row; what happened in them."""
    offers, counts = await on_sale(), Counter[str]()
    for n in range(count):
        played = Interleaving(Random(f"{seed}:{n}"), stall(*PEOPLE))
        try:
            await played.play(offers)
        except Exception as error:
            raise AssertionError(f"interleaving {seed}:{n}: {type(error).__name__}: {error}") from error
        counts += played.counts
        counts["interleavings"] += 1
    return counts


def played_block(seed: int, count: int) -> tuple[Counter[str], str]:
    """The same in a process of its own, with what went wrong."""
    configure_logs("ERROR")
    try:
        return asyncio.run(block(seed, count)), ""
    except AssertionError as broken:
        return Counter(), str(broken)


def many_interleavings(count: int, seed: int, say: Callable[[str], None]) -> bool:
    """Play them on two cores; True if nothing was lost, doubled or left lying in any."""
    begun, counts, broken = time.monotonic(), Counter[str](), list[str]()
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        sizes = [min(BLOCK, count - n) for n in range(0, count, BLOCK)]
        for some, wrong_ in pool.map(played_block, [seed + n for n in range(len(sizes))], sizes):
            counts += some
            if wrong_:
                broken.append(wrong_)
                say(f"  BROKEN {wrong_}")
    say(f"  {counts['interleavings']} played in {time.monotonic() - begun:.0f} s")
    say("  " + ", ".join(f"{what} {n}" for what, n in sorted(counts.items())))
    say("  nothing lost, nothing doubled, one order for each booking" if not broken else "  FAILED")
    return not broken and counts["interleavings"] == count
