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
from bot.together import Fresh
from bot.traffic import Traffic
from bot.turn import Route, Turn
from bot.values import changed

_KEPT = 20_000
# So many times a Turn may clash, or its handler refuse (for two minutes), before we apologise. A Store is outlasted.
_CLASHES, _REFUSALS = 8, 30
# A queue so long is no conversation: while others talk, it goes on after so many seconds. What comes to a queue that
# is longer than we keep, is read from the Store when its turn has come.
_QUEUE, _BREATH, _KEEPING, _PAGE = 16, 0.02, 1000, 1000
# Another process that lives sends what it has written within five seconds.
_LOOKS = 250
_log = structlog.get_logger()

Waiting = Entry | Fresh | None
Handle = Callable[[Turn], Awaitable[Route]]
Done = Callable[[Turn, Entry], Awaitable[None]]


@dataclass(slots=True)
class _State:
    """What the owner of a lane remembers; the fence makes a stale one harmless."""

    thread: Thread
    seq: int


_Begun = tuple[_State, Turn, Route]


class Lanes:
    """Runs Turns. `handle` fills a Turn and says where its Answers go; `done` hears of each commit.

    `shared`: other processes may own lanes too. `clashed` hears what was older than the Store, `landed` of an Entry
    whose commit went unanswered and took effect."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, points: FaultPoints, handle: Handle, done: Done, shared: bool,
        traffic: Traffic | None = None,
    ) -> None:  # fmt: skip
        self._traffic = traffic or Traffic()
        self._store, self._clock, self._locks, self._points, self._shared = store, clock, locks, points, shared
        self._handle, self._done = handle, done
        self._waiting: dict[str, deque[Waiting]] = {}
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

    def has(self, entry: Entry) -> bool:
        """Whether this Entry waits or is handled here."""
        return any(w is not None and _id(w) == entry.id for w in self._waiting.get(entry.thread, ()))

    def put(self, entry: Entry) -> None:
        """Queue a stored Entry; Entries of one Thread are handled in the order they are put."""
        self._queue(entry.thread, entry)

    def look(self, thread: str) -> None:
        """Another process has stored something for this Thread: look what is open there."""
        self._queue(thread, None)

    def begin(self, entry: Entry) -> Fresh | None:
        """Start the Turn of an Entry that is about to be stored; None where it would not be the next of its Thread.

        A Turn that is ready before the event loop has gone round once is written together with its Entry."""
        if self._shared or self.stopping or entry.thread in self._waiting or entry.thread not in self._states:
            return None
        fresh = Fresh(entry)
        self._queue(entry.thread, fresh)
        asyncio.get_running_loop().call_soon(fresh.leave)
        return fresh

    def _queue(self, thread: str, entry: Waiting) -> None:
        waiting = self._waiting.get(thread)
        if waiting is not None:
            if len(waiting) < _KEEPING:
                waiting.append(entry)
            elif waiting[-1] is not None:
                waiting.append(None)
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

    async def _drain(self, thread: str, waiting: deque[Waiting]) -> None:
        """Handle what waits. Where processes share the work, the Store and not our queue knows the order."""
        while waiting and not self.stopping:
            entry = waiting[0]
            if entry is not None and not self._shared:
                await (self._first(entry) if isinstance(entry, Fresh) else self._one(entry, alone=len(waiting) == 1))
                waiting.popleft()
                await self._let_others(thread, len(waiting))
                continue
            waiting.clear()
            found = await outlast(self._clock, partial(self._open, thread), lambda: self.stopping)
            for n, stored in enumerate(found):
                if not stored.handled:
                    self._traffic.note(thread, self._clock.tick())
                    await self._one(stored, alone=False)
                    await self._let_others(thread, len(found) - n)
            if len(found) == _PAGE:
                waiting.append(None)

    async def _let_others(self, thread: str, waiting: int) -> None:
        """A Thread with a long queue takes a breath after each Turn, while others talk."""
        if waiting > _QUEUE and not self.stopping and self._traffic.others(thread, self._clock.tick()):
            await self._clock.sleep(_BREATH)

    async def _open(self, thread: str) -> list[Entry]:
        return await self._store.find(ENTRIES, {"open": True, "thread": thread}, order="arrival", limit=_PAGE)

    async def _first(self, fresh: Fresh) -> None:
        """The Turn of an Entry that is being stored meanwhile; thrown away if it is not."""
        entry: Entry | None = fresh.entry
        try:
            begun = await self._begun(fresh)
            if begun is not None and fresh.take():
                entry, begun = await self._together(fresh, *begun), None
        finally:
            fresh.written(False)
        if entry is not None and await fresh.is_stored():
            await self._one(entry, alone=False, begun=begun)

    async def _begun(self, fresh: Fresh) -> _Begun | None:
        """The Turn as it is before it is written; None if it has to be begun again."""
        with fresh.asking_waits():
            try:
                state = await self._state(fresh.entry.thread)
                turn = Turn(fresh.entry, state.thread, self._clock.now())
                return state, turn, await self._handle(turn)
            except Exception as error:
                _log.info("turn not begun early", entry=fresh.entry.id, error=type(error).__name__)
                return None

    async def _together(self, fresh: Fresh, state: _State, turn: Turn, route: Route) -> Entry | None:
        """Write a Turn with its Entry; the Entry if it has to be stored alone and handled anew."""
        handled, (_, *ops) = self._finished(state, turn, route)
        try:
            await self._commit(handled, [Insert(ENTRIES, handled), *ops], hurry=True)
        except Exception as error:
            return self._apart(fresh, Unknown(str(error)) if self._unsure.pop(handled.id, None) else error)
        fresh.written(True)
        await self._settled(state, turn, ops, handled)
        return None

    def _apart(self, fresh: Fresh, error: Exception) -> Entry | None:
        """What becomes of an Entry that could not be written with its Turn: nothing, if it was there before."""
        clash = error.clash if isinstance(error, Conflict) else None
        if clash == Clash(ENTRIES.name, fresh.entry.id, "exists"):
            fresh.failed(error)
            return None
        self._states.pop(fresh.entry.thread, None)
        if isinstance(error, RetryLater | Unknown):
            fresh.failed(error)
            return None
        if clash is not None:
            self.clashed(clash)
        return fresh.entry

    async def _one(self, entry: Entry, alone: bool, begun: _Begun | None = None) -> None:
        """Handle an Entry, whatever rivals and the Store do meanwhile. One that cannot be handled gets an apology,

        so that it never stops its Thread. `begun`: a Turn of it that has only to be written."""
        handle, clashes, refusals, absences = self._handle, 0, 0, 0
        while True:
            try:
                again = await (self._concluded(*begun, alone) if begun else self._attempt(entry, alone, handle))
                begun, clashes = None, clashes + 1
            except (RetryLater, Unknown, _NotNow) as away:
                refusals += isinstance(away, _NotNow)
                begun, again, absences = None, await self._wait(entry, away, absences), absences + 1
            except Exception:
                _log.exception("turn impossible", entry=entry.id)
                begun, again, clashes = None, None if handle is _apologize else entry, _CLASHES
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
        return await self._concluded(state, turn, route, alone)

    async def _concluded(self, state: _State, turn: Turn, route: Route, alone: bool) -> Entry | None:
        """Write a Turn; its Entry as it now stands if it must be handled again."""
        entry = turn.entry
        handled, ops = self._finished(state, turn, route)
        self._points.at("turn.before_commit")
        try:
            await self._commit(handled, ops, hurry=self._hurries(handled, ops, alone))
        except Conflict as conflict:
            self._states.pop(entry.thread, None)
            self.clashed(conflict.clash)
            stored = await self._store.get(ENTRIES, entry.id)
            _log.info("turn again", entry=entry.id, clash=str(conflict))
            if stored is not None and (
                stored.seq in self._unsure.pop(entry.id, ()) or await self._stranded(stored)
            ):  # fmt: skip
                self.landed(stored)
            return None if stored is None or stored.handled else stored
        await self._settled(state, turn, ops, changed(handled, version=handled.version + 1))
        return None

    async def _stranded(self, stored: Entry) -> bool:
        """Whether a dead process has written this Turn, its last words late: nobody sends what it holds. What follows

        waits, or it would be sent first."""
        latest: Entry | None = stored
        for _ in range(_LOOKS if stored.handled and not self._shared else 0):
            if latest is None or not latest.open or self.stopping:
                return False
            await self._clock.sleep(_BREATH)
            latest = await self._store.get(ENTRIES, stored.id)
        return stored.handled and latest is not None and latest.open and not self._shared

    def _hurries(self, handled: Entry, ops: list[Op], alone: bool) -> bool:
        """Whether somebody waits for this Turn, and takes no more than their share."""
        waited_for = not alone or bool(handled.deliveries) or len(ops) > 1
        return waited_for and not self._traffic.crowds(handled.thread, handled.arrival)

    def _finished(self, state: _State, turn: Turn, route: Route) -> tuple[Entry, list[Op]]:
        handled, ops = turn.finish(state.seq + 1, route)
        ops.extend(Insert(ENTRIES, replace(e, arrival=self._clock.tick())) for e in turn.appended)
        return handled, ops

    async def _commit(self, handled: Entry, ops: list[Op], hurry: bool) -> None:
        try:
            await self._store.commit(ops, hurry=hurry)
        except Unknown:
            self._unsure.setdefault(handled.id, set()).add(handled.seq)
            stored = await self._store.get(ENTRIES, handled.id)
            if stored is None or (stored.seq, stored.answers) != (handled.seq, handled.answers):
                raise
        self._unsure.pop(handled.id, None)
        self._points.at("turn.after_commit")

    async def _settled(self, state: _State, turn: Turn, ops: list[Op], handled: Entry) -> None:
        """A Turn is durable: go on from it, and tell who waits for it."""
        state.seq += 1
        state.thread = _stored(turn, ops)
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


def _id(waiting: Entry | Fresh) -> str:
    return waiting.entry.id if isinstance(waiting, Fresh) else waiting.id


def _stored(turn: Turn, ops: list[Op]) -> Thread:
    """The Thread as it now stands in the Store."""
    written = any(op.kind is THREADS and op.value.id == turn.thread.id for op in ops)
    return replace(turn.thread, version=turn.thread.version + 1) if written else turn.thread
