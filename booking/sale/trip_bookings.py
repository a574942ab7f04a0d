"""What bookings do to a trip's plan: booked items are locked, cancelled ones unlocked and set aside."""

from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from booking.itinerary import edits
from booking.itinerary.selling import marked, with_sales
from booking.offers import Offer
from booking.sale.bookings import Booking
from booking.trips import TRIPS, Item, Plan, Trip, moved
from bot.documents import Replace
from bot.ports import Store
from bot.turn import Turn

_CORE = ("arrive", "leave", "stay")


class TripBookings:
    """Changes of a plan that nobody can undo: its earlier versions end here."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def trip_of(self, booking: Booking) -> Trip | None:
        """The trip a booking was made for, or None."""
        trip = await self._store.get(TRIPS, booking.trip) if booking.trip else None
        return await with_sales(self._store, trip) if trip is not None else None

    async def book(self, turn: Turn, bookings: Sequence[Booking]) -> None:
        """Lock what is booked, with the offer as it was bought."""
        trip = await self.trip_of(bookings[0])
        if trip is None:
            return
        plan = trip.plan
        for booking in bookings:
            item = _item(plan, booking)
            if item is not None:
                plan = edits.put(plan, _bought(item, booking))
        self._keep(turn, trip, _confirmed(plan))

    async def set_aside(self, turn: Turn, booking: Booking) -> None:
        """Unlock what was cancelled; it loses its day and waits for another."""
        trip = await self.trip_of(booking)
        item = next((i for i in trip.plan.items() if i.booked == booking.number), None) if trip else None
        if trip is None or item is None:
            return
        free = replace(item, locked=False, booked="")
        plan = edits.removed(edits.put(trip.plan, free), free)
        self._keep(turn, trip, replace(plan, aside=(*plan.aside, free)))

    def _keep(self, turn: Turn, trip: Trip, plan: Plan) -> None:
        plan = marked(plan)
        if plan != marked(trip.plan):
            turn.change(Replace(TRIPS, replace(trip, plan=plan, revision=trip.revision + 1, past=())))


def _bought(item: Item, booking: Booking) -> Item:
    """The item as it was bought; another offer taken instead brings its title and its times."""
    offer = booking.offer
    anew = replace(item, offer=offer, locked=True, booked=booking.number)
    if item.offer is None or item.offer.ref == offer.ref:
        return anew
    anew = replace(anew, title=offer.title, zone=offer.venue.zone, until_zone=(offer.until_venue or offer.venue).zone)
    return anew.at(offer.starts_at, offer.ends_at) if offer.starts_at and offer.ends_at else anew


def _confirmed(plan: Plan) -> Plan:
    """A draft of which every ride there and back and every night is booked is a confirmed trip."""
    needed = [i for i in plan.items() if i.role in _CORE and i.offer is not None and i.offer.bookable]
    done = plan.status == "draft" and bool(needed) and all(i.booked for i in needed)
    return moved(plan, "confirmed") if done else plan


def _item(plan: Plan, booking: Booking) -> Item | None:
    """The item a booking is for: by its id, if that is still for its place and day, else that of the same reference."""
    found = plan.item(booking.item) if booking.item else None
    if found is not None and found.offer is not None and not found.booked and _stands_for(found.offer, booking.offer):
        return found
    same = (i for i in plan.items() if i.offer is not None and i.offer.ref == booking.offer.ref and not i.booked)
    return next(same, None)


def _stands_for(planned: Offer, bought: Offer) -> bool:
    """Whether one can have been taken instead of the other; ids of a plan that was thrown away mean other things."""

    def what(o: Offer) -> tuple[object, ...]:
        day = o.starts_at.astimezone(ZoneInfo(o.venue.zone)).date() if o.starts_at else None
        return o.kind, o.venue.city, o.until_venue.city if o.until_venue else "", day

    return planned.ref == bought.ref or what(planned) == what(bought)
