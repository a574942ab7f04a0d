"""Single steps of carts, prices and sums: a small bug in each once went unseen."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from booking.offers import Offer, OfferKind
from booking.sale.bookings import BOOKINGS, Booking, Refused, number_of
from booking.sale.cart import CARTS, MOST_LINES, QUOTATIONS, Cart, Carts, Quoted, shares, totals
from booking.sale.payers import MOST_WEIGHT, payers_of
from booking.sale.spending import Spending, people_of
from booking.sale.texts import say
from booking.trips import Day, Item, Plan
from bot.documents import Insert
from bot.errors import AskAgain, Explain
from bot.model import Person
from bot.money import Money
from payments.model import COLLECTIONS, Payer
from tests.booking.bazaar import ATLAS
from tests.booking.sale.single import NOW, ask, booking, kes, line, offer
from tests.payments.single import collection, share
from tests.payments.table import table


def test_the_number_that_people_read_stays_the_same_from_version_to_version() -> None:
    assert number_of("b1") == "CV-GRVR3YF"
    assert booking().supplier == "Shore"
    assert str(Refused("awaiting_payment", "paid_late")) == (
        "A booking that is awaiting payment cannot become paid late."
    )


def test_a_party_that_differs_is_none() -> None:
    two = offer(2, travelers=2)
    assert Cart(id="c", thread="trip", lines=(line(1), line(2))).party == 1
    assert Cart(id="c", thread="trip", lines=(line(1), line(2, two))).party == 0


def test_shares_of_a_cart_are_alike() -> None:
    here = ask().thread.members
    assert shares(kes(100), here) == [("Ana", kes(50)), ("Ben", kes(50))] and shares(kes(101), ()) == []


def test_the_odd_cent_is_asked_of_whom_the_cart_names() -> None:
    here = ask("ana", "ana", "ben", "chi").thread.members
    payers = [Payer(person=m.person, name=m.name) for m in here]
    collections, lucky = table("ana").house.collections, set()
    for minor in range(20_000, 20_030):
        told = shares(kes(minor), here)
        assert [part for _, part in told] == collections.shares(kes(minor), payers)
        assert dict(shares(kes(minor), here[::-1])) == dict(told)
        lucky |= {name for name, part in told if minor % 3 == 1 and part.minor > minor // 3}
    assert lucky == {"Ana", "Ben", "Chi"}


def test_lines_of_one_money_are_added_up() -> None:
    assert totals([line(1), line(2, offer(2, 5, "USD")), line(3)]) == (kes(20_000), Money(5, "USD"))


def full(n: int) -> Cart:
    return Cart(id="c", thread="trip", lines=tuple(line(k) for k in range(1, n + 1)), made=n)


def test_a_cart_is_full_with_the_most_lines() -> None:
    assert len(full(MOST_LINES - 1).with_offers([offer(99)], ask()).lines) == MOST_LINES
    with pytest.raises(Explain) as refused:
        full(MOST_LINES).with_offers([offer(99)], ask())
    assert str(refused.value) == say("full_cart", most=MOST_LINES)
    assert len(full(MOST_LINES).with_offers([offer(1)], ask()).lines) == MOST_LINES


def test_what_is_in_the_cart_already_is_brought_up_to_date_alone() -> None:
    cart = replace(full(2), lines=(replace(line(1), item="i1"), line(2)))
    anew = cart.with_offers([offer(1, 500)], ask())
    assert [(ln.id, ln.price, ln.item) for ln in anew.lines] == [("l1", kes(500), "i1"), ("l2", kes(10_000), "")]
    assert cart.with_offers([offer(1)], ask(), ["i9"]).lines[0].item == "i9" and anew.made == 2
    more = anew.with_offers([offer(3)], ask("ben"), ["i3"])
    assert (more.lines[2].id, more.lines[2].by, more.lines[2].item, more.made) == ("l3", "ben", "i3", 3)


def rooms(n: int, left: int) -> Offer:
    """Offers of the same room, of which so many are left."""
    return replace(offer(n, left=left), title="The room")


def test_room_is_looked_for_when_something_comes_into_the_cart() -> None:
    one = Cart(id="c", thread="trip", lines=(line(1, rooms(1, 1)),), made=1)
    with pytest.raises(Explain):
        one.with_offers([rooms(2, 1)], ask())
    too_many = Cart(id="c", thread="trip", lines=(line(1, rooms(1, 1)), line(2, rooms(2, 1))), made=2)
    assert len(too_many.with_offers([rooms(2, 1)], ask()).lines) == 2


def test_what_is_exchanged_needs_room_and_is_in_the_cart_once() -> None:
    cart = Cart(id="c", thread="trip", lines=(line(1, rooms(1, 1)), line(2)), made=2)
    with pytest.raises(Explain):
        cart.exchanged({"l2": rooms(3, 1)})
    assert [ln.id for ln in cart.exchanged({"l2": rooms(1, 1)}).lines] == ["l1"]
    too_many = Cart(id="c", thread="trip", lines=(line(1, rooms(1, 1)), line(2, rooms(2, 1))), made=2)
    assert len(too_many.exchanged({"l1": replace(rooms(1, 1), price=kes(7))}).lines) == 2


async def test_a_look_that_is_repeated_lays_the_same_down_again() -> None:
    t = table("ana")
    carts = Carts(t.store)
    for why in ("gone", "silent"):
        assert await carts.lay(ask(), [Quoted(line="l1", why=why)]) == "look"
    kept = await t.store.get(QUOTATIONS, "look")
    assert kept is not None and [q.why for q in kept.lines] == ["silent"]
    assert (await t.store.find(CARTS, {})) == []


@pytest.mark.parametrize(("said", "told"), [("0", "weights"), ("100", "weights"), ("9999", "weights")])
def test_a_part_is_from_one_to_ninety_nine(said: str, told: str) -> None:
    with pytest.raises(AskAgain) as again:
        payers_of(f"Ana {said}", ask().thread, "ana")
    assert str(again.value) == say(told)
    assert [p.weight for p in payers_of(f"Ana {MOST_WEIGHT} and Ben 1", ask().thread, "ana")] == [99, 1]


def test_a_name_that_nobody_or_two_have_is_told_in_short() -> None:
    name = "z" * 50
    with pytest.raises(AskAgain) as again:
        payers_of(name, ask().thread, "ana")
    assert str(again.value) == say("no_such_payer", name="z" * 40)
    twins = ask("ana", name, name).thread
    with pytest.raises(AskAgain) as again:
        payers_of(name, twins, "ana")
    assert str(again.value) == say("two_payers", name="z" * 40)


def item(n: int, of: Offer | None, booked: str = "") -> Item:
    return Item(id=f"i{n}", role="stay", title="t", starts_at=NOW, ends_at=NOW, zone="UTC", offer=of, booked=booked)


def plan(*items: Item) -> Plan:
    day = Day(date=date(2026, 12, 1), items=items)
    mombasa = ATLAS.find("Mombasa")
    assert mombasa is not None
    return Plan(title="t", destination=mombasa, start=day.date, days=(day,), travelers=1, currency="KES")


async def spending(*bookings: Booking, **how: Any) -> Spending:
    t = table("ana", "ben")
    paid = share(1, "ana", captured=9_000, refunded=2_000, refunding=500, state="captured")
    own = replace(collection(paid, share(2, "ben"), **how), about="k")
    await t.store.commit([Insert(COLLECTIONS, own), *(Insert(BOOKINGS, b) for b in bookings)])
    return Spending(t.store, t.house.collections)


async def test_what_was_bought_is_counted_by_currency_and_category_and_what_came_back_taken_off() -> None:
    ride = offer(2, 3_000, kind=OfferKind.BUS)
    spent = await spending(
        booking(1, refunded=kes(4_000), state="cancelled"), booking(2, of=ride), booking(3, "released"),
        booking(4, of=offer(4, 700, "USD")),
    )  # fmt: skip
    later = plan(
        item(1, offer(7, 100)), item(2, offer(8, 50, "USD")), item(3, offer(9, 30), booked="CV-1"), item(4, None),
        item(5, offer(10, 60, kind=OfferKind.EVENT)), item(6, replace(offer(11), price=None)),
    )  # fmt: skip
    shillings, dollars = await spent.of("trip", later)
    assert (shillings.booked, shillings.refunded, shillings.net) == (kes(13_000), kes(4_000), kes(9_000))
    assert (shillings.standing, shillings.kept) == (kes(3_000), kes(6_000))
    assert shillings.people == {"ana": (kes(9_000), kes(2_500))} and dollars.people == {}
    assert list(shillings.categories.values()) == [
        (kes(0), kes(3_000), kes(0)), (kes(100), kes(0), kes(4_000)), (kes(60), kes(0), kes(0)),
    ]  # fmt: skip
    assert list(dollars.categories.values()) == [(Money(50, "USD"), Money(700, "USD"), Money(0, "USD"))]


async def test_of_what_is_still_booked_only_what_did_not_come_back_is_told_as_booked() -> None:
    (sums,) = await (await spending(booking(1, refunded=kes(4_000)), booking(2))).of("trip")
    assert (sums.booked, sums.standing, sums.kept) == (kes(20_000), kes(16_000), kes(0))


async def test_what_is_spent_is_shown_to_all_and_what_one_paid_to_them_alone() -> None:
    spent = await spending(booking(1))
    shown = await spent.card("trip", None, NOW)
    assert shown is not None and shown.card is not None and shown.card.title == say("spent_title")
    assert shown.card.lines[0] == f"**{say('s_booked', money=kes(10_000))}**" and len(shown.card.lines) == 2
    mine = await spent.own("trip", Person(id="ana", name="Ana"), NOW)
    assert mine is not None and mine.card is not None and mine.only_for == ("ana",)
    assert mine.card.lines == (say("s_own", paid=kes(9_000), back=say("s_back", back=kes(2_500))),)
    assert await spent.own("trip", Person(id="ben", name="Ben"), NOW) is None
    nothing = await spending(booking(1, "released"))
    assert await nothing.card("trip", None, NOW) is None and await nothing.of("trip") == ()


async def test_what_was_cancelled_is_not_told_as_booked() -> None:
    ride = offer(2, 3_000, kind=OfferKind.BUS)
    spent = await spending(booking(1, refunded=kes(9_000), state="cancelled"), booking(2, of=ride))
    shown = await spent.card("trip", None, NOW)
    assert shown is not None and shown.card is not None
    rides = say("s_category", category=say("cat_rides"), sums=say("s_booked_of", money=kes(3_000)))
    assert shown.card.lines == (
        f"**{say('s_booked', money=kes(3_000))}**", say("s_refunded", money=kes(9_000)),
        say("s_kept", money=kes(1_000)), rides,
    )  # fmt: skip
    assert {f.label: f.minor for f in shown.card.facts}[say("f_booked")] == 3_000


async def test_where_all_is_cancelled_and_given_back_nothing_is_told_as_booked() -> None:
    spent = await spending(booking(1, refunded=kes(10_000), state="cancelled"))
    shown = await spent.card("trip", None, NOW)
    assert shown is not None and shown.card is not None
    assert shown.card.lines == (f"**{say('s_booked', money=kes(0))}**", say("s_refunded", money=kes(10_000)))


async def test_a_booking_without_its_collection_is_counted_even_so() -> None:
    spent = await spending(booking(1, checkout="other"))
    (sums,) = await spent.of("trip")
    assert sums.people == {} and sums.booked == kes(10_000)


def test_what_is_on_its_way_back_to_one_counts_as_given_back() -> None:
    c = collection(share(1, "ana", captured=500, refunded=100, refunding=50), share(2, "ana", captured=20))
    assert dict(people_of("KES", [c])) == {"ana": (kes(520), kes(150))}
