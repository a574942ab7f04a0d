"""The end of a sale, one Entry at a time: the money is taken or never will be, time passes, and what stands still."""

from dataclasses import replace

import pytest

from booking.sale.settling import WATCH
from booking.sale.texts import say
from tests.booking.sale.hearing import at, checkout, hears, hold, nothing, paid
from tests.booking.sale.single import NOW, booking, kes
from tests.payments.single import collection, share


@pytest.mark.parametrize(
    ("state", "payment", "open_", "after"),
    [("confirmed", "none", 0, "full"), ("confirmed", "none", 5, "partial"), ("cancelling", "partial", 0, "full"),
     ("in_service", "full", 5, "full"), ("released", "none", 0, None), ("cancel_quoted", "none", None, "full")],
)  # fmt: skip
async def test_what_is_bought_is_paid_when_the_money_is_taken(
    state: str, payment: str, open_: int | None, after: str | None
) -> None:
    t = await at(checkout("settling", 1), replace(booking(1, state), payment=payment))
    h = await hears(t, "ended", state="committed", open=open_)
    changed = after not in (None, payment)
    assert {b.payment for b in h.bookings.values()} == ({after} if changed else set())
    assert h.checkout.state == "done"
    done = await at(checkout("done", 1), replace(booking(1, state), payment=payment))
    assert (await hears(done, "ended", state="committed", open=open_)).checkout is None


@pytest.mark.parametrize(
    ("state", "over"), [("open", True), ("pricing", True), ("placing", False), ("over", False), ("settling", False)]
)
async def test_what_is_not_paid_in_time_is_over(state: str, over: bool) -> None:
    waiting = replace(booking(1, "awaiting_payment"), hold=hold(), code="")
    t = await at(checkout(state, 3), waiting, booking(2, "authorized"), replace(booking(3, "refunding"), why="gone"))
    h = await hears(t, "ended", state="expired")
    assert h.states() == {"b1": "expired", "b2": "released", "b3": "released"} and h.bookings["b3"].why == "gone"
    assert (h.checkout.state if h.checkout else "") == ("over" if over else "")
    assert h.names() == (["let_go"] if over else []) and bool(h.told) is over


async def test_what_has_a_code_is_not_let_go_of() -> None:
    t = await at(checkout("open", 1), replace(booking(1, "awaiting_payment"), hold=hold()))
    assert (await hears(t, "ended", state="expired")).names() == []


@pytest.mark.parametrize(("open_", "before", "told"), [(4_000, "none", 1), (0, "partial", 1), (0, "none", 0)])
async def test_what_could_not_be_taken_is_told_where_it_says_what_was_booked(
    open_: int, before: str, told: int
) -> None:
    t = await at(checkout("settling", 1, card="e1/booked"), booking(1, payment=before))
    h = await hears(t, "ended", state="committed", taken=10_000, open=open_)
    key = "taken_and_open" if open_ else "taken_for"
    line = say(key, total=kes(10_000), taken=kes(10_000 - open_), open=kes(open_))
    assert [(d.replaces, d.card.lines[-1]) for d in h.told if d.card] == [("e1/booked", line)] * told


@pytest.mark.parametrize(("taken", "open_"), [(20_000, 4_000), (16_000, 0)])
async def test_what_was_cancelled_since_stands_there_as_cancelled_with_what_is_still_open(
    taken: int, open_: int
) -> None:
    back = booking(2, "cancelled", payment="partial", refunded=kes(10_000))
    t = await at(checkout("done", 2, card="e1/booked"), booking(1, payment="partial"), back)
    h = await hears(t, "ended", state="committed", taken=taken, open=open_)
    (draft,) = h.told
    assert draft.card and draft.replaces == "e1/booked"
    key = "taken_and_open" if open_ else "taken_for"
    assert draft.card.lines[1:] == (
        f"{say('b_line', number=back.number, title='Room 2', price=kes(10_000), state=say('state_cancelled'))} · "
        f"{say('b_refund', refunded=kes(10_000))}",
        say(key, total=kes(20_000) if open_ else kes(16_000), taken=kes(taken - open_), open=kes(open_)),
    )
    assert [b.call for b in draft.buttons] == ["show_papers", "cancel_booking"]
    assert [b.payment for b in h.bookings.values()] == ([] if open_ else ["full"])


async def test_where_all_that_was_owed_came_back_nothing_is_told_as_taken() -> None:
    back = booking(1, "cancelled", payment="partial", refunded=kes(10_000))
    h = await hears(
        await at(checkout("done", 1, card="e1/booked"), back), "ended", state="committed", taken=0, open=0
    )  # fmt: skip
    (draft,) = h.told
    assert draft.card and draft.card.lines[-1] == say("taken_for", total=kes(0))


@pytest.mark.parametrize(("card", "state"), [("", "confirmed"), ("e1/booked", "released")])
async def test_what_is_open_is_told_on_no_card_that_is_not_there_or_says_of_nothing_that_it_was_booked(
    card: str, state: str
) -> None:
    t = await at(checkout("settling", 1, card=card), booking(1, state))
    assert (await hears(t, "ended", state="committed", taken=10_000, open=4_000)).told == []


@pytest.mark.parametrize("state", ["done", "over"])
async def test_what_has_ended_does_not_stand_still(state: str) -> None:
    h = await hears(await at(checkout(state, 1), booking(1, "authorized")), "checked", n=0)
    assert nothing(h) and h.turn.outcome == "nothing stands still"


@pytest.mark.parametrize(
    ("state", "money", "after"),
    [("open", "covered", "pricing"), ("open", "released", "over"), ("settling", "committed", "done"),
     ("open", "collecting", None), ("settling", "committing", None), ("placing", "committing", None)],
)  # fmt: skip
async def test_news_that_was_lost_is_made_up_for_by_a_look(state: str, money: str, after: str | None) -> None:
    t = await at(checkout(state, 1), booking(1, "awaiting_payment"), money=paid(10_000, state=money, taken=kes(10_000)))
    h = await hears(t, "checked", n=3)
    assert (h.checkout.state if h.checkout else None) == after
    if after is None:
        assert (h.job("checkout_tick").due_at, h.job("checkout_tick").args["n"]) == (NOW + WATCH, 4)


async def test_what_is_open_of_it_is_found_by_a_look_too() -> None:
    taken = share(1, "ana", state="captured", taking=10_000, captured=10_000)
    money = replace(collection(taken, state="committed", taken=kes(10_000)), about="k")
    t = await at(checkout("settling", 1), booking(1, "confirmed"), money=money)
    assert (await hears(t, "checked", n=0)).bookings["b1"].payment == "full"
    failed = replace(collection(share(1, "ana", state="capture_failed", taking=10_000), state="committed",
                                taken=kes(10_000)), about="k")  # fmt: skip
    short = await at(checkout("settling", 1), booking(1, "confirmed"), money=failed)
    assert (await hears(short, "checked", n=0)).bookings["b1"].payment == "partial"
    alone = await at(checkout("settling", 1), booking(1, "confirmed"))
    assert (await hears(alone, "checked", n=0)).names() == ["checkout_tick"]


@pytest.mark.parametrize("how", ["checked", "asked"])
async def test_what_stands_still_is_taken_up_again(how: str) -> None:
    t = await at(checkout("pricing", rounds=1), booking(1, "authorized"), booking(2, "paid_late"))
    h = await hears(t, how, n=0)
    assert (h.checkout.rounds, h.job("price_order").args["round"]) == (2, 2)
    assert h.job("price_order").args["bookings"] == ["b1", "b2"]
    placing = await at(checkout("placing", later=("b2",)), booking(1, "placing"), booking(2, "placing"))
    h = await hears(placing, how, n=0)
    assert h.states() == {"b1": "unknown"} and "look_up_order" in h.names()


async def test_an_admin_has_looked_up_what_waits_for_an_answer() -> None:
    waiting = (booking(1, "unknown"), replace(booking(2, "cancelling"), looks=4), booking(3, "confirmed"))
    h = await hears(await at(checkout("settling", 3), *waiting), "asked")
    assert [(j.name, j.due_at, j.args["bookings"]) for j in h.jobs] == [
        ("look_up_order", NOW, ["b1"]), ("look_up_cancelled", NOW, ["b2"]),
    ]  # fmt: skip
    assert {id: b.looks for id, b in h.bookings.items()} == {"b1": 1, "b2": 5} and h.checkout is None


@pytest.mark.parametrize(
    ("state", "topic", "after"),
    [("confirmed", "begins", "in_service"), ("cancel_quoted", "begins", "in_service"),
     ("in_service", "ends", "completed"), ("confirmed", "ends", None), ("cancelled", "begins", None),
     ("cancel_quoted", "ends", None)],
)  # fmt: skip
async def test_a_booking_begins_and_is_over(state: str, topic: str, after: str | None) -> None:
    h = await hears(await at(checkout("done", 1), booking(1, state)), "passed", booking="b1", topic=topic)
    assert h.states() == ({"b1": after} if after else {})
    assert nothing(await hears(await at(checkout("done", 1), booking(1)), "passed", booking="b9", topic=topic))
