"""Requests made up from a seed, each with the world it is asked in: possible ones around a hidden plan that keeps all

wishes, and impossible ones with one thing in them that no plan can get around."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from booking.offers import Hours, OfferKind
from bot.money import Money
from tests.booking.itinerary.referee import way_minutes
from tests.booking.itinerary.world import DAILY, MOMBASA, NOW, Shelf

RIDES = (OfferKind.BUS, OfferKind.FLIGHT)
TAGS = ("beach", "museum", "nature", "sport", "market", "music")


@dataclass(slots=True)
class Case:
    """A request. `planted`: costs of the hidden plan's parts. `why`: what makes it impossible, "" if it is possible."""

    rng: random.Random
    shelf: Shelf
    asked: dict[str, Any]
    planted: list[int] = field(default_factory=list)
    why: str = ""

    @property
    def days(self) -> list[date]:
        return [self.asked["departure_date"] + timedelta(days=n) for n in range(self.asked["days"])]


def possible(seed: int) -> Case:
    """A request that the hidden plan answers, in a world with much else in it."""
    case = _frame(random.Random(seed), days=random.Random(seed).randint(1, 4))
    _rides_and_hotel(case)
    counts = [_planted_day(case, n) for n in range(len(case.days))]
    _noise(case)
    _wish(case, counts)
    return case


def impossible(seed: int) -> Case:
    """A request that no plan answers, whatever else the world has."""
    names = sorted(_TWISTS)
    why = names[seed % len(names)]
    case = possible(seed)
    case.why = why
    _TWISTS[why](case)
    return case


def _frame(rng: random.Random, days: int) -> Case:
    start = NOW.date() + timedelta(days=rng.randint(20, 60))
    asked = {
        "destination": "Mombasa", "departure_date": start, "days": days, "travelers": rng.randint(1, 6),
        "per_person": False,
    }  # fmt: skip
    if rng.random() < 0.75:
        asked["origin"] = "Nairobi"
    return Case(rng=rng, shelf=Shelf(), asked=asked)


def _rides_and_hotel(case: Case) -> None:
    rng, days = case.rng, case.days
    if "origin" in case.asked:
        out = case.shelf.ride(days[0], (rng.randint(5, 7), rng.choice((0, 30))), 240, rng.randint(10, 60) * 100)
        back = case.shelf.ride(days[-1], (20, rng.choice((0, 30))), 480, rng.randint(10, 60) * 100, back=True)
        case.planted += [o.price.minor for o in (out, back) if o.price]
    if len(days) > 1:
        hotel = case.shelf.hotel(days[0], days[-1], rng.randint(50, 300) * 100, left=rng.choice((None, 3, 9)))
        case.planted += [hotel.price.minor] if hotel.price else []


def _planted_day(case: Case, n: int) -> int:
    """Up to three visits one after the other, each open just long enough or longer; how many there are."""
    rng, day = case.rng, case.days[n]
    at, now = MOMBASA, (12 if n == 0 and "origin" in case.asked else 8) * 60 + rng.choice((0, 17, 30))
    count = rng.randint(0, 3)
    for k in range(count):
        spot = (MOMBASA[0] + rng.uniform(-0.04, 0.04), MOMBASA[1] + rng.uniform(-0.04, 0.04))
        start, minutes = now + way_minutes(at, spot) + rng.choice((0, 0, 20)), rng.choice((45, 60, 90))
        slack = rng.choice((0, 0, 30, 120))
        opens, closes = _clock(start - slack), _clock(start + minutes + slack)
        amount = rng.choice((0, 500, 1200, 3000))
        tags = (f"gem{n}{k}", rng.choice(TAGS[:3]))
        hours = (Hours((day.weekday(),), opens, closes),)
        case.shelf.sight([day], f"Gem {n}{k}", amount, minutes=minutes, hours=hours, tags=tags, at=spot)
        case.planted.append(amount * 100)
        at, now = spot, start + minutes
    return count


def _clock(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def _noise(case: Case) -> None:
    """Dearer or fuller rides and hotels, cheap visits that are closed, dear ones that are open, places to eat."""
    rng, days, shelf = case.rng, case.days, case.shelf
    if "origin" in case.asked:
        for back in (False, True):
            for _ in range(rng.randint(0, 4)):
                day = days[-1] if back else days[0]
                leaves, minutes, kind = (rng.randint(5, 22), 0), rng.choice((60, 300, 600)), rng.choice(RIDES)
                amount, left = rng.randint(5, 90) * 100, rng.choice((None, 0, 2))
                shelf.ride(day, leaves, minutes, amount, back=back, kind=kind, left=left)
    for _ in range(rng.randint(0, 4) if len(days) > 1 else 0):
        shelf.hotel(days[0], days[-1], rng.randint(40, 400) * 100, left=rng.choice((None, 0, 1)))
    for n in range(rng.randint(2, 9)):
        opens = rng.randint(6, 16)
        hours = (Hours(tuple(rng.sample(DAILY, rng.randint(1, 7))), time(opens), time(opens + rng.randint(1, 7))),)
        spot = (MOMBASA[0] + rng.uniform(-0.1, 0.1), MOMBASA[1] + rng.uniform(-0.1, 0.1))
        shelf.sight(days, f"Sight {n}", rng.choice((0, 800, 9000)), minutes=rng.choice((60, 120, 240)), hours=hours,
                    tags=(rng.choice(TAGS[:3]), rng.choice(TAGS[3:])), at=spot)  # fmt: skip
    for n in range(rng.randint(0, 3)):
        shelf.sight(days, f"Kitchen {n}", rng.randint(5, 30) * 100, minutes=75, kind=OfferKind.RESTAURANT,
                    hours=(Hours(DAILY, time(11), time(23)),), tags=("eatery",), estimated=True)  # fmt: skip


def _wish(case: Case, counts: list[int]) -> None:
    """Hard wishes, each of which the hidden plan keeps."""
    rng, asked = case.rng, case.asked
    if rng.random() < 0.5:
        asked["per_day"] = min(counts)
    if rng.random() < 0.5:
        asked["activities"] = rng.randint(0, sum(counts))
    gems = [(n, k) for n, count in enumerate(counts) for k in range(count)]
    if gems and rng.random() < 0.5:
        asked["must"] = ", ".join(f"gem{n}{k}" for n, k in rng.sample(gems, min(len(gems), rng.randint(1, 3))))
    if rng.random() < 0.4:
        asked["avoid"] = ", ".join(rng.sample(TAGS[3:], rng.randint(1, 2)))
    if rng.random() < 0.4:
        asked["not_before"] = "05:00" if "origin" in asked else rng.choice(("07:00", "08:00"))
    if rng.random() < 0.3:
        asked["not_after"] = "20:30"
    if rng.random() < 0.4:
        asked["hours"] = 5
    if rng.random() < 0.7:
        spent = sum(case.planted)
        asked["budget"] = Money(spent * rng.choice((100, 100, 110, 130)) // 100 or 100, "KES")


def _past(case: Case) -> None:
    case.asked["departure_date"] = NOW.date() - timedelta(days=case.rng.randint(1, 400))


def _no_days(case: Case) -> None:
    case.asked["days"] = case.rng.choice((0, -1, 60))


def _no_party(case: Case) -> None:
    case.asked["travelers"] = case.rng.choice((0, -3, 50))


def _no_money(case: Case) -> None:
    case.asked["budget"] = Money(case.rng.choice((0, -500)), "KES")


def _nowhere(case: Case) -> None:
    case.asked["destination"] = case.rng.choice(("Xyzzyqua", "Qqqqville Nowhere"))


def _too_dear(case: Case) -> None:
    """Below the sum of the cheapest of everything that is needed, whether it fits together or not."""
    shelf, needed = case.shelf, 0
    shelf.offers = [(k, key, o) for k, key, o in shelf.offers if not o.price or o.price.minor or k == OfferKind.HOTEL]
    if "origin" not in case.asked and len(case.days) == 1:
        case.asked["origin"] = "Nairobi"
        _rides_and_hotel(case)
    rides = [(back, o) for _, key, o in shelf.offers if isinstance(key, tuple) and isinstance(key[1], bool)
             for back in [key[1]] if o.price]  # fmt: skip
    if "origin" in case.asked:
        needed += sum(min(o.price.minor for b, o in rides if b == back and o.price) for back in (False, True))
    if len(case.days) > 1:
        needed += min(o.price.minor for k, _, o in shelf.offers if k == OfferKind.HOTEL and o.price)
    case.asked["budget"] = Money(needed - case.rng.choice((1, 100, needed // 2)), "KES")


def _no_way_there(case: Case) -> None:
    case.asked["origin"] = "Nairobi"
    case.shelf.offers = [e for e in case.shelf.offers if e[1] != (case.days[0], False)]


def _no_way_back(case: Case) -> None:
    case.asked["origin"] = "Nairobi"
    if not any(e[1] == (case.days[0], False) for e in case.shelf.offers):
        case.shelf.ride(case.days[0], (6, 0), 240, 1000)
    case.shelf.offers = [e for e in case.shelf.offers if e[1] != (case.days[-1], True)]


def _back_too_soon(case: Case) -> None:
    """One day; everything back leaves before anything arrives."""
    case.asked.update(origin="Nairobi", days=1)
    day = case.days[0]
    case.shelf.offers = [e for e in case.shelf.offers if e[1] not in ((day, False), (day, True))]
    case.shelf.ride(day, (8, 0), 300, 1000)
    case.shelf.ride(day, (13, 40), 300, 1000, back=True)


def _no_bed(case: Case) -> None:
    case.asked["days"] = max(2, case.asked["days"])
    case.shelf.offers = [e for e in case.shelf.offers if e[0] != OfferKind.HOTEL]


def _full(case: Case) -> None:
    """More people than any hotel has rooms for."""
    case.asked["days"] = max(2, case.asked["days"])
    case.shelf.offers = [e for e in case.shelf.offers if e[0] != OfferKind.HOTEL]
    case.asked["travelers"] = case.rng.randint(9, 30)
    for left in (0, 2, 4):
        case.shelf.hotel(case.days[0], case.days[-1], 5000, left=left)


def _full_rides(case: Case) -> None:
    case.asked.update(origin="Nairobi", travelers=case.rng.randint(10, 30))
    case.shelf.offers = [e for e in case.shelf.offers if e[1] != (case.days[0], False)]
    for left in (1, 9):
        case.shelf.ride(case.days[0], (6, 0), 240, 1000, left=left)


def _closed(case: Case) -> None:
    """A must that is closed on every day of the trip."""
    week = {d.weekday() for d in case.days}
    hours = (Hours(tuple(d for d in DAILY if d not in week), time(8), time(18)),)
    case.shelf.sight(case.days, "Ancient Observatory", 0, hours=hours, tags=("stars",))
    case.asked["must"] = case.rng.choice(("stars", "observatory"))


def _unheard_of(case: Case) -> None:
    case.asked["must"] = "volcano"


def _must_and_must_not(case: Case) -> None:
    case.shelf.sight(case.days, "Deep Cave", 0, tags=("cave",))
    case.asked.update(must="deep", avoid="cave")


def _too_many(case: Case) -> None:
    """More activities a day than there are different ones in all."""
    names = {o.title for k, _, o in case.shelf.offers if k in (OfferKind.ACTIVITY, OfferKind.EVENT)}
    case.asked["per_day"] = len(names) // len(case.days) + 1


def _too_many_in_all(case: Case) -> None:
    names = {o.title for k, _, o in case.shelf.offers if k in (OfferKind.ACTIVITY, OfferKind.EVENT)}
    case.asked["activities"] = len(names) + 1


def _late_riser(case: Case) -> None:
    """Nothing leaves as late as wished."""
    case.asked.update(origin="Nairobi", not_before="11:00")
    case.asked.pop("not_after", None)
    day = case.days[0]
    case.shelf.offers = [e for e in case.shelf.offers if e[1] != (day, False)]
    for hour in (5, 7, 10):
        case.shelf.ride(day, (hour, 55), 240, 1000)


def _no_coach(case: Case) -> None:
    """Every ride is something to avoid."""
    case.asked.update(origin="Nairobi", avoid="comfort")
    case.shelf.ride(case.days[0], (6, 0), 240, 1000)


def _short_days(case: Case) -> None:
    """Every activity is longer than a day may be."""
    shelf = case.shelf
    shelf.offers = [e for e in shelf.offers if e[0] not in (OfferKind.ACTIVITY, OfferKind.EVENT)]
    for n in range(3):
        shelf.sight(case.days, f"Long walk {n}", 0, minutes=case.rng.choice((61, 90, 200)))
    case.asked.pop("must", None)
    case.asked.update(hours=1, activities=1, per_day=0)


def _two_at_once(case: Case) -> None:
    """Two musts, each played once, at the same time."""
    day = case.days[-1] if "origin" not in case.asked else case.days[0]
    case.shelf.event(day, "Opera Night", 0, (15, 0), 120, ("opera",))
    case.shelf.event(day, "Derby Match", 0, (16, case.rng.choice((0, 30, 59))), 60, ("derby",))
    case.asked["must"] = "opera, derby"


def _too_far_apart(case: Case) -> None:
    """Two musts, each played once, with less time between them than the way takes."""
    day = case.days[0]
    away = (MOMBASA[0] + 0.5, MOMBASA[1])
    gap = way_minutes(MOMBASA, away) - 1
    case.shelf.event(day, "Opera Night", 0, (14, 0), 60, ("opera",))
    case.shelf.event(day, "Derby Match", 0, (15, gap), 60, ("derby",), at=away)
    case.asked["must"] = "opera, derby"


def _no_time_between(case: Case) -> None:
    """One day; the must takes longer than arrival and departure leave."""
    case.asked.update(origin="Nairobi", days=1, must="cruise")
    day = case.days[0]
    case.shelf.offers = [e for e in case.shelf.offers if e[1] not in ((day, False), (day, True))]
    case.shelf.ride(day, (6, 0), 240, 1000)
    case.shelf.ride(day, (16, 0), 240, 1000, back=True)
    case.shelf.sight([day], "Long Cruise", 0, minutes=16 * 60 - 10 * 60 - 15 - 30 + 1, tags=("cruise",),
                     hours=(Hours(DAILY, time(5), time(23)),))  # fmt: skip


def _two_mornings(case: Case) -> None:
    """Three musts that are all open only in the same two hours of the only day."""
    case.asked.update(days=1, must="dawn, dew, lark")
    case.asked.pop("origin", None)
    for name in ("dawn", "dew", "lark"):
        hours = (Hours(DAILY, time(9), time(11)),)
        case.shelf.sight(case.days, f"{name} walk", 0, minutes=50, hours=hours, tags=(name,))


def _unknown_money(case: Case) -> None:
    """All hotels in a currency without a stored rate."""
    case.asked["days"] = max(2, case.asked["days"])
    case.shelf.offers = [e for e in case.shelf.offers if e[0] != OfferKind.HOTEL]
    case.shelf.hotel(case.days[0], case.days[-1], 50, currency="CHF")
    case.asked["budget"] = Money(10_000_000, "KES")


_TWISTS: dict[str, Callable[[Case], None]] = {
    f.__name__.lstrip("_").replace("_", " "): f
    for f in (
        _past, _no_days, _no_party, _no_money, _nowhere, _too_dear, _no_way_there, _no_way_back, _back_too_soon,
        _no_bed, _full, _full_rides, _closed, _unheard_of, _must_and_must_not, _too_many, _too_many_in_all,
        _late_riser, _no_coach, _short_days, _two_at_once, _too_far_apart, _no_time_between, _two_mornings,
        _unknown_money,
    )
}  # fmt: skip
