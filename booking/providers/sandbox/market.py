"""What all markets of the sandbox share: who sells, at which moment, how prices sway and when they change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from booking.geo import moved
from booking.offers import Hours, Offer, OfferKind, Venue
from booking.ports import Search
from booking.providers.sandbox.coast import Coast
from booking.providers.sandbox.dice import Dice
from booking.providers.sandbox.economy import Economy
from booking.providers.sandbox.refs import Places, Ref
from bot.gazetteer import Gazetteer, Spot
from bot.money import Money

_BUCKET = timedelta(hours=2)
_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
ON_SALE = timedelta(days=731)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """A sandbox supplier. `markup`: percent of the usual price; `covers`: percent of all there is that it sells."""

    code: str
    name: str
    kinds: frozenset[OfferKind]
    markup: int
    covers: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When the world is asked. `raised`: per cent that the supplier put on top; `gone`: it sold the last one;

    `taken`: how many of what there is our own orders and holds have."""

    at: datetime
    raised: int = 0
    gone: bool = False
    taken: int = 0


class Market(Protocol):
    """Everything of one kind that the world has."""

    kind: OfferKind

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        """The references (their parts) that a wish could be answered with."""
        ...

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        """What the reference stands for at that moment; None if there is no such thing or it is over.

        ValueError or IndexError for parts that nobody wrote."""
        ...


class World:
    """Chance, places and money that the markets draw on."""

    def __init__(self, seed: int, atlas: Gazetteer) -> None:
        self.dice = Dice(seed)
        self.atlas = atlas
        self.places = Places(atlas)
        self.economy = Economy(atlas)
        self.coast = Coast()

    def venue(self, spot: Spot, name: str, reach: int, *key: object) -> Venue:
        """A spot in a town, within `reach` hundred metres of its centre to each side."""
        north = self.dice.number(-reach, reach, "north", *key) / 10
        east = self.dice.number(-reach, reach, "east", *key) / 10
        lat, lon = moved(spot.lat, spot.lon, north, east)
        return Venue(name=name, city=spot.name, country=spot.country, lat=lat, lon=lon, zone=zone(spot))

    def bucket(self, ref: Ref, at: datetime) -> tuple[int, datetime]:
        """The number of the two hours in which price and seats stay as they are, and when they end."""
        shift = timedelta(seconds=self.dice.number(0, 7199, "shift", ref.stem))
        number = (at - _EPOCH + shift) // _BUCKET
        return number, _EPOCH - shift + (number + 1) * _BUCKET

    def price(
        self, seller: Seller, ref: Ref, moment: Moment, cents: int, currency: str, sway: int
    ) -> tuple[Money, datetime]:
        """A price tag for a cost in US cents, swaying by so many per mille; and until when it holds."""
        number, ends = self.bucket(ref, moment.at)
        swayed = 1000 + self.dice.number(-sway, sway, "sway", ref.stem, number)
        minutes = self.dice.number(20, 30, "holds", ref.stem, number)
        tag = self.economy.tag(cents * seller.markup * swayed * (100 + moment.raised) // 10_000_000, currency)
        return tag, min(moment.at + timedelta(minutes=minutes), ends)

    def left(self, ref: Ref, moment: Moment, most: int, *, sold_out: int = 3) -> int:
        """Seats, rooms or places left; none in so many of a hundred cases."""
        number, _ = self.bucket(ref, moment.at)
        if moment.gone or self.dice.chance(sold_out, "sold out", ref.stem, number):
            return 0
        return max(0, self.dice.number(2, most, "left", ref.stem, number) - moment.taken)

    def sells(self, seller: Seller, *key: object) -> bool:
        """Whether this seller has that one."""
        return self.dice.chance(seller.covers, "sells", seller.code, *key)

    def season(self, spot: Spot, day: date) -> int:
        """Percent of the usual price: holidays and the sunny months of that hemisphere cost more."""
        sunny = (7, 8) if spot.lat > 23 else (1, 2) if spot.lat < -23 else (8,)
        if day.month == 12 and day.day >= 15:
            return 112
        return 108 if day.month in sunny else 98 if day.month in (5, 11) else 100


def zone(spot: Spot) -> str:
    """A town's IANA time zone."""
    return spot.tz or "UTC"


def local(day: date, minutes: int, zone: str) -> datetime:
    """So many minutes after midnight there, as a moment that exists (gaps of summer time are jumped)."""
    there = ZoneInfo(zone)
    wall = datetime.combine(day, time(), there) + timedelta(minutes=minutes)
    return wall.astimezone(UTC).astimezone(there)


def later(at: datetime, minutes: int, zone: str) -> datetime:
    """So many real minutes after a moment, in another zone."""
    return (at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))


def on_sale(starts: datetime, at: datetime) -> bool:
    """Whether something that starts then is sold at that moment."""
    return at < starts < at + ON_SALE


def clock_minutes(text: str) -> int:
    """ "07:30" is 450."""
    return int(text[:2]) * 60 + int(text[3:])


def opening(pattern: tuple[int, int, str, str]) -> Hours:
    """Hours from (first weekday, last weekday, opens, closes)."""
    first, last, opens, closes = pattern
    return Hours(tuple(range(first, last + 1)), time.fromisoformat(opens), time.fromisoformat(closes))


def span(minutes: int) -> str:
    """ "1 h 10 min"."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)
