"""Whatever changes while a group pays, nobody bears a unit more than another, nor is a part asked for twice."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from payments.cards import live_card, standing
from payments.covering import left
from payments.model import Collection
from payments.shares import each_bears, to_take
from payments.texts import say
from tests.payments.single import NOW, collection, kes, share, step
from tests.payments.table import table

ASKED: dict[str, Any] = {"state": "link_sent", "payment": "p", "url": "https://pay"}
HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}
PEOPLE = ("ana", "ben", "chi")


def paid(total: int, *weights: int, **more: Any) -> Collection:
    """Everybody has paid their part."""
    parts = each_bears(kes(total), list(zip(PEOPLE, weights, strict=True)))
    shares = [
        share(n, who, part.minor, weight=weight, **{**HELD, **more})
        for n, (who, part, weight) in enumerate(zip(PEOPLE, parts, weights, strict=True), 1)
    ]
    return collection(*shares, total=total, state="covered")


def asked_of(c: Collection, who: str) -> int:
    return sum(s.amount.minor for s in c.shares if s.person == who)


@pytest.mark.parametrize("total", range(100_001, 100_007))
@pytest.mark.parametrize("rise", [1_000, 1_001, 5_000, 7_777])
def test_with_what_a_rise_adds_all_have_paid_alike(total: int, rise: int) -> None:
    c = paid(total, 1, 1, 1)
    risen = table("ana").house.collections.fits(step(c), c, kes(total + rise)).collection
    sums = {who: asked_of(risen, who) for who in PEOPLE}
    assert sum(sums.values()) == total + rise and max(sums.values()) - min(sums.values()) <= 1
    held = replace(risen, shares=tuple(replace(s, state="authorized") for s in risen.shares))
    taking = to_take(held, kes(total + rise))
    assert {s.id: s.amount.minor for s in held.shares} == taking


def test_a_second_rise_adds_to_the_first_by_the_same_weights() -> None:
    c = paid(100_001, 2, 1, 1)
    house = table("ana").house
    for total in (104_003, 111_111):
        risen = house.collections.fits(step(c), c, kes(total)).collection
        c = replace(risen, state="covered", shares=tuple(replace(s, state="authorized") for s in risen.shares))
        told = each_bears(kes(total), list(zip(PEOPLE, (2, 1, 1), strict=True)))
        assert [asked_of(c, who) for who in PEOPLE] == [part.minor for part in told]


def test_what_one_who_left_has_paid_is_not_asked_for_again() -> None:
    c = paid(90_000, 1, 1, 1)
    s = table("ana").house.collections.fits(step(c, here=("ana", "ben")), c, kes(94_001))
    more = [(x.person, x.amount.minor) for x in s.collection.shares if x.role == "top_up"]
    assert [who for who, _ in more] == ["ana", "ben"] and sorted(m for _, m in more) == [2_000, 2_001]


def test_a_rise_can_be_paid_no_longer_than_what_was_paid_before_is_held() -> None:
    c, house = paid(90_000, 1, 1, 1, held_until=NOW + timedelta(minutes=50)), table("ana").house
    late = house.collections.fits(step(c), c, kes(99_000), deadline=NOW + timedelta(hours=6))
    assert late.collection.deadline == NOW + timedelta(minutes=40)
    assert [j.due_at for j in late.jobs if j.name == "payments_deadline"] == [NOW + timedelta(minutes=40)]
    soon = house.collections.fits(step(c), c, kes(99_000), deadline=NOW + timedelta(minutes=30))
    assert soon.collection.deadline == NOW + timedelta(minutes=30)


def test_the_parts_of_two_who_left_at_once_are_offered_to_nobody_once_they_are_divided_among_the_rest() -> None:
    parts = (share(n, who, **ASKED) for n, who in enumerate(PEOPLE, 1))
    s = step(collection(*parts, state="collecting"), here=("ana",))
    for gone in ("ben", "chi"):
        left(s, gone)
    live = [(x.person, x.amount) for x in s.collection.shares if not x.letting_go and x.state != "voided"]
    assert live == [("ana", kes(30_000))]
    assert standing(s.collection) == {"paid": [], "waiting": ["Ana"]}
    assert [b.label for b in live_card(s.collection, NOW).buttons] == [say("pay_for", name="Ana")]
