"""What is said to who goes to pay while something is being paid for already, and how others come to pay for it."""

import pytest

from booking.offers import Offer
from booking.sale.cart import QUOTATIONS, Quotation, Quoted
from booking.sale.pricing import GONE
from booking.sale.texts import say
from bot.documents import Insert
from bot.money import Money
from payments.model import Share
from tests.booking.shop import GROUP, Shop
from tests.payments.counter import leaves, person


async def live(trip: Shop) -> list[Share]:
    return [s for s in (await trip.collection()).shares if s.state != "voided"]


async def test_to_split_what_one_pays_is_offered_and_done_by_a_press(trip: Shop) -> None:
    hotel = await trip.hotel()
    first = await trip.checkout(hotel, who="Ben")
    await trip.call("Ana", "pay", who="split")
    nobody = say("nobody_has_paid")
    assert trip.texts(GROUP)[-1] == say("pays_now", title=hotel.title, total=first.total, names="Ben", paid=nobody)
    await trip.press(GROUP, "Ana", "Have it paid by Ana, Ben and Chi")
    await trip.quiet()
    parts = {s.name: s.amount.minor for s in await live(trip)}
    assert sorted(parts) == ["Ana", "Ben", "Chi"] and sum(parts.values()) == first.total.minor
    assert max(parts.values()) - min(parts.values()) <= 1
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"] and await trip.captured() == first.total
    assert len(await trip.orders()) == 1
    await trip.check()


async def test_once_somebody_has_paid_the_parts_stay_and_the_ways_out_are_named(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel())
    await trip.gateway.pay(c.shares[0].payment)
    await trip.quiet()
    await trip.call("Ana", "pay", who="me")
    assert say("pays_as_is") in trip.texts(GROUP)[-1] and say("have_paid", names="Ana") in trip.texts(GROUP)[-1]
    assert not [b for b in trip.buttons(GROUP) if b.startswith("Have it paid by Ana")]
    before = await live(trip)
    await trip.call("Ben", "pay_otherwise", checkout=c.about, who="Ben")
    assert [(s.id, s.state) for s in await live(trip)] == [(s.id, s.state) for s in before]


async def test_a_payment_on_a_link_from_before_is_let_go(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel(), who="Ben")
    old = c.shares[0].payment
    await trip.faults.add("payments", "down", match="void", times=1)
    await trip.call("Ana", "pay_otherwise", checkout=c.about, who="Ana")
    await trip.gateway.pay(old)
    await trip.passes(minutes=5)
    await trip.all_pay()
    taken = {s.name: s.captured for s in (await trip.collection()).shares if s.captured}
    assert taken == {"Ana": c.total.minor} and await trip.states_of() == ["confirmed"]
    await trip.check()


@pytest.mark.parametrize("who", ["Ben", "split"])
async def test_the_same_payers_again_change_nothing(trip: Shop, who: str) -> None:
    c = await trip.checkout(await trip.hotel(), who=who)
    await trip.call("Ana", "pay_otherwise", checkout=c.about, who=who)
    assert (await trip.collection()).shares == c.shares


async def test_two_who_press_pay_at_once_open_one_payment_even_for_the_last_room(trip: Shop) -> None:
    hotel = await last(trip)
    await trip.cart(hotel)
    both = [await trip.asking(name, "pay", who="split", currency="KES") for name in ("Ana", "Ben")]
    await trip.at_once(*both)
    assert len(await trip.bookings()) == 1 and (await trip.the_cart()).lines == ()
    assert say("all_gone") not in trip.said()
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"] and len([o for o in await trip.orders() if o.key != "others"]) == 1


async def last(trip: Shop) -> Offer:
    """A room of which there is no second one."""
    hotel = await trip.hotel()
    supplier = trip.supplier(hotel)
    assert hotel.left is not None
    others = await supplier.for_party(hotel.ref, 2 * (hotel.left - 1)) if hotel.left > 1 else None
    if others is not None and others.price is not None:
        await supplier.reserve(others.ref, key="others", names=(), price=others.price)
    return await supplier.reprice(hotel.ref)


async def test_a_second_look_that_finds_the_room_gone_leaves_the_first_payment_alone(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel(), who="Ben")
    thread = await trip.thread(GROUP)
    gone = Quotation(id="late", thread=thread.id, at=trip.clock.now(), lines=(Quoted(line="l1", why=GONE),))
    await trip.store.commit([Insert(QUOTATIONS, gone)])
    await trip.call("Ana", "open_checkout", quotation="late", who="split")
    assert trip.texts(GROUP)[-1].startswith(c.title) and "is being paid for already" in trip.texts(GROUP)[-1]
    assert (await trip.collection()).state == "collecting" and len(await trip.bookings()) == 1


async def test_who_looks_into_an_empty_cart_sees_what_is_being_paid_for(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel(), who="Ben")
    await trip.call("Ana", "show_cart")
    assert trip.texts(GROUP)[-1].startswith(c.title)
    await trip.all_pay()
    await trip.call("Ana", "pay", who="split")
    assert trip.texts(GROUP)[-1] == say("cart_empty")


async def test_others_pay_the_same_to_the_last_unit(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel(), who="Ben")
    await trip.call("Ana", "pay_otherwise", checkout=c.about, who="Ana 2, Ben")
    amounts = {s.person: s.amount for s in await live(trip)}
    assert amounts[person("Ana")] + amounts[person("Ben")] == c.total != Money(0, c.total.currency)


async def test_when_who_started_it_has_left_anybody_here_calls_it_off(trip: Shop) -> None:
    c = await trip.checkout(await trip.hotel(), who="Ben")
    await trip.call("Ben", "call_off", checkout=c.about)
    assert say("not_yours_to_call_off") in trip.said()
    await leaves(trip, "Ana")
    await trip.call("Ana", "call_off", checkout=c.about)
    assert (await trip.collection()).state == "collecting"
    await trip.call("Ben", "pay")
    await trip.press(GROUP, "Ben", say("call_off"))
    await trip.quiet()
    assert (await trip.collection()).state == "released" and await trip.states_of() == ["expired"]


async def test_who_pays_is_not_changed_once_it_is_booked(trip: Shop) -> None:
    hotel = await trip.hotel()
    c = await trip.checkout(hotel, who="Ben")
    await trip.all_pay()
    await trip.call("Ana", "pay_otherwise", checkout=c.about, who="Ana")
    told = say("too_late_to_change", title=hotel.title, state=say("checkout_done"))
    assert told in trip.said() and await trip.captured() == c.total
