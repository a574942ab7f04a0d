"""Single steps of buying that whole purchases do not show: a small bug in each once went unseen."""

from collections.abc import AsyncIterator

import pytest

from bench.histories.auditor import wrong_at_the_end
from bench.histories.books import Books
from bench.interleavings import on_sale
from bench.stall import Stall, stall
from booking.offers import OfferKind
from booking.ports import CancelQuote
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking
from booking.sale.settling import ORPHAN
from bot.codec import as_json
from bot.model import JOBS, Entry, Person
from bot.money import Money
from bot.ports import Ask
from payments.model import COLLECTIONS, Collection
from tests.booking.bazaar import wish
from tests.booking.shop import Shop
from tests.payments.counter import late
from tests.payments.table import THREAD


@pytest.fixture
async def shop() -> AsyncIterator[Stall]:
    """Ana has a link for one thing; nothing is waiting."""
    made = stall("ana")
    offer = next(o for o in await on_sale() if o.holds)
    await made.look("ana", "add_to_cart", offer=offer.ref)
    await made.quiet()
    await made.press("ana", "pay", who="me", currency="KES")
    await made.quiet()
    yield made
    await made.ends(hours=30)
    assert await wrong_at_the_end(await Books.read(made.store, JOBS)) == []


async def the_collection(shop: Stall) -> Collection:
    (found,) = await shop.store.find(COLLECTIONS, {})
    return found


async def the_booking(shop: Stall) -> Booking:
    (found,) = await shop.store.find(BOOKINGS, {})
    return found


async def pay(shop: Stall) -> None:
    await shop.gateway.pay((await the_collection(shop)).shares[0].payment)


async def lose(shop: Stall, topic: str) -> None:
    """Things happen until some news is there, which nobody hears."""
    for _ in range(500):
        await shop.found()
        if lost := [e for e in shop.entries if e.value.get("topic") == topic]:
            shop.entries.remove(lost[0])
            return
        await (shop.handle() if shop.entries else shop.run(shop.due()[0]))
    raise AssertionError(f"there was no news of {topic}")


async def test_a_quote_for_what_cannot_be_cancelled_any_more_is_answered_to_who_asked_alone(shop: Stall) -> None:
    price, number = Money(100, "KES"), (await the_booking(shop)).number
    quote = CancelQuote(id="q", code="c", price=price, refund=price, until=shop.clock.now())
    ask = Ask(person=Person(id="ana", name="ana"), thread=shop.thread, now=shop.clock.now(), key="e")
    reply = await shop._capability("show_cancel")(ask, booking=number, quote=as_json(quote))
    (draft,) = reply.drafts
    assert draft.text and draft.only_for == ("ana",) and not reply.ops


async def test_an_order_that_two_looks_do_not_find_is_given_up_and_looked_for_once_more_later(shop: Stall) -> None:
    await pay(shop)
    while not (placing := [j for j in shop.due() if j.name == "place_order"]):
        await shop.found()
        await (shop.handle() if shop.entries else shop.run(shop.due()[0]))
    booking = await the_booking(shop)
    await shop.lose(placing[0])
    lines = [{"booking": booking.id, "state": "unknown"}]
    value = {"topic": "placed", "checkout": booking.checkout, "lines": lines}
    shop.append(Entry(id=f"{THREAD}:supplier:x", thread=THREAD, what="supplier", at=shop.clock.now(), value=value))
    await shop.quiet()
    assert (await the_booking(shop)).state == "unknown"
    await shop.ends(minutes=1)
    assert (await the_booking(shop)).state == "released" and (await the_collection(shop)).state == "released"
    (last,) = [j for j in shop.jobs if j.name == "orphan_order"]
    assert shop.clock.now() < last.due_at < shop.clock.now() + ORPHAN


async def test_news_that_all_have_paid_which_was_lost_is_made_up_for(shop: Stall) -> None:
    await pay(shop)
    await lose(shop, "covered")
    await shop.quiet()
    assert (await the_booking(shop)).state == "awaiting_payment"
    await shop.ends(hours=5)
    assert "authorized" in [m.to for m in (await the_booking(shop)).history]


async def test_news_that_it_is_over_which_was_lost_is_made_up_for(shop: Stall) -> None:
    shop.clock.at = (await the_collection(shop)).deadline
    await lose(shop, "ended")
    await shop.quiet()
    assert (await the_booking(shop)).state == "awaiting_payment"
    await shop.ends(hours=1)
    assert (await the_booking(shop)).state == "expired"
    (checkout,) = await shop.store.find(CHECKOUTS, {})
    assert checkout.state == "over"


async def test_news_that_the_money_is_taken_which_was_lost_is_made_up_for(shop: Stall) -> None:
    await pay(shop)
    await lose(shop, "ended")
    await shop.quiet()
    await shop.ends(hours=1)
    booking = await the_booking(shop)
    (checkout,) = await shop.store.find(CHECKOUTS, {})
    assert (booking.state, booking.payment, checkout.state) == ("confirmed", "full", "done")


async def test_late_money_for_what_has_become_dearer_is_let_go(trip: Shop) -> None:
    hotel = await trip.hotel()
    collection = await trip.checkout(hotel, who="me")
    await trip.passes(hours=5)
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=20)
    await late(trip, collection.shares[0].payment)
    await trip.quiet()
    await trip.passes(hours=1)
    (booking,) = await trip.bookings()
    assert [m.to for m in booking.history][-3:] == ["paid_late", "refunding", "released"]
    assert (await trip.the_checkout()).state == "over" and (await trip.collection()).state == "released"
    assert await trip.captured() == Money(0, "KES") and await trip.orders() == []
    await trip.check()


async def test_what_was_quoted_opens_one_payment(shop: Stall) -> None:
    ask = Ask(person=Person(id="ana", name="ana"), thread=shop.thread, now=shop.clock.now(), key="e")
    reply = await shop._capability("open_checkout")(ask, quotation="taken up before", who="me")
    assert reply.why == "that was opened already" and not (reply.ops or reply.jobs or reply.drafts)


async def test_who_is_alone_is_asked_for_names_without_telling_a_group(shop: Stall) -> None:
    suppliers = [s for s in shop.sale_suppliers if OfferKind.FLIGHT in s.kinds]
    flights = [o for s in suppliers for o in await s.search(wish(OfferKind.FLIGHT))]
    flight = next(o for o in flights if o.named and o.price)
    await shop.look("ana", "add_to_cart", offer=flight.ref)
    await shop.quiet()
    assert flight.price
    ask = Ask(person=Person(id="ana", name="ana"), thread=shop.thread, now=shop.clock.now(), key="e")
    reply = await shop._capability("pay")(ask, who="me", currency=flight.price.currency)
    assert reply.why == "asked for names" and [d.notice for d in reply.drafts] == [False]
