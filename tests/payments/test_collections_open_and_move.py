"""What booking asks of a collection, one call at a time: opening, dividing, pricing again, taking and giving back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.documents import Insert
from bot.errors import Explain
from bot.money import Money
from payments.collecting import Collections, collection_id
from payments.model import COLLECTIONS, Collection, Payer
from payments.steps import Step
from payments.texts import say
from tests.payments.single import NOW, collection, jobs, kes, share, step
from tests.payments.table import table

HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}
PAID: dict[str, Any] = {"state": "captured", "payment": "p"}
HOUR = timedelta(hours=1)
TWO = (Payer(person="ana", name="Ana", weight=2), Payer(person="ben", name="Ben"))
HERE = step(collection())


def collections() -> Collections:
    return table("ana").house.collections


def opened(minor: int = 30_000, payers: tuple[Payer, ...] = TWO, **more: Any) -> Step:
    told: dict[str, Any] = {"deadline": NOW + HOUR, "organiser": "ana", **more}
    return collections().open(HERE, about="checkout", title="Mombasa", total=kes(minor), payers=payers, **told)


async def test_the_id_of_a_collection_stays_the_same_from_version_to_version() -> None:
    t = table("ana")
    c = replace(collection(), id=collection_id("trip", "checkout"), about="checkout")
    assert c.id == "c0b160bff116747edda"
    await t.store.commit([Insert(COLLECTIONS, c)])
    assert (await t.house.collections.of("checkout") or c).id == c.id and await t.house.collections.of("no") is None


def test_everybody_is_asked_and_time_is_kept() -> None:
    s = opened()
    c = s.collection
    assert [(x.id, x.person, x.amount, x.weight, x.state) for x in c.shares] == [
        (f"{c.id}:1", "ana", kes(20_000), 2, "invited"), (f"{c.id}:2", "ben", kes(10_000), 1, "invited"),
    ]  # fmt: skip
    assert [(j.name, j.due_at - NOW) for j in s.jobs] == [
        ("ask_payment", timedelta(0)), ("ask_payment", timedelta(0)), ("payments_deadline", HOUR),
        ("payments_remind", timedelta(minutes=45)), ("payments_watch", timedelta(minutes=1)),
    ]  # fmt: skip
    assert [e.value["topic"] for e in s.entries] == ["opened"] and c.card == f"{s.entries[0].id}/card"
    assert s.new and (c.deadline, c.organiser, c.opened_at) == (NOW + HOUR, "ana", NOW)


@pytest.mark.parametrize(
    ("held", "wanted", "deadline"), [(60, None, 60), (60, 30, 30), (60, 90, 60), (2, None, 2), (60, 2, 2)]
)
def test_time_is_up_when_the_hold_ends_or_the_group_wants(held: int, wanted: int | None, deadline: int) -> None:
    wanted_by = None if wanted is None else NOW + timedelta(minutes=wanted)
    s = opened(deadline=NOW + timedelta(minutes=held), wanted_by=wanted_by)
    assert s.collection.deadline == NOW + timedelta(minutes=deadline)


@pytest.mark.parametrize(
    ("minor", "payers", "more", "told"),
    [
        (30_000, TWO, {"deadline": NOW + timedelta(seconds=119)}, say("too_late")),
        (30_000, (), {}, say("no_payers")),
        (30_000, (*TWO, TWO[0]), {}, say("twice", name="Ana")),
        (30_000, (TWO[0], Payer(person="ben", name="Ben", weight=0)), {}, say("share_of_zero", name="Ben")),
        (49, TWO, {}, say("total_too_small", total=kes(49), least=kes(50))),
        (147, TWO, {}, say("share_too_small", name="Ben", amount=kes(49), least=kes(50))),
    ],
)  # fmt: skip
def test_what_cannot_be_collected_is_said(
    minor: int, payers: tuple[Payer, ...], more: dict[str, Any], told: str
) -> None:
    with pytest.raises(Explain) as refused:
        opened(minor, payers, **more)
    assert str(refused.value) == told


def test_the_least_can_be_collected() -> None:
    assert [s.amount for s in opened(150).collection.shares] == [kes(100), kes(50)]
    assert [s.amount for s in opened(50, TWO[:1]).collection.shares] == [kes(50)]


def test_others_are_asked_while_nobody_has_paid() -> None:
    s = collections().divided(HERE, collection(share(1, "ana", 30_000), state="collecting"), TWO)
    assert [(x.person, x.amount, x.state) for x in s.collection.shares] == [
        ("ana", kes(30_000), "voided"), ("ana", kes(20_000), "invited"), ("ben", kes(10_000), "invited"),
    ]  # fmt: skip
    with pytest.raises(Explain) as refused:
        collections().divided(HERE, collection(share(1, "ana", **HELD), state="collecting"), TWO)
    assert str(refused.value) == say("parts_stay")


def covered(*more: Any, **how: Any) -> Collection:
    parts = (share(1, "ana", 20_000, weight=2, **HELD), share(2, "ben", **HELD), *more)
    return collection(*parts, **{"state": "covered", **how})


@pytest.mark.parametrize(
    ("repriced", "state"), [(29_999, "committing"), (30_000, "committing"), (30_150, "collecting")]
)
def test_what_is_held_pays_the_new_price_or_everybody_is_asked_for_their_part_of_the_rise(
    repriced: int, state: str
) -> None:
    later = NOW + 2 * HOUR
    s = collections().fits(HERE, covered(), kes(repriced), deadline=later)
    assert (s.collection.state, s.collection.total, len(s.drafts)) == (state, kes(repriced), 1)
    if state == "committing":
        assert s.jobs == [] and s.collection.deadline == NOW + HOUR
        return
    assert [(x.person, x.amount, x.role, x.of, x.weight) for x in s.collection.shares[2:]] == [
        ("ana", kes(100), "top_up", "c:1", 0), ("ben", kes(50), "top_up", "c:2", 0),
    ]  # fmt: skip
    assert s.collection.deadline == later and [(j.name, j.due_at) for j in s.jobs][-1] == ("payments_deadline", later)
    assert jobs(s) == ["ask_payment", "ask_payment", "payments_deadline"]


def test_without_a_new_deadline_the_old_one_stays_and_what_is_not_covered_is_left_alone() -> None:
    assert collections().fits(HERE, covered(), kes(60_000)).collection.deadline == NOW + HOUR
    s = collections().fits(HERE, covered(state="collecting"), kes(10))
    assert (s.collection, s.jobs, s.drafts) == (covered(state="collecting"), [], [])


@pytest.mark.parametrize(("rise", "asked"), [(148, 148), (30, 50), (50, 50), (51, 51)])
def test_a_rise_too_small_to_divide_is_the_organisers_and_at_least_what_the_service_takes(
    rise: int, asked: int
) -> None:
    s = collections().fits(HERE, covered(organiser="ben"), kes(30_000 + rise))
    (one,) = s.collection.shares[2:]
    assert (one.person, one.name, one.amount, one.of, one.weight) == ("ben", "Ben", kes(asked), "", 0)


def test_an_organiser_who_pays_nothing_is_called_by_their_name_here() -> None:
    for organiser, name in (("chi", "Chi"), ("zed", "")):
        s = collections().fits(HERE, covered(organiser=organiser), kes(30_001))
        assert (s.collection.shares[2].person, s.collection.shares[2].name) == (organiser, name)


def test_a_rise_is_borne_by_those_who_hold_money_and_are_here_a_covered_part_by_its_weight() -> None:
    covering = share(3, "chi", role="cover", of="c:4", weight=0, **HELD)
    whose = share(4, "dan", weight=3, state="covered_by_other")
    away, mandate = share(5, "zed", **HELD), share(6, "ana", role="backstop", **HELD)
    s = collections().fits(HERE, covered(covering, whose, away, mandate), kes(50_600))
    assert [(x.person, x.amount, x.of) for x in s.collection.shares[6:]] == [
        ("ana", kes(200), "c:1"), ("ben", kes(100), "c:2"), ("chi", kes(300), "c:3"),
    ]  # fmt: skip


def test_where_all_who_hold_money_are_away_they_bear_the_rise_even_so() -> None:
    s = collections().fits(HERE, collection(share(1, "zed", weight=0, **HELD), state="covered"), kes(10_100))
    assert [(x.person, x.amount, x.of) for x in s.collection.shares[1:]] == [("zed", kes(100), "c:1")]


def test_what_is_confirmed_is_taken_and_the_rest_let_go() -> None:
    rest = (share(3, "chi", role="top_up", weight=0, of="c:2"), share(4, "ana", role="backstop", **HELD))
    c = covered(*rest, state="committing")
    s = collections().take(HERE, c, kes(30_000))
    assert [(x.taking, x.state) for x in s.collection.shares] == [
        (20_000, "authorized"), (10_000, "authorized"), (0, "voided"), (0, "authorized"),
    ]  # fmt: skip
    assert s.collection.taken == kes(30_000) and jobs(s) == ["capture_payment", "capture_payment"]
    more = collections().take(HERE, c, kes(40_000)).collection
    assert more.taken == kes(40_000) and [x.taking for x in more.shares] == [20_000, 10_000, 0, 0]


@pytest.mark.parametrize("how", [{"state": "covered"}, {"state": "committing", "taken": kes(1)}])
def test_what_is_not_there_to_be_taken_or_released_stays(how: dict[str, Any]) -> None:
    c = covered(**how)
    s = collections().take(HERE, c, kes(30_000))
    assert (s.collection, s.jobs) == (c, [])
    if c.taken is not None:
        assert collections().release(HERE, c, "over").collection == c


@pytest.mark.parametrize(("confirmed", "released"), [(0, True), (-1, True), (1, False)])
def test_nothing_confirmed_releases_everything(confirmed: int, released: bool) -> None:
    s = collections().take(HERE, covered(state="committing"), kes(confirmed))
    assert (s.collection.state == "releasing") is released
    assert jobs(s) == (["void_payment"] * 2 if released else ["capture_payment", "void_payment"])


@pytest.mark.parametrize("state", ["open", "collecting", "covered", "committing", "expired", "releasing", "released"])
def test_what_still_asks_or_holds_is_released(state: str) -> None:
    s = collections().release(HERE, covered(state=state), "called off")
    over = state in ("expired", "releasing", "released")
    assert (s.collection.state, s.collection.why) == ((state, "") if over else ("releasing", "called off"))


def bought(**more: Any) -> Collection:
    parts = (
        share(1, "ana", 20_000, captured=20_000, **PAID),
        share(2, "ben", captured=10_000, **PAID),
        share(3, "chi"),
    )
    return collection(*parts, **{"state": "committed", "taken": kes(30_000), **more})


def test_it_goes_back_in_proportion_to_what_was_taken() -> None:
    s = collections().refund(HERE, bought(), kes(3_000), "cancelled", "k", by="ana", spare=7)
    assert [op.value.amount for op in s.ops] == [kes(2_000), kes(1_000)]
    assert [(op.value.why, op.value.by) for op in s.ops] == [("cancelled", "ana")] * 2
    assert (s.collection.refunds, s.collection.spare) == ({"k": 3_000}, 7)
    assert jobs(s) == ["refund_payment", "refund_payment", "payments_watch"]
    assert [(e.value["topic"], e.value["key"]) for e in s.entries] == [("spared", "k")]
    assert collections().refundable(s.collection) == kes(27_000)


def test_the_same_refund_again_changes_nothing_and_another_amount_is_a_mistake() -> None:
    once = bought(refunds={"k": 3_000})
    s = collections().refund(HERE, once, kes(3_000), "again", "k", by="ana")
    assert (s.collection, s.jobs, s.ops) == (once, [], [])
    with pytest.raises(ValueError, match="another amount"):
        collections().refund(HERE, once, kes(3_001), "again", "k", by="ana")


def test_no_more_than_was_taken_goes_back_and_nothing_is_nothing() -> None:
    assert collections().refund(HERE, bought(), kes(30_000), "all", "k", by="ana").ops
    with pytest.raises(Explain) as refused:
        collections().refund(HERE, bought(), kes(30_001), "all", "k", by="ana")
    assert str(refused.value) == say("more_than_taken", amount=kes(30_001), rest=kes(30_000))
    nothing = collections().refund(HERE, bought(), kes(0), "none", "k", by="ana")
    assert (nothing.jobs, nothing.ops, nothing.entries) == ([], [], [])


def test_a_part_too_small_for_a_cent_gets_no_refund() -> None:
    tiny = share(4, "chi", 1, captured=1, **PAID)
    s = collections().refund(HERE, collection(share(1, "ana", captured=10_000, **PAID), tiny), kes(3), "w", "k", by="a")
    assert [op.value.share for op in s.ops] == ["c:1"] and s.entries == []
    every = collections().refund(HERE, s.collection, kes(9_998), "w", "l", by="a", spare=1)
    assert [(op.value.share, op.value.amount) for op in every.ops] == [("c:1", kes(9_997)), ("c:4", kes(1))]
    assert [e.value["topic"] for e in every.entries] == ["spared"]


def test_a_currency_that_the_service_does_not_take_is_said() -> None:
    assert collections().least("JPY") == Money(50, "JPY")
