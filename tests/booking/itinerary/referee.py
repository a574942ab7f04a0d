"""An independent judge of plans: its own distances, hours and sums; it shares no rule with the planner's code."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from booking.offers import Offer
from booking.trips import Item, Plan

HERE = ZoneInfo("Africa/Nairobi")
ARRIVED = {"flight": 45, "bus": 15}
EARLY = {"flight": 120, "bus": 30}


def faults(plan: Plan, asked: Mapping[str, Any], world: Mapping[str, Offer]) -> list[str]:
    """What is wrong with a plan for a request in a world of offers by reference."""
    return [
        *_real(plan, world), *_ways(plan, asked), *_nights(plan, asked), *_timeline(plan), *_hours(plan),
        *_wishes(plan, asked), *_amounts(plan, asked),
    ]  # fmt: skip


def _all(plan: Plan) -> list[Item]:
    return [*plan.stays, *(i for d in plan.days for i in d.items)]


def _real(plan: Plan, world: Mapping[str, Offer]) -> Iterator[str]:
    for item in _all(plan):
        if item.offer is None:
            yield f"{item.title} is from no search"
        elif world.get(item.offer.ref) != item.offer:
            yield f"{item.title} is not what the supplier said"


def _ways(plan: Plan, asked: Mapping[str, Any]) -> Iterator[str]:
    there = [i for i in plan.days[0].items if i.role == "arrive"]
    back = [i for i in plan.days[-1].items if i.role == "leave"]
    wanted = 1 if asked.get("origin") else 0
    if (len(there), len(back)) != (wanted, wanted):
        yield "not one way there and one back"
    for item, day in [*((i, plan.days[0].date) for i in there), *((i, plan.days[-1].date) for i in back)]:
        if _local(item.starts_at).date() != day:
            yield f"{item.title} leaves on another day"


def _nights(plan: Plan, asked: Mapping[str, Any]) -> Iterator[str]:
    if len(plan.days) != asked["days"] or plan.days[0].date != asked["departure_date"]:
        yield "other days than asked for"
    if len(plan.days) == 1:
        return
    if len(plan.stays) != 1:
        yield "no hotel"
    for stay in plan.stays:
        first, last = _local(stay.starts_at).date(), _local(stay.ends_at).date()
        if first != plan.days[0].date or last != plan.days[-1].date:
            yield "the hotel does not cover the nights"


def _timeline(plan: Plan) -> Iterator[str]:
    items = sorted((i for d in plan.days for i in d.items), key=lambda i: i.starts_at)
    if [i.id for d in plan.days for i in d.items] != [i.id for i in items]:
        yield "items are not in order of time"
    for a, b in pairwise(items):
        minutes = (b.starts_at - a.ends_at).total_seconds() / 60
        if a.offer and b.offer and minutes < _needed(a, b):
            yield f"{minutes} minutes between {a.title} and {b.title}, {_needed(a, b)} needed"


def _needed(a: Item, b: Item) -> int:
    assert a.offer and b.offer
    settled = ARRIVED.get(a.offer.kind.value, 0) if a.role == "arrive" else 0
    early = EARLY.get(b.offer.kind.value, 0) if b.role == "leave" else 0
    there = a.offer.until_venue or a.offer.venue
    return settled + early + way_minutes((there.lat, there.lon), (b.offer.venue.lat, b.offer.venue.lon))


def way_minutes(a: tuple[float, float], b: tuple[float, float]) -> int:
    """Ten minutes to set out, 25 km/h for the first 20 km and 60 km/h after that; nothing within 50 m."""
    p, q = map(_vector, (a, b))
    chord = math.dist(p, q)
    km = 2 * 6371 * math.asin(min(1.0, chord / 2))
    if km < 0.05:
        return 0
    return 10 + math.ceil(round(60 * (min(km, 20) / 25 + max(0, km - 20) / 60), 6))


def _vector(at: tuple[float, float]) -> tuple[float, float, float]:
    lat, lon = math.radians(at[0]), math.radians(at[1])
    return math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat)


def _hours(plan: Plan) -> Iterator[str]:
    for n, day in enumerate(plan.days):
        for item in day.items:
            assert item.offer
            offer, start, end = item.offer, _local(item.starts_at), _local(item.ends_at)
            if offer.starts_at and (start, end) != (offer.starts_at, offer.ends_at):
                yield f"{item.title} not at its own time"
            if offer.hours and not _open(offer, start, end):
                yield f"{item.title} is closed at {start}"
            if offer.hours and end - start < timedelta(minutes=offer.minutes):
                yield f"{item.title} is cut short"
            dawn = datetime.combine(day.date, time(5), HERE)
            if item.role in ("see", "eat") and not dawn <= start <= end <= dawn + timedelta(days=1):
                yield f"{item.title} is not on day {n + 1}"


def _open(offer: Offer, start: datetime, end: datetime) -> bool:
    for hours in offer.hours:
        for day in (start.date() - timedelta(days=1), start.date()):
            opens = datetime.combine(day, hours.opens, HERE)
            closes = datetime.combine(day + timedelta(days=hours.closes <= hours.opens), hours.closes, HERE)
            if day.weekday() in hours.days and opens <= start and end <= closes:
                return True
    return False


def _wishes(plan: Plan, asked: Mapping[str, Any]) -> Iterator[str]:
    visits = [[i for i in d.items if i.role in ("see", "eat")] for d in plan.days]
    offers = [i.offer for i in _all(plan) if i.offer]
    for word in _words(asked.get("must")):
        if not any(_named(word, i.offer) for day in visits for i in day if i.offer):
            yield f"{word} is missing"
    for word in _words(asked.get("avoid")):
        yield from (f"{o.title} was to be avoided" for o in offers if _named(word, o))
    for day in plan.days:
        for item in (i for i in day.items if i.role != "ride"):
            yield from _early_or_late(item, asked, item.role in ("arrive", "leave"))
    if asked.get("hours"):
        for seen in visits:
            if sum((i.ends_at - i.starts_at for i in seen), timedelta()) > timedelta(hours=asked["hours"]):
                yield "a day is too long"
    yield from _counts(visits, asked)


def _early_or_late(item: Item, asked: Mapping[str, Any], ride: bool) -> Iterator[str]:
    start, end = _local(item.starts_at), _local(item.starts_at if ride else item.ends_at)
    if asked.get("not_before") and start.time() < time.fromisoformat(asked["not_before"]):
        yield f"{item.title} is too early"
    if asked.get("not_after") and (end.time() > time.fromisoformat(asked["not_after"]) or end.date() != start.date()):
        yield f"{item.title} is too late"


def _counts(visits: list[list[Item]], asked: Mapping[str, Any]) -> Iterator[str]:
    counts = [sum(i.offer is not None and i.offer.kind.value in ("activity", "event") for i in day) for day in visits]
    if min(counts) < asked.get("per_day", 0) or sum(counts) < asked.get("activities", 0):
        yield "too few activities"
    titles = [i.title for day in visits for i in day]
    if len(titles) != len(set(titles)):
        yield "something is visited twice"


def _amounts(plan: Plan, asked: Mapping[str, Any]) -> Iterator[str]:
    offers = [i.offer for i in _all(plan) if i.offer]
    if asked.get("budget"):
        spent = sum(o.price.minor for o in offers if o.price)
        budget = asked["budget"].minor * (asked["travelers"] if asked.get("per_person") else 1)
        if spent > budget or any(o.price and o.price.currency != asked["budget"].currency for o in offers):
            yield f"{spent} of {budget} spent"
    for o in offers:
        needed = -(-asked["travelers"] // 2) if o.kind.value == "hotel" else asked["travelers"]
        if o.left is not None and o.left < needed:
            yield f"{o.title} has no room"


def _words(text: str | None) -> list[str]:
    return [w.strip() for w in (text or "").split(",") if w.strip()]


def _named(word: str, offer: Offer) -> bool:
    """By whole words of the title or a tag; the words of these worlds stand in the singular."""
    return any(re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE) for text in (offer.title, *offer.tags))


def _local(at: datetime) -> datetime:
    return at.astimezone(HERE)
