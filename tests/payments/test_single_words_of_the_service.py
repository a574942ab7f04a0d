"""One word of the payment service about one share, and all that it leads to: Jobs, cards and the state of things."""

from datetime import timedelta
from typing import Any

import pytest

from payments.model import Share
from payments.moves import MARGIN, expire, failed, follow, open_gap, refused, release, settle, use_spare
from payments.steps import Step
from payments.texts import say
from tests.payments.single import NOW, collection, jobs, kes, share, step, word

HELD: dict[str, Any] = {"state": "authorized", "payment": "p", "holds": 1}
WAITING = ("open", "collecting", "covered", "committing")


def told(after: Step) -> str:
    """All that was shown, joined."""
    return "\n".join(f"{d.text}{d.card.title if d.card else ''}" for d in after.drafts)


def first(after: Step) -> Share:
    found = after.collection.share("c:1")
    assert found is not None
    return found


@pytest.mark.parametrize("state", WAITING)
@pytest.mark.parametrize("before", ["invited", "auth_expired"])
def test_a_page_that_opened_is_shown_to_its_payer(state: str, before: str) -> None:
    s = step(collection(share(1, "ana", state=before, why="refused"), share(2, "ben"), state=state))
    follow(s, first(s), word("asked", first(s), url="https://pay"))
    assert (first(s).state, first(s).url, first(s).why, jobs(s)) == ("link_sent", "https://pay", "", [])
    assert first(s).card == f"cause/{s.drafts[0].name}" and s.drafts[0].only_for == ("ana",)


@pytest.mark.parametrize("before", ["link_sent", "declined", "authorized", "captured"])
def test_a_page_that_is_known_already_moves_nothing(before: str) -> None:
    s = step(collection(share(1, "ana", state=before, payment="p"), state="collecting"))
    follow(s, first(s), word("asked", first(s)))
    assert (first(s).state, jobs(s), s.drafts) == (before, [], [])


@pytest.mark.parametrize("said", ["asked", "declined"])
@pytest.mark.parametrize(
    ("collection_state", "before"),
    [("released", "invited"), ("expired", "declined"), ("collecting", "voided"), ("collecting", "covered_by_other"),
     ("committed", "capture_failed"), ("releasing", "auth_expired")],
)  # fmt: skip
def test_a_page_that_nobody_waits_for_is_closed_without_a_word(said: str, collection_state: str, before: str) -> None:
    s = step(collection(share(1, "ana", state=before, payment="p"), state=collection_state))
    follow(s, first(s), word(said, first(s)))
    assert (first(s).state, jobs(s), s.drafts) == (before, ["void_payment"], [])
    going = step(collection(share(1, "ana", state=before, payment="p", letting_go=True), state=collection_state))
    follow(going, first(going), word(said, first(going)))
    assert jobs(going) == []


def test_a_refused_card_of_which_the_page_was_not_known_yet_is_told_as_refused() -> None:
    s = step(collection(share(1, "ana"), state="collecting"))
    follow(s, first(s), word("declined", first(s), url="https://pay", why="no_funds"))
    assert (first(s).state, first(s).why, first(s).url) == ("declined", "no_funds", "https://pay")
    going = step(collection(share(1, "ana", state="link_sent", letting_go=True), state="collecting"))
    follow(going, first(going), word("declined", first(going)))
    assert first(going).state == "link_sent"


@pytest.mark.parametrize(("ends_in", "sooner"), [(69, True), (70, False), (71, False)])
def test_a_hold_that_ends_within_ten_minutes_of_the_deadline_draws_it_nearer(ends_in: int, sooner: bool) -> None:
    s = step(collection(share(1, "ana", state="link_sent"), share(2, "ben"), state="collecting"))
    until = NOW + timedelta(minutes=ends_in)
    follow(s, first(s), word("authorized", first(s), held_until=until))
    assert first(s).held_until == until
    assert s.collection.deadline == (until - MARGIN if sooner else NOW + timedelta(hours=1))
    assert [(j.name, j.due_at) for j in s.jobs] == ([("payments_deadline", until - MARGIN)] if sooner else [])


def test_the_last_part_that_is_held_covers_it_from_any_state_that_still_asks() -> None:
    for state in ("open", "collecting"):
        s = step(collection(share(1, "ana"), share(2, "ben", **HELD), state=state))
        follow(s, first(s), word("authorized", first(s)))
        assert s.collection.state == "covered"
        assert [(e.value["topic"], e.value["late"]) for e in s.entries] == [("covered", False)]


def test_each_hold_is_counted_so_that_the_ledger_tells_them_apart() -> None:
    s = step(collection(share(1, "ana", state="link_sent", holds=1), share(2, "ben"), state="collecting"))
    follow(s, first(s), word("authorized", first(s)))
    assert first(s).holds == 2 and [t.id for t in s.transactions] == ["c:1:authorize:2"]


def late(answers: int, others: str) -> Step:
    ended = share(1, "ana", state="voided", payment="p", over_at=5)
    return step(collection(ended, share(2, "ben", state=others, payment="q"), state="released"), answers=answers)


@pytest.mark.parametrize("answers", [4, 5])
def test_money_after_the_end_by_an_answer_that_may_be_older_is_asked_about_anew(answers: int) -> None:
    s = late(answers, "voided")
    follow(s, first(s), word("authorized", first(s)))
    assert (first(s).state, s.drafts, s.transactions) == ("voided", [], [])
    assert [(j.name, j.args["share"], j.args["payment"]) for j in s.jobs] == [("check_payment", "c:1", "p")]


def test_money_after_the_end_that_covers_is_looked_after_again() -> None:
    s = late(6, "authorized")
    follow(s, first(s), word("authorized", first(s)))
    assert (s.collection.state, first(s).state, jobs(s)) == ("covered", "authorized", ["payments_watch"])
    assert [(e.value["topic"], e.value["late"]) for e in s.entries] == [("covered", True)]


def test_money_after_the_end_that_does_not_cover_is_let_go_and_its_payer_hears_so() -> None:
    s = late(6, "voided")
    follow(s, first(s), word("authorized", first(s)))
    assert (s.collection.state, first(s).letting_go, jobs(s)) == ("released", True, ["void_payment"])
    assert say("late_void", title="Mombasa", amount=kes(10_000)) in told(s)


@pytest.mark.parametrize(("letting_go", "heard"), [(False, True), (True, False)])
def test_who_pays_what_nobody_waits_for_hears_it_once(letting_go: bool, heard: bool) -> None:
    s = step(collection(share(1, "ana", state="link_sent", letting_go=letting_go), state="expired"))
    follow(s, first(s), word("authorized", first(s)))
    assert (jobs(s), bool(s.drafts)) == (["void_payment"], heard)


def test_a_debt_that_is_held_is_taken_as_far_as_it_is_open() -> None:
    failed_share = share(1, "ana", 100, state="capture_failed", taking=100)
    debt = share(2, "ben", 100, state="link_sent", role="debt", of="")
    s = step(collection(failed_share, debt, state="committed", taken=kes(100)))
    follow(s, debt, word("authorized", debt))
    held = s.collection.share("c:2")
    assert held and (held.state, held.taking, jobs(s)) == ("authorized", 100, ["capture_payment"])
    assert open_gap(s.collection) == 0


@pytest.mark.parametrize("said", ["voided", "expired", "lapsed"])
def test_what_the_service_let_go_while_it_was_to_be_taken_has_failed(said: str) -> None:
    going = share(1, "ana", **HELD, taking=10_000, letting_go=True, why="no_funds")
    s = step(collection(going, share(2, "ben", **HELD, taking=10_000), state="committing", taken=kes(20_000)))
    follow(s, first(s), word(said, first(s)))
    assert (first(s).state, first(s).why, first(s).letting_go) == ("capture_failed", "no_funds", False)
    assert s.collection.state == "committing" and [t.what for t in s.transactions] == ["void"]


def test_what_was_held_and_is_let_go_is_told_and_what_was_only_asked_is_not() -> None:
    for before, said, written in (
        ({"payment": "p", **HELD}, 1, ["void"]),
        ({"state": "link_sent", "payment": "p"}, 0, []),
    ):
        mine = share(1, "ana", letting_go=True, url="https://pay", card="e/x", **before)
        s = step(collection(mine, share(2, "ben", letting_go=True), state="releasing"))
        follow(s, first(s), word("voided", first(s)))
        assert (first(s).state, first(s).letting_go, first(s).url) == ("voided", False, "")
        assert told(s).count(say("share_let_go", amount=kes(10_000))) == said
        assert [t.what for t in s.transactions] == written and any(d.replaces == "e/x" for d in s.drafts)
        assert s.collection.state == "releasing"


@pytest.mark.parametrize("over", ["captured", "refunded", "partly_refunded", "voided", "covered_by_other"])
def test_what_is_over_is_not_let_go_again(over: str) -> None:
    s = step(collection(share(1, "ana", state=over, payment="p", letting_go=True), state="releasing"))
    follow(s, first(s), word("voided", first(s)))
    assert (first(s).state, s.drafts, s.transactions) == (over, [], [])


@pytest.mark.parametrize(("minutes", "anew"), [(0.5, False), (1, False), (1.5, True), (60, True)])
@pytest.mark.parametrize("before", ["link_sent", "declined"])
def test_a_page_that_closed_early_is_opened_anew_while_there_is_a_minute_left(
    before: str, minutes: float, anew: bool
) -> None:
    c = collection(
        share(1, "ana", state=before, payment="p"), state="collecting", deadline=NOW + timedelta(minutes=minutes)
    )
    s = step(c)
    follow(s, first(s), word("expired", first(s)))
    assert (jobs(s), first(s).attempt) == ((["ask_payment"], 2) if anew else ([], 1))
    ended = step(collection(share(1, "ana", state=before, payment="p"), state="committing", taken=kes(1)))
    follow(ended, first(ended), word("expired", first(ended)))
    assert jobs(ended) == [] and first(ended).attempt == 1


def test_the_page_of_a_debt_that_closed_ends_that_try() -> None:
    debt = share(1, "ana", role="debt", state="link_sent", payment="p")
    s = step(collection(debt, state="committed", taken=kes(10_000), total=10_000))
    follow(s, first(s), word("expired", first(s)))
    assert first(s).state == "voided" and jobs(s) == []


@pytest.mark.parametrize(
    ("state", "minutes"), [("collecting", 60), ("covered", 60), ("collecting", 1), ("covered", -5)]
)
def test_a_hold_that_ended_by_itself_is_asked_for_anew_if_there_is_time(state: str, minutes: int) -> None:
    deadline = NOW + timedelta(minutes=minutes)
    s = step(collection(share(1, "ana", **HELD), share(2, "ben", **HELD), state=state, deadline=deadline))
    follow(s, first(s), word("lapsed", first(s)))
    assert s.collection.state == "collecting" and first(s).why == "lapsed"
    assert first(s).state == "auth_expired" and [t.what for t in s.transactions] == ["void"]
    rings = [j.due_at for j in s.jobs if j.name == "payments_deadline"]
    assert rings == ([max(deadline, NOW)] if state == "covered" else [])
    assert ("ask_payment" in jobs(s), say("share_lapsed") in told(s)) == (minutes > 1, minutes > 1)


def test_a_hold_that_ended_where_the_rest_still_covers_changes_nothing_else() -> None:
    spare = share(3, "chi", **HELD)
    s = step(collection(share(1, "ana", **HELD), share(2, "ben", **HELD), spare, state="covered", total=20_000))
    follow(s, first(s), word("lapsed", first(s)))
    assert s.collection.state == "covered" and "payments_deadline" not in jobs(s)


def test_a_mandate_that_lapsed_is_over_and_a_hold_that_is_being_taken_waits_for_its_answer() -> None:
    s = step(collection(share(1, "ana", role="backstop", **HELD), share(2, "ben"), state="collecting"))
    follow(s, first(s), word("lapsed", first(s)))
    assert (first(s).state, jobs(s)) == ("voided", [])
    for state, taking in (("committing", 0), ("committed", 10_000)):
        s = step(collection(share(1, "ana", **HELD, taking=taking), state=state, taken=kes(10_000)))
        follow(s, first(s), word("lapsed", first(s)))
        assert (first(s).state, jobs(s), s.transactions) == ("authorized", [], [])
    s = step(collection(share(1, "ana", **HELD), share(2, "ben"), state="releasing"))
    follow(s, first(s), word("lapsed", first(s)))
    assert first(s).state == "voided"


def test_a_refused_capture_of_what_is_still_held_is_let_go_first_and_fails_then() -> None:
    def taking() -> Step:
        return step(collection(share(1, "ana", **HELD, taking=10_000), state="committing", taken=kes(10_000)))

    s = taking()
    refused(s, first(s), "no", held=True)
    assert (first(s).state, first(s).letting_go, jobs(s)) == ("authorized", True, ["void_payment"])
    s = taking()
    refused(s, first(s), "no", held=False)
    assert (first(s).state, s.collection.state) == ("capture_failed", "committed")
    assert [(e.value["topic"], e.value["open"], e.value["taken"]) for e in s.entries] == [("ended", 10_000, 10_000)]
    before = s.collection
    failed(s, first(s), "again")
    refused(s, first(s), "again", held=True)
    assert s.collection == before


def backed(until: timedelta | None, **more: Any) -> Step:
    mandate = share(2, "ben", 6_000, role="backstop", until=None if until is None else NOW + until, **{**HELD, **more})
    gone = share(1, "ana", state="capture_failed", taking=10_000)
    return step(collection(gone, mandate, state="committing", taken=kes(10_000)))


@pytest.mark.parametrize(
    ("until", "more", "steps_in"),
    [(None, {}, True), (timedelta(minutes=1), {}, True), (timedelta(0), {}, False),
     (timedelta(minutes=-1), {}, False), (None, {"letting_go": True}, False)],
)  # fmt: skip
def test_a_mandate_stands_in_up_to_its_amount_while_it_is_given(
    until: timedelta | None, more: dict[str, Any], steps_in: bool
) -> None:
    s = backed(until, **more)
    settle(s)
    mandate = s.collection.share("c:2")
    assert mandate is not None
    if steps_in:
        assert (mandate.taking, s.collection.state, jobs(s)) == (6_000, "committing", ["capture_payment"])
    else:
        assert (mandate.letting_go, s.collection.state, open_gap(s.collection)) == (True, "committed", 10_000)
        assert say("gap", title="Mombasa", amount=kes(10_000)) in told(s)


def test_nothing_is_settled_before_every_capture_has_its_answer() -> None:
    for state, taken in (("committing", kes(10_000)), ("covered", None), ("committed", kes(10_000))):
        s = step(collection(share(1, "ana", **HELD, taking=10_000), state=state, taken=taken))
        settle(s)
        assert (s.collection.state, jobs(s), s.drafts) == (state, [], [])
    s = step(collection(share(1, "ana", **HELD), state="committing"))
    settle(s)
    assert s.collection.state == "committing"


def test_time_that_is_up_ends_it_and_all_hear_so() -> None:
    for state in ("open", "collecting"):
        s = step(collection(share(1, "ana", **HELD), share(2, "ben"), share(3, "chi", state="captured"), state=state))
        expire(s)
        assert (s.collection.state, s.collection.why) == ("releasing", "expired")
        assert [x.state for x in s.collection.shares] == ["authorized", "voided", "captured"]
        assert [(e.value["topic"], e.value["state"]) for e in s.entries] == [("ended", "expired")]
        assert say("expired", title="Mombasa") in told(s)


def test_what_nobody_paid_for_is_released_at_once_and_said_so_upwards() -> None:
    s = step(collection(share(1, "ana"), share(2, "ben", state="covered_by_other"), state="collecting"))
    release(s, "called off")
    assert (s.collection.state, s.collection.why) == ("released", "called off")
    assert [(e.value["state"], e.value["why"]) for e in s.entries] == [("released", "called off")]


@pytest.mark.parametrize(("spared", "left", "closed"), [(4_000, 6_000, False), (10_000, 0, True), (15_000, 0, True)])
def test_what_the_supplier_gave_back_is_asked_of_nobody_any_more(spared: int, left: int, closed: bool) -> None:
    gone = share(1, "ana", state="capture_failed", taking=10_000, payment="p")
    debt = share(2, "ben", role="debt", state="link_sent", payment="q")
    s = step(collection(gone, debt, state="committed", taken=kes(10_000), spare=spared))
    use_spare(s, "k")
    page = s.collection.share("c:2")
    assert page and (page.letting_go, open_gap(s.collection), s.collection.spare) == (
        closed,
        left,
        max(0, spared - 10_000),
    )
    assert jobs(s) == (["void_payment"] if closed else [])
    told = [(e.value["topic"], e.value["state"], e.value["taken"], e.value["open"]) for e in s.entries]
    assert told == [("ended", "committed", left, left)]
    assert (
        sum(p.minor for t in s.transactions for p in t.postings if p.account.startswith("receivable:")) == 10_000 - left
    )
    for state, minor in (("committing", 100), ("committed", 0)):
        before = step(collection(gone, state=state, taken=kes(10_000), spare=minor))
        use_spare(before, "k")
        assert (open_gap(before.collection), before.collection.spare, before.transactions) == (10_000, minor, [])
