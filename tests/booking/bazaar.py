"""A sandbox of suppliers to test with: a real store, a clock turned by hand, the real gazetteer."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from booking.inventory import Inventory
from booking.offers import OfferKind
from booking.ports import (
    BusSearch,
    FlightSearch,
    HotelSearch,
    InventoryProvider,
    LocalSearch,
    Search,
    TransferSearch,
)
from booking.providers.sandbox import KINDS, Sandbox
from booking.search import SearchService
from bot.faults import FAULTS, StoredFaults
from bot.gazetteer import Gazetteer, Spot
from bot.minds import LastCall
from bot.model import Person, Persona, Thread
from bot.ports import Ask
from bot.storage.sqlite import SqliteStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MARCH = date(2027, 3, 12)
ATLAS = Gazetteer()


class HandClock:
    """A clock that moves only when it is told; sleeping moves it too."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at
        self.slept = 0.0
        self._ticks = 0

    def now(self) -> datetime:
        return self.at

    def tick(self) -> int:
        self._ticks += 1
        return self._ticks

    async def sleep(self, seconds: float) -> None:
        self.slept += seconds


@dataclass(slots=True)
class Bazaar:
    """Everything that a search needs, in one place."""

    clock: HandClock
    store: SqliteStore
    faults: StoredFaults
    sandbox: Sandbox
    inventory: Inventory
    last: LastCall | None = None
    person: Person = field(default_factory=lambda: Person(id="p1", name="Ana", currency="KES"))

    @property
    def suppliers(self) -> dict[str, InventoryProvider]:
        return {supplier.code: supplier for supplier in self.sandbox.suppliers}

    @property
    def search(self) -> SearchService:
        return SearchService(self.inventory, ATLAS, self.what_was_last)

    async def what_was_last(self, thread: str) -> LastCall | None:
        return self.last

    def ask(self, persona: Persona | None = None) -> Ask:
        return Ask(person=self.person, thread=Thread(id="t1"), now=self.clock.now(), key="k1", persona=persona)

    def later(self, **ago: int) -> None:
        self.clock.at += timedelta(**ago)


@asynccontextmanager
async def opened(seed: int = 1, folder: Path | None = None) -> AsyncIterator[Bazaar]:
    """A bazaar with an own store, or on the folder of another one."""
    with tempfile.TemporaryDirectory() as own:
        clock, store = HandClock(), SqliteStore(folder or Path(own), alone=False)
        await store.open((FAULTS, *KINDS))
        try:
            faults = StoredFaults(store, clock)
            sandbox = Sandbox(seed, atlas=ATLAS, store=store, clock=clock, controls=faults)
            yield Bazaar(clock, store, faults, sandbox, Inventory(sandbox.suppliers, clock))
        finally:
            await store.close()


def town(name: str) -> Spot:
    found = ATLAS.find(name)
    assert found is not None, name
    return found


def wish(kind: OfferKind, city: str = "Mombasa", origin: str = "Nairobi", day: date = MARCH, people: int = 2) -> Search:
    """A usual wish of a kind."""
    here, there = town(origin), town(city)
    if kind is OfferKind.FLIGHT:
        return FlightSearch(origin=here, destination=there, day=day, travelers=people)
    if kind is OfferKind.BUS:
        return BusSearch(origin=here, destination=there, day=day, travelers=people)
    if kind is OfferKind.TRANSFER:
        return TransferSearch(start=there, end=there, day=day, travelers=people)
    if kind is OfferKind.HOTEL:
        rooms = -(-people // 2)
        return HotelSearch(city=there, check_in=day, check_out=day + timedelta(days=3), rooms=rooms, travelers=people)
    return LocalSearch(kind=kind, city=there, day=day, travelers=people)
