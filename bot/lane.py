"""Lanes: one Turn at a time in a Thread, in order of arrival; many Threads at once."""

import asyncio
import contextlib
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

import structlog

from bot.clock import Clock
from bot.content import Draft
from bot.documents import Insert, Op
from bot.errors import Clash, Conflict, RetryLater, Unknown
from bot.faultpoints import FaultPoints
from bot.model import ENTRIES, THREADS, Entry, Thread
from bot.patience import outlast, pause
from bot.ports import Locks, Store
from bot.texts import say
from bot.turn import Route, Turn
from bot.values import changed

_KEPT = 20_000
# So many times a Turn may clash, or its handler refuse (for two minutes), before we apologise. A Store is outlasted.
_CLASHES, _REFUSALS = 8, 30
_log = structlog.get_logger()

Handle = Callable[[Turn], Awaitable[Route]]
Done = Callable[[Turn, Entry], Awaitable[None]]


@dataclass(slots=True)
class _State:
    """What the owner of a lane remembers; the fence makes a stale one harmless."""

    thread: Thread
    seq: int


class Lanes:
    """Runs Turns. `handle` fills a Turn and says where its Answers go; `done` hears of each commit.

    `shared`: other processes may own lanes too. `clashed` hears what was older than the Store, `landed` of an Entry
    whose commit went unanswered and took effect."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, points: FaultPoints, handle: Handle, done: Done, shared: bool
    ) -> None:
        self._store, self._clock, self._locks, self._points, self._shared = store, clock, locks, points, shared
        self._handle, self._done = handle, done
        self._waiting: dict[str, deque[Entry | None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._states: OrderedDict[str, _State] = OrderedDict()
        self._handled: dict[str, list[asyncio.Future[None]]] = {}
        self._unsure: dict[str, set[int | None]] = {}
        self.clashed: Callable[[Clash], None] = lambda clash: None
        self.landed: Callable[[Entry], None] = lambda entry: None
        self.stopping = False

    @property
    def threads(self) -> int:
        """How many Threads have work at this moment."""
        return len(self._waiting)

    def busy(self, thread: str) -> bool:
        """Whether a Turn of this Thread waits or runs here."""
        return thread in self._waiting

    def put(self, entry: Entry) -> None:
        """Queue a stored Entry; Entries of one Thread are handled in the order they are put."""
        self._queue(entry.thread, entry)

    def look(self, thread: str) -> None:
        """Another process has stored something for this Thread: look what is open there."""
        self._queue(thread, None)

    def _queue(self, thread: str, entry: Entry | None) -> None:
        waiting = self._waiting.get(thread)
        if waiting is not None:
            waiting.append(entry)
            return
        self._waiting[thread] = deque((entry,))
        task = asyncio.create_task(self._run(thread))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def forget(self, thread: str) -> None:
        """Read this Thread anew before its next Turn."""
        self._states.pop(thread, None)

    async def handled(self, id: str, seconds: float = 30.0) -> Entry | None:
        """Wait until an Entry has been handled, here or in another process; None if it takes longer."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._handled.setdefault(id, []).append(future)
        deadline = asyncio.get_running_loop().time() + seconds
        try:
            while asyncio.get_running_loop().time() < deadline:
                with contextlib.suppress(RetryLater):
                    entry = await self._store.get(ENTRIES, id)
                    if entry is not None and entry.handled:
                        return entry
                await asyncio.wait((future,), timeout=0.25)
        finally:
            self._handled.pop(id, None)
        return None

    async def close(self) -> None:
        """Finish the Turns that have begun; what still waits stays open in the Store."""
        self.stopping = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=4)

    async def _run(self, thread: str) -> None:
        waiting = self._waiting[thread]
        try:
            while waiting and not self.stopping:
                async with self._locks.lease(f"lane:{thread}") as mine:
                    if not mine:
                        break
                    await self._drain(thread, waiting)
        except Exception:
            _log.exception("lane stopped", thread=thread)
        finally:
            del self._waiting[thread]

    async def _drain(self, thread: str, waiting: deque[Entry | None]) -> None:
        """Handle what waits. Where processes share the work, the Store and not our queue knows the order."""
        while waiting and not self.stopping:
            entry = waiting[0]
            if entry is not None and not self._shared:
                await self._one(entry, alone=len(waiting) == 1)
                waiting.popleft()
                continue
            waiting.clear()
            for stored in await outlast(self._clock, partial(self._open, thread), lambda: self.stopping):
                if not stored.handled:
                    await self._one(stored, alone=False)

    async def _open(self, thread: str) -> list[Entry]:
        return await self._store.find(ENTRIES, {"open": True, "thread": thread}, order="arrival", limit=1000)

    async def _one(self, entry: Entry, alone: bool) -> None:
        """Handle an Entry, whatever rivals and the Store do meanwhile. One that cannot be handled gets an apology,

        so that it never stops its Thread."""
        handle, clashes, refusals, absences = self._handle, 0, 0, 0
        while True:
            try:
                again = await self._attempt(entry, alone, handle)
                clashes += 1
            except (RetryLater, Unknown, _NotNow) as away:
                refusals += isinstance(away, _NotNow)
                again, absences = await self._wait(entry, away, absences), absences + 1
            except Exception:
                _log.exception("turn impossible", entry=entry.id)
                again, clashes = None if handle is _apologize else entry, _CLASHES
            if again is None:
                return
            entry = again
            if clashes >= _CLASHES or refusals >= _REFUSALS:
                handle = _apologize

    async def _wait(self, entry: Entry, away: Exception, absences: int) -> Entry:
        self._states.pop(entry.thread, None)
        if self.stopping:
            raise away
        _log.warning("turn waits for the store", entry=entry.id, error=str(away))
        await self._clock.sleep(pause(absences))
        return entry

    async def _attempt(self, entry: Entry, alone: bool, handle: Handle) -> Entry | None:
        """One Turn; the Entry as it now stands if it must be handled again."""
        state = await self._state(entry.thread)
        turn = Turn(entry, state.thread, self._clock.now())
        try:
            route = await handle(turn)
        except (RetryLater, Unknown) as away:
            await self._store.get(ENTRIES, entry.id)  # if it answers, the handler and not the Store is away
            raise _NotNow(str(away)) from away
        handled, ops = turn.finish(state.seq + 1, route)
        ops.extend(Insert(ENTRIES, replace(e, arrival=self._clock.tick())) for e in turn.appended)
        try:
            await self._commit(handled, ops, hurry=not alone or bool(handled.deliveries) or len(ops) > 1)
        except Conflict as conflict:
            self._states.pop(entry.thread, None)
            self.clashed(conflict.clash)
            stored = await self._store.get(ENTRIES, entry.id)
            _log.info("turn again", entry=entry.id, clash=str(conflict))
            if stored is not None and stored.seq in self._unsure.pop(entry.id, ()):
                self.landed(stored)
            return None if stored is None or stored.handled else stored
        state.seq += 1
        state.thread = _stored(turn, ops)
        await self._tell(turn, handled)
        return None

    async def _commit(self, handled: Entry, ops: list[Op], hurry: bool) -> None:
        self._points.at("turn.before_commit")
        try:
            await self._store.commit(ops, hurry=hurry)
        except Unknown:
            self._unsure.setdefault(handled.id, set()).add(handled.seq)
            stored = await self._store.get(ENTRIES, handled.id)
            if stored is None or (stored.seq, stored.answers) != (handled.seq, handled.answers):
                raise
        self._unsure.pop(handled.id, None)
        self._points.at("turn.after_commit")

    async def _tell(self, turn: Turn, handled: Entry) -> None:
        handled = changed(handled, version=handled.version + 1)
        for future in self._handled.pop(handled.id, ()):
            if not future.done():
                future.set_result(None)
        await self._done(turn, handled)

    async def _state(self, thread: str) -> _State:
        state = self._states.get(thread)
        if state is None:
            state = await self._load(thread)
            self._states[thread] = state
            if len(self._states) > _KEPT:
                self._states.popitem(last=False)
        return state

    async def _load(self, thread: str) -> _State:
        found = await self._store.get(THREADS, thread) or Thread(id=thread)
        last = await self._store.find(ENTRIES, {"thread": thread}, order="-seq", limit=1)
        return _State(found, (last[0].seq or 0) if last else 0)


class _NotNow(Exception):
    """The handler of an Entry cannot do it now, although the Store is there."""


async def _apologize(turn: Turn) -> Route:
    """For an Entry that cannot be handled."""
    turn.because("an error of ours")
    turn.say(Draft(text=say("went_wrong"), notice=True))
    return Route(everywhere=turn.thread.places, alone={})


def _stored(turn: Turn, ops: list[Op]) -> Thread:
    """The Thread as it now stands in the Store."""
    written = any(op.kind is THREADS and op.value.id == turn.thread.id for op in ops)
    return replace(turn.thread, version=turn.thread.version + 1) if written else turn.thread
