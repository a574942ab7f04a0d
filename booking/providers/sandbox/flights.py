"""Flights of the sandbox: between any two towns with airports, a few a day."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from booking.geo import kilometres
from booking.offers import Offer, OfferKind, Venue
from booking.ports import FlightSearch, Search
from booking.providers.sandbox.land import Land
from booking.providers.sandbox.market import Moment, Seller, World, later, local, on_sale, span, zone
from booking.providers.sandbox.refs import Ref, day_key, read_day
from booking.providers.sandbox.sights import CARRIERS
from booking.providers.sandbox.terms import FLIGHT
from bot.gazetteer import Spot

# Kilometres: where people can drive, and from one island to the next.
_SHORTEST, _OVER_WATER = 90, 30
_MOST = 9


class Flights:
    """Parts of a reference: from, to, day, number of the flight; travellers, currency."""

    kind = OfferKind.FLIGHT

    def __init__(self, world: World) -> None:
        self._world, self._land = world, Land()

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, FlightSearch)
        if not wish.origin.airports or not wish.destination.airports or wish.travelers > _MOST:
            return
        start, end = wish.origin.airports[0], wish.destination.airports[0]
        currency = self._world.economy.currency(wish.currency, wish.origin.country)
        for number in range(8):
            yield start, end, day_key(wish.day), str(number), str(wish.travelers), currency

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        start, end, day, number, travelers, currency = ref.parts
        route = _Route(self._world, start, end, int(number))
        least = _SHORTEST if self._land.joined(route.start, route.end) else _OVER_WATER
        if route.far < least or not route.flies(seller, read_day(day)):
            return None
        return self._offer(seller, ref, moment, route, read_day(day), int(travelers), currency)

    def _offer(
        self, seller: Seller, ref: Ref, moment: Moment, route: "_Route", day: date, travelers: int, currency: str
    ) -> Offer | None:
        starts = local(day, route.leaves, zone(route.start))
        if not on_sale(starts, moment.at):
            return None
        unit, expires = self._world.price(seller, ref, moment, route.fare(starts, moment.at), currency, 40)
        rule = FLIGHT[not self._world.dice.chance(35, "refund", ref.stem)]
        hours = self._world.dice.pick(_HOLDS, "hold fare", ref.stem)
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=route.title, fetched_at=moment.at,
            venue=route.field(route.start, route.origin), until_venue=route.field(route.end, route.destination),
            starts_at=starts, ends_at=later(starts, route.minutes, zone(route.end)), expires_at=expires,
            price=unit * travelers, unit=unit, per="person", travelers=travelers, tags=route.tags,
            left=self._world.left(ref, moment, 40), conditions=(rule.text,), terms=rule.terms(unit * travelers, starts),
            holds=_before(starts, moment.at, 60 * hours), named=True,
            details=(("Duration", span(route.minutes)), ("Stops", _STOPS[route.stops]), ("Bags", route.bags)),
        )  # fmt: skip


_STOPS = ("nonstop", "1 stop", "2 stops")
# Hours for which a fare is held unpaid; some are not held at all.
_HOLDS = (0, 6, 6, 12, 12, 24, 24, 24)


def _before(starts: datetime, at: datetime, minutes: int) -> int:
    """Nothing is held in the last three days before departure."""
    return minutes if starts - at > timedelta(days=3) else 0


class _Route:
    """One daily flight between two airports; the same for every seller."""

    def __init__(self, world: World, origin: str, destination: str, number: int) -> None:
        self._dice = world.dice
        self._world = world
        self._key = (origin, destination, number)
        self.origin, self.destination, self.number = origin, destination, number
        self.start = _town(world, origin)
        self.end = _town(world, destination)
        self.far = kilometres(self.start, self.end)
        self.carrier = self._dice.pick(CARRIERS, "carrier", *self._key)
        self.stops = self._stops()
        self.minutes = (
            35 + round(self.far / 13.3 / 5) * 5 + self.stops * self._dice.number(18, 44, "wait", *self._key) * 5
        )

    @property
    def title(self) -> str:
        code = "".join(word[0] for word in self.carrier.split()[:2])
        return f"{self.carrier} {code} {self._dice.number(110, 989, 'code', *self._key)} {self._ends}"

    @property
    def _ends(self) -> str:
        return f"{self.start.name} ({self.origin}) → {self.end.name} ({self.destination})"

    @property
    def leaves(self) -> int:
        """Minutes after midnight: the day's flights are spread from six in the morning to half past nine."""
        step = 930 // self.daily
        return (360 + self.number * step + self._dice.number(0, max(5, step - 30), "leaves", *self._key)) // 5 * 5

    @property
    def daily(self) -> int:
        smaller = min(self.start.population, self.end.population)
        return next((n for n, people in ((3, 100_000), (4, 500_000), (6, 2_000_000)) if smaller < people), 8)

    @property
    def tags(self) -> tuple[str, ...]:
        cheap = "budget" if self._level < 95 else "luxury" if self._level > 115 else "comfort"
        return (cheap, "nonstop") if not self.stops else (cheap,)

    @property
    def bags(self) -> str:
        return "hand luggage only" if self._level < 95 else "1 bag of 23 kg"

    @property
    def _level(self) -> int:
        """Percent: the carrier's usual fare."""
        return self._dice.number(85, 125, "level", *self._key)

    def flies(self, seller: Seller, day: date) -> bool:
        if self.start.id == self.end.id or not 0 <= self.number < self.daily:
            return False
        rests = self.number > 1 and self._dice.chance(12, "rests", *self._key, day.weekday())
        return not rests and self._world.sells(seller, *self._key)

    def fare(self, starts: datetime, at: datetime) -> int:
        """US cents for one person: by distance, date and how soon it leaves."""
        base = 3800 + round(7 * min(self.far, 3000) + 4.2 * max(0.0, self.far - 3000))
        days = (starts - at).days
        soon = 140 if days < 7 else 115 if days < 21 else 100 if days < 60 else 90
        busy = 115 if starts.weekday() in (4, 6) else 100
        early = 90 if starts.hour < 8 else 100
        stops = 100 - 9 * self.stops
        factor = soon * busy * early * stops * self._level * self._world.season(self.end, starts.date())
        return base * max(70, min(150, factor // 10**10)) // 100

    def field(self, spot: Spot, code: str) -> Venue:
        airport = self._world.atlas.airfield(code)
        if airport is None:
            raise ValueError(code)
        return Venue(
            name=f"{airport.name} ({code})", city=spot.name, country=spot.country, lat=airport.lat,
            lon=airport.lon, zone=zone(spot), code=code,
        )  # fmt: skip

    def _stops(self) -> int:
        smaller = min(self.start.population, self.end.population)
        if self.far < 1500 or (self.far < 9000 and self.number == 0 and smaller > 300_000):
            return 0
        if self.far > 5000 and smaller < 300_000:
            return 1 + self._dice.chance(50, "stops", *self._key)
        return (
            1 if self.far > 12_000 else int(self._dice.chance(30 if smaller > 1_000_000 else 60, "stops", *self._key))
        )


def _town(world: World, code: str) -> Spot:
    spot = world.atlas.airport(code)
    if spot is None:
        raise ValueError(code)
    return spot
