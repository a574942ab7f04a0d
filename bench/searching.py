"""A first search against the same search cached, with the sandbox suppliers' usual delay and without any."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import perf_counter

from bench.figures import held, spread
from booking.inventory import Inventory
from booking.offers import OfferKind
from booking.ports import BusSearch, FlightSearch, HotelSearch, LocalSearch, Search, TransferSearch
from booking.providers.sandbox import DELAY, KINDS, Sandbox
from bot.clock import SystemClock
from bot.faults import FAULTS, StoredFaults
from bot.gazetteer import Gazetteer, Spot
from bot.storage.sqlite import SqliteStore

BAR = 20.0
TOWNS = ("Mombasa", "Kisumu", "Lisbon", "Tokyo", "Cape Town", "Paris", "Singapore", "Lima")


async def searches(rounds: int, delay: tuple[int, int]) -> tuple[list[float], list[float]]:
    """Milliseconds of first and of cached searches, one pair a round and kind, always a new town or day."""
    first, cached = [], []
    with tempfile.TemporaryDirectory(prefix="caravan-search-") as scratch:
        clock, store, atlas = SystemClock(), SqliteStore(scratch), Gazetteer()
        await store.open((FAULTS, *KINDS))
        sandbox = Sandbox(
            1, atlas=atlas, store=store, clock=clock, controls=StoredFaults(store, clock), delay=delay
        )  # fmt: skip
        inventory = Inventory(sandbox.suppliers, clock)
        for number in range(rounds):
            for wish in _wishes(atlas, TOWNS[number % len(TOWNS)], number, clock):
                first.append(await _timed(inventory, wish))
                cached.append(await _timed(inventory, wish))
        await store.close()
    return first, cached


async def _timed(inventory: Inventory, wish: Search) -> float:
    began = perf_counter()
    await inventory.search(wish)
    return (perf_counter() - began) * 1000


def _wishes(atlas: Gazetteer, name: str, number: int, clock: SystemClock) -> Iterator[Search]:
    home, town = _town(atlas, "Nairobi"), _town(atlas, name)
    day = clock.now().date() + timedelta(days=30 + number)
    yield FlightSearch(origin=home, destination=town, day=day, travelers=2)
    yield BusSearch(origin=home, destination=town, day=day, travelers=2)
    yield HotelSearch(city=town, check_in=day, check_out=day + timedelta(days=2), rooms=1, travelers=2)
    yield TransferSearch(start=town, end=town, day=day, travelers=2)
    for kind in (OfferKind.EVENT, OfferKind.ACTIVITY, OfferKind.RESTAURANT, OfferKind.WEATHER):
        yield LocalSearch(kind=kind, city=town, day=day, travelers=2)


def _town(atlas: Gazetteer, name: str) -> Spot:
    spot = atlas.find(name)
    assert spot is not None, name
    return spot


def measure_searches(rounds: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    say(f"search: {rounds} rounds of all eight kinds, each asked twice")
    for what, delay in (("sandbox suppliers as shipped", DELAY), ("suppliers that take no time", (0, 0))):
        first, cached = asyncio.run(searches(rounds, delay))
        ratios = [a / b for a, b in zip(first, cached, strict=True)]
        ratios.sort()
        verdict = held(ratios[len(ratios) // 2] >= BAR)
        say(f"  {what}: first {spread(first, 1)} ms, cached {spread(cached, 3)} ms")
        say(f"    first over cached {spread(ratios, 0)}, bar {BAR:.0f}: {verdict}")
