"""The doors of booking: what can be searched, where offers come from, who puts them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from booking.offers import Offer, OfferKind
from bot.gazetteer import Spot
from bot.model import Persona
from bot.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightSearch:
    """One way on a day, for a party; a return is a second search.

    In every search `currency` is the one to quote in (ISO 4217); "" leaves it to the supplier."""

    origin: Spot
    destination: Spot
    day: date
    travelers: int = 1
    currency: str = ""
    kind: OfferKind = OfferKind.FLIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class BusSearch:
    """One way on a day, for a party."""

    origin: Spot
    destination: Spot
    day: date
    travelers: int = 1
    currency: str = ""
    kind: OfferKind = OfferKind.BUS


@dataclass(frozen=True, slots=True, kw_only=True)
class HotelSearch:
    """Rooms from check-in to check-out day."""

    city: Spot
    check_in: date
    check_out: date
    rooms: int = 1
    travelers: int = 1
    currency: str = ""
    kind: OfferKind = OfferKind.HOTEL


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferSearch:
    """A ride on a day, picked up at `at` local time. `origin` and `destination` are how people call the two
    ends ("airport", an address); "" is the centre of `start` or `end`, which may be the same town."""

    start: Spot
    end: Spot
    day: date
    origin: str = "airport"
    destination: str = ""
    at: time = time(10, 0)
    travelers: int = 1
    currency: str = ""
    kind: OfferKind = OfferKind.TRANSFER


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalSearch:
    """Events, activities, restaurants or the weather of a town on a day.

    `words`: tags, cuisines or words of a title; what has none of them is left out. None: everything.
    """

    kind: OfferKind
    city: Spot
    day: date
    travelers: int = 1
    words: tuple[str, ...] = ()
    currency: str = ""


Search = FlightSearch | BusSearch | HotelSearch | TransferSearch | LocalSearch


@dataclass(frozen=True, slots=True, kw_only=True)
class Reservation:
    """What a supplier holds for us. `state`: held, confirmed, cancelled. `key`: our request key."""

    code: str
    key: str
    ref: str
    state: str
    price: Money
    at: datetime


class SoldOut(Exception):
    """The supplier has none left, or no longer knows the reference; the argument is the reference."""


class InventoryProvider(Protocol):
    """A supplier; its references begin with `"{code}:"` and `name` is the source that people read.

    All calls raise RetryLater (nothing took effect) or Unknown (no answer: look up before you repeat)."""

    code: str
    name: str
    kinds: frozenset[OfferKind]

    async def search(self, wish: Search) -> tuple[Offer, ...]:
        """Offers for a wish, at most 50, in no order, all with room for the party; none is an answer."""
        ...

    async def reprice(self, ref: str) -> Offer:
        """The offer as it stands now. SoldOut if it cannot be had any more."""
        ...

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        """Book it at exactly that total. The same key again gives the same Reservation.

        SoldOut; AskAgain("price", ...) if the price is another one."""
        ...

    async def cancel(self, code: str, *, key: str) -> Reservation:
        """Give it back. Cancelling what is cancelled gives the same answer. SoldOut for an unknown code."""
        ...

    async def look_up(self, key: str) -> Reservation | None:
        """What became of a request key."""
        ...


class Rank(Protocol):
    """Orders offers for a persona, best first, all of them kept; None means nobody in particular."""

    def __call__(self, persona: Persona | None, offers: Sequence[Offer]) -> Sequence[Offer]: ...
