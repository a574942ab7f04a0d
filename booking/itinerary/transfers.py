"""Rides between airport and town, where a flight makes one useful."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from booking.itinerary.ground import EARLY, Point, Window, minute, point, travel_minutes
from booking.itinerary.supply import Outline
from booking.offers import Offer, OfferKind
from booking.ports import Search, TransferSearch

ARRIVING, LEAVING = "arriving", "leaving"
_OUT_OF_THE_AIRPORT = timedelta(minutes=45)


def transfer_searches(outline: Outline, out: Offer | None, back: Offer | None) -> list[tuple[object, Search]]:
    """What to ask for: a ride into town after a flight, one to the airport before the next."""
    found: list[tuple[object, Search]] = []
    if out and out.kind == OfferKind.FLIGHT and out.ends_at:
        at = _quarter(_here(out.ends_at, outline) + _OUT_OF_THE_AIRPORT)
        found.append((ARRIVING, _search(outline, at, "airport", "")))
    if back and back.kind == OfferKind.FLIGHT and back.starts_at:
        town = Point(outline.destination.lat, outline.destination.lon)
        drive = timedelta(minutes=EARLY[OfferKind.FLIGHT] + 2 * travel_minutes(town, point(back.venue)))
        at = _quarter(_here(back.starts_at, outline) - drive)
        found.append((LEAVING, _search(outline, at, "", "airport")))
    return found


def _search(outline: Outline, at: datetime, origin: str, destination: str) -> TransferSearch:
    return TransferSearch(
        start=outline.destination, end=outline.destination, day=at.date(), at=at.time(), origin=origin,
        destination=destination, travelers=outline.travelers, currency=outline.currency,
    )  # fmt: skip


def _here(at: datetime, outline: Outline) -> datetime:
    return at.astimezone(ZoneInfo(outline.destination.tz))


def _quarter(at: datetime) -> datetime:
    late = timedelta(minutes=-at.minute % 15)
    return (at + late).replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class Transferred:
    """The free time of all days once a ride is taken."""

    ride: Offer
    free: tuple[Window | None, ...]


def after_ride(ride: Offer, out: Offer, free: Sequence[Window | None]) -> Transferred | None:
    """Free time starts where and when the ride ends. None if the ride is too early for the flight."""
    if ride.starts_at is None or ride.ends_at is None or out.ends_at is None or ride.starts_at < out.ends_at:
        return None
    opens, here = minute(ride.ends_at), point(ride.until_venue or ride.venue)
    cut = (Window(max(w.opens, opens), w.closes, here if w.before else None, w.after) if w else None for w in free)
    return Transferred(ride, tuple(w if w and w.opens < w.closes else None for w in cut))


def before_ride(ride: Offer, back: Offer, free: Sequence[Window | None]) -> Transferred | None:
    """Free time ends where and when the ride starts. None if the ride is too late for the flight."""
    if ride.starts_at is None or ride.ends_at is None or back.starts_at is None:
        return None
    if back.starts_at - ride.ends_at < timedelta(minutes=EARLY[OfferKind.FLIGHT]):
        return None
    closes, there = minute(ride.starts_at), point(ride.venue)
    cut = (Window(w.opens, min(w.closes, closes), w.before, there if w.after else None) if w else None for w in free)
    return Transferred(ride, tuple(w if w and w.opens < w.closes else None for w in cut))
