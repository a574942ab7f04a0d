"""What a network tells by a connection of ours: translated, appended in the order it came, however long that takes."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from itertools import count
from typing import Generic, TypeVar

import structlog

from bot.clock import Clock
from bot.model import Entry
from bot.patience import outlast, pause
from bot.ports import Inbox

E = TypeVar("E")
_BATCH = 200
_log = structlog.get_logger()


class Hearing(Generic[E]):
    """`translate` may ask the Store, and is asked again while that is away; what it cannot read is logged and left."""

    def __init__(self, clock: Clock, translate: Callable[[E], Awaitable[Sequence[Entry]]]) -> None:
        self._clock, self._translate = clock, translate
        self._waiting: asyncio.Queue[E] = asyncio.Queue()
        self.inbox: Inbox | None = None
        self.closing = False

    def put(self, event: E) -> None:
        """Something that was told just now; never waits, never raises."""
        self._waiting.put_nowait(event)

    async def work(self) -> None:
        """Take what waits, for ever; Places do not wait for each other."""
        while True:
            batch = [await self._waiting.get()]
            while not self._waiting.empty() and len(batch) < _BATCH:
                batch.append(self._waiting.get_nowait())
            places: dict[str, list[Entry]] = {}
            for event in batch:
                for entry in await self.told(event):
                    places.setdefault(entry.place, []).append(entry)
            await asyncio.gather(*(self.append(entries) for entries in places.values()))

    async def told(self, event: E) -> Sequence[Entry]:
        """The Entries of an event, whatever it holds."""
        try:
            return await outlast(self._clock, partial(self._translate, event), lambda: self.closing)
        except Exception:
            _log.exception("what a network told was not understood")
            return ()

    async def append(self, entries: Sequence[Entry]) -> None:
        """Until it is durable."""
        for attempt in count():
            try:
                if self.inbox is not None:
                    await self.inbox(entries)
                return
            except Exception as away:
                _log.warning("not stored yet", error=type(away).__name__, entries=len(entries))
            await self._clock.sleep(pause(attempt))
