"""Refunds, one word of the service at a time: what is written down, what is tried again and who hears of it when."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from payments.booked import group
from payments.giving_back import give_back, refund_follows, same_refunds
from payments.model import Refund
from payments.steps import Step
from payments.texts import say
from tests.payments.single import NOW, collection, kes, share, step

PAID: dict[str, Any] = {"state": "captured", "payment": "p", "captured": 10_000, "taking": 10_000}


def bought(**more: Any) -> Step:
    return step(collection(share(1, "ana", **{**PAID, **more}), share(2, "ben", **PAID), state="committed"))


def refund(minor: int = 4_000, key: str = "k", n: int = 1, person: str = "ana", **more: Any) -> Refund:
    told: dict[str, Any] = {"thread": "trip", "collection": "c", "payment": "p", "at": NOW, **more}
    return Refund(id=f"c:{n}:refund:{key}", share=f"c:{n}", person=person, amount=kes(minor), **told)


def written(s: Step) -> dict[str, dict[str, int]]:
    return {t.id: {p.account: p.minor for p in t.postings} for t in s.transactions}


def test_a_refund_is_one_job_about_one_share() -> None:
    s = bought(refunding=1_000)
    give_back(s, s.collection.shares[0], 4_000, "cancelled", "k", "zed")
    (op,), (job,) = s.ops, s.jobs
    assert op.value == refund(why="cancelled", by="zed")
    assert (job.name, job.args["refund"], job.due_at) == ("refund_payment", "c:1:refund:k", NOW)
    assert s.collection.shares[0].refunding == 5_000


def test_money_on_its_way_back_is_owed_to_its_payer_and_not_to_the_supplier() -> None:
    s = bought(refunding=4_000)
    refund_follows(s, refund(by="zed"), "in_transit", "")
    assert written(s) == {"c:1:refund:k:sent": {"supplier_payable:a": -4_000, "refund_payable:ana": 4_000}}
    assert [(t.what, t.actor) for t in s.transactions] == [("refund", "zed")]
    assert [(op.value.state, s.collection.shares[0].refunding) for op in s.ops] == [("in_transit", 4_000)]
    (told,) = s.drafts
    assert (told.text, told.only_for) == (say("share_refunding", amount=kes(4_000)), ("ana",))


def test_money_that_is_back_was_on_its_way_and_costs_its_person_that_much_less() -> None:
    s = bought(refunding=4_000)
    refund_follows(s, refund(), "done", "")
    assert list(written(s).items()) == [
        ("c:1:refund:k:sent", {"supplier_payable:a": -4_000, "refund_payable:ana": 4_000}),
        ("c:1:refund:k:done", {"refund_payable:ana": -4_000, "payer:ana": 4_000}),
    ]
    after = s.collection.shares[0]
    assert (after.state, after.refunded, after.refunding) == ("partly_refunded", 4_000, 0)
    assert [d.text for d in s.drafts] == [say("share_refunded", amount=kes(4_000))]


def test_what_is_given_back_of_a_part_that_another_paid_makes_them_owe_less() -> None:
    cover = share(2, "ben", role="cover", of="c:1", refunding=3_000, **PAID)
    s = step(collection(share(1, "ana", state="voided"), cover, state="committed"))
    refund_follows(s, refund(3_000, n=2, person="ben"), "done", "")
    cost = written(s)["c:2:refund:k:group"]
    assert cost == {group("trip", "ben"): -3_000, group("trip", "ana"): 3_000}


@pytest.mark.parametrize(("minor", "state"), [(9_999, "partly_refunded"), (10_000, "refunded"), (10_001, "refunded")])
def test_a_share_is_given_back_when_all_that_was_taken_is(minor: int, state: str) -> None:
    s = bought(refunding=minor)
    refund_follows(s, refund(minor), "done", "")
    assert s.collection.shares[0].state == state


@pytest.mark.parametrize(("attempt", "again", "heard"), [(1, 5, True), (2, 10, False), (3, None, False)])
def test_what_failed_is_tried_again_later_and_later_and_told_of_once(
    attempt: int, again: int | None, heard: bool
) -> None:
    s = bought(refunding=4_000)
    refund_follows(s, refund(attempt=attempt), "failed", "no_account")
    assert [(op.value.state, op.value.why) for op in s.ops] == [("failed", "no_account")] and written(s) == {}
    due = [] if again is None else [NOW + timedelta(minutes=again)]
    assert [(j.name, j.due_at, j.args["refund"]) for j in s.jobs] == [
        ("refund_again", at, "c:1:refund:k") for at in due
    ]
    assert [d.text for d in s.drafts] == ([say("refund_failed", amount=kes(4_000))] if heard else [])


@pytest.mark.parametrize(
    ("state", "to", "of"), [("done", "failed", 1), ("in_transit", "in_transit", 1), ("requested", "done", 9)]
)
def test_a_word_that_the_table_does_not_know_or_about_no_share_moves_nothing(state: str, to: str, of: int) -> None:
    s = bought(refunding=4_000)
    before = s.collection
    refund_follows(s, replace(refund(state=state), share=f"c:{of}"), to, "")
    assert (s.ops, s.jobs, s.drafts, s.transactions, s.collection) == ([], [], [], [], before)


@pytest.mark.parametrize(
    ("to", "other", "told"),
    [
        ("in_transit", "requested", ("share_refunding", 5_000)), ("in_transit", "in_transit", None),
        ("in_transit", "done", None), ("in_transit", "failed", ("share_refunding", 5_000)),
        ("done", "requested", None), ("done", "in_transit", None), ("done", "done", ("share_refunded", 5_000)),
        ("done", "failed", ("share_refunded", 4_000)),
    ],
)  # fmt: skip
def test_of_several_that_come_back_for_one_reason_all_is_told_at_once(
    to: str, other: str, told: tuple[str, int] | None
) -> None:
    s = bought(refunding=4_000)
    refund_follows(s, refund(), to, "", [refund(1_000, n=3, state=other)])
    assert [d.text for d in s.drafts] == ([say(told[0], amount=kes(told[1]))] if told else [])


def test_the_same_reason_is_that_of_the_key_for_one_person() -> None:
    mine, others = refund(), [refund(n=3), refund(n=4, key="l"), refund(n=2, person="ben"), refund()]
    assert same_refunds(mine, others) == others[:1]
