"""A plan as it stands, seen as fixed visits and the free time around them: the ground for every edit."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from booking.itinerary.build import Draw, in_order
from booking.itinerary.ground import Window, after_arrival, before_departure, minute, point, window
from booking.itinerary.purse import purse_of, total
from booking.itinerary.schedule import Stop, Visit, identity
from booking.itinerary.supply import Outline
from booking.offers import Offer, OfferKind, Venue
from booking.trips import Item, Plan

_EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
FIXED = ("arrive", "leave", "ride")


def outline_of(plan: Plan) -> Outline:
    """The frame of a plan."""
    return Outline(
        destination=plan.destination, origin=plan.origin, start=plan.start, days=len(plan.days),
        travelers=plan.travelers, currency=plan.currency,
    )  # fmt: skip


def ride_of(plan: Plan, role: str) -> Offer | None:
    """How the plan arrives or leaves, None if that is not on it."""
    return next((i.offer for i in plan.items() if i.role == role), None)


def free_of(plan: Plan, n: int) -> Window | None:
    """The free time of a day, wide enough for what stands on it already."""
    day = plan.days[n]
    free = window(day.date, plan.zone, plan.wishes, _EARLIEST)
    free = before_departure(after_arrival(free, ride_of(plan, "arrive")), ride_of(plan, "leave"))
    kept = [i for i in day.items if i.role not in ("arrive", "leave")]
    if free is None or not kept:
        return free
    first, last = min(minute(i.starts_at) for i in kept), max(minute(i.ends_at) for i in kept)
    return Window(min(free.opens, first), max(free.closes, last), free.before, free.after)


def standing(item: Item) -> Stop:
    """An item as a stop that cannot move."""
    at = minute(item.starts_at)
    offer = item.offer or _nothing(item)
    where = point(offer.venue) if item.offer else None
    name = identity(offer) if item.offer else (item.role, item.id, "")
    return Stop(offer, 0, minute(item.ends_at) - at, ((at, at),), where, name)


def _nothing(item: Item) -> Offer:
    """What stands for an idea in a timetable: no kind of visit that is counted."""
    nowhere = Venue(name="", city="", country="", lat=0.0, lon=0.0, zone=item.zone)
    return Offer(
        kind=OfferKind.WEATHER, ref="", supplier="", title=item.title, venue=nowhere, fetched_at=item.starts_at
    )  # fmt: skip


def used(plan: Plan) -> set[tuple[str, str, str]]:
    """Attractions that are on the plan or set aside."""
    return {identity(i.offer) for i in (*plan.items(), *plan.aside) if i.offer}


def money_left(plan: Plan, without: Sequence[str] = ()) -> int | None:
    """Minor units not yet planned for once the items `without` are taken away; None without a budget."""
    if plan.wishes.budget is None:
        return None
    purse = purse_of(plan)
    freed = sum(purse.cost(i.price) or 0 for i in plan.items() if i.price and i.id in without)
    return plan.wishes.budget.minor - total(plan).minor + freed


def placed(plan: Plan, n: int, items: Sequence[Item], visits: Sequence[Visit]) -> Plan:
    """The plan with exactly these items on a day, and new items for visits that are none of them."""
    draw = Draw(plan.made)
    known = {(identity(i.offer) if i.offer else (i.role, i.id, "")): i for i in items}
    new = [draw.visit(v) for v in visits if v.stop.name not in known]
    return with_day(replace(plan, made=draw.made), n, [*items, *new])


def with_day(plan: Plan, n: int, items: Sequence[Item]) -> Plan:
    """The plan with those items on a day."""
    day = replace(plan.days[n], items=in_order(items))
    return replace(plan, days=(*plan.days[:n], day, *plan.days[n + 1 :]))
