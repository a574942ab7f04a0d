"""Checks a plan as it stands: what overlaps, is closed, too far, too dear or not as wished."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise

from booking.itinerary.ground import EARLY, SETTLE, local, point, travel_minutes
from booking.itinerary.problem import leaves_well
from booking.itinerary.purse import total
from booking.itinerary.schedule import COUNTED, identity
from booking.itinerary.texts import say
from booking.itinerary.words import any_matches, matches
from booking.trips import Day, Item, Plan
from bot.language import dated

VISITS = ("see", "eat")


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong.

    `kind`: overlap, travel, closed, times, stay, early, late, long, avoid, twice, few, must or budget.
    `items`: the ids it is about, in order of time.
    """

    kind: str
    text: str
    items: tuple[str, ...] = ()


def troubles(plan: Plan) -> list[Trouble]:
    """Everything wrong with a plan, none if it can be travelled as it stands."""
    return [*clashes(plan), *_hours(plan), *_stays(plan), *_wishes(plan), *_counts(plan), *_money(plan)]


def clashes(plan: Plan) -> Iterator[Trouble]:
    """Neighbours that overlap or between which there is no time for the way."""
    timeline = sorted((i for day in plan.days for i in day.items), key=lambda i: i.starts_at)
    for a, b in pairwise(timeline):
        gap = b.starts_at - a.ends_at
        if gap < timedelta():
            yield Trouble("overlap", say("overlap", a=a.title, b=b.title), (a.id, b.id))
        elif gap < timedelta(minutes=(needed := way(a, b))):
            yield Trouble("travel", say("travel", a=a.title, b=b.title, minutes=needed), (a.id, b.id))


def way(a: Item, b: Item) -> int:
    """Minutes needed between the end of one item and the start of the next."""
    if a.offer is None or b.offer is None:
        return 0
    if a.role == "arrive" and b.role == "ride":
        return 0
    if a.role == "ride" and b.role == "leave":
        return EARLY.get(b.offer.kind, 0)
    leaving = EARLY.get(b.offer.kind, 0) if b.role == "leave" else 0
    settling = SETTLE.get(a.offer.kind, 0) if a.role == "arrive" else 0
    return settling + leaving + travel_minutes(point(a.offer.until_venue or a.offer.venue), point(b.offer.venue))


def closed(item: Item) -> Trouble | None:
    """Whether an item does not stand at a time when its offer can be had."""
    offer = item.offer
    if offer is None:
        return None
    if offer.starts_at and offer.ends_at:
        if item.starts_at == offer.starts_at and item.ends_at == offer.ends_at:
            return None
        return Trouble("times", say("other_times", a=item.title), (item.id,))
    if offer.hours and not offer.fits(item.begins, item.begins + (item.ends_at - item.starts_at)):
        hours = ", ".join(str(h) for h in offer.hours)
        return Trouble("closed", say("closed_then", a=item.title, hours=hours), (item.id,))
    return None


def _hours(plan: Plan) -> Iterator[Trouble]:
    for item in plan.items():
        if trouble := closed(item):
            yield trouble


def _stays(plan: Plan) -> Iterator[Trouble]:
    if not plan.stays:
        return
    first, last = plan.stays[0], plan.stays[-1]
    if first.begins.date() > plan.start or last.finishes.date() < plan.end:
        yield Trouble("stay", say("nights_missing"), (first.id,))


def _wishes(plan: Plan) -> Iterator[Trouble]:
    for day in plan.days:
        for item in day.items:
            yield from _wished(plan, day, item)
        minutes = sum(int((i.ends_at - i.starts_at).total_seconds()) // 60 for i in day.items if i.role in VISITS)
        if plan.wishes.minutes is not None and minutes > plan.wishes.minutes:
            yield Trouble("long", say("long_day", day=dated(day.date, "%a %d %b"), hours=plan.wishes.minutes / 60))


def _wished(plan: Plan, day: Day, item: Item) -> Iterator[Trouble]:
    wishes = plan.wishes
    if item.offer and any_matches((*wishes.avoid, *day.avoid), item.offer):
        yield Trouble("avoid", say("unwanted", a=item.title), (item.id,))
    if item.role in ("arrive", "leave"):
        if not leaves_well(item.begins.time(), wishes):
            yield Trouble("early", say("bad_hour", a=item.title), (item.id,))
        return
    if wishes.not_before and item.role in VISITS and item.starts_at < local(day.date, wishes.not_before, plan.zone):
        yield Trouble("early", say("bad_hour", a=item.title), (item.id,))
    if wishes.not_after and item.role in VISITS and item.ends_at > local(day.date, wishes.not_after, plan.zone):
        yield Trouble("late", say("bad_hour", a=item.title), (item.id,))


def _counts(plan: Plan) -> Iterator[Trouble]:
    offers = [[i.offer for i in day.items if i.offer and i.role in VISITS] for day in plan.days]
    counts = [sum(o.kind in COUNTED for o in day) for day in offers]
    everything = [o for day in offers for o in day]
    for must in plan.wishes.must:
        if not any(matches(must, o) for o in everything):
            yield Trouble("must", say("must_missing", word=must))
    if min(counts, default=0) < plan.wishes.per_day or sum(counts) < plan.wishes.activities:
        yield Trouble("few", say("too_few"))
    names = [identity(o) for o in everything]
    if len(names) > len(set(names)):
        yield Trouble("twice", say("twice"))


def _money(plan: Plan) -> Iterator[Trouble]:
    cost = total(plan)
    if plan.wishes.budget and cost > plan.wishes.budget:
        yield Trouble("budget", say("over_budget", cost=cost, budget=plan.wishes.budget))
