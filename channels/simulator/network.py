"""The simulated network's own record: a numbered change feed per place, kept in the Store and waited on."""

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.documents import Insert, Op, Range
from bot.errors import Conflict
from bot.ports import Store
from channels.simulator.records import PLACES, SHOWN, Shown, SimPlace

_ATTEMPTS = 50
_LOOK = 0.2
_RECENT = 40
_PAGE, _MOST = 100, 1000

Made = tuple[Sequence[Shown], Sequence[Op]]


class Network:
    """Places and what is shown in them. Several processes may write; n has no gaps and never goes back."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._last: dict[str, int] = {}
        self._writing: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._bells: dict[str, asyncio.Event] = {}
        self._heard: Counter[str] = Counter()
        self.closing = False

    async def place(self, id: str) -> SimPlace | None:
        """The place of that id, or None."""
        return await self._store.get(PLACES, id)

    async def places(self) -> list[SimPlace]:
        """All places, oldest first."""
        return await self._store.find(PLACES, {"made": Range(gte=0)}, order="made", limit=1000)

    async def write(self, place: str, make: Callable[[], Awaitable[Made]]) -> Sequence[Shown]:
        """Number and store what `make` returns: lines to show and operations of the same commit.

        `make` reads what is there and decides; it runs again when something was changed meanwhile, so it
        must recognise what has already been done. Conflict if that happens without end.
        """
        async with self._alone(place):
            for _ in range(_ATTEMPTS):
                lines, also = await make()
                try:
                    return await self._commit(place, lines, also)
                except Conflict as conflict:
                    clash = conflict
                    self._last.pop(place, None)
        raise clash

    async def _commit(self, place: str, lines: Sequence[Shown], also: Sequence[Op]) -> Sequence[Shown]:
        last = await self._last_number(place) if lines else 0
        at = self._clock.now()
        numbered = [
            replace(s, id=f"{place}#{last + i}", n=last + i, at=s.at or at, version=0) for i, s in enumerate(lines, 1)
        ]
        if numbered or also:
            await self._store.commit((*(Insert(SHOWN, s) for s in numbered), *also))
        if numbered:
            self._last[place] = numbered[-1].n
            self.ring(place)
        return numbered

    async def newest(self, place: str) -> int:
        """The highest n of a place, 0 when nothing was shown there."""
        newest = await self._store.find(SHOWN, {"place": place}, order="-n", limit=1)
        return newest[0].n if newest else 0

    async def _last_number(self, place: str) -> int:
        if place not in self._last:
            self._last[place] = await self.newest(place)
        return self._last[place]

    @asynccontextmanager
    async def _alone(self, place: str) -> AsyncIterator[None]:
        lock = self._writing.setdefault(place, asyncio.Lock())
        async with lock:
            yield

    async def feed(self, place: str, after: int) -> list[Shown]:
        """What was shown or changed after n, in order, at most a thousand lines."""
        lines: list[Shown] = []
        while len(lines) < _MOST:
            since = Range(gt=lines[-1].n if lines else after)
            more = await self._store.find(SHOWN, {"place": place, "n": since}, order="n", limit=_PAGE)
            lines += more
            if len(more) < _PAGE:
                break
        return lines

    async def recent(self, place: str) -> list[Shown]:
        """The last lines of the feed, newest first."""
        return await self._store.find(SHOWN, {"place": place}, order="-n", limit=_RECENT)

    async def revisions(self, place: str, message: str) -> list[Shown]:
        """A message as it was shown, newest revision first; empty if it never was."""
        return await self._store.find(SHOWN, {"place": place, "message": message}, order="-revision", limit=1000)

    async def latest(self, place: str, message: str) -> Shown | None:
        """A message as it stands now, or None."""
        found = await self._store.find(SHOWN, {"place": place, "message": message}, order="-revision", limit=1)
        return found[0] if found else None

    async def delivered(self, place: str, delivery: str) -> Shown | None:
        """What a delivery showed, or None if it never came."""
        found = await self._store.find(SHOWN, {"place": place, "delivery": delivery}, limit=1)
        return found[0] if found else None

    def bell(self, place: str) -> asyncio.Event:
        """Rings at the next change here; take it before reading, so that nothing falls in between."""
        return self._bells.setdefault(place, asyncio.Event())

    def ring(self, place: str) -> None:
        """Wake those who wait for a change of this place."""
        bell = self._bells.pop(place, None)
        if bell is not None:
            bell.set()

    def heard(self, place: str) -> int:
        """How many events of this place the core has been told of by this process."""
        return self._heard[place]

    def told(self, place: str) -> None:
        """The core has heard of an event: who waits looks whether all is at rest."""
        self._heard[place] += 1
        self.ring(place)

    async def wait(self, bell: asyncio.Event, seconds: float) -> None:
        """Until the bell rings, but never longer than another process may take to be noticed."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(bell.wait(), min(seconds, _LOOK))

    def close(self) -> None:
        """Send everybody home who waits."""
        self.closing = True
        for place in list(self._bells):
            self.ring(place)
