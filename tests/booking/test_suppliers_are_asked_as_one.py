"""The inventory: side by side, with a deadline, one call for many askers, a cache, and old answers at need."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from booking.cache import Cache, Found
from booking.inventory import Inventory
from booking.offers import Offer, OfferKind
from booking.ports import CancelQuote, InventoryProvider, Reservation, Search, SoldOut
from bot.errors import Explain, RetryLater, Unknown
from bot.money import Money
from tests.booking.bazaar import Bazaar, HandClock, opened, wish

HOTELS = wish(OfferKind.HOTEL)


class Counted:
    """A supplier that counts its searches; `wait`: an event that it waits for before it answers."""

    def __init__(self, inner: InventoryProvider, wait: asyncio.Event | None = None) -> None:
        self.code, self.name, self.kinds = inner.code, inner.name, inner.kinds
        self.asked = 0
        self.trouble: Exception | None = None
        self._inner, self._wait = inner, wait

    async def search(self, wish: Search) -> tuple[Offer, ...]:
        self.asked += 1
        if self._wait is not None:
            await self._wait.wait()
        if self.trouble is not None:
            raise self.trouble
        return await self._inner.search(wish)

    async def reprice(self, ref: str) -> Offer:
        self.asked += 1
        if self.trouble is not None:
            raise self.trouble
        return await self._inner.reprice(ref)

    async def reserve(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        return await self._inner.reserve(ref, key=key, names=names, price=price)

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        return await self._inner.hold(ref, key=key, names=names, price=price)

    async def confirm(self, code: str, *, key: str, price: Money) -> Reservation:
        return await self._inner.confirm(code, key=key, price=price)

    async def for_party(self, ref: str, travelers: int) -> Offer:
        raise NotImplementedError

    async def quote_cancel(self, code: str, *, key: str) -> CancelQuote:
        return await self._inner.quote_cancel(code, key=key)

    async def cancel(self, code: str, *, key: str, quote: str = "") -> Reservation:
        return await self._inner.cancel(code, key=key, quote=quote)

    async def look_up(self, key: str) -> Reservation | None:
        return await self._inner.look_up(key)


@pytest.fixture
async def bazaar() -> AsyncIterator[Bazaar]:
    async with opened() as found:
        yield found


@pytest.fixture
def simba(bazaar: Bazaar) -> Counted:
    return Counted(bazaar.suppliers["simba"])


@pytest.fixture
def kivuko(bazaar: Bazaar) -> Counted:
    return Counted(bazaar.suppliers["kivuko"])


@pytest.fixture
def inventory(bazaar: Bazaar, simba: Counted, kivuko: Counted) -> Inventory:
    return Inventory((simba, kivuko), bazaar.clock, deadline=10)


async def test_both_suppliers_answer_and_the_cheaper_of_two_equals_is_kept(
    bazaar: Bazaar, inventory: Inventory
) -> None:
    found = await inventory.search(HOTELS)
    assert {offer.supplier for offer in found.offers} == {s.name for s in bazaar.sandbox.suppliers[:2]}
    assert len({offer.product for offer in found.offers}) == len(found.offers)
    each = [await bazaar.suppliers[code].search(HOTELS) for code in ("simba", "kivuko")]
    for offer in found.offers:
        same = [o for answer in each for o in answer if o.product == offer.product]
        assert offer.price == min(o.price for o in same if o.price)


async def test_fifty_askers_at_once_are_one_call(simba: Counted, kivuko: Counted, inventory: Inventory) -> None:
    found = await asyncio.gather(*(inventory.search(HOTELS) for _ in range(50)))
    assert (simba.asked, kivuko.asked) == (1, 1)
    assert all(f.offers == found[0].offers for f in found)


async def test_an_asker_who_leaves_does_not_take_the_answer_from_the_others(bazaar: Bazaar) -> None:
    gate = asyncio.Event()
    inventory = Inventory((Counted(bazaar.suppliers["simba"], gate),), bazaar.clock, deadline=10)
    first, second = (asyncio.create_task(inventory.search(HOTELS)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    gate.set()
    assert (await second).offers


async def test_the_same_search_soon_after_asks_nobody(simba: Counted, inventory: Inventory, bazaar: Bazaar) -> None:
    once = await inventory.search(HOTELS)
    bazaar.later(seconds=20)
    assert await inventory.search(HOTELS) is once and simba.asked == 1
    await inventory.search(replace(HOTELS, travelers=1))
    assert simba.asked == 2


async def test_a_cached_answer_goes_when_one_of_its_prices_runs_out(
    simba: Counted, inventory: Inventory, bazaar: Bazaar
) -> None:
    once = await inventory.search(HOTELS)
    soonest = min(offer.expires_at for offer in once.offers if offer.expires_at)
    bazaar.clock.at = min(soonest, bazaar.clock.at + timedelta(minutes=5))
    again = await inventory.search(HOTELS)
    assert simba.asked == 2 and all(not offer.expired(bazaar.clock.at) for offer in again.offers)


@pytest.mark.parametrize("trouble", [RetryLater(1), Unknown("no answer"), TimeoutError()])
async def test_what_one_supplier_cannot_say_the_other_says_and_we_say_so(
    simba: Counted, inventory: Inventory, trouble: Exception
) -> None:
    simba.trouble = trouble
    found = await inventory.search(HOTELS)
    assert found.offers and found.silent == (simba.name,) and not found.stale


async def test_a_part_of_an_answer_is_not_kept_as_the_whole(simba: Counted, inventory: Inventory) -> None:
    simba.trouble = RetryLater(1)
    await inventory.search(HOTELS)
    simba.trouble = None
    assert (await inventory.search(HOTELS)).silent == ()


async def test_a_supplier_that_is_too_slow_is_not_waited_for(bazaar: Bazaar) -> None:
    never = Counted(bazaar.suppliers["simba"], asyncio.Event())
    inventory = Inventory((never, bazaar.suppliers["kivuko"]), bazaar.clock, deadline=1.0)
    found = await inventory.search(HOTELS)
    assert found.silent == (never.name,) and found.offers


async def test_when_nobody_answers_the_earlier_answer_serves_with_its_age(
    simba: Counted, kivuko: Counted, inventory: Inventory, bazaar: Bazaar
) -> None:
    once = await inventory.search(HOTELS)
    bazaar.later(minutes=40)
    simba.trouble = kivuko.trouble = RetryLater(1)
    old = await inventory.search(HOTELS)
    assert old.stale and old.offers == once.offers and old.at == once.at
    assert bazaar.clock.now() - old.at == timedelta(minutes=40)


async def test_when_nobody_ever_answered_there_is_a_kind_sentence(
    simba: Counted, kivuko: Counted, inventory: Inventory
) -> None:
    simba.trouble = kivuko.trouble = RetryLater(1)
    with pytest.raises(Explain, match="could not reach Simba Air GDS"):
        await inventory.search(HOTELS)


async def test_a_supplier_that_fails_again_and_again_is_left_in_peace_and_tried_later(
    simba: Counted, inventory: Inventory, bazaar: Bazaar
) -> None:
    simba.trouble = RetryLater(1)
    for people in range(1, 7):
        await inventory.search(wish(OfferKind.HOTEL, people=people))
    assert simba.asked == 5 and inventory.health()[simba.name] == "open"
    simba.trouble = None
    bazaar.later(minutes=1)
    assert (await inventory.search(wish(OfferKind.HOTEL, people=7))).silent == ()
    assert inventory.health()[simba.name] == "closed"


async def test_a_mistake_of_ours_is_not_taken_for_silence(simba: Counted, inventory: Inventory) -> None:
    simba.trouble = KeyError("a bug")
    with pytest.raises(KeyError):
        await inventory.search(HOTELS)


async def test_one_offer_is_asked_of_its_own_supplier(simba: Counted, kivuko: Counted, inventory: Inventory) -> None:
    (offer, *_) = await simba.search(HOTELS)
    asked = simba.asked
    assert (await inventory.offer(offer.ref)).price == offer.price
    assert (simba.asked, kivuko.asked) == (asked + 1, 0)


async def test_an_offer_of_nobody_is_gone_and_of_a_silent_supplier_unknown(
    simba: Counted, inventory: Inventory
) -> None:
    with pytest.raises(SoldOut):
        await inventory.offer("nobody:hotel:1")
    simba.trouble = RetryLater(1)
    with pytest.raises(Explain, match="does not answer"):
        await inventory.offer("simba:hotel:1")


async def test_the_cache_holds_only_so_much() -> None:
    cache = Cache(fresh=timedelta(minutes=5), keep=timedelta(hours=1), size=3)
    clock = HandClock()
    wishes = [wish(OfferKind.HOTEL, people=people) for people in range(1, 6)]
    for one in wishes:
        cache.put(Found(wish=one, offers=(), at=clock.at))
    assert [bool(cache.old(one, clock.at)) for one in wishes] == [False, False, True, True, True]
