"""The timetable of one day: the order in which stops fit between their opening hours, if there is one."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from booking.itinerary.ground import Point, Window, instant, minute, point, travel_minutes
from booking.offers import Offer, OfferKind
from bot.names import fold

COUNTED = (OfferKind.ACTIVITY, OfferKind.EVENT)
"""The kinds of which people ask for so many a day."""
_USUAL = {OfferKind.RESTAURANT: 75, OfferKind.ACTIVITY: 120, OfferKind.EVENT: 120}


def identity(offer: Offer) -> tuple[str, str, str]:
    """The same for the same attraction on whatever day; it is visited once in a trip."""
    return offer.kind, fold(offer.title), fold(offer.venue.name)


@dataclass(frozen=True, slots=True, eq=False)
class Stop:
    """A visit that can be made on one day. `cost`: minor units of the trip's money for the party.

    `starts`: (earliest, latest) starts in minutes since 1970 UTC. `at`: None takes no way to reach.
    """

    offer: Offer
    cost: int
    minutes: int
    starts: tuple[tuple[int, int], ...]
    at: Point | None
    name: tuple[str, str, str] = field(default=("", "", ""))

    @property
    def counts(self) -> bool:
        """Whether it is one of the activities asked for."""
        return self.offer.kind in COUNTED

    def within(self, first: int, last: int) -> "Stop | None":
        """The same visit started between two moments, None if it cannot be."""
        trimmed = tuple((max(a, first), min(b, last)) for a, b in self.starts)
        starts = tuple((a, b) for a, b in trimmed if a <= b)
        return replace(self, starts=starts) if starts else None


def stop(offer: Offer, cost: int, day: date) -> Stop | None:
    """The visit of an offer on a day, None if it is closed or too short for a visit that day."""
    minutes = _length(offer)
    if offer.starts_at:
        at = minute(offer.starts_at)
        starts: tuple[tuple[int, int], ...] = ((at, at),)
    else:
        spans = [span for n in (-1, 0, 1) for span in offer.open_on(day + timedelta(days=n))]
        starts = tuple((minute(a), minute(b) - minutes) for a, b in spans if minute(a) <= minute(b) - minutes)
    return Stop(offer, cost, minutes, starts, point(offer.venue), identity(offer)) if starts else None


def _length(offer: Offer) -> int:
    if offer.starts_at and offer.ends_at:
        return minute(offer.ends_at) - minute(offer.starts_at)
    return offer.minutes or _USUAL.get(offer.kind, 60)


@dataclass(frozen=True, slots=True)
class Visit:
    """A stop with its time, in minutes since 1970 UTC."""

    stop: Stop
    start: int

    @property
    def end(self) -> int:
        """When it is over."""
        return self.start + self.stop.minutes

    def __str__(self) -> str:
        return f"{instant(self.start):%H:%M} {self.stop.offer.title}"


def timetable(stops: Sequence[Stop], free: Window | None, step: int = 1) -> tuple[Visit, ...] | None:
    """All stops in the order that is over first, or None if no order fits. Exact for `step` 1.

    Starts are multiples of `step` minutes. Dynamic programming over (set visited, last stop): being free
    earlier never hurts, so the earliest end of each is enough.
    """
    if not stops:
        return ()
    if free is None or sum(s.minutes for s in stops) > free.closes - free.opens:
        return None
    best = _ends(stops, free, step)
    everything = (1 << len(stops)) - 1
    finals = [(best[everything, n] + travel_minutes(s.at, free.after), n) for n, s in enumerate(stops)
              if (everything, n) in best]  # fmt: skip
    if not finals or min(finals)[0] > free.closes:
        return None
    return _trace(stops, free, best, min(finals)[1])


def inserted(visits: Sequence[Visit], s: Stop, free: Window) -> tuple[Visit, ...] | None:
    """A timetable with one more stop and the others in the order they have, None if that order does not work."""
    order = [v.stop for v in visits]
    for place in range(len(order), -1, -1):
        table = _in_turn([*order[:place], s, *order[place:]], free)
        if table is not None:
            return table
    return None


def _in_turn(order: Sequence[Stop], free: Window) -> tuple[Visit, ...] | None:
    """Each stop as early as it can be in this order."""
    ready, at = free.opens, free.before
    visits = []
    for s in order:
        start = _start(s, ready + travel_minutes(at, s.at), 1)
        if start is None or start + s.minutes > free.closes:
            return None
        visits.append(Visit(s, start))
        ready, at = start + s.minutes, s.at
    return tuple(visits) if ready + travel_minutes(at, free.after) <= free.closes else None


_Ends = dict[tuple[int, int], int]


def _ends(stops: Sequence[Stop], free: Window, step: int) -> _Ends:
    best: _Ends = {}
    for n, s in enumerate(stops):
        _improve(best, (1 << n, n), s, free.opens + travel_minutes(free.before, s.at), free.closes, step)
    for visited in range(1, 1 << len(stops)):
        for last, here in enumerate(stops):
            if (end := best.get((visited, last))) is None:
                continue
            for n, s in enumerate(stops):
                if not visited & 1 << n:
                    ready = end + travel_minutes(here.at, s.at)
                    _improve(best, (visited | 1 << n, n), s, ready, free.closes, step)
    return best


def _improve(best: _Ends, key: tuple[int, int], s: Stop, ready: int, closes: int, step: int) -> None:
    start = _start(s, ready, step)
    if start is not None and start + s.minutes <= min(closes, best.get(key, closes)):
        best[key] = start + s.minutes


def _start(s: Stop, ready: int, step: int) -> int | None:
    """The first start not before `ready`. A start fixed to the minute is taken as it is."""
    for first, last in s.starts:
        at = max(first, ready)
        if first != last:
            at = -(-at // step) * step
        if at <= last:
            return at
    return None


def _trace(stops: Sequence[Stop], free: Window, best: _Ends, last: int) -> tuple[Visit, ...]:
    """From the last stop backwards: some predecessor leads to each earliest end."""
    visited = (1 << len(stops)) - 1
    visits: list[Visit] = []
    while True:
        here, end = stops[last], best[visited, last]
        visits.append(Visit(here, end - here.minutes))
        visited ^= 1 << last
        if not visited:
            return tuple(reversed(visits))
        last = next(
            n for n, s in enumerate(stops)
            if (visited, n) in best and best[visited, n] + travel_minutes(s.at, here.at) <= end - here.minutes
        )  # fmt: skip
