"""A hold keeps the space longer than the price: what sells out for others meanwhile is still booked for us."""

import pytest

from booking.itinerary.cards import restored
from booking.ports import SoldOut
from tests.booking.sale.test_paying_is_changed_while_it_is_open import last
from tests.booking.shop import Shop


async def test_what_sold_out_for_others_is_booked_for_us_at_todays_price(trip: Shop) -> None:
    hotel = await trip.hotel()
    collection = await trip.checkout(hotel)
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=20)
    await trip.supplier(hotel).reprice(hotel.ref)
    await trip.faults.add("inventory", "sold_out", match=hotel.title)
    with pytest.raises(SoldOut):
        await trip.supplier(hotel).reprice(hotel.ref)
    for share in collection.shares[:2]:
        await trip.gateway.pay(share.payment)
    await trip.passes(hours=2.5)  # the price clock has run out, the space has not
    await trip.pays("Chi")
    dearer = await trip.collection()
    assert dearer.state == "collecting" and dearer.total > collection.total
    await trip.all_pay()
    (booked,) = await trip.bookings()
    assert (booked.state, booked.price) == ("confirmed", dearer.total)
    await trip.check()


async def test_the_last_room_that_we_hold_is_told_as_its_supplier_tells_it_at_that_moment(trip: Shop) -> None:
    hotel = await last(trip)
    collection = await trip.checkout(hotel)
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=20)
    with pytest.raises(SoldOut):
        await trip.supplier(hotel).reprice(hotel.ref)
    for share in collection.shares[:2]:
        await trip.gateway.pay(share.payment)
    await trip.passes(hours=2.5)
    await trip.pays("Chi")
    (booked,) = await trip.bookings()
    assert booked.offer.price == booked.price > collection.total
    record = await trip.sandbox.record(booked.offer.ref, booked.offer.fetched_at)
    assert record is not None and record["price"]["minor"] == booked.price.minor
    facts = [(f["label"], f["value"]) for f in record["facts"]]
    assert [(f.label, f.value) for f in restored(booked.offer).to_facts()] == facts
