"""The clock of the simulated world is one: for every process, and after a restart from the first moment."""

from datetime import timedelta
from pathlib import Path

from bot.clock import SystemClock
from bot.locking.local import LocalLocks
from bot.storage.sqlite import SqliteStore
from channels.simulator.channel import SimulatorChannel
from channels.simulator.published import ClockOffset
from channels.simulator.wiring import FollowedClock
from tests.waiting import soon

YEAR = timedelta(days=365)


async def test_a_clock_moved_by_another_process_is_followed_when_told_and_kept_after_a_restart(tmp_path: Path) -> None:
    store, locks = SqliteStore(tmp_path), LocalLocks()
    await store.open(SimulatorChannel.kinds)
    worker, again = SystemClock(), SystemClock()
    async with FollowedClock(store, locks, worker):
        assert worker.offset == timedelta()
        await ClockOffset(store).advance(YEAR)
        await locks.wake("clock")
        await soon(lambda: worker.offset == YEAR)
    async with FollowedClock(store, locks, again):
        assert again.offset == YEAR
    await store.close()
