"""The doors of booking: what can be searched, where offers come from, who puts them in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Protocol

from booking.offers import Offer, OfferKind, Term
from bot.errors import Explain
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
    """What a supplier keeps for us. `state`: held, lapsed (a hold that ran out), confirmed, cancelled.

    `code`: the supplier's own reference. `key`: our request key. A hold has two clocks: `until` the space is kept,
    until `price_until` the price. `terms`: what cancelling costs, as sold. `refund`: what a cancellation gives back.
    """

    code: str
    key: str
    ref: str
    state: str
    price: Money
    at: datetime
    until: datetime | None = None
    price_until: datetime | None = None
    terms: tuple[Term, ...] = ()
    refund: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelQuote:
    """What a supplier gives back if its order is cancelled before `until`; only its newest quote can be confirmed."""

    id: str
    code: str
    price: Money
    refund: Money
    until: datetime


class AllSilent(Explain):
    """No supplier answered a search, and there is no earlier answer. `suppliers`: the names of those asked."""

    def __init__(self, suppliers: Sequence[str], text: str) -> None:
        super().__init__(text)
        self.suppliers = tuple(suppliers)


class SoldOut(Exception):
    """The supplier has none left, or no longer knows the reference; the argument is the reference.

    `standing`: how it stands, for who has it held; None if that is not known."""

    def __init__(self, ref: str, standing: Offer | None = None) -> None:
        super().__init__(ref)
        self.standing = standing


class TooFew(SoldOut):
    """There are some left, and not enough for the party; `offer`: how it stands."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(offer.ref, offer)
        self.offer = offer


class CannotHold(Exception):
    """The supplier keeps this for nobody who has not paid; the argument is the reference."""


class QuoteOver(Exception):
    """A cancellation needs a new quote: this one has run out or was replaced; the argument is its id."""


class InventoryProvider(Protocol):
    """A supplier; its references begin with `"{code}:"` and `name` is the source that people read.

    All calls raise RetryLater (nothing took effect), Unknown (no answer: look up before you repeat) or Undeliverable
    (it will never be done; also a request key that was used with other content). The same key again gives the same
    answer and orders nothing more."""

    code: str
    name: str
    kinds: frozenset[OfferKind]

    async def search(self, wish: Search) -> tuple[Offer, ...]:
        """Offers for a wish, at most 50, in no order, all with room for the party; none is an answer."""
        ...

    async def reprice(self, ref: str) -> Offer:
        """The offer as it stands now. SoldOut if it cannot be had any more, TooFew if not for so many."""
        ...

    async def for_party(self, ref: str, travelers: int) -> Offer:
        """The same for another party, as it stands now; rooms as many as they need. SoldOut; TooFew."""
        ...

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        """Have it kept unpaid at exactly that total. SoldOut; CannotHold; AskAgain("price"|"names", ...)."""
        ...

    async def confirm(self, code: str, *, key: str, price: Money) -> Reservation:
        """Book what is held, at exactly that total: the held one until the price clock, then today's.

        SoldOut if the hold has lapsed or was let go; AskAgain("price", ...) if the price is another one."""
        ...

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        """Book it at once at exactly that total. SoldOut; AskAgain("price"|"names", ...)."""
        ...

    async def quote_cancel(self, code: str, *, key: str) -> CancelQuote:
        """What cancelling now gives back, by the terms it was sold under. SoldOut for an unknown or cancelled code."""
        ...

    async def cancel(self, code: str, *, key: str, quote: str = "") -> Reservation:
        """Give it back: a hold without a quote, an order by its newest quote, else QuoteOver.

        Cancelling what is cancelled gives the same answer. SoldOut for an unknown code."""
        ...

    async def look_up(self, key: str) -> Reservation | None:
        """What became of a request key of `hold`, `confirm` or `reserve`, as it stands now: a hold whose price is no

        longer promised is told at today's."""
        ...


class Sellable(Protocol):
    """What a line of a cart may be, whoever sells it: an offer of a supplier, later a consultation.

    `ref` says whose it is. Errors as InventoryProvider; no answer in time is Unknown, for a look RetryLater."""

    async def quote(self, ref: str) -> Offer:
        """How it stands now. SoldOut."""
        ...

    async def for_party(self, ref: str, travelers: int) -> Offer:
        """The same for another party, as it stands now. SoldOut."""
        ...

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        """Keep it unpaid. SoldOut; CannotHold; AskAgain."""
        ...

    async def confirm(
        self, ref: str, *, key: str, names: Sequence[str], price: Money, held: str = "", again: bool = False
    ) -> Reservation:
        """Book it at that price, from the hold of that code if there is one. SoldOut; AskAgain("price").

        `again`: this key may have been used before; it is looked up first."""
        ...

    async def quote_cancel(self, ref: str, code: str, *, key: str) -> CancelQuote:
        """What cancelling gives back now. SoldOut."""
        ...

    async def cancel(self, ref: str, code: str, *, key: str, quote: str = "") -> Reservation:
        """Cancel by a quote, or let a hold go. QuoteOver; SoldOut."""
        ...

    async def look_up(self, ref: str, key: str) -> Reservation | None:
        """What became of a key, None if it never arrived."""
        ...


class Rank(Protocol):
    """Orders offers for a persona, best first, all of them kept; None means nobody in particular."""

    def __call__(self, persona: Persona | None, offers: Sequence[Offer]) -> Sequence[Offer]: ...
