"""A day's timetable is found exactly when some order of its stops fits."""

import random
from datetime import timedelta
from itertools import permutations

import pytest

from booking.itinerary.ground import Point, Window, minute, travel_minutes
from booking.itinerary.schedule import Stop, Visit, inserted, timetable
from booking.offers import Offer, OfferKind
from tests.booking.itinerary.referee import way_minutes
from tests.booking.itinerary.world import MOMBASA, NOW, venue

BASE = minute(NOW)


def stops_from(rng: random.Random, count: int) -> tuple[Stop, ...]:
    return tuple(_stop(rng, n) for n in range(count))


def _stop(rng: random.Random, n: int) -> Stop:
    at = (MOMBASA[0] + rng.uniform(-0.1, 0.1), MOMBASA[1] + rng.uniform(-0.1, 0.1))
    offer = Offer(kind=OfferKind.ACTIVITY, ref=f"s:{n}", supplier="s", title=f"S{n}", venue=venue(f"S{n}", at),
                  fetched_at=NOW)  # fmt: skip
    first = BASE + rng.randint(0, 400)
    spans = ((first, first + rng.choice((0, 60, 240))), (first + 500, first + 500 + rng.choice((0, 90))))
    minutes = rng.choice((30, 60, 120))
    return Stop(offer, 0, minutes, spans[: rng.randint(1, 2)], Point(*at), ("activity", f"s{n}", ""))


def fits_in_this_order(order: tuple[Stop, ...], free: Window) -> bool:
    """Step by step, minute by minute, with the referee's distances."""
    now, at = free.opens, free.before
    for s in order:
        ready = now + (way_minutes((at.lat, at.lon), (s.at.lat, s.at.lon)) if at and s.at else 0)
        start = next((m for m in range(ready, free.closes) if any(a <= m <= b for a, b in s.starts)), None)
        if start is None or start + s.minutes > free.closes:
            return False
        now, at = start + s.minutes, s.at
    back = way_minutes((at.lat, at.lon), (free.after.lat, free.after.lon)) if at and free.after else 0
    return now + back <= free.closes


def random_day(seed: int) -> tuple[tuple[Stop, ...], Window]:
    rng = random.Random(seed)
    ends = [None, Point(MOMBASA[0] + 0.05, MOMBASA[1])]
    free = Window(BASE, BASE + rng.choice((300, 600, 900)), rng.choice(ends), rng.choice(ends))
    return stops_from(rng, rng.randint(1, 4)), free


@pytest.mark.parametrize("seed", range(150))
def test_a_timetable_is_found_exactly_when_some_order_fits(seed: int) -> None:
    stops, free = random_day(seed)
    possible = any(fits_in_this_order(order, free) for order in permutations(stops))
    table = timetable(stops, free)
    assert (table is not None) == possible
    if table is not None:
        assert {v.stop for v in table} == set(stops)
        _check(table, free)


@pytest.mark.parametrize("seed", range(150))
def test_what_is_inserted_into_a_timetable_stands_at_a_time_it_can(seed: int) -> None:
    stops, free = random_day(seed)
    table = timetable(stops[:-1], free)
    grown = inserted(table, stops[-1], free) if table is not None else None
    if grown is not None:
        _check(grown, free)


def _check(table: tuple[Visit, ...], free: Window) -> None:
    now, at = free.opens, free.before
    for v in table:
        assert v.start >= now + travel_minutes(at, v.stop.at)
        assert any(a <= v.start <= b for a, b in v.stop.starts)
        now, at = v.end, v.stop.at
    assert now + travel_minutes(at, free.after) <= free.closes


def test_the_way_takes_as_long_as_the_referee_says() -> None:
    rng = random.Random(7)
    for _ in range(300):
        a = (MOMBASA[0] + rng.uniform(-1, 1), MOMBASA[1] + rng.uniform(-1, 1))
        assert abs(travel_minutes(Point(*a), Point(*MOMBASA)) - way_minutes(a, MOMBASA)) <= 0
    assert travel_minutes(None, Point(*MOMBASA)) == travel_minutes(Point(*MOMBASA), Point(*MOMBASA)) == 0


def test_a_night_out_belongs_to_the_day_before() -> None:
    start = NOW + timedelta(hours=14)
    assert minute(start) - BASE == 14 * 60
