"""Every pair of states of a booking and of a checkout is tried: what the tables do not name is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from booking.offers import Offer, OfferKind, Venue
from booking.sale.bookings import (
    CHECKOUT_MOVES,
    MOVES,
    SETTLED,
    STANDING,
    Booking,
    Checkout,
    Refused,
    checkout_moved,
    number_of,
    transition,
)  # fmt: skip
from bot.money import Money

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
HERE = Venue(name="Reef", city="Mombasa", country="KE", lat=-4.0, lon=39.6, zone="Africa/Nairobi")
OFFER = Offer(kind=OfferKind.HOTEL, ref="x:1", supplier="X", title="Reef", venue=HERE, fetched_at=NOON)
BOOKING = Booking(
    id="b1", thread="t", checkout="c", number="CV-AAAAAAA", organiser="p", offer=OFFER, price=Money(100, "KES"), at=NOON
)  # fmt: skip
CHECKOUT = Checkout(
    id="c", thread="t", organiser="p", currency="KES", bookings=("b1",), at=NOON, deadline=NOON
)  # fmt: skip
PAIRS = [(state, to) for state in MOVES for to in MOVES]


@pytest.mark.parametrize(("state", "to"), PAIRS)
def test_a_booking_makes_the_moves_of_its_table_and_no_other(state: str, to: str) -> None:
    booking = replace(BOOKING, state=state)
    if to in MOVES[state]:
        moved = transition(booking, to, cause="e1", at=NOON, by="p", why="because")
        assert (moved.state, moved.version) == (to, booking.version)
        move = moved.history[-1]
        assert (move.before, move.to, move.cause, move.by, move.why, move.at) == (state, to, "e1", "p", "because", NOON)
    else:
        with pytest.raises(Refused) as refused:
            transition(booking, to, cause="e1", at=NOON)
        assert (refused.value.state, refused.value.to, refused.value.stale) == (state, to, False)


@pytest.mark.parametrize(("state", "to"), [(s, t) for s in MOVES for t in MOVES[s]])
def test_a_move_decided_on_an_older_booking_is_stale(state: str, to: str) -> None:
    with pytest.raises(Refused) as refused:
        transition(replace(BOOKING, state=state, version=3), to, cause="e1", at=NOON, seen=2)
    assert refused.value.stale
    assert transition(replace(BOOKING, state=state, version=3), to, cause="e1", at=NOON, seen=3).state == to


def test_the_same_cause_moves_a_booking_to_a_state_once() -> None:
    quoted = transition(replace(BOOKING, state="confirmed"), "cancel_quoted", cause="e1", at=NOON)
    with pytest.raises(Refused) as refused:
        transition(quoted, "cancel_quoted", cause="e1", at=NOON)
    assert refused.value.stale
    assert len(transition(quoted, "cancel_quoted", cause="e2", at=NOON).history) == 2


@pytest.mark.parametrize(("state", "to"), [(s, t) for s in CHECKOUT_MOVES for t in CHECKOUT_MOVES])
def test_a_checkout_makes_the_moves_of_its_table_and_no_other(state: str, to: str) -> None:
    checkout = replace(CHECKOUT, state=state)
    if to in CHECKOUT_MOVES[state]:
        assert checkout_moved(checkout, to).state == to
    else:
        with pytest.raises(Refused):
            checkout_moved(checkout, to)


def test_an_unknown_order_becomes_known_only_by_looking() -> None:
    assert MOVES["unknown"] == ("confirmed", "released")
    assert "placing" not in {to for state in ("unknown", "confirmed", "cancelled") for to in MOVES[state]}
    assert not SETTLED & {"placing", "unknown", "authorized", "awaiting_payment"}
    assert STANDING < SETTLED


def test_every_state_can_be_reached_and_only_ends_have_no_way_on() -> None:
    reached, todo = {"draft"}, ["draft"]
    while todo:
        new = set(MOVES[todo.pop()]) - reached
        reached |= new
        todo += new
    assert reached == set(MOVES)
    assert {s for s, ways in MOVES.items() if not ways} == {"declined", "completed", "cancelled"}


def test_a_booking_has_one_number_for_ever_and_another_one_has_another() -> None:
    numbers = {number_of(f"b{n}") for n in range(2000)}
    assert len(numbers) == 2000 and number_of("b7") == number_of("b7")
    assert all(n.startswith("CV-") and len(n) == 10 and n[3:].isalnum() for n in numbers)
