"""Order of Deliveries where several processes send: the Store, not a process's own queue, says what comes first."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import structlog

from bot.clock import Clock
from bot.documents import Replace, Where
from bot.errors import Conflict, RetryLater, Unknown
from bot.model import ENTRIES, Delivery, Entry
from bot.ports import Store

_POLL, _POLLS = 0.05, 6
LOST = frozenset(("failed", "unknown"))
_log = structlog.get_logger()


def pending_at(entry: Entry, place: str) -> tuple[Delivery, ...]:
    """The Deliveries of an Entry that still have to be sent to a Place."""
    return tuple(d for d in entry.deliveries if d.place == place and d.state == "pending")


def standing(deliveries: Sequence[Delivery]) -> dict[str, Any]:
    """What the Deliveries of an Entry make of it: open, lost, held."""
    states = {d.state for d in deliveries}
    return {"open": "pending" in states, "lost": not states.isdisjoint(LOST), "held": "held" in states}


class DeliveryOrder:
    """What must be sent before a Delivery, and what was sent, told to the others at once.

    Used under the lease of the Place. Without Redis two processes may hold it: then a Delivery can leave
    twice under its one id, but never before an earlier one of its Thread."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def earlier(self, entry: Entry, place: str) -> list[Entry]:
        """Earlier Entries of the Thread with something pending there, oldest first, after their owner had a moment."""
        found = await self._before(entry, place)
        for _ in range(_POLLS):
            if not found:
                break
            await self._clock.sleep(_POLL)
            found = await self._before(entry, place)
        return found

    async def _before(self, entry: Entry, place: str) -> list[Entry]:
        where: Where = {"open": True, "thread": entry.thread}
        open_ones = await self._store.find(ENTRIES, where, order="arrival", limit=1000)
        found = [e for e in open_ones if (e.seq or 0) < (entry.seq or 0) and e.handled and pending_at(e, place)]
        return sorted(found, key=lambda e: e.seq or 0)

    async def pending(self, entry: Entry, delivery: Delivery) -> bool:
        """Whether nobody has sent it meanwhile."""
        latest = await self._store.get(ENTRIES, entry.id)
        return latest is not None and any(d.id == delivery.id for d in pending_at(latest, delivery.place))

    async def record(self, id: str, ended: Delivery, more: Sequence[Delivery] = ()) -> Entry | None:
        """Write down how a Delivery ended, and those that take its way; whoever looks next sees it. Repeated while the

        Store is away. The Entry as it now stands."""
        while True:
            try:
                latest = await self._store.get(ENTRIES, id)
                if latest is None:
                    return None
                known = {d.id for d in latest.deliveries}
                latest = replace(latest, deliveries=(*latest.deliveries, *(d for d in more if d.id not in known)))
                await self._store.commit([Replace(ENTRIES, _with(latest, ended))])
                return await self._store.get(ENTRIES, id)
            except Conflict:
                continue
            except (RetryLater, Unknown) as away:
                _log.warning("not marked as sent yet", entry=id, error=str(away))
                await self._clock.sleep(1.0)


def _with(entry: Entry, ended: Delivery) -> Entry:
    deliveries = tuple(ended if d.id == ended.id else d for d in entry.deliveries)
    return replace(entry, deliveries=deliveries, **standing(deliveries))
