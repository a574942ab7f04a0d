"""News that cross each other: a press before the news of the cover, two tries of one capture, an old quote."""

from collections.abc import AsyncIterator

import pytest

from bench.histories.auditor import wrong_at_the_end
from bench.histories.books import Books
from bench.interleavings import on_sale, says
from bench.stall import Stall, stall
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking
from bot.model import JOBS
from payments.model import COLLECTIONS, Collection


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


async def until(shop: Stall, job: str) -> None:
    """Everything happens in its order, until such a Job is due."""
    for _ in range(200):
        await shop.found()
        if shop.entries:
            await shop.handle()
        elif any(j.name == job for j in shop.due()):
            return
        elif due := shop.due():
            await shop.run(due[0])
    raise AssertionError(f"there was no {job}")


async def test_a_capture_that_was_refused_and_then_taken_by_another_try_is_taken(shop: Stall) -> None:
    await shop.gateway.pay((await the_collection(shop)).shares[0].payment)
    await until(shop, "capture_payment")
    watch = next(j for j in shop.jobs if j.name == "payments_watch")
    await shop.run(watch)
    await shop.handle()
    first, second = (j for j in shop.due() if j.name == "capture_payment")
    await shop.faults.add("payments", "refused", match="capture")
    await shop.run(first)
    await shop.handle()
    await shop.run(second)
    await shop.quiet()
    collection = await the_collection(shop)
    assert collection.state == "committed" and collection.shares[0].state == "captured"
    assert collection.shares[0].captured == collection.total.minor


async def test_a_capture_that_is_refused_for_good_is_let_go_and_becomes_a_debt(shop: Stall) -> None:
    await shop.gateway.pay((await the_collection(shop)).shares[0].payment)
    await until(shop, "capture_payment")
    await shop.faults.add("payments", "refused", match="capture", times=9)
    await shop.run(next(j for j in shop.due() if j.name == "capture_payment"))
    await shop.handle()
    assert (await the_collection(shop)).state == "committing"
    await shop.quiet()
    collection = await the_collection(shop)
    assert collection.state == "committed" and collection.shares[0].state == "capture_failed"
    await shop.faults.clear()


async def test_calling_off_before_the_news_of_the_cover_is_handled_is_the_end_of_it(shop: Stall) -> None:
    collection = await the_collection(shop)
    await shop.gateway.pay(collection.shares[0].payment)
    await shop.hint(collection.shares[0])
    while (await the_collection(shop)).state != "covered":
        await (shop.handle() if shop.entries else shop.run(shop.due()[0]))
    assert await shop.press("ana", "call_off", checkout=collection.about)
    await shop.quiet()
    assert (await the_collection(shop)).state == "released"
    assert (await the_booking(shop)).state in ("released", "expired")
    (checkout,) = await shop.store.find(CHECKOUTS, {})
    assert checkout.state == "over"


async def test_a_quote_that_a_newer_one_replaced_cancels_if_it_gives_back_the_same(shop: Stall) -> None:
    await shop.gateway.pay((await the_collection(shop)).shares[0].payment)
    await shop.quiet()
    await shop.press("ana", "cancel_booking", booking=(await the_booking(shop)).number)
    await shop.quiet()
    booking = await the_booking(shop)
    assert booking.quote is not None
    supplier = next(s for s in shop.sale_suppliers if booking.offer.ref.startswith(f"{s.code}:"))
    await supplier.quote_cancel(booking.code, key="somebody else")
    await shop.press("ana", "cancel_booking", booking=booking.number, confirmed=says(booking.quote))
    await shop.quiet()
    cancelled = await the_booking(shop)
    assert (cancelled.state, cancelled.refunded) == ("cancelled", booking.quote.refund)
