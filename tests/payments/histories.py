"""Random histories of one collection after another: people, booking, the service's bad days, kills and the clock."""

from collections import Counter
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from bot.errors import AskAgain, CaravanError
from bot.money import Money
from payments.cards import payer
from payments.gateways.sandbox.books import Held
from payments.model import UNPAID, Share
from tests.payments.invariants import at_rest, wrong_with
from tests.payments.table import Table, table

PEOPLE = ("ana", "ben", "cleo", "dan")
CURRENCIES = ("KES", "JPY", "KWD", "EUR")
FAULTS = ("down", "timeout", "refused", "lapse", "lost_notice", "doubled_notice", "late_notice")
REPEATED = ("notice", "looked", "not_asked", "not_there", "not_captured", "refund_looked", "not_refunded")
CALLS = ("ask", "look_up", "capture", "void", "refund", "authorise", "")


@dataclass(slots=True)
class History:
    """Plays steps on a table. `counts`: how often what happened."""

    dice: Random
    table: Table
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, seed: int, made: Table | None = None) -> "History":
        return cls(Random(seed), made or table(*PEOPLE))

    async def played(self, steps: int) -> Counter[str]:
        """All of it; AssertionError says what is broken."""
        await self.begin()
        for _ in range(steps):
            await self.step()
        await self.end()
        return self.counts

    async def begin(self) -> None:
        dice, currency = self.dice, self.dice.choice(CURRENCIES)
        names = dice.sample(PEOPLE, dice.randint(1, 4))
        least = self.table.gateway.least(currency).minor
        weights = tuple(dice.choice((1, 1, 1, 2, 3)) for _ in names)
        total = Money(dice.randint(least * sum(weights) + len(names), 10**7), currency)
        await self.table.open(total, *names, minutes=dice.choice((20, 300, 600)), weights=weights)

    async def step(self) -> None:
        """One thing happens."""
        moves = {
            self._happens: 120, self._pays: 25, self._declines: 4, self._covers: 4, self._uncovers: 2, self._hints: 5,
            self._books: 12, self._fault: 5, self._time: 6, self._leaves: 1, self._refunds: 8, self._stands: 2,
            self._kill: 4, self._settles: 2, self._retries: 2, self._loses: 1,
        }  # fmt: skip
        move = self.dice.choices(list(moves), list(moves.values()))[0]
        await move()
        wrong = await wrong_with(self.table.store)
        assert not wrong, (move.__name__, wrong)

    async def end(self) -> None:
        """The bad days are over and time goes by: nothing is left lying."""
        await self.table.faults.clear()
        await self.table.quiet()
        for _ in range(40):
            await self.table.ends(hours=1)
            if await self._over():
                break
            await self._books(sure=True)
        wrong = [*await wrong_with(self.table.store), *await at_rest(self.table.store)]
        assert not wrong, wrong
        assert await self._over(), "it never ends"
        await self._replayed()
        await self.table.ends(days=9)
        assert not (wrong := await wrong_with(self.table.store)), wrong

    async def _replayed(self) -> None:
        """(e): what the service told and answered, told again in any order, changes nothing."""
        told = [e for e in self.table.handled if e.what == "timer" or e.value["topic"] in REPEATED]
        before = await self._standing()
        for entry in self.dice.sample(told, min(len(told), 12)):
            await self.table.replay(entry)
            assert await self._standing() == before, entry.value
        assert not (wrong := await wrong_with(self.table.store)), wrong

    async def _standing(self) -> tuple[str, list[tuple[str, int, int, int]]]:
        c = await self.table.collection()
        return c.state, [(s.state, s.captured, s.refunded, s.refunding) for s in c.shares]

    async def _over(self) -> bool:
        return (await self.table.collection()).state in ("released", "committed")

    async def _shares(self) -> list[Share]:
        return list((await self.table.collection()).shares)

    async def _happens(self) -> None:
        """Something that waits, happens: an Entry in its turn, a Job in any."""
        t = self.table
        await t.found()
        due = t.due()
        if t.entries and (not due or self.dice.random() < 0.5):
            await t.handle()
        elif t.flying and self.dice.random() < 0.3:
            t.land(self.dice.choice(t.flying))
        elif due:
            await t.run(self.dice.choice(due), slowly=self.dice.random() < 0.3)

    async def _kill(self) -> None:
        """A process dies after it has called the service and before it could say so."""
        due = self.table.due()
        if due:
            await self.table.run(self.dice.choice(due), killed=True)
            self.counts["kill"] += 1

    async def _loses(self) -> None:
        """A Job has failed three times over and is given up; the reconciler finds what stands still."""
        jobs = [j for j in self.table.jobs if j.name != "payments_watch"]
        if jobs:
            await self.table.lose(self.dice.choice(jobs))
            self.counts["job lost"] += 1

    async def _pays(self) -> None:
        shares = [s for s in await self._shares() if s.payment]
        waiting = [s for s in shares if s.state in UNPAID]
        if shares:
            share = self.dice.choice(waiting if waiting and self.dice.random() < 0.9 else shares)
            held = await self._quietly(self.table.gateway.pay(share.payment))
            if held is not None and held.state == "authorized":
                self.counts["authorise"] += 1
                self.counts["late"] += share.state in ("voided", "covered_by_other")

    async def _declines(self) -> None:
        shares = [s for s in await self._shares() if s.payment]
        if shares:
            await self._quietly(self.table.gateway.decline(self.dice.choice(shares).payment))
            self.counts["decline"] += 1

    async def _quietly(self, call: Awaitable[Held]) -> Held | None:
        """What a payer does on the page may fail in front of them."""
        try:
            return await call
        except CaravanError:
            return None

    async def _hints(self) -> None:
        await self.table.hint(self.dice.choice(await self._shares()))

    async def _press(self, call: str, share: Share | None = None, by: str = "") -> None:
        c = await self.table.collection()
        args = {"collection": c.id, "share": share.id} if share else {"collection": c.id}
        if await self.table.press(by or self.dice.choice(PEOPLE), call, **args):
            self.counts[call] += 1

    async def _covers(self) -> None:
        shares = await self._shares()
        if shares:
            await self._press("cover_share", self.dice.choice(shares))

    async def _uncovers(self) -> None:
        shares = [s for s in await self._shares() if s.state == "covered_by_other"]
        if shares:
            share = self.dice.choice(shares)
            by = self.dice.choice((share.person, payer(await self.table.collection(), share).person))
            await self._press("uncover_share", share, by)

    async def _retries(self) -> None:
        for share in await self._shares():
            if share.why == "refused" and share.state in UNPAID:
                await self._press("retry_share", share, share.person)

    async def _settles(self) -> None:
        await self._press("pay_open")

    async def _stands(self) -> None:
        c = await self.table.collection()
        most = Money(self.dice.randint(1, c.total.minor), c.total.currency)
        try:
            if await self.table.press(self.dice.choice(PEOPLE), "stand_in", most=most, confirmed=f"{c.id} {most}"):
                self.counts["mandate"] += 1
        except AskAgain:
            return

    async def _books(self, sure: bool = False) -> None:
        """Booking prices anew, then books all, some or nothing."""
        t, c = self.table, await self.table.collection()
        if c.state == "covered":
            change = 0 if sure else self.dice.choice((0, 0, 0, -3, 1, 5, 40))
            self.counts["price rise"] += change > 0
            repriced = Money(c.total.minor + c.total.minor * change // 100, c.total.currency)
            later = t.clock.now() + self._minutes(self.dice.choice((5, 60)))
            await t.lane(lambda turn: t.house.collections.fits(turn, c, repriced, deadline=later))
        elif c.state == "committing" and c.taken is None:
            part = self.dice.choice((100, 100, 100, 60, 1, 0))
            confirmed = Money(c.total.minor * part // 100, c.total.currency)
            self.counts["take" if confirmed.minor else "release"] += 1
            await t.lane(lambda turn: t.house.collections.take(turn, c, confirmed))
        elif not sure and self.dice.random() < 0.06:
            self.counts["release"] += 1
            await t.lane(lambda turn: t.house.collections.release(turn, c, "sold out"))

    def _minutes(self, minutes: int) -> timedelta:
        return timedelta(minutes=minutes)

    async def _refunds(self) -> None:
        t, c = self.table, await self.table.collection()
        rest = t.house.collections.refundable(c)
        if rest.minor:
            amount = Money(self.dice.randint(1, rest.minor), rest.currency)
            key = f"k{self.dice.randint(1, 4)}"
            if key not in c.refunds:
                self.counts["refund"] += 1
                await t.lane(lambda turn: t.house.collections.refund(turn, c, amount, "cancelled", key, by=c.organiser))

    async def _fault(self) -> None:
        kind, match = self.dice.choice(FAULTS), self.dice.choice(CALLS)
        await self.table.faults.add(
            "payments", kind, match=match, times=self.dice.randint(1, 3), by=self.dice.choice((0, 90))
        )
        self.counts[kind] += 1

    async def _time(self) -> None:
        self.table.clock.at += self._minutes(self.dice.choice((1, 1, 1, 2, 2, 5, 20)))
        self.counts["clock"] += 1

    async def _leaves(self) -> None:
        if self.dice.random() < 0.3:
            await self.table.leaves(self.dice.choice(PEOPLE))
            self.counts["leave"] += 1
