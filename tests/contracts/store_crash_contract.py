"""What every Store promises to the next process when one is killed in the middle of a group commit."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.documents import Insert, Range
from bot.ports import Store
from tests.contracts.crash_writer import TASKS
from tests.contracts.stays import BILLS, STAYS, Bill, MakeStore, StoreSuite, ids, opened, stay

ROOT = Path(__file__).parents[2]
Said = set[tuple[str, int, int]]


@asynccontextmanager
async def writing(store: str, location: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that writes, killed at the end of the block."""
    command = (sys.executable, "-m", "tests.contracts.crash_writer", store, location)
    process = await asyncio.create_subprocess_exec(*command, cwd=ROOT, stdout=asyncio.subprocess.PIPE)
    try:
        yield process
    finally:
        process.kill()
        await process.wait()


async def lines(process: asyncio.subprocess.Process, enough: int | None = None) -> list[str]:
    """So many lines of what it says, or all that is left."""
    assert process.stdout is not None
    if enough is None:
        return (await process.stdout.read()).decode().splitlines()
    return [(await process.stdout.readline()).decode() for _ in range(enough)]


def parsed(said: list[str]) -> Said:
    words = [line.split() for line in said]
    return {(what, int(task), int(number)) for what, task, number in (w for w in words if len(w) == 3)}


class StoreCrashContract(StoreSuite):
    @pytest.fixture
    def location(self) -> tuple[str, str]:
        """Name and location of the store that `make_store` opens, as the table of stores takes them."""
        raise NotImplementedError

    @pytest.mark.parametrize("enough", [1, 60, 173])
    async def test_a_kill_loses_nothing_durable_and_leaves_no_half_list(
        self, location: tuple[str, str], make_store: MakeStore, enough: int
    ) -> None:
        async with writing(*location) as process:
            said = await lines(process, enough)
        acknowledged = parsed(said + await lines(process))
        assert len(acknowledged) >= enough
        async with opened(make_store) as store:
            await self._check(store, acknowledged)
            await store.commit([Insert(STAYS, stay(1)), Insert(BILLS, Bill(id="next"))])

    async def _check(self, store: Store, acknowledged: Said) -> None:
        stays = await ids(store, {"hotel": "Baobab"}, order="nights", limit=100_000)
        halves = Counter(tuple(id.split("-")[:2]) for id in stays)
        assert set(halves.values()) <= {2}
        bills = {bill.id: bill for bill in await store.find(BILLS, {"id": Range(gte="")}, limit=100_000)}
        for task in range(TASKS):
            written = [int(number) for of, number in halves if int(of) == task]
            counted = bills.get(f"count-{task:02}", Bill(id="", version=1))
            assert sorted(written) == list(range(1, counted.minor + 1)) and counted.version == counted.minor + 1
        for what, task, number in acknowledged:
            stored = (
                (f"{task:02}", f"{number:05}") in halves if what == "list" else f"single-{task:02}-{number:05}" in bills
            )
            assert stored, f"{what} {task} {number} was durable and is gone"
