"""What stands behind a network's message id: which Entry or Answer of ours people see there. Kept across restarts."""

import asyncio
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.documents import Index, Insert, Kind
from bot.errors import Conflict, RetryLater, Unknown
from bot.ports import Store

T = TypeVar("T")
_KEPT = 20_000
_BATCH = 200
_RECENT = 8
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPart:
    """One message of ours on a network. `id`: the network's id, unique over all networks; `place`: where it stands;

    `shown`: our id of the message (Entry or Answer). `made`: nanoseconds. `choices`: (number, token, label) of those
    that a person answers with a number."""

    id: str
    place: str
    shown: str
    made: int
    choices: tuple[tuple[int, str, str], ...] = ()
    version: int = 0


SHOWN_PARTS = Kind("shown_parts", ShownPart, (Index(("place", "made")),))


class ShownParts:
    """Remembers what was sent; for networks that name messages by ids of their own.

    What is noted is written in the background, before the "sent" mark of its Delivery, which is committed later."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock
        self._known: OrderedDict[str, ShownPart] = OrderedDict()
        self._last: OrderedDict[str, ShownPart | None] = OrderedDict()
        self._recent: OrderedDict[str, tuple[ShownPart, ...]] = OrderedDict()
        self._waiting: list[ShownPart] = []
        self._writer: asyncio.Task[None] | None = None

    def note(
        self, ids: Sequence[str], place: str, shown: str, choices: Sequence[tuple[int, str, str]] = (), *,
        kept: bool = True,
    ) -> None:  # fmt: skip
        """Messages that were just sent, oldest first; the choices stand under the last of them.

        `kept`: also after a restart; not needed for what nobody presses and what a network itself says is ours."""
        for id in ids:
            here = tuple(choices) if id == ids[-1] else ()
            part = ShownPart(id=id, place=place, shown=shown, made=self._clock.tick(), choices=here)
            _keep(self._known, id, part)
            _keep(self._last, place, part)
            _keep(self._recent, place, (*self._recent.get(place, ()), part)[-_RECENT:])
            if kept:
                self._waiting.append(part)
        if self._waiting and (self._writer is None or self._writer.done()):
            self._writer = asyncio.create_task(self._write())

    async def find(self, id: str) -> ShownPart | None:
        """The message of ours under that id, or None if it is not ours."""
        part = self._known.get(id)
        if part is None:
            part = await self._store.get(SHOWN_PARTS, id)
            if part is not None:
                _keep(self._known, id, part)
        return part

    async def taken(self, id: str, shown: str) -> bool:
        """Whether a message on the network is known as another one of ours than this."""
        part = await self.find(id)
        return part is not None and part.shown != shown

    async def last(self, place: str) -> ShownPart | None:
        """What we said last in a place."""
        if place not in self._last:
            found = await self._store.find(SHOWN_PARTS, {"place": place}, order="-made", limit=1)
            _keep(self._last, place, found[0] if found else None)
        return self._last[place]

    async def recent(self, place: str, most: int = _RECENT) -> list[ShownPart]:
        """What we said last in a place, newest first."""
        found = await self._store.find(SHOWN_PARTS, {"place": place}, order="-made", limit=most)
        known = {part.id: part for part in (*found, *self._recent.get(place, ()))}
        return sorted(known.values(), key=lambda part: part.made, reverse=True)[:most]

    async def close(self) -> None:
        """Write what waits."""
        if self._writer is not None:
            await self._writer

    async def _write(self) -> None:
        while self._waiting:
            batch = self._waiting[:_BATCH]
            del self._waiting[:_BATCH]
            await self._insert(batch)

    async def _insert(self, batch: Sequence[ShownPart]) -> None:
        try:
            await self._store.commit([Insert(SHOWN_PARTS, part) for part in batch], hurry=False)
        except Conflict:
            if len(batch) > 1:  # one is there already: the others count
                for part in batch:
                    await self._insert([part])
        except (RetryLater, Unknown) as away:
            _log.warning("not noted what was shown", parts=len(batch), error=str(away))


def _keep(kept: OrderedDict[str, T], id: str, part: T) -> None:
    kept[id] = part
    if len(kept) > _KEPT:
        kept.popitem(last=False)
