"""Every order in which a payment, redirect, notice, expiry, cancellation and refund can meet in one collection."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from random import Random

from bot.model import Entry, Job
from bot.money import Money
from tests.payments.invariants import at_rest, wrong_with
from tests.payments.table import Table, table

# What looks at the service, and when its answer is handled: the answer may be old by then.
PAIRS = (("redirect looks", "redirect is told"), ("notice looks", "notice is told"), ("expiry looks", "expiry is told"))
EVENTS = ("ana pays", *(event for pair in PAIRS for event in pair), "cancel")


@dataclass(slots=True)
class Meeting:
    """One collection in which the events happen in a given order; booking answers `covered` at once.

    `eager`: what each event starts is done before the next one."""

    table: Table
    eager: bool = False
    on_the_way: dict[str, Entry] = field(default_factory=dict)
    cancelled: bool = False

    @classmethod
    async def of(cls, *names: str, eager: bool = False) -> "Meeting":
        made = cls(table(*names), eager)
        await made.table.open(Money(9_001, "KES"), *names)
        await made.table.quiet()
        await made.table.faults.add("payments", "lost_notice", match="authorise", times=len(names))
        return made

    async def happens(self, event: str) -> None:
        who, _, what = event.partition(" ")
        if what == "pays":
            share = await self.table.share(who)
            assert share is not None
            await self.table.gateway.pay(share.payment)
        elif event == "cancel":
            await self._cancel()
        elif event == "refund":
            await self._refund()
        elif what == "looks":
            await self._looks(who)
        else:
            await self._told(who)
        await self._booking()
        if self.eager:
            await self.table.quiet()
            await self._booking()
        assert not (wrong := await wrong_with(self.table.store)), (event, wrong)

    async def _looks(self, who: str) -> None:
        """The service is asked; the answer is on its way."""
        t = self.table
        if who == "expiry":
            c = await t.collection()
            t.clock.at = max(t.clock.at, c.deadline)
            job: Job | None = next(j for j in t.jobs if j.name == "payments_deadline")
        else:
            share = await t.share("ana")
            assert share is not None
            known = {j.id for j in t.jobs}
            await t.hint(share)
            await t.handle()
            job = next((j for j in t.jobs if j.id not in known), None)
        if job is None:
            return
        before = len(t.flying)
        await t.run(job, slowly=True)
        if len(t.flying) > before:
            self.on_the_way[who] = t.flying.pop()

    async def _told(self, who: str) -> None:
        answer = self.on_the_way.pop(who, None)
        if answer is not None:
            self.table.append(answer)
            await self._drain()

    async def _drain(self) -> None:
        """What waits in the lane is handled; Jobs other than looks run when their time comes."""
        while self.table.entries:
            await self.table.handle()

    async def _cancel(self) -> None:
        """The organiser no longer wants it: let go, or give back what was taken."""
        self.cancelled = True
        t, c = self.table, await self.table.collection()
        if c.taken is None:
            await t.lane(lambda turn: t.house.collections.release(turn, c, "cancelled"))
        else:
            await self._refund()
        await self._drain()

    async def _refund(self) -> None:
        t, c = self.table, await self.table.collection()
        rest = t.house.collections.refundable(c)
        if rest.minor:
            await t.lane(
                lambda turn: t.house.collections.refund(turn, c, rest, "cancelled", f"k{c.steps}", by=c.organiser)
            )

    async def _booking(self) -> None:
        """Booking finds the price unchanged and the supplier willing, unless it was cancelled."""
        t, c = self.table, await self.table.collection()
        if c.state == "covered" and self.cancelled:
            await t.lane(lambda turn: t.house.collections.release(turn, c, "cancelled"))
        elif c.state == "covered":
            await t.lane(lambda turn: t.house.collections.fits(turn, c, c.total))
            c = await t.collection()
            await t.lane(lambda turn: t.house.collections.take(turn, c, c.total))

    async def ends(self) -> None:
        """All answers arrive, all timers ring: the money is where it belongs."""
        for who in list(self.on_the_way):
            await self._told(who)
            await self._booking()
        for _ in range(6):
            await self.table.quiet()
            await self._booking()
            await self.table.ends(hours=1)
        if self.cancelled:
            await self._refund()
            await self.table.ends(hours=1)
        wrong = [*await wrong_with(self.table.store), *await at_rest(self.table.store)]
        assert not wrong, wrong
        await self._right()

    async def _right(self) -> None:
        c = await self.table.collection()
        assert c.state in ("released", "committed")
        taken = sum(s.captured - s.refunded for s in c.shares)
        if self.cancelled or c.state == "released":
            assert taken == 0, (c.state, taken)
        else:
            assert taken == c.total.minor, (c.state, taken)
        ended = [v for v in self.table.heard if v["topic"] == "ended"]
        covered = [v for v in self.table.heard if v["topic"] == "covered"]
        assert len(ended) in (1, 1 + sum(v["late"] for v in covered)), self.table.heard
        assert not any(v["late"] for v in covered), "an old answer was believed"


def orders(events: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Every order in which nobody is told before the look."""
    for order in permutations(events):
        if all(order.index(look) < order.index(told) for look, told in PAIRS if look in order):
            yield order


async def play(order: Sequence[str], *names: str, eager: bool = False) -> Meeting:
    """One order from the beginning to the end."""
    meeting = await Meeting.of(*names, eager=eager)
    for event in order:
        await meeting.happens(event)
    await meeting.ends()
    return meeting


def dealt(dice: Random, names: Sequence[str]) -> list[str]:
    """A random order for several payers, refunds among it."""
    events = [*(f"{n} pays" for n in names), *EVENTS[1:], "refund"]
    dice.shuffle(events)
    for look, told in PAIRS:
        first, second = sorted((events.index(look), events.index(told)))
        events[first], events[second] = look, told
    return events
