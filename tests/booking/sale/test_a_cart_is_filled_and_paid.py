"""The cart: what gets in, what each pays, who pays, whose names, in which money; and what is said about it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from booking.offers import Offer, OfferKind
from booking.sale.bookings import BOOKINGS
from booking.sale.cart import CARTS, shares, totals
from booking.sale.payers import payers_of
from booking.sale.travellers import TRAVELLERS, read_names
from bot.documents import Replace
from bot.errors import AskAgain
from bot.model import Member, Thread
from bot.money import Money
from payments.model import COLLECTIONS
from tests.booking.bazaar import NOON
from tests.booking.shop import GROUP, Shop, shop
from tests.payments.counter import late

PEOPLE = (("1", "Ana"), ("2", "Ben Otieno"), ("3", "Chi"))
HERE = Thread(id="t", members=tuple(Member(person=p, name=n, joined_at=NOON) for p, n in PEOPLE))


@pytest.mark.parametrize(
    ("said", "paid"),
    [
        ("split", {"1": 1, "2": 1, "3": 1}),
        ("Split between us", {"1": 1, "2": 1, "3": 1}),
        ("I pay all", {"2": 1}),
        ("me", {"2": 1}),
        ("Ana and Ben", {"1": 1, "2": 1}),
        ("Ana 2, Ben Otieno 1", {"1": 2, "2": 1}),
        ("me x3 & Chi", {"2": 3, "3": 1}),
        ("split it between Ana, Chi and me", {"1": 1, "3": 1, "2": 1}),
        ("split it between the three of us", {"1": 1, "2": 1, "3": 1}),
        ("Split 3 ways!", {"1": 1, "2": 1, "3": 1}),
        ("everyone pays their own part", {"1": 1, "2": 1, "3": 1}),
        ("tugawane sote watatu", {"1": 1, "2": 1, "3": 1}),
        ("everybody but Ben", {"1": 1, "3": 1}),
        ("all of us except me", {"1": 1, "3": 1}),
        ("I’ll pay for it", {"2": 1}),
        ("Ana is paying", {"1": 1}),
        ("Ana na Chi", {"1": 1, "3": 1}),
        ("put it on Chi", {"3": 1}),
        ("just me", {"2": 1}),
        ("Ana 1 Ben 2", {"1": 1, "2": 2}),
        ("split ana x2 Chi: 3 me", {"1": 2, "3": 3, "2": 1}),
        ("Ana Ben 2 x Chi", {"1": 1, "2": 2, "3": 1}),
    ],
)
def test_who_pays_is_read_from_words(said: str, paid: dict[str, int]) -> None:
    assert {p.person: p.weight for p in payers_of(said, HERE, "2")} == paid


def test_a_name_that_two_have_is_nobodys_to_pay() -> None:
    two = replace(HERE, members=(*HERE.members, replace(HERE.members[0], person="4")))
    for said in ("Ana", "Ana 2, Chi"):
        with pytest.raises(AskAgain, match="More than one here is called “Ana”"):
            payers_of(said, two, "4")
    assert [p.person for p in payers_of("me and Chi", two, "4")] == ["4", "3"]


@pytest.mark.parametrize(
    "said", ["Zoe", "Ana 0", "Ana 100", "Ana and Zoe", "Ana 1 Zoe 2", "Old Ben", ",,", "the two of us", "4"]
)
def test_who_is_not_here_or_bears_no_part_is_asked_about(said: str) -> None:
    with pytest.raises(AskAgain) as again:
        payers_of(said, HERE, "2")
    assert again.value.parameter == "who"


@pytest.mark.parametrize(
    ("said", "name"),
    [("Ana Uncle Ben", "Ana Uncle Ben"), ("Ana Otieno", "Ana Otieno"), ("2 Ana Ben", "2 Ana"), ("2 Ben", "2 Ben")],
)
def test_who_is_not_known_is_told_by_the_words_that_were_said_not_by_half_of_them(said: str, name: str) -> None:
    with pytest.raises(AskAgain, match=f"I do not know “{name}”"):
        payers_of(said, HERE, "2")


@pytest.mark.parametrize("said", ["", "Ana", "Ana Njeri, A B", "Ana Njeri, Ana njeri", "1234 5678, Ana Njeri"])
def test_names_that_cannot_stand_on_documents_are_asked_for_again(said: str) -> None:
    with pytest.raises(AskAgain) as again:
        read_names(said, 2)
    assert again.value.parameter == "names"


def test_names_are_read_however_they_are_listed() -> None:
    assert read_names("Ana  Njeri, Ben Otieno and Chi Wanjiru", 2) == ("Ana Njeri", "Ben Otieno", "Chi Wanjiru")


async def test_a_cart_shows_the_total_and_everybodys_share(trip: Shop) -> None:
    hotel = await trip.hotel()
    assert hotel.price
    cart = await trip.cart(hotel)
    assert totals(cart.lines) == (hotel.price,)
    parts = shares(hotel.price, (await trip.thread(GROUP)).present)
    assert Money(sum(p.minor for _, p in parts), "KES") == hotel.price
    for name, part in parts:
        assert f"{name}: {part}" in trip.said() or f"Each of 3: {part}" in trip.said()
    assert all(condition in trip.said() for condition in hotel.conditions)


async def test_the_same_offer_is_in_the_cart_once_and_leaves_when_it_is_told_to(trip: Shop) -> None:
    hotel, other = await trip.hotel(0), await trip.hotel(1)
    assert len((await trip.cart(hotel, hotel, other)).lines) == 2
    await trip.call("Ben", "remove_line", line="number 2")
    assert [line.offer.ref for line in (await trip.the_cart()).lines] == [hotel.ref]
    await trip.call("Ben", "remove_line", line=hotel.title)
    assert (await trip.the_cart()).lines == ()
    await trip.call("Ben", "remove_line", line="7")
    assert "That is not in the cart." in trip.said()


async def test_what_cannot_be_booked_says_why(trip: Shop) -> None:
    meal = (await trip.suppliers_offers(OfferKind.RESTAURANT))[0]
    free = next(o for o in await trip.suppliers_offers(OfferKind.ACTIVITY) if o.price and not o.price.minor)
    sky = (await trip.suppliers_offers(OfferKind.WEATHER))[0]
    assert (await trip.cart(meal, free, sky)).lines == ()
    assert f"{meal.title} is paid on the spot" in trip.said()
    assert f"{free.title} costs nothing and needs no booking" in trip.said()
    assert f"{sky.title}: that is for you to know" in trip.said()


async def test_prices_that_have_run_out_are_asked_again_and_what_is_gone_leaves(trip: Shop) -> None:
    hotel, gone = await trip.hotel(0), await trip.hotel(1)
    await trip.cart(hotel, gone)
    await trip.faults.add("inventory", "price_up", match=hotel.title, by=30)
    await trip.faults.add("inventory", "sold_out", match=gone.title)
    await trip.passes(hours=1)
    await trip.call("Ana", "show_cart")
    (line,) = (await trip.the_cart()).lines
    assert hotel.price and line.price > hotel.price
    assert f"{hotel.title} costs {line.price} now; it was {hotel.price}." in trip.said()
    assert f"{gone.title} is no longer to be had" in trip.said()


async def test_two_monies_make_two_checkouts(trip: Shop) -> None:
    hotel = await trip.hotel()
    cart = await trip.cart(hotel)
    dollars = replace(hotel, ref=hotel.ref.removesuffix("KES") + "USD")
    await trip.cart(dollars)
    cart = await trip.the_cart()
    assert cart.currencies == ("KES", "USD") and "do not mix" in trip.said()
    await trip.call("Ana", "pay", who="split")
    assert "Which first?" in trip.said() and await trip.bookings() == []
    for money in ("KES", "USD"):
        await trip.call("Ana", "pay", who="split", currency=money)
        await trip.all_pay()
    assert await trip.states_of() == ["confirmed", "confirmed"]
    thread = (await trip.thread(GROUP)).id
    found = await trip.store.find(COLLECTIONS, {"thread": thread})
    assert sorted((c.total.currency, c.state) for c in found) == [("KES", "committed"), ("USD", "committed")]
    await trip.check()


async def test_an_empty_cart_cannot_be_paid_and_a_share_can_be_too_small(trip: Shop) -> None:
    await trip.call("Ana", "pay")
    assert "The cart is empty." in trip.said()
    hotel = await trip.hotel()
    cart = await trip.cart(hotel)
    tiny = replace(hotel, price=Money(100, "KES"), unit=Money(100, "KES"))
    await trip.store.commit([Replace(CARTS, replace(cart, lines=(replace(cart.lines[0], offer=tiny),)))])
    await trip.call("Ana", "pay", who="split")
    assert "is less than a payment can be" in trip.said() and await trip.bookings() == []


async def test_names_are_asked_for_alone_and_lie_sealed(tmp_path: Path) -> None:
    async with shop(tmp_path) as trip:
        await trip.trip("Ana", "Ben")
        flight = next(o for o in await trip.offers(OfferKind.FLIGHT) if o.holds)
        await trip.cart(flight)
        await trip.call("Ana", "pay", who="split", currency="KES")
        asked = next(o for o in trip.shown(GROUP).values() if "as on their documents" in o.content.text)
        assert asked.reader == ("paper:Ana",) and [f.name for f in asked.content.form] == ["names"]
        assert await trip.bookings() == []
        button = next(b for b in asked.content.buttons if b.label == "Save the names")
        entry = trip.entry(GROUP, "Ana", "", what="press", object=asked.shown)
        values = {"names": "Wanjiru Kamau-Otieno, Benedict Otieno"}
        await trip.hear(
            replace(entry, id=f"{entry.id}:p", value={"kind": "group", "token": button.id, "values": values})
        )  # fmt: skip
        await trip.quiet()
        await trip.all_pay()
        assert await trip.states_of() == ["confirmed"]
        (kept,) = await trip.store.find(TRAVELLERS, {})
        assert kept.count == 2 and "Kamau" not in kept.sealed
        bookings = await trip.store.find(BOOKINGS, {})
        assert bookings and "Kamau" not in str(bookings)


async def test_late_money_that_covers_alone_books_after_all(trip: Shop) -> None:
    hotel = await cheaper_in_five_hours(trip)
    collection = await trip.checkout(hotel, who="me")
    await trip.passes(hours=5)
    assert await trip.states_of() == ["expired"]
    await late(trip, collection.shares[0].payment)
    await trip.quiet()
    (booked,) = await trip.bookings()
    assert [m.to for m in booked.history][2:] == ["expired", "paid_late", "authorized", "placing", "confirmed"]
    assert await trip.captured() == booked.price and len(await trip.orders()) == 1 and booked.attempt == 2
    await trip.check()


async def test_late_money_for_what_is_gone_is_given_back(trip: Shop) -> None:
    hotel = await trip.hotel()
    collection = await trip.checkout(hotel, who="me")
    await trip.passes(hours=5)
    await trip.faults.add("inventory", "sold_out", match=hotel.title)
    await late(trip, collection.shares[0].payment)
    await trip.quiet()
    (booked,) = await trip.bookings()
    assert [m.to for m in booked.history][-3:] == ["paid_late", "refunding", "released"]
    assert (await trip.collection()).state == "released" and await trip.captured() == Money(0, "KES")
    assert "It could not be booked after all" in trip.said() or "Nothing of it can be had" in trip.said()
    await trip.check()


async def test_a_restart_between_paying_and_ordering_orders_once(tmp_path: Path) -> None:
    async with shop(tmp_path) as first:
        await first.trip("Ana", "Ben")
        hotel = await first.hotel()
        collection = await first.checkout(hotel)
        await first.faults.add("inventory", "timeout", match="confirm")
        for share in collection.shares:
            await first.gateway.pay(share.payment)
    async with shop(tmp_path) as again:
        await again.passes(minutes=3)
        (booked,) = await again.bookings()
        assert hotel.price and (booked.state, booked.price) == ("confirmed", hotel.price)
        assert len(await again.orders()) == 1 and await again.captured() == hotel.price
        await again.check()


def test_shares_of_a_total_that_does_not_divide_sum_to_it() -> None:
    parts = shares(Money(1000, "JPY"), HERE.members)
    assert sorted(p.minor for _, p in parts) == [333, 333, 334]


async def cheaper_in_five_hours(trip: Shop) -> Offer:
    """A hotel that will not cost more when somebody pays late."""
    for n in range(12):
        hotel = await trip.hotel(n)
        record = await trip.sandbox.record(hotel.ref, trip.clock.now() + timedelta(hours=5, seconds=5))
        if hotel.price and record and not record["sold_out"] and record["price"]["minor"] <= hotel.price.minor:
            return hotel
    raise AssertionError("every hotel will cost more")
