"""A trip's status: every (status, move) pair of the declared table, legal and illegal."""

from datetime import date
from itertools import product

import pytest

from booking.trips import STATUS_MOVES, Day, Plan, moved
from bot.errors import Explain
from bot.gazetteer import Spot

CITY = Spot(
    id=1, name="Mombasa", kind="city", country="KE", region="", lat=-4.05, lon=39.66, population=1,
    tz="Africa/Nairobi",
)  # fmt: skip
PAIRS = list(product(STATUS_MOVES, STATUS_MOVES))


def plan(status: str) -> Plan:
    start = date(2027, 3, 12)
    return Plan(
        title="t", destination=CITY, start=start, days=(Day(date=start),), travelers=1, currency="KES", status=status
    )


@pytest.mark.parametrize(("status", "to"), [p for p in PAIRS if p[1] in STATUS_MOVES[p[0]]])
def test_a_declared_move_is_made(status: str, to: str) -> None:
    assert moved(plan(status), to).status == to


@pytest.mark.parametrize(("status", "to"), [p for p in PAIRS if p[1] not in STATUS_MOVES[p[0]]])
def test_any_other_move_is_refused_and_says_so(status: str, to: str) -> None:
    with pytest.raises(Explain, match="cannot become"):
        moved(plan(status), to)


def test_every_status_can_be_reached_from_a_draft() -> None:
    reached, new = set[str](), {"draft"}
    while new:
        reached |= new
        new = {to for status in reached for to in STATUS_MOVES[status]} - reached
    assert reached == set(STATUS_MOVES)
