"""Time. The only module that reads the machine's clock; everybody else is handed a Clock."""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Where aware UTC time comes from."""

    def now(self) -> datetime:
        """The present moment, aware, UTC."""
        ...

    def tick(self) -> int:
        """Strictly increasing nanoseconds, comparable across restarts and processes of one machine."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Wait real seconds (pacing and back-off; timers are Jobs)."""
        ...


class SystemClock:
    """The machine's clock, moved by an offset where a simulator cranks it."""

    def __init__(self) -> None:
        self.offset = timedelta()
        self._last = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + self.offset

    def tick(self) -> int:
        self._last = max(self._last + 1, time.time_ns())
        return self._last

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
