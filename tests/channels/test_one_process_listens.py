"""Of several processes one listens, and another one when it ends; where leases cannot be trusted they still agree."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.clock import SystemClock
from bot.locking.local import LocalLocks
from channels.listening import Listening
from tests.waiting import soon


class Quick(SystemClock):
    """Pauses are short; its time is moved."""

    ahead = 0

    def tick(self) -> int:
        return super().tick() + self.ahead * 10**9

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0.001)


class Generous(LocalLocks):
    """Everybody gets every lease, as while the lock service is away; `deaf`: nobody hears the others either."""

    deaf = False

    @asynccontextmanager
    async def lease(self, key: str) -> AsyncIterator[bool]:  # type: ignore[override]
        yield True

    async def wake(self, topic: str, message: str = "") -> None:
        if not self.deaf:
            await super().wake(topic, message)


class Process:
    """One that listens for as long as it may. `gap`: it stopped for another one that did not listen yet."""

    def __init__(self, locks: LocalLocks, clock: Quick, beside: "Sequence[Process]" = ()) -> None:
        self.listens, self.sessions, self.beside, self.gap = False, 0, beside, False
        self.listening = Listening(locks, clock, "n:main")
        self.task = asyncio.create_task(self.listening.listen(self._session))

    async def _session(self) -> float:
        await asyncio.sleep(0)  # until it is connected
        self.listens, self.sessions = True, self.sessions + 1
        self.listening.begun()
        try:
            await asyncio.Event().wait()
        finally:
            self.listens = False
            self.gap = not any(p.listens for p in self.beside)
        return 0.0

    async def end(self) -> None:
        self.task.cancel()
        await asyncio.wait([self.task])


async def one_of(processes: Sequence[Process]) -> Process:
    """The one that listens, when they have agreed."""
    for _ in range(2):
        await soon(lambda: sum(p.listens for p in processes) == 1)
        for _ in range(200):
            await asyncio.sleep(0)
    [listener] = [p for p in processes if p.listens]
    return listener


@pytest.mark.parametrize("locks", [LocalLocks, Generous], ids=["leases", "no leases"])
async def test_one_listens_and_the_next_when_it_ends(locks: type[LocalLocks]) -> None:
    shared, clock = locks(), Quick()
    processes = [Process(shared, clock) for _ in range(3)]
    while processes:
        listener = await one_of(processes)
        await listener.end()
        assert not listener.listens
        processes.remove(listener)


async def test_those_who_could_not_hear_of_each_other_agree_on_one_when_they_can() -> None:
    locks, clock = Generous(), Quick()
    locks.deaf = True
    processes = list[Process]()
    processes += [Process(locks, clock, processes) for _ in range(3)]
    await soon(lambda: all(p.listens for p in processes))
    locks.deaf = False
    listener = await one_of(processes)
    sessions = [p.sessions for p in processes]
    await asyncio.sleep(0.05)
    assert listener.listens and [p.sessions for p in processes] == sessions
    assert not any(p.gap for p in processes)
    for process in processes:
        await process.end()


async def test_one_that_falls_silent_is_waited_for_no_longer_than_a_while() -> None:
    locks, clock = Generous(), Quick()
    processes = [Process(locks, clock) for _ in range(2)]
    silent = await one_of(processes)
    locks.deaf = True  # as if it had been killed
    await asyncio.sleep(0.02)
    assert sum(p.listens for p in processes) == 1
    clock.ahead = 10
    await soon(lambda: all(p.listens for p in processes))
    assert silent.sessions
    for process in processes:
        await process.end()
