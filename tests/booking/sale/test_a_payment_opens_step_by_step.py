"""Opening a payment, one step at a time: what is written, started, offered and said."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from booking.offers import Offer, OfferKind, moment
from booking.ports import Reservation
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Checkout
from booking.sale.cart import Cart, Quotation, Quoted
from booking.sale.opening import MARGIN, Opening, _id
from booking.sale.texts import say
from bot.documents import Insert
from bot.errors import Explain, NotAllowed
from bot.ports import Ask, Reply
from payments.model import COLLECTIONS, Payer
from tests.booking.sale.single import HILL, NOW, ask, kes, line, offer
from tests.payments.single import collection, share
from tests.payments.table import table

TWO = (Payer(person="ana", name="Ana"), Payer(person="ben", name="Ben"))
HOUR = timedelta(hours=1)


def until(minutes: float) -> datetime:
    return NOW + timedelta(minutes=minutes)


def hold(minutes: float | None = 60, minor: int = 10_000, **more: Any) -> Reservation:
    ends = None if minutes is None else until(minutes)
    told: dict[str, Any] = {"until": ends, "price_until": ends, **more}
    return Reservation(code="h", key="hk", ref="o1", state="held", price=kes(minor), at=NOW, **told)


def quoted(n: int = 1, of: Offer | None = None, held: Reservation | None = None, **more: Any) -> Quoted:
    return Quoted(line=f"l{n}", offer=of or offer(n), hold=held, **more)


def cart(n: int = 1, *offers: Offer) -> Cart:
    lines = tuple(line(k, of) for k, of in enumerate(offers or [offer(k) for k in range(1, n + 1)], 1))
    return Cart(id="trip:cart", thread="trip", lines=lines, made=len(lines))


def opened(of: Cart, *looked: Quoted, payers: tuple[Payer, ...] = TWO, by: Ask | None = None) -> Reply:
    t = table("ana", "ben")
    quotation = Quotation(id="q", thread="trip", at=NOW, lines=looked)
    return Opening(t.store, t.house.collections).opened(by or ask(), of, quotation, payers, "split")


def checkout_of(reply: Reply) -> Checkout:
    found: Checkout = next(op.value for op in reply.ops if op.kind is CHECKOUTS)
    return found


def test_ids_stay_the_same_from_version_to_version() -> None:
    assert _id("checkout", "look") == "c9d54fe2919df834b69"


@pytest.mark.parametrize(
    ("kept", "alone", "deadline"),
    [(60, False, 50), (40, False, 30), (39.9, False, None), (15, True, 10), (25, True, 15), (None, True, 24 * 60 - 10),
     (30 * 60, False, 24 * 60)],
)  # fmt: skip
def test_several_have_half_an_hour_at_least_and_one_pays_at_once(
    kept: float | None, alone: bool, deadline: float | None
) -> None:
    reply = opened(cart(), quoted(held=hold(kept)) if kept else quoted(), payers=TWO[:1] if alone else TWO)
    if deadline is None:
        assert reply.why == "kept for too short a time" and reply.ops == ()
        return
    opened_one = checkout_of(reply)
    assert opened_one.deadline == until(deadline) and opened_one.names == ""
    (tick,) = [j for j in reply.jobs if j.name == "checkout_tick"]
    assert (tick.due_at, tick.args["n"], tick.args["topic"]) == (opened_one.deadline + MARGIN, 0, "checkout")


def test_the_shortest_line_counts_and_a_price_that_ends_counts_like_a_hold() -> None:
    short = offer(2, expires_at=until(45))
    reply = opened(cart(2, offer(1), short), quoted(held=hold(600)), quoted(2, short))
    assert checkout_of(reply).deadline == until(35)
    both = opened(cart(2), quoted(held=hold(600)), quoted(2))
    assert checkout_of(both).deadline == until(590)


def test_what_is_opened_is_written_and_told_with_what_has_changed() -> None:
    dear = offer(1, 12_000, named=True)
    reply = opened(cart(3), quoted(1, dear), quoted(2, held=hold(600, 10_000)))
    bookings = [op.value for op in reply.ops if op.kind is BOOKINGS]
    assert [(b.price, b.state) for b in bookings] == [
        (kes(12_000), "awaiting_payment"),
        (kes(10_000), "awaiting_payment"),
    ]
    assert checkout_of(reply).names == "ana" and reply.data["total"] == "KES 220"
    left = next(op.value for op in reply.ops if isinstance(op.value, Cart))
    assert [ln.id for ln in left.lines] == ["l3"]
    card = reply.drafts[0].card
    assert card is not None and card.lines[0] == say("dearer", title="Room 1", price=kes(12_000), was=kes(10_000))
    assert sum(text.startswith("**Room") for text in card.lines) == 2 and card.lines[-1] == say(
        "opened", total=kes(22_000)
    )
    told = [(f.label, f.value) for f in card.facts]
    assert (say("f_before"), "KES 100") in told and told[-1] == (say("f_total"), "KES 220")
    assert told.count((say("f_before"), "KES 100")) == 1
    alone = opened(cart(), quoted(held=hold(600)), payers=TWO[:1]).drafts[0].card
    assert alone is not None and "21 Nov 00:50" in alone.lines[-1]
    assert say("f_before") not in [f.label for f in alone.facts]


@pytest.mark.parametrize(("n", "short"), [(4, False), (5, True)])
def test_a_long_list_is_told_in_short(n: int, short: bool) -> None:
    card = opened(cart(n), *(quoted(k) for k in range(1, n + 1))).drafts[0].card
    assert card is not None and any("Shore" in text for text in card.lines[:-1]) is not short


@pytest.mark.parametrize(
    ("held", "told"),
    [(hold(600), True), (hold(600, price_until=None), False), (hold(600, until=None), False), (None, False)],
)
def test_until_when_it_is_held_is_told_where_that_is_known(held: Reservation | None, told: bool) -> None:
    card = opened(cart(), quoted(held=held), payers=TWO[:1]).drafts[0].card
    assert card is not None and (len(card.lines) == 3) is told


def test_times_are_told_where_the_hotel_is_or_where_the_first_line_goes() -> None:
    far = replace(HILL, zone="Asia/Tokyo")
    flight = offer(2, kind=OfferKind.FLIGHT, until_venue=far)
    for of, zone in (((flight, offer(1)), "Africa/Nairobi"), ((flight, flight), "Asia/Tokyo")):
        reply = opened(cart(2, *of), *(quoted(k, o) for k, o in enumerate(of, 1)), payers=TWO[:1])
        money = next(op.value for op in reply.ops if op.kind is COLLECTIONS)
        assert money.zone == zone


@pytest.mark.parametrize(
    "looked",
    [quoted(9), quoted(1, replace(offer(1), price=None)), quoted(1, offer(1, travelers=2))],
)
def test_what_was_looked_at_otherwise_is_not_opened(looked: Quoted) -> None:
    with pytest.raises(Explain) as refused:
        opened(cart(), looked)
    assert str(refused.value) == say("open_already")


def test_more_than_are_left_are_not_opened() -> None:
    few = [replace(offer(n, left=1), title="The room") for n in (1, 2)]
    with pytest.raises(Explain, match="left"):
        opened(cart(2, *few), quoted(1, few[0]), quoted(2, few[1]))


def test_what_is_gone_leaves_the_cart_and_who_is_silent_is_named() -> None:
    gone, silent = Quoted(line="l1", why="gone"), Quoted(line="l2", why="silent")
    reply = opened(cart(3), gone, silent, quoted(3))
    (told,) = reply.drafts
    silence = say("supplier_silent", supplier="Shore", title="Room 2")
    assert told.text == f"{say('some_gone', titles='Room 1')}\n{silence}"
    assert [b.args for b in told.buttons] == [{"who": "split", "currency": "KES"}]
    assert [[ln.id for ln in op.value.lines] for op in reply.ops] == [["l2", "l3"]]
    everything = opened(cart(), gone)
    assert everything.drafts[0].text == say("all_gone") and everything.drafts[0].buttons == ()
    nobody = opened(cart(3), silent)
    assert (nobody.drafts[0].text, nobody.ops, nobody.drafts[0].buttons) == (silence, (), ())


def test_what_is_kept_too_short_offers_ways_out() -> None:
    others = (offer(1), offer(7, 500, holds=120), replace(offer(8), title="x" * 99))
    reply = opened(cart(), quoted(held=hold(20), instead=others))
    (told,) = reply.drafts
    at = moment(until(20).astimezone(ZoneInfo("Africa/Nairobi")))
    assert told.text == say("too_short", title="Room 1", until=at)
    alone, swap, long = told.buttons
    assert alone.args == {"who": "me", "currency": "KES"} and alone.label == say("i_pay", total=kes(10_000))
    assert swap.label == say("take_instead", title="Room 7", price=kes(500), hours=2) and len(long.label) == 80
    assert swap.args == {"line": "l1", "offer": "o7"}
    unheld = opened(cart(), quoted(1, offer(1, expires_at=until(20))))
    assert unheld.drafts[0].text == say("no_hold", title="Room 1", until=at)


def checkout(**more: Any) -> Checkout:
    told: dict[str, Any] = {"bookings": ("b1",), "at": NOW, "deadline": NOW + HOUR, **more}
    return Checkout(id="k", thread="trip", organiser="ana", currency="KES", title="Mombasa", **told)


async def test_who_started_a_payment_calls_it_off_while_it_is_open() -> None:
    money = replace(collection(share(1, "ana"), state="collecting"), about="k")
    t = table("ana", "ben")
    await t.store.commit([Insert(CHECKOUTS, checkout()), Insert(COLLECTIONS, money)])
    opening = Opening(t.store, t.house.collections)
    off = await opening.called_off(ask(), "k")
    assert (off.drafts[0].text, off.drafts[0].notice) == (say("called_off", name="Ana"), True)
    assert [op.value.state for op in off.ops] == ["released"]
    for who in ("ben", "zed"):
        with pytest.raises(NotAllowed):
            await opening.called_off(ask(who), "k")
    assert (await opening.called_off(ask("ben", "ben", "chi"), "k")).ops
    with pytest.raises(NotAllowed):
        await opening.called_off(ask("zed", "ben", "chi"), "k")
    elsewhere = replace(ask(), thread=replace(t.thread, id="x"))
    for by, id in ((ask(), "none"), (elsewhere, "k")):
        with pytest.raises(Explain) as refused:
            await opening.called_off(by, id)
        assert str(refused.value) == say("open_already")
    alone = table("ana")
    await alone.store.commit([Insert(CHECKOUTS, checkout())])
    with pytest.raises(Explain):
        await Opening(alone.store, alone.house.collections).called_off(ask(), "k")
