"""What a sandbox town offers on a day: activities, restaurants and events."""

from collections.abc import Iterator
from datetime import date

from booking.offers import Offer, OfferKind, Venue
from booking.ports import LocalSearch, Search
from booking.providers.sandbox.market import (
    Moment,
    Seller,
    World,
    clock_minutes,
    later,
    local,
    on_sale,
    opening,
    span,
    zone,
)  # fmt: skip
from booking.providers.sandbox.refs import Ref, day_key, read_day
from booking.providers.sandbox.sights import HAPPENINGS, KITCHENS, SIGHTS, WORDS, Happening, Kitchen, Sight
from booking.providers.sandbox.terms import ACTIVITY, EVENT
from bot.gazetteer import Spot
from bot.names import fold

_DAY = 24 * 60
_HELD = 2 * 60


class _Town:
    """The part that all three share. Parts of a reference: town, number, day; travellers, currency."""

    kind: OfferKind
    much: int

    def __init__(self, world: World) -> None:
        self._world = world

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, LocalSearch)
        town = self._world.places.key(wish.city)
        currency = self._world.economy.currency(wish.currency, wish.city.country)
        for number in range(self.much):
            if self._has(wish.city, town, number, day_key(wish.day)):
                yield town, str(number), day_key(wish.day), str(wish.travelers), currency

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        town, number, day, travelers, currency = ref.parts
        spot = self._world.places.spot(town)
        if spot is None or not 0 <= int(number) < self.much or not self._has(spot, town, int(number), day):
            return None
        if not self._sure(int(number)) and not self._world.sells(seller, self.kind, town, number):
            return None
        return self._offer(seller, ref, moment, spot, read_day(day), int(travelers), currency)

    def _has(self, spot: Spot, town: str, number: int, day: str) -> bool:
        raise NotImplementedError

    def _sure(self, number: int) -> bool:
        """Whether every town has it and every seller sells it."""
        return False

    def _offer(
        self, seller: Seller, ref: Ref, moment: Moment, spot: Spot, day: date, travelers: int, currency: str
    ) -> Offer | None:
        raise NotImplementedError

    def _word(self, town: str, number: int) -> str:
        return self._world.dice.order(WORDS, self.kind, "words", town)[number % len(WORDS)]

    def _cents(self, cents: int, spot: Spot, key: tuple[str, ...]) -> int:
        own = self._world.dice.number(85, 108, self.kind, "level", *key)
        return cents * self._world.economy.level(spot.country) * own // 10**4

    def _rating(self, key: tuple[str, ...]) -> float:
        return self._world.dice.number(34, 49, self.kind, "rating", *key) / 10

    def _venue(self, spot: Spot, name: str, key: tuple[str, ...]) -> Venue:
        return self._world.venue(spot, name, 50, self.kind, *key)

    def _fits(self, spot: Spot, where: str) -> bool:
        return where not in ("sea", "inland") or (where == "sea") == self._world.coast.has_beach(spot)


class Activities(_Town):
    """Things to do, with opening hours; one may come at any time in them."""

    kind = OfferKind.ACTIVITY
    much = len(SIGHTS)

    def _has(self, spot: Spot, town: str, number: int, day: str) -> bool:
        where = SIGHTS[number].where
        return self._fits(spot, where) and (bool(where) or self._world.dice.chance(70, "sight", town, number))

    def _sure(self, number: int) -> bool:
        return SIGHTS[number].where == "all"

    def _offer(
        self, seller: Seller, ref: Ref, moment: Moment, spot: Spot, day: date, travelers: int, currency: str
    ) -> Offer | None:
        sight: Sight = SIGHTS[int(ref.parts[1])]
        hours, key = opening(sight.hours), ref.parts[:2]
        opened = hours.on(day, zone(spot))
        if opened is None or not on_sale(opened[1], moment.at):
            return None
        unit, expires = self._world.price(seller, ref, moment, self._cents(sight.cents, spot, key), currency, 20)
        title = sight.title.format(city=spot.name)
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=title, fetched_at=moment.at, expires_at=expires,
            venue=self._venue(spot, title, key), price=unit * travelers, unit=unit, per="person", travelers=travelers,
            hours=(hours,), day=day, minutes=sight.minutes, tags=tuple(sight.tags.split()), rating=self._rating(key),
            left=self._world.left(ref, moment, 30), details=(("Duration", span(sight.minutes)),),
            conditions=(ACTIVITY.text,) if unit.minor else ("No ticket needed",), holds=_HELD if unit.minor else 0,
            terms=ACTIVITY.terms(unit * travelers, local(day, 0, zone(spot))) if unit.minor else (),
        )  # fmt: skip


class Restaurants(_Town):
    """Places to eat; the price is what a meal usually costs there and is paid on the spot."""

    kind = OfferKind.RESTAURANT
    much = 2 * len(KITCHENS)

    def _has(self, spot: Spot, town: str, number: int, day: str) -> bool:
        kitchen = self._kitchen(number)
        if number >= len(KITCHENS) and spot.population < 200_000:
            return False
        sure = self._sure(number) or kitchen.where == "sea"
        return self._fits(spot, kitchen.where) and (sure or self._world.dice.chance(65, "kitchen", town, number))

    def _sure(self, number: int) -> bool:
        return self._kitchen(number).cuisine in ("local", "street food", "cafe", "grill")

    def _kitchen(self, number: int) -> Kitchen:
        return KITCHENS[number % len(KITCHENS)]

    def _offer(
        self, seller: Seller, ref: Ref, moment: Moment, spot: Spot, day: date, travelers: int, currency: str
    ) -> Offer | None:
        number, key = int(ref.parts[1]), ref.parts[:2]
        kitchen = self._kitchen(number)
        hours = opening(kitchen.hours)
        opened = hours.on(day, zone(spot))
        if opened is None or not on_sale(opened[1], moment.at):
            return None
        unit, expires = self._world.price(seller, ref, moment, self._cents(kitchen.cents, spot, key), currency, 10)
        title = kitchen.titles[number // len(KITCHENS) % len(kitchen.titles)].format(
            word=self._word(ref.parts[0], number)
        )
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=title, fetched_at=moment.at, expires_at=expires,
            venue=self._venue(spot, title, key), price=unit * travelers, unit=unit, per="person", estimated=True,
            travelers=travelers, hours=(hours,), day=day, minutes=105 if "romantic" in kitchen.tags else 75,
            tags=(*kitchen.tags.split(), fold(kitchen.cuisine).replace(" ", "-")), rating=self._rating(key),
            left=self._world.left(ref, moment, 24, sold_out=4), details=(("Cuisine", kitchen.cuisine),),
        )  # fmt: skip


class Events(_Town):
    """What happens at a fixed time; a few a day, now and then one is called off."""

    kind = OfferKind.EVENT
    much = len(HAPPENINGS)

    def _has(self, spot: Spot, town: str, number: int, day: str) -> bool:
        event = HAPPENINGS[number]
        if event.days and str(read_day(day).weekday()) not in event.days:
            return False
        return self._world.dice.chance(34 if spot.population > 300_000 else 24, "event", town, number, day)

    def _offer(
        self, seller: Seller, ref: Ref, moment: Moment, spot: Spot, day: date, travelers: int, currency: str
    ) -> Offer | None:
        event: Happening = HAPPENINGS[int(ref.parts[1])]
        town, number, _ = key = ref.parts[:3]
        starts = local(day, clock_minutes(event.starts), zone(spot))
        if not on_sale(starts, moment.at):
            return None
        unit, expires = self._world.price(seller, ref, moment, self._cents(event.cents, spot, key), currency, 15)
        off = self._world.dice.chance(4, "called off", *key)
        word = self._word(town, int(number) + day.toordinal())
        rule = EVENT[self._world.dice.chance(50, "final", *key)]
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=event.title.format(city=spot.name, word=word),
            fetched_at=moment.at, expires_at=expires, venue=self._venue(spot, f"{word} Hall", (town, word)),
            starts_at=starts, ends_at=later(starts, event.minutes, zone(spot)), price=unit * travelers, unit=unit,
            per="person", travelers=travelers, minutes=event.minutes, tags=tuple(event.tags.split()),
            left=0 if off else self._world.left(ref, moment, 60),
            conditions=("Cancelled by the organiser",) if off else (rule.text,) if unit.minor else ("Free entry",),
            terms=rule.terms(unit * travelers, starts) if unit.minor and not off else (),
            holds=_HELD if unit.minor else 0,
            details=(("Status", "cancelled"),) if off else (("Duration", span(event.minutes)),),
        )  # fmt: skip
