"""What was said while we were away is read from where a Place was last heard, whatever Thread it was in then."""

from collections.abc import Sequence
from pathlib import Path

from bot.clock import SystemClock
from bot.documents import Insert
from bot.model import ENTRIES, PLACES, Entry, Place
from bot.storage.sqlite import SqliteStore
from channels.missed import missed

HERE = "discord:main:5"


def said(number: int, thread: str, place: str = HERE) -> Insert[Entry]:
    at = SystemClock().now()
    return Insert(
        ENTRIES,
        Entry(id=f"{place}:message:{number}", thread=thread, what="message", at=at, place=place, arrival=number),
    )


async def page(place: str, after: int) -> Sequence[tuple[int, int]]:
    return [(n, n) for n in (1573, 1574, 1575) if n > after]


async def test_a_place_that_went_to_another_trip_is_heard_from_its_last_message_on(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path)
    await store.open((ENTRIES, PLACES))
    neighbours = [said(1579, "shared", "discord:main:50"), *(said(n, "shared", "slack:main:C") for n in range(300))]
    await store.commit([Insert(PLACES, Place(id=HERE, thread="shared")), said(1573, "own"), *neighbours])
    assert [m async for m in missed(store, SystemClock(), HERE, page)] == [1574, 1575]
    await store.close()
