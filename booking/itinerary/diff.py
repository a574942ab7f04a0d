"""What is different between two plans, in short sentences, and which cards show it."""

from collections.abc import Iterator
from datetime import datetime

from booking.itinerary.cards import day_draft, overview
from booking.itinerary.texts import say
from booking.texts import count
from booking.trips import Item, Plan, Trip
from bot.content import Draft
from bot.language import dated

_MOST = 8
_BY_TITLE = ("arrive", "leave", "stay")


def differences(before: Plan, after: Plan) -> list[str]:
    """What came, went, moved or was set aside, from one plan to the other."""
    old, new = _items(before), _items(after)
    found = [*_days(before, after)]
    put_by = {i.id for i in after.aside}
    found += [say("d_gone", a=i.title) for key, i in old.items() if key not in new and i.id not in put_by]
    found += [say("d_new", a=i.title) for key, i in new.items() if key not in old]
    found += [
        say("d_moved", a=i.title, at=dated(i.begins, "%a %d %b %H:%M")) for key, i in new.items()
        if key in old and _at(after, i) != _at(before, old[key]) and i.role not in _BY_TITLE
    ]  # fmt: skip
    known = {i.id for i in before.aside}
    return [*found, *(say("d_aside", a=i.title) for i in after.aside if i.id not in known)]


def _days(before: Plan, after: Plan) -> Iterator[str]:
    if (before.start, len(before.days)) != (after.start, len(after.days)):
        days = count(len(after.days), "day")
        yield say("d_days", days=days, start=dated(after.start, "%a %d %b"), end=dated(after.end, "%a %d %b %Y"))


def _at(plan: Plan, item: Item) -> tuple[int, str]:
    """Day and hour of an item within its trip, so that moving the dates moves nothing in it."""
    return (item.begins.date() - plan.start).days, f"{item.begins:%H:%M}"


def _items(plan: Plan) -> dict[tuple[str, str], Item]:
    """Items by what they are: visits keep their id, rides and hotels are the same if they are called the same."""
    shown = (i for i in plan.items() if i.role != "ride")
    return {(i.role, i.title if i.role in _BY_TITLE else i.id): i for i in shown}


def change_drafts(before: Plan, trip: Trip, now: datetime, done: str = "") -> tuple[Draft, ...]:
    """What was `done` and what changed, the overview if it changed, and the days that are not as they were."""
    plan, said = trip.plan, differences(before, trip.plan)
    more = [say("d_more", count=len(said) - _MOST)] if len(said) > _MOST else []
    text = "\n".join([*([done] if done else []), *(f"• {line}" for line in [*said[:_MOST], *more])])
    whole = (before.start, len(before.days), before.stays) != (plan.start, len(plan.days), plan.stays)
    cards = [overview(trip, now)] if whole or before.aside != plan.aside else []
    cards += [day_draft(trip, n) for n, day in enumerate(plan.days) if n >= len(before.days) or day != before.days[n]]
    return (*((Draft(text=text),) if text else ()), *(cards or [overview(trip, now)]))
