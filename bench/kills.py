"""SIGKILL again and again under load; the referee decides afterwards whether anything was lost, doubled or swapped."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random
from statistics import median

from bench.evidence import WINDOWS, Evidence, Left, look
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
    "order.before",
    "order.after",
    "capture.before",
    "capture.after",
)
# After how many passages at most a target dies at a point of the money path, which are rarer than the others.
_RARE, _OFTEN = 4, 150
RANDOM_AND_POINTS = ("random", *POINTS)
LEAST = 10


@dataclass(slots=True)
class Tally:
    """How the kills fell: `random` and each named point by `how`, the boundaries they hit by `where`."""

    tried: int = 0
    counted: int = 0
    how: Counter[str] = field(default_factory=Counter)
    where: Counter[str] = field(default_factory=Counter)
    starts: list[float] = field(default_factory=list)
    stop: float = 0.0

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
        """Start, let it work for a moment, kill; one time in eight while it is still starting."""
        if self.random.random() < 1 / 8:
            await self._launch()
            await asyncio.sleep(self.random.uniform(0.1, 0.6))
        else:
            await self.recover()
            await asyncio.sleep(self.random.uniform(0.02, 0.6))
        await self._die("random")

    async def at_point(self, point: str, patience: float = 15.0) -> None:
        """Start with a named point at which it kills itself, perhaps while it recovers.

        One that never gets there is killed from outside and counts as a random kill."""
        most = _RARE if point.startswith(("order", "capture")) else _OFTEN
        await self._launch(f"{point}:{self.random.randint(1, most)}")
        self.talk.up.set()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.target.ended(), patience)
        await self._die("random" if self.target.alive else point)

    async def recover(self) -> None:
        """Start, wait until it is ready, let the chats talk."""
        await self._launch()
        self.tally.starts.append(await self.target.ready())
        self.talk.up.set()

    async def _launch(self, kill_at: str = "") -> None:
        self.talk.cut_off.clear()
        self.target.environment = self.target.environment | {"CARAVAN_KILL_AT": kill_at}
        await self.target.launch()

    async def _die(self, how: str) -> None:
        self.talk.up.clear()
        await self.target.kill()
        await self._note(how)

    async def _note(self, how: str) -> None:
        await asyncio.sleep(0.02)
        where, counted = await look(self.evidence, set(self.talk.cut_off), self.receiver.record.seen)
        self.tally.note(how, where, counted)


def plan(count: int, random: Random) -> list[str]:
    """Names of `count` kills in random order: a part at each named point, the rest at random moments."""
    at_points = [point for point in POINTS for _ in range(min(LEAST, 2 * count // (3 * len(POINTS))))]
    kills = at_points + ["random"] * (count - len(at_points))
    random.shuffle(kills)
    return kills


async def kill_often(run: Run, count: int, deadline: float, say: Callable[[str], None]) -> list[Violation]:
    """Kills until `count` of them count and each named point was reached as often as planned, then recovers and judges.

    `deadline`: when it ends at the latest, in monotonic seconds."""
    talking = asyncio.create_task(run.talk.run())
    await run.recover()
    await run.target.kill()
    waiting = plan(count, run.random)
    while (run.tally.counted < count or set(waiting) - {"random"}) and time.monotonic() < deadline:
        how = waiting.pop() if waiting else "random"
        before = run.tally.how[how]
        await (run.at_random() if how == "random" else run.at_point(how))
        if run.tally.how[how] == before:
            waiting.insert(0, how)
        if run.tally.tried % 20 == 0:
            say(f"  {run.tally.counted} of {count} kills count, {len(run.talk.diary.acknowledged)} acknowledged")
    return await finish(run, talking)


async def finish(run: Run, talking: asyncio.Task[None]) -> list[Violation]:
    """Recover, let everything be answered, judge, stop kindly. Nobody goes on buying meanwhile."""
    run.target.environment = run.target.environment | {"BENCH_BUYERS": ""}
    await run.recover()
    violations = await judged(run.talk, talking, run.receiver, run.evidence)
    run.tally.stop = await run.target.stop()
    return violations


async def judged(talk: Talk, talking: asyncio.Task[None], receiver: Receiver, evidence: Evidence) -> list[Violation]:
    """Give all that was said a bounded time to be answered; an Entry that stays open is a violation too."""
    talk.finish()
    await asyncio.wait([talking], timeout=60)
    talking.cancel()
    await asyncio.wait([talking])
    left = await closed(evidence)
    return [*verdict(talk.diary, receiver.record), *(Violation("open", entry.said) for entry in left)]


async def closed(evidence: Evidence) -> Sequence[Left]:
    """What is still open when the marks had 10 s to be written; empty as soon as nothing is."""
    left = await evidence.open_entries()
    for _ in range(50):
        if not left:
            break
        await asyncio.sleep(0.2)
        left = await evidence.open_entries()
    return left


def report(tally: Tally, ways: Iterable[str]) -> list[str]:
    """Lines with the histogram over the commit boundaries and over the ways to die."""
    lines = [f"kills: {tally.tried} tried, {tally.counted} count; start to ready {median(tally.starts):.2f} s"]
    lines.append(f"  the last one was ended by SIGTERM and took {tally.stop:.2f} s")
    lines += [
        f"  {where:7} {tally.where[where]:4} {'#' * (tally.where[where] // 4)}  {WINDOWS[where]}" for where in WINDOWS
    ]
    return lines + [f"  {how:21} {tally.how[how]:4}" for how in ways]


def missing(tally: Tally, count: int) -> list[str]:
    """What keeps the run from being a proof: too few kills, or too few at a boundary (full runs only)."""
    short = [] if tally.counted >= count else [f"only {tally.counted} of {count} kills count"]
    if 2 * count >= 3 * LEAST * len(POINTS):
        short += [f"only {tally.where[where]} kills at {where}" for where in WINDOWS if tally.where[where] < LEAST]
        short += [f"only {tally.how[point]} kills at {point}" for point in POINTS if tally.how[point] < LEAST]
    return short
