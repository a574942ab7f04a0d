"""How far a Place was heard before we were away, for networks whose history can be read."""

from bot.model import ENTRIES, PLACES
from bot.ports import Store

_BACK = 200


async def last_stored(store: Store, id: str) -> int:
    """The largest of the network's own message ids (numbers) that is stored from a Place, 0 if there is none."""
    place = await store.get(PLACES, id)
    start, last = f"{id}:message:", 0
    for thread in {place.thread, place.focus} - {""} if place else ():
        for entry in await store.find(ENTRIES, {"thread": thread}, order="-arrival", limit=_BACK):
            native = entry.id.removeprefix(start) if entry.id.startswith(start) else ""
            last = max(last, int(native) if native.isdecimal() else 0)
    return last
