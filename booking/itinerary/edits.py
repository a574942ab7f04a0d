"""Edits of a plan that need no search: pure functions from plan to plan. They lose nothing and touch nothing locked."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

from booking.itinerary.build import Draw
from booking.itinerary.ground import instant, local, minute, point
from booking.itinerary.replan import Judge, worse
from booking.itinerary.schedule import Stop, identity, stop, timetable
from booking.itinerary.slots import free_of, standing, with_day
from booking.itinerary.texts import say
from booking.itinerary.validate import Trouble
from booking.trips import Day, Item, Plan
from bot.errors import Explain
from bot.money import Money

_STEP = 15
_LATER = 60
MOVABLE = ("see", "eat", "idea")


def removed(plan: Plan, item: Item) -> Plan:
    """The plan without an item. Explain if it is locked."""
    _check_unlocked(item)
    return replace(
        plan, days=tuple(_without(day, item) for day in plan.days),
        stays=tuple(i for i in plan.stays if i.id != item.id), aside=tuple(i for i in plan.aside if i.id != item.id),
    )  # fmt: skip


def locked(plan: Plan, item: Item, *, on: bool) -> Plan:
    """The plan with an item that nothing changes any more, or may change again. Explain if it is booked."""
    if item.booked and not on:
        raise Explain(say("is_booked", a=item.title, number=item.booked))
    return put(plan, replace(item, locked=on))


def put(plan: Plan, item: Item) -> Plan:
    """The plan with an item in the place of the one with the same id; days stay in order of time."""
    days = list(plan.days)
    for n, day in enumerate(plan.days):
        if any(i.id == item.id for i in day.items):
            days[n] = with_day(plan, n, [item if i.id == item.id else i for i in day.items]).days[n]
    return replace(
        plan, days=tuple(days), stays=_swapped(plan.stays, item), aside=_swapped(plan.aside, item),
    )  # fmt: skip


def with_budget(plan: Plan, budget: Money) -> Plan:
    """The plan with a budget for the whole party."""
    return replace(plan, wishes=replace(plan.wishes, budget=budget))


def with_idea(plan: Plan, n: int, title: str, at: time | None) -> Plan:
    """The plan with something that no search result stands behind, at a time or in the first free hour."""
    draw = Draw(plan.made)
    day = plan.days[n]
    starts = [minute(local(day.date, at, plan.zone))] if at else list(_grid(plan, n, time(9), time(21)))
    for start in starts:
        idea = draw.idea(title, start, 60, plan.zone)
        anew = replace(with_day(plan, n, [*day.items, idea]), made=draw.made)
        if at or not worse(plan, anew):
            return anew
        draw = Draw(plan.made)
    raise Explain(say("day_full", day=n + 1))


def moved_to(plan: Plan, item: Item, n: int, start: int) -> Plan:
    """The plan with an item at a moment of a day, whatever is there. Explain if it is locked or has its own times."""
    _check_movable(item)
    at = item.at(instant(start), instant(start) + (item.ends_at - item.starts_at))
    bare = removed(plan, item)
    return with_day(bare, n, [*bare.days[n].items, at])


def later(plan: Plan, item: Item, *, sign: int) -> Plan:
    """An item about an hour later (sign 1) or earlier (-1), at the nearest time at which nothing is wrong."""
    n = plan.day_of(item.id)
    if n is None:
        raise Explain(say("no_day", a=item.title))
    _check_movable(item)
    now, judge = minute(item.starts_at), Judge(plan)
    away = [_LATER, *(m for m in range(_STEP, 12 * 60, _STEP) if m != _LATER)]
    for minutes in sorted(away, key=lambda m: (abs(m - _LATER), -m)):
        start = now + sign * minutes
        if instant(start).astimezone(ZoneInfo(item.zone)).date() == plan.days[n].date:
            anew = moved_to(plan, item, n, start)
            if not judge.worse(anew):
                return anew
    raise Explain(say("no_later" if sign > 0 else "no_earlier", a=item.title))


def pushed(plan: Plan, item: Item, n: int, start: int) -> Plan | None:
    """An item at a moment of a day and the other unlocked visits of that day around it, None if they do not fit."""
    target = moved_to(plan, item, n, start)
    day = target.days[n]
    stops = tuple(_loose(day, i) if _may_give_way(i, item) else standing(i) for i in day.items if i.role not in _RIDES)
    table = timetable(stops, free_of(target, n), _STEP) or timetable(stops, free_of(target, n))
    if table is None:
        return None
    at = {v.stop.name: v for v in table}
    items = [i if i.role in _RIDES else i.at(instant(at[_name(i)].start), instant(at[_name(i)].end)) for i in day.items]
    anew = with_day(target, n, items)
    return None if worse(plan, anew) else anew


def free_times(plan: Plan, item: Item, n: int) -> Iterator[int]:
    """The quarters of an hour of a day at which an item could stand with nothing wrong."""
    judge = Judge(plan)
    for start in _grid(plan, n, time(6), time(22)):
        if not judge.worse(moved_to(plan, item, n, start)):
            yield start


def problems_of(before: Plan, after: Plan) -> list[Trouble]:
    """What an edit would make wrong."""
    return worse(before, after)


_RIDES = ("arrive", "leave")


def _grid(plan: Plan, n: int, first: time, last: time) -> Iterator[int]:
    day = plan.days[n].date
    return iter(range(minute(local(day, first, plan.zone)), minute(local(day, last, plan.zone)) + 1, _STEP))


def _may_give_way(item: Item, moved: Item) -> bool:
    return item.id != moved.id and not item.fixed and item.role in MOVABLE and not _has_times(item)


def _loose(day: Day, item: Item) -> Stop:
    """An unlocked visit that may stand at any hour at which it is open."""
    fixed = standing(item)
    free = stop(item.offer, 0, day.date) if item.offer else None
    if item.offer is None:
        at = fixed.starts[0][0]
        return replace(fixed, starts=((at - 6 * 60, at + 6 * 60),))
    return replace(free, minutes=fixed.minutes, at=point(item.offer.venue)) if free else fixed


def _has_times(item: Item) -> bool:
    return item.offer is not None and item.offer.starts_at is not None


def _check_unlocked(item: Item) -> None:
    if item.locked:
        raise Explain(say("is_booked" if item.booked else "is_locked", a=item.title, number=item.booked))


def _check_movable(item: Item) -> None:
    _check_unlocked(item)
    if item.role not in MOVABLE or _has_times(item):
        raise Explain(say("own_times", a=item.title))


def _without(day: Day, item: Item) -> Day:
    return replace(day, items=tuple(i for i in day.items if i.id != item.id))


def _swapped(items: tuple[Item, ...], item: Item) -> tuple[Item, ...]:
    return tuple(item if i.id == item.id else i for i in items)


def _name(item: Item) -> tuple[str, str, str]:
    return identity(item.offer) if item.offer else (item.role, item.id, "")
