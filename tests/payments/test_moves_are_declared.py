"""Every (state, move) pair of the tables, and every word of the service in every state."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from bot.errors import Explain
from bot.model import Member, Thread
from bot.money import Money
from payments.model import (
    COLLECTION_MOVES,
    REFUND_MOVES,
    SHARE_MOVES,
    Collection,
    Refund,
    Share,
    collection_moved,
    refund_moved,
    share_moved,
)
from payments.moves import follow
from payments.ports import Payment
from payments.steps import Step
from tests.payments.table import table

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
KES = Money(10_000, "KES")
COLLECTION = Collection(
    id="c", thread="t", about="a", title="Mombasa", organiser="ana", total=KES, opened_at=NOW,
    deadline=NOW + timedelta(hours=1),
)  # fmt: skip
SHARE = Share(id="c:1", person="ana", name="Ana", amount=KES)
REFUND = Refund(
    id="c:1:refund:k", thread="t", collection="c", share="c:1", person="ana", payment="p", amount=KES, at=NOW
)
MACHINES: dict[str, tuple[Mapping[str, tuple[str, ...]], Any, Callable[[Any, str], Any], str]] = {
    "collection": (COLLECTION_MOVES, COLLECTION, collection_moved, "open"),
    "share": (SHARE_MOVES, SHARE, share_moved, "invited"),
    "refund": (REFUND_MOVES, REFUND, refund_moved, "requested"),
}
PAIRS = [(name, a, b) for name, (moves, *_) in MACHINES.items() for a, b in product(moves, moves)]
PAYMENT_STATES = ("asked", "declined", "authorized", "captured", "voided", "expired", "lapsed")
ROLES = ("own", "cover", "top_up", "backstop", "debt")


@pytest.mark.parametrize(("name", "before", "after"), PAIRS)
def test_a_move_is_made_if_and_only_if_it_is_declared(name: str, before: str, after: str) -> None:
    moves, document, move, _ = MACHINES[name]
    if after in moves[before]:
        assert move(replace(document, state=before), after).state == after
    else:
        with pytest.raises(Explain):
            move(replace(document, state=before), after)


@pytest.mark.parametrize("name", MACHINES)
def test_every_state_is_reached_and_every_move_leads_somewhere_known(name: str) -> None:
    moves, *_, start = MACHINES[name]
    reached, edge = {start}, [start]
    while edge:
        edge = [to for at in edge for to in moves[at] if to not in reached]
        reached.update(edge)
    assert reached == set(moves)
    assert {to for ends in moves.values() for to in ends} <= set(moves)


@pytest.mark.parametrize("collection", COLLECTION_MOVES)
@pytest.mark.parametrize("role", ROLES)
def test_no_word_of_the_service_breaks_anything_in_any_state(collection: str, role: str) -> None:
    """Whatever it says, whenever: a declared move or none; money that nobody waits for is let go."""
    for state, said, letting_go, stale in product(SHARE_MOVES, PAYMENT_STATES, (False, True), (False, True)):
        share = replace(SHARE, state=state, role=role, payment="p", letting_go=letting_go, taking=0)
        if state in ("captured", "partly_refunded", "refunded"):
            share = replace(share, captured=KES.minor, taking=KES.minor)
        step = stepped(
            replace(COLLECTION, state=collection, shares=(share,), taken=KES if collection == "committed" else None)
        )
        payment = word(said, key="another" if stale else share.key)
        follow(step, share, payment)
        after = step.collection.share("c:1")
        assert after is not None
        case = (collection, role, state, said, letting_go, stale, after.state)
        assert after.state == state or reachable(state, after.state), case
        if stale:
            assert after == share, case
        taken_up = after.state in ("authorized", "captured", "partly_refunded", "refunded")
        voided = any(j.name in ("void_payment", "check_payment") for j in step.jobs)
        if said == "authorized" and not taken_up:
            assert voided, case
        if said == "authorized" and state in ("voided", "covered_by_other") and collection != "released":
            assert voided and after.state == state, case


def word(state: str, key: str) -> Payment:
    nothing = Money(0, "KES")
    return Payment(
        id="p", key=key, state=state, amount=KES, refunded=nothing, captured=KES if state == "captured" else nothing,
        fee=nothing, held_until=NOW + timedelta(days=7),
    )  # fmt: skip


def stepped(collection: Collection) -> Step:
    made = table("ana")
    members = (Member(person="ana", name="Ana", joined_at=NOW),)
    return Step(made.house.collections._desk, collection, Thread(id="t", members=members), NOW, "cause", answers=99)


def reachable(a: str, b: str, depth: int = 3) -> bool:
    return b in SHARE_MOVES[a] or (depth > 0 and any(reachable(to, b, depth - 1) for to in SHARE_MOVES[a]))
