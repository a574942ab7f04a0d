"""Looks at what is open: when time is up, when a notice was lost, how soon the next one is, and which is the last."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.documents import Insert
from bot.model import JOBS
from payments.model import COLLECTIONS, REFUNDS, Collection, Share
from tests.payments.single import NOW, collection, share
from tests.payments.table import table
from tests.payments.test_errands_ask_before_they_repeat import Errand, Lossy, paid, refunding, wanted

HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}
MINUTE = timedelta(minutes=1)


def errand() -> Errand:
    made = table("ana")
    made.clock.at = NOW
    return Errand(made, Lossy(made.gateway))


async def of(c: Collection) -> Errand:
    e = errand()
    await e.table.store.commit([Insert(COLLECTIONS, c)])
    return e


async def looks(e: Errand, n: int = 0) -> dict[str, Any] | None:
    entry = await e.run("payments_watch", n=n)
    return None if entry is None else entry.value


async def next_look(e: Errand) -> timedelta | None:
    """In how long the next look is."""
    found = [j for j in await e.table.store.find(JOBS, {"state": "due"}) if j.name == "payments_watch"]
    return found[0].due_at - e.table.clock.now() if found else None


async def test_a_page_that_the_service_refuses_is_told_with_its_key() -> None:
    e = errand()
    e.way.refuses = {"ask"}
    told = await e.said("ask_payment", wanted=wanted(e.table))
    assert (told["topic"], told["why"], told["key"]) == ("not_asked", "no", "c:1:ask:1")


async def test_a_refund_on_its_way_is_looked_for_and_one_that_nobody_waits_for_is_not_asked() -> None:
    e = errand()
    refund = await refunding(e, "in_transit")
    await e.table.gateway.refund(refund.payment, refund.amount, key=refund.key)
    e.way.heard = []
    told = await e.said("refund_payment", refund=refund.id)
    assert (told["topic"], e.way.heard) == ("refund_looked", ["look_up_key"])
    await e.table.store.commit([Insert(REFUNDS, replace(refund, id="x", state="failed", version=0))])
    for id in ("x", "nobody's"):
        assert await e.run("refund_payment", refund=id) is None


@pytest.mark.parametrize("state", ["open", "collecting"])
@pytest.mark.parametrize(("since", "rings"), [(-MINUTE, False), (timedelta(0), True), (MINUTE, True)])
async def test_time_is_up_at_the_deadline(state: str, since: timedelta, rings: bool) -> None:
    e = await of(collection(share(1, "ana", **HELD), state=state, deadline=NOW - since))
    entry = await e.run("payments_deadline")
    assert (entry is not None) is rings and (entry is None or entry.value["topic"] == "payments_deadline")


async def test_nobody_is_timed_or_reminded_where_nothing_is_asked() -> None:
    e = await of(collection(share(1, "ana"), state="covered", deadline=NOW - MINUTE))
    for name in ("payments_deadline", "payments_remind"):
        assert await e.run(name) is None and await errand().run(name) is None
    open_one = await of(collection(share(1, "ana"), state="open"))
    assert (await open_one.said("payments_remind"))["topic"] == "payments_remind"


@pytest.mark.parametrize(("tries", "told"), [(2, "later"), (3, "payments_deadline")])
async def test_time_is_up_without_a_word_of_the_service_after_three_looks(tries: int, told: str) -> None:
    e = await of(collection(share(1, "ana", **HELD), state="collecting", deadline=NOW))
    e.way.lost = {"look_up"}
    assert (await e.said("payments_deadline", tries=tries))["topic"] == told


@pytest.mark.parametrize(
    ("mine", "waits"),
    [
        (share(1, "ana", role="debt"), True), (share(1, "ana", role="debt", **HELD), True),
        (share(1, "ana", role="debt", state="voided"), False), (share(1, "ana", **HELD), False),
        (share(1, "ana", letting_go=True, **HELD), True), (share(1, "ana", state="captured", payment="p"), False),
    ],
)  # fmt: skip
@pytest.mark.parametrize("state", ["committed", "released"])
async def test_what_is_over_is_looked_at_while_a_debt_is_paid_or_a_hold_let_go(
    mine: Share, waits: bool, state: str
) -> None:
    e = await of(collection(mine, state=state))
    await looks(e)
    assert (await next_look(e) is not None) is waits


async def test_no_collection_is_not_looked_at() -> None:
    e = errand()
    assert await looks(e) is None and await next_look(e) is None


@pytest.mark.parametrize(("n", "minutes"), [(0, 2), (1, 4), (3, 16), (9, 16)])
async def test_looks_grow_rarer_up_to_a_quarter_of_an_hour(n: int, minutes: int) -> None:
    e = await of(collection(share(1, "ana", **HELD), state="covered"))
    await looks(e, n)
    await looks(e, n)
    assert await next_look(e) == minutes * MINUTE


async def test_looks_that_wait_for_money_on_its_way_back_alone_are_rarer_still() -> None:
    e = errand()
    await refunding(e, "in_transit")
    await looks(e, 9)
    assert await next_look(e) == 256 * MINUTE


async def open_page(**more: Any) -> Errand:
    """A page that is paid, as the collection knows."""
    e = errand()
    mine = share(1, "ana", **{**HELD, "payment": await paid(e), **more})
    await e.table.store.commit([Insert(COLLECTIONS, collection(mine, state="collecting", deadline=NOW))])
    return e


@pytest.mark.parametrize(("late", "told"), [(timedelta(minutes=3), False), (timedelta(minutes=3, seconds=1), True)])
async def test_asking_that_stands_still_after_its_time_is_told(late: timedelta, told: bool) -> None:
    e = await open_page()
    e.table.clock.at = NOW + late
    assert (await looks(e) is not None) is told


@pytest.mark.parametrize(("more", "told"), [({}, False), ({"letting_go": True}, True), ({"taking": 1}, True)])
async def test_a_look_that_shows_nothing_new_is_not_told(more: dict[str, Any], told: bool) -> None:
    e = await open_page(**more)
    seen = await looks(e)
    assert (seen is not None) is told and (seen is None or [x["share"] for x in seen["looks"]] == ["c:1"])


async def test_a_look_that_the_service_does_not_answer_is_no_look() -> None:
    e = await open_page(letting_go=True)
    e.way.lost = {"look_up"}
    assert await looks(e) is None and await next_look(e) == 2 * MINUTE


@pytest.mark.parametrize(
    ("state", "since", "lost"),
    [("requested", timedelta(minutes=3), False), ("requested", timedelta(minutes=3, seconds=1), True),
     ("in_transit", timedelta(minutes=9), False)],
)  # fmt: skip
async def test_a_refund_that_nobody_heard_of_for_three_minutes_is_told_as_lost(
    state: str, since: timedelta, lost: bool
) -> None:
    e = errand()
    refund = await refunding(e, state)
    e.table.clock.at = refund.at + since
    seen = await looks(e)
    assert (seen or {}).get("lost", []) == ([refund.id] if lost else [])


async def test_a_refund_that_stands_where_it_stood_is_nothing_new() -> None:
    e = errand()
    refund = await refunding(e, "in_transit")
    await e.table.faults.add("payments", "late_notice", match="refund", by=3600)
    again = await e.table.gateway.refund(refund.payment, refund.amount, key=refund.key)
    assert again.state == "in_transit" and await looks(e) is None


async def test_only_what_may_still_change_and_has_a_page_is_looked_up() -> None:
    gone, unasked = share(1, "ana", state="voided", payment="p"), share(2, "ana", state="link_sent")
    e = await of(collection(gone, unasked, share(3, "ana"), state="collecting"))
    await looks(e)
    assert e.way.heard == []
    (job,) = [j for j in await e.table.store.find(JOBS, {"state": "due"}) if j.name == "payments_watch"]
    assert (job.id, job.args["n"]) == ("j+1", 1)
