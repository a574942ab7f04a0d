"""One word of the payment service about a debt, a hold that ended, or what came back: to the bounds of each."""

from datetime import timedelta
from typing import Any

import pytest

from payments.model import Share
from payments.moves import expire, follow, use_spare
from payments.steps import Step
from payments.texts import say
from tests.payments.single import NOW, collection, jobs, kes, share, step, word

HELD: dict[str, Any] = {"state": "authorized", "payment": "p", "holds": 1}
ASKED: dict[str, Any] = {"state": "link_sent", "payment": "p"}
FAILED: dict[str, Any] = {"state": "capture_failed", "payment": "p", "taking": 10_000}


def after(s: Step, n: int = 1) -> Share:
    found = s.collection.share(f"c:{n}")
    assert found is not None
    return found


def test_a_debt_that_is_taken_is_told_to_all_and_upwards() -> None:
    debt = share(2, "ben", role="debt", taking=10_000, **HELD)
    s = step(collection(share(1, "ana", **FAILED), debt, state="committed", taken=kes(10_000)))
    follow(s, debt, word("captured", debt, captured=kes(10_000)))
    assert [e.value for e in s.entries] == [
        {"topic": "ended", "collection": "c", "about": "a", "state": "committed", "taken": 10_000, "open": 0}
    ]
    assert [d.notice for d in s.drafts if d.text == say("gap_paid", title="Mombasa", name="Ben")] == [True]


@pytest.mark.parametrize("said", ["voided", "expired", "lapsed"])
def test_a_hold_that_the_service_ended_unasked_is_closed_for_good_and_asked_for_anew(said: str) -> None:
    s = step(collection(share(1, "ana", **HELD), share(2, "ben"), state="collecting"))
    follow(s, after(s), word(said, after(s)))
    assert (after(s).state, after(s).attempt) == ("auth_expired", 2)
    assert jobs(s) == ["void_payment", "ask_payment"] and s.jobs[0].args["payment"] == "p"


@pytest.mark.parametrize(("seconds", "anew"), [(60, False), (61, True), (90, True)])
def test_a_hold_that_ended_is_asked_for_anew_if_a_minute_is_left(seconds: int, anew: bool) -> None:
    until = NOW + timedelta(seconds=seconds)
    s = step(collection(share(1, "ana", **HELD), share(2, "ben"), state="collecting", deadline=until))
    follow(s, after(s), word("lapsed", after(s)))
    assert ("ask_payment" in jobs(s)) is anew


@pytest.mark.parametrize("state", ["expired", "releasing", "released"])
def test_a_page_that_closed_after_the_end_is_over(state: str) -> None:
    s = step(collection(share(1, "ana", **ASKED), share(2, "ben"), state=state))
    follow(s, after(s), word("expired", after(s)))
    assert (after(s).state, jobs(s)) == ("voided", [])


@pytest.mark.parametrize(("taken", "state", "wanted"), [(10_000, "committed", False), (10_001, "committed", True),
                                                        (10_001, "committing", False)])  # fmt: skip
def test_money_for_a_debt_is_held_while_a_cent_is_open(taken: int, state: str, wanted: bool) -> None:
    paid = share(1, "ana", state="captured", payment="q", taking=10_000, captured=10_000)
    debt = share(2, "ben", 50, role="debt", **ASKED)
    s = step(collection(paid, debt, state=state, taken=kes(taken)))
    follow(s, debt, word("authorized", debt))
    assert (after(s, 2).state, jobs(s)) == (
        ("authorized", ["capture_payment"]) if wanted else ("link_sent", ["void_payment"])
    )


def owing(spare: int, debt: dict[str, Any], state: str = "committed") -> Step:
    own = share(1, "ana", state="captured", payment="o", taking=10_000, captured=10_000)
    parts = (own, share(2, "ben", **FAILED), share(3, "ben", role="debt", **debt))
    return step(collection(*parts, state=state, taken=kes(20_000), spare=spare))


def test_what_came_back_is_owed_no_more_to_the_cent() -> None:
    for spare, asked in ((1, False), (9_999, False), (10_000, True)):
        s = owing(spare, ASKED)
        use_spare(s, "k")
        assert s.collection.taken == kes(20_000 - spare) and s.collection.spare == 0
        assert after(s, 3).letting_go is asked and s.ops == []
        assert [(d.text, d.notice) for d in s.drafts if not d.card] == [
            (say("gap_spared", title="Mombasa", amount=kes(spare)), True)
        ]  # fmt: skip


def test_what_came_back_for_a_debt_that_is_paid_goes_to_who_paid_it_and_to_nobody_else() -> None:
    s = owing(4_000, {"state": "captured", "payment": "d", "taking": 10_000, "captured": 10_000})
    use_spare(s, "k")
    assert [(op.value.share, op.value.amount) for op in s.ops] == [("c:3", kes(4_000))]
    assert (s.collection.spare, s.collection.refunds) == (0, {"c:3:spared": 4_000})
    assert jobs(s) == ["refund_payment", "payments_watch"]
    cent = owing(1, {"state": "captured", "payment": "d", "taking": 10_000, "captured": 10_000})
    use_spare(cent, "k")
    assert [(op.value.share, op.value.amount) for op in cent.ops] == [("c:3", kes(1))]
    more = owing(10_001, {"state": "captured", "payment": "d", "taking": 10_000, "captured": 10_000})
    use_spare(more, "k")
    assert more.collection.spare == 1 and [op.value.share for op in more.ops] == ["c:3"]


def test_nothing_came_back_or_not_yet_changes_nothing() -> None:
    for s in (owing(0, ASKED), owing(100, ASKED, "committing")):
        before = s.collection
        use_spare(s, "k")
        assert (s.collection, s.drafts, s.jobs, s.transactions) == (before, [], [], [])


def test_that_time_is_up_is_only_noticed() -> None:
    s = step(collection(share(1, "ana", **HELD), state="collecting"))
    expire(s)
    assert [d.notice for d in s.drafts if d.text == say("expired", title="Mombasa")] == [True]
