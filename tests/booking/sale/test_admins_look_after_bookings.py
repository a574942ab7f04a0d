"""The owner sees every booking, its history and what the supplier says, and takes up what stands still."""

from dataclasses import replace

from booking.sale.bookings import BOOKINGS, CHECKOUTS
from bot.documents import Replace
from bot.model import JOBS
from tests.booking.shop import GROUP, Shop


async def test_only_admins_get_an_answer_and_they_alone_see_it(trip: Shop) -> None:
    hotel = await trip.hotel()
    (booking,) = await trip.bought(hotel)
    await trip.call("Ben", "admin_booking", booking=booking.number)
    assert "You may not do that." in trip.said() and "placing → confirmed" not in trip.said()
    await trip.call("Ana", "admin_booking", booking=booking.number.lower())
    card = next(o for o in trip.shown(GROUP).values() if o.content.card and o.content.card.title == booking.number)
    assert card.reader == ("paper:Ana",) and card.content.card is not None
    told = "\n".join(card.content.card.lines)
    assert "placing → confirmed" in told and f"{booking.code}, confirmed, {booking.price}" in told
    await trip.call("Ana", "admin_bookings")
    assert "No booking needs a look." in trip.said()
    await trip.call("Ana", "admin_retry", booking=booking.number)
    assert "there is nothing to take up again" in trip.said()


async def test_an_order_whose_job_was_lost_is_found_again_and_not_sent_twice(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    await trip.checkout(hotel)
    await trip.faults.add("inventory", "timeout", match="confirm")
    await trip.faults.add("inventory", "down", match="look_up", times=99)
    await trip.all_pay()
    assert await trip.states_of() == ["unknown"]
    await lose_jobs(trip)
    await trip.faults.clear()
    await trip.passes(minutes=30)
    assert await trip.states_of() == ["unknown"]  # nobody asks any more
    (booking,) = await trip.bookings()
    await trip.call("Ana", "admin_bookings")
    assert f"{booking.number} {hotel.title} · unknown since" in trip.said()
    await trip.call("Ana", "admin_look_up", booking=booking.number)
    assert await trip.states_of() == ["confirmed"] and len(await trip.orders()) == 1
    assert await trip.captured() == hotel.price


async def test_the_reconciler_looks_up_an_order_that_was_being_placed_when_everything_stopped(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    (booking,) = await trip.bought(hotel)
    checkout = await trip.the_checkout()
    await trip.store.commit([
        Replace(BOOKINGS, replace(booking, state="placing", code="", payment="none")),
        Replace(CHECKOUTS, replace(checkout, state="placing")),
    ])  # fmt: skip
    await trip.passes(minutes=3)
    (after,) = await trip.bookings()
    assert (after.state, after.code) == ("confirmed", booking.code) and len(await trip.orders()) == 1


async def test_the_reconciler_notes_money_whose_news_was_lost(trip: Shop) -> None:
    hotel = await trip.hotel()
    (booking,) = await trip.bought(hotel)
    assert booking.payment == "full"
    await trip.store.commit([
        Replace(BOOKINGS, replace(booking, payment="none")),
        Replace(CHECKOUTS, replace(await trip.the_checkout(), state="settling")),
    ])  # fmt: skip
    await trip.passes(minutes=3)
    (after,) = await trip.bookings()
    assert (after.payment, (await trip.the_checkout()).state) == ("full", "done")


async def lose_jobs(trip: Shop) -> None:
    """As if every Job that waits had been lost."""
    for job in await trip.store.find(JOBS, {"state": "due"}, limit=1000):
        await trip.store.commit([Replace(JOBS, replace(job, state="failed"))])
