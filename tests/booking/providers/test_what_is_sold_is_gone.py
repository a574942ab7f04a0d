"""What the sandbox suppliers have sold or keep for us is not sold again; what is given back is."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from booking.offers import Offer, OfferKind
from booking.ports import InventoryProvider, Reservation, SoldOut, TooFew
from booking.providers.sandbox.changes import Changes
from booking.providers.sandbox.refs import Ref
from tests.booking.bazaar import Bazaar, opened, wish

NAMES = ("Ana Njeri",)


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    async with opened() as found:
        yield found


async def last_rooms(supplier: InventoryProvider) -> Offer:
    """A hotel that can be held, asked for as many rooms as it has left."""
    for found in await supplier.search(wish(OfferKind.HOTEL, people=1)):
        if found.holds and found.left and found.left > 1:
            return await supplier.for_party(found.ref, 2 * found.left)
    raise AssertionError("no hotel has rooms left")


def read(offer: Offer) -> Ref:
    found = Ref.read(offer.ref)
    assert found is not None
    return found


async def buy(supplier: InventoryProvider, offer: Offer, key: str, call: str = "reserve") -> Reservation:
    assert offer.price is not None
    do = supplier.hold if call == "hold" else supplier.reserve
    return await do(offer.ref, key=key, names=NAMES, price=offer.price)


async def test_the_last_rooms_are_sold_once(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    assert offer.left == offer.rooms
    placed = await buy(simba, offer, "one")
    for call in ("reserve", "hold"):
        with pytest.raises(SoldOut):
            await buy(simba, offer, "two", call)
    with pytest.raises(SoldOut):
        await simba.reprice(offer.ref)
    assert offer.title not in [o.title for o in await simba.search(wish(OfferKind.HOTEL, people=1))]
    assert await buy(simba, offer, "one") == placed


async def test_who_wants_more_than_are_left_is_told_how_many_there_are(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    await buy(simba, await simba.for_party(offer.ref, 2), "one")
    with pytest.raises(TooFew) as few:
        await simba.reprice(offer.ref)
    assert few.value.offer.left == offer.rooms - 1


async def test_what_is_kept_for_us_is_there_again_when_the_hold_ends_or_is_let_go(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    held = await buy(simba, offer, "one", "hold")
    with pytest.raises(SoldOut):
        await buy(simba, offer, "two")
    await simba.cancel(held.code, key="k")
    held = await buy(simba, offer, "three", "hold")
    assert held.until is not None
    bazaar.clock.at = held.until
    lapsed = await simba.look_up("three")
    assert lapsed is not None and lapsed.state == "lapsed"
    (moment,) = await Changes(bazaar.store, bazaar.clock).moments([read(offer)], held.until)
    assert moment.taken == 0


async def test_a_hold_that_became_an_order_takes_its_part_once_and_a_cancelled_one_none(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    held = await buy(simba, offer, "one", "hold")
    await simba.confirm(held.code, key="two", price=held.price)
    assert (await bazaar.sandbox.record(offer.ref, bazaar.clock.now()) or {})["left"] == 0
    quote = await simba.quote_cancel(held.code, key="q")
    await simba.cancel(held.code, key="c", quote=quote.id)
    assert (await bazaar.sandbox.record(offer.ref, bazaar.clock.now()) or {})["left"] == offer.left


async def test_the_record_of_an_earlier_moment_does_not_know_later_orders(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    bazaar.later(seconds=1)
    await buy(simba, offer, "one")
    assert (await bazaar.sandbox.record(offer.ref, offer.fetched_at) or {})["left"] == offer.left


async def test_of_many_who_want_the_last_rooms_at_once_one_gets_them(bazaar: Bazaar) -> None:
    simba = bazaar.suppliers["simba"]
    offer = await last_rooms(simba)
    tries = await asyncio.gather(*(buy(simba, offer, f"k{n}") for n in range(8)), return_exceptions=True)
    assert sorted(type(t).__name__ for t in tries) == ["Reservation"] + ["SoldOut"] * 7
