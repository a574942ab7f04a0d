"""From what people asked to what suppliers are asked: one Query for each search Capability."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from booking.asked import Asked
from booking.itinerary.words import stem
from booking.offers import OfferKind, written
from booking.ports import BusSearch, FlightSearch, HotelSearch, LocalSearch, Search, TransferSearch
from booking.texts import count, say
from bot.errors import AskAgain
from bot.gazetteer import Gazetteer, Spot
from bot.money import Money
from bot.names import fold
from bot.ports import Ask

_AIRPORTS = ("airport", "the airport")
_LOCAL = {
    OfferKind.EVENT: "search_events",
    OfferKind.ACTIVITY: "search_activities",
    OfferKind.RESTAURANT: "search_restaurants",
    OfferKind.WEATHER: "get_weather",
}
MOST_SEATS = 9
MOST_GUESTS = 27
MOST_VISITORS = 60
_IGNORED = frozenset(
    "and or with some good nice best food place places restaurant restaurants things the a to in of".split()
)
_SAME = {
    "hiking": "hike", "historical": "history", "cultural": "culture", "birding": "bird", "romance": "romantic",
    "party": "nightlife", "parties": "nightlife", "clubbing": "nightlife", "dancing": "dance", "relaxing": "wellness",
    "relaxation": "wellness", "relax": "wellness", "swimming": "beach", "snorkeling": "snorkelling",
    "elephants": "wildlife", "lions": "wildlife", "giraffes": "wildlife", "safari": "wildlife", "kids": "family",
    "children": "family", "cheap": "budget", "sports": "sport",
}  # fmt: skip


def most_of(kind: OfferKind) -> int:
    """The largest party that can be asked for."""
    rides = (OfferKind.FLIGHT, OfferKind.BUS)
    return MOST_SEATS if kind in rides else MOST_GUESTS if kind is OfferKind.HOTEL else MOST_VISITORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One list of offers: `where` and `when` say it to people; `wishes` are asked together."""

    where: str
    when: str
    wishes: tuple[Search, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A search as understood. `slots`: its arguments as JSON values; `budget`: the most for one unit."""

    intent: str
    kind: OfferKind
    slots: dict[str, Any] = field(default_factory=dict)
    legs: tuple[Leg, ...]
    budget: Money | None = None
    words: tuple[str, ...] = ()


class Queries:
    """Builds them; AskAgain for what cannot be searched."""

    def __init__(self, atlas: Gazetteer) -> None:
        self._atlas = atlas

    def flights(
        self, ask: Ask, *, origin: str, destination: str, departure_date: date, return_date: date | None = None,
        travelers: int = 1, budget: Money | None = None,
    ) -> Query:  # fmt: skip
        """There, and back if a day is given."""
        asked = Asked(self._atlas, ask.now)
        start, end = asked.way(origin, destination)
        leave = asked.day("departure_date", departure_date, start)
        back = asked.return_day(return_date, leave, end)
        people, currency = asked.people(travelers, MOST_SEATS), _currency(ask, asked.budget(budget))
        ways = [(start, end, leave), *([(end, start, back)] if back else [])]
        legs = tuple(
            _leg(a, b, day, FlightSearch(origin=a, destination=b, day=day, travelers=people, currency=currency))
            for a, b, day in ways
        )
        slots = _slots(
            origin=origin, destination=destination, departure_date=leave, return_date=back, travelers=people,
            budget=budget,
        )  # fmt: skip
        return Query(intent="search_flights", kind=OfferKind.FLIGHT, slots=slots, legs=legs, budget=budget)

    def buses(self, ask: Ask, *, origin: str, destination: str, departure_date: date, travelers: int = 1) -> Query:
        """One way."""
        asked = Asked(self._atlas, ask.now)
        start, end = asked.way(origin, destination)
        leave, people = asked.day("departure_date", departure_date, start), asked.people(travelers, MOST_SEATS)
        wish = BusSearch(origin=start, destination=end, day=leave, travelers=people, currency=_currency(ask))
        slots = _slots(origin=origin, destination=destination, departure_date=leave, travelers=people)
        return Query(intent="search_buses", kind=OfferKind.BUS, slots=slots, legs=(_leg(start, end, leave, wish),))

    def hotels(
        self, ask: Ask, *, location: str, check_in_date: date, check_out_date: date | None = None,
        nights: int | None = None, rooms: int | None = None, travelers: int = 1, budget: Money | None = None,
    ) -> Query:  # fmt: skip
        """A stay; one night and two people to a room unless said otherwise."""
        asked = Asked(self._atlas, ask.now)
        city = asked.place("location", location)
        arrive = asked.day("check_in_date", check_in_date, city)
        leave = asked.nights(arrive, check_out_date, nights)
        wanted, people = asked.rooms(rooms, asked.people(travelers, MOST_GUESTS))
        wish = HotelSearch(
            city=city, check_in=arrive, check_out=leave, rooms=wanted, travelers=people,
            currency=_currency(ask, asked.budget(budget)),
        )  # fmt: skip
        stay = count((leave - arrive).days, "night")
        leg = _leg_in(city, say("stay_from", day=written(arrive), nights=stay), (wish,))
        slots = _slots(
            location=location, check_in_date=arrive, check_out_date="", nights=(leave - arrive).days, rooms=rooms,
            travelers=people, budget=budget,
        )  # fmt: skip
        return Query(intent="search_hotels", kind=OfferKind.HOTEL, slots=slots, legs=(leg,), budget=budget)

    def transfers(
        self, ask: Ask, *, destination: str, origin: str | None = None, date: date | None = None, travelers: int = 1
    ) -> Query:
        """A ride; from the airport unless said otherwise, in an hour or at ten in the morning of a later day."""
        asked = Asked(self._atlas, ask.now)
        (start, said), (end, target) = self._ends(asked, origin, destination)
        people = asked.people(travelers, MOST_VISITORS)
        day, at = _pick_up(asked.day("date", date, start) if date else None, ask.now, start)
        wish = TransferSearch(
            start=start, end=end, day=day, origin=said, destination=target, at=at, travelers=people,
            currency=_currency(ask),
        )  # fmt: skip
        where = say("way", start=_named(start, said), end=_named(end, target))
        leg = Leg(where=where, when=say("ride_at", day=written(day), at=f"{at:%H:%M}"), wishes=(wish,))
        slots = _slots(destination=destination, origin=origin, date=day, travelers=people)
        return Query(intent="search_transfers", kind=OfferKind.TRANSFER, slots=slots, legs=(leg,))

    def local(
        self, ask: Ask, *, kind: OfferKind, location: str, date: date | None = None, travelers: int = 1,
        days: int = 1, tastes: str | None = None, cuisine: str | None = None,
    ) -> Query:  # fmt: skip
        """What a town has on a day; without one, on so many days from today."""
        asked = Asked(self._atlas, ask.now)
        city = asked.place("location", location)
        first = asked.day("date", date, city) if date else asked.today(city)
        people, wanted = asked.people(travelers, MOST_VISITORS), liked(tastes, cuisine)
        wishes = tuple(
            LocalSearch(
                kind=kind, city=city, day=first + timedelta(days=n), travelers=people, words=wanted,
                currency=_currency(ask),
            )
            for n in range(1 if date else days)
        )  # fmt: skip
        when = say("on_day" if len(wishes) == 1 else "days_from", day=written(first), count=len(wishes))
        party = None if kind is OfferKind.WEATHER else people
        slots = _slots(location=location, date=date, travelers=party, tastes=tastes, cuisine=cuisine)
        leg = _leg_in(city, when, wishes)
        return Query(intent=_LOCAL[kind], kind=kind, slots=slots, legs=(leg,), words=wanted)

    def _ends(self, asked: Asked, origin: str | None, destination: str) -> tuple[tuple[Spot, str], tuple[Spot, str]]:
        """The towns of both ends and what people call them; an address lies in the town of the other end."""
        end = self._end(destination)
        start = self._end(origin) if origin else None
        town = (end or start or (None,))[0]
        if town is None and fold(destination) in _AIRPORTS:
            raise AskAgain("origin", say("ride_from"))
        if town is None:
            town = asked.place("destination", destination)
        begin = start or (town, origin or ("" if "airport" in fold(destination) else "airport"))
        return begin, end or (town, destination.strip())

    def _end(self, said: str) -> tuple[Spot, str] | None:
        name, _, town = said.rpartition(",")
        spot = self._atlas.find(said) or (self._atlas.find(town) if name else None)
        if spot is None or spot.kind == "country" or fold(said) in _AIRPORTS:
            return None
        if "airport" in fold(said):
            return spot, "airport"
        return spot, "" if fold(said) == fold(spot.name) or not name else name.strip()


def liked(tastes: str | None, cuisine: str | None = None) -> tuple[str, ...]:
    """The words that say what somebody likes: "beaches and good hikes" is ("beach", "hike")."""
    words = [word for word in fold(tastes or "").split() if word not in _IGNORED]
    named = [cuisine.replace("_", " ")] if cuisine else []
    return tuple(dict.fromkeys([*(_SAME.get(word, stem(word)) for word in words), *named]))


def _named(spot: Spot, said: str) -> str:
    if said == "airport":
        return say("airport", place=spot.name)
    return f"{said}, {spot.name}" if said else spot.name


def _pick_up(day: date | None, now: datetime, there: Spot) -> tuple[date, time]:
    soon = now.astimezone(ZoneInfo(there.tz or "UTC")) + timedelta(minutes=75)
    soon = soon.replace(minute=soon.minute // 15 * 15, second=0, microsecond=0)
    if day is None or day <= soon.date():
        return soon.date(), soon.time()
    return day, time(10, 0)


def _leg(start: Spot, end: Spot, day: date, wish: Search) -> Leg:
    where, when = say("way", start=start.name, end=end.name), say("on_day", day=written(day))
    return Leg(where=where, when=when, wishes=(wish,))


def _leg_in(city: Spot, when: str, wishes: tuple[Search, ...]) -> Leg:
    return Leg(where=say("at_place", place=city.name), when=when, wishes=wishes)


def _currency(ask: Ask, budget: Money | None = None) -> str:
    return budget.currency if budget else ask.person.currency


def _slots(**values: Any) -> dict[str, Any]:
    return {name: _plain(value) for name, value in values.items() if value is not None}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.major} {value.currency}" if isinstance(value, Money) else value
