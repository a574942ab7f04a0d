"""What every InventoryProvider promises. A subclass gives a provider, wishes it can answer and its clock."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import pytest

from booking.offers import Offer, OfferKind
from booking.ports import InventoryProvider, Reservation, Search, SoldOut
from bot.clock import Clock
from bot.errors import AskAgain
from bot.money import Money

NAMES = ("Ana Njeri", "Ben Otieno", "Chi Wanjiru", "Dan Kamau")


class InventoryContract:
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

    async def test_the_same_key_reserves_once(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        offer = _bookable(offers)
        first = await _reserve(provider, offer, "key-1")
        assert (first.state, first.ref, first.price) == ("confirmed", offer.ref, offer.price)
        assert await _reserve(provider, offer, "key-1") == first
        assert await provider.look_up("key-1") == first
        assert (await _reserve(provider, offer, "key-2")).code != first.code

    async def test_nobody_knows_a_key_that_was_never_used(self, provider: InventoryProvider) -> None:
        assert await provider.look_up("never") is None

    async def test_another_price_is_not_booked(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        offer = _bookable(offers)
        assert offer.price is not None
        with pytest.raises(AskAgain) as refused:
            await provider.reserve(
                offer.ref, key="k", names=NAMES[: offer.travelers], price=offer.price + Money(1, offer.price.currency)
            )
        assert refused.value.parameter == "price"
        assert await provider.look_up("k") is None

    async def test_cancelling_twice_is_cancelling_once(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        booked = await _reserve(provider, _bookable(offers), "key-3")
        once = await provider.cancel(booked.code, key="c1")
        assert once.state == "cancelled"
        assert await provider.cancel(booked.code, key="c2") == once == await provider.look_up("key-3")

    async def test_a_code_nobody_gave_cannot_be_cancelled(self, provider: InventoryProvider) -> None:
        with pytest.raises(SoldOut):
            await provider.cancel("NOCODE7", key="c3")


def _bookable(offers: Sequence[Offer]) -> Offer:
    return next(offer for offer in offers if offer.price is not None and offer.price.minor and not offer.estimated)


async def _reserve(provider: InventoryProvider, offer: Offer, key: str) -> Reservation:
    assert offer.price is not None
    return await provider.reserve(offer.ref, key=key, names=NAMES[: offer.travelers], price=offer.price)
