"""Offer: one thing a supplier sells or knows, as it said so at one moment, whatever its kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.content import Fact
from bot.language import dated
from bot.money import Money


class OfferKind(StrEnum):
    """What an offer is."""

    FLIGHT = "flight"
    HOTEL = "hotel"
    BUS = "bus"
    TRANSFER = "transfer"
    EVENT = "event"
    ACTIVITY = "activity"
    RESTAURANT = "restaurant"
    WEATHER = "weather"


@dataclass(frozen=True, slots=True, kw_only=True)
class Venue:
    """Where something is, begins or ends: `zone` is its IANA time zone, `code` an airport's."""

    name: str
    city: str
    country: str
    lat: float
    lon: float
    zone: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from `opens` to `closes` local time on these weekdays (Monday is 0); `closes` <= `opens` ends next day."""

    days: tuple[int, ...]
    opens: time
    closes: time

    def on(self, day: date, zone: str) -> tuple[datetime, datetime] | None:
        """When it opens and closes on that day as aware times, or None if it stays closed."""
        if day.weekday() not in self.days:
            return None
        until = day + timedelta(days=1) if self.closes <= self.opens else day
        at = ZoneInfo(zone)
        return datetime.combine(day, self.opens, at), datetime.combine(until, self.closes, at)

    def __str__(self) -> str:
        return f"{_days(self.days)} {self.opens:%H:%M}–{self.closes:%H:%M}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A step of what cancelling costs: before `until` (aware) the supplier keeps `kept` of the price."""

    until: datetime
    kept: Money


def kept_of(terms: Sequence[Term], price: Money, at: datetime) -> Money:
    """What a supplier keeps of a price if it is cancelled then: the step that still holds, else everything."""
    step = min((t for t in terms if at < t.until), key=lambda t: t.until, default=None)
    return min(step.kept, price) if step else price


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An offer at `fetched_at`.

    `ref`: the supplier's key, with which it can be asked again. `price`: the TOTAL for what was asked (all
    `travelers`, `rooms` and `nights`); `unit`: the price of one `per` ("person", "room and night",
    "vehicle"). Both None: nothing to pay or nothing known. `estimated`: paid on the spot, not bookable at
    that price (restaurants, metered taxis). `starts_at`/`ends_at` are aware, in the zones of `venue` and
    `until_venue`; for a hotel check-in and check-out, for the weather the ends of the day. An activity or
    restaurant has `hours`, the `day` asked for and the usual `minutes` of a visit instead. `left`: seats, rooms or
    places. `rating`: 0 to 5. `details`: further facts as (label, value). The price holds until `expires_at`.
    `terms`: what cancelling costs step by step, as `conditions` say in words; after the last step everything.
    `holds`: minutes for which the supplier keeps it unpaid, 0 if it does not. `named`: it needs the travellers' names
    as on their documents.
    """

    kind: OfferKind
    ref: str
    supplier: str
    title: str
    venue: Venue
    fetched_at: datetime
    expires_at: datetime | None = None
    price: Money | None = None
    unit: Money | None = None
    per: str = ""
    estimated: bool = False
    travelers: int = 1
    rooms: int = 0
    nights: int = 0
    until_venue: Venue | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    hours: tuple[Hours, ...] = ()
    day: date | None = None
    minutes: int = 0
    tags: tuple[str, ...] = ()
    rating: float | None = None
    left: int | None = None
    conditions: tuple[str, ...] = ()
    details: tuple[tuple[str, str], ...] = ()
    unverified: bool = False
    terms: tuple[Term, ...] = ()
    holds: int = 0
    named: bool = False

    @property
    def bookable(self) -> bool:
        """Whether it can be bought from here: it has a firm price that is not paid on the spot."""
        return self.price is not None and self.price.minor > 0 and not self.estimated

    @property
    def reversible(self) -> bool:
        """Whether all of its price came back if it were cancelled at once."""
        return self.price is not None and kept_of(self.terms, self.price, self.fetched_at).minor == 0

    @property
    def needs(self) -> int:
        """How many of what is `left` the party takes: rooms, one vehicle, else a place for each."""
        if self.kind is OfferKind.HOTEL:
            return self.rooms
        return 1 if self.per == "vehicle" else self.travelers

    @property
    def roomy(self) -> bool:
        """Whether there are enough left for the party, as far as its supplier says."""
        return self.left is None or self.left >= self.needs

    @property
    def product(self) -> tuple[object, ...]:
        """What is sold, whoever sells it: equal for the same flight or room of two suppliers."""
        return self.kind, self.title, self.venue.name, self.starts_at, self.ends_at

    @property
    def when(self) -> str:
        """The moment it begins as people write it, of what has none its day; "" if it has neither."""
        if self.starts_at is not None:
            return moment(self.starts_at)
        return written(self.day) if self.day is not None else ""

    def open_on(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        """The aware spans in which it is open on that local day; empty if closed or if it has no hours."""
        spans = (h.on(day, self.venue.zone) for h in self.hours)
        return tuple(sorted(s for s in spans if s))

    def fits(self, start: datetime, end: datetime) -> bool:
        """Whether a visit from start to end lies within its opening hours (the day's or the night before's)."""
        day = start.astimezone(ZoneInfo(self.venue.zone)).date()
        spans = self.open_on(day) + self.open_on(day - timedelta(days=1))
        return any(opens <= start and end <= closes for opens, closes in spans)

    def expired(self, now: datetime) -> bool:
        """Whether its price must be asked again."""
        return self.expires_at is not None and now >= self.expires_at

    def detail(self, label: str) -> str:
        """A further fact by label, "" if there is none."""
        return next((value for name, value in self.details if name == label), "")

    def refunds(self) -> Iterator[tuple[str, Money]]:
        """(local moment, what comes back of the price until then) for each of its terms still to come, in order."""
        for term in sorted(self.terms, key=lambda t: t.until):
            if self.price is not None and term.until > self.fetched_at:
                yield moment(term.until.astimezone(ZoneInfo(self.venue.zone))), self.price - term.kept

    def to_facts(self) -> tuple[Fact, ...]:
        """Everything it claims, each with its source, reference and age. The first is the price, if it has one."""
        return tuple(self._facts())

    def _facts(self) -> Iterator[Fact]:
        if self.price:
            yield self._amount("About" if self.estimated else "Price", self.price)
        if self.unit and self.unit != self.price:
            yield self._amount(f"Per {self.per}", self.unit)
        back = [(f"Back until {until}", str(amount)) for until, amount in self.refunds()]
        for label, value in (*back, *self._lines()):
            yield Fact(label=label, value=value, source=self.supplier, ref=self.ref, fetched_at=self.fetched_at)

    def _lines(self) -> Iterator[tuple[str, str]]:
        begins, ends = _ENDS.get(self.kind, ("Starts", "Ends"))
        if self.starts_at and self.kind is not OfferKind.WEATHER:
            yield begins, moment(self.starts_at)
        if self.ends_at and self.kind is not OfferKind.WEATHER:
            yield ends, moment(self.ends_at)
        if self.hours:
            yield "Open", ", ".join(str(h) for h in self.hours)
        if self.rating is not None:
            yield "Rating", f"{self.rating:.1f} of 5"
        if self.left is not None:
            yield "Left", str(self.left)
        if self.holds:
            yield "Held unpaid", f"up to {_span(self.holds)}"
        yield from self.details

    def _amount(self, label: str, money: Money) -> Fact:
        return Fact(
            label=label, value=str(money) if money.minor else "free", minor=money.minor, currency=money.currency,
            source=self.supplier, ref=self.ref, fetched_at=self.fetched_at,
        )  # fmt: skip


_ENDS = {
    OfferKind.FLIGHT: ("Departs", "Arrives"),
    OfferKind.BUS: ("Departs", "Arrives"),
    OfferKind.TRANSFER: ("Pick-up", "Arrives"),
    OfferKind.HOTEL: ("Check-in", "Check-out"),
}
_WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def _days(days: tuple[int, ...]) -> str:
    if len(days) == 7:
        return "daily"
    if len(days) > 2 and list(days) == list(range(days[0], days[-1] + 1)):
        return f"{_WEEK[days[0]]}–{_WEEK[days[-1]]}"
    return " ".join(_WEEK[d] for d in days)


def _span(minutes: int) -> str:
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h"


def written(day: date) -> str:
    """A day as people write it: "Fri 12 Mar 2027"."""
    return dated(day, "%a %d %b %Y", "%A, %d %B %Y")


def moment(at: datetime) -> str:
    """A local moment as people write it: "Fri 12 Mar 2027 07:30 EAT"."""
    return dated(at, "%a %d %b %Y %H:%M %Z", "%A, %d %B %Y %H:%M %Z")
