"""A Thread that has bought a great deal: what is asked of all its bookings is answered from all of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from booking.itinerary.selling import with_sales
from booking.sale.admin import BookingAdmin
from booking.sale.bookings import BOOKINGS, Booking, Move
from booking.sale.cards import bookings_card
from booking.sale.naming import booking_named, bookings_of
from booking.sale.texts import say
from booking.trips import Item, Plan, Trip
from bot.documents import Insert
from bot.gazetteer import Spot
from tests.booking.sale.hearing import at, checkout, hears, paid
from tests.booking.sale.single import NOW, ask, booking, offer
from tests.booking.sale.test_errands_to_suppliers import Seller
from tests.payments.shelf import Shelf
from tests.payments.table import table

MANY = 230


def last(state: str, **more: Any) -> Booking:
    """A booking whose id comes after those of all others."""
    return replace(booking(MANY, state, **more), id="z", number="CV-LAST")


async def test_the_last_of_many_bookings_is_found_by_its_number_and_stands_in_the_list() -> None:
    store = Shelf()
    known = [booking(n, "expired") for n in range(1, MANY)]
    await store.commit([Insert(BOOKINGS, b) for b in (*known, last("confirmed"))])
    assert (await booking_named(store, "trip", "CV-LAST")).id == "z"
    found = await bookings_of(store, "trip")
    assert len(found) == MANY and found[-1].id == "z"


async def test_late_money_buys_nothing_that_the_last_of_many_bookings_has_bought() -> None:
    t = await at(checkout("over", 1), booking(1, "expired"), money=paid())
    others = [booking(n, "expired", checkout="old") for n in range(2, MANY)]
    bought = last("confirmed", of=offer(1), checkout="other")
    await t.store.commit([Insert(BOOKINGS, b) for b in (*others, bought)])
    h = await hears(t, "covered", late=True)
    assert h.texts()[0] == say("late_twice", title="Mombasa") and "price_order" not in h.names()


async def test_a_plan_keeps_all_of_what_is_being_paid_for() -> None:
    store = Shelf()
    selling = [booking(n, "awaiting_payment", trip="t") for n in range(100, 220)]
    await store.commit([Insert(BOOKINGS, b) for b in selling])
    room = Item(id="i", role="stay", title="Room", starts_at=NOW, ends_at=NOW, zone="Africa/Nairobi", offer=offer(219))
    spot = Spot(
        id=1, name="Mombasa", kind="city", country="KE", region="", lat=-4.0, lon=39.7, population=1,
        tz="Africa/Nairobi",
    )  # fmt: skip
    plan = Plan(
        title="Mombasa", destination=spot, start=date(2026, 11, 20), days=(), travelers=2, currency="KES", stays=(room,)
    )
    found = await with_sales(store, Trip(id="t", thread="trip", plan=plan, made_at=NOW))
    assert [i.selling for i in found.plan.stays] == ["k"]


def test_what_came_to_nothing_stands_last_and_only_the_newest_of_it() -> None:
    states = ["expired", "released"] * 4 + ["cancelled", "confirmed", "awaiting_payment"]
    known = [booking(n, state, refunded=None) for n, state in enumerate(states, 1)]
    card = bookings_card(known, NOW).card
    assert card is not None
    shown = [known[n] for n in (8, 9, 10, 3, 4, 5, 6, 7)]
    assert [line.split("**")[1] for line in card.lines[:-1]] == [b.number for b in shown]
    assert card.lines[-1] == say("b_more", n=3)
    few = bookings_card(known[6:], NOW).card
    assert few is not None and say("b_more", n=0) not in few.lines and len(few.lines) == 5


async def test_an_admin_sees_those_that_have_waited_longest_and_how_many_more_there_are() -> None:
    t = table("ana")
    stuck = [_stuck(n) for n in range(1, 31)]
    await t.store.commit([Insert(BOOKINGS, b) for b in stuck])
    admin = BookingAdmin(t.store, Seller(), t.house.collections)
    (draft,) = (await admin.admin_bookings(ask())).drafts
    assert [b.label for b in draft.buttons] == [b.number for b in stuck[:9:-1]]
    assert draft.card is not None and draft.card.lines[-1] == say("a_more", n=10)
    alone = (await at(checkout(), stuck[0])).store
    (few,) = (await BookingAdmin(alone, Seller(), t.house.collections).admin_bookings(ask())).drafts
    assert few.card is not None and len(few.card.lines) == 1


def _stuck(n: int) -> Booking:
    """Of those with higher numbers nobody has heard for longer."""
    moved = Move(at=NOW - timedelta(minutes=n), before="placing", to="unknown", cause="e")
    return replace(booking(n, "unknown"), history=(moved,))
