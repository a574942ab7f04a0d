"""The conversation core put together: from a store, locks, a clock and channels to lanes that run."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

import structlog

from bot.accounts.concealing import Concealer
from bot.accounts.running import RunningAccounts
from bot.afterwards import Afterwards
from bot.attending import Attending
from bot.audit import AuditLog
from bot.calls import Calls
from bot.capability import Registry
from bot.clock import SystemClock
from bot.deliver import Deliverer
from bot.doors import Doors
from bot.errors import Clash, RetryLater, Unknown
from bot.faultpoints import FaultPoints
from bot.floor import FloorControl
from bot.history import History
from bot.jobs import Jobs, Work
from bot.lane import Lanes
from bot.language import ENGLISH
from bot.log import ThreadLog
from bot.members import Membership, language_of
from bot.minds import Brain, Remembers, Understands
from bot.model import ENTRIES, PEOPLE, PLACES, THREADS, Entry, Job
from bot.news import News
from bot.pauses import PAUSES, Pauses
from bot.people import People
from bot.persona_turn import Turns
from bot.places import Places
from bot.ports import Channel, Locks, Store
from bot.recovery import Recovery
from bot.router import News as Handler
from bot.router import Router
from bot.secret import Pseudonyms
from bot.strangers.blocking import Blocking
from bot.strangers.guard import Bounds, Guard, bounds
from bot.strangers.service import Strangers
from bot.streams import Streams
from bot.timer import Timer
from bot.together import SeesItsEntry
from bot.tracing import Tracing, Untraced
from bot.traffic import Traffic
from bot.troubles import Troubles
from bot.turn import Turn
from bot.values import changed

_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What the core stands on. `shared`: others work on the same Store. `worker`: this process runs lanes and Jobs.

    `secret`: the installation's (bot/secret.py). `within`: how fast people may be."""

    store: Store
    locks: Locks
    clock: SystemClock
    channels: Mapping[str, Channel]
    points: FaultPoints
    owners: tuple[str, ...] = ()
    shared: bool = False
    worker: bool = True
    secret: str = ""
    within: Bounds = field(default_factory=bounds)
    tracing: Tracing = field(default_factory=Untraced)


class Core:
    """Log, lanes, router, deliverer and jobs of one process."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._telling: set[asyncio.Task[None]] = set()
        self._traffic = Traffic()
        self.places = Places(ground.store, ground.locks)
        self.people = People(ground.store, ground.locks, ground.owners)
        self.history = History(ground.store)
        self.registry = Registry()
        self.pseudonyms = Pseudonyms(ground.secret)
        self.audit = AuditLog(ground.store, ground.secret, self.pseudonyms)
        self.pauses = Pauses(ground.store, ground.clock, ground.locks)
        self.log = ThreadLog(ground.store, ground.clock, self.places, ground.points, self._traffic)
        self.floor = FloorControl()
        self.deliverer = Deliverer(
            ground.store,
            ground.clock,
            ground.locks,
            ground.channels,
            ground.points,
            self.people.readers,
            self.places.trip,
            ground.shared,
        )
        self.concealer = Concealer(ground.secret)
        self.log.conceal, self.log.conversation = self.concealer.conceal, self._conversation
        self.accounts = RunningAccounts(
            ground.store, ground.clock, ground.locks, self.log, self.places, ground.channels, ground.secret
        )  # fmt: skip
        self.troubles = Troubles(ground.store, ground.clock, self.log, self.places, self.people, self.deliverer)

    def connect(
        self,
        understands: Understands,
        brain: Brain,
        memory: Remembers,
        work: Mapping[str, Work],
        news: Mapping[str, Handler],
    ) -> None:
        """Wire what thinks and what works; call once, after every Capability is registered."""
        g = self._ground
        guard = Guard(g.store, g.clock, g.locks, g.within)
        self.strangers = Strangers(guard, Blocking(g.store, g.locks, self.people))
        calls = Calls(g.store, self.registry, understands, self.people, self.history, self.pauses, guard)
        membership = Membership(
            self.people, self.places, lambda place: g.channels[place.partition(":")[0]].features(place), self._link
        )
        self.deliverer.elsewhere = membership.elsewhere
        told = News(g.store, self.registry, self.people, self.history, calls, self.floor)
        doors, afterwards = Doors(g.store, self.people), Afterwards(g.store, self.places)
        handlers = {"result": told.result, "call": told.call, **doors.news(), **afterwards.news(), **news}
        attending = Attending(self.registry, understands, self.history, calls)
        router = Router(
            g.store, membership, calls, self.floor, handlers, self.audit, self.pauses, self.strangers, attending
        )  # fmt: skip
        handle = g.tracing.turn(router.handle)
        self.lanes = Lanes(g.store, g.clock, g.locks, g.points, handle, self._committed, g.shared, self._traffic)
        self.turns = turns = Turns(
            g.store, g.clock, self.registry, self.people, self.history, self.log, self.lanes, brain,
            Streams(g.store, g.channels, g.clock, self.deliverer.waits), memory, self.pauses,
        )  # fmt: skip
        jobs: dict[str, Work] = {"call": turns.call, "persona_turn": turns.persona_turn, **work}
        traced = {name: g.tracing.job(name, does) for name, does in jobs.items()}
        self.jobs = Jobs(g.store, g.clock, g.locks, self.log, traced, self.lanes.handled)
        self.jobs.language = self._language
        self.recovery = Recovery(g.store, g.clock, g.locks, self.lanes, self.deliverer, self.jobs, g.shared, g.worker)
        self.log.heard = self._heard
        self.lanes.clashed, self.lanes.landed, self.log.landed = self._clashed, self._landed, self._late
        self.log.found = self._found
        if g.worker and not g.shared and isinstance(g.store, SeesItsEntry):
            self.log.begin = self.lanes.begin

    async def _language(self, id: str) -> str:
        """What is spoken in a Thread; English where it cannot be read now."""
        with contextlib.suppress(RetryLater, Unknown):
            thread = await self._ground.store.get(THREADS, id) if id else None
            if thread is not None:
                return await language_of(self.people, thread)
        return ENGLISH

    def _conversation(self, place: str) -> str:
        """The same for Places that are one conversation seen through several Accounts, "" where that is not known."""
        conversation = getattr(self._ground.channels.get(place.partition(":")[0]), "conversation", None)
        return str(conversation(place)) if conversation is not None else ""

    def _heard(self, entry: Entry) -> None:
        if self._ground.worker:
            self.lanes.put(entry)
        else:
            self._tell(entry.thread)

    def _link(self, place: str) -> str:
        """What opens a direct conversation with us for a person of this Place, "" where none is needed or known."""
        channel = self._ground.channels.get(place.partition(":")[0])
        direct_link = getattr(channel, "direct_link", None)
        return str(direct_link(place)) if direct_link is not None else ""

    def start(self, job: Job) -> None:
        """A Job was committed outside of a Turn: run it, or leave it to the processes that work."""
        if self._ground.worker:
            self.jobs.put(job)

    def _clashed(self, clash: Clash) -> None:
        """What is remembered of a document is older than the Store: read it anew."""
        if clash.kind == PLACES.name:
            self.places.forget(clash.id)
        elif clash.kind == PEOPLE.name:
            self.people.forget(clash.id)

    def _landed(self, entry: Entry) -> None:
        """A commit took effect without telling us: send what it holds, and look for the Jobs it started."""
        if entry.open and not self.deliverer.holds(entry):
            self.deliverer.put(entry, again=True)
        self.jobs.wake_at(self._ground.clock.now())

    def _late(self, entry: Entry) -> None:
        """An Entry turned out to be stored with its Turn; what is being sent already is left to those who send it."""
        if self._ground.worker:
            self._landed(entry)

    async def _found(self, entry: Entry) -> None:
        """An open Entry came again: what nobody works on is taken up now, before what follows it. A sweep does so where

        others may be at work."""
        if self._ground.shared or self._at_work(entry):
            return
        latest = await self._ground.store.get(ENTRIES, entry.id)  # it may have been finished before we looked
        if latest is not None and latest.open and not self._at_work(latest):
            (self._late if latest.handled else self._heard)(latest)

    def _at_work(self, entry: Entry) -> bool:
        return self.lanes.has(entry) or self.deliverer.holds(entry)

    def _tell(self, thread: str) -> None:
        task = asyncio.create_task(self._ground.locks.wake("thread", thread))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def _committed(self, turn: Turn, handled: Entry) -> None:
        if handled.open:
            self.deliverer.put(handled)
        for job in turn.jobs:
            self.jobs.put(job)
        if turn.ops:
            for place in turn.changed_ids(PLACES):
                await self.places.changed(place)
            for person in turn.changed_ids(PEOPLE):
                await self.people.changed(person)
            for thread in turn.changed_ids(THREADS):
                self.lanes.forget(thread)
            if any(op.kind is PAUSES for op in turn.ops):
                await self.pauses.changed()
            await self.strangers.changed(turn)
        for entry, ids in turn.released:
            self.deliverer.put(changed(entry, version=entry.version + 1), only=ids)
        for entry in turn.appended:
            with contextlib.suppress(RetryLater):  # the next sweep finds it
                stored = await self._ground.store.get(ENTRIES, entry.id)
                if stored is not None and not stored.handled:
                    self._heard(stored)

    async def idle(self, thread: str) -> bool:
        """Whether nothing of this Thread is open or running, in any process.

        Work passes from Entries to Jobs and back, so a look at one and then at the other can miss it; nothing has
        been missed if no Turn was committed meanwhile."""
        before = await self._last_seq(thread)
        if await self._open(thread) or await self.jobs.waiting(thread) or await self._open(thread):
            return False
        return await self._last_seq(thread) == before

    async def _open(self, thread: str) -> bool:
        return bool(await self._ground.store.find(ENTRIES, {"open": True, "thread": thread}, limit=1))

    async def _last_seq(self, thread: str) -> int | None:
        last = await self._ground.store.find(ENTRIES, {"thread": thread}, order="-seq", limit=1)
        return last[0].seq if last else None

    async def close(self) -> None:
        """Finish what has begun: Turns, then Jobs, then Deliveries."""
        await self.jobs.close()
        await self.lanes.close()
        await self.deliverer.close()
        await self.troubles.close()
        await self.accounts.close()


@contextlib.asynccontextmanager
async def running(core: Core, ground: Ground) -> AsyncIterator[None]:
    """Take up what was open, sweep now and then, and close in order."""
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(core.close)
        if ground.worker:
            await core.troubles.open()
            await core.recovery.restart()
            await stack.enter_async_context(_timed(core, ground))
        yield


@contextlib.asynccontextmanager
async def _timed(core: Core, ground: Ground) -> AsyncIterator[None]:
    """Timers and sweeps, while this process works."""
    timer = Timer(ground.clock, core.jobs.start_due)
    timer.open()
    core.jobs.wake_at = timer.wake_at
    first = await core.jobs.next_due()
    if first is not None:
        timer.wake_at(first)
    sweeper = asyncio.create_task(_sweep(core, ground))
    try:
        yield
    finally:
        timer.close()
        sweeper.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await sweeper


async def _sweep(core: Core, ground: Ground) -> None:
    while True:
        await ground.clock.sleep(1.0 if ground.shared else 5.0)
        try:
            await core.recovery.sweep()
        except Exception as error:
            _log.warning("not swept", error=f"{type(error).__name__}: {error}")
