"""Cancelling a booking, one step at a time: who may, what comes back to whom, and how far it is followed."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.offers import moment
from booking.ports import CancelQuote
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout
from booking.sale.cancelling import Cancelling, refund_key, routes_of
from booking.sale.texts import say
from bot.codec import to_plain
from bot.content import Draft
from bot.documents import Insert, Op
from bot.errors import Explain, NotAllowed
from bot.model import Entry
from bot.turn import Turn
from payments.model import COLLECTIONS, REFUNDS, Collection, Refund
from tests.booking.sale.single import NOW, ask, booking, kes, offer
from tests.booking.sale.test_errands_to_suppliers import Seller
from tests.payments.single import collection, share
from tests.payments.table import Table, table

HOUR = timedelta(hours=1)


def until(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def paid(**more: Any) -> Collection:
    parts = (share(1, "ana", 6_000, state="captured", captured=6_000, payment="p"),
             share(2, "ben", 4_000, state="captured", captured=4_000, payment="q"))  # fmt: skip
    return replace(collection(*parts, state="committed", taken=kes(10_000), **more), about="k")


def checkout(**more: Any) -> Checkout:
    told: dict[str, Any] = {"bookings": ("b1",), "at": NOW, "deadline": NOW + HOUR, **more}
    return Checkout(id="k", thread="trip", organiser="ana", currency="KES", title="Mombasa", **told)


async def sold(*bookings: Booking, money: Collection | None = None, refunds: tuple[Refund, ...] = ()) -> Table:
    t = table("ana", "ben")
    documents: list[Op] = [Insert(CHECKOUTS, checkout(state="done")), *(Insert(BOOKINGS, b) for b in bookings)]
    documents += [Insert(REFUNDS, r) for r in refunds] + ([Insert(COLLECTIONS, money)] if money else [])
    await t.store.commit(documents)
    return t


def cancelling(t: Table) -> Cancelling:
    return Cancelling(t.store, Seller(), t.house.collections)


def quote(refund: int = 4_000, minutes: float = 60) -> CancelQuote:
    return CancelQuote(id="q", code="S1", price=kes(10_000), refund=kes(refund), until=until(minutes))


def bought(n: int = 1, state: str = "confirmed", **more: Any) -> Booking:
    return booking(n, state, **{"payment": "full", **more})


def test_it_goes_back_to_who_paid_exactly_as_it_will_be_given_back() -> None:
    assert routes_of(bought(), paid(), kes(1_000)) == [("Ana", kes(600)), ("Ben", kes(400))]
    assert routes_of(bought(), paid(), kes(99_000)) == [("Ana", kes(6_000)), ("Ben", kes(4_000))]
    assert routes_of(bought(), None, kes(1_000)) == routes_of(bought(), paid(), kes(0)) == []
    assert (
        routes_of(bought(), paid(), kes(-5)) == [] and sum(m.minor for _, m in routes_of(bought(), paid(), kes(1))) == 1
    )
    back = paid(), share(3, "ana", 2_000, state="captured", captured=2_000), share(4, "chi", 1, captured=1)
    more = replace(back[0], shares=(*back[0].shares, *back[1:]))
    assert routes_of(bought(), more, kes(12_001)) == [("Ana", kes(8_000)), ("Ben", kes(4_000)), ("Chi", kes(1))]
    nobody = replace(collection(share(1, "ana")), about="k")
    assert routes_of(bought(), nobody, kes(5)) == []


@pytest.mark.parametrize(
    ("confirmed", "minutes", "leads"),
    [("KES 40 of KES 100", 60, "cancels a booking"), ("KES 40 of KES 100", 0, "asks what comes back"),
     ("KES 41 of KES 100", 60, "asks what comes back"), ("", 60, "showed what comes back"),
     ("", 2, "asks what comes back"), ("", 2.1, "showed what comes back")],
)  # fmt: skip
async def test_what_is_confirmed_is_cancelled_while_its_quote_holds(confirmed: str, minutes: float, leads: str) -> None:
    t = await sold(bought(state="cancel_quoted", quote=quote(minutes=minutes)), money=paid())
    reply = await cancelling(t).cancel_booking(ask(), confirmed=confirmed)
    assert reply.why == leads
    if leads == "cancels a booking":
        (moved,), (job,) = [op.value for op in reply.ops], reply.jobs
        assert (moved.state, moved.looks, job.name, job.args["quote"]) == ("cancelling", 0, "cancel_order", "q")
        assert [(d.text, d.notice) for d in reply.drafts] == [(say("cancelling", title="Room 1"), True)]
    elif leads.startswith("asks"):
        told = [(say("quote_over"), True, ("ana",))] if confirmed else []
        assert [(d.text, d.notice, d.only_for) for d in reply.drafts] == told
        assert [j.args["call"] for j in reply.jobs] == ["quote_cancel"]


@pytest.mark.parametrize("said", ["", "the trip", "everything", "our bookings"])
async def test_where_several_can_be_cancelled_one_is_chosen_alone(said: str) -> None:
    t = await sold(bought(1), bought(2), bought(3, "released"), money=paid())
    reply = await cancelling(t).cancel_booking(ask(), booking=said)
    (choice,) = reply.drafts
    assert reply.why == "asks which booking" and choice.only_for == ("ana",) and len(choice.buttons) == 2
    one = await cancelling(await sold(bought(1), bought(3, "released"), money=paid())).cancel_booking(
        ask(), booking=said
    )
    assert one.why == "asks what comes back"
    named = await cancelling(t).cancel_booking(ask(), booking="room 2")
    assert named.jobs[0].args["args"] == {"booking": bought(2).number}


async def test_only_who_ordered_or_paid_and_is_here_cancels_what_is_paid() -> None:
    for who, of, kind in (
        ("zed", bought(), NotAllowed), ("chi", bought(), NotAllowed), ("ana", bought(payment="none"), Explain),
        ("ana", bought(state="in_service"), Explain),
    ):  # fmt: skip
        t = await sold(of, money=paid())
        for said in (of.number, ""):
            with pytest.raises(kind):
                await cancelling(t).cancel_booking(ask(who, "ana", "ben", "chi"), booking=said)
    for who in ("ana", "ben"):
        assert (await cancelling(await sold(bought(organiser="ben"), money=paid())).cancel_booking(ask(who))).jobs
    with pytest.raises(NotAllowed):
        await cancelling(await sold(bought(organiser="ben"))).cancel_booking(ask())


async def test_what_comes_back_is_shown_with_its_ways_and_its_end() -> None:
    t = await sold(bought(), money=paid())
    shown = await cancelling(t).show_cancel(ask(), booking="", quote=json.dumps(to_plain(quote(minutes=0.1))))
    (draft,) = shown.drafts
    card = draft.card
    assert card is not None and card.title == say("quote_title", title="Room 1")
    at = moment(until(0.1).astimezone(ZoneInfo("Africa/Nairobi")))
    assert card.lines[0] == say("quote_line", supplier="Shore", refund=kes(4_000), price=kes(10_000))
    assert card.lines[-3:] == (
        say("quote_route", amount=kes(2_400), name="Ana"), say("quote_route", amount=kes(1_600), name="Ben"),
        say("quote_until", until=at),
    )  # fmt: skip
    assert [op.value.state for op in shown.ops] == ["cancel_quoted"]


class Heard:
    """What news led to."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.told: list[Draft] = [draft for draft, _ in turn._drafts]
        self.booking: Any = next((op.value for op in turn.ops if op.kind is BOOKINGS), None)
        self.money: Any = next((op.value for op in turn.ops if op.kind is COLLECTIONS), None)
        self.jobs = {j.name: j for j in turn.jobs}


async def hears(t: Table, handler: str = "cancelled", **value: Any) -> Heard:
    told = {"checkout": "k", "booking": "b1", **value}
    turn = Turn(Entry(id="e", thread="trip", what="supplier", at=NOW, value=told), t.thread, NOW)
    await getattr(cancelling(t), handler)(turn)
    return Heard(turn)


@pytest.mark.parametrize("of", [bought(), bought(2, "cancelling")])
async def test_an_answer_that_nobody_waits_for_is_known_already(of: Booking) -> None:
    h = await hears(await sold(of, money=paid()), state="cancelled", refund=None)
    assert (h.turn.ops, h.turn.jobs, h.turn.outcome) == ([], [], "that is known already")
    other = await hears(await sold(of, money=paid()), checkout="x", state="cancelled", refund=None)
    assert other.turn.outcome == "that is known already"


async def test_what_is_cancelled_goes_back_to_those_who_paid() -> None:
    h = await hears(
        await sold(bought(state="cancelling"), money=paid()), state="cancelled", refund=to_plain(kes(4_000))
    )
    assert (h.booking.state, h.booking.refund, h.booking.refunded) == ("cancelled", "requested", kes(4_000))
    assert h.money.refunds == {refund_key(bought()): 4_000}
    tick = h.jobs["booking_tick"]
    assert (tick.due_at, tick.args["n"], tick.args["topic"]) == (NOW + timedelta(seconds=5), 0, "refund")
    card = h.told[-1].card
    assert card is not None and card.lines == (say("cancelled_refund", refund=kes(4_000), routes="Ana and Ben"),)
    assert card.title == say("cancelled", title="Room 1", number=bought().number)


@pytest.mark.parametrize("money", [True, False])
async def test_nothing_that_comes_back_is_told_as_that(money: bool) -> None:
    for refund in (None, to_plain(kes(0))):
        h = await hears(
            await sold(bought(state="cancelling"), money=paid() if money else None), state="cancelled", refund=refund
        )
        assert (h.booking.state, h.booking.refund, h.booking.refunded) == ("cancelled", "none", kes(0))
        assert h.money is None and h.jobs == {} and h.told[-1].card.lines == (say("cancelled_none"),)  # type: ignore[union-attr]
    lost = await hears(await sold(bought(state="cancelling")), state="cancelled", refund=to_plain(kes(7)))
    assert (lost.booking.refund, lost.booking.refunded, lost.money) == ("none", kes(7), None)


@pytest.mark.parametrize("paid_too", [0, 10_000])
async def test_what_is_set_against_a_debt_is_not_told_as_nothing(paid_too: int) -> None:
    failed = share(1, "ana", 10_000, state="capture_failed", taking=10_000)
    others = (share(2, "ben", paid_too, state="captured", taking=paid_too, captured=paid_too),) if paid_too else ()
    taken = kes(10_000 + paid_too)
    money = replace(collection(failed, *others, state="committed", taken=taken), about="k")
    t = await sold(bought(state="cancelling", of=offer(1, taken.minor)), money=money)
    h = await hears(t, state="cancelled", refund=to_plain(taken))
    spare = say("quote_spare", amount=kes(10_000))
    back = say("cancelled_refund", refund=kes(paid_too), routes="Ben")
    card = h.told[-1].card
    assert card is not None and card.lines == ((back, spare) if paid_too else (spare,))


@pytest.mark.parametrize(("state", "key"), [("awaiting_payment", "cannot_cancel_yet"), ("placing", "cannot_cancel")])
async def test_what_is_still_being_paid_for_is_called_off_not_cancelled(state: str, key: str) -> None:
    t = await sold(bought(state=state), money=paid())
    with pytest.raises(Explain) as refused:
        await cancelling(t).cancel_booking(ask(), booking=bought().number)
    assert str(refused.value) == say(key, title="Room 1", state=say(f"state_{state}"))


@pytest.mark.parametrize(
    ("looked", "looks", "wait", "told"),
    [(False, 0, 0, True), (True, 0, 2, False), (True, 3, 16, False), (True, 20, 300, False)],
)
async def test_a_cancellation_without_an_answer_is_looked_up(looked: bool, looks: int, wait: int, told: bool) -> None:
    t = await sold(bought(state="cancelling", looks=looks, quote=quote()), money=paid())
    h = await hears(t, state="unknown", looked=looked)
    assert (h.booking.state, h.booking.looks) == ("cancelling", looks + 1)
    assert h.jobs["look_up_cancelled"].due_at == NOW + timedelta(seconds=wait)
    silent = say("cancel_silent", supplier="Shore", title="Room 1")
    assert [(d.text, d.notice) for d in h.told] == ([(silent, True)] if told else [])


async def test_a_quote_that_ran_out_on_its_way_is_asked_for_again_for_who_confirmed() -> None:
    h = await hears(await sold(bought(state="cancelling", quote=quote()), money=paid()), state="over")
    assert (h.booking.state, h.booking.quote) == ("cancel_quoted", None)
    assert [(d.text, d.notice, d.only_for) for d in h.told] == [(say("quote_over"), True, ("ana",))]
    (job,) = h.turn.jobs
    assert (job.name, job.busy, job.args["person"], job.args["call"]) == ("call", True, "ana", "quote_cancel")


@pytest.mark.parametrize("state", ["standing", "refused"])
async def test_what_the_supplier_did_not_cancel_stays(state: str) -> None:
    h = await hears(await sold(bought(state="cancelling", quote=quote()), money=paid()), state=state)
    assert (h.booking.state, h.booking.quote) == ("confirmed", None)
    assert [d.text for d in h.told] == [say("cancel_refused", supplier="Shore", title="Room 1")]


@pytest.mark.parametrize(
    ("states", "now"),
    [(("done", "done"), "done"), (("done", "in_transit"), "in_transit"), (("requested", "in_transit"), "requested"),
     (("failed", "requested"), "failed"), ((), "done")],
)  # fmt: skip
async def test_a_refund_is_followed_until_all_of_it_is_back(states: tuple[str, ...], now: str) -> None:
    def back(n: int, state: str, key: str) -> Refund:
        return Refund(
            id=f"c:{n}:refund:{key}", thread="trip", collection="c", share=f"c:{n}", person="ana", payment="p",
            amount=kes(1), at=NOW, state=state,
        )  # fmt: skip

    refunds = [back(n, state, refund_key(bought())) for n, state in enumerate(states)]
    t = await sold(bought(state="cancelled"), money=paid(), refunds=(*refunds, back(9, "failed", "other")))
    for n, seconds in ((0, 10), (3, 80), (9, 3600), (20, 3600)):
        h = await hears(t, "refunded", n=n)
        assert h.booking.refund == now and ("booking_tick" in h.jobs) is (now != "done")
        if now != "done":
            tick = h.jobs["booking_tick"]
            assert (tick.due_at, tick.args["n"]) == (NOW + timedelta(seconds=seconds), n + 1)
    for lost in ({"booking": "b9"}, {"checkout": "x"}):
        assert (await hears(t, "refunded", n=0, **lost)).turn.ops == []
    assert (await hears(await sold(bought(state="cancelled")), "refunded", n=0)).turn.ops == []


async def test_a_refund_is_not_done_before_the_last_of_very_many_is() -> None:
    def back(n: int, state: str, key: str) -> Refund:
        return Refund(
            id=f"c:{n:03}:refund:{key}", thread="trip", collection="c", share=f"c:{n}", person="ana", payment="p",
            amount=kes(1), at=NOW, state=state,
        )  # fmt: skip

    others = tuple(back(n, "done", "other") for n in range(230))
    t = await sold(
        bought(state="cancelled"), money=paid(), refunds=(*others, back(231, "in_transit", refund_key(bought())))
    )
    h = await hears(t, "refunded", n=0)
    assert h.booking.refund == "in_transit" and "booking_tick" in h.jobs


async def test_who_is_not_here_chooses_and_cancels_nothing_even_of_their_own() -> None:
    for of in ((bought(1, organiser="zed"),), (bought(1, organiser="zed"), bought(2, organiser="zed"))):
        with pytest.raises(NotAllowed):
            await cancelling(await sold(*of, money=paid())).cancel_booking(ask("zed", "ana"))
        with pytest.raises(NotAllowed):
            await cancelling(await sold(*of, money=paid())).cancel_booking(ask("zed", "ana"), booking=of[0].number)


@pytest.mark.parametrize(("minutes", "good"), [(0.1, 1), (60, 60), (61, 61)])
async def test_the_press_is_good_as_long_as_the_quote_and_without_a_collection_nothing_is_divided(
    minutes: float, good: int
) -> None:
    t = await sold(bought())
    shown = await cancelling(t).show_cancel(ask(), booking="", quote=json.dumps(to_plain(quote(minutes=minutes))))
    (draft,) = shown.drafts
    assert draft.card is not None and len(draft.card.lines) == 2
    assert [b.minutes for b in draft.buttons if b.args] == [good]
