"""Backed and Struck: when the second brain takes over, for how long, and what of the first one still counts."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.brains.backed import Backed
from bot.brains.struck import Struck
from bot.clock import SystemClock
from bot.errors import RetryLater, Undeliverable
from bot.faults import FAULTS, StoredFaults
from bot.minds import Cost, Retract, Scene, Step, Words
from bot.model import Floor
from bot.ports import Outcome
from bot.storage.sqlite import SqliteStore
from tests.contracts.brain_contract import scene_of, steps_of


class Plan:
    """A brain that does as written: steps to yield, errors to raise, seconds to wait."""

    name = "plan"

    def __init__(self, *steps: Step | Exception | float) -> None:
        self.steps, self.asked = steps, 0

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        self.asked += 1
        for step in self.steps:
            if isinstance(step, Exception):
                raise step
            if isinstance(step, float):
                await SystemClock().sleep(step)
            else:
                yield step


def backed(*steps: Step | Exception | float, **more: float) -> tuple[Backed, Plan, SystemClock]:
    first, clock = Plan(*steps), SystemClock()
    return (
        Backed(first, Plan(Words(text="second")), clock, spend=100, **{"begin": 0.05, "end": 0.1, **more}),
        first,
        clock,
    )


A = Words(text="first ")


@pytest.mark.parametrize(
    "steps",
    [
        (ZeroDivisionError("a bug"),), (A, RetryLater(5)), (A, A, Undeliverable("no")), (0.2, A), (A, 0.2, A),
        (Cost(micros=1), 0.2, A), (A, *[0.03, A] * 9),
    ],
)  # fmt: skip
async def test_the_second_speaks_instead_and_nothing_of_the_first_counts(steps: tuple[Step | Exception, ...]) -> None:
    brain, _, _ = backed(*steps)
    assert await steps_of(brain, scene_of("hello")) == ("second", [])


async def test_one_that_keeps_time_is_heard(tmp_path: Path) -> None:
    brain, _, _ = backed(A, Words(text=""), Words(text="then"))
    assert await steps_of(brain, scene_of("hello")) == ("first then", [])


async def test_costs_count_whoever_speaks() -> None:
    brain, _, _ = backed(Cost(micros=7), A, Undeliverable("no"))
    steps = [step async for step in brain.think(scene_of("hello"), ())]
    assert steps == [Cost(micros=7), A, Retract(), Words(text="second")]


async def test_it_rests_for_as_long_as_it_asked_for() -> None:
    brain, first, clock = backed(RetryLater(60))
    for _ in range(3):
        await steps_of(brain, scene_of("hello"))
    assert first.asked == 1
    clock.offset += timedelta(seconds=61)
    await steps_of(brain, replace(scene_of("hello"), now=clock.now()))
    assert first.asked == 2


async def test_a_turn_that_takes_too_long_is_ended_by_the_second() -> None:
    brain, first, _ = backed(A)
    late = replace(scene_of("hello"), now=SystemClock().now() - timedelta(seconds=61))
    assert await steps_of(brain, late) == ("second", [])
    assert first.asked == 0


async def test_one_failure_without_a_time_is_no_rest() -> None:
    brain, first, _ = backed(Undeliverable("no"))
    await steps_of(brain, scene_of("hello"))
    await steps_of(brain, scene_of("hello"))
    assert first.asked == 2


@pytest.mark.parametrize(("day", "spent", "asked"), [(0, 99, 1), (0, 100, 0), (0, 101, 0), (-1, 500, 1)])
async def test_a_days_budget_is_kept(day: int, spent: int, asked: int) -> None:
    brain, first, _ = backed(A)
    scene = scene_of("hello")
    floor = Floor(day=(SystemClock().now() + timedelta(days=day)).date().isoformat(), spent=spent)
    await steps_of(brain, replace(scene, thread=replace(scene.thread, floor=floor)))
    assert first.asked == asked


@pytest.mark.parametrize(
    ("kind", "asked"), [("down", 0), ("refused", 0), ("timeout", 1), ("slow", 0)]
)  # fmt: skip
async def test_a_fault_strikes_the_first_once(tmp_path: Path, kind: str, asked: int) -> None:
    store, clock, first = SqliteStore(str(tmp_path)), SystemClock(), Plan(A)
    await store.open((FAULTS,))
    faults = StoredFaults(store, clock)
    await faults.add("brain", kind, by=9)
    brain = Backed(Struck(first, faults, clock), Plan(Words(text="second")), clock, spend=100, begin=0.05, end=0.1)
    assert (await steps_of(brain, scene_of("hello")))[0] == "second"
    assert first.asked == asked and await faults.list() == []
    clock.offset += timedelta(minutes=1)
    assert (await steps_of(brain, replace(scene_of("hello"), now=clock.now())))[0] == "first "
    await store.close()


async def test_faults_of_others_do_not_strike_it(tmp_path: Path) -> None:
    store, clock = SqliteStore(str(tmp_path)), SystemClock()
    await store.open((FAULTS,))
    faults = StoredFaults(store, clock)
    await faults.add("inventory", "down")
    await faults.add("brain", "sold_out")
    assert (await steps_of(Struck(Plan(A), faults, clock), scene_of("hello")))[0] == "first "
    assert len(await faults.list()) == 2
    await store.close()
