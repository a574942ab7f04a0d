"""What goes wrong while a group buys: each case has one clear outcome, one order for each booking, and exact money."""

import pytest

from booking.offers import Offer, OfferKind
from bot.money import Money
from tests.booking.shop import GROUP, Shop


async def check(trip: Shop, taken: Money) -> None:
    """Money and orders fit: taken is what was confirmed, each booking has one order, and the ledger is right."""
    await trip.check()
    booked = [b for b in await trip.bookings() if b.code]
    assert await trip.captured() == taken
    assert sum(b.price.minor for b in booked) == taken.minor
    orders = await trip.orders()
    assert sorted(o.code for o in orders) == sorted(b.code for b in booked)


async def test_what_sold_out_while_people_paid_is_paid_by_nobody(trip: Shop) -> None:
    flight = await unheld(trip)
    await names(trip)
    await trip.checkout(flight, who="me")
    await trip.faults.add("inventory", "sold_out", match=flight.title)
    await trip.all_pay()
    assert await trip.states_of() == ["released"]
    assert (await trip.collection()).state == "released"
    assert (await trip.the_checkout()).state == "over"
    assert "can no longer be had: sold out. Nobody pays for it." in trip.said()
    await check(trip, Money(0, "KES"))


async def test_a_price_rise_before_the_order_asks_everybody_for_the_rest_and_then_books(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    collection = await trip.checkout(hotel)
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=20)
    for share in collection.shares[:2]:
        await trip.gateway.pay(share.payment)
    await trip.passes(hours=2.5)  # the price clock has run out, the space has not
    await trip.pays("Chi")
    dearer = await trip.collection()
    assert dearer.total > hotel.price and dearer.state == "collecting"
    assert await trip.states_of() == ["awaiting_payment"] and await trip.orders() == []
    top_ups = [s for s in dearer.shares if s.role == "top_up"]
    assert Money(sum(s.amount.minor for s in top_ups), "KES") == dearer.total - hotel.price
    assert f"risen from {hotel.price} to {dearer.total}" in trip.said()
    assert "⏳ Chi (paid; the rise in price is open)" in trip.said() and "0 of 3 have paid all of it" in trip.said()
    await trip.all_pay()
    (booked,) = await trip.bookings()
    assert (booked.state, booked.price, booked.payment) == ("confirmed", dearer.total, "full")
    await check(trip, dearer.total)


async def test_a_supplier_that_breaks_its_word_on_a_held_price_asks_everybody_for_the_rest_too(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    collection = await trip.checkout(hotel)
    assert (await trip.bookings())[0].hold is not None
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=20)
    await trip.all_pay()
    assert (await trip.collection()).state == "collecting" and await trip.orders() == []
    await trip.all_pay()
    dearer = await trip.collection()
    assert dearer.state == "committed" and dearer.total > collection.total
    assert f"risen from {hotel.price} to {dearer.total}" in trip.said()
    (booked,) = await trip.bookings()
    assert (booked.state, booked.price) == ("confirmed", dearer.total)
    await check(trip, dearer.total)


async def test_a_supplier_that_loses_what_it_held_costs_nobody_anything(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "sold_out", match=hotel.title)
    await trip.all_pay()
    assert await trip.states_of() == ["released"]
    assert (await trip.collection()).state == "released"
    await check(trip, Money(0, "KES"))


async def test_one_of_three_that_fails_is_told_with_its_reason_and_not_charged(trip: Shop) -> None:
    hotels = [await trip.hotel(n, "Free cancellation") for n in range(3)]
    await trip.checkout(*hotels)
    await trip.faults.add("inventory", "refused", match=hotels[1].title)
    await trip.all_pay()
    booked = {b.offer.title: b for b in await trip.bookings()}
    assert [booked[h.title].state for h in hotels] == ["confirmed", "released", "confirmed"]
    paid = hotels[0].price, hotels[2].price
    assert paid[0] and paid[1]
    assert f"❌ **{hotels[1].title}**" in trip.said() and "refuses it. Not charged." in trip.said()
    await check(trip, paid[0] + paid[1])
    shares = (await trip.collection()).shares
    assert max(s.captured for s in shares) - min(s.captured for s in shares) <= 1


async def test_an_order_without_an_answer_is_looked_up_and_never_sent_again(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "timeout", match="confirm")
    await trip.faults.add("inventory", "down", match="look_up", times=3)
    await trip.all_pay()
    assert await trip.states_of() == ["unknown"] and await trip.captured() == Money(0, "KES")
    assert "I keep asking and do not order it twice" in trip.said()
    await trip.passes(seconds=90)
    (booked,) = await trip.bookings()
    assert (booked.state, [m.to for m in booked.history][-3:]) == ("confirmed", ["placing", "unknown", "confirmed"])
    await check(trip, hotel.price)


async def test_an_order_that_never_arrived_is_given_up_after_two_looks(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "refused", match="confirm")
    (booking,) = await trip.bookings()
    await trip.all_pay()
    assert await trip.states_of() == ["released"]
    assert booking.hold is not None
    held = await trip.supplier(hotel).look_up(f"booking:{booking.id}:place:1")
    assert held is None
    await check(trip, Money(0, "KES"))


async def test_a_supplier_that_is_down_for_a_moment_is_asked_again_and_books_once(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "down", match="confirm", times=2)
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"]
    await check(trip, hotel.price)


@pytest.mark.parametrize("press", ["pay", "Split"])
async def test_five_presses_of_one_button_buy_once(trip: Shop, press: str) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.cart(hotel)
    if press == "Split":
        await trip.call("Ana", "pay")
    label = next(b for b in trip.buttons(GROUP) if b.startswith("Split" if press == "Split" else "Pay KES"))
    for who in ("Ana", "Ana", "Ben", "Chi", "Ana"):
        await trip.press(GROUP, who, label)
    await trip.quiet()
    if press == "pay":
        await trip.press(GROUP, "Ana", next(b for b in trip.buttons(GROUP) if b.startswith("Split")))
        await trip.quiet()
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"]
    await check(trip, hotel.price)


async def test_nobody_pays_in_time_and_the_hold_is_let_go(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    await trip.pays("Ana")
    assert len(await trip.orders("held")) == 1
    await trip.passes(hours=5)
    assert await trip.states_of() == ["expired"]
    assert await trip.orders("held") == [] and len(await trip.orders("cancelled")) == 1
    assert "nobody was charged, and nothing is booked" in trip.said()
    await trip.press(GROUP, "Ana", "Put it back into the cart")
    assert [line.offer.ref for line in (await trip.the_cart()).lines] == [hotel.ref]
    await check(trip, Money(0, "KES"))


async def test_what_is_gone_at_the_checkout_leaves_the_cart_and_the_rest_can_be_paid(trip: Shop) -> None:
    gone, there = await trip.hotel(0), await trip.hotel(1)
    assert there.price
    await trip.cart(gone, there)
    await trip.faults.add("inventory", "sold_out", match=gone.title)
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert f"{gone.title} can no longer be had" in trip.said()
    assert await trip.bookings() == []
    await trip.press(GROUP, "Ana", "Pay for the rest")
    await trip.quiet()
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"]
    await check(trip, there.price)


async def test_a_supplier_that_is_silent_at_the_checkout_changes_nothing(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.cart(hotel)
    await trip.faults.add("inventory", "down", match="hold")
    await trip.call("Ana", "pay", who="me", currency="KES")
    assert "so" in trip.said() and "stays in the cart. Nobody was charged." in trip.said()
    assert await trip.bookings() == [] and len((await trip.the_cart()).lines) == 1


async def test_what_is_not_held_cannot_be_collected_for_but_one_can_pay_at_once(trip: Shop) -> None:
    flight = await unheld(trip)
    assert flight.price
    await names(trip)
    await trip.cart(flight)
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert f"Nobody keeps {flight.title} unpaid long enough" in trip.said() and await trip.bookings() == []
    labels = list(trip.buttons(GROUP))
    assert any("held" in label for label in labels if label.startswith(("I pay", "")))
    await trip.press(GROUP, "Ana", f"I pay {flight.price}")
    await trip.quiet()
    await trip.pays("Ana")
    assert await trip.states_of() == ["confirmed"]
    await check(trip, flight.price)


async def test_a_fare_that_is_held_can_be_taken_instead(trip: Shop) -> None:
    flight = await unheld(trip)
    await names(trip)
    await trip.cart(flight)
    await trip.call("Ana", "pay", who="split", currency="KES")
    label = next(label for label in trip.buttons(GROUP) if "held" in label and "→" in label)
    await trip.press(GROUP, "Ana", label)
    await trip.quiet()
    (line,) = (await trip.the_cart()).lines
    assert line.offer.ref != flight.ref and line.offer.holds
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert len((await trip.collection()).shares) == 3


async def test_a_restart_in_the_middle_of_ordering_orders_once(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "timeout", match="confirm")
    for share in (await trip.collection()).shares:
        await trip.gateway.pay(share.payment)
    await trip.quiet()
    (booking,) = await trip.bookings()
    assert booking.state in ("unknown", "confirmed")
    await trip.passes(minutes=3)
    assert await trip.states_of() == ["confirmed"]
    await check(trip, hotel.price)


async def test_who_started_it_can_call_it_off_until_everybody_has_paid(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.checkout(hotel)
    await trip.pays("Ana")
    token = trip.buttons(GROUP)["Call it off"].id
    await trip.presses(GROUP, "Ben", token)
    assert await trip.states_of() == ["awaiting_payment"]
    await trip.presses(GROUP, "Ana", token)
    await trip.quiet()
    assert (await trip.states_of(), (await trip.collection()).state) == (["expired"], "released")
    assert await trip.orders("held") == []
    await check(trip, Money(0, "KES"))
    await trip.bought(hotel)
    await trip.presses(GROUP, "Ana", trip.buttons(GROUP)["Call it off"].id)
    await trip.quiet()
    assert await trip.states_of() == ["expired", "confirmed"] and await trip.captured() == hotel.price


async def unheld(trip: Shop) -> Offer:
    """A flight that nobody keeps unpaid."""
    return next(o for o in await trip.offers(OfferKind.FLIGHT) if not o.holds)


async def names(trip: Shop) -> None:
    await trip.call("Ana", "keep_names", names="Ana Njeri, Ben Otieno", wanted=2)
