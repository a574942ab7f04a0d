"""Seats, rooms and places: whoever writes a reference themselves gets no more of them than are left."""

from dataclasses import replace

import pytest

from booking.offers import Offer, OfferKind
from booking.ports import SoldOut, TooFew
from booking.sale.cart import check_room
from bot.errors import Explain
from tests.booking.shop import Shop

_PARTY = -2  # which part of a reference says for how many


async def few_left(trip: Shop, kind: OfferKind) -> tuple[Offer, int]:
    """An offer with fewer than 20 left, and how many."""
    found = [(o, o.left) for o in await trip.offers(kind) if o.left and o.left < 20 and o.per != "vehicle"]
    return found[0]


def typed(offer: Offer, people: int) -> str:
    """Its reference as somebody may type it, for so many people."""
    parts = offer.ref.split(":")
    parts[_PARTY] = str(people)
    return ":".join(parts)


@pytest.mark.parametrize("kind", [OfferKind.BUS, OfferKind.FLIGHT, OfferKind.ACTIVITY, OfferKind.EVENT])
async def test_a_typed_reference_for_more_than_are_left_stays_out_of_the_cart(trip: Shop, kind: OfferKind) -> None:
    offer, left = await few_left(trip, kind)
    supplier = trip.supplier(offer)
    assert (await supplier.reprice(typed(offer, left))).roomy
    with pytest.raises(TooFew) as few:
        await supplier.reprice(typed(offer, left + 1))
    assert few.value.offer.needs == left + 1
    await trip.call("Ana", "add_to_cart", offer=typed(offer, left + 1))
    assert (await trip.the_cart()).lines == ()
    assert f"{offer.title} has only {left} left, and that takes {left + 1}." in trip.said()


async def test_rooms_are_counted_not_people(trip: Shop) -> None:
    offer, left = await few_left(trip, OfferKind.HOTEL)
    parts = offer.ref.split(":")
    parts[-3], parts[-2] = str(left + 1), str(left + 1)
    with pytest.raises(SoldOut):
        await trip.supplier(offer).reprice(":".join(parts))
    parts[-3], parts[-2] = str(left), str(left + 1)
    assert (await trip.supplier(offer).reprice(":".join(parts))).needs == left


async def test_what_is_left_is_not_taken_twice_by_two_lines(trip: Shop) -> None:
    offer, left = await few_left(trip, OfferKind.BUS)
    await trip.call("Ana", "add_to_cart", offer=typed(offer, left))
    await trip.call("Ben", "add_to_cart", offer=typed(offer, 1))
    (line,) = (await trip.the_cart()).lines
    assert line.offer.travelers == left
    assert f"{offer.title} has only {left} left, and that takes {left + 1}." in trip.said()


async def test_seats_that_others_have_bought_meanwhile_are_told_at_the_checkout(trip: Shop) -> None:
    offer, left = await few_left(trip, OfferKind.BUS)
    check_room([replace(offer, travelers=left), replace(offer, travelers=5, supplier="another")])
    with pytest.raises(Explain, match=f"has only {left} left, and that takes {left + 2}"):
        check_room([replace(offer, travelers=left), replace(offer, travelers=2)])
