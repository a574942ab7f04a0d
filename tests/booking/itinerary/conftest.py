"""A Store, a coast full of things to do, and a desk to plan at."""

import random
from collections.abc import AsyncIterator
from datetime import date, time
from pathlib import Path

import pytest

from booking.offers import Hours, OfferKind
from bot.storage.sqlite.store import SqliteStore
from tests.booking.itinerary.world import DAILY, MOMBASA, Desk, Shelf, StillClock, open_store

START = date(2027, 3, 12)
_SIGHTS = (
    ("Public Beach", 0, "beach nature", 8, 18, 120), ("Dhow Cruise", 4000, "beach romantic", 15, 20, 120),
    ("Snorkelling", 3000, "beach adventure", 8, 16, 150), ("Fort Museum", 1200, "museum history", 8, 18, 90),
    ("National Museum", 900, "museum culture", 9, 17, 90), ("Art Museum", 800, "museum art", 10, 18, 60),
    ("Old Town Walk", 500, "history culture", 8, 18, 120), ("Spice Market", 0, "food market", 7, 19, 60),
    ("Bird Park", 1500, "nature family", 8, 17, 90), ("Surf Lesson", 2500, "beach sport", 8, 17, 90),
    ("Jazz Lounge", 1000, "music nightlife", 19, 23, 90), ("Night Market", 0, "food nightlife", 18, 23, 60),
)  # fmt: skip


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await open_store(tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
def coast() -> Shelf:
    """Mombasa for ten days from START: rides, hotels for every stay, sights and kitchens."""
    return a_coast()


def a_coast() -> Shelf:
    shelf, rng = Shelf(), random.Random(3)
    days = [date.fromordinal(START.toordinal() + n) for n in range(10)]
    for first in days:
        for last in days:
            if first < last:
                nights = (last - first).days
                shelf.hotel(first, last, 4000 * nights, title="Palm Inn")
                shelf.hotel(first, last, 9000 * nights, title="Reef Resort")
        shelf.ride(first, (6, 0), 300, 1500, title="Morning Coach")
        shelf.ride(first, (7, 0), 65, 6000, title="Early Flight", kind=OfferKind.FLIGHT)
        shelf.ride(first, (20, 30), 480, 1500, back=True, title="Night Coach")
    for title, amount, tags, opens, closes, minutes in _SIGHTS:
        at = (MOMBASA[0] + rng.uniform(-0.03, 0.03), MOMBASA[1] + rng.uniform(-0.03, 0.03))
        hours = (Hours(DAILY, time(opens), time(closes)),)
        shelf.sight(days, title, amount, minutes=minutes, hours=hours, tags=tuple(tags.split()), at=at)
    for n in range(14):
        at = (MOMBASA[0] + rng.uniform(-0.02, 0.02), MOMBASA[1] + rng.uniform(-0.02, 0.02))
        hours = (Hours(DAILY, time(11, 30), time(22, 30)),)
        shelf.sight(days, f"Kitchen {n}", 600 + 100 * n, minutes=75, hours=hours, tags=("swahili",), at=at,
                    kind=OfferKind.RESTAURANT, estimated=True)  # fmt: skip
    return shelf


@pytest.fixture
def desk(store: SqliteStore, coast: Shelf) -> Desk:
    return Desk(store, StillClock(), coast)
