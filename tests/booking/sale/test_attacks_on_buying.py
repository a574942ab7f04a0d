"""Attacks on carts, payers, checkouts and bookings: by hostile members, careless crowds and bad networks."""

import signal
from collections.abc import Iterator
from datetime import UTC, datetime
from types import FrameType

import pytest

from booking.papers.voucher import Voucher, vouchers_pdf
from booking.sale.payers import payers_of
from booking.sale.travellers import LONGEST, MOST, read_names
from bot.errors import AskAgain
from bot.facts import known
from bot.model import Member, Thread
from bot.money import Money
from payments.moves import open_gap
from tests.booking.shop import GROUP, Shop
from tests.payments.invariants import at_rest

_AT = datetime(2027, 3, 1, tzinfo=UTC)


def here(*names: str) -> Thread:
    """A Thread with these people in it."""
    members = tuple(Member(person=n, name=n, joined_at=_AT) for n in names)
    return Thread(id="t", members=members)


@pytest.fixture
def ends() -> Iterator[None]:
    """What would never end is cut off: a pattern that backtracks holds the whole process, and each of its restarts."""

    def cut(signal: int, frame: FrameType | None) -> None:
        raise AssertionError("it does not end")

    before = signal.signal(signal.SIGALRM, cut)
    signal.alarm(20)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("unit", ["x", "x ", "x\n", "×x", "1", "1 x ", ": ", "=", "a", "9x"])
def test_a_payer_whose_name_is_endless_is_refused_and_holds_nobody_up(unit: str, ends: None) -> None:
    for said in (unit * (19_000 // len(unit)), "Ana and " + unit * 9_000 + "y!"):
        with pytest.raises(AskAgain):
            payers_of(said, here("Ana"), "Ana")


@pytest.mark.parametrize("said", ["Max", "max 2, Ana", "Max x2 and Ana", "split between Max and Felix 3"])
def test_payers_whose_names_end_like_a_factor_are_found(said: str) -> None:
    assert payers_of(said, here("Max", "Ana", "Felix"), "Ana")[0].name == "Max"


@pytest.mark.parametrize("unit", ["1", "1,", "1,,", "1.", "1,111", "A1", "9 ", "1:"])
def test_endless_figures_among_peoples_words_hold_nobody_up(unit: str, ends: None) -> None:
    assert known((), [unit * (19_000 // len(unit))] * 60).figures


@pytest.mark.parametrize("name", ["Z" * 3_900 + " Q", "Ana " + "Wanjiru " * 400, "Z" * LONGEST + " Q"])
def test_a_traveller_whose_name_fits_no_document_is_refused(name: str) -> None:
    with pytest.raises(AskAgain):
        read_names(f"{name}, Ben Otieno", 2)


def test_marks_that_nobody_sees_are_left_out_of_travellers_names() -> None:
    said = "Ana\x00 \x1b[31mWanjiru\u202e, Ben\u200b\tOtieno\x07"
    assert read_names(said, 2) == ("Ana [31mWanjiru", "Ben Otieno")


async def test_the_longest_names_of_the_largest_party_stand_on_a_voucher(trip: Shop) -> None:
    names = tuple(f"{n:02} <b>&{'W' * (LONGEST - 10)}" for n in range(MOST))
    hotel = await trip.hotel()
    assert hotel.price
    voucher = Voucher(code="AB12CD3", offer=hotel, price=hotel.price, names=names, booked_at=trip.clock.now())
    assert vouchers_pdf([voucher]).startswith(b"%PDF")


@pytest.mark.parametrize("failing", [1, 3])
async def test_nobody_owes_what_the_supplier_has_given_back(trip: Shop, failing: int) -> None:
    """A capture failed after the booking, which was cancelled for the full price: nobody is asked for the rest."""
    hotel = await trip.hotel(0, "Free cancellation")
    assert hotel.price
    await trip.checkout(hotel)
    await trip.faults.add("payments", "refused", match="capture", times=failing)
    await trip.all_pay()
    collection = await trip.collection()
    open_ = hotel.price.minor - (await trip.captured()).minor
    assert open_ and open_gap(collection) == open_
    await trip.call("Chi", "pay_open", collection=collection.id)  # a page that is open when it is cancelled
    debt = await trip.share("Chi", "debt")
    (booking,) = await trip.bookings()
    await trip.call("Ana", "cancel_booking", booking=booking.number)
    await trip.press(GROUP, "Ana", f"Cancel and refund {hotel.price}")
    await trip.passes(minutes=5)
    after = await trip.collection()
    assert open_gap(after) == 0 and sum(s.captured - s.refunded for s in after.shares) == 0
    assert f"{Money(open_, 'KES')} of {after.title} could not be taken and is not owed any more" in trip.said()
    assert not any((await trip.house.sharing.standing(await trip.thread(GROUP))).values())
    await trip.gateway.pay(debt.payment)
    await trip.call("Ben", "pay_open", collection=collection.id)
    await trip.passes(minutes=5)
    assert (await trip.share("Chi", "debt")).state == "voided"
    assert await trip.captured() == Money(sum(s.refunded for s in after.shares), "KES")
    await trip.check()
    assert await at_rest(trip.store) == []


async def test_a_booking_is_paid_in_full_once_somebody_has_settled_what_was_open(trip: Shop) -> None:
    hotel = await trip.hotel()
    await trip.checkout(hotel)
    await trip.faults.add("payments", "refused", match="capture", times=1)
    await trip.all_pay()
    assert [b.payment for b in await trip.bookings()] == ["partial"]
    taken = await trip.captured()
    assert hotel.price and f"{taken} was taken, {hotel.price - taken} could not be taken" in trip.said()
    await trip.call("Ben", "pay_open", collection=(await trip.collection()).id)
    await trip.pays("Ben", "debt")
    assert [b.payment for b in await trip.bookings()] == ["full"]
    assert f"{hotel.price} was taken for what was booked." in trip.said()
    await trip.check()
