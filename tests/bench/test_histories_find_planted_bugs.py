"""The referee of the histories sees: three bugs are planted in the money path, and a short history finds each."""

from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.histories.history import BrokenError, History
from bench.histories.moves import (
    Move,
    all_pay,
    calls_off,
    cancels,
    checks_out,
    no_answer_to_an_order,
    pays,
)
from bench.histories.ten import scratch
from booking.sale.bookings import Booking
from payments import moves
from payments.steps import Step

BUSY: Mapping[Move, int] = {checks_out: 3, pays: 2, all_pay: 2, calls_off: 4, no_answer_to_an_order: 3, cancels: 2}
CALLED_OFF: Mapping[Move, int] = {checks_out: 3, pays: 4, calls_off: 3}
Plant = Callable[[pytest.MonkeyPatch], None]


def nothing(plant: pytest.MonkeyPatch) -> None:
    """All is as it should be."""


def a_posting_skipped(plant: pytest.MonkeyPatch) -> None:
    """Money is taken and not written into the ledger."""
    plant.setattr(moves, "book_captured", lambda step, share, payment: None)


def a_dedupe_dropped(plant: pytest.MonkeyPatch) -> None:
    """An order goes out under another key each time."""
    numbers = count()
    plant.setattr(Booking, "order_key", property(lambda b: f"booking:{b.id}:place:{b.attempt}-{next(numbers)}"))


def a_release_forgotten(plant: pytest.MonkeyPatch) -> None:
    """What was held is not let go."""
    plant.setattr(Step, "void", lambda step, share, payment: None)


PLANTS: list[tuple[Plant, str, Mapping[Move, int]]] = [
    (a_posting_skipped, "the ledger moved", BUSY),
    (a_dedupe_dropped, "order", BUSY),
    (a_release_forgotten, "held for ever", CALLED_OFF),
]


async def told(plant: Plant, monkeypatch: pytest.MonkeyPatch, seed: int, moves: Mapping[Move, int] = BUSY) -> str:
    """What the referee says of a short history."""
    plant(monkeypatch)
    with TemporaryDirectory(dir=scratch()) as folder:
        try:
            await History(Path(folder), seed=seed, steps=12, minimum=0, moves=moves).play()
        except BrokenError as broken:
            return str(broken)
    return ""


@pytest.mark.parametrize(("plant", "found", "moves"), PLANTS, ids=lambda plant: getattr(plant, "__name__", ""))
async def test_a_planted_bug_is_found(
    plant: Plant, found: str, moves: Mapping[Move, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ""
    for seed in range(1, 13):
        said = said or await told(plant, monkeypatch, seed, moves)
    assert found in said


async def test_the_same_histories_without_a_bug_are_clean(monkeypatch: pytest.MonkeyPatch) -> None:
    assert [await told(nothing, monkeypatch, seed) for seed in (1, 2)] == ["", ""]
