"""From decisions to a plan that can be stored: items, days, title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from booking.itinerary.ground import instant
from booking.itinerary.purse import Purse
from booking.itinerary.schedule import Visit
from booking.itinerary.supply import Outline, Supply
from booking.itinerary.texts import say
from booking.offers import Offer, OfferKind
from booking.trips import Day, Item, Plan, Wishes
from bot.language import formed


@dataclass(slots=True)
class Draw:
    """Gives items their ids, which stay theirs for the life of a trip."""

    made: int = 0

    def timed(self, role: str, offer: Offer) -> Item:
        """An item that stands at its offer's own times: a ride or a stay."""
        if offer.starts_at is None or offer.ends_at is None:
            raise ValueError(f"{offer.ref} has no times")
        return Item(
            id=self._id(), role=role, title=offer.title, offer=offer, zone=offer.venue.zone,
            starts_at=offer.starts_at.astimezone(UTC), ends_at=offer.ends_at.astimezone(UTC),
            until_zone=offer.until_venue.zone if offer.until_venue else "",
        )  # fmt: skip

    def visit(self, visit: Visit) -> Item:
        """An item for a visit at the time the plan gives it."""
        offer = visit.stop.offer
        return Item(
            id=self._id(), role="eat" if offer.kind == OfferKind.RESTAURANT else "see", title=offer.title,
            offer=offer, zone=offer.venue.zone, starts_at=instant(visit.start), ends_at=instant(visit.end),
        )  # fmt: skip

    def idea(self, title: str, start: int, minutes: int, zone: str) -> Item:
        """An item that no search result stands behind."""
        return Item(
            id=self._id(),
            role="idea",
            title=title,
            zone=zone,
            starts_at=instant(start),
            ends_at=instant(start + minutes),
        )

    def _id(self) -> str:
        self.made += 1
        return f"i{self.made}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """Everything that goes on a plan: rides in order, hotel, visits of each day."""

    out: Offer | None
    back: Offer | None
    stay: Offer | None
    transfers: tuple[Offer, ...]
    visits: Sequence[Sequence[Visit]]


def build(outline: Outline, wishes: Wishes, decided: Decided, supply: Supply, purse: Purse) -> Plan:
    """The plan as a draft; its sentences on what is missing come from the supply."""
    draw = Draw()
    stays = (draw.timed("stay", decided.stay),) if decided.stay else ()
    days = tuple(_day(outline, n, decided, supply, draw) for n in range(outline.days))
    return Plan(
        title=title(outline), destination=outline.destination, origin=outline.origin, start=outline.start, days=days,
        travelers=outline.travelers, rooms=outline.rooms, currency=outline.currency, wishes=wishes, stays=stays,
        missing=_missing(outline, supply), made=draw.made, rates=tuple(purse.rates[c] for c in sorted(purse.rates)),
    )  # fmt: skip


def title(outline: Outline) -> str:
    """What people call the trip."""
    start, end = formed(outline.start, "%d %b"), formed(outline.end, "%d %b %Y")
    return say.plain("title", city=outline.destination.name, start=start, end=end)


def _day(outline: Outline, n: int, decided: Decided, supply: Supply, draw: Draw) -> Day:
    date = outline.start + timedelta(days=n)
    items = [draw.timed("arrive", decided.out)] if decided.out and n == 0 else []
    items += [draw.timed("leave", decided.back)] if decided.back and n == outline.days - 1 else []
    items += [draw.timed("ride", ride) for ride in decided.transfers if _on(ride, outline, n)]
    items += [draw.visit(visit) for visit in decided.visits[n]]
    weather = next(iter(supply.local(OfferKind.WEATHER, date)), None)
    return Day(date=date, items=in_order(items), weather=weather)


def _on(ride: Offer, outline: Outline, n: int) -> bool:
    """A ride belongs to the day it starts on; one beyond the ends of the trip to the nearest."""
    day = (ride.starts_at.date() - outline.start).days if ride.starts_at else 0
    return min(max(day, 0), outline.days - 1) == n


def in_order(items: Sequence[Item]) -> tuple[Item, ...]:
    """By time; of two at the same time the one with the lower number first."""
    return tuple(sorted(items, key=lambda i: (i.starts_at, i.ends_at, int(i.id[1:]))))


def _missing(outline: Outline, supply: Supply) -> tuple[str, ...]:
    return (*([] if outline.origin else [say("no_origin")]), *supply.notes)
