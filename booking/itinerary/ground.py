"""Getting around: how long it takes between two points, and what an arrival or departure leaves of a day."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from math import ceil
from zoneinfo import ZoneInfo

from booking.geo import kilometres
from booking.offers import Offer, OfferKind, Venue
from booking.trips import Wishes

DAY_BEGINS = time(5, 0)
"""A day of a trip runs from five in the morning to five in the next."""
SETTLE = {OfferKind.FLIGHT: 45, OfferKind.BUS: 15}
"""Minutes from arrival until one is on the way to the first stop."""
EARLY = {OfferKind.FLIGHT: 120, OfferKind.BUS: 30}
"""Minutes before departure at which one must be there."""

_SAME_PLACE_KM = 0.05
_TOWN_KM, _TOWN_KMH, _ROAD_KMH = 20.0, 25.0, 60.0
_SETTING_OUT = 10


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east."""

    lat: float
    lon: float


def point(venue: Venue) -> Point:
    """Where a venue is."""
    return Point(venue.lat, venue.lon)


@lru_cache(maxsize=65536)
def travel_minutes(a: Point | None, b: Point | None) -> int:
    """Minutes on the way: ten to set out, then 25 km/h in town (20 km) and 60 km/h beyond. 0 at the same place."""
    km = kilometres(a, b) if a and b else 0.0
    if km < _SAME_PLACE_KM:
        return 0
    hours = min(km, _TOWN_KM) / _TOWN_KMH + max(km - _TOWN_KM, 0.0) / _ROAD_KMH
    return _SETTING_OUT + ceil(hours * 60)


@dataclass(frozen=True, slots=True)
class Window:
    """When one is free on a day, in minutes since 1970 UTC; `before`/`after`: where one comes from and must be."""

    opens: int
    closes: int
    before: Point | None = None
    after: Point | None = None


def minute(at: datetime) -> int:
    """Whole minutes since 1970 UTC, rounded up."""
    return -int(-at.timestamp() // 60)


def instant(minutes: int) -> datetime:
    """The inverse of `minute`."""
    return datetime.fromtimestamp(minutes * 60, UTC)


def local(day: date, at: time, zone: str) -> datetime:
    """A local time of a trip's day; before five it belongs to the night that follows."""
    return datetime.combine(day + timedelta(days=at < DAY_BEGINS), at, ZoneInfo(zone))


def window(day: date, zone: str, wishes: Wishes, now: datetime) -> Window | None:
    """A day without arrival or departure: five to five, or as wished, and never in the past."""
    opens = max(minute(local(day, wishes.not_before or DAY_BEGINS, zone)), minute(now))
    night = datetime.combine(day + timedelta(days=1), DAY_BEGINS, ZoneInfo(zone))
    closes = minute(local(day, wishes.not_after, zone)) if wishes.not_after else minute(night)
    return Window(opens, closes) if opens < closes else None


def after_arrival(free: Window | None, out: Offer | None) -> Window | None:
    """What is left of a day when one arrives by that offer."""
    if free is None or out is None or out.ends_at is None:
        return free
    opens = minute(out.ends_at) + SETTLE.get(out.kind, 0)
    if opens <= free.opens:
        return free
    return _left(Window(opens, free.closes, point(out.until_venue or out.venue), free.after))


def before_departure(free: Window | None, back: Offer | None) -> Window | None:
    """What is left of a day when one departs by that offer."""
    if free is None or back is None or back.starts_at is None:
        return free
    closes = minute(back.starts_at) - EARLY.get(back.kind, 0)
    if closes >= free.closes:
        return free
    return _left(Window(free.opens, closes, free.before, point(back.venue)))


def _left(free: Window) -> Window | None:
    return free if free.opens < free.closes else None


def connects(out: Offer | None, back: Offer | None) -> bool:
    """Whether one can arrive by `out` and still leave by `back`."""
    if out is None or back is None or out.ends_at is None or back.starts_at is None:
        return True
    needed = SETTLE.get(out.kind, 0) + EARLY.get(back.kind, 0)
    return back.starts_at - out.ends_at >= timedelta(minutes=needed)
