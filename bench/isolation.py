"""One chat is flooded, or its sends are slow: how much that changes the p95 of all the others."""

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bench.generator import Load, Timings, percentile
from bench.messages import CHATS, RATE, Running, start
from bench.receiver import Receipt
from bench.subjects import Subject

BAR = 1.10
# One chat says as much as all others together; or its network takes a second for every message. Neither keeps step
# with the others, whose messages would then always come second.
FLOOD, SLOW, SLOW_FOR = 307.0, 10.3, 1.0
SLICES = 4
SHIPPED = "Caravan as shipped"
TROUBLES = {"Caravan": ("calm", "flooded", "slow"), SHIPPED: ("calm", "flooded")}
Say = Callable[[str], None]


@dataclass(slots=True)
class Neighbours:
    """The chats that are measured, and the one that is in trouble; `waits`: seconds from due to received."""

    running: Running
    trouble: Load
    waits: dict[str, list[list[float]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def troubles(self) -> tuple[str, ...]:
        return TROUBLES[self.running.subject.name]

    def arrived(self, receipt: Receipt) -> None:
        """Tell both loads; each knows its own."""
        self.running.load.arrived(receipt)
        self.trouble.arrived(receipt)

    async def measure(self, trouble: str, seconds: float) -> None:
        """The others' load for so long, with this trouble beside it."""
        if trouble == "slow":
            self.running.receiver.slow["bench:main:noisy0"] = SLOW_FOR
        noise = asyncio.create_task(self._noise(trouble, seconds))
        timings = await self.running.load.at_rate(RATE, seconds)
        self.waits[trouble].append(timings.replied)
        self.running.receiver.slow.clear()
        await noise

    async def _noise(self, trouble: str, seconds: float) -> Timings | None:
        if trouble == "calm":
            return None
        if self.running.subject.name == SHIPPED:
            return await self.trouble.at_rate(FLOOD, seconds, answered=False)
        return await self.trouble.at_rate(FLOOD if trouble == "flooded" else SLOW, seconds)

    def p95(self, trouble: str) -> float:
        """The median over the slices, in milliseconds: what disturbs the machine for a moment disturbs few of them."""
        return median(percentile(waits, 0.95) for waits in self.waits[trouble]) * 1000

    def ratios(self, trouble: str) -> list[float]:
        """p95 with this trouble to p95 without, slice by slice."""
        pairs = zip(self.waits[trouble], self.waits["calm"], strict=True)
        return [percentile(noisy, 0.95) / percentile(calm, 0.95) for noisy, calm in pairs]


async def measure_isolation(subjects: Sequence[Subject], rounds: int, seconds: float, say: Say) -> None:
    """Short interleaved slices, four a round: calm, flooded, slow; the order turns, so that none profits from its

    place. What a flood leaves behind is handled before the next slice. As shipped, a flood is soon over the bounds of
    one person: all of it is stored, and little of it answered."""
    for subject in subjects:
        with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
            async with AsyncExitStack() as stack:
                running = await start(subject, Path(scratch) / "run", stack)
                both = Neighbours(running, Load(running.client, "noisy", 1))
                running.receiver.heard = both.arrived
                for number in range(rounds * SLICES):
                    turn = number % len(both.troubles)
                    for trouble in (*both.troubles[turn:], *both.troubles[:turn]):
                        await both.measure(trouble, seconds / 2)
                for line in lines_of(both, subject):
                    say(line)


def lines_of(both: Neighbours, subject: Subject) -> list[str]:
    """The ratios and what they are made of."""
    bounds = "as shipped" if subject.name == SHIPPED else "without bounds on a person"
    lines = [f"isolation, {subject.store}, {bounds}: {CHATS} chats at {RATE:.0f}/s beside one in trouble"]
    says = {"flooded": f"floods with {FLOOD:.0f}/s", "slow": f"takes {SLOW_FOR:.0f} s a send"}
    for trouble, what in ((name, says[name]) for name in both.troubles[1:]):
        ratio, slices = both.p95(trouble) / both.p95("calm"), both.ratios(trouble)
        verdict = "holds" if ratio < BAR else "MISSED"
        low, _, high = quantiles(slices, n=4)
        lines.append(
            f"  it {what}: the others' p95 {both.p95(trouble):.2f} ms, calm {both.p95('calm'):.2f};"
            f" ratio {ratio:.2f} (half of the slices {low:.2f}-{high:.2f}), bar {BAR}: {verdict}"
        )
    return lines
