"""Who goes to pay for what is being paid for already: the ways that are offered to them, and those that are not."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from booking.sale.bookings import CHECKOUTS, Checkout
from booking.sale.open_now import OpenNow
from booking.sale.opening import LINK
from booking.sale.texts import say
from bot.content import Draft
from bot.documents import Insert
from bot.errors import Explain, NotAllowed
from bot.language import listed
from bot.model import JOBS, Job
from payments.model import COLLECTIONS, Share
from tests.booking.sale.single import NOW, ask
from tests.payments.single import collection, share
from tests.payments.table import table


def checkout(n: int = 1, state: str = "open") -> Checkout:
    """The n-th checkout of the trip, a minute after the one before it."""
    return Checkout(
        id=f"k{n}", thread="trip", organiser="ana", currency="KES", bookings=(), at=NOW + timedelta(minutes=n),
        deadline=NOW + LINK, title=f"Room {n}", state=state,
    )  # fmt: skip


async def open_now(*shares: Share, minutes: int = 60, checkouts: tuple[Checkout, ...] = (checkout(),)) -> OpenNow:
    """What is to be paid by these within some minutes."""
    t = table("ana", "ben")
    for one in checkouts:
        asked = collection(*shares, state="collecting", deadline=NOW + timedelta(minutes=minutes))
        own = replace(asked, id=f"c:{one.id}", about=one.id)
        await t.store.commit([Insert(CHECKOUTS, one), Insert(COLLECTIONS, own)])
    return OpenNow(t.store, t.house.collections)


def ways(draft: Draft | None) -> list[tuple[str, Any]]:
    """(label, who) of the presses that would have others pay."""
    assert draft is not None
    return [(b.label, b.args["who"]) for b in draft.buttons if b.call == "pay_otherwise"]


def label(*names: str) -> str:
    return say("pay_so", payers=listed(names))


SPLIT, ALONE = (label("Ana", "Ben"), "split"), (label("Ana"), "Ana 1")
HALVES = (share(1, "ana", 5_000), share(2, "ben", 5_000))


async def test_to_split_or_to_pay_alone_is_offered_where_it_is_another_way_than_now() -> None:
    assert ways(await (await open_now(share(1, "ben"))).draft(ask())) == [SPLIT, ALONE]
    assert ways(await (await open_now(share(1, "ana"))).draft(ask())) == [SPLIT]
    assert ways(await (await open_now(*HALVES)).draft(ask())) == [ALONE]


async def test_who_was_asked_before_and_is_not_any_more_counts_for_nothing() -> None:
    going, gone = share(1, "ben", letting_go=True, payment="p"), share(2, "ben", state="voided")
    guest = share(4, "ben", role="backstop")
    assert ways(await (await open_now(going, gone, share(3, "ana"), guest)).draft(ask())) == [SPLIT]


@pytest.mark.parametrize(("minutes", "offered"), [(30, [SPLIT, ALONE]), (29, [ALONE])])
async def test_with_too_little_time_for_several_only_one_is_offered_to_pay(minutes: int, offered: list[Any]) -> None:
    assert minutes in (LINK.seconds // 60, LINK.seconds // 60 - 1)
    assert ways(await (await open_now(share(1, "ben"), minutes=minutes)).draft(ask())) == offered


async def test_the_parts_that_were_asked_for_are_offered_and_the_same_again_are_not() -> None:
    halves = await open_now(*HALVES)
    assert ways(await halves.draft(ask(), "Ana 2, Ben")) == [(label("Ana", "Ben"), "Ana 2, Ben 1")]
    assert ways(await halves.draft(ask(), "Ben and me")) == ways(await halves.draft(ask(), "split")) == []


async def test_many_who_would_pay_still_fit_on_a_button() -> None:
    people = ("ana", "maximiliane", "bartholomew", "christopherson", "konstantin")
    ((told, who),) = ways(await (await open_now(share(1, "ana"))).draft(ask("ana", *people)))
    assert told == label(*(name.title() for name in people))[:60] and len(told) == 60 and who == "split"


@pytest.mark.parametrize("state", ["pricing", "placing", "settling"])
async def test_what_is_just_being_booked_is_told_as_that(state: str) -> None:
    draft = await (await open_now(*HALVES, checkouts=(checkout(state=state),))).draft(ask())
    assert draft == Draft(text=say("is_busy", title="Room 1", state=say(f"checkout_{state}")))


async def test_of_two_that_are_being_paid_for_the_newer_one_is_told() -> None:
    draft = await (await open_now(*HALVES, checkouts=(checkout(1), checkout(2)))).draft(ask())
    assert draft is not None and draft.text.startswith("Room 2, ")


async def test_others_pay_instead_and_all_are_told_who() -> None:
    reply = await (await open_now(share(1, "ben"))).pay_otherwise(ask(), checkout="k1", who="split")
    text = say("pays_otherwise", name="Ana", title="Room 1", payers=listed(["Ana", "Ben"]))
    assert reply.drafts[0] == Draft(text=text, notice=True)
    assert [j.args["wanted"]["amount"]["minor"] for j in reply.jobs if j.name == "ask_payment"] == [5_000, 5_000]


async def test_several_are_only_asked_instead_while_their_links_would_live_long_enough() -> None:
    in_time = await (await open_now(share(1, "ben"), minutes=30)).pay_otherwise(ask(), checkout="k1", who="split")
    late = await open_now(share(1, "ben"), minutes=29)
    assert len([j for j in in_time.jobs if j.name == "ask_payment"]) == 2
    with pytest.raises(Explain) as told:
        await late.pay_otherwise(ask(), checkout="k1", who="split")
    assert str(told.value) == say("too_late_to_split", title="Room 1")
    alone = await late.pay_otherwise(ask(), checkout="k1", who="me")
    assert len([j for j in alone.jobs if j.name == "ask_payment"]) == 1


async def test_nobody_from_elsewhere_changes_who_pays() -> None:
    sale, elsewhere = await open_now(share(1, "ben")), replace(ask(), thread=replace(ask().thread, id="other"))
    with pytest.raises(NotAllowed):
        await sale.pay_otherwise(ask("zoe"), checkout="k1", who="split")
    for at, which in ((elsewhere, "k1"), (ask(), "k2")):
        with pytest.raises(Explain) as told:
            await sale.pay_otherwise(at, checkout=which, who="me")
        assert str(told.value) == say("open_already")


@pytest.mark.parametrize(
    ("call", "currency", "state", "asked"),
    [
        ("check_out", "KES", "due", True),
        ("check_out", "KES", "claimed", True),
        ("check_out", "KES", "done", False),
        ("check_out", "USD", "due", False),
        ("search_hotels", "KES", "due", False),
    ],
)
async def test_suppliers_are_asked_about_a_cart_only_while_somebody_pays_for_it(
    call: str, currency: str, state: str, asked: bool
) -> None:
    t = table("ana", "ben")
    args = {"call": call, "args": {"currency": currency}}
    jobs = [
        Job(id="j1", name="call", thread="trip", due_at=NOW, args=args, state=state),
        Job(id="j2", name="another", thread="trip", due_at=NOW, args={"args": {"currency": "KES"}}),
    ]
    await t.store.commit([Insert(JOBS, job) for job in jobs])
    assert await OpenNow(t.store, t.house.collections).asked("trip", "KES") is asked
