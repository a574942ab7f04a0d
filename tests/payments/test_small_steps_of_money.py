"""Single steps of the money code that whole purchases do not show: a small bug in each once went unseen."""

from datetime import timedelta
from typing import Any

import pytest

from bot.content import Draft
from bot.errors import Explain
from payments.covering import left
from payments.ledger import Contradiction, Ledger, Posting, Transaction
from payments.model import document_id
from payments.moves import follow
from payments.shares import apportion, bearers, come_back, each_bears, open_gap, outstanding, short, to_take
from payments.steps import LONGEST_PAGE
from tests.payments.shelf import Shelf
from tests.payments.single import NOW, collection, jobs, kes, share, step, word
from tests.payments.table import table


def movement(id: str, *moved: tuple[str, int], kind: str = "post", resolves: str | None = None) -> Transaction:
    postings = tuple(Posting(account=account, minor=minor, currency="KES") for account, minor in moved)
    return Transaction(
        id=id, thread="t", what="w", at=NOW, cause="e", actor="ana", postings=postings, kind=kind, resolves=resolves
    )


async def test_what_somebody_holds_ready_is_never_moved_the_other_way_not_even_one_cent() -> None:
    shelf = Shelf()
    held = movement("hold", ("payer:ana", -100), ("payer:ben", -50), ("inflight:c", 150), kind="pending")
    await shelf.commit(await Ledger(shelf).ops([held]))
    with pytest.raises(Contradiction, match="takes more than"):
        await Ledger(shelf).ops([movement("take", ("payer:ana", 1), ("payer:ben", -1), resolves="hold")])


async def test_of_what_is_held_ready_a_part_may_move_nothing() -> None:
    shelf = Shelf()
    held = movement("hold", ("payer:ana", -100), ("inflight:c", 60), ("platform_fee:x", 40), kind="pending")
    await shelf.commit(await Ledger(shelf).ops([held]))
    part = movement("take", ("payer:ana", -60), ("inflight:c", 60), ("platform_fee:x", 0), resolves="hold")
    assert await Ledger(shelf).ops([part])


def test_who_bears_the_odd_cent_stays_the_same_from_version_to_version() -> None:
    drawn = {seed: [m.minor for m in apportion(kes(100), [1, 1, 1], seed)] for seed in ("c1", "c2", "c3", "c4")}
    assert drawn == {"c1": [33, 33, 34], "c2": [34, 33, 33], "c3": [33, 33, 34], "c4": [33, 33, 34]}


HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}


def test_of_a_part_and_its_rise_the_part_is_taken_first_and_of_the_rise_only_what_is_missing() -> None:
    c = collection(share(1, "ana", 100, **HELD), share(2, "ana", 50, role="top_up", of="c:1", weight=0, **HELD))
    assert to_take(c, kes(120)) == {"c:1": 100, "c:2": 20}


def test_a_rise_that_one_held_for_all_is_only_taken_when_the_parts_do_not_do() -> None:
    c = collection(share(1, "ben", 100, **HELD), share(2, "ana", 50, role="top_up", weight=0, **HELD))
    assert to_take(c, kes(100)) == {"c:1": 100, "c:2": 0}
    assert to_take(c, kes(130)) == {"c:1": 100, "c:2": 30}


def test_after_a_fall_in_price_each_pays_as_the_cart_would_tell_it() -> None:
    held = [share(n, who, state="authorized", payment=who) for n, who in enumerate(("ana", "ben", "chi"), 1)]
    for minor in range(20_000, 20_020):
        told = each_bears(kes(minor), [(who, 1) for who in ("chi", "ben", "ana")])[::-1]
        assert list(to_take(collection(*held), kes(minor)).values()) == [part.minor for part in told]


def test_who_authorised_exactly_their_part_of_a_price_that_fell_pays_as_told_and_so_do_the_others() -> None:
    people = [("ana", 1), ("ben", 1), ("chi", 1)]
    for minor in range(30_000, 30_020):
        told = [part.minor for part in each_bears(kes(minor), people)]
        authorised = [told[0], told[1] + 500, told[2] + 500]
        held = [share(n, who, authorised[n], **HELD) for n, (who, _) in enumerate(people)]
        assert list(to_take(collection(*held), kes(minor)).values()) == told


def test_a_rise_that_one_paid_is_borne_by_those_with_a_part_of_their_own_who_stayed() -> None:
    rise = share(4, "ana", 50, role="top_up", weight=0)
    gone, guest = share(3, "chi", why="left", state="voided"), share(5, "dan", role="cover", of="c:2")
    c = collection(share(1, "ana", weight=2), share(2, "ben"), gone, rise, guest, share(6, "eve", weight=0))
    assert bearers(c, rise) == [("ana", 2), ("ben", 1)]
    assert bearers(c, guest) == [("ben", 1)]


def test_of_two_states_of_a_card_in_one_turn_only_the_last_is_shown_and_other_cards_stay() -> None:
    s = step(collection())
    for draft in (
        Draft(text="one", name="a"), Draft(text="another", name="b"), Draft(text="plain"),
        Draft(text="one again", replaces="cause/a"), Draft(text="old", replaces="e/x"),
        Draft(text="o2", replaces="e/y"), Draft(text="old again", replaces="e/x"),
    ):  # fmt: skip
        s.show(draft)
    shown = [(d.text, d.name, d.replaces) for d in s.drafts]
    assert shown == [
        ("one again", "a", ""), ("another", "b", ""), ("plain", "", ""), ("old again", "", "e/x"), ("o2", "", "e/y"),
    ]  # fmt: skip


def test_a_further_share_is_numbered_on_and_asked_for_at_once_with_a_title_that_the_service_takes() -> None:
    s = step(collection(share(1, "ana"), title="x" * 300))
    assert s.add_share(person="ben", name="Ben", amount=kes(500)).id == "c:2"
    (job,) = s.jobs
    assert (job.name, job.due_at, len(job.args["wanted"]["title"])) == ("ask_payment", NOW, 200)


def test_a_page_closes_with_the_collection_but_that_of_a_debt_stays_open() -> None:
    s = step(collection(share(1, "ana"), share(2, "ben", role="debt")))
    assert s.page_until(s.collection.shares[0]) == NOW + timedelta(hours=1)
    assert s.page_until(s.collection.shares[1]) == NOW + LONGEST_PAGE


def test_when_a_share_ended_is_kept_for_late_answers_and_only_then() -> None:
    s = step(collection(share(1, "ana"), share(2, "ben"), steps=7))
    assert s.move_share(s.collection.shares[0], "voided").over_at == 7
    assert s.move_share(s.collection.shares[1], "link_sent").over_at == 0


def test_letting_go_calls_the_service_once_and_not_where_it_holds_nothing() -> None:
    s = step(collection(share(1, "ana", **HELD), share(2, "ben", state="auth_expired", payment="p"), share(3, "chi")))
    going = s.let_go(s.collection.shares[0], "over")
    assert going.letting_go and going.why == "over" and s.let_go(going, "again") == going
    assert s.let_go(s.collection.shares[1]).state == s.let_go(s.collection.shares[2]).state == "voided"
    assert s.let_go(share(4, "ben", state="link_sent", payment="")).state == "voided"
    assert [(j.name, j.args["share"]) for j in s.jobs] == [("void_payment", "c:1")]


def test_looking_after_a_collection_begins_with_the_first_look() -> None:
    s = step(collection())
    s.watch()
    assert jobs(s) == ["payments_watch"] and s.jobs[0].args["n"] == 0 and s.jobs[0].due_at == NOW + timedelta(minutes=1)


async def test_a_collection_is_found_by_its_id_and_taking_lets_go_of_what_is_not_needed() -> None:
    t = table("ana", "ben")
    await t.open(kes(20_000), "ana", "ben")
    known = await t.collection()
    assert await t.house.collections.get(known.id) == known and await t.house.collections.get("none") is None
    late, mandate = share(3, "ben", 500, role="top_up"), share(4, "ana", role="backstop", **HELD)
    c = collection(share(1, "ana", **HELD), share(2, "ben", **HELD), late, mandate, state="committing")
    after = t.house.collections.take(step(c), c, kes(20_000)).collection
    assert [(s.taking, s.state, s.letting_go) for s in after.shares] == [
        (10_000, "authorized", False), (10_000, "authorized", False), (0, "voided", False), (0, "authorized", False),
    ]  # fmt: skip


def test_who_leaves_hands_back_the_part_that_they_wanted_to_cover() -> None:
    covered = share(1, "ana", state="covered_by_other")
    s = step(collection(covered, share(2, "chi", role="cover", of="c:1"), share(3, "ben", **HELD), state="collecting"))
    left(s, "chi")
    assert [(x.state, x.attempt) for x in s.collection.shares] == [("invited", 2), ("voided", 1), ("authorized", 1)]


async def test_a_page_of_which_the_service_never_heard_is_asked_for_anew() -> None:
    t = table("ana")
    await t.open(kes(10_000), "ana")
    asked = await t.share("ana")
    assert asked is not None
    about = {"collection": asked.id.rpartition(":")[0], "share": asked.id, "key": asked.key}
    for key in ("another", asked.key):
        t.append(t._entry("payment", {"topic": "not_there", **about, "key": key}))
        while t.entries:
            await t.handle()
        now = await t.share("ana")
        assert now is not None and now.attempt == (2 if key == asked.key else 1)


def test_what_was_covered_for_the_only_payer_who_left_is_taken_and_written_down() -> None:
    gone = share(1, "ana", state="voided", why="left")
    cover = share(2, "ben", role="cover", of="c:1", taking=10_000, **HELD)
    s = step(collection(gone, cover, state="committing", taken=kes(10_000)))
    follow(s, cover, word("captured", cover, captured=kes(10_000)))
    assert s.collection.state == "committed" and [t.what for t in s.transactions][-2:] == ["commit", "shares"]


def test_a_rise_is_not_borne_by_who_left_before_it_was_divided_anew_and_by_others_once() -> None:
    old = [share(n, who, state="voided", why="resplit") for n, who in ((1, "ana"), (2, "ben"), (3, "chi"))]
    rise = share(6, "ana", 50, role="top_up", weight=0)
    c = collection(*old, share(4, "ana", 15_000), share(5, "ben", 15_000), rise)
    assert bearers(c, rise) == [("ana", 1), ("ben", 1)]


def test_what_nobody_has_authorised_is_short_and_nothing_is_before_a_price_is_confirmed() -> None:
    part = share(1, "ana", 100, taking=100, **HELD)
    assert short(collection(part)) == open_gap(collection(part)) == 0
    assert short(collection(part, taken=kes(130))) == 30 and short(collection(part, taken=kes(90))) == 0


def test_a_debt_that_is_just_being_paid_is_outstanding_and_nothing_else_that_is_held() -> None:
    gone = share(1, "ana", 100, state="capture_failed", taking=100)
    held = share(2, "ben", 50, taking=50, **HELD)
    paying = share(3, "ben", 70, role="debt", taking=70, **HELD)
    paid = share(4, "chi", 30, role="debt", state="captured", taking=30, captured=30)
    assert outstanding(collection(gone, held, paying, paid, taken=kes(150))) == 70


def test_what_comes_back_is_divided_between_who_paid_and_who_still_owes() -> None:
    gone = share(2, "ben", 10_000, state="capture_failed", taking=10_000)
    paid = share(1, "ana", 10_000, state="captured", taking=10_000, captured=10_000)
    debt = share(3, "chi", 4_000, role="debt", state="captured", taking=4_000, captured=4_000)
    c = collection(paid, gone, debt, state="committed", taken=kes(20_000))
    assert come_back(c, kes(2_000), "k") == (kes(1_400), 600)
    assert come_back(c, kes(0), "k") == (kes(0), 0) and come_back(c, kes(30_000), "k") == (kes(14_000), 6_000)


def test_only_what_is_held_towards_the_total_ends_the_paying_of_a_rise() -> None:
    ends = [NOW + timedelta(minutes=m) for m in (20, 25, 60)]
    gone = share(1, "ben", state="voided", payment="p", held_until=ends[0])
    mandate = share(2, "ana", role="backstop", held_until=ends[1], **HELD)
    c = collection(gone, mandate, share(3, "ana", held_until=ends[2], **HELD), total=10_000, state="covered")
    risen = table("ana").house.collections.fits(step(c), c, kes(11_000), deadline=NOW + timedelta(hours=2))
    assert risen.collection.state == "collecting" and risen.collection.deadline == NOW + timedelta(minutes=50)


def test_what_is_back_or_on_its_way_is_not_given_back_once_more() -> None:
    paid = share(1, "ana", state="captured", captured=10_000, refunded=4_000, refunding=1_000)
    c, house = collection(paid, state="committed", taken=kes(10_000)), table("ana").house.collections
    assert house.refundable(c) == kes(5_000)
    with pytest.raises(Explain):
        house.refund(step(c), c, kes(5_001), "w", "k", by="ana")
    (back,) = house.refund(step(c), c, kes(5_000), "w", "k", by="ana").collection.shares
    assert (back.refunding, back.refundable) == (6_000, 0)


def test_the_id_of_a_mandate_stays_the_same_from_version_to_version() -> None:
    assert document_id("mandate", "k") == "mandate-4e1cf695df3112ede2"
