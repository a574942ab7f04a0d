"""Faults on demand: kept in the Store, matched by name, used up."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.errors import AskAgain
from bot.faults import FAULTS, StoredFaults
from bot.storage.sqlite import SqliteStore


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    found = SqliteStore(tmp_path, alone=False)
    await found.open([FAULTS])
    yield found
    await found.close()


@pytest.fixture
def faults(store: SqliteStore) -> StoredFaults:
    return StoredFaults(store, SystemClock())


async def test_a_fault_strikes_so_many_times(faults: StoredFaults) -> None:
    await faults.add("inventory", "down", times=2)
    struck = [await faults.take("inventory", "search") for _ in range(3)]
    assert [fault and fault.kind for fault in struck] == ["down", "down", None]


async def test_the_match_is_a_part_of_a_name_in_any_case(faults: StoredFaults) -> None:
    await faults.add("inventory", "slow", match="simba air", by=3)
    assert await faults.take("inventory", "Kivuko Travel", "search") is None
    assert await faults.take("payments", "Simba Air GDS") is None
    struck = await faults.take("inventory", "Simba Air GDS (sandbox)", "search")
    assert struck and (struck.kind, struck.by) == ("slow", 3)


async def test_only_the_kinds_that_apply_are_taken(faults: StoredFaults) -> None:
    await faults.add("inventory", "price_up", by=20)
    assert await faults.take("inventory", "cancel", kinds=("down", "timeout")) is None
    assert await faults.take("inventory", "search", kinds=("price_up",)) is not None


async def test_the_oldest_comes_first_and_clearing_takes_all_back(faults: StoredFaults) -> None:
    first = await faults.add("brain", "slow", by=1)
    await faults.add("brain", "down")
    assert [fault.kind for fault in await faults.list()] == ["slow", "down"]
    struck = await faults.take("brain", "think")
    assert struck and struck.id == first
    await faults.clear()
    assert await faults.list() == []


async def test_another_process_sees_them_and_a_restart_keeps_them(faults: StoredFaults, tmp_path: Path) -> None:
    await faults.add("channel", "down", times=3)
    other = SqliteStore(tmp_path, alone=False)
    await other.open([FAULTS])
    assert await StoredFaults(other, SystemClock()).take("channel", "send") is not None
    await other.close()
    assert [fault.times for fault in await faults.list()] == [2]


async def test_many_at_once_use_it_exactly_so_often(faults: StoredFaults) -> None:
    await faults.add("inventory", "down", times=7)
    struck = await asyncio.gather(*(faults.take("inventory", "search") for _ in range(20)))
    assert sum(fault is not None for fault in struck) == 7


@pytest.mark.parametrize(
    ("arranged", "parameter"),
    [
        ({"target": "moon", "kind": "down"}, "target"),
        ({"target": "brain", "kind": "on fire"}, "kind"),
        ({"target": "brain", "kind": "down", "times": 0}, "times"),
        ({"target": "brain", "kind": "slow", "by": -1}, "by"),
    ],
)
async def test_what_cannot_be_arranged_is_named(
    faults: StoredFaults, arranged: dict[str, object], parameter: str
) -> None:
    with pytest.raises(AskAgain) as refused:
        await faults.add(**arranged)  # type: ignore[arg-type]
    assert refused.value.parameter == parameter
    assert await faults.list() == []
