"""Trip: the plan that a Thread makes together, its earlier versions, and the moves of its status."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from booking.itinerary.texts import say
from booking.offers import Offer
from bot.documents import Index, Kind
from bot.errors import Explain
from bot.gazetteer import Spot
from bot.money import Money

TRIP = "trip"
"""The key in Thread.facts under which the id of the current Trip is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a plan must keep to (all hard but `likes`). `budget`: for all travelers together, in the trip's money.

    `must`/`avoid`/`likes`: tags or words of titles. `not_before`/`not_after`: local, for stops and rides alike.
    `minutes`: visits of one day together. `per_day`/`activities`: least number of activities and events
    on each day / in the trip.
    """

    budget: Money | None = None
    must: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    not_before: time | None = None
    not_after: time | None = None
    minutes: int | None = None
    per_day: int = 0
    activities: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing on the plan. `role`: arrive, leave, ride, stay, see, eat or idea.

    `starts_at`/`ends_at` are UTC, shown in `zone` and `until_zone`. `offer` is the search result it stands
    for; only an idea has none. A locked item never changes by itself, and one that is `booked` (the number of its
    Booking) not until that is cancelled. `selling`: the id of the Checkout in which it is being paid for, set
    when a trip is read and never stored (itinerary/selling.py); such a one does not change by itself either.
    """

    id: str
    role: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    until_zone: str = ""
    offer: Offer | None = None
    locked: bool = False
    note: str = ""
    booked: str = ""
    selling: str = ""

    @property
    def fixed(self) -> bool:
        """Whether a change of other things leaves it as it is."""
        return self.locked or bool(self.selling)

    @property
    def begins(self) -> datetime:
        """When it starts, in local time."""
        return self.starts_at.astimezone(ZoneInfo(self.zone))

    @property
    def finishes(self) -> datetime:
        """When it ends, in the local time of where it ends."""
        return self.ends_at.astimezone(ZoneInfo(self.until_zone or self.zone))

    @property
    def price(self) -> Money | None:
        """The total for the whole party, None if free or unknown."""
        return self.offer.price if self.offer else None

    def at(self, start: datetime, end: datetime) -> "Item":
        """The same item at another time."""
        return replace(self, starts_at=start.astimezone(UTC), ends_at=end.astimezone(UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """One minor unit of `base` is numerator/denominator minor units of `quote`; id `"{base}:{quote}"`."""

    id: str
    base: str
    quote: str
    numerator: int
    denominator: int
    source: str
    fetched_at: datetime
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day of a plan, items in order of time. `theme`/`avoid`: words that hold for this day alone."""

    date: date
    items: tuple[Item, ...] = ()
    theme: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    weather: Offer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All that people see and edit of a Trip; two plans are the same if they encode to the same bytes.

    `stays`: hotels from check-in to check-out. `aside`: items that lost their day and wait for another.
    `missing`/`assumed`: sentences on what could not be found and what was taken for granted.
    `made`: how many item ids were ever given. `rates`: with which other money was counted.
    """

    title: str
    destination: Spot
    start: date
    days: tuple[Day, ...]
    travelers: int
    currency: str
    origin: Spot | None = None
    rooms: int = 1
    wishes: Wishes = Wishes()
    per_person: bool = True
    stays: tuple[Item, ...] = ()
    aside: tuple[Item, ...] = ()
    missing: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    status: str = "draft"
    type: str = "travel"
    made: int = 0
    rates: tuple[Rate, ...] = ()

    @property
    def zone(self) -> str:
        """The IANA time zone of the destination."""
        return self.destination.tz

    @property
    def end(self) -> date:
        """The last day."""
        return self.days[-1].date

    def items(self) -> Iterator[Item]:
        """Every planned item once: stays, then day by day."""
        yield from self.stays
        for day in self.days:
            yield from day.items

    def item(self, id: str) -> Item | None:
        """The item of that id, set aside or not, or None."""
        return next((i for i in (*self.items(), *self.aside) if i.id == id), None)

    def day_of(self, id: str) -> int | None:
        """Index of the day an item is on, or None."""
        return next((n for n, day in enumerate(self.days) if any(i.id == id for i in day.items)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """A Thread's plan as stored. `revision` counts its changes; `past`: ids of TripVersions, oldest first."""

    id: str
    thread: str
    plan: Plan
    made_at: datetime
    revision: int = 1
    past: tuple[str, ...] = ()
    persona: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TripVersion:
    """A plan as it was before a change: `why` says which, `by` who made it. Id `"{trip}:{revision}"`."""

    id: str
    trip: str
    plan: Plan
    at: datetime
    why: str = ""
    by: str = ""
    version: int = 0


TRIPS = Kind("trips", Trip, (Index(("thread",)),))
RATES = Kind("rates", Rate)
TRIP_VERSIONS = Kind("trip_versions", TripVersion, (Index(("trip",)),))

STATUS_MOVES: dict[str, tuple[str, ...]] = {
    "draft": ("expert_review", "confirmed", "cancelled"),
    "expert_review": ("draft", "confirmed", "cancelled"),
    "confirmed": ("expert_review", "completed", "cancelled"),
    "completed": (),
    "cancelled": (),
}


def moved(plan: Plan, to: str) -> Plan:
    """The plan in another status. Explain if that move is not in STATUS_MOVES."""
    if to not in STATUS_MOVES[plan.status]:
        raise Explain(say("no_such_move", status=say(f"status_{plan.status}"), to=say(f"status_{to}")))
    return replace(plan, status=to)
