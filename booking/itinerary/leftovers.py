"""Plans that were laid ready and never taken (a crash, a Thread that was left): swept away by a Job, hour by hour."""

import contextlib
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

from booking.itinerary.keeping import LASTS, PROPOSALS, Proposal, sweep_at
from bot.clock import Clock
from bot.documents import Delete, In, Insert, Range
from bot.errors import Conflict
from bot.model import ENTRIES, JOBS, Job
from bot.ports import Store

_PAGE = 100


class Leftovers:
    """What is done about them; `sweep` is the work of the Job named `keeping.SWEEP`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def sweep(self, job: Job) -> None:
        """Delete every Proposal that has run out, but of a Thread that still works on something: that waits an hour."""
        now, waiting = self._clock.now(), False
        async for proposal in self._over(now - LASTS):
            if await self._at_work(proposal.thread):
                waiting = True
                continue
            with contextlib.suppress(Conflict):  # taken or laid anew meanwhile
                await self._store.commit([Delete(PROPOSALS, proposal)])
        if waiting:
            with contextlib.suppress(Conflict):
                await self._store.commit([Insert(JOBS, sweep_at(now + timedelta(hours=1)))])

    async def _over(self, until: datetime) -> AsyncIterator[Proposal]:
        offset = 0
        while page := await self._store.find(
            PROPOSALS, {"at": Range(lte=until)}, order="at", limit=_PAGE, offset=offset
        ):
            for proposal in page:
                yield proposal
                offset += await self._store.get(PROPOSALS, proposal.id) is not None

    async def _at_work(self, thread: str) -> bool:
        """Whether the Entry or the Job that may yet take the plan is still to come."""
        if await self._store.find(ENTRIES, {"open": True, "thread": thread}, limit=1):
            return True
        rows = await self._store.find(JOBS, {"thread": thread, "state": In(("due", "claimed"))}, limit=_PAGE)
        return any(job.busy for job in rows)
