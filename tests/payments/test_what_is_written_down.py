"""The ledger's words for each move of a share, to the cent: which accounts, who did it, what it resolves."""

from typing import Any

import pytest

from payments import booked
from payments.booked import CARAVAN, group
from payments.ledger import Transaction
from payments.model import Collection, Refund, Share
from payments.steps import Step
from tests.payments.single import NOW, collection, kes, share, step, word

PAID: dict[str, Any] = {"state": "captured", "payment": "p", "captured": 10_000, "taking": 10_000, "holds": 2}
GONE: dict[str, Any] = {"state": "capture_failed", "payment": "p", "taking": 10_000, "holds": 1}
ANA, BEN, HOUSE = (group("trip", who) for who in ("ana", "ben", CARAVAN))


def of(*shares: Share, **more: Any) -> tuple[Step, Collection]:
    made = step(collection(*shares, **more))
    return made, made.collection


def lines(entry: Transaction) -> dict[str, int]:
    return {p.account: p.minor for p in entry.postings}


def test_what_is_held_is_pending_and_named_by_how_often_it_was_held() -> None:
    s, c = of(share(1, "ana", holds=2))
    booked.book_authorized(s, c.shares[0])
    booked.book_let_go(s, c.shares[0])
    held, gone = s.transactions
    assert (held.id, held.what, held.kind, held.actor) == ("c:1:authorize:2", "authorize", "pending", "ana")
    assert lines(held) == {"payer:ana": -10_000, "inflight:c": 10_000}
    assert (gone.id, gone.kind, gone.resolves, gone.actor) == ("c:1:void:2", "void", "c:1:authorize:2", CARAVAN)


def test_what_is_taken_resolves_what_was_held_and_the_house_bears_the_fee() -> None:
    s, c = of(share(1, "ana", **PAID))
    booked.book_captured(s, c.shares[0], word("captured", c.shares[0], fee=kes(290)))
    taken, fee = s.transactions
    assert (taken.id, taken.resolves, taken.actor) == ("c:1:capture:1", "c:1:authorize:2", "ana")
    assert lines(taken) == {"payer:ana": -10_000, "inflight:c": 10_000}
    assert (fee.id, fee.what, fee.actor) == ("c:1:fee:1", "fee", CARAVAN)
    assert lines(fee) == {"processor_fee:sandbox": 290, "platform_fee:caravan": -290}


def test_what_is_committed_is_owed_to_the_supplier_and_each_bears_their_part() -> None:
    s, _ = of(share(1, "ana", **PAID), share(2, "ben", **GONE), state="committing", taken=kes(20_000))
    booked.book_committed(s, 10_000)
    commit, shares = s.transactions
    assert (commit.id, commit.actor, shares.id, shares.actor) == ("c:commit:1", CARAVAN, "c:group:1", "ana")
    assert lines(commit) == {"inflight:c": -10_000, "receivable:trip": -10_000, "supplier_payable:a": 20_000}
    assert lines(shares) == {BEN: -10_000, HOUSE: 10_000}


def test_what_stood_in_is_owed_by_whose_payment_failed_and_what_was_short_by_all() -> None:
    mandate = share(3, "ana", 10_000, role="backstop", **PAID)
    s, _ = of(share(1, "ana", **PAID), share(2, "ben", **GONE), mandate, state="committing", taken=kes(20_100))
    booked.book_committed(s, 100)
    assert lines(s.transactions[0]) == {"inflight:c": -20_000, "receivable:trip": -100, "supplier_payable:a": 20_100}
    assert lines(s.transactions[1]) == {ANA: 9_950, BEN: -10_050, HOUSE: 100}


def test_nothing_confirmed_commits_nothing() -> None:
    s, _ = of(share(1, "ana", state="voided"), state="committing")
    booked.book_committed(s, 0)
    assert s.transactions == []


def test_a_debt_that_is_paid_is_owed_no_more() -> None:
    s, _ = of(share(1, "ana", **PAID), state="committed", taken=kes(10_000))
    booked.book_settled(s, s.collection.shares[0])
    paid, owed = s.transactions
    assert (paid.id, lines(paid)) == ("c:1:settle:1", {"inflight:c": -10_000, "receivable:trip": 10_000})
    assert (owed.id, lines(owed), owed.actor) == ("c:1:group:1", {ANA: 10_000, HOUSE: -10_000}, "ana")


def test_what_the_supplier_gave_back_is_divided_among_those_who_owe_it() -> None:
    parts = (share(1, "ana", **PAID), share(2, "ben", **GONE), share(3, "chi", 20_000, **{**GONE, "taking": 20_000}))
    s, _ = of(*parts, state="committed", taken=kes(40_000))
    booked.book_spared(s, 3_000, "k")
    back, owed = s.transactions
    assert (back.id, lines(back)) == ("c:spared:k", {"supplier_payable:a": -3_000, "receivable:trip": 3_000})
    assert (owed.id, lines(owed)) == ("c:spared:k:group", {HOUSE: -3_000, BEN: 1_000, group("trip", "chi"): 2_000})


@pytest.mark.parametrize(("by", "actor"), [("zed", "zed"), ("", CARAVAN)])
def test_a_refund_is_done_by_whoever_asked_for_it_or_the_house(by: str, actor: str) -> None:
    s, c = of(share(1, "ana", **PAID), share(2, "ben", role="cover", of="c:1", **PAID), state="committed")
    back = Refund(
        id="c:2:refund:k", thread="trip", collection="c", share="c:2", person="ben", payment="p", amount=kes(400),
        at=NOW, by=by,
    )  # fmt: skip
    booked.book_refund_sent(s, back)
    booked.book_refund_done(s, back, c.shares[1])
    assert [(t.id, t.actor) for t in s.transactions] == [
        (f"c:2:refund:k:{w}", actor) for w in ("sent", "done", "group")
    ]
    assert [lines(t) for t in s.transactions] == [
        {"supplier_payable:a": -400, "refund_payable:ben": 400}, {"refund_payable:ben": -400, "payer:ben": 400},
        {BEN: -400, ANA: 400},
    ]  # fmt: skip
