"""A small world for planning: shelves of offers behind a real supplier's door, people who ask, and a Store."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from booking.inventory import Inventory
from booking.itinerary.editing import TripEditing
from booking.itinerary.keeping import PROPOSALS, Proposal
from booking.itinerary.planning import TripPlanning
from booking.itinerary.purse import StoredRates
from booking.offers import Hours, Offer, OfferKind, Venue
from booking.papers.desk import Desk as PaperDesk
from booking.ports import HotelSearch, LocalSearch, Reservation, Search, SoldOut, TransferSearch
from booking.sale.house import KINDS as SALE_KINDS
from booking.sale.travellers import Names
from booking.trips import RATES, TRIP_VERSIONS, TRIPS, Plan, Trip
from bot.errors import RetryLater
from bot.gazetteer import Gazetteer
from bot.model import BLOBS, ENTRIES, JOBS, Entry, Member, Person, Persona, Thread
from bot.money import Money
from bot.ports import Ask, Reply
from bot.sealed import Sealer
from bot.storage.sqlite.store import SqliteStore

NOW = datetime(2027, 1, 10, 9, 0, tzinfo=UTC)
MOMBASA, NAIROBI = (-4.05, 39.66), (-1.29, 36.82)
ZONE = "Africa/Nairobi"
DAILY = tuple(range(7))


@dataclass(slots=True)
class StillClock:
    """A clock that a test sets."""

    at: datetime = NOW
    ticks: int = 0

    def now(self) -> datetime:
        return self.at

    def tick(self) -> int:
        self.ticks += 1
        return self.ticks

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


def venue(name: str, at: tuple[float, float] = MOMBASA, city: str = "Mombasa") -> Venue:
    return Venue(name=name, city=city, country="KE", lat=at[0], lon=at[1], zone=ZONE)


def local(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(ZONE)) + timedelta(hours=hour, minutes=minute)


def price(amount: int | None, currency: str = "KES") -> Money | None:
    return None if amount is None else Money(amount * 100, currency)


@dataclass(slots=True)
class Shelf:
    """A supplier that has what a test put on it. It implements InventoryProvider."""

    code: str = "shelf"
    name: str = "Shelf (test)"
    kinds: frozenset[OfferKind] = frozenset(OfferKind)
    offers: list[tuple[OfferKind, object, Offer]] = field(default_factory=list)
    down: set[OfferKind] = field(default_factory=set)
    slow: set[OfferKind] = field(default_factory=set)

    async def search(self, wish: Search) -> tuple[Offer, ...]:
        if wish.kind in self.down:
            raise RetryLater(1.0)
        if wish.kind in self.slow:
            await asyncio.sleep(3600)
        return tuple(o for kind, key, o in self.offers if kind == wish.kind and key == key_of(wish))

    async def reprice(self, ref: str) -> Offer:
        raise SoldOut(ref)

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        raise SoldOut(ref)

    async def cancel(self, code: str, *, key: str) -> Reservation:
        raise SoldOut(code)

    async def look_up(self, key: str) -> Reservation | None:
        return None

    def put(self, key: object, offer: Offer) -> Offer:
        self.offers.append((offer.kind, key, offer))
        return offer

    def ref(self) -> str:
        return f"{self.code}:{len(self.offers) + 1}"

    def ride(
        self, day: date, leaves: tuple[int, int], minutes: int, amount: int | None, *, back: bool = False,
        kind: OfferKind = OfferKind.BUS, left: int | None = None, currency: str = "KES", title: str = "",
    ) -> Offer:  # fmt: skip
        """One way Nairobi to Mombasa, or back."""
        start = local(day, *leaves)
        ends = venue("Station A", NAIROBI, "Nairobi"), venue("Station B")
        a, b = ends[::-1] if back else ends
        offer = Offer(
            kind=kind, ref=self.ref(), supplier=self.name, title=title or f"Coach {len(self.offers)}", venue=a,
            until_venue=b, fetched_at=NOW, price=price(amount, currency), starts_at=start,
            ends_at=start + timedelta(minutes=minutes), left=left, tags=("comfort",),
        )  # fmt: skip
        return self.put((day, back), offer)

    def hotel(
        self, first: date, last: date, amount: int | None, *, left: int | None = None, title: str = "",
        currency: str = "KES", tags: tuple[str, ...] = (),
    ) -> Offer:  # fmt: skip
        offer = Offer(
            kind=OfferKind.HOTEL, ref=self.ref(), supplier=self.name, title=title or f"Hotel {len(self.offers)}",
            venue=venue("Hotel street"), fetched_at=NOW, price=price(amount, currency), starts_at=local(first, 14),
            ends_at=local(last, 10), left=left, tags=tags,
        )  # fmt: skip
        return self.put((first, last), offer)

    def sight(
        self, days: Sequence[date], title: str, amount: int | None, *, minutes: int = 120,
        hours: tuple[Hours, ...] = (Hours(DAILY, time(8), time(18)),), tags: tuple[str, ...] = (),
        at: tuple[float, float] = MOMBASA, kind: OfferKind = OfferKind.ACTIVITY, left: int | None = None,
        estimated: bool = False,
    ) -> None:  # fmt: skip
        """An activity or restaurant that can be searched on these days; its hours say when it is open."""
        for day in days:
            self.put(day, Offer(
                kind=kind, ref=self.ref(), supplier=self.name, title=title, venue=venue(title, at), fetched_at=NOW,
                price=price(amount), hours=hours, minutes=minutes, tags=tags, left=left, estimated=estimated,
            ))  # fmt: skip

    def event(
        self, day: date, title: str, amount: int | None, starts: tuple[int, int], minutes: int,
        tags: tuple[str, ...] = (), at: tuple[float, float] = MOMBASA,
    ) -> None:  # fmt: skip
        start = local(day, *starts)
        self.put(day, Offer(
            kind=OfferKind.EVENT, ref=self.ref(), supplier=self.name, title=title, venue=venue(title, at),
            fetched_at=NOW, price=price(amount), starts_at=start, ends_at=start + timedelta(minutes=minutes), tags=tags,
        ))  # fmt: skip


def key_of(wish: Search) -> object:
    """Under which key a shelf keeps the answer to a search."""
    if isinstance(wish, LocalSearch):
        return wish.day
    if isinstance(wish, HotelSearch):
        return wish.check_in, wish.check_out
    if isinstance(wish, TransferSearch):
        return "transfer", wish.day
    return wish.day, wish.origin.name == "Mombasa"


def by_taste(persona: Persona | None, offers: Sequence[Offer]) -> Sequence[Offer]:
    """What a persona's tags say, then what is rated and cheap."""
    tastes = {**persona.tastes} if persona else {}
    for tag, weight in (persona.learned if persona else {}).items():
        tastes[tag] = tastes.get(tag, 0) + weight
    return sorted(offers, key=lambda o: (-sum(tastes.get(t, 0) for t in o.tags), -(o.rating or 0), _minor(o), o.title))


def _minor(offer: Offer) -> int:
    return offer.price.minor if offer.price else 0


class Desk:
    """Where a test sits: services over one Store, a thread with people, and the lane's part of the work."""

    def __init__(self, store: SqliteStore, clock: StillClock, shelf: object) -> None:
        self.store, self.clock = store, clock
        self.atlas = Gazetteer()
        suppliers = shelf if isinstance(shelf, tuple) else (shelf,)
        self.inventory = Inventory(suppliers, clock, deadline=1.0)
        self.planning = TripPlanning(store, self.inventory, self.atlas, by_taste, StoredRates(store))
        self.editing = TripEditing(store)
        names = Names(store, Sealer("a secret for tests"))
        self.papers = PaperDesk(store, names, self.atlas.towns, sandbox=True)
        self.person = Person(id="ana", name="Ana", currency="KES")
        self.thread = Thread(id="t1", members=(Member(person="ana", name="Ana", joined_at=NOW),))
        self.calls = 0

    def ask(self, persona: Persona | None = None, text: str = "") -> Ask:
        self.calls += 1
        entry = Entry(id=f"e{self.calls}", thread="t1", what="message", at=self.clock.now(), text=text)
        return Ask(
            person=self.person, thread=self.thread, now=self.clock.now(), key=f"k{self.calls}", persona=persona,
            entry=entry,
        )  # fmt: skip

    async def do(self, capability: str, *, persona: Persona | None = None, text: str = "", **args: Any) -> Reply:
        """Run a capability and commit what it changes, as the lane does."""
        services = (self.editing, self.papers, self.planning)
        service = next(s for s in services if hasattr(s, capability))
        reply: Reply = await getattr(service, capability)(self.ask(persona, text), **args)
        if reply.then:
            await self.commit(await self.editing.keep_trip(self.ask(persona), **reply.then.args))
        await self.commit(reply)
        return reply

    async def commit(self, reply: Reply) -> None:
        if reply.ops:
            await self.store.commit(reply.ops)
        if reply.thread is not None:
            self.thread = reply.thread

    async def trip(self) -> Trip:
        trip = await self.store.get(TRIPS, self.thread.facts["trip"])
        assert trip is not None
        return trip

    async def plan(self) -> Plan:
        return (await self.trip()).plan

    async def proposal(self, reply: Reply) -> Plan:
        assert reply.then is not None
        found = await self.store.get(PROPOSALS, reply.then.args["proposal"])
        assert isinstance(found, Proposal)
        return found.plan


async def open_store(folder: Path) -> SqliteStore:
    store = SqliteStore(folder)
    await store.open([TRIPS, TRIP_VERSIONS, RATES, PROPOSALS, BLOBS, JOBS, ENTRIES, *SALE_KINDS])
    return store
