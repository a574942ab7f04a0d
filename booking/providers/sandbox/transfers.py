"""Rides of the sandbox: from the airport, across a town, or to the next one."""

from collections.abc import Iterator
from urllib.parse import quote, unquote

from booking.geo import kilometres
from booking.offers import Offer, OfferKind, Venue
from booking.ports import Search, TransferSearch
from booking.providers.sandbox.market import Moment, Seller, World, later, local, on_sale, span, zone
from booking.providers.sandbox.refs import Ref, day_key, read_day
from booking.providers.sandbox.terms import TRANSFER
from bot.gazetteer import Spot

_FARTHEST = 400
# title, seats in a vehicle (0: sold by the seat), percent of the metered fare, estimated
_RIDES = (
    ("Shared shuttle", 0, 38, False),
    ("Metered taxi", 4, 92, True),
    ("Private car", 4, 115, False),
    ("Private van", 8, 160, False),
)
_TAGS = (("budget",), (), ("comfort",), ("comfort", "family"))
_AIRPORT = "airport"


class Transfers:
    """Parts of a reference: start, end, day, hhmm, from, to, sort of ride; travellers, currency."""

    kind = OfferKind.TRANSFER

    def __init__(self, world: World) -> None:
        self._world = world

    def parts(self, seller: Seller, wish: Search) -> Iterator[tuple[str, ...]]:
        assert isinstance(wish, TransferSearch)
        currency = self._world.economy.currency(wish.currency, wish.start.country)
        towns = self._world.places.key(wish.start), self._world.places.key(wish.end)
        when = day_key(wish.day), f"{wish.at:%H%M}"
        ends = quote(wish.origin[:60], safe=""), quote(wish.destination[:60], safe="")
        for number in range(len(_RIDES)):
            yield *towns, *when, *ends, str(number), str(wish.travelers), currency

    def offer(self, seller: Seller, ref: Ref, moment: Moment) -> Offer | None:
        start, end = self._world.places.spot(ref.parts[0]), self._world.places.spot(ref.parts[1])
        if start is None or end is None or not 0 <= int(ref.parts[6]) < len(_RIDES):
            return None
        if kilometres(start, end) > _FARTHEST or not self._world.sells(seller, ref.parts[0], ref.parts[6]):
            return None
        return self._offer(seller, ref, moment, start, end)

    def _offer(self, seller: Seller, ref: Ref, moment: Moment, start: Spot, end: Spot) -> Offer | None:
        _, _, day, hhmm, origin, destination, number, people, currency = ref.parts
        title, seats, percent, estimated = _RIDES[int(number)]
        a, b = self._end(start, unquote(origin)), self._end(end, unquote(destination))
        road = max(2, round(kilometres(a, b) * 1.3))
        starts = local(read_day(day), int(hhmm[:2]) * 60 + int(hhmm[2:]), zone(start))
        if not on_sale(starts, moment.at):
            return None
        cents = (
            (500 + 160 * min(road, 40) + 90 * max(0, road - 40)) * self._world.economy.level(start.country) * percent
        )
        unit, expires = self._world.price(seller, ref, moment, cents // 10**4, currency, 20)
        count = -(-int(people) // seats) if seats else int(people)
        minutes = (12 + road * 60 // (32 if road < 40 else 60)) // 5 * 5
        return Offer(
            kind=self.kind, ref=str(ref), supplier=seller.name, title=f"{title}: {a.name} → {b.name}",
            fetched_at=moment.at, expires_at=expires, venue=a, until_venue=b, starts_at=starts,
            ends_at=later(starts, minutes, zone(end)), price=unit * count, unit=unit,
            per="vehicle" if seats else "person", estimated=estimated, travelers=int(people), tags=_TAGS[int(number)],
            left=self._world.left(ref, moment, 12),
            conditions=("Paid to the driver",) if estimated else (TRANSFER.text,),
            terms=() if estimated else TRANSFER.terms(unit * count, starts), holds=0 if estimated else _HELD,
            details=(
                ("Duration", span(minutes)), ("Distance", f"{road} km"),
                ("Vehicles", str(count) if seats else "shared"),
            ),
        )  # fmt: skip

    def _end(self, spot: Spot, said: str) -> Venue:
        if _AIRPORT in said.casefold():
            return self._airport(spot)
        if not said or said.casefold() == spot.name.casefold():
            return self._world.venue(spot, f"{spot.name} centre", 0, "centre")
        return self._world.venue(spot, said, 40, "address", said.casefold())

    def _airport(self, spot: Spot) -> Venue:
        airport = self._world.atlas.airfield(spot.airports[0]) if spot.airports else None
        if airport is None:
            return self._world.venue(spot, f"{spot.name} airstrip", 90, "airstrip")
        return Venue(
            name=f"{airport.name} ({airport.code})", city=spot.name, country=spot.country, lat=airport.lat,
            lon=airport.lon, zone=zone(spot), code=airport.code,
        )  # fmt: skip


_HELD = 3 * 60
