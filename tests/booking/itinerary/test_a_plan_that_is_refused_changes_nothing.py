"""A plan that would take away what is being paid for is not kept, and neither is anything that comes with it."""

from dataclasses import replace
from datetime import date

import pytest

from booking.itinerary.keeping import PROPOSALS, Proposal, Trips
from booking.sale.bookings import BOOKINGS
from booking.trips import TRIP, TRIPS, Day, Item, Plan, Trip
from bot.documents import Insert
from bot.gazetteer import Spot
from bot.zones import ZONE
from tests.booking.sale.single import NOW, ask, booking, offer
from tests.payments.shelf import Shelf

BEACH = Spot(
    id=1, name="Mombasa", kind="city", country="KE", region="", lat=-4.0, lon=39.7, population=1, tz="Africa/Nairobi"
)
BAY = replace(BEACH, id=2, name="Cape Town", country="ZA", tz="Africa/Johannesburg")
ROOM = Item(id="i", role="stay", title="Room", starts_at=NOW, ends_at=NOW, zone=BEACH.tz, offer=offer(1))
PLAN = Plan(
    title="Trip",
    destination=BEACH,
    start=date(2026, 11, 20),
    days=(Day(date=date(2026, 11, 20)),),
    travelers=2,
    currency="KES",
    stays=(ROOM,),
)


@pytest.mark.parametrize(("state", "kept"), [("awaiting_payment", False), ("expired", True)])
async def test_the_clock_of_a_plan_that_is_not_kept_is_not_taken_over(state: str, kept: bool) -> None:
    store, here = Shelf(), ask()
    here = replace(here, thread=replace(here.thread, facts={TRIP: "t", ZONE: BEACH.tz}))
    trip = Trip(id="t", thread="trip", plan=PLAN, made_at=NOW)
    other = replace(PLAN, destination=BAY, stays=())
    proposal = Proposal(id="p", thread="trip", plan=other, base=1, at=NOW)
    await store.commit(
        [Insert(TRIPS, trip), Insert(PROPOSALS, proposal), Insert(BOOKINGS, booking(1, state, trip="t"))]
    )
    reply = await Trips(store).adopt(here, "p")
    assert [op.kind.name for op in reply.ops] == (["trips", "trip_versions", "proposals"] if kept else ["proposals"])
    assert (reply.thread.facts[ZONE] if reply.thread else "") == (BAY.tz if kept else "")
