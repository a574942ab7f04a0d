"""The timer: APScheduler wakes `run_due` at the time of the next Job and now and then; the Jobs are rows."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.clock import SystemClock

# How often the rows are looked at although no timer says so: Jobs of other processes, claims that have run out.
LOOK_EVERY = 5.0
_SOON = timedelta(seconds=0.01)


class Timer:
    """Starts what is due; imported and started after the house is open."""

    def __init__(self, clock: SystemClock, start_due: Callable[[], Awaitable[None]]) -> None:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        self._clock, self._start_due = clock, start_due
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._scheduler.add_job(self._wake, "interval", seconds=LOOK_EVERY, coalesce=True, max_instances=1)

    def open(self) -> None:
        """Begin to wake."""
        self._scheduler.start()

    def wake_at(self, at: datetime) -> None:
        """Look at the rows at this (simulated) time; a time that is past means at once."""
        moment = max(at - self._clock.offset, self._clock.now() - self._clock.offset + _SOON)
        self._scheduler.add_job(self._wake, "date", run_date=moment, misfire_grace_time=None)

    async def _wake(self) -> None:
        """Look at the rows; a look that `close` cuts off is taken up after the next start and is no error."""
        with contextlib.suppress(asyncio.CancelledError):
            await self._start_due()

    def close(self) -> None:
        """Wake no more."""
        self._scheduler.shutdown(wait=False)
