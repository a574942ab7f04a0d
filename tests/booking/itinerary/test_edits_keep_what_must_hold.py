"""Any sequence of edits: order, no overlap, locked things untouched, nothing lost, and undo brings back every byte."""

import asyncio
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.itinerary import edits
from booking.itinerary.export import from_json, to_json
from booking.itinerary.ground import local, minute
from booking.itinerary.validate import troubles
from booking.trips import Plan
from bot.codec import as_json
from bot.errors import AskAgain, Explain
from tests.booking.itinerary.conftest import START, a_coast
from tests.booking.itinerary.world import Desk, StillClock, open_store


@cache
def first_plan() -> Plan:
    """A plan for four days, made as people get it."""

    async def made() -> Plan:
        with tempfile.TemporaryDirectory() as folder:
            store = await open_store(Path(folder))
            desk = Desk(store, StillClock(), a_coast())
            await desk.do("create_itinerary", destination="Mombasa", origin="Nairobi", departure_date=START, days=4,
                          travelers=2)  # fmt: skip
            plan = await desk.plan()
            await store.close()
            return plan

    return asyncio.run(made())


KINDS = ("remove", "lock", "unlock", "later", "earlier", "move", "push", "idea")
edit = st.tuples(st.sampled_from(KINDS), st.integers(0, 60), st.integers(0, 3), st.integers(0, 95))


def apply(plan: Plan, kind: str, which: int, n: int, quarter: int) -> Plan | None:
    """The edit, None if it is refused or would make something wrong."""
    items = list(plan.items())
    item = items[which % len(items)]
    start = minute(local(plan.days[n].date, time(6), plan.zone)) + 10 * quarter
    simple: dict[str, Callable[[], Plan | None]] = {
        "remove": lambda: edits.removed(plan, item),
        "lock": lambda: edits.locked(plan, item, on=True),
        "unlock": lambda: edits.locked(plan, item, on=False),
        "later": lambda: edits.later(plan, item, sign=1),
        "earlier": lambda: edits.later(plan, item, sign=-1),
        "move": lambda: edits.moved_to(plan, item, n, start),
        "push": lambda: edits.pushed(plan, item, n, start),
        "idea": lambda: edits.with_idea(plan, n, f"Idea {which}", None),
    }
    try:
        anew = simple[kind]()
    except (Explain, AskAgain):
        return None
    wrong = edits.problems_of(plan, anew) if anew else []
    if kind == "remove":
        wrong = [t for t in wrong if t.kind not in ("stay", "travel")]
    return anew if anew and not wrong else None


@settings(max_examples=60, deadline=None)
@given(st.lists(edit, max_size=14))
def test_any_edits_leave_a_plan_in_order(sequence: list[tuple[str, int, int, int]]) -> None:
    plan, past = first_plan(), [first_plan()]
    for kind, which, n, quarter in sequence:
        anew = apply(plan, kind, which, n, quarter)
        if anew is None:
            continue
        check(plan, anew, kind)
        past.append(anew)
        plan = anew
    for version in reversed(past):
        assert as_json(from_json(to_json(version))) == as_json(version)


def check(before: Plan, after: Plan, kind: str) -> None:
    for day in after.days:
        assert list(day.items) == sorted(day.items, key=lambda i: i.starts_at)
    timeline = [i for day in after.days for i in day.items]
    assert all(a.ends_at <= b.starts_at for a, b in pairwise(timeline))
    ids = [i.id for i in (*after.items(), *after.aside)]
    assert len(ids) == len(set(ids))
    lost = {i.id for i in before.items()} - set(ids)
    assert len(lost) == (1 if kind == "remove" else 0)
    for item in before.items():
        if item.locked:
            now = after.item(item.id)
            assert now is not None
            assert replace(now, locked=True) == item and (now == item or kind == "unlock")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60), st.integers(0, 3), st.integers(0, 95))
def test_a_push_keeps_every_visit_of_the_day(which: int, n: int, quarter: int) -> None:
    plan = first_plan()
    visits = [i for d in plan.days for i in d.items if i.role in ("see", "eat")]
    item = visits[which % len(visits)]
    start = minute(local(plan.days[n].date, time(6), plan.zone)) + 10 * quarter
    anew = edits.pushed(plan, item, n, start)
    if anew is not None:
        assert troubles(anew) == []
        assert {i.id for i in anew.items()} == {i.id for i in plan.items()}
        moved = anew.item(item.id)
        assert moved and minute(moved.starts_at) == start


def test_a_plan_is_the_same_after_a_trip_through_json() -> None:
    plan = first_plan()
    again = from_json(to_json(plan))
    assert again == plan and as_json(again) == as_json(plan)
    assert again.stays[0].finishes - again.stays[0].begins > timedelta(days=2)
