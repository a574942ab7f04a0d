"""What buying keeps about a Person is handed out and erased: names at once, bookings under a pseudonym."""

from dataclasses import replace

from booking.offers import OfferKind
from booking.sale.bookings import BOOKINGS
from booking.sale.holdings import SaleHoldings
from booking.sale.travellers import TRAVELLERS
from bot.ports import Subject
from bot.sealed import Sealer
from tests.booking.shop import GROUP, Shop
from tests.payments.counter import SECRET, person


async def subject(trip: Shop) -> Subject:
    thread = (await trip.thread(GROUP)).id
    return Subject(
        person=person("Ana"), name="Ana", pseudonym="erased-7", identities=("paper:Ana",), shared=(thread,)
    )  # fmt: skip


async def test_bookings_names_and_cart_lines_are_handed_out(trip: Shop) -> None:
    flight = next(o for o in await trip.offers(OfferKind.FLIGHT) if o.holds)
    await trip.call("Ana", "keep_names", names="Ana Njeri, Ben Otieno", wanted=2)
    await trip.bought(flight)
    await trip.cart(await trip.hotel())
    held = await SaleHoldings(trip.store, Sealer(SECRET)).export(await subject(trip))
    assert [b.offer.ref for b in held["Bookings"]] == [flight.ref]
    assert [row["names"] for row in held["Names on documents"]] == [["Ana Njeri", "Ben Otieno"]]
    assert len(held["Cart"]) == 1
    nobody = replace(await subject(trip), person=person("Chi"))
    assert not any((await SaleHoldings(trip.store, Sealer(SECRET)).export(nobody)).values())


async def test_erasing_takes_names_away_and_leaves_the_booking_to_the_others(trip: Shop) -> None:
    flight = next(o for o in await trip.offers(OfferKind.FLIGHT) if o.holds)
    await trip.call("Ana", "keep_names", names="Ana Njeri, Ben Otieno", wanted=2)
    (before,) = await trip.bought(flight)
    holdings = SaleHoldings(trip.store, Sealer(SECRET))
    for _ in range(2):  # once more after a kill in the middle
        await holdings.erase(await subject(trip))
    assert await trip.store.find(TRAVELLERS, {}) == []
    (after,) = await trip.store.find(BOOKINGS, {})
    assert (after.organiser, after.number, after.price, after.state) == (
        "erased-7", before.number, before.price, "confirmed",
    )  # fmt: skip
    assert person("Ana") not in str(after)


async def test_a_purchase_under_way_has_to_end_first(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    holdings = SaleHoldings(trip.store, Sealer(SECRET))
    (why,) = await holdings.blocks(await subject(trip))
    assert hotel.title in why and "waiting for payment" in why
    await trip.all_pay()
    assert await holdings.blocks(await subject(trip)) == []
