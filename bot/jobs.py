"""Jobs: things to do at a time, kept as rows; each calls out and ends in an Entry, never in a Thread."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from structlog.contextvars import bind_contextvars

from bot.cancelling import end
from bot.clock import Clock
from bot.documents import In, Op, Range, Replace
from bot.errors import Conflict, RetryLater, Unknown
from bot.language import ENGLISH, speak
from bot.log import ThreadLog
from bot.model import JOBS, Entry, Job
from bot.patience import outlast
from bot.ports import Locks, Store

# How long a Job stays with an owner that has died; one that lives renews its claim in time.
CLAIM = timedelta(seconds=12)
_TRIES = 3
_log = structlog.get_logger()

Work = Callable[[Job], Awaitable[Entry | None]]
Handled = Callable[[str], Awaitable[Entry | None]]


def result_id(job: Job) -> str:
    """The id of the Entry a Job ends in; a repeated Job ends in the same one."""
    return f"{job.thread}:result:{job.id}"


async def _english(thread: str) -> str:
    return ENGLISH


class Jobs:
    """Claims and runs Jobs. `work`: name -> what to do. Busy Jobs of one Thread run one after the other."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, log: ThreadLog, work: Mapping[str, Work], handled: Handled,
        *, claim: timedelta = CLAIM,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._locks, self._log = store, clock, locks, log
        self._work, self._handled, self._claim_for = work, handled, claim
        self._running: dict[str, asyncio.Task[None]] = {}
        self._lanes: dict[str, asyncio.Lock] = {}
        self._queued: Counter[str] = Counter()
        self.stopping = False
        self.wake_at: Callable[[datetime], None] = lambda at: None
        self.language: Callable[[str], Awaitable[str]] = _english

    @property
    def running(self) -> int:
        """How many Jobs run in this process."""
        return len(self._running)

    def busy(self, thread: str) -> bool:
        """Whether a Job that this Thread waits for runs here."""
        return thread in self._lanes

    def put(self, job: Job) -> None:
        """A Job was committed: run it when it is due."""
        if job.due_at <= self._clock.now():
            self._start(replace(job, version=1))
        else:
            self.wake_at(job.due_at)

    async def run_due(self) -> None:
        """Run every Job that is due, and wait for those that run."""
        await self.start_due()
        await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def start_due(self) -> None:
        """Start every Job that is due, also one whose claim has run out."""
        now = self._clock.now()
        due = await self._store.find(JOBS, {"state": "due", "due_at": Range(lte=now)}, order="due_at", limit=500)
        late = await self._store.find(JOBS, {"state": "claimed"}, order="due_at", limit=500)
        for job in [*due, *(j for j in late if j.claimed_until and j.claimed_until <= now)]:
            self._start(job)

    async def next_due(self) -> datetime | None:
        """When the next waiting Job is due."""
        first = await self._store.find(JOBS, {"state": "due"}, order="due_at", limit=1)
        return first[0].due_at if first else None

    async def reclaim(self) -> None:
        """After a restart of the only process: what was claimed is due again."""
        for job in await self._store.find(JOBS, {"state": "claimed"}, order="due_at", limit=10_000):
            await self._store.commit([Replace(JOBS, replace(job, claimed_until=self._clock.now()))])

    async def waiting(self, thread: str) -> bool:
        """Whether a Job of this Thread is due by now or running, here or elsewhere; a busy one also while it waits."""
        rows = await self._store.find(JOBS, {"thread": thread, "state": In(("due", "claimed"))}, limit=500)
        now = self._clock.now()
        return any(j.busy or j.state == "claimed" or j.due_at <= now for j in rows)

    async def close(self) -> None:
        """Give running Jobs a moment; those that do not end are done again after the restart."""
        self.stopping = True
        tasks = list(self._running.values())
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=1.5)
            await end(late)

    def _start(self, job: Job) -> None:
        if job.id in self._running or self.stopping:
            return
        task = asyncio.create_task(self._run(job))
        self._running[job.id] = task
        task.add_done_callback(lambda _: self._running.pop(job.id, None))

    async def _run(self, job: Job) -> None:
        bind_contextvars(trace=job.args.get("entry") or job.id)
        speak(await self.language(job.thread))
        try:
            if job.busy:
                await self._in_turn(job)
            else:
                await self._claimed(job)
        except Conflict:
            _log.info("job taken elsewhere", job=job.id)
        except Exception:
            _log.exception("job stopped", job=job.id)

    async def _in_turn(self, job: Job) -> None:
        """One busy Job at a time in a Thread, the next one after the last one's result was handled."""
        lock = self._lanes.setdefault(job.thread, asyncio.Lock())
        self._queued[job.thread] += 1
        try:
            async with lock, self._locks.lease(f"job:{job.id}") as mine:
                ended = await self._claimed(job) if mine and not self.stopping else None
                if ended is not None:
                    await self._handled(ended.id)
        finally:
            self._queued[job.thread] -= 1
            if not self._queued[job.thread]:
                del self._queued[job.thread], self._lanes[job.thread]

    async def _claimed(self, job: Job) -> Entry | None:
        """Claim and do a Job; the Entry it ended in, None without one or when it will be tried again."""
        until = self._clock.now() + self._claim_for
        claim = replace(job, state="claimed", attempts=job.attempts + 1, claimed_until=until, why="")
        claim = await outlast(self._clock, partial(self._claim, claim), lambda: self.stopping)
        work = self._work.get(job.name)
        if work is None:
            return await self._end(replace(claim, state="failed", why="no such job"), None)
        try:
            entry = await self._keeping(claim, work)
        except Exception as error:
            _log.exception("job failed", job=job.id, attempt=claim.attempts)
            return await self._failed(claim, error)
        return await self._end(replace(claim, state="done"), entry)

    async def _claim(self, claim: Job) -> Job:
        """The Job as claimed; Conflict if somebody else has it."""
        try:
            await self._store.commit([Replace(JOBS, claim)])
        except Conflict:
            latest = await self._store.get(JOBS, claim.id)
            if latest is None or latest != replace(claim, version=claim.version + 1):
                raise
        return replace(claim, version=claim.version + 1)

    async def _keeping(self, claim: Job, work: Work) -> Entry | None:
        """Do the work, and renew the claim for as long as it takes."""
        renewing = asyncio.create_task(self._renew(claim))
        try:
            return await work(claim)
        finally:
            renewing.cancel()

    async def _renew(self, claim: Job) -> None:
        while True:
            await self._clock.sleep(self._claim_for.total_seconds() / 3)
            with contextlib.suppress(Conflict, RetryLater, Unknown):
                latest = await self._store.get(JOBS, claim.id)
                if latest is None or (latest.state, latest.attempts) != ("claimed", claim.attempts):
                    return
                until = self._clock.now() + self._claim_for
                await self._store.commit([Replace(JOBS, replace(latest, claimed_until=until))])

    async def _failed(self, job: Job, error: Exception) -> Entry | None:
        why = f"{type(error).__name__}"
        if job.attempts < _TRIES:
            later = self._clock.now() + timedelta(seconds=2**job.attempts)
            await self._end(replace(job, state="due", due_at=later, why=why), None)
            self.wake_at(later)
            return None
        latest = await outlast(self._clock, partial(self._store.get, JOBS, job.id), lambda: self.stopping) or job
        sorry = Entry(
            id=result_id(job), thread=job.thread, what="result", at=self._clock.now(),
            value={"job": job.name, "error": why, **latest.args},
        )  # fmt: skip
        return await self._end(replace(job, state="failed", why=why), sorry if job.busy else None)

    async def _end(self, job: Job, entry: Entry | None) -> Entry | None:
        """Write what became of a Job together with the Entry it ends in, however long the Store is away."""
        await outlast(self._clock, partial(self._write_end, job, entry), lambda: self.stopping)
        return entry

    async def _write_end(self, job: Job, entry: Entry | None) -> None:
        """Its arguments are those last stored: a stream may have noted there what it showed, a claim been renewed."""
        while True:
            latest = await self._store.get(JOBS, job.id) or job
            done: Op = Replace(JOBS, replace(job, args=latest.args, version=latest.version))
            try:
                if entry is None or not await self._log.add(entry, also=(done,)):
                    await self._store.commit([done])
                return
            except Conflict as conflict:
                if (conflict.clash.kind, conflict.clash.why) != (JOBS.name, "version"):
                    raise
