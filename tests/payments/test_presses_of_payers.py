"""What payers press and ask: who may, when it is over, and what is said when there is nothing."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.documents import Insert, Kind, Where
from bot.errors import CaravanError, Explain, NotAllowed
from bot.model import Person
from bot.ports import Ask, Reply
from bot.texts import say as core
from payments.model import COLLECTIONS, Collection
from payments.paying import Paying
from payments.texts import say
from tests.payments.shelf import D, Shelf
from tests.payments.single import NOW, collection, kes, share
from tests.payments.table import Table, table

GONE: dict[str, Any] = {"state": "capture_failed", "payment": "p", "taking": 10_000}


async def at(*of: Collection) -> Table:
    t = table("ana", "ben")
    await t.store.commit([Insert(COLLECTIONS, c) for c in of])
    return t


def paying(t: Table) -> Paying:
    return next(s for s in t.house.services if isinstance(s, Paying))


def ask(t: Table, who: str = "ana", **more: Any) -> Ask:
    return Ask(person=Person(id=who, name=who.title()), thread=t.thread, now=NOW, key="k", **more)


def kept(reply: Reply) -> Collection:
    changed: Collection = reply.ops[0].value
    return changed


@pytest.mark.parametrize(
    ("state", "why", "may"),
    [("invited", "refused", True), ("auth_expired", "refused", True), ("invited", "", False),
     ("link_sent", "refused", False), ("voided", "left", False)],
)  # fmt: skip
async def test_a_page_that_was_refused_is_asked_for_again_by_its_person(state: str, why: str, may: bool) -> None:
    t = await at(collection(share(1, "ana", state=state, why=why), state="collecting"))
    asked = {"collection": "c", "share": "c:1"}
    with pytest.raises(NotAllowed):
        await paying(t).retry_share(ask(t, "ben"), **asked)
    if may:
        again = await paying(t).retry_share(ask(t), **asked)
        assert [j.name for j in again.jobs] == ["ask_payment"] and kept(again).shares[0].why == ""
    else:
        with pytest.raises(Explain) as refused:
            await paying(t).retry_share(ask(t), **asked)
        assert str(refused.value) == say("gone")


PRESSES: dict[str, Callable[[Paying, Ask], Awaitable[Reply]]] = {
    "cover_share": lambda p, a: p.cover_share(a, collection="c", share="c:1"),
    "uncover_share": lambda p, a: p.uncover_share(a, collection="c", share="c:1"),
    "retry_share": lambda p, a: p.retry_share(a, collection="c", share="c:1"),
    "pay_open": lambda p, a: p.pay_open(a, collection="c"),
}


@pytest.mark.parametrize("press", PRESSES)
async def test_a_stranger_presses_nothing_and_what_is_elsewhere_is_gone(press: str) -> None:
    here = collection(share(1, "ana"), share(2, "zed", **GONE), state="committed", taken=kes(10_000))
    t = await at(here)
    with pytest.raises(NotAllowed) as strange:
        await PRESSES[press](paying(t), ask(t, "zed"))
    assert str(strange.value) == core("not_member")
    elsewhere = [await at(replace(here, thread="other")), await at()]
    for t in elsewhere:
        with pytest.raises(Explain) as refused:
            await PRESSES[press](paying(t), ask(t))
        assert str(refused.value) == say("gone")


async def test_who_has_paid_is_told_to_members_and_that_nothing_is_paid_for() -> None:
    t = await at()
    with pytest.raises(CaravanError):
        await paying(t).who_has_paid(ask(t, "zed"))
    (told,) = (await paying(t).who_has_paid(ask(t))).drafts
    assert (told.text, told.notice) == (say("nothing_collected"), True)
    (none,) = (await paying(t).my_shares(ask(t))).drafts
    assert (none.text, none.notice) == (say("shares_none"), True)


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (share(2, "ana", role="debt"), False), (share(2, "ana", role="debt", state="voided"), True),
        (share(2, "ana", role="debt", state="link_sent", payment="q", letting_go=True), True),
        (share(2, "ben", role="debt", state="link_sent", payment="q"), True),
        (share(2, "ana", state="link_sent", payment="q"), True),
    ],
)  # fmt: skip
async def test_what_is_open_is_paid_by_anybody_who_is_not_paying_it_already(other: Any, may: bool) -> None:
    t = await at(collection(share(1, "ben", **GONE), other, state="committed", taken=kes(10_000)))
    if not may:
        with pytest.raises(Explain) as refused:
            await paying(t).pay_open(ask(t), collection="c")
        assert str(refused.value) == say("debt_asked")
        return
    asked = await paying(t).pay_open(ask(t), collection="c")
    debt = kept(asked).shares[2]
    assert (debt.person, debt.role, debt.amount, debt.weight) == ("ana", "debt", kes(10_000), 0)
    assert [j.name for j in asked.jobs] == ["ask_payment", "payments_watch"]


@pytest.mark.parametrize(("taken", "asked"), [(10_049, 50), (10_050, 50), (10_051, 51)])
async def test_less_than_the_service_takes_is_asked_for_as_that(taken: int, asked: int) -> None:
    paid = share(1, "ben", state="captured", payment="p", taking=10_000, captured=10_000)
    t = await at(collection(paid, state="committed", taken=kes(taken)))
    assert kept(await paying(t).pay_open(ask(t), collection="c")).shares[1].amount == kes(asked)


@pytest.mark.parametrize(("state", "taken"), [("committing", 10_000), ("committed", 0)])
async def test_where_nothing_is_open_nothing_is_paid(state: str, taken: int) -> None:
    t = await at(collection(share(1, "ben", **GONE), state=state, taken=kes(taken)))
    with pytest.raises(Explain) as refused:
        await paying(t).pay_open(ask(t), collection="c")
    assert str(refused.value) == say("nothing_open")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"state": "captured", "captured": 9_800, "taking": 9_800}, 9_800),
        ({"state": "capture_failed", "taking": 9_800}, 9_800), ({"state": "link_sent"}, 10_000),
    ],
)  # fmt: skip
async def test_ones_share_is_told_as_it_was_taken(more: dict[str, Any], told: int) -> None:
    t = await at(collection(share(1, "ana", **more), state="committed", taken=kes(9_800)))
    (shown,) = (await paying(t).my_shares(ask(t))).drafts
    assert shown.card is not None and f"{kes(told)}, " in shown.card.lines[0]


class Endless(Shelf):
    """Pages of collections without end, of which only the first ones on the first pages are Ana's."""

    def __init__(self, *mine: int) -> None:
        super().__init__()
        self._mine = mine

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        n = self._mine[offset // limit] if offset // limit < len(self._mine) else 0
        parts = [share(1, who) for who in ["ana"] * n + ["ben"] * (limit - n)]
        page: list[Any] = [collection(one, state="collecting") for one in parts]
        return page


@pytest.mark.parametrize(("mine", "shown", "more"), [((1,), 1, True), ((20, 1), 20, True), ((19, 1), 20, True)])
async def test_that_not_all_was_read_is_said(mine: tuple[int, ...], shown: int, more: bool) -> None:
    t = table("ana", "ben")
    asked = Paying(Endless(*mine), t.house.collections._desk)
    (told,) = (await asked.my_shares(ask(t))).drafts
    assert told.card is not None and len(told.card.lines) == shown + more
    assert told.card.lines[-1] == say("more_shares", shown=shown)


@pytest.mark.parametrize(("n", "more"), [(20, False), (21, True)])
async def test_only_what_is_older_than_twenty_is_left_out_and_that_is_noticed(n: int, more: bool) -> None:
    each = [replace(collection(share(1, "ana"), state="collecting"), id=f"c{k}", about=f"a{k}") for k in range(n)]
    told = (await paying(await at(*each)).who_has_paid(ask(table("ana")))).drafts
    assert len(told) == 20 + more and [d.notice for d in told[20:]] == [True] * more
