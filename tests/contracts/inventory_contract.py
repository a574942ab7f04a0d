"""What every InventoryProvider promises. A subclass gives a provider, wishes it can answer and its clock."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from booking.offers import Offer, OfferKind
from booking.ports import InventoryProvider, Search, SoldOut
from bot.clock import Clock
from bot.money import Money
from tests.contracts.inventory_orders_contract import OrdersContract


class InventoryContract(OrdersContract):
    @pytest.fixture
    def provider(self) -> InventoryProvider:
        raise NotImplementedError

    @pytest.fixture
    def wishes(self) -> Sequence[Search]:
        """Wishes of kinds it sells, at least one with an answer for each kind."""
        raise NotImplementedError

    @pytest.fixture
    def clock(self) -> Clock:
        raise NotImplementedError

    @pytest.fixture
    async def offers(self, provider: InventoryProvider, wishes: Sequence[Search]) -> list[Offer]:
        return [offer for wish in wishes for offer in await provider.search(wish)]

    async def test_it_answers_every_kind_it_sells(
        self, provider: InventoryProvider, wishes: Sequence[Search], offers: list[Offer]
    ) -> None:
        assert {wish.kind for wish in wishes} == provider.kinds
        assert {offer.kind for offer in offers} == provider.kinds

    async def test_it_gives_at_most_fifty_offers_each_with_a_reference_of_its_own(
        self, provider: InventoryProvider, wishes: Sequence[Search]
    ) -> None:
        for wish in wishes:
            refs = [offer.ref for offer in await provider.search(wish)]
            assert len(set(refs)) == len(refs) <= 50
            assert all(ref.startswith(provider.code + ":") for ref in refs)

    async def test_an_offer_says_who_says_so_and_when(
        self, provider: InventoryProvider, offers: list[Offer], clock: Clock
    ) -> None:
        for offer in offers:
            assert offer.supplier == provider.name
            assert offer.fetched_at == clock.now()
            assert offer.expires_at is not None and offer.expires_at > offer.fetched_at
            assert all(fact.source and fact.ref and fact.fetched_at for fact in offer.to_facts())

    async def test_prices_are_exact_and_the_total_is_made_of_whole_units(self, offers: list[Offer]) -> None:
        for offer in offers:
            if offer.price is None or offer.unit is None:
                assert offer.kind is OfferKind.WEATHER
                continue
            assert isinstance(offer.price, Money) and offer.price.minor >= 0
            assert offer.price.currency == offer.unit.currency and offer.per
            count = {"person": offer.travelers, "room and night": offer.rooms * offer.nights}.get(offer.per)
            if count is not None:
                assert offer.price == offer.unit * count

    async def test_times_are_aware_in_the_zone_of_their_place_and_end_after_they_begin(
        self, offers: list[Offer]
    ) -> None:
        for offer in offers:
            assert offer.hours or (offer.starts_at and offer.ends_at)
            if offer.starts_at is not None and offer.ends_at is not None:
                assert offer.starts_at.tzinfo == ZoneInfo(offer.venue.zone)
                assert offer.ends_at.tzinfo == ZoneInfo((offer.until_venue or offer.venue).zone)
                assert offer.starts_at < offer.ends_at

    async def test_it_has_room_for_the_party(self, wishes: Sequence[Search], provider: InventoryProvider) -> None:
        for wish in wishes:
            for offer in await provider.search(wish):
                assert offer.left is None or offer.left >= (
                    offer.rooms or (1 if offer.per == "vehicle" else wish.travelers)
                )

    async def test_an_offer_asked_again_at_once_is_the_same(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        for offer in offers:
            again = await provider.reprice(offer.ref)
            assert (again.ref, again.price, again.starts_at, again.hours) == (
                offer.ref, offer.price, offer.starts_at, offer.hours,
            )  # fmt: skip

    @pytest.mark.parametrize("rest", ["nonsense", "flight:XXX:YYY:20270101:0:1:KES", "hotel:a:b:c", "", "hotel::::::"])
    async def test_a_reference_nobody_wrote_is_sold_out(self, provider: InventoryProvider, rest: str) -> None:
        with pytest.raises(SoldOut):
            await provider.reprice(f"{provider.code}:{rest}")
