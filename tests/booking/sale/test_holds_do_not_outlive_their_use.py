"""What suppliers keep unpaid for nobody is given back at once, and what no lane took up is cleared away."""

from datetime import timedelta

from booking.leftovers import LASTS
from booking.offers import OfferKind
from booking.sale.cart import QUOTATIONS, Quotation
from bot.documents import Insert
from tests.booking.shop import GROUP, Shop


async def test_a_line_that_is_gone_keeps_nothing_held_of_the_others(trip: Shop) -> None:
    hotel, gone = await trip.hotel(0), await trip.hotel(1)
    await trip.cart(hotel, gone)
    await trip.faults.add("inventory", "sold_out", match=gone.title)
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert "can no longer be had" in trip.said()
    assert await trip.orders("held") == [] and [o.ref for o in await trip.orders("cancelled")] == [hotel.ref]
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert [o.ref for o in await trip.orders("held")] == [hotel.ref], "paying for the rest holds it anew"
    await trip.all_pay()
    assert await trip.states_of() == ["confirmed"]
    await trip.check()


async def test_a_silent_supplier_keeps_nothing_held_of_the_others(trip: Shop) -> None:
    hotel, other = await trip.hotel(0), await trip.hotel(1)
    await trip.cart(hotel, other)
    await trip.faults.add("inventory", "refused", match=other.title)
    await trip.call("Ana", "pay", who="split", currency="KES")
    assert "does not answer right now" in trip.said()
    assert await trip.orders("held") == [] and len((await trip.the_cart()).lines) == 2


async def test_two_who_press_pay_at_once_hold_it_once(trip: Shop) -> None:
    await trip.cart(await trip.hotel())
    await trip.at_once(*[await trip.asking(name, "pay", who="split", currency="KES") for name in ("Ana", "Ben")])
    assert len(await trip.orders("held")) == 1 and await trip.states_of() == ["awaiting_payment"]
    await trip.all_pay()
    assert len(await trip.orders()) == 1
    await trip.check()


async def test_a_quotation_that_no_lane_took_up_goes_after_a_day(trip: Shop) -> None:
    bus = (await trip.offers(OfferKind.BUS))[0]
    await trip.cart(bus)
    thread = await trip.thread(GROUP)
    assert await trip.store.find(QUOTATIONS, {"thread": thread.id}) == [], "what is taken up is gone at once"
    await trip.store.commit([Insert(QUOTATIONS, Quotation(id="q", thread=thread.id, at=trip.clock.now()))])
    await trip.passes(seconds=(LASTS - timedelta(hours=1)).total_seconds())
    assert len(await trip.store.find(QUOTATIONS, {"thread": thread.id})) == 1
    await trip.passes(hours=3)
    assert await trip.store.find(QUOTATIONS, {"thread": thread.id}) == []
