"""Coaches of the sandbox: within a country or to the next one, up to 900 km, never over water."""

from collections.abc import Iterator
from datetime import date

from booking.geo import kilometres
from booking.offers import Offer, OfferKind, Venue
from booking.ports import BusSearch, Search
from booking.providers.sandbox.borders import Borders
from booking.providers.sandbox.land import Land
from booking.providers.sandbox.market import Moment, Seller, World, later, local, on_sale, span, zone
from booking.providers.sandbox.refs import Ref, day_key, read_day
from booking.providers.sandbox.sights import COACHES
from booking.providers.sandbox.terms import BUS
from bot.gazetteer import Spot

_LEAVES = (390, 480, 600, 780, 930, 1230, 1320)
_CLASSES = (("Standard", 82, "budget"), ("Executive", 104, "comfort"), ("Sleeper", 128, "comfort"))
_NEAREST, _FARTHEST = 12, 900
_HELD = 2 * 60


class Buses:
    """Parts of a reference: from, to, day, number of the coach; travellers, currency."""

    kind = OfferKind.BUS

    def __init__(self, world: World) -> None:
        self._world = world
        self._borders, self._land = Borders(), Land()

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, BusSearch)
        currency = self._world.economy.currency(wish.currency, wish.origin.country)
        ends = self._world.places.key(wish.origin), self._world.places.key(wish.destination)
        for number in range(len(_LEAVES)):
            yield *ends, day_key(wish.day), str(number), str(wish.travelers), currency

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        start, end, day, _, travelers, currency = ref.parts
        origin, destination = self._world.places.spot(start), self._world.places.spot(end)
        if origin is None or destination is None or not self._drives(seller, ref, origin, destination):
            return None
        return self._offer(seller, ref, moment, (origin, destination), read_day(day), int(travelers), currency)

    def _drives(self, seller: Seller, ref: Ref, origin: Spot, destination: Spot) -> bool:
        far = kilometres(origin, destination)
        joined = self._borders.joined(origin.country, destination.country) and self._land.joined(origin, destination)
        if not _NEAREST <= far <= _FARTHEST or not joined:
            return False
        start, end, _, number, *_ = ref.parts
        return 0 <= int(number) < len(_LEAVES) and self._world.sells(seller, start, end, number)

    def _offer(
        self,
        seller: Seller,
        ref: Ref,
        moment: Moment,
        ends: tuple[Spot, Spot],
        day: date,
        travelers: int,
        currency: str,
    ) -> Offer | None:
        origin, destination = ends
        number = int(ref.parts[3])
        road = round(kilometres(origin, destination) * 1.25)
        minutes = (20 + road * 60 // 68 + road // 200 * 20) // 5 * 5
        starts = local(day, _LEAVES[number] + self._world.dice.number(0, 5, "leaves", *ref.parts[:2]) * 5, zone(origin))
        if not on_sale(starts, moment.at):
            return None
        comfort, percent, tag = _CLASSES[2 if number == 5 else self._world.dice.number(0, 1, "class", *ref.parts[:4:3])]
        cents = (350 + road * 5) * self._world.economy.level(origin.country) * percent // 10**4
        unit, expires = self._world.price(seller, ref, moment, cents, currency, 30)
        company = self._world.dice.pick(COACHES, "company", *ref.parts[:2], number)
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, fetched_at=moment.at, expires_at=expires,
            title=f"{company} {comfort} {origin.name} → {destination.name}",
            venue=self._station(origin), until_venue=self._station(destination),
            starts_at=starts, ends_at=later(starts, minutes, zone(destination)),
            price=unit * travelers, unit=unit, per="person", travelers=travelers, tags=(tag,),
            left=self._world.left(ref, moment, 44), conditions=(BUS.text,),
            terms=BUS.terms(unit * travelers, starts), holds=_HELD,
            details=(("Duration", span(minutes)), ("Class", comfort), ("Distance", f"{road} km")),
        )  # fmt: skip

    def _station(self, spot: Spot) -> Venue:
        return self._world.venue(spot, f"{spot.name} coach station", 12, "station", self._world.places.key(spot))
