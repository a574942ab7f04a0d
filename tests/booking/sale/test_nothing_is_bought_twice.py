"""Two people press, press again later, or pay late: one thing is bought once unless they say they want a second one."""

from bot.model import Thread
from payments.model import COLLECTIONS
from tests.booking.sale.test_a_cart_is_filled_and_paid import cheaper_in_five_hours
from tests.booking.sale.test_bookings_change_the_plan_and_the_budget import plan
from tests.booking.shop import GROUP, Shop
from tests.payments.counter import late


async def test_what_is_being_paid_for_does_not_come_into_the_cart_again(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    (booking,) = await trip.bookings()
    for capability in ("add_to_cart", "book_now"):
        await trip.call("Ben", capability, offer=hotel.ref)
        assert (await trip.the_cart()).lines == ()
    assert f"{hotel.title} is being bought already ({booking.number})." in trip.said()
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"] and len(await trip.orders()) == 1


async def test_what_is_booked_comes_into_the_cart_again_only_with_a_word_about_it(trip: Shop) -> None:
    hotel = await trip.hotel()
    (booking,) = await trip.bought(hotel)
    await trip.call("Ben", "book_now", offer=hotel.ref)
    assert f"{hotel.title} is booked already ({booking.number}): this would be a second one." in trip.said()
    assert len((await trip.the_cart()).lines) == 1 and "Who pays?" not in trip.said().rpartition("second one")[2]


async def test_book_this_trip_pressed_again_while_it_is_paid_for_buys_it_once(trip: Shop) -> None:
    await plan(trip)
    await trip.call("Ana", "book_trip")
    await trip.call("Ana", "pay", who="split", currency="KES")
    await trip.call("Ben", "book_trip")
    assert (await trip.the_cart()).lines == () and "booked or in the cart already" in trip.said()
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed", "confirmed"] and len(await trip.orders()) == 2


async def test_what_lapsed_and_was_bought_again_is_not_put_back_a_second_time(trip: Shop) -> None:
    hotel = await cheaper_in_five_hours(trip)
    await trip.checkout(hotel, who="me")
    first = await trip.the_checkout()
    await trip.passes(hours=5)
    for _ in range(2):
        await trip.call("Ana", "cart_again", checkout=first.id)
    assert len((await trip.the_cart()).lines) == 1
    await trip.call("Ana", "pay", who="me", currency="KES")
    await trip.call("Ben", "cart_again", checkout=first.id)
    assert (await trip.the_cart()).lines == ()


async def test_late_money_for_what_was_bought_again_meanwhile_is_let_go(trip: Shop) -> None:
    hotel = await cheaper_in_five_hours(trip)
    old = await trip.checkout(hotel, who="me")
    first = await trip.the_checkout()
    await trip.passes(hours=5)
    await trip.call("Ana", "cart_again", checkout=first.id)
    await trip.call("Ana", "pay", who="me", currency="KES")
    await trip.all_pay()
    assert sorted(await trip.states_of()) == ["confirmed", "expired"]
    await late(trip, old.shares[0].payment)
    await trip.passes(minutes=5)
    assert sorted(await trip.states_of()) == ["confirmed", "expired"] and len(await trip.orders()) == 1
    assert "you have bought it otherwise since" in trip.said()
    thread: Thread = await trip.thread(GROUP)
    found = await trip.store.find(COLLECTIONS, {"thread": thread.id})
    assert sorted(c.state for c in found) == ["committed", "released"]
    await trip.check()
