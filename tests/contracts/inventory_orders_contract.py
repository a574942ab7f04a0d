"""What every InventoryProvider promises of holds, orders and cancellations; a part of InventoryContract."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from booking.offers import Offer, kept_of
from booking.ports import CannotHold, InventoryProvider, QuoteOver, Reservation, SoldOut
from bot.errors import AskAgain, Undeliverable
from bot.money import Money
from tests.booking.bazaar import HandClock

NAMES = ("Ana Njeri", "Ben Otieno", "Chi Wanjiru", "Dan Kamau")


class OrdersContract:
    async def test_the_same_key_reserves_once(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        offer = first(offers)
        placed = await reserve(provider, offer, "key-1")
        assert (placed.state, placed.ref, placed.price) == ("confirmed", offer.ref, offer.price)
        assert await reserve(provider, offer, "key-1") == placed
        assert await provider.look_up("key-1") == placed
        assert (await reserve(provider, offer, "key-2")).code != placed.code

    async def test_another_party_gets_the_same_thing_at_its_own_price(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        for offer in {o.kind: o for o in offers if o.bookable and o.price}.values():
            fewer = await provider.for_party(offer.ref, 1)
            assert (fewer.travelers, fewer.product) == (1, offer.product) and fewer.roomy
            if offer.unit and fewer.unit and offer.per == "person":
                assert fewer.price == fewer.unit
            assert (await provider.for_party(fewer.ref, offer.travelers)).travelers == offer.travelers
            if offer.left is not None and offer.per != "vehicle":
                with pytest.raises(SoldOut):
                    await provider.for_party(offer.ref, 199)
        with pytest.raises(SoldOut):
            await provider.for_party(f"{provider.code}:nonsense", 1)

    async def test_a_key_with_other_content_is_a_duplicate(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        one, other = [o for o in offers if o.bookable][:2]
        await reserve(provider, one, "key")
        with pytest.raises(Undeliverable, match="duplicate"):
            await reserve(provider, other, "key")

    async def test_nobody_knows_a_key_that_was_never_used(self, provider: InventoryProvider) -> None:
        assert await provider.look_up("never") is None

    async def test_another_price_is_neither_booked_nor_held(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        for offer, order in ((first(offers), provider.reserve), (holdable(offers), provider.hold)):
            if offer is None or offer.price is None:
                continue
            dearer = offer.price + Money(1, offer.price.currency)
            with pytest.raises(AskAgain) as refused:
                await order(offer.ref, key="k", names=names(offer), price=dearer)
            assert refused.value.parameter == "price"
            assert await provider.look_up("k") is None

    async def test_names_are_wanted_where_it_says_so_and_only_there(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        for n, offer in enumerate({o.kind: o for o in offers if o.bookable and o.price}.values()):
            assert offer.price is not None
            if offer.named:
                with pytest.raises(AskAgain) as refused:
                    await provider.reserve(offer.ref, key=f"k{n}", names=(), price=offer.price)
                assert refused.value.parameter == "names"
            else:
                await provider.reserve(offer.ref, key=f"k{n}", names=(), price=offer.price)

    async def test_what_is_paid_on_the_spot_cannot_be_booked(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        for offer in [o for o in offers if o.estimated and o.price][:3]:
            assert not offer.bookable
            with pytest.raises(Undeliverable, match="on the spot"):
                await reserve(provider, offer, "spot")

    async def test_a_hold_keeps_the_price_and_becomes_an_order_once(
        self, provider: InventoryProvider, offers: list[Offer]
    ) -> None:
        offer = holdable(offers)
        if offer is None:
            return
        held = await hold(provider, offer, "h")
        assert (held.state, held.price) == ("held", offer.price) and await hold(provider, offer, "h") == held
        assert held.until is not None and held.price_until is not None and held.price_until <= held.until
        placed = await provider.confirm(held.code, key="c", price=held.price)
        assert (placed.state, placed.code, placed.price) == ("confirmed", held.code, held.price)
        assert await provider.confirm(held.code, key="c", price=held.price) == placed
        assert await provider.look_up("c") == placed == await provider.look_up("h")
        with pytest.raises(Undeliverable, match="duplicate"):
            await provider.confirm(held.code, key="another", price=held.price)

    async def test_a_hold_lapses_with_its_clock_and_is_then_sold_to_nobody(
        self, provider: InventoryProvider, offers: list[Offer], clock: HandClock
    ) -> None:
        offer = holdable(offers)
        if offer is None:
            return
        held = await hold(provider, offer, "h")
        assert held.until is not None
        clock.at = held.until
        kept = await provider.look_up("h")
        assert kept is not None and kept.state == "lapsed"
        with pytest.raises(SoldOut):
            await provider.confirm(held.code, key="c", price=held.price)
        assert await provider.look_up("c") is None

    async def test_after_the_price_clock_the_price_is_todays(
        self, provider: InventoryProvider, offers: list[Offer], clock: HandClock
    ) -> None:
        offer = holdable(offers)
        if offer is None:
            return
        held = await hold(provider, offer, "h")
        assert held.price_until is not None
        clock.at = held.price_until
        now = await provider.reprice(offer.ref)
        assert now.price is not None
        with pytest.raises(AskAgain):
            await provider.confirm(held.code, key="c", price=now.price + Money(1, now.price.currency))
        assert (await provider.confirm(held.code, key="c", price=now.price)).price == now.price

    async def test_a_hold_let_go_is_gone(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        offer = holdable(offers)
        if offer is None:
            return
        held = await hold(provider, offer, "h")
        assert (await provider.cancel(held.code, key="x")).state == "cancelled"
        with pytest.raises(SoldOut):
            await provider.confirm(held.code, key="c", price=held.price)

    async def test_what_holds_nothing_says_so(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        for offer in [o for o in offers if o.bookable and not o.holds][:2]:
            with pytest.raises(CannotHold):
                await hold(provider, offer, "h")

    async def test_the_conditions_shown_are_those_a_cancellation_applies(
        self, provider: InventoryProvider, offers: list[Offer], clock: HandClock
    ) -> None:
        start = clock.at
        for n, offer in enumerate({(o.kind, o.conditions): o for o in offers if o.bookable}.values()):
            assert offer.price is not None and offer.conditions
            clock.at = start
            placed = await reserve(provider, offer, f"k{n}")
            assert placed.terms == offer.terms
            for m, at in enumerate([start, *(t.until - timedelta(seconds=1) for t in offer.terms)]):
                clock.at = max(start, at)
                quote = await provider.quote_cancel(placed.code, key=f"q{n}-{m}")
                assert quote.refund == offer.price - kept_of(offer.terms, offer.price, clock.at)
            clock.at = max([start, *(t.until for t in offer.terms)])
            assert (await provider.quote_cancel(placed.code, key=f"q{n}")).refund.minor == 0
            assert (offer.conditions == ("Not refundable",)) == (not offer.terms)

    async def test_only_the_newest_quote_cancels_and_only_in_its_time(
        self, provider: InventoryProvider, offers: list[Offer], clock: HandClock
    ) -> None:
        placed = await reserve(provider, first(offers), "k")
        old = await provider.quote_cancel(placed.code, key="q1")
        new = await provider.quote_cancel(placed.code, key="q2")
        for wrong in ("", old.id):
            with pytest.raises(QuoteOver):
                await provider.cancel(placed.code, key="c", quote=wrong)
        clock.at = new.until
        with pytest.raises(QuoteOver):
            await provider.cancel(placed.code, key="c", quote=new.id)
        newest = await provider.quote_cancel(placed.code, key="q3")
        assert (await provider.cancel(placed.code, key="c", quote=newest.id)).refund == newest.refund

    async def test_cancelling_twice_is_cancelling_once(self, provider: InventoryProvider, offers: list[Offer]) -> None:
        booked = await reserve(provider, first(offers), "key-3")
        quote = await provider.quote_cancel(booked.code, key="q")
        once = await provider.cancel(booked.code, key="c1", quote=quote.id)
        assert (once.state, once.refund) == ("cancelled", quote.refund)
        assert await provider.cancel(booked.code, key="c2", quote="other") == once == await provider.look_up("key-3")
        with pytest.raises(SoldOut):
            await provider.quote_cancel(booked.code, key="q2")

    async def test_a_code_nobody_gave_is_known_to_nobody(self, provider: InventoryProvider) -> None:
        with pytest.raises(SoldOut):
            await provider.cancel("NOCODE7", key="c3")
        with pytest.raises(SoldOut):
            await provider.quote_cancel("NOCODE7", key="c3")
        with pytest.raises(SoldOut):
            await provider.confirm("NOCODE7", key="c3", price=Money(1, "KES"))


def first(offers: Sequence[Offer]) -> Offer:
    return next(offer for offer in offers if offer.bookable)


def holdable(offers: Sequence[Offer]) -> Offer | None:
    return next((offer for offer in offers if offer.bookable and offer.holds), None)


def names(offer: Offer) -> Sequence[str]:
    return NAMES[: offer.travelers]


async def reserve(provider: InventoryProvider, offer: Offer, key: str) -> Reservation:
    assert offer.price is not None
    return await provider.reserve(offer.ref, key=key, names=names(offer), price=offer.price)


async def hold(provider: InventoryProvider, offer: Offer, key: str) -> Reservation:
    assert offer.price is not None
    return await provider.hold(offer.ref, key=key, names=names(offer), price=offer.price)
