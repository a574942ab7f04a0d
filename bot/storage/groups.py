"""Group commit: what waits while a group is being written becomes the next group. No timer but for the unhurried."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from bot.errors import Unknown

T = TypeVar("T")
Results = Sequence[Exception | None]
_Waiting = tuple[T, asyncio.Future[None]]


class GroupCommitter(Generic[T]):
    """Merges the lists of many callers into few writes; each caller gets its own result.

    `write` takes the lists of a group and returns a result for each; what it raises is everybody's result. At most
    `at_once` groups are under way, of at most `largest` lists.

    Unhurried lists make no group longer until their time has come; then they are all in the next one, because many
    small writes would hold up the hurried ones more often than one large write.
    """

    def __init__(self, write: Callable[[list[T]], Awaitable[Results]], *, at_once: int = 1, largest: int = 500) -> None:
        self._write = write
        self._at_once = at_once
        self._largest = largest
        self._waiting: list[_Waiting[T]] = []
        self._unhurried: list[_Waiting[T]] = []
        self._starting = False
        self._closed = False
        self._groups: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None

    async def submit(self, work: T, *, hurry: bool, patience: float = 0.05) -> None:
        """Returns when the work is written; raises its result. Unhurried work waits at most `patience` seconds."""
        if self._closed:
            raise RuntimeError("the store is closed")
        loop = asyncio.get_running_loop()
        done: asyncio.Future[None] = loop.create_future()
        (self._waiting if hurry else self._unhurried).append((work, done))
        if hurry:
            self._start_soon()
        elif self._timer is None:
            self._timer = loop.call_later(patience, self._time_has_come)
        await done

    async def close(self, patience: float | None = None) -> None:
        """Write what waits and take no more. What is not written after `patience` seconds ends in Unknown."""
        self._closed = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._drain()
        for task in tuple(self._groups):
            task.cancel()
        self._stop_timer()
        for waiting in (self._waiting, self._unhurried):
            for _, done in waiting:
                _settle(done, Unknown("the store was closed before it could write"))
            waiting.clear()

    async def _drain(self) -> None:
        while self._waiting or self._unhurried or self._groups:
            self._time_has_come()
            await asyncio.sleep(0) if not self._groups else await asyncio.wait(self._groups)

    def _time_has_come(self) -> None:
        """What was in no hurry is written now."""
        self._stop_timer()
        self._waiting += self._unhurried
        self._unhurried.clear()
        self._start_soon()

    def _start_soon(self) -> None:
        if not self._starting and len(self._groups) < self._at_once:
            self._starting = True
            asyncio.get_running_loop().call_soon(self._start)

    def _start(self) -> None:
        self._starting = False
        if not self._waiting or len(self._groups) >= self._at_once:
            return
        group, self._waiting = self._waiting[: self._largest], self._waiting[self._largest :]
        task = asyncio.get_running_loop().create_task(self._run(group))
        self._groups.add(task)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    async def _run(self, group: list[_Waiting[T]]) -> None:
        results: Results
        try:
            results = await self._write([work for work, _ in group])
        except asyncio.CancelledError:
            results = [Unknown("the store was closed while it wrote")] * len(group)
        except Exception as error:
            results = [error] * len(group)
        for (_, done), result in zip(group, results, strict=True):
            _settle(done, result)
        task = asyncio.current_task()
        assert task is not None
        self._groups.discard(task)
        self._start()


def _settle(done: asyncio.Future[None], result: Exception | None) -> None:
    if done.done():
        return
    if result is None:
        done.set_result(None)
    else:
        done.set_exception(result)
