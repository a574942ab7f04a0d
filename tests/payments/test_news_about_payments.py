"""News about payments in the lane, one Entry at a time: what it starts, whom it tells, and what is too old to count."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.codec import to_plain
from bot.documents import Insert
from bot.model import Entry
from bot.turn import Route, Turn
from payments.booked import book_authorized
from payments.following import restart, still_wanted
from payments.ledger import Ledger
from payments.model import COLLECTIONS, REFUNDS, Collection, Refund, Share
from payments.ports import Refunded
from payments.texts import say
from tests.payments.single import NOW, collection, jobs, kes, share, step, word
from tests.payments.table import Table, table

HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}
ASKED: dict[str, Any] = {"state": "link_sent", "payment": "p"}
PAID: dict[str, Any] = {"state": "captured", "payment": "p", "captured": 10_000, "taking": 10_000}


async def at(*of: Collection, refunds: tuple[Refund, ...] = ()) -> Table:
    t = table("ana", "ben", "chi")
    await t.store.commit([*(Insert(COLLECTIONS, c) for c in of), *(Insert(REFUNDS, r) for r in refunds)])
    return t


async def heard(t: Table, topic: str, what: str = "payment", **value: Any) -> Turn:
    """What a Turn leads to."""
    entry = Entry(id="e", thread="trip", what=what, at=NOW, value={"topic": topic, "collection": "c", **value})
    turn = Turn(entry, t.thread, NOW)
    await t.house.news()[f"{what}:{topic}"](turn)
    return turn


def shares(turn: Turn) -> tuple[Share, ...]:
    kept: tuple[Share, ...] = next(op.value.shares for op in turn.ops if op.kind is COLLECTIONS)
    return kept


def names(turn: Turn) -> list[str]:
    return [j.name for j in turn.jobs]


def refund(n: int = 1, state: str = "in_transit", of: int = 1, **more: Any) -> Refund:
    told: dict[str, Any] = {"thread": "trip", "collection": "c", "person": "ana", "payment": "p", "at": NOW, **more}
    return Refund(id=f"c:{of}:refund:{n}", share=f"c:{of}", amount=kes(100), state=state, **told)


@pytest.mark.parametrize("id", ["c", "d"])
async def test_news_of_a_collection_that_is_not_here_move_nothing(id: str) -> None:
    t = await at(replace(collection(share(1, "ana")), thread="elsewhere"))
    news: list[tuple[str, dict[str, Any]]] = [
        ("opened", {}), ("card", {"share": "c:1"}), ("notice", {"about": {"collection": id, "share": "c:1"}}),
        ("looked", {"payment": {}}), ("not_asked", {"share": "c:1", "key": "k"}), ("not_there", {"share": "c:1"}),
        ("not_captured", {"share": "c:1"}), ("later", {}), ("spared", {"key": "k"}),
        ("not_refunded", {"refund": "r"}), ("refund_again", {"refund": "r"}), ("refund_otherwise", {"refund": "r"}),
    ]  # fmt: skip
    for topic, value in news:
        turn = await heard(t, topic, **{"collection": id, **value})
        assert (turn.ops, turn.jobs, turn.outcome) == ([], [], "no such collection")


async def test_news_that_move_nothing_say_so() -> None:
    turn = await heard(await at(collection(share(1, "ana"), state="collecting")), "not_there", share="c:1", key="old")
    assert turn.outcome == "nothing to move" and shares(turn)[0].attempt == 1


async def test_the_live_card_is_shown_first_under_its_name() -> None:
    turn = await heard(await at(collection(share(1, "ana"), state="open")), "opened")
    (_, ops) = turn.finish(1, Route(everywhere=(), alone={}))
    assert [op.value.state for op in ops if op.kind is COLLECTIONS] == ["collecting"]
    assert [a.id for op in ops for a in getattr(op.value, "answers", ())] == ["e/card"]


@pytest.mark.parametrize(("card", "of", "shown"), [("e/x", 1, 1), ("", 1, 0), ("e/x", 2, 0)])
async def test_a_private_card_is_shown_anew_where_there_is_one(card: str, of: int, shown: int) -> None:
    t = await at(collection(share(1, "ana", card=card, **ASKED), state="collecting"))
    turn = await heard(t, "card", share=f"c:{of}")
    assert len(turn.told("ana")) == shown


NOTICE: dict[str, Any] = {"about": {"collection": "c", "share": "c:1"}, "payment": ""}


@pytest.mark.parametrize(
    ("mine", "said", "looked"),
    [({}, "", True), (ASKED, "", True), ({}, "q", True), ({"state": "link_sent"}, "", False),
     ({"state": "voided", "payment": ""}, "", False)],
)  # fmt: skip
async def test_a_notice_leads_to_a_look_at_what_was_asked_for(mine: dict[str, Any], said: str, looked: bool) -> None:
    turn = await heard(await at(collection(share(1, "ana", **mine))), "notice", **{**NOTICE, "payment": said})
    assert names(turn) == (["check_payment"] if looked else [])
    if looked:
        assert turn.jobs[0].args["payment"] == said or mine.get("payment") == turn.jobs[0].args["payment"]


async def test_a_notice_about_no_share_of_ours_is_nothing() -> None:
    turn = await heard(await at(collection(share(1, "ana"))), "notice", about={"collection": "c", "share": "c:9"})
    assert (turn.ops, turn.jobs) == ([], [])


async def test_a_notice_leads_to_a_look_at_the_refunds_on_their_way_of_that_share() -> None:
    refunds = (refund(1), refund(2, "requested"), refund(3, of=2), refund(4, "done"))
    c = collection(share(1, "ana", refunding=100, **PAID), share(2, "ben", refunding=100, **PAID), state="committed")
    turn = await heard(await at(c, refunds=refunds), "notice", **NOTICE)
    assert [j.args.get("refund") for j in turn.jobs] == [None, "c:1:refund:1"]
    none = collection(share(1, "ana", **PAID), state="committed")
    assert names(await heard(await at(none, refunds=refunds), "notice", **NOTICE)) == ["check_payment"]


@pytest.mark.parametrize(
    ("mine", "key", "refused"),
    [({}, "c:1:ask:1", True), ({"state": "auth_expired"}, "c:1:ask:1", True), ({}, "c:1:ask:2", False),
     (ASKED, "c:1:ask:1", False)],
)  # fmt: skip
@pytest.mark.parametrize("card", ["", "x/y"])
async def test_a_page_that_is_refused_may_be_tried_again_under_another_key(
    mine: dict[str, Any], key: str, refused: bool, card: str
) -> None:
    t = await at(collection(share(1, "ana", card=card, **mine), state="collecting"))
    turn = await heard(t, "not_asked", share="c:1", key=key, why="no")
    after = shares(turn)[0]
    assert (after.why, after.attempt) == (("refused", 2) if refused else ("", 1))
    assert after.card == (card or ("e/share1" if refused else "")) and len(turn.told("ana")) == refused
    nobody = await heard(t, "not_asked", share="c:9", key=key, why="no")
    assert shares(nobody)[0].attempt == 1


@pytest.mark.parametrize(("held", "going"), [("authorized", True), ("voided", False), (None, False)])
async def test_a_capture_that_is_refused_lets_go_first_of_what_is_still_held(held: str | None, going: bool) -> None:
    mine = share(1, "ana", taking=10_000, holds=1, **HELD)
    t = await at(collection(mine, share(2, "ben", taking=1, **HELD), state="committing", taken=kes(10_001)))
    payment = None if held is None else to_plain(word(held, mine))
    if not going:
        await t.store.commit(await hold(t, mine))
    turn = await heard(t, "not_captured", share="c:1", why="no", payment=payment)
    assert (shares(turn)[0].state, shares(turn)[0].letting_go) == (
        ("authorized", True) if going else ("capture_failed", False)
    )
    nobody = await heard(t, "not_captured", share="c:9", why="no", payment=payment)
    assert nobody.jobs == []


async def hold(t: Table, mine: Share) -> Any:
    s = step(collection(mine))
    book_authorized(s, mine)
    return await Ledger(t.store).ops(s.transactions)


@pytest.mark.parametrize(
    ("errand", "mine", "args", "wanted"),
    [
        ("ask_payment", {}, {"share": "c:1", "wanted": {"key": "c:1:ask:1"}}, True),
        ("ask_payment", {"state": "auth_expired"}, {"share": "c:1", "wanted": {"key": "c:1:ask:1"}}, True),
        ("ask_payment", {}, {"share": "c:1", "wanted": {"key": "c:1:ask:2"}}, False),
        ("ask_payment", ASKED, {"share": "c:1", "wanted": {"key": "c:1:ask:1"}}, False),
        ("ask_payment", {}, {"share": "c:9", "wanted": {"key": "c:1:ask:1"}}, False),
        ("check_payment", {}, {}, True), ("check_payment", {}, {"tries": 7}, True),
        ("check_payment", {}, {"tries": 8}, False), ("capture_payment", {}, {"tries": 99}, True),
    ],
)  # fmt: skip
def test_an_errand_is_tried_again_while_somebody_waits_for_it(
    errand: str, mine: dict[str, Any], args: dict[str, Any], wanted: bool
) -> None:
    assert still_wanted(step(collection(share(1, "ana", **mine))), errand, args) is wanted


async def test_an_errand_that_is_put_off_notes_when_it_is_due() -> None:
    back = refund(1, "requested")
    t = await at(collection(share(1, "ana", **PAID), state="committed"), refunds=(back,))
    args = {"collection": "c", "step": 3, "share": "c:1", "refund": back.id, "tries": 2}
    turn = await heard(t, "later", errand="refund_payment", args=args, after=8)
    due = NOW + timedelta(seconds=8)
    (job,) = turn.jobs
    assert (job.name, job.due_at, job.args["tries"], job.args["refund"]) == ("refund_payment", due, 2, back.id)
    assert shares(turn)[0].again == due
    assert [op.value.at for op in turn.ops if op.kind is REFUNDS] == [due]


@pytest.mark.parametrize(
    ("mine", "state", "started"),
    [
        ({}, "collecting", ["check_payment"]), ({}, "open", ["check_payment"]), ({}, "covered", []),
        ({"state": "auth_expired"}, "collecting", ["check_payment"]), ({"why": "refused"}, "collecting", []),
        (ASKED, "collecting", []), ({**ASKED, "letting_go": True}, "collecting", ["void_payment"]),
        ({"state": "link_sent", "letting_go": True}, "collecting", []),
        ({**HELD, "taking": 5}, "committing", ["capture_payment"]), (HELD, "committing", []),
        ({**PAID}, "committed", []), ({"again": NOW - timedelta(seconds=60)}, "collecting", []),
        ({"again": NOW - timedelta(seconds=61)}, "collecting", ["check_payment"]),
        ({"again": NOW + timedelta(seconds=60)}, "collecting", []),
    ],
)  # fmt: skip
def test_what_a_lost_job_should_have_done_is_started_again(
    mine: dict[str, Any], state: str, started: list[str]
) -> None:
    s = step(collection(share(1, "ana", **mine), state=state))
    restart(s)
    assert jobs(s) == started
    if started == ["check_payment"]:
        assert (s.jobs[0].args["share"], s.jobs[0].args["key"]) == ("c:1", "c:1:ask:1")


async def test_those_who_left_are_left_out_only_where_something_is_asked_of_them() -> None:
    here = collection(share(1, "ana"), share(2, "zed", card="e/z", **ASKED), total=20_000, state="collecting")
    over = replace(here, id="over", about="b", state="covered")
    all_here = replace(collection(share(1, "ana"), state="collecting"), id="all", about="d")
    paid = replace(collection(share(1, "ana"), share(2, "zed", **HELD), state="collecting"), id="paid", about="f")
    t = await at(here, over, all_here, paid)
    turn = Turn(Entry(id="e", thread="trip", what="member", at=NOW, value={}), t.thread, NOW)
    await t.house.members_changed(turn)
    assert [op.value.id for op in turn.ops if op.kind is COLLECTIONS] == ["c"]


async def test_who_covered_somebody_and_left_gives_the_part_back() -> None:
    back = share(2, "zed", role="cover", of="c:1", **ASKED)
    t = await at(collection(share(1, "ana", state="covered_by_other"), back, state="collecting"))
    turn = Turn(Entry(id="e", thread="trip", what="member", at=NOW, value={}), t.thread, NOW)
    await t.house.members_changed(turn)
    assert names(turn) == ["void_payment", "ask_payment"] and shares(turn)[0].state == "invited"


async def test_a_refund_that_came_without_a_notice_is_kept_by_the_next_look() -> None:
    back = refund(1)
    t = await at(collection(share(1, "ana", refunding=100, **PAID), state="committed"), refunds=(back,))
    came = [{"refund": back.id, "refunded": said("done", back)}]
    turn = await heard(t, "payments_watch", "timer", looks=[], refunds=came, lost=[])
    assert [op.value.state for op in turn.ops if op.kind is REFUNDS] == ["done"]


async def test_private_news_of_who_left_and_cannot_be_reached_is_only_noted() -> None:
    t = await at(collection(share(1, "zed", card="e/x", **ASKED), share(2, "ana"), state="collecting"))
    turn = await heard(t, "card", share="c:1")
    assert turn.appended == [] and "somebody who left cannot be reached" in turn.outcome


def said(state: str, of: Refund) -> dict[str, Any]:
    told: dict[str, Any] = to_plain(Refunded(id="r", key=of.key, payment="p", amount=of.amount, state=state, why="w"))
    return told


@pytest.mark.parametrize(("key", "moved"), [("", True), ("old", False)])
async def test_a_refund_moves_by_the_word_about_its_present_attempt(key: str, moved: bool) -> None:
    back = refund(1, "requested")
    t = await at(collection(share(1, "ana", refunding=100, **PAID), state="committed"), refunds=(back,))
    word = {**said("in_transit", back), **({"key": key} if key else {})}
    turn = await heard(t, "refund_looked", refund=back.id, refunded=word)
    assert [op.value.state for op in turn.ops if op.kind is REFUNDS] == (["in_transit"] if moved else [])
    refused = await heard(t, "not_refunded", refund=back.id, key=key or back.key, why="no")
    assert [op.value.state for op in refused.ops if op.kind is REFUNDS] == (["failed"] if moved else [])


async def test_a_refund_of_another_collection_is_not_moved() -> None:
    back = refund(1, "requested", collection="d")
    t = await at(collection(share(1, "ana", **PAID), state="committed"), refunds=(back,))
    turn = await heard(t, "refund_looked", refund=back.id, refunded=said("done", back))
    assert [op for op in turn.ops if op.kind is REFUNDS] == []
    none = await heard(t, "refund_looked", refund="nobody's", refunded=said("done", back))
    assert [op for op in none.ops if op.kind is REFUNDS] == []
    for topic in ("not_refunded", "refund_again", "refund_otherwise"):
        assert (await heard(t, topic, refund="nobody's", key="k", why="w", by="zed")).ops == []


@pytest.mark.parametrize(("state", "again"), [("failed", True), ("requested", False), ("done", False)])
async def test_a_refund_that_failed_is_asked_for_again_or_given_back_otherwise(state: str, again: bool) -> None:
    back = refund(1, state)
    t = await at(collection(share(1, "ana", refunding=100, **PAID), state="committed"), refunds=(back,))
    turn = await heard(t, "refund_again", refund=back.id)
    moved = [(op.value.state, op.value.attempt, op.value.at) for op in turn.ops if op.kind is REFUNDS]
    assert moved == ([("requested", 2, NOW)] if again else [])
    assert names(turn) == (["refund_payment", "payments_watch"] if again else [])
    other = await heard(t, "refund_otherwise", refund=back.id, by="zed", why="by hand")
    done = [(op.value.state, op.value.by, op.value.why) for op in other.ops if op.kind is REFUNDS]
    assert done == ([("done", "zed", "by hand")] if again else [])


@pytest.mark.parametrize(("minutes", "state", "over"), [(-1, "collecting", False), (0, "collecting", True),
                                                        (1, "open", True), (1, "covered", False)])  # fmt: skip
async def test_time_is_up_where_something_is_still_asked(minutes: int, state: str, over: bool) -> None:
    deadline = NOW - timedelta(minutes=minutes)
    t = await at(collection(share(1, "ana", **ASKED), state=state, deadline=deadline))
    turn = await heard(t, "payments_deadline", "timer", looks=[])
    assert [op.value.state for op in turn.ops if op.kind is COLLECTIONS] == ["releasing" if over else state]
    watched = await heard(t, "payments_watch", "timer", looks=[], refunds=[], lost=["r"])
    assert names(watched) == (["payments_deadline", "refund_payment"] if over else ["refund_payment"])
    assert watched.jobs[-1].args["unsure"] is True and watched.jobs[-1].args["refund"] == "r"


async def test_looks_move_shares_and_those_of_no_share_move_nothing() -> None:
    mine = share(1, "ana", **ASKED)
    t = await at(collection(mine, share(2, "ben"), state="collecting"))
    looks = [{"share": of, "payment": to_plain(word("declined", mine, why="no"))} for of in ("c:9", "c:1")]
    turn = await heard(t, "payments_deadline", "timer", looks=looks)
    assert shares(turn)[0].state == "declined"


@pytest.mark.parametrize(
    ("mine", "state", "reminded"),
    [(ASKED, "collecting", 1), (HELD, "collecting", 0), ({**ASKED, "letting_go": True}, "collecting", 0),
     (ASKED, "covered", 0)],
)  # fmt: skip
async def test_who_has_not_paid_is_reminded(mine: dict[str, Any], state: str, reminded: int) -> None:
    turn = await heard(await at(collection(share(1, "ana", **mine), state=state)), "payments_remind", "timer")
    assert [d.text for d in turn.told("ana")] == [say("remind", title="Mombasa")] * reminded


async def test_an_answer_is_as_old_as_the_step_that_asked_for_it() -> None:
    ended = share(1, "ana", state="voided", payment="p", over_at=1)
    t = await at(collection(ended, state="released"))
    for asked, anew in ((None, True), (1, True), (2, False)):
        value: dict[str, Any] = {"share": "c:1", "payment": to_plain(word("authorized", ended))}
        turn = await heard(t, "looked", **(value if asked is None else {**value, "step": asked}))
        assert (names(turn) == ["check_payment"]) is anew
    first = await at(collection(replace(ended, over_at=0), state="released"))
    assert names(await heard(first, "looked", share="c:1", payment=to_plain(word("authorized", ended)))) == [
        "check_payment"
    ]
