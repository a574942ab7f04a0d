"""What was said while we were away, for networks whose history can be read."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.documents import Range
from bot.errors import RetryLater, Undeliverable
from bot.model import ENTRIES, PLACES, THREADS
from bot.ports import Store

M = TypeVar("M")
# The messages of a Place after one of them, by their ids (numbers), oldest first; none when there are no more.
Page = Callable[[str, int], Awaitable[Sequence[tuple[int, M]]]]
_BACK, _DIRECT = 200, 500
_log = structlog.get_logger()


async def missed(store: Store, clock: Clock, place: str, page: Page[M], newest: int | None = None) -> AsyncIterator[M]:
    """What was said in a Place since the last that is stored; nothing where nothing is. `newest`: the id of the newest

    message, where that is known."""
    after = await last_stored(store, place) if newest != 0 else 0
    if not after or (newest is not None and newest <= after):
        return
    while True:
        try:
            found = await page(place, after)
        except RetryLater as busy:
            await clock.sleep(busy.after)
            continue
        except Undeliverable as closed:
            _log.warning("the history cannot be read", place=place, why=str(closed))
            return
        for id, message in found:
            after = max(after, id)
            yield message
        if not found:
            return


async def direct_places(store: Store, start: str) -> list[str]:
    """The direct conversations whose Place begins so."""
    threads = await store.find(THREADS, {"private": True}, limit=_DIRECT)
    return [place for thread in threads for place in thread.places if place.startswith(start)]


async def last_stored(store: Store, id: str) -> int:
    """The largest of the network's own message ids (numbers) that is stored from a Place, 0 if there is none."""
    place, start = await store.get(PLACES, id), f"{id}:message:"
    own = await store.find(ENTRIES, {"id": Range(gte=start, lt=f"{start}:")}, order="-id", limit=1)
    last = max((int(e.id.removeprefix(start)) for e in own if e.id.removeprefix(start).isdecimal()), default=0)
    for thread in {place.thread, place.focus} - {""} if place else ():
        for entry in await store.find(ENTRIES, {"thread": thread}, order="-arrival", limit=_BACK):
            native = entry.id.removeprefix(start) if entry.id.startswith(start) else ""
            last = max(last, int(native) if native.isdecimal() else 0)
    return last
