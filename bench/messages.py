"""Message in to reply out: ours against the bare handler, side by side in interleaved rounds."""

import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from bench.generator import Load, Timings
from bench.networks import NETWORKS
from bench.receiver import Receiver
from bench.subjects import MAKERS, Subject
from bench.syncs import commits, journal_syncs, traced_syncs, tracer
from bench.target import Target
from bench.wire import Client

CHATS = 200
RATE = 300.0
LOADS = ("64 in flight", "8 in flight", "300 a second")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """One measurement: `rate` round trips a second; `cpu` of the target, a message; all times in milliseconds."""

    rate: float
    cpu: float
    p50: float
    p95: float
    answered_p99: float


@dataclass(slots=True)
class Running:
    """A subject at work with its own receiver and load; `figures` by load, one a round."""

    subject: Subject
    target: Target
    load: Load
    client: Client
    receiver: Receiver
    figures: dict[str, list[Figures]] = field(default_factory=lambda: {name: [] for name in LOADS})
    commits: float | None = None
    syncs: float | None = None
    resident: float = 0.0

    async def round(self, seconds: float) -> None:
        """Measure each kind of load once."""
        loads = (self.load.in_flight(64, seconds), self.load.in_flight(8, seconds), self.load.at_rate(RATE, seconds))
        for name, load in zip(LOADS, loads, strict=True):
            self.figures[name].append(await self._measured(load))

    async def _measured(self, load: Awaitable[Timings]) -> Figures:
        before = self.target.cpu_seconds()
        timings = await load
        cpu = (self.target.cpu_seconds() - before) / len(timings.replied) * 1000
        return Figures(
            rate=timings.rate,
            cpu=cpu,
            p50=timings.replied_ms(0.5),
            p95=timings.replied_ms(0.95),
            answered_p99=timings.answered_ms(0.99),
        )

    async def count_commits(self, seconds: float) -> None:
        """Commits (by the target's own count) and journal syncs (by mongod's) a message, 64 in flight."""
        before = await self._counts()
        messages = len((await self.load.in_flight(64, seconds)).replied)
        after = await self._counts()
        self.commits, journal = (
            None if old is None or new is None else (new - old) / messages
            for old, new in zip(before, after, strict=True)
        )
        self.resident = self.target.resident_mb()
        self.syncs = journal if journal is not None else self.syncs

    async def _counts(self) -> tuple[float | None, float | None]:
        url = self.subject.mongo_url
        return await commits(self.client), (float(await journal_syncs(url)) if url else None)


async def start(subject: Subject, folder: Path, stack: AsyncExitStack, wrapper: Sequence[str] = ()) -> Running:
    """Start a subject and warm it up; it is stopped when the stack closes."""
    network = NETWORKS.get(subject.name)
    receiver = Receiver(api=network.api() if network else None)
    target = MAKERS[subject.name](subject, await receiver.open(), folder)
    stack.push_async_callback(receiver.close)
    target.wrapper = wrapper
    stack.push_async_callback(target.stop)
    await target.start()
    client = Client(target.port)
    load = Load(client, subject.name.partition(" ")[0].lower(), CHATS, network.post() if network else None)
    receiver.heard = load.arrived
    await load.in_flight(64, 1.0)
    return Running(subject, target, load, client, receiver)


async def traced(subject: Subject, folder: Path, seconds: float) -> float | None:
    """fsyncs a message at 64 in flight, counted from outside in a run of its own; None where nothing can count."""
    summary = folder.with_suffix(".syncs")
    if not (wrapper := tracer(summary)):
        return None
    async with AsyncExitStack() as stack:
        running = await start(subject, folder, stack, wrapper)
        await running.load.in_flight(64, seconds)
        await running.target.stop()
        received = len(running.receiver.record.receipts)
    return traced_syncs(summary) / received


Say = Callable[[str], None]


async def measure(subjects: Sequence[Subject], rounds: int, seconds: float, say: Say) -> list[Running]:
    """All subjects side by side: every round measures each of them once, one after the other."""
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
        folders = {subject: Path(scratch) / str(n) for n, subject in enumerate(subjects)}
        async with AsyncExitStack() as stack:
            running = [await start(subject, folders[subject] / "run", stack) for subject in subjects]
            for number in range(rounds):
                say(f"  round {number + 1} of {rounds}")
                for one in running:
                    await one.round(seconds)
            for one in running:
                await one.count_commits(seconds / 2)
        for one in running:
            if not one.subject.mongo_url:
                one.syncs = await traced(one.subject, folders[one.subject] / "traced", seconds / 2)
    return running
