"""What of a plan is being paid for: marked on it, and kept as it is until it is booked or the payment is over."""

from collections.abc import Sequence
from dataclasses import replace

from booking.itinerary.texts import say
from booking.sale.bookings import BOOKINGS, UNDER_WAY, Booking
from booking.texts import count
from booking.trips import Item, Plan, Trip
from bot.content import Draft, Press
from bot.documents import In
from bot.language import listed
from bot.ports import Store
from bot.reading import all_of

_NAMED = 3


async def with_sales(store: Store, trip: Trip) -> Trip:
    """The trip with each item marked that is being paid for now, and no other."""
    found = await all_of(store, BOOKINGS, {"thread": trip.thread, "state": In(tuple(UNDER_WAY))})
    return replace(trip, plan=marked(trip.plan, [b for b in found if b.trip == trip.id]))


def marked(plan: Plan, sales: Sequence[Booking] = ()) -> Plan:
    """The plan with the checkouts of these bookings on the items that they are for; without any its marks are off."""
    by_item = {item.id: b.checkout for b in sales if (item := _meant(plan, b)) is not None}

    def sold(items: tuple[Item, ...]) -> tuple[Item, ...]:
        wrong = any(i.selling != by_item.get(i.id, "") for i in items)
        return tuple(replace(i, selling=by_item.get(i.id, "")) for i in items) if wrong else items

    days = tuple(replace(day, items=sold(day.items)) for day in plan.days)
    return replace(plan, days=days, stays=sold(plan.stays), aside=sold(plan.aside))


def _meant(plan: Plan, booking: Booking) -> Item | None:
    known = plan.item(booking.item) if booking.item else None
    if known is not None and known.offer is not None and known.offer.ref == booking.offer.ref:
        return known
    return next((i for i in plan.items() if i.offer is not None and i.offer.ref == booking.offer.ref), None)


def being_sold(before: Plan, after: Plan | None) -> Draft | None:
    """Why a change cannot be made now, with the ways out, if it takes away or moves what is being paid for; else None.

    `after`: the plan that would be; None is another one altogether."""
    kept = {_sold(i) for i in after.items()} if after is not None else set()
    lost = [i for i in before.items() if i.selling and _sold(i) not in kept]
    if not lost:
        return None
    checkout = lost[0].selling
    return Draft(
        text=say("being_paid_for", names=_named([i.title for i in lost])),
        buttons=(
            Press(label=say("b_call_off"), call="call_off", args={"checkout": checkout}),
            Press(label=say("b_who_has_paid"), call="who_has_paid"),
        ),
    )


def _sold(item: Item) -> tuple[object, ...]:
    """What is bought with an item: this, then."""
    return item.offer.ref if item.offer else item.id, item.starts_at, item.ends_at


def still_booked(before: Plan, after: Plan) -> str:
    """That a new plan leaves out what is booked, "" if it does not."""
    kept = {i.booked for i in after.items()}
    names = [f"{i.title} ({i.booked})" for i in before.items() if i.booked and i.booked not in kept]
    return say("still_booked", names=_named(names)) if names else ""


def _named(titles: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = [count(len(titles) - _NAMED, "thing")] if len(titles) > _NAMED else []
    return listed([*titles[:_NAMED], *more])
