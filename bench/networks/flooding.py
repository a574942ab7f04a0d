"""Telegram answers "too many requests" in one chat for as long as it lasts: how much that changes the others' p95."""

import asyncio
import json
import tempfile
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from bench import telegram
from bench.generator import Load, percentile
from bench.isolation import BAR, SLICES
from bench.messages import RATE, Running, start
from bench.receiver import Receipt
from bench.subjects import Subject

_NAME, _TALK = "flooded999", 20.0
_AFTER = 1
_REFUSAL = {"ok": False, "error_code": 429, "description": f"Too Many Requests: retry after {_AFTER}",
            "parameters": {"retry_after": _AFTER}}  # fmt: skip
Say = Callable[[str], None]


@dataclass(slots=True)
class Flood:
    """The chats that are measured, and the one that Telegram refuses; `waits`: seconds from due to received."""

    running: Running
    flooded: Load
    waits: dict[bool, list[float]] = field(default_factory=lambda: {False: [], True: []})

    def arrived(self, receipt: Receipt) -> None:
        self.running.load.arrived(receipt)
        self.flooded.arrived(receipt)

    async def measure(self, forced: bool, seconds: float) -> None:
        """The p95 of the others' load for so long; the chat says the same in both cases, and is refused or not."""
        if forced:
            self.running.receiver.refuses = refused
        noise = asyncio.create_task(self.flooded.at_rate(_TALK, seconds))
        timings = await self.running.load.at_rate(RATE, seconds)
        self.running.receiver.refuses = lambda path, body: b""
        await noise
        self.waits[forced].append(percentile(timings.replied, 0.95))


def refused(path: str, body: bytes) -> bytes:
    """The refusal of a message to the flooded chat, b"" for all others."""
    if not path.endswith("/sendMessage"):
        return b""
    chat = str(json.loads(body)["chat_id"])
    return json.dumps(_REFUSAL).encode() if chat.endswith("9990") else b""


async def measure_flood(rounds: int, seconds: float, say: Say) -> None:
    """Interleaved slices with and without the flood, the order turning."""
    with tempfile.TemporaryDirectory(prefix="caravan-bench-") as scratch:
        async with AsyncExitStack() as stack:
            running = await start(Subject(name="Telegram", store="SQLite"), Path(scratch) / "run", stack)
            both = Flood(running, Load(running.client, _NAME, 1, telegram.post()))
            running.receiver.heard = both.arrived
            for number in range(rounds * SLICES):
                for forced in (number % 2 == 0, number % 2 == 1):
                    await both.measure(forced, seconds / 2)
    calm, noisy = (median(both.waits[forced]) * 1000 for forced in (False, True))
    low, _, high = quantiles([n / c for n, c in zip(both.waits[True], both.waits[False], strict=True)], n=4)
    verdict = "holds" if noisy / calm < BAR else "MISSED"
    say(f"forced flood of one Telegram chat beside others at {RATE:.0f}/s:")
    say(
        f"  the others' p95 {noisy:.2f} ms, calm {calm:.2f}; ratio {noisy / calm:.2f}"
        f" (half of the slices {low:.2f}-{high:.2f}), bar {BAR}: {verdict}"
    )
