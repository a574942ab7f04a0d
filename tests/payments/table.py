"""One Thread with payments, without the core around it: every Job and every Entry waits until the test lets it happen.

So any interleaving of hints, answers, timers and people can be played, and a Job can be killed in the middle."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from bot.documents import Insert, Replace
from bot.errors import CaravanError, Explain, NotAllowed
from bot.faults import StoredFaults
from bot.jobs import Work
from bot.links import Links
from bot.locking.local import LocalLocks
from bot.model import ENTRIES, JOBS, Entry, Job, Member, Person, Thread
from bot.money import Money
from bot.people import People
from bot.ports import Ask
from bot.turn import Route, Turn
from payments.collecting import collection_id
from payments.gateways.sandbox import SandboxGateway
from payments.house import PaymentHouse
from payments.ledger import Ledger
from payments.model import COLLECTIONS, Collection, Payer, Share
from payments.ports import PaymentGateway
from payments.steps import Step
from tests.booking.bazaar import HandClock
from tests.payments.shelf import Shelf

THREAD = "trip"
ABOUT = "checkout"


class TickingClock(HandClock):
    """A clock turned by hand whose ticks differ."""

    _ticks = 0

    def tick(self) -> int:
        self._ticks += 1
        return self._ticks


@dataclass(slots=True)
class Table:
    """`entries` wait to be handled in their order, `jobs` to be run in any."""

    store: Shelf
    clock: TickingClock
    gateway: SandboxGateway
    faults: StoredFaults
    house: PaymentHouse
    thread: Thread
    entries: list[Entry] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    flying: list[Entry] = field(default_factory=list)
    handled: list[Entry] = field(default_factory=list)
    heard: list[dict[str, Any]] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    work: dict[str, Work] = field(default_factory=dict)
    seq: int = 0
    _known: set[str] = field(default_factory=set)

    async def open(self, total: Money, *names: str, minutes: int = 60, weights: tuple[int, ...] = ()) -> None:
        payers = [Payer(person=n, name=n, weight=w) for n, w in zip(names, weights or (1,) * len(names), strict=True)]
        deadline = self.clock.now() + timedelta(minutes=minutes)
        await self.lane(
            lambda turn: self.house.collections.open(
                turn, about=ABOUT, title="Mombasa", total=total, payers=payers, deadline=deadline, organiser=names[0]
            )
        )

    async def lane(self, move: Callable[[Turn], Step]) -> bool:
        """What booking does in the lane; whether it was possible."""
        entry = self._entry("test", {})

        async def handle(turn: Turn) -> None:
            turn.take(move(turn).reply)

        return await self._turn(entry, handle)

    async def collection(self) -> Collection:
        found = await self.store.get(COLLECTIONS, collection_id(THREAD, ABOUT))
        assert found is not None
        return found

    async def share(self, person: str, role: str = "own") -> Share | None:
        c = await self.collection()
        return next((s for s in reversed(c.shares) if s.person == person and s.role == role), None)

    async def press(self, person: str, call: str, **args: Any) -> bool:
        """A Capability behind a button; whether it was allowed."""
        found = next(getattr(s, call) for s in self.house.services if hasattr(s, call))

        async def handle(turn: Turn) -> None:
            who = Person(id=person, name=person)
            ask = Ask(person=who, thread=turn.thread, now=turn.now, key=turn.entry.id, entry=turn.entry)
            turn.take(await found(ask, **args))

        return await self._turn(self._entry("press", {}), handle)

    async def hint(self, share: Share) -> None:
        """Somebody comes back from the page, or a notice arrives."""
        about = {"thread": THREAD, "collection": share.id.rpartition(":")[0], "share": share.id}
        self.append(self._entry("payment", {"topic": "notice", "payment": "", "about": about}))

    def notice(self, payment: str, about: Mapping[str, str]) -> None:
        """The service tells of a payment by its id."""
        self.append(self._entry("payment", {"topic": "notice", "payment": payment, "about": dict(about)}))

    async def leaves(self, person: str) -> None:
        gone = tuple(replace(m, left=m.left or m.person == person) for m in self.thread.members)
        self.thread = replace(self.thread, members=gone)
        await self._turn(self._entry("member", {}), self.house.members_changed)

    def append(self, entry: Entry | None) -> None:
        """News; an id that was there already is the end of it."""
        if entry is not None and entry.id not in self._known:
            self._known.add(entry.id)
            self.entries.append(entry)

    async def handle(self) -> None:
        """The oldest waiting Entry goes through the lane."""
        entry = self.entries.pop(0)
        if entry.what == "payment" and entry.value["topic"] in ("covered", "ended"):
            self.heard.append(entry.value)
            return
        self.handled.append(entry)
        await self._turn(entry, self.house.news()[f"{entry.what}:{entry.value['topic']}"])

    async def replay(self, entry: Entry) -> None:
        """The same news once more, as if it had never been here."""
        self.append(replace(entry, id=f"{entry.id}:again:{self.clock.tick()}"))
        await self.quiet()

    async def _turn(self, entry: Entry, handle: Callable[[Turn], Awaitable[None]]) -> bool:
        turn = Turn(entry, self.thread, self.clock.now())
        try:
            await handle(turn)
        except (Explain, NotAllowed) as kind:
            self.refused.append(str(kind))
            return False
        jobs, appended = list(turn.jobs), list(turn.appended)
        self.seq += 1
        _, ops = turn.finish(self.seq, Route(everywhere=(), alone={}))
        await self.store.commit([*ops[1:], *(Insert(ENTRIES, e) for e in appended)])
        self.jobs.extend(jobs)
        for news in appended:
            self.append(news)
        return True

    def due(self) -> list[Job]:
        return [j for j in self.jobs if j.due_at <= self.clock.now()]

    async def run(self, job: Job, *, killed: bool = False, slowly: bool = False) -> None:
        """Run a Job; `killed`: it did its work and died before anybody heard, so that it is run again; `slowly`: its

        Entry is still on the way when others' are there."""
        try:
            ended = await self.work[job.name](replace(job, attempts=job.attempts + 1))
        except CaravanError:
            ended, killed = None, True
        if killed:
            self._swap(job, replace(job, attempts=job.attempts + 1))
            return
        await self.lose(job)
        if slowly and ended is not None:
            self.flying.append(ended)
        else:
            self.append(ended)

    async def lose(self, job: Job) -> None:
        """A Job is given up: nothing it should have done will be done by it."""
        self.jobs = [j for j in self.jobs if j.id != job.id]
        stored = await self.store.get(JOBS, job.id)
        if stored is not None:
            await self.store.commit([_done(stored)])

    def land(self, entry: Entry) -> None:
        """An Entry that was on its way is there."""
        self.flying.remove(entry)
        self.append(entry)

    def _swap(self, old: Job, new: Job) -> None:
        self.jobs = [new if j.id == old.id else j for j in self.jobs]

    async def found(self) -> None:
        """Jobs that others committed (the service's notices, the next look of the reconciler)."""
        known = {j.id for j in self.jobs}
        self.jobs += [j for j in await self.store.find(JOBS, {"state": "due"}, limit=10_000) if j.id not in known]

    async def quiet(self) -> None:
        """Everything that is due happens, in the order it came."""
        for _ in range(10_000):
            await self.found()
            if self.entries:
                await self.handle()
            elif self.flying:
                self.land(self.flying[0])
            elif due := self.due():
                await self.run(due[0])
            else:
                return
        raise AssertionError("it never ends")

    async def ends(self, **by: float) -> None:
        """Time goes by, and all that falls due is done in order."""
        end = self.clock.now() + timedelta(**by)
        await self.quiet()
        while nexts := [j.due_at for j in self.jobs if j.due_at <= end]:
            self.clock.at = max(self.clock.at, min(nexts))
            await self.quiet()
        self.clock.at = max(self.clock.at, end)

    def _entry(self, what: str, value: dict[str, Any]) -> Entry:
        id = f"{THREAD}:{what}:{self.clock.tick()}"
        return Entry(id=id, thread=THREAD, what=what, at=self.clock.now(), value=value)


def _done(job: Job) -> Any:
    return Replace(JOBS, replace(job, state="done"))


def table(
    *names: str, through: Callable[[SandboxGateway], PaymentGateway] = lambda gateway: gateway,
    books: Callable[[Shelf], Ledger] = Ledger,
) -> Table:  # fmt: skip
    """A trip of these people. `through`: what our calls to the service pass, `books`: the ledger."""
    store, clock = Shelf(), TickingClock()
    faults = StoredFaults(store, clock)
    gateway = SandboxGateway(store, clock, faults, "secret", "http://127.0.0.1:8080")
    people = People(store, LocalLocks(), ())
    links = Links("secret", "http://127.0.0.1:8080", clock)
    house = PaymentHouse(store, clock, through(gateway), links, people, books(store))
    members = tuple(Member(person=n, name=n, joined_at=clock.now()) for n in names)
    work: dict[str, Work] = {**house.work(), "sandbox_notice": gateway.notify, "sandbox_alarm": gateway.alarm}
    return Table(store, clock, gateway, faults, house, Thread(id=THREAD, members=members), work=work)
