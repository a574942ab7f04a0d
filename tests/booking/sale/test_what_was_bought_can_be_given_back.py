"""Cancelling: the quote first, one confirmation, the refund to the right people in the right shares."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from booking.offers import Offer, kept_of
from booking.providers.sandbox.orders import ORDERS
from booking.sale.bookings import Booking
from booking.sale.cancelling import routes_of
from bot.documents import Replace
from bot.money import Money
from bot.storage import STORES
from payments.model import REFUNDS
from tests.booking.shop import GROUP, Shop, shop


async def test_the_refund_is_the_quote_and_goes_back_in_the_shares_it_was_paid(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Cancelling costs the first night")
    assert hotel.price
    (booking,) = await trip.bought(hotel)
    collection = await trip.collection()
    back = hotel.price - kept_of(hotel.terms, hotel.price, trip.clock.now())
    assert 0 < back.minor < hotel.price.minor
    said = routes_of(booking, collection, back)
    label = await quote(trip, "Ana", booking)
    assert label == f"Cancel and refund {back}"
    for name, amount in said:
        assert f"{amount} goes back to {name}, the way it was paid." in trip.said()
    await confirm(trip, "Ana", label)
    (after,) = await trip.bookings()
    assert (after.state, after.refunded, after.refund) == ("cancelled", back, "requested")
    given = {s.name: s.refunded for s in (await trip.collection()).shares}
    assert given == {name: amount.minor for name, amount in said} and sum(given.values()) == back.minor
    assert len(await trip.orders("cancelled")) == 1 and await trip.orders() == []
    await trip.check()


async def test_one_of_two_bookings_is_cancelled_and_the_other_stays(trip: Shop) -> None:
    first, second = await trip.hotel(0, "Free cancellation"), await trip.hotel(1, "Free cancellation")
    assert first.price and second.price
    await trip.bought(first, second)
    booking = await of(trip, first)
    await trip.call("Ben", "cancel_booking", booking="the trip")
    choice = [b for b in trip.buttons(GROUP, "Ben") if b.startswith("CV-")]
    assert sorted(choice) == sorted(f"{b.number} {b.offer.title}"[:60] for b in await trip.bookings())
    await confirm(trip, "Ben", await quote(trip, "Ben", booking))
    assert ((await of(trip, first)).state, (await of(trip, second)).state) == ("cancelled", "confirmed")
    shares = (await trip.collection()).shares
    assert sum(s.captured for s in shares) == (first.price + second.price).minor
    assert sum(s.refunded for s in shares) == first.price.minor
    await trip.check()


async def test_a_rate_that_gives_nothing_back_says_so_before(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Not refundable")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    assert label == "Cancel without a refund" and "gives back **nothing**" in trip.said()
    await confirm(trip, "Ana", label)
    (after,) = await trip.bookings()
    assert (after.state, after.refund, after.refunded) == ("cancelled", "none", Money(0, "KES"))
    assert await trip.store.find(REFUNDS, {"collection": (await trip.collection()).id}) == []
    assert "Nothing comes back, as was said before." in trip.said()
    await trip.check()


async def test_who_neither_ordered_nor_paid_cannot_cancel(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel, who="Ana, Ben")
    await trip.call("Chi", "cancel_booking", booking=booking.number)
    assert "Only who ordered it or paid for it can cancel" in trip.said()
    assert await trip.states_of() == ["confirmed"]


async def test_a_quote_that_has_run_out_is_asked_for_again_and_the_newer_one_counts(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    token = trip.buttons(GROUP, "Ana")[label].id
    starts = hotel.starts_at
    assert starts and hotel.price
    trip.clock.offset += starts - timedelta(hours=23) - trip.clock.now()  # only the later nights come back now
    await trip.quiet()
    await trip.presses(GROUP, "Ana", token)
    await trip.quiet()
    assert await trip.states_of() == ["cancel_quoted"] and await trip.orders("cancelled") == []
    label = await quote(trip, "Ana", booking)
    less = hotel.price - kept_of(hotel.terms, hotel.price, trip.clock.now())
    assert label == f"Cancel and refund {less}" and less < hotel.price
    await confirm(trip, "Ana", label)
    assert sum(s.refunded for s in (await trip.collection()).shares) == less.minor
    await trip.check()


async def test_a_confirmation_pressed_five_times_cancels_and_refunds_once(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    assert hotel.price
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    token = trip.buttons(GROUP, "Ana")[label].id
    for _ in range(5):
        await trip.presses(GROUP, "Ana", token)
    await trip.presses(GROUP, "Ben", token)
    await trip.quiet()
    assert await trip.states_of() == ["cancelled"]
    assert sum(s.refunded for s in (await trip.collection()).shares) == hotel.price.minor
    assert len(await trip.store.find(REFUNDS, {"collection": (await trip.collection()).id})) == 3
    await trip.check()


async def test_two_who_ask_what_comes_back_do_not_make_each_others_quotes_stale(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    labels = {who: await quote(trip, who, booking) for who in ("Ana", "Ben")}
    tokens = {who: trip.buttons(GROUP, who)[label].id for who, label in labels.items()}
    assert labels["Ana"] == labels["Ben"] and tokens["Ana"] != tokens["Ben"]
    await quote(trip, "Chi", booking)
    await trip.presses(GROUP, "Ana", tokens["Ana"])
    await trip.quiet()
    assert await trip.states_of() == ["cancelled"], "the first of the three counts"
    await trip.presses(GROUP, "Ben", tokens["Ben"])
    await trip.quiet()
    assert "is cancelled; there is nothing to cancel." in trip.said()
    assert len(await trip.store.find(REFUNDS, {"collection": (await trip.collection()).id})) == 3
    await trip.check()


async def test_a_newer_quote_at_the_supplier_that_says_the_same_is_as_good(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    await trip.supplier(hotel).quote_cancel(booking.code, key="somebody else's")
    await confirm(trip, "Ana", label)
    assert await trip.states_of() == ["cancelled"]
    await trip.check()


async def test_a_newer_quote_at_the_supplier_that_says_less_needs_another_press(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    (order,) = await trip.orders()
    anew = replace(order, terms=(), quote=order.quote + 1)
    await trip.store.commit([Replace(ORDERS, anew)])
    await confirm(trip, "Ana", label)
    assert await trip.states_of() == ["cancel_quoted"]
    assert "Cancel without a refund" in {**trip.buttons(GROUP, "Ana"), **trip.buttons("Ana-direct", "Ana")}


async def test_a_supplier_that_does_not_say_whether_it_cancelled_is_asked_until_it_does(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    assert hotel.price
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    await trip.faults.add("inventory", "timeout", match="cancel")
    await trip.faults.add("inventory", "down", match="look_up", times=2)
    await confirm(trip, "Ana", label)
    assert await trip.states_of() == ["cancelling"] and "I keep asking" in trip.said()
    assert sum(s.refunded for s in (await trip.collection()).shares) == 0
    await trip.passes(seconds=30)
    assert await trip.states_of() == ["cancelled"]
    assert sum(s.refunded for s in (await trip.collection()).shares) == hotel.price.minor
    await trip.check()


async def test_a_supplier_that_refuses_to_cancel_keeps_the_booking(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    await trip.faults.add("inventory", "refused", match="cancel")
    await confirm(trip, "Ana", label)
    assert await trip.states_of() == ["confirmed"] and "it stays booked" in trip.said()
    await confirm(trip, "Ana", await quote(trip, "Ana", booking))
    assert await trip.states_of() == ["cancelled"]


async def test_not_now_leaves_everything_as_it_is(trip: Shop) -> None:
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    label = await quote(trip, "Ana", booking)
    token = trip.buttons(GROUP, "Ana")[label].id
    await trip.press(GROUP, "Ana", "Not now")
    await trip.presses(GROUP, "Ana", token)
    assert await trip.states_of() == ["cancel_quoted"] and len(await trip.orders()) == 1


async def test_a_booking_that_is_not_there_or_over_cannot_be_cancelled(trip: Shop) -> None:
    await trip.call("Ana", "cancel_booking", booking="")
    assert "Nothing has been booked here yet." in trip.said()
    hotel = await trip.hotel(0, "Free cancellation")
    (booking,) = await trip.bought(hotel)
    await trip.call("Ana", "cancel_booking", booking="CV-NOSUCH1")
    assert "There is no booking “CV-NOSUCH1” here." in trip.said()
    await confirm(trip, "Ana", await quote(trip, "Ana", booking))
    await trip.call("Ana", "cancel_booking", booking=booking.number)
    assert "is cancelled; there is nothing to cancel." in trip.said()


async def quote(trip: Shop, who: str, booking: Booking) -> str:
    """Ask what cancelling gives back; the label of the button that confirms it."""
    await trip.call(who, "cancel_booking", booking=booking.number)
    labels = [b for b in trip.buttons(GROUP, who) if b.startswith(("Cancel and refund", "Cancel without"))]
    return labels[-1]


async def confirm(trip: Shop, who: str, label: str) -> None:
    await trip.press(GROUP, who, label)
    await trip.quiet()


async def of(trip: Shop, offer: Offer) -> Booking:
    return next(b for b in await trip.bookings() if b.offer.ref == offer.ref)


async def test_it_is_the_same_on_a_mongo_database(mongo_url: str, tmp_path: Path) -> None:
    async with shop(tmp_path, own=STORES["mongo"](mongo_url)) as trip:
        await trip.trip("Ana", "Ben")
        hotel = await trip.hotel(0, "Free cancellation")
        assert hotel.price
        await trip.faults.add("inventory", "timeout", match="confirm")
        (booking,) = await trip.bought(hotel)
        await trip.passes(minutes=1)
        (booking,) = await trip.bookings()
        assert booking.state == "confirmed" and len(await trip.orders()) == 1
        await confirm(trip, "Ana", await quote(trip, "Ana", booking))
        assert await trip.states_of() == ["cancelled"]
        assert sum(s.refunded for s in (await trip.collection()).shares) == hotel.price.minor
