"""One offer, line or booking with nothing around it: for tests of what a single step of buying leads to."""

from datetime import UTC, datetime, timedelta
from typing import Any

from booking.offers import Offer, OfferKind, Venue
from booking.sale.bookings import Booking, Move, number_of
from booking.sale.cart import Line
from bot.model import Member, Person, Thread
from bot.money import Money
from bot.ports import Ask

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
BEACH = Venue(name="Beach", city="Mombasa", country="KE", lat=-4.0, lon=39.7, zone="Africa/Nairobi", code="MBA")
HILL = Venue(name="Hill", city="Nairobi", country="KE", lat=-1.3, lon=36.8, zone="Africa/Nairobi", code="NBO")


def kes(minor: int) -> Money:
    return Money(minor, "KES")


def offer(n: int = 1, minor: int = 10_000, currency: str = "KES", **more: Any) -> Offer:
    """The n-th offer, a room at the beach unless `more` says otherwise."""
    told: dict[str, Any] = {"kind": OfferKind.HOTEL, "rooms": 1, "nights": 2, **more}
    return Offer(
        ref=f"o{n}", supplier="Shore", title=f"Room {n}", venue=told.pop("venue", BEACH), fetched_at=NOW,
        price=Money(minor, currency), **told,
    )  # fmt: skip


def line(n: int = 1, of: Offer | None = None) -> Line:
    return Line(id=f"l{n}", offer=of or offer(n), by="ana", at=NOW)


def booking(n: int = 1, state: str = "confirmed", of: Offer | None = None, **more: Any) -> Booking:
    """The n-th booking of the checkout "k"; its price is the offer's."""
    about = of or offer(n)
    assert about.price is not None
    told: dict[str, Any] = {"checkout": "k", "organiser": "ana", "price": about.price, **more}
    moves = tuple(Move(at=NOW, before="", to=state, cause="e", by="ana") for _ in range(state == "cancelling"))
    return Booking(
        id=f"b{n}", thread="trip", number=number_of(f"b{n}"), offer=about, at=NOW + timedelta(seconds=n),
        state=state, history=moves, code=f"S{n}", **told,
    )  # fmt: skip


def ask(person: str = "ana", *here: str, **more: Any) -> Ask:
    """A person of a trip asks; `here`: who else is."""
    members = tuple(Member(person=name, name=name.title(), joined_at=NOW) for name in here or ("ana", "ben"))
    thread = Thread(id="trip", members=members)
    return Ask(person=Person(id=person, name=person.title()), thread=thread, now=NOW, key="look", **more)
