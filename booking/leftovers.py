"""What was laid ready for the lane and never taken (a crash, a Thread that was left): swept away, hour by hour."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.clock import Clock
from bot.documents import Delete, In, Insert, Kind, Range
from bot.errors import Conflict
from bot.model import ENTRIES, JOBS, Job
from bot.ports import Store

# How long it waits to be taken, and the Job that clears away what was not.
LASTS = timedelta(hours=24)
SWEEP = "sweep_leftovers"
_PAGE = 100


class Laid(Protocol):
    """A document that waits to be taken by the lane of its Thread since `at`; its kind has an index on `at`."""

    @property
    def id(self) -> str: ...
    @property
    def thread(self) -> str: ...


def sweep_at(moment: datetime) -> Job:
    """The one sweep of the hour that follows a moment."""
    due = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return Job(id=f"{SWEEP}:{due:%Y-%m-%dT%H}", name=SWEEP, thread="", due_at=due)


class Sweeper:
    """Has what was laid now swept away when it has run out: one Job for all that run out in an hour."""

    def __init__(self, store: Store) -> None:
        self._store, self._last = store, ""

    async def after(self, now: datetime) -> None:
        """For what is laid at that moment."""
        job = sweep_at(now + LASTS)
        if job.id == self._last:
            return
        with contextlib.suppress(Conflict):
            await self._store.commit([Insert(JOBS, job)])
        self._last = job.id


class Leftovers:
    """What is done about them; `sweep` is the work of the Job named SWEEP. `kinds`: of documents that are Laid."""

    def __init__(self, store: Store, clock: Clock, kinds: Sequence[Kind[Any]]) -> None:
        self._store, self._clock, self._kinds = store, clock, kinds

    async def sweep(self, job: Job) -> None:
        """Delete all that has run out, but of a Thread that still works on something: that waits an hour."""
        now, waiting = self._clock.now(), False
        for kind in self._kinds:
            async for laid in self._over(kind, now - LASTS):
                if await self._at_work(laid.thread):
                    waiting = True
                    continue
                with contextlib.suppress(Conflict):  # taken or laid anew meanwhile
                    await self._store.commit([Delete(kind, laid)])
        if waiting:
            with contextlib.suppress(Conflict):
                await self._store.commit([Insert(JOBS, sweep_at(now + timedelta(hours=1)))])

    async def _over(self, kind: Kind[Any], until: datetime) -> AsyncIterator[Laid]:
        offset = 0
        while page := await self._store.find(kind, {"at": Range(lte=until)}, order="at", limit=_PAGE, offset=offset):
            for laid in page:
                yield laid
                offset += await self._store.get(kind, laid.id) is not None

    async def _at_work(self, thread: str) -> bool:
        """Whether the Entry or the Job that may yet take it is still to come."""
        if await self._store.find(ENTRIES, {"open": True, "thread": thread}, limit=1):
            return True
        rows = await self._store.find(JOBS, {"thread": thread, "state": In(("due", "claimed"))}, limit=_PAGE)
        return any(job.busy for job in rows)
