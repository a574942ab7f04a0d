"""A Job stays with its owner for as long as that lives, and is taken up soon after it has died."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.documents import Insert
from bot.faultpoints import FaultPoints
from bot.jobs import Jobs
from bot.locking.local import LocalLocks
from bot.log import ThreadLog
from bot.model import JOBS, KINDS, Entry, Job
from bot.places import Places
from bot.storage.sqlite import SqliteStore
from tests.waiting import soon

CLAIM = timedelta(seconds=1)


class Kiln:
    """Work that takes as long as it is told."""

    def __init__(self) -> None:
        self.fired, self.done = 0, asyncio.Event()

    async def fire(self, job: Job) -> Entry | None:
        self.fired += 1
        await self.done.wait()
        return None


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path)
    await store.open(KINDS)
    clock = SystemClock()
    await store.commit([Insert(JOBS, Job(id="j1", name="fire", thread="t1", due_at=clock.now()))])
    yield store
    await store.close()


def process(store: SqliteStore, kiln: Kiln) -> Jobs:
    async def handled(id: str) -> Entry | None:
        return None

    clock, locks = SystemClock(), LocalLocks()
    log = ThreadLog(store, clock, Places(store, locks), FaultPoints())
    return Jobs(store, clock, locks, log, {"fire": kiln.fire}, handled, claim=CLAIM)


async def until_fired(jobs: Jobs, kiln: Kiln) -> bool:
    async def fired() -> int:
        await jobs.start_due()
        return kiln.fired

    return bool(await soon(fired))


async def test_an_owner_that_lives_keeps_its_job_beyond_the_first_claim(store: SqliteStore) -> None:
    mine, others = Kiln(), Kiln()
    owner, other = process(store, mine), process(store, others)
    assert await until_fired(owner, mine)
    for _ in range(70):
        await other.start_due()
        await asyncio.sleep(0.02)
    mine.done.set()
    await owner.run_due()
    assert (mine.fired, others.fired) == (1, 0)
    found = await store.get(JOBS, "j1")
    assert found is not None and (found.state, found.attempts) == ("done", 1)


async def test_the_job_of_a_dead_owner_is_taken_up_when_its_claim_has_run_out(store: SqliteStore) -> None:
    mine, others = Kiln(), Kiln()
    owner, other = process(store, mine), process(store, others)
    assert await until_fired(owner, mine)
    await owner.close()
    assert await until_fired(other, others)
    others.done.set()
    await other.run_due()
    found = await store.get(JOBS, "j1")
    assert found is not None and (found.state, found.attempts) == ("done", 2)
