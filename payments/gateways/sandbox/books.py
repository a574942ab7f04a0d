"""The sandbox service's own books: what it holds, took and gave back. Not ours: we only ask it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import blake2b

from bot.clock import Clock
from bot.codec import as_json
from bot.documents import Index, Insert, Kind, Op, Replace
from bot.errors import Conflict, Undeliverable
from bot.model import JOBS, Job
from bot.money import Money
from bot.ports import Store
from payments.ports import Payment, Refunded, Wanted

HELD_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A payment in the service's books; `print`: a digest of what was asked for under its key."""

    id: str
    key: str
    print: str
    state: str
    amount: Money
    title: str
    until: datetime
    back: str
    about: Mapping[str, str] = field(default_factory=dict)
    captured: int = 0
    refunded: int = 0
    fee: int = 0
    held_until: datetime | None = None
    why: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """A refund in the service's books."""

    id: str
    key: str
    payment: str
    amount: Money
    state: str
    why: str = ""
    version: int = 0


PAYMENTS = Kind("sandbox_payments", Held, (Index(("key",), unique=True),))
REFUNDED = Kind("sandbox_refunds", GivenBack, (Index(("payment",)),))

Put = Callable[[Job], None]


class Books:
    """Reads and writes them. `put`: starts a Job that was committed."""

    def __init__(self, store: Store, clock: Clock, secret: str) -> None:
        self._store, self._clock = store, clock
        self._key = blake2b(secret.encode(), person=b"sandbox pay").digest()
        self.put: Put = lambda job: None

    def id_of(self, key: str, what: str = "pay") -> str:
        """The id that a request key leads to; nobody else can guess it."""
        return f"{what}_{blake2b(key.encode(), key=self._key, digest_size=12).hexdigest()}"

    async def open(self, wanted: Wanted) -> Held:
        """A new page, or the one that was opened under that key. Undeliverable if the key was used for another."""
        print = _print(wanted)
        found = await self._store.get(PAYMENTS, self.id_of(wanted.key))
        if found is None:
            held = Held(
                id=self.id_of(wanted.key), key=wanted.key, print=print, state="asked", amount=wanted.amount,
                title=wanted.title, until=wanted.until, back=wanted.back, about=dict(wanted.about),
            )  # fmt: skip
            try:
                await self._write([Insert(PAYMENTS, held)], [self.alarm(held, wanted.until)])
            except Conflict:
                return await self.open(wanted)
            found = replace(held, version=1)
        if found.print != print:
            raise Undeliverable(f"request key {wanted.key} was used for something else")
        return found

    async def stored(self, id: str) -> Held:
        """As it was written last; Undeliverable if there is none."""
        found = await self._store.get(PAYMENTS, id)
        if found is None:
            raise Undeliverable(f"there is no payment {id}")
        return found

    async def payment(self, id: str) -> Held | None:
        """As it stands now."""
        found = await self._store.get(PAYMENTS, id)
        return timed(found, self._clock.now()) if found else None

    async def refund(self, id: str) -> GivenBack | None:
        """A refund by id, or None."""
        return await self._store.get(REFUNDED, id)

    async def keep(self, held: Held, jobs: Sequence[Job] = (), also: Sequence[Op] = ()) -> Held:
        """Write a payment as changed, and what is to happen next. Conflict if it has changed meanwhile."""
        await self._write([Replace(PAYMENTS, held), *also], jobs)
        return replace(held, version=held.version + 1)

    def alarm(self, held: Held, at: datetime) -> Job:
        """The Job that looks whether a page or a hold has ended by itself."""
        thread = held.about.get("thread", "")
        return Job(
            id=f"{held.id}-{int(at.timestamp())}", name="sandbox_alarm", thread=thread, due_at=at, args={"id": held.id}
        )

    def arrival(self, held: Held, back: GivenBack, seconds: int) -> Job:
        """The Job with which a refund arrives so much later."""
        due = self._clock.now() + timedelta(seconds=seconds)
        thread = held.about.get("thread", "")
        return Job(id=f"{back.id}-done", name="sandbox_alarm", thread=thread, due_at=due, args={"refund": back.id})

    async def _write(self, ops: Sequence[Op], jobs: Sequence[Job]) -> None:
        await self._store.commit([*ops, *(Insert(JOBS, job) for job in jobs)])
        for job in jobs:
            self.put(job)


def timed(held: Held, now: datetime) -> Held:
    """The payment as time has made it: a page that is over, a hold that has lapsed."""
    if held.state in ("asked", "declined") and now >= held.until:
        return replace(held, state="expired")
    if held.state == "authorized" and held.held_until and now >= held.held_until:
        return replace(held, state="lapsed", why="the hold has ended")
    return held


def shown(held: Held, address: str) -> Payment:
    """A payment as it is told to those who ask."""
    money = held.amount.currency
    open_page = held.state in ("asked", "declined")
    return Payment(
        id=held.id, key=held.key, state=held.state, amount=held.amount, captured=Money(held.captured, money),
        refunded=Money(held.refunded, money), fee=Money(held.fee, money), url=address if open_page else "",
        held_until=held.held_until if held.state == "authorized" else None, why=held.why, about=dict(held.about),
    )  # fmt: skip


def told(back: GivenBack) -> Refunded:
    """A refund as it is told to those who ask."""
    return Refunded(
        id=back.id, key=back.key, payment=back.payment, amount=back.amount, state=back.state, why=back.why
    )  # fmt: skip


def _print(wanted: Wanted) -> str:
    return blake2b(as_json(wanted), digest_size=16).hexdigest()
