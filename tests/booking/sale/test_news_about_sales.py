"""News of prices and orders in the lane, one Entry at a time: which move it makes, what it starts and says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from booking.offers import Term
from booking.sale.bookings import Booking, Checkout
from booking.sale.settling import GRACE, ORPHAN, WATCH
from booking.sale.texts import say
from bot.codec import to_plain
from tests.booking.sale.hearing import HOUR, at, checkout, hears, hold, nothing, paid
from tests.booking.sale.single import NOW, booking, kes, offer
from tests.payments.table import table


@pytest.mark.parametrize("handler", ["covered", "priced", "placed", "looked", "ended", "checked", "asked", "passed"])
async def test_news_of_a_checkout_that_is_not_here_are_nothing(handler: str) -> None:
    for t in (table("ana"), await at(replace(checkout(), thread="x"), booking(1))):
        news: dict[str, Any] = {"round": 0, "lines": [], "booking": "b1", "state": "none", "n": 0, "topic": "begins"}
        assert nothing(await hears(t, handler, **news))


async def test_when_the_money_is_there_the_suppliers_are_asked_once_more() -> None:
    t = await at(checkout(), booking(1, "awaiting_payment"), booking(2, "awaiting_payment"), money=paid())
    h = await hears(t, "covered")
    assert h.states() == {"b1": "authorized", "b2": "authorized"}
    assert (h.checkout.state, h.checkout.rounds) == ("pricing", 1) and h.texts() == [say("covered")]
    assert (h.job("price_order").args["bookings"], h.job("price_order").args["round"]) == (["b1", "b2"], 1)
    assert (h.job("checkout_tick").due_at, h.job("checkout_tick").args["n"]) == (NOW + WATCH, 0)
    assert [d.notice for d in h.told] == [True]


@pytest.mark.parametrize(
    ("state", "late", "begins"),
    [("open", False, True), ("open", True, True), ("over", True, True), ("over", False, False),
     ("pricing", True, False), ("done", True, False)],
)  # fmt: skip
async def test_money_counts_while_it_is_open_and_late_money_when_it_was_over(
    state: str, late: bool, begins: bool
) -> None:
    before = "expired" if state == "over" else "awaiting_payment"
    t = await at(checkout(state, 1), replace(booking(1, before), hold=hold(), looks=3), money=paid())
    h = await hears(t, "covered", late=late)
    if not begins:
        assert nothing(h) and "waits for no money" in h.turn.outcome
        return
    assert h.checkout.state == "pricing"
    if state == "over":
        again = h.bookings["b1"]
        assert (again.state, again.attempt, again.looks, again.hold) == ("paid_late", 2, 0, None)
        assert h.texts() == [say("late")] and h.job("price_order").args["bookings"] == ["b1"]


@pytest.mark.parametrize(
    ("other", "bought"),
    [("confirmed", True), ("awaiting_payment", True), ("released", False), ("cancelled", False)],
)
async def test_late_money_for_what_was_bought_otherwise_is_let_go(other: str, bought: bool) -> None:
    again = booking(2, other, of=offer(1), checkout="other")
    t = await at(checkout("over", 1), booking(1, "expired"), again, money=paid())
    h = await hears(t, "covered", late=True)
    if not bought:
        assert h.checkout.state == "pricing"
    else:
        assert h.texts()[0] == say("late_twice", title="Mombasa") and h.bookings == {}
        assert h.money.state == "releasing"


@pytest.mark.parametrize("state", ["collecting", "releasing", "released", "committing", ""])
@pytest.mark.parametrize(("before", "late"), [("open", False), ("over", True)])
async def test_suppliers_are_not_asked_when_what_covered_it_is_gone_again(state: str, before: str, late: bool) -> None:
    """Somebody has called it off, or a hold has ended, between the last payment and its news."""
    waiting = booking(1, "awaiting_payment" if before == "open" else "expired")
    t = await at(checkout(before, 1), waiting, money=paid(state=state) if state else None)
    h = await hears(t, "covered", late=late)
    assert nothing(h) and h.turn.outcome == "what covered it is gone again"


def priced(n: int, minor: int = 10_000, **more: Any) -> dict[str, Any]:
    return {"booking": f"b{n}", "price": to_plain(kes(minor)), **more}


def pricing(**more: Any) -> Checkout:
    return checkout("pricing", rounds=1, **more)


async def test_what_fits_is_ordered_first_what_costs_nothing_to_give_back() -> None:
    free = offer(1, terms=(Term(until=NOW + HOUR, kept=kes(0)),))
    t = await at(pricing(), booking(1, "authorized", of=free), booking(2, "authorized"), money=paid())
    h = await hears(t, "priced", round=1, lines=[priced(1), priced(2)])
    assert h.states() == {"b1": "placing", "b2": "placing"} and h.money.state == "committing"
    assert (h.checkout.state, h.checkout.later) == ("placing", ("b2",))
    assert h.job("place_order").args["bookings"] == ["b1"]
    assert h.texts()[-1] == say("placing", suppliers="Shore") and h.told[-1].notice
    together = await hears(t, "priced", round=1, lines=[priced(1, offer=to_plain(free)), priced(2)])
    assert together.checkout.later == () and together.job("place_order").args["bookings"] == ["b1", "b2"]


async def test_where_nothing_can_be_given_back_all_is_ordered_at_once() -> None:
    t = await at(pricing(), booking(1, "authorized"), booking(2, "authorized"), money=paid())
    h = await hears(t, "priced", round=1, lines=[priced(1), priced(2)])
    assert h.checkout.later == () and h.job("place_order").args["bookings"] == ["b1", "b2"]


@pytest.mark.parametrize(("state", "round"), [("open", 1), ("pricing", 2), ("pricing", 0)])
async def test_a_price_that_nobody_waits_for_is_nothing(state: str, round: int) -> None:
    t = await at(checkout(state, rounds=1), booking(1, "authorized"), money=paid())
    h = await hears(t, "priced", round=round, lines=[priced(1)])
    assert nothing(h) and h.turn.outcome == "priced too late"


async def test_what_is_gone_is_not_bought_and_the_rest_is() -> None:
    t = await at(pricing(), booking(1, "authorized"), booking(2, "authorized"), money=paid())
    h = await hears(t, "priced", round=1, lines=[{"booking": "b1", "why": "sold_out"}, priced(2), priced(9)])
    assert h.states() == {"b1": "released", "b2": "placing"}
    why = say("why_sold_out", supplier="Shore")
    assert h.texts()[0] == say("one_gone", title="Room 1", why=why) and h.told[0].notice
    assert h.bookings["b1"].why == why


async def test_what_has_become_dearer_waits_for_the_rest_of_the_money() -> None:
    dear = offer(1, 12_000, expires_at=NOW + HOUR)
    t = await at(pricing(), booking(1, "authorized"), booking(2, "authorized"), money=paid())
    h = await hears(t, "priced", round=1, lines=[priced(1, 12_000, offer=to_plain(dear)), priced(2)])
    assert h.states() == {"b1": "awaiting_payment", "b2": "awaiting_payment"} and h.checkout.state == "open"
    assert h.bookings["b1"].price == kes(12_000) and h.money.state == "collecting"
    assert h.money.deadline == NOW + timedelta(minutes=50)
    assert h.texts()[-1] == say("too_dear_now", was=kes(20_000), total=kes(22_000), rise=kes(2_000))


@pytest.mark.parametrize(("state", "minor"), [("collecting", 20_000), ("released", 20_000), ("released", 9_000)])
async def test_money_that_is_not_there_any_more_makes_nothing_dearer(state: str, minor: int) -> None:
    t = await at(pricing(), booking(1, "authorized"), booking(2, "authorized"), money=paid(minor, state=state))
    h = await hears(t, "priced", round=1, lines=[priced(1), priced(2)])
    assert h.states() == {"b1": "awaiting_payment", "b2": "awaiting_payment"} and h.texts() == []


@pytest.mark.parametrize(
    ("ends", "deadline"),
    [((None, None), 10), ((60, None), 50), ((60, 30), 20), ((15, 60), 10), ((20, None), 10)],
)
@pytest.mark.parametrize("held", [True, False])
async def test_a_rise_may_be_paid_as_long_as_it_is_kept_but_ten_minutes_at_least(
    ends: tuple[int | None, int | None], deadline: int, held: bool
) -> None:
    def one(n: int, minutes: int | None) -> Booking:
        until = None if minutes is None else NOW + timedelta(minutes=minutes)
        if held and until:
            return booking(n, "authorized", of=offer(n, 20_000), hold=hold(n, until=until))
        return booking(n, "authorized", of=offer(n, 20_000, expires_at=until))

    t = await at(pricing(), one(1, ends[0]), one(2, ends[1]), money=paid())
    h = await hears(t, "priced", round=1, lines=[])
    assert h.money.deadline == NOW + timedelta(minutes=deadline)


async def test_where_nothing_is_left_or_late_money_does_not_do_all_is_let_go() -> None:
    t = await at(pricing(n=1), replace(booking(1, "authorized"), hold=hold(), code=""), money=paid())
    h = await hears(t, "priced", round=1, lines=[{"booking": "b1", "why": "sold_out"}])
    assert (h.states(), h.checkout.state, h.money.state) == ({"b1": "released"}, "over", "releasing")
    assert say("nothing_left") in h.texts() and h.job("let_go").args["bookings"] == ["b1"]
    late = await at(pricing(n=1), booking(1, "paid_late", of=offer(1, 20_001)), money=paid())
    h = await hears(late, "priced", round=1, lines=[])
    assert (h.states(), h.checkout.state, h.money.state) == ({"b1": "refunding"}, "over", "releasing")
    assert h.texts()[0] == say("late_nothing") and h.bookings["b1"].why == "late_nothing"
    fits = await at(pricing(n=1), booking(1, "paid_late", of=offer(1, 20_000)), money=paid())
    assert (await hears(fits, "priced", round=1, lines=[])).states() == {"b1": "placing"}
    lost = await at(pricing(n=1), booking(1, "authorized"))
    assert (await hears(lost, "priced", round=1, lines=[])).states() == {"b1": "released"}


async def test_what_is_gone_of_late_money_is_not_taken_with_the_rest() -> None:
    t = await at(pricing(), booking(1, "paid_late"), booking(2, "paid_late"), money=paid())
    h = await hears(t, "priced", round=1, lines=[{"booking": "b1", "why": "sold_out"}, priced(2)])
    assert h.states() == {"b1": "released", "b2": "placing"}
    assert [m.to for m in h.bookings["b1"].history] == ["refunding", "released"]


def answer(n: int, state: str = "confirmed", **more: Any) -> dict[str, Any]:
    told = {"code": f"S{n}", "price": to_plain(kes(9_000))} if state == "confirmed" else {}
    return {"booking": f"b{n}", "state": state, **told, **more}


async def test_when_all_answers_are_there_what_is_confirmed_is_taken() -> None:
    begins = offer(1, starts_at=NOW + HOUR, ends_at=NOW - HOUR)
    lost = replace(booking(2, "placing"), hold=hold(2), code="")
    t = await at(checkout("placing"), booking(1, "placing", of=begins), lost, money=paid(state="committing"))
    h = await hears(t, "placed", lines=[answer(1), answer(2, "refused", why="sold_out")])
    assert h.states() == {"b1": "confirmed", "b2": "released"} and h.checkout.state == "settling"
    assert (h.bookings["b1"].code, h.bookings["b1"].price) == ("S1", kes(9_000)) and h.money.taken == kes(9_000)
    assert h.bookings["b2"].why == say("why_sold_out", supplier="Shore")
    assert h.job("papers").args["bookings"] == ["b1"] and h.job("let_go").args["bookings"] == ["b2"]
    ticks = [(j.args["topic"], j.due_at) for j in h.jobs if j.name == "booking_tick"]
    assert ticks == [("begins", NOW + HOUR), ("ends", NOW)] and len(h.told) >= 1


async def test_when_nothing_is_confirmed_it_is_over() -> None:
    t = await at(checkout("placing", 1), booking(1, "placing"), money=paid(10_000, state="committing"))
    h = await hears(t, "placed", lines=[answer(1, "refused")])
    assert (h.checkout.state, h.money.state, h.names()) == ("over", "releasing", [])
    assert h.bookings["b1"].why == say("why_refused", supplier="Shore")
    alone = await at(checkout("placing", 1), booking(1, "placing"))
    assert (await hears(alone, "placed", lines=[answer(1)])).checkout.state == "settling"


async def test_what_was_kept_for_later_is_ordered_when_the_rest_is_known() -> None:
    both = (booking(1, "placing"), booking(2, "placing"))
    t = await at(checkout("placing", later=("b2",)), *both, money=paid(state="committing"))
    h = await hears(t, "placed", lines=[answer(1)])
    assert h.states() == {"b1": "confirmed"} and h.checkout.later == ()
    assert h.job("place_order").args["bookings"] == ["b2"] and h.money is None
    waits = await hears(t, "placed", lines=[])
    assert nothing(waits)
    three = await at(checkout("placing", 3, later=("b2",)), *both, booking(3, "placing"), money=paid())
    assert (await hears(three, "placed", lines=[answer(1)])).names() == []


async def test_an_answer_to_what_is_settled_is_nothing_and_one_in_another_state_ends_nothing() -> None:
    t = await at(checkout("settling", 1), booking(1, "confirmed"), money=paid(state="committing"))
    h = await hears(t, "placed", lines=[answer(1), answer(9)])
    assert nothing(h) and "settled already" in h.turn.outcome


async def test_no_answer_is_looked_up_at_once_and_told() -> None:
    t = await at(checkout("placing"), booking(1, "placing"), booking(2, "placing"), money=paid(state="committing"))
    h = await hears(t, "placed", lines=[answer(1, "unknown"), answer(2)])
    assert h.states() == {"b1": "unknown", "b2": "confirmed"} and h.bookings["b1"].looks == 1
    look = h.job("look_up_order")
    assert (look.due_at, look.args["bookings"]) == (NOW, ["b1"]) and h.checkout is None and h.money is None
    assert h.texts() == [say("waiting", supplier="Shore", title="Room 1")] and h.told[0].notice
    again = await at(checkout("placing", 1), replace(booking(1, "unknown"), looks=1))
    assert nothing(await hears(again, "placed", lines=[answer(1, "unknown")]))


@pytest.mark.parametrize(
    ("state", "looks", "why", "wait"),
    [("silent", 0, "", timedelta(0)), ("silent", 1, "", timedelta(seconds=4)),
     ("silent", 20, "", timedelta(seconds=300)), ("none", 0, "", GRACE), ("none", 5, "", GRACE),
     ("silent", 1, "none", timedelta(seconds=4))],
)  # fmt: skip
async def test_an_order_is_looked_up_again_later_and_later(state: str, looks: int, why: str, wait: timedelta) -> None:
    t = await at(checkout("placing", 1), replace(booking(1, "unknown"), looks=looks, why=why))
    h = await hears(t, "looked", **answer(1, state))
    after = h.bookings["b1"]
    assert (after.state, after.looks, after.why) == ("unknown", looks + 1, "none" if state == "none" else "")
    assert (h.job("look_up_order").due_at - NOW, h.names()) == (wait, ["look_up_order"])


async def test_an_order_that_two_looks_do_not_find_never_came_and_is_looked_for_once_more() -> None:
    lost = replace(booking(1, "unknown"), looks=2, why="none")
    t = await at(checkout("placing", 1), lost, money=paid(10_000, state="committing"))
    h = await hears(t, "looked", **answer(1, "none"))
    assert h.states() == {"b1": "released"} and h.bookings["b1"].why == say("why_never", supplier="Shore")
    orphan = h.job("orphan_order")
    assert (orphan.due_at, orphan.args["key"], orphan.args["bookings"]) == (NOW + ORPHAN, lost.order_key, ["b1"])
    assert (h.checkout.state, h.money.state) == ("over", "releasing")


async def test_an_order_that_is_found_counts_and_one_that_is_known_is_not_asked_about() -> None:
    t = await at(checkout("placing", 1), booking(1, "unknown"), money=paid(10_000, state="committing"))
    h = await hears(t, "looked", **answer(1))
    assert h.states() == {"b1": "confirmed"} and h.checkout.state == "settling" and h.names() == ["papers"]
    known = await at(checkout("placing", 1), booking(1, "placing"))
    for n in (1, 9):
        h = await hears(known, "looked", **answer(n))
        assert nothing(h) and h.turn.outcome == "that is known already"
