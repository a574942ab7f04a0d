"""Marks: how Deliveries ended is written into their Entry, in the Store's next batch."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import structlog

from bot.clock import Clock
from bot.delivery_order import standing
from bot.documents import Replace
from bot.errors import Conflict, RetryLater, Unknown
from bot.faultpoints import FaultPoints
from bot.model import ENTRIES, Delivery, Entry
from bot.ports import Store
from bot.values import changed

_log = structlog.get_logger()


@dataclass(slots=True)
class Parcel:
    """One Entry whose Deliveries are under way; `again`: they may have left before a restart; `left`: how many are not

    finished; `more`: those that take the way of failed ones; `done`: how they ended, by id; `told`: whose end is
    written down; `shut`: Places of it that are closed to us; `marking`: somebody is writing down what is done; `hurry`:
    at once."""

    entry: Entry
    again: bool = False
    left: int = 0
    more: tuple[Delivery, ...] = ()
    done: dict[str, Delivery] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)
    shut: set[str] = field(default_factory=set)
    marking: bool = False
    hurry: bool = False

    @property
    def deliveries(self) -> tuple[Delivery, ...]:
        """All of them, as stored."""
        if not self.more:
            return self.entry.deliveries
        known = {d.id for d in self.entry.deliveries}
        return (*self.entry.deliveries, *(d for d in self.more if d.id not in known))


class Marks:
    """Writes them. `closed` hears of an Entry when nothing of it is under way any more."""

    def __init__(self, store: Store, clock: Clock, points: FaultPoints, closed: Callable[[Entry], None]) -> None:
        self._store, self._clock, self._points, self._closed = store, clock, points, closed
        self.tasks: set[asyncio.Task[None]] = set()
        self.stopping = False

    def write(self, parcel: Parcel) -> None:
        """Write down what is done by now, and then what is done by then."""
        parcel.marking = True
        self.tasks.add(marker := asyncio.create_task(self._write_all(parcel)))
        marker.add_done_callback(self.tasks.discard)

    async def _write_all(self, parcel: Parcel) -> None:
        written = -1
        try:
            while written < len(parcel.done):
                written = len(parcel.done)
                await self._write(parcel)
        finally:
            parcel.marking = False
            if not parcel.left:
                self._closed(parcel.entry)

    async def _write(self, parcel: Parcel) -> None:
        """One commit, which the Store merges with the next ones of others. What is written down already stays as it is:

        a network may have told of it since."""
        ended = {id: one for id, one in parcel.done.items() if id not in parcel.told}
        deliveries = tuple(ended.get(d.id, d) for d in parcel.deliveries)
        marked = changed(parcel.entry, deliveries=deliveries, **standing(deliveries))
        self._points.at("mark.before_commit")
        while (stored := await self._stored(marked, ended, parcel.hurry)) is None:
            if self.stopping:
                return
            await self._clock.sleep(1.0)
        parcel.entry = stored
        parcel.told.update(ended)
        self._points.at("mark.after_commit")

    async def _stored(self, entry: Entry, done: Mapping[str, Delivery], hurry: bool) -> Entry | None:
        """The Entry as it now stands, None if the Store was away. What others have written of it meanwhile stays."""
        try:
            await self._store.commit([Replace(ENTRIES, entry)], hurry=hurry)
        except Conflict as conflict:
            latest = await self._store.get(ENTRIES, entry.id)
            if latest is None or latest.version <= entry.version:
                _log.warning("not marked as sent", entry=entry.id, clash=str(conflict))
                return entry
            known = {d.id for d in latest.deliveries}
            deliveries = (*latest.deliveries, *(d for d in entry.deliveries if d.id not in known))
            deliveries = tuple(done.get(d.id, d) for d in deliveries)
            return await self._stored(changed(latest, deliveries=deliveries, **standing(deliveries)), done, hurry)
        except (RetryLater, Unknown) as away:
            _log.warning("not marked as sent yet", entry=entry.id, error=str(away))
            return None
        return changed(entry, version=entry.version + 1)
