"""A core over SQLite with a channel of paper: what tests of the conversation core talk through."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.archive import Archive
from bot.brains.offline.understand import Understander
from bot.capability import Capability, capabilities_of
from bot.clock import SystemClock
from bot.consent.confirm import Confirmations
from bot.consent.polls import Polls
from bot.core import Core, Ground, running
from bot.errors import CaravanError
from bot.faultpoints import FaultPoints
from bot.gazetteer import Gazetteer
from bot.house import House
from bot.invites import Invites
from bot.jobs import Work
from bot.kinds import KINDS
from bot.locking.local import LocalLocks
from bot.minds import Brain, Remembers, Scene
from bot.model import ENTRIES, THREADS, Entry, Job, Thread
from bot.places import own_thread
from bot.ports import Call, Features, Inbox, Outgoing, RawRequest, Receipt, Store
from bot.quiet import Quiet
from bot.router import News
from bot.storage.sqlite import SqliteStore
from bot.strangers.guard import Bounds, bounds
from bot.threads import Threads
from bot.together import SeesItsEntry
from tests.pinned import pinned_clock

ALL_POWERS = Features(
    edits=True, deletes=True, replies=True, private_replies=True, own_names=True, streams=True, buttons=9,
    idempotent_sends=True,
)  # fmt: skip


class Impatient(SystemClock):
    """Does not wait, and writes down how long it would have."""

    def __init__(self) -> None:
        super().__init__()
        self.slept: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        await asyncio.sleep(0.001)


class PaperChannel:
    """Writes down what is sent. `trouble`: errors to raise, in order, the next sends first; `shut`: Places that only
    raise."""

    def __init__(self, features: Features = ALL_POWERS, name: str = "paper") -> None:
        self.name = name
        self.sent: list[Outgoing] = []
        self.trouble: list[CaravanError] = []
        self.shut: dict[str, CaravanError] = {}
        self._features = features

    def features(self, place: str) -> Features:
        return self._features

    async def open(self, inbox: Inbox) -> None: ...
    async def close(self) -> None: ...
    async def publish_commands(self, capabilities: Sequence[Capability]) -> None: ...

    async def receive(self, request: RawRequest) -> Receipt:
        return Receipt(status=404)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if outgoing.place in self.shut:
            raise self.shut[outgoing.place]
        if self.trouble:
            raise self.trouble.pop(0)
        self.sent.append(outgoing)
        return (outgoing.shown,)


class Parlour:
    """The core, and short ways to speak and to look."""

    def __init__(self, core: Core, store: Store, channels: Mapping[str, PaperChannel], clock: SystemClock) -> None:
        self.core, self.store, self.channels, self.clock = core, store, channels, clock
        self.channel = channels["paper"]
        self._count = 0

    async def hear(self, entry: Entry) -> Entry:
        """Append an Entry, wait until all is quiet, return it as stored."""
        await self.core.log.append([entry])
        await self.settled()
        found = await self.store.get(ENTRIES, entry.id)
        assert found is not None
        return found

    def entry(self, place: str, who: str, text: str, **more: Any) -> Entry:
        """`place` and `who` by their short names on paper, or whole: "ink:main:den", "ink:Ana"."""
        self._count += 1
        where, author = full(place), who if ":" in who else f"paper:{who}"
        made = Entry(
            id=f"{where}:message:{self.clock.tick()}-{self._count}", thread="", what="message", at=self.clock.now(),
            place=where, author=author, name=author.partition(":")[2], text=text, value={"kind": "group"},
        )  # fmt: skip
        return replace(made, **more)

    async def say(self, place: str, who: str, text: str, **more: Any) -> Entry:
        return await self.hear(self.entry(place, who, text, **more))

    async def thread(self, place: str) -> Thread:
        kept = await self.core.places.get(full(place))
        found = await self.store.get(THREADS, kept.thread if kept else own_thread(full(place)))
        assert found is not None
        return found

    async def store_entry_for_both(self, other: "Parlour", entry: Entry) -> None:
        """One Entry that two processes find at the same moment."""
        heard: list[Entry] = []
        log = self.core.log
        (keep, log.heard), (begin, log.begin) = (log.heard, heard.append), (log.begin, lambda entry: None)
        await log.append([entry])
        log.heard, log.begin = keep, begin
        for found in heard:
            self.core.lanes.put(found)
            other.core.lanes.put(found)

    def texts(self, place: str) -> list[str]:
        """What was sent to a place, in order."""
        return [o.content.text for o in self.sent(place) if not o.partial]

    def sent(self, place: str) -> list[Outgoing]:
        """The same, whole."""
        channel = self.channels[full(place).partition(":")[0]]
        return [o for o in channel.sent if o.place == full(place)]

    async def settled(self) -> None:
        """Until nothing is open or running."""
        async with asyncio.timeout(60):
            while not await self._quiet():  # noqa: ASYNC110
                await asyncio.sleep(0.002)

    async def _quiet(self) -> bool:
        if self.core.lanes.threads or self.core.deliverer.places or self.core.jobs.running:
            return False
        return not await self.store.find(ENTRIES, {"open": True}, limit=1)

    async def later(self, **by: float) -> None:
        """Move the clock and run what is due."""
        self.clock.offset += timedelta(**by)
        await self.core.jobs.run_due()
        await self.settled()


def full(place: str) -> str:
    """The id of a Place by its short name."""
    return place if ":" in place else f"paper:main:{place}"


class SilentBrain:
    """Says one fixed thing; keeps the scenes it was shown."""

    name = "silent"

    def __init__(self, words: Callable[[Scene], Sequence[Any]]) -> None:
        self.scenes: list[Scene] = []
        self._words = words

    async def think(self, scene: Scene, done: Sequence[Any]) -> AsyncIterator[Any]:
        self.scenes.append(scene)
        for step in [] if done else self._words(scene):
            yield step


@asynccontextmanager
async def parlour(
    folder: Path, *services: object, brain: Brain | None = None, channel: PaperChannel | None = None,
    work: dict[str, Callable[[Job], Any]] | None = None, store: Store | None = None, memory: Remembers | None = None,
    votes: str | None = None, clock: SystemClock | None = None, others: Sequence[PaperChannel] = (),
    within: Bounds | None = None,
    more: Callable[[Core], tuple[Sequence[object], Mapping[str, Work], Mapping[str, News]]] | None = None,
) -> AsyncIterator[Parlour]:  # fmt: skip
    """A running core over a SQLite folder (or a given open store). `votes`: with votes, and what their winners go to.

    `more`: services, work and news that need the core itself. `others`: more networks of paper."""
    clock = clock or pinned_clock()
    channel = channel or PaperChannel()
    channels = {c.name: c for c in (channel, *others)}
    own = store or SeesItsEntry(SqliteStore(str(folder)))
    ground = Ground(
        store=own, locks=LocalLocks(), clock=clock, channels=channels, points=FaultPoints(),
        within=within or bounds(10_000),
    )  # fmt: skip
    core = Core(ground)
    if store is None:
        await own.open(KINDS)
    threads = Threads(own, clock, core.places, core.people, core.history, Invites(ground.channels))
    quiet = Quiet(own, clock, core.places, core.history)

    async def ready() -> dict[str, str]:
        return {"store": ""}

    house = House(own, core.registry, core.history, ready)
    polls = Polls(own, clock, core.history, core.registry, votes or "")
    voting = (polls, Confirmations(own)) if votes is not None else ()
    rest, errands, told = more(core) if more else ((), {}, {})
    for service in (house, threads, quiet, Archive(own, core.history), *voting, *services, *rest):
        core.registry.add(*capabilities_of(service))
    core.connect(
        understands=Understander(core.registry, Gazetteer()), brain=brain or SilentBrain(lambda scene: ()),
        memory=memory or NoMemory(), work={**polls.work(), **quiet.work(), **errands, **(work or {})},
        news={
            "join": threads.joined, "focus": threads.focused, "part": threads.parted, **quiet.news(), **told,
            **({} if votes is None else polls.news()),
        },
    )  # fmt: skip
    async with running(core, ground):
        yield Parlour(core, own, channels, clock)
    if store is None:
        await own.close()


class NoMemory:
    """Remembers nothing."""

    async def memory_of(self, persona: str, thread: Thread | None = None) -> tuple[str, ...]:
        return ()

    async def forgotten_in(self, thread: str) -> frozenset[str]:
        return frozenset()

    def heard(self, text: str) -> Call | None:
        return None
