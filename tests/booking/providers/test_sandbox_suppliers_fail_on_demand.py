"""Faults arranged for the sandbox suppliers do what they say, and the world remembers."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from booking.offers import Offer, OfferKind
from booking.ports import InventoryProvider, SoldOut
from booking.providers.sandbox import DELAY
from bot.errors import RetryLater, Undeliverable, Unknown
from tests.booking.bazaar import Bazaar, opened, wish

HOTELS = wish(OfferKind.HOTEL)
NAMES = ("Ana Njeri", "Ben Otieno")


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    async with opened() as found:
        yield found


@pytest.fixture
def simba(bazaar: Bazaar) -> InventoryProvider:
    return bazaar.suppliers["simba"]


async def test_a_supplier_that_is_down_does_nothing_and_is_back_afterwards(
    bazaar: Bazaar, simba: InventoryProvider
) -> None:
    await bazaar.faults.add("inventory", "down", match="Simba")
    with pytest.raises(RetryLater):
        await simba.search(HOTELS)
    assert await simba.search(HOTELS)


async def test_a_fault_for_one_supplier_leaves_the_others_alone(bazaar: Bazaar) -> None:
    await bazaar.faults.add("inventory", "down", match="Simba")
    assert await bazaar.suppliers["kivuko"].search(HOTELS)
    assert len(await bazaar.faults.list()) == 1


async def test_a_slow_supplier_takes_its_seconds(bazaar: Bazaar, simba: InventoryProvider) -> None:
    await bazaar.faults.add("inventory", "slow", by=30)
    await simba.search(HOTELS)
    assert bazaar.clock.slept >= 30


async def test_every_answer_takes_a_moment_as_a_real_one_does(bazaar: Bazaar, simba: InventoryProvider) -> None:
    await simba.search(HOTELS)
    assert DELAY[0] <= bazaar.clock.slept * 1000 <= DELAY[1]


async def test_a_refusal_is_final(bazaar: Bazaar, simba: InventoryProvider) -> None:
    await bazaar.faults.add("inventory", "refused", match="search")
    with pytest.raises(Undeliverable):
        await simba.search(HOTELS)


async def test_a_price_that_went_up_stays_up_and_stands_in_the_record(bazaar: Bazaar, simba: InventoryProvider) -> None:
    offer = (await simba.search(HOTELS))[0]
    before = await bazaar.sandbox.record(offer.ref, bazaar.clock.now())
    bazaar.later(seconds=1)
    await bazaar.faults.add("inventory", "price_up", match=offer.title, by=20)
    dearer = await simba.reprice(offer.ref)
    assert offer.price and dearer.price
    assert 1.17 < dearer.price.minor / offer.price.minor < 1.23
    now = await bazaar.sandbox.record(offer.ref, dearer.fetched_at)
    assert now and now["price"]["minor"] == dearer.price.minor
    assert await bazaar.sandbox.record(offer.ref, offer.fetched_at) == before
    others = [o for o in await simba.search(HOTELS) if o.ref != offer.ref]
    assert others and (await simba.reprice(others[0].ref)).price == others[0].price


async def test_what_sold_out_is_gone_for_every_party_and_after_a_restart(tmp_path: Path) -> None:
    async with opened(folder=tmp_path) as bazaar:
        simba = bazaar.suppliers["simba"]
        offer = (await simba.search(HOTELS))[0]
        await bazaar.faults.add("inventory", "sold_out", match=offer.title)
        with pytest.raises(SoldOut):
            await simba.reprice(offer.ref)
    async with opened(folder=tmp_path) as again:
        found = await again.suppliers["simba"].search(wish(OfferKind.HOTEL, people=4))
        assert found and offer.title not in [o.title for o in found]
        record = await again.sandbox.record(offer.ref, again.clock.now())
        assert record and record["sold_out"]


async def test_a_lost_answer_to_a_booking_can_be_looked_up(bazaar: Bazaar, simba: InventoryProvider) -> None:
    offer = await _bookable(simba)
    assert offer.price
    await bazaar.faults.add("inventory", "timeout", match="reserve")
    with pytest.raises(Unknown):
        await simba.reserve(offer.ref, key="k1", names=NAMES, price=offer.price)
    placed = await simba.look_up("k1")
    assert placed and placed.state == "confirmed"
    assert await simba.reserve(offer.ref, key="k1", names=NAMES, price=offer.price) == placed


async def test_a_booking_that_failed_left_nothing(bazaar: Bazaar, simba: InventoryProvider) -> None:
    offer = await _bookable(simba)
    assert offer.price
    await bazaar.faults.add("inventory", "down", match="reserve")
    with pytest.raises(RetryLater):
        await simba.reserve(offer.ref, key="k1", names=NAMES, price=offer.price)
    assert await simba.look_up("k1") is None


@pytest.mark.parametrize("call", ["hold", "confirm", "reserve"])
@pytest.mark.parametrize(("kind", "error"), [("down", RetryLater), ("timeout", Unknown), ("refused", Undeliverable)])
async def test_reserve_is_whatever_reserves_at_a_supplier(
    bazaar: Bazaar, simba: InventoryProvider, call: str, kind: str, error: type[Exception]
) -> None:
    offer = next(o for o in await simba.search(HOTELS) if o.holds)
    assert offer.price
    held = await simba.hold(offer.ref, key="h", names=NAMES, price=offer.price) if call == "confirm" else None
    await bazaar.faults.add("inventory", kind, match="reserve")
    with pytest.raises(error):
        if held is not None:
            await simba.confirm(held.code, key="k", price=offer.price)
        else:
            await (simba.hold if call == "hold" else simba.reserve)(offer.ref, key="k", names=NAMES, price=offer.price)
    assert await bazaar.faults.list() == []


async def test_cancel_is_the_word_for_giving_back(bazaar: Bazaar, simba: InventoryProvider) -> None:
    offer = await _bookable(simba)
    assert offer.price
    placed = await simba.reserve(offer.ref, key="k", names=NAMES, price=offer.price)
    await bazaar.faults.add("inventory", "down", match="cancel")
    with pytest.raises(RetryLater):
        await simba.cancel(placed.code, key="c")


async def test_a_key_used_for_something_else_is_refused(simba: InventoryProvider) -> None:
    first, second = (await simba.search(HOTELS))[:2]
    assert first.price and second.price
    await simba.reserve(first.ref, key="k", names=NAMES, price=first.price)
    with pytest.raises(Undeliverable):
        await simba.reserve(second.ref, key="k", names=NAMES, price=second.price)


async def test_orders_survive_a_restart(tmp_path: Path) -> None:
    async with opened(folder=tmp_path) as bazaar:
        offer = await _bookable(bazaar.suppliers["simba"])
        assert offer.price
        placed = await bazaar.suppliers["simba"].reserve(offer.ref, key="k", names=NAMES, price=offer.price)
    async with opened(folder=tmp_path) as again:
        assert await again.suppliers["simba"].look_up("k") == placed
        assert await again.suppliers["kivuko"].look_up("k") is None


async def _bookable(supplier: InventoryProvider) -> Offer:
    return (await supplier.search(HOTELS))[0]
