"""SIGKILL again and again under load; the referee decides afterwards whether anything was lost, doubled or swapped."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from statistics import median

from bench.evidence import WINDOWS, Evidence, counts, windows
from bench.receiver import Receiver
from bench.referee import Violation, verdict
from bench.talk import Talk
from bench.target import Target

POINTS = (
    "append.before_commit",
    "append.after_commit",
    "turn.before_commit",
    "turn.after_commit",
    "send.before",
    "send.after",
    "mark.before_commit",
    "mark.after_commit",
)
LEAST = 10


@dataclass(slots=True)
class Tally:
    """How the kills fell: `random` and each named point by `how`, the boundaries they hit by `where`."""

    tried: int = 0
    counted: int = 0
    how: Counter[str] = field(default_factory=Counter)
    where: Counter[str] = field(default_factory=Counter)
    starts: list[float] = field(default_factory=list)

    def note(self, how: str, where: set[str], counted: bool) -> None:
        """One kill that hit the windows `where`."""
        self.tried += 1
        self.where.update(where)
        if counted:
            self.counted += 1
            self.how[how] += 1


@dataclass(slots=True)
class Run:
    """What is needed to kill one target repeatedly while it is talked to."""

    target: Target
    talk: Talk
    receiver: Receiver
    evidence: Evidence
    random: Random
    tally: Tally = field(default_factory=Tally)

    async def at_random(self) -> None:
        """Start, let it work for a moment, kill."""
        await self._start({})
        await asyncio.sleep(self.random.uniform(0.02, 0.6))
        self.talk.up.clear()
        await self.target.kill()
        await self._note("random")

    async def at_point(self, point: str, patience: float = 15.0) -> None:
        """Start with a named point at which it kills itself; nothing is counted if it never gets there."""
        await self._start({"CARAVAN_KILL_AT": f"{point}:{self.random.randint(1, 150)}"})
        try:
            async with asyncio.timeout(patience):
                await self.target.ended()
        except TimeoutError:
            await self.target.kill()
            point = "random"
        self.talk.up.clear()
        await self._note(point)

    async def recover(self) -> None:
        """Start once more and stay up, so that everything can be finished."""
        await self._start({})

    async def _start(self, extra: dict[str, str]) -> None:
        self.talk.cut_off.clear()
        self.target.environment = {**self.target.environment, "CARAVAN_KILL_AT": "", **extra}
        starting = asyncio.create_task(self.target.start())
        self.tally.starts.append(await starting)
        self.talk.up.set()

    async def _note(self, how: str) -> None:
        await asyncio.sleep(0.02)
        left = await self.evidence.open_entries()
        cut_off = set(self.talk.cut_off)
        stored = await self.evidence.stored(cut_off)
        self.tally.note(how, windows(left, cut_off, stored, self.receiver.record.seen), counts(left))


def plan(count: int, random: Random) -> list[str]:
    """Names of `count` kills in random order: a part at each named point, the rest at random moments."""
    at_points = [point for point in POINTS for _ in range(min(LEAST, count // (2 * len(POINTS))))]
    kills = at_points + ["random"] * (count - len(at_points))
    random.shuffle(kills)
    return kills


async def kill_often(run: Run, count: int, deadline: float, say: Callable[[str], None]) -> list[Violation]:
    """Kills until `count` of them count (or the deadline, monotonic seconds, passes), then recovers and judges."""
    talking = asyncio.create_task(run.talk.run())
    waiting = plan(count, run.random)
    while run.tally.counted < count and time.monotonic() < deadline:
        how = waiting.pop() if waiting else "random"
        await (run.at_random() if how == "random" else run.at_point(how))
        if run.tally.tried % 20 == 0:
            say(f"  {run.tally.counted} of {count} kills count, {len(run.talk.diary.acknowledged)} acknowledged")
    await run.recover()
    run.talk.finish()
    await settle(talking, run.evidence.open_entries)
    await run.target.stop()
    return verdict(run.talk.diary, run.receiver.record)


async def settle(talking: asyncio.Task[None], left: Callable[[], Awaitable[Sequence[object]]]) -> None:
    """Give the system a bounded time to answer everything and to close every Entry."""
    await asyncio.wait([talking], timeout=60)
    talking.cancel()
    await asyncio.wait([talking])
    for _ in range(50):
        if not await left():
            return
        await asyncio.sleep(0.2)


def report(tally: Tally) -> list[str]:
    """Lines with the histogram over the commit boundaries and over the ways to die."""
    lines = [f"kills: {tally.tried} tried, {tally.counted} count; start to ready, median {median(tally.starts):.2f} s"]
    lines += [
        f"  {where:7} {tally.where[where]:4} {'#' * (tally.where[where] // 4)}  {WINDOWS[where]}" for where in WINDOWS
    ]
    return lines + [f"  {how:21} {tally.how[how]:4}" for how in ("random", *POINTS)]


def missing(tally: Tally, count: int) -> list[str]:
    """What keeps the run from being a proof: too few kills, or too few at a boundary (full runs only)."""
    short = [] if tally.counted >= count else [f"only {tally.counted} of {count} kills count"]
    if count >= 2 * LEAST * len(POINTS):
        short += [f"only {tally.where[where]} kills at {where}" for where in WINDOWS if tally.where[where] < LEAST]
    return short
