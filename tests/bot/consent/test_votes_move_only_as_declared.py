"""The table of a vote's moves, and how ballots are counted, over generated histories."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.consent.ballots import (
    CHEAPEST,
    MOVES,
    STATES,
    BallotBox,
    Choice,
    majority,
    moved,
    outcome,
    run_off,
    tally,
    voted,
)
from bot.content import Fact
from bot.errors import Explain

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PEOPLE = tuple("abcdef")
IDS = ("1", "2", "3")
PRESSES = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(IDS)), max_size=30)


def box(**more: object) -> BallotBox:
    made = {
        "id": "b", "thread": "t", "title": "Which?", "opened_by": "a", "opened_at": NOON, "standing": IDS,
        "closes_at": NOON + timedelta(hours=1), "choices": tuple(Choice(id=i, label=f"choice {i}") for i in IDS),
    }  # fmt: skip
    return BallotBox(**{**made, **more})  # type: ignore[arg-type]


def fact(minor: int, currency: str = "KES") -> Fact:
    return Fact(label="Price", value=str(minor), source="s", ref="r", fetched_at=NOON, minor=minor, currency=currency)


@pytest.mark.parametrize(("state", "move"), [*product(STATES, sorted({move for _, move in MOVES}))])
def test_every_move_does_what_the_table_says_or_is_refused(state: str, move: str) -> None:
    to = MOVES.get((state, move))
    if to is None:
        with pytest.raises(Explain):
            moved(box(state=state), move)
    else:
        assert moved(box(state=state), move).state == to


def test_closed_and_no_quorum_are_the_end_and_every_state_is_reached() -> None:
    assert {state for state, _ in MOVES} == {"open", "tie"}
    assert {"open", *MOVES.values()} == set(STATES)


@given(PRESSES)
def test_everybody_has_one_ballot_or_none_whatever_is_pressed(presses: list[tuple[str, str]]) -> None:
    held: dict[str, str] = {}
    vote = box()
    for person, choice in presses:
        vote = voted(vote, person, choice)
        if held.get(person) == choice:
            del held[person]
        else:
            held[person] = choice
    assert vote.votes == held
    counted = tally(vote, PEOPLE)
    assert counted.ballots == sum(counted.counts.values()) == len(held)
    assert set(counted.counts) == set(IDS)


@given(PRESSES, st.sets(st.sampled_from(PEOPLE)))
def test_only_those_present_count(presses: list[tuple[str, str]], present: set[str]) -> None:
    vote = box()
    for person, choice in presses:
        vote = voted(vote, person, choice)
    alone = box(votes={p: c for p, c in vote.votes.items() if p in present})
    assert tally(vote, present) == tally(alone, present)
    assert tally(vote, present).needed == majority(len(present)) > len(present) / 2


@given(PRESSES, st.integers(1, 6), st.sampled_from(["run-off", "opener", "cheapest"]))
def test_every_count_has_one_outcome(presses: list[tuple[str, str]], quorum: int, tie: str) -> None:
    vote = box(quorum=quorum, tie=tie)
    for person, choice in presses:
        vote = voted(vote, person, choice)
    counted = tally(vote, PEOPLE)
    move, winner = outcome(vote, counted)
    assert (move == "fall_short") == (counted.ballots < quorum)
    assert bool(winner) == (move == "win")
    if winner:
        assert all(counted.counts[winner] > votes for c, votes in counted.counts.items() if c != winner)
    if move == "tie":
        again = run_off(moved(vote, "tie"), counted.leaders)
        assert (again.state, again.round, again.votes) == ("open", 2, {})
        assert len(again.standing) > 1
        assert tally(again, PEOPLE).needed == 0


def test_the_cheapest_of_the_tied_wins_only_where_that_can_be_said() -> None:
    def priced(*facts: Fact | None) -> str:
        choices = tuple(Choice(id=i, label=i, fact=f) for i, f in zip(IDS, facts, strict=True))
        vote = box(tie=CHEAPEST, choices=choices, votes={"a": "1", "b": "2"})
        return outcome(vote, tally(vote, ("a", "b", "c")))[1]

    assert priced(fact(300), fact(200), fact(100)) == "2"
    assert priced(fact(200), fact(200), fact(100)) == ""
    assert priced(fact(300), fact(200, "EUR"), fact(100)) == ""
    assert priced(fact(300), None, fact(100)) == ""
