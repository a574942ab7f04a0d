"""Weather of the sandbox: by latitude and season, with a forecast that is drawn by day."""

import math
from collections.abc import Iterator
from datetime import timedelta

from booking.offers import Offer, OfferKind
from booking.ports import LocalSearch, Search
from booking.providers.sandbox.market import Moment, Seller, World, local, zone
from booking.providers.sandbox.refs import Ref, day_key, read_day
from bot.gazetteer import Spot

_FORECAST = timedelta(days=14)
_FARTHEST = timedelta(days=731)


class Weather:
    """Parts of a reference: town, day; nothing, nothing (the usual two parts at the end are "1" and "-")."""

    kind = OfferKind.WEATHER

    def __init__(self, world: World) -> None:
        self._world = world

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, LocalSearch)
        yield self._world.places.key(wish.city), day_key(wish.day), "1", "-"

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        town, day, _, _ = ref.parts
        spot = self._world.places.spot(town)
        if spot is None:
            return None
        starts, ends = local(read_day(day), 0, zone(spot)), local(read_day(day), 1440, zone(spot))
        if not moment.at < ends or starts > moment.at + _FARTHEST:
            return None
        near = starts <= moment.at + _FORECAST
        high, low, rain = self._draw(spot, ref, moment, near)
        sky = _sky(rain, high)
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=f"{spot.name}: {sky}", fetched_at=moment.at,
            expires_at=moment.at + timedelta(minutes=30), venue=self._world.venue(spot, spot.name, 0, "weather"),
            starts_at=starts, ends_at=ends, tags=("wet",) if rain >= 60 else ("dry",),
            details=(
                ("Day", f"{read_day(day):%a %d %b %Y}"), ("Forecast" if near else "Usual for the season", sky),
                ("High", f"{high} °C"), ("Low", f"{low} °C"), ("Chance of rain", f"{rain} %"),
            ),
        )  # fmt: skip

    def _draw(self, spot: Spot, ref: Ref, moment: Moment, near: bool) -> tuple[int, int, int]:
        """High and low in °C, chance of rain in percent; a forecast strays from what is usual."""
        day = read_day(ref.parts[1])
        key = ref.parts[:2] if near else (ref.parts[0], day.month)
        mean, wet = _climate(spot.lat, day.timetuple().tm_yday)
        stray = 4 if near else 1
        warm = mean + self._world.dice.number(-stray, stray - 1, "warm", *key)
        span = self._world.dice.number(2, 5, "span", *key)
        rain = wet + self._world.dice.number(-25 if near else -5, 35 if near else 5, "rain", *key)
        return warm + span, warm - span, max(0, min(95, rain)) // 5 * 5


def _climate(lat: float, day: int) -> tuple[int, int]:
    """Mean °C and percent of wet days for a latitude on a day of the year."""
    year = 26 - 0.0066 * lat * lat if abs(lat) < 50 else 10 - 0.75 * (abs(lat) - 50)
    swing = min(16.0, 0.28 * abs(lat)) * math.copysign(1, lat)
    mean = year + swing * math.cos(2 * math.pi * (day - 200) / 365)
    wet = 35 + 25 * math.cos(4 * math.pi * (day - 115) / 365) if abs(lat) < 15 else 32
    return round(mean), round(wet)


def _sky(rain: int, high: int) -> str:
    if rain >= 70:
        return "snow showers" if high <= 1 else "rain"
    return "showers" if rain >= 50 else "partly cloudy" if rain >= 25 else "sunny"
