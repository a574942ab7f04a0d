"""Problem: what may be put into a plan at all, priced in the trip's money, day by day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from booking.itinerary.ground import DAY_BEGINS, Window, after_arrival, before_departure, connects, window
from booking.itinerary.schedule import Stop, stop
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Supply
from booking.itinerary.words import any_matches
from booking.offers import Offer, OfferKind
from booking.trips import Wishes
from bot.money import Money

Cost = Callable[[Money], int | None]
"""An amount in minor units of the trip's money; None if no rate is stored."""


@dataclass(frozen=True, slots=True, eq=False)
class Priced:
    """An offer and what it costs in the trip's money; no offer where none is needed."""

    offer: Offer | None
    cost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """How one gets there and back, with the free time that leaves on each day."""

    out: Priced
    back: Priced
    free: tuple[Window | None, ...]

    @property
    def cost(self) -> int:
        """Both ways together."""
        return self.out.cost + self.back.cost


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Everything usable under the hard wishes other than budget and counts.

    `stops`: visits possible on each day, cheapest first. `price`: the usable ones of other offers, cheapest
    first. `unpriced`: currencies without a stored rate.
    """

    outline: Outline
    wishes: Wishes
    now: datetime
    outs: tuple[Priced, ...]
    backs: tuple[Priced, ...]
    stays: tuple[Priced, ...]
    stops: tuple[tuple[Stop, ...], ...]
    price: Callable[[Sequence[Offer]], tuple[Priced, ...]]
    unpriced: frozenset[str] = frozenset()

    def frames(self) -> Iterator[Frame]:
        """Every way there and back that connects, cheapest first."""
        pairs = [(out, back) for out in self.outs for back in self.backs if connects(out.offer, back.offer)]
        for out, back in sorted(pairs, key=lambda p: p[0].cost + p[1].cost):
            yield Frame(out=out, back=back, free=self.free(out.offer, back.offer))

    def free(self, out: Offer | None, back: Offer | None) -> tuple[Window | None, ...]:
        """The free time of each day with those rides."""
        days = (window(d, self.outline.destination.tz, self.wishes, self.now) for d in self.outline.dates)
        return tuple(before_departure(after_arrival(free, out), back) for free in days)


Without = Mapping[date, tuple[str, ...]]
STOPS = (OfferKind.ACTIVITY, OfferKind.EVENT, OfferKind.RESTAURANT)


def problem(
    outline: Outline, wishes: Wishes, supply: Supply, cost: Cost, now: datetime, without: Without | None = None
) -> Problem:
    """What of the supply can be used under these wishes; `without`: words to avoid on single days."""
    price = _Prices(outline, wishes, cost, now)
    nothing = (Priced(None, 0),)
    return Problem(
        outline=outline, wishes=wishes, now=now,
        outs=price.rides(supply.of(OUT), outline.start) if outline.origin else nothing,
        backs=price.rides(supply.of(BACK), outline.end) if outline.origin else nothing,
        stays=price.priced(supply.of(STAY)) if outline.days > 1 else nothing,
        stops=tuple(price.stops(supply, day, (without or {}).get(day, ())) for day in outline.dates),
        price=price.priced, unpriced=frozenset(price.unpriced),
    )  # fmt: skip


@dataclass(slots=True)
class _Prices:
    outline: Outline
    wishes: Wishes
    cost: Cost
    now: datetime
    unpriced: set[str] = field(default_factory=set)

    def rides(self, offers: Sequence[Offer], day: date) -> tuple[Priced, ...]:
        """Rides that leave on that day, at a wished time, and are not gone."""
        return self.priced([o for o in offers if self._leaves(o, day)])

    def _leaves(self, offer: Offer, day: date) -> bool:
        if offer.starts_at is None or offer.ends_at is None or offer.starts_at <= self.now:
            return False
        at = offer.starts_at.astimezone(ZoneInfo(offer.venue.zone))
        return at.date() == day and leaves_well(at.time(), self.wishes)

    def stops(self, supply: Supply, day: date, without: tuple[str, ...]) -> tuple[Stop, ...]:
        """Visits on that day, cheapest first; the same visit twice only once."""
        offers = [o for kind in STOPS for o in supply.local(kind, day) if not any_matches(without, o)]
        best: dict[object, Stop] = {}
        for priced in self.priced(offers):
            visit = stop(priced.offer, priced.cost, day) if priced.offer else None
            if visit:
                best.setdefault((visit.name, visit.minutes, visit.starts, visit.at, visit.offer.tags), visit)
        return tuple(sorted(best.values(), key=lambda s: (s.cost, s.name)))

    def priced(self, offers: Sequence[Offer]) -> tuple[Priced, ...]:
        """The usable ones with their cost, cheapest first."""
        found = [Priced(o, c) for o in offers if self._usable(o) and (c := self._cost(o)) is not None]
        return tuple(sorted(found, key=lambda p: p.cost))

    def _usable(self, offer: Offer) -> bool:
        return (
            has_room(offer, self.outline) and not offer.expired(self.now)
            and not any_matches(self.wishes.avoid, offer)
        )  # fmt: skip

    def _cost(self, offer: Offer) -> int | None:
        if offer.price is None:
            return 0
        cost = self.cost(offer.price)
        if cost is None:
            self.unpriced.add(offer.price.currency)
        return cost


def has_room(offer: Offer, outline: Outline) -> bool:
    """Whether it has rooms or places for the whole party."""
    needed = outline.rooms if offer.kind == OfferKind.HOTEL else outline.travelers
    return offer.left is None or offer.left >= needed


def leaves_well(at: time, wishes: Wishes) -> bool:
    """Whether a local time of departure is neither before nor after what was wished."""
    first, last = wishes.not_before, wishes.not_after
    if first and at < first:
        return False
    if last is None:
        return True
    return at <= last if last >= DAY_BEGINS else at >= DAY_BEGINS or at <= last
