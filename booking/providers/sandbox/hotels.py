"""Hotels of the sandbox: every town has some of each class."""

from collections.abc import Iterator
from datetime import date, timedelta

from booking.offers import Offer, OfferKind
from booking.ports import HotelSearch, Search
from booking.providers.sandbox.market import Moment, Seller, World, local, on_sale, zone
from booking.providers.sandbox.refs import Ref, day_key, read_day
from booking.providers.sandbox.sights import HOTEL_TITLES, HOTEL_WORDS, RESORT_TITLES
from booking.providers.sandbox.terms import hotel_rules
from bot.gazetteer import Spot

_CLASSES = (3, 2, 4, 1, 5, 3, 2, 4, 3, 1, 4, 2, 5, 3, 2, 4)
_CENTS = {1: 6200, 2: 8400, 3: 12500, 4: 20000, 5: 34000}
_LONGEST = 30
_PER_ROOM = 3


class Hotels:
    """Parts of a reference: town, number of the house, check-in; nights, rooms, travellers, currency."""

    kind = OfferKind.HOTEL

    def __init__(self, world: World) -> None:
        self._world = world

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, HotelSearch)
        nights = (wish.check_out - wish.check_in).days
        if not 1 <= nights <= _LONGEST or not 1 <= wish.rooms <= wish.travelers <= wish.rooms * _PER_ROOM:
            return
        currency = self._world.economy.currency(wish.currency, wish.city.country)
        town = self._world.places.key(wish.city)
        for number in range(len(_CLASSES)):
            yield town, str(number), day_key(wish.check_in), str(nights), str(wish.rooms), str(wish.travelers), currency

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        town, number, day, *asked, currency = ref.parts
        nights, rooms, travelers = map(int, asked)
        spot = self._world.places.spot(town)
        if spot is None or not 0 <= int(number) < self._houses(spot) or not self._world.sells(seller, *ref.parts[:2]):
            return None
        if not 1 <= nights <= _LONGEST or not 1 <= rooms <= travelers <= rooms * _PER_ROOM:
            return None
        return self._offer(seller, ref, moment, spot, read_day(day), (nights, rooms, travelers), currency)

    def _offer(
        self,
        seller: Seller,
        ref: Ref,
        moment: Moment,
        spot: Spot,
        day: date,
        asked: tuple[int, int, int],
        currency: str,
    ) -> Offer | None:
        nights, rooms, travelers = asked
        number = int(ref.parts[1])
        stars, key = _CLASSES[number], ref.parts[:2]
        starts, ends = local(day, 14 * 60, zone(spot)), local(day + timedelta(days=nights), 10 * 60, zone(spot))
        if not on_sale(starts, moment.at):
            return None
        unit, expires = self._world.price(seller, ref, moment, self._cents(spot, stars, key, day), currency, 25)
        beach = self._by_the_sea(spot, number)
        breakfast = stars > 2 or self._world.dice.chance(50, "breakfast", *key)
        rule = hotel_rules(nights)[self._world.dice.pick((0, 0, 0, 1, 2), "free cancellation", *key)]
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=self._title(spot, number, beach),
            fetched_at=moment.at, venue=self._world.venue(spot, spot.name, 35, "hotel", *key),
            starts_at=starts, ends_at=ends, expires_at=expires,
            price=unit * rooms * nights, unit=unit, per="room and night",
            travelers=travelers, rooms=rooms, nights=nights,
            tags=self._tags(stars, beach, key), rating=self._rating(stars, key),
            left=self._world.left(ref, moment, 14), conditions=(rule.text,),
            terms=rule.terms(unit * rooms * nights, starts), holds=_HELD,
            details=(
                ("Class", f"{stars} star{'s' if stars > 1 else ''}"),
                ("Stay", f"{nights} night{'s' if nights > 1 else ''}, {rooms} room{'s' if rooms > 1 else ''}"),
                ("Board", "breakfast included" if breakfast else "room only"),
            ),
        )  # fmt: skip

    def _houses(self, spot: Spot) -> int:
        return 16 if spot.population > 400_000 else 12 if spot.population > 60_000 else 9

    def _by_the_sea(self, spot: Spot, number: int) -> bool:
        return number % 2 == 0 and self._world.coast.has_beach(spot)

    def _title(self, spot: Spot, number: int, beach: bool) -> str:
        words = self._world.dice.order(HOTEL_WORDS, "hotel words", self._world.places.key(spot))
        titles = (RESORT_TITLES if beach else HOTEL_TITLES)[_CLASSES[number]]
        return titles[number % len(titles)].format(word=words[number])

    def _cents(self, spot: Spot, stars: int, key: tuple[str, ...], day: date) -> int:
        own = self._world.dice.number(92, 106, "hotel level", *key)
        return _CENTS[stars] * self._world.economy.level(spot.country) * own * self._world.season(spot, day) // 10**6

    def _tags(self, stars: int, beach: bool, key: tuple[str, ...]) -> tuple[str, ...]:
        own = {1: ("budget", "nightlife"), 2: ("budget", "family"), 3: ("family",), 4: ("comfort",), 5: ("luxury",)}
        more = self._world.dice.pick(("family", "romantic", "culture", "wellness", "nature"), "hotel tag", *key)
        return tuple(dict.fromkeys((*own[stars], *(("beach",) if beach else ()), more)))

    def _rating(self, stars: int, key: tuple[str, ...]) -> float:
        return min(49, 29 + 3 * stars + self._world.dice.number(0, 7, "rating", *key)) / 10


_HELD = 4 * 60
