"""One step of covering, handing back and leaving: whose page closes, whose opens, and what is divided anew."""

from typing import Any

import pytest

from bot.errors import Explain, NotAllowed
from bot.model import Person
from payments.covering import cover, divide, left, may_divide, uncover
from payments.model import Payer, Share
from payments.steps import Step
from payments.texts import say
from tests.payments.single import collection, jobs, kes, share, step

BEN = Person(id="ben", name="Ben")
CHI = Person(id="chi", name="Chi")
HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}
ASKED: dict[str, Any] = {"state": "link_sent", "payment": "p", "url": "https://pay"}


@pytest.mark.parametrize(
    ("part", "closes"),
    [({}, []), (ASKED, ["void_payment"]), ({"state": "declined", "payment": "p"}, ["void_payment"]),
     ({"state": "auth_expired", "payment": "p"}, [])],
)  # fmt: skip
def test_a_part_that_is_covered_closes_the_page_that_is_open(part: dict[str, Any], closes: list[str]) -> None:
    s = step(collection(share(1, "ana", card="e/a", **part), share(2, "ben", **HELD), state="collecting"))
    cover(s, s.collection.shares[0], BEN)
    mine, _, covering = s.collection.shares
    assert (mine.state, mine.url, mine.letting_go) == ("covered_by_other", "", False)
    assert (covering.person, covering.role, covering.of, covering.amount) == ("ben", "cover", "c:1", kes(10_000))
    assert jobs(s) == [*closes, "ask_payment"] and covering.weight == mine.weight
    assert [e.value["share"] for e in s.entries if e.value["topic"] == "card"] == ["c:1"] and len(s.drafts) == 1


def test_the_part_of_who_left_may_be_taken_over_by_anybody_even_by_them() -> None:
    s = step(collection(share(1, "ana", state="voided", why="left"), share(2, "ben", **HELD), state="collecting"))
    cover(s, s.collection.shares[0], Person(id="ana", name="Ana"))
    assert [(x.state, x.role) for x in s.collection.shares] == [
        ("voided", "own"), ("authorized", "own"), ("invited", "cover"),
    ]  # fmt: skip
    with pytest.raises(Explain, match="own"):
        cover(s, s.collection.shares[1], BEN)


@pytest.mark.parametrize(
    ("state", "part", "told"),
    [("collecting", HELD, "already_paid"), ("committed", {"state": "captured", "payment": "p"}, "gone"),
     ("covered", HELD, "gone"), ("collecting", {"role": "debt", **ASKED}, "already_paid"),
     ("collecting", {"why": "resplit", **ASKED}, "already_paid")],
)  # fmt: skip
def test_what_is_paid_or_over_is_covered_by_nobody(state: str, part: dict[str, Any], told: str) -> None:
    s = step(collection(share(1, "ana", **part), state=state))
    with pytest.raises(Explain) as refused:
        cover(s, s.collection.shares[0], BEN)
    assert str(refused.value) == say(told) and jobs(s) == []


def covered(of: str = "collecting", **covering: Any) -> Step:
    back = share(2, "ben", role="cover", of="c:1", card="e/b", **{**ASKED, **covering})
    return step(collection(share(1, "ana", state="covered_by_other"), back, share(3, "chi"), state=of))


def test_one_covers_at_a_time_and_the_name_is_said() -> None:
    s = covered()
    with pytest.raises(Explain, match="Ben"):
        cover(s, s.collection.shares[0], CHI)


@pytest.mark.parametrize("by", ["ana", "ben"])
def test_either_of_the_two_gives_a_part_back_and_it_is_asked_for_anew(by: str) -> None:
    s = covered()
    uncover(s, s.collection.shares[0], Person(id=by, name=by))
    mine, covering, _ = s.collection.shares
    assert (mine.state, mine.attempt) == ("invited", 2)
    assert covering.letting_go and covering.why == "not needed" and jobs(s) == ["void_payment", "ask_payment"]
    assert [e.value["share"] for e in s.entries if e.value["topic"] == "card"] == ["c:2"] and len(s.drafts) == 1


@pytest.mark.parametrize(
    ("state", "covering", "by", "told"),
    [("covered", {}, "ana", "gone"), ("collecting", {}, "chi", "not_yours"),
     ("collecting", HELD, "ana", "already_paid"), ("collecting", {"letting_go": True}, "ana", "gone"),
     ("covered", {"letting_go": True}, "ana", "gone")],
)  # fmt: skip
def test_a_part_is_given_back_by_those_two_alone_while_it_is_not_paid(
    state: str, covering: dict[str, Any], by: str, told: str
) -> None:
    s = covered(state, **covering)
    with pytest.raises((Explain, NotAllowed)) as refused:
        uncover(s, s.collection.shares[0], Person(id=by, name=by))
    assert str(refused.value) == say(told) and jobs(s) == []


def test_who_leaves_hands_back_what_they_cover_and_only_what_still_waits_for_them() -> None:
    for mine, state in (("covered_by_other", "invited"), ("voided", "voided")):
        s = covered()
        s.put(share(1, "ana", state=mine))
        left(s, "ben")
        assert [x.state for x in s.collection.shares] == [state, "link_sent", "invited"]
        assert s.collection.shares[1].letting_go and s.drafts == []


def test_a_part_without_its_owner_is_let_go_and_offered_once_money_is_held() -> None:
    rise = share(4, "ana", 100, role="top_up", weight=0)
    s = step(collection(share(1, "ana", **ASKED), share(2, "ben", **HELD), share(3, "chi"), rise, state="collecting"))
    left(s, "ana")
    assert [(x.state, x.letting_go, x.why) for x in s.collection.shares] == [
        ("link_sent", True, "left"), ("authorized", False, ""), ("invited", False, ""), ("voided", False, "left"),
    ]  # fmt: skip
    offered, card = s.drafts
    assert (offered.text, offered.notice) == (say("left_offered", name="Ana", title="Mombasa"), True) and card.card


@pytest.mark.parametrize("state", ["covered", "committing", "committed", "released"])
def test_who_leaves_when_nothing_is_asked_any_more_changes_nothing(state: str) -> None:
    s = step(collection(share(1, "ana"), share(2, "ben"), state=state))
    before = s.collection
    left(s, "ana")
    assert (s.collection, s.drafts, s.jobs) == (before, [], [])


def test_the_total_is_divided_among_those_who_are_still_here() -> None:
    old, mandate = share(5, "chi", state="voided", why="resplit"), share(6, "ben", role="backstop", **HELD)
    going = share(7, "ana", letting_go=True, **{**ASKED, "payment": "q"})
    parts = (share(1, "ana", weight=2), share(2, "ben", card="e/b", **ASKED), share(3, "chi"), share(4, "dan"))
    s = step(collection(*parts, old, mandate, going, total=30_000, state="collecting"))
    left(s, "chi")
    assert [(x.state, x.letting_go, x.why) for x in s.collection.shares[:7]] == [
        ("voided", False, "resplit"), ("link_sent", True, "resplit"), ("voided", False, "resplit"),
        ("voided", False, "resplit"), ("voided", False, "resplit"), ("authorized", False, ""), ("link_sent", True, ""),
    ]  # fmt: skip
    assert [(x.person, x.amount, x.weight) for x in s.collection.shares[7:]] == [
        ("ana", kes(20_000), 2), ("ben", kes(10_000), 1),
    ]  # fmt: skip
    assert jobs(s) == ["void_payment", "ask_payment", "ask_payment"] and s.collection.why == ""
    assert [d.only_for for d in s.drafts] == [("ana",), ("ben",), ()]


@pytest.mark.parametrize(
    "other",
    [
        share(2, "ben", state="voided"), share(2, "ben", letting_go=True, **ASKED), share(2, "dan"),
        share(2, "ana"), share(2, "ben", role="backstop"),
    ],
)  # fmt: skip
def test_nothing_is_divided_anew_where_nobody_else_is_there_to_pay(other: Share) -> None:
    s = step(collection(share(1, "ana"), other, state="collecting"))
    left(s, "ana")
    assert s.collection.shares[0].why == "left" and len(s.collection.shares) == 2


@pytest.mark.parametrize(
    ("other", "may"),
    [
        (share(2, "ben"), True), (share(2, "ben", **ASKED), True), (share(2, "ben", **HELD), False),
        (share(2, "ben", role="top_up"), False), (share(2, "ben", state="voided"), True),
        (share(2, "ben", letting_go=True, **HELD), True), (share(2, "ben", role="backstop", **HELD), True),
    ],
)  # fmt: skip
def test_others_may_be_asked_instead_while_nothing_is_held_and_nobody_covers(other: Share, may: bool) -> None:
    assert may_divide(collection(share(1, "ana"), other, state="collecting")) is may
    assert not may_divide(collection(share(1, "ana"), other, state="covered"))


def test_those_who_are_asked_instead_get_pages_and_the_others_are_closed() -> None:
    held, going = share(3, "chi", **HELD), share(4, "ben", letting_go=True, card="e/d", **ASKED)
    mandate = share(5, "ana", role="backstop", card="e/e")
    parts = (share(1, "ana", card="e/a"), share(2, "ben", **ASKED), held, going, mandate)
    s = step(collection(*parts, state="collecting"))
    divide(s, [(Payer(person="dan", name="Dan", weight=3), kes(500))])
    assert [(x.state, x.letting_go, x.why) for x in s.collection.shares[:5]] == [
        ("voided", False, "resplit"), ("link_sent", True, "resplit"), ("authorized", False, ""),
        ("link_sent", True, ""), ("invited", False, ""),
    ]  # fmt: skip
    new = s.collection.shares[5]
    assert (new.person, new.name, new.amount, new.weight, new.role) == ("dan", "Dan", kes(500), 3, "own")
    assert [e.value["share"] for e in s.entries] == ["c:1"] and len(s.drafts) == 1
