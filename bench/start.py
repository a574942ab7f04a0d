"""Start to ready, and resident memory, of the application as people run it: embedded, one channel (the simulator)."""

import asyncio
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.figures import held, spread
from bench.subjects import caravan_environment
from bench.target import Target, free_port

START_BAR, MEMORY_BAR = 1.5, 120.0


async def starts(times: int) -> tuple[list[float], list[float]]:
    """Seconds to ready and resident MB right after, for a first start and then restarts on its data."""
    seconds, resident = [], []
    with tempfile.TemporaryDirectory(prefix="caravan-start-") as scratch:
        environment = caravan_environment("", Path(scratch) / "data") | {"SIMULATOR": "1"}
        for _ in range(times):
            target = Target(["app.py"], environment, free_port(), Path(scratch) / "log")
            try:
                seconds.append(await target.start())
                resident.append(target.resident_mb())
            finally:
                await target.stop()
    return seconds, resident


def measure_starts(times: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    seconds, resident = asyncio.run(starts(times))
    say(f"start: {times} starts of app.py on SQLite with the simulator, the first on an empty folder")
    say(f"  to ready {spread(seconds)} s, bar {START_BAR} s: {held(max(seconds) < START_BAR)}")
    say(f"  resident {spread(resident, 0)} MB, bar {MEMORY_BAR:.0f} MB: {held(max(resident) < MEMORY_BAR)}")
