"""Money that comes after the end, for several things of which some are gone: the rest is bought and paid."""

from booking.sale.bookings import STANDING
from tests.booking.shop import Shop
from tests.payments.counter import late


async def test_late_money_for_two_things_buys_the_one_that_is_left(trip: Shop) -> None:
    gone, left = await trip.hotel(0), await trip.hotel(1)
    collection = await trip.checkout(gone, left, who="me")
    await trip.passes(hours=5)
    await trip.faults.add("inventory", "sold_out", match=gone.title)
    await late(trip, collection.shares[0].payment)
    await trip.quiet()
    await trip.passes(hours=1)
    by_title = {b.offer.title: b for b in await trip.bookings()}
    assert by_title[gone.title].state == "released" and by_title[left.title].state in STANDING
    assert [m.to for m in by_title[gone.title].history][-3:] == ["paid_late", "refunding", "released"]
    assert (await trip.the_checkout()).state == "done" and (await trip.collection()).state == "committed"
    assert await trip.captured() == by_title[left.title].price and len(await trip.orders()) == 1
    await trip.check()
