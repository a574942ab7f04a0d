"""Locks within one process: nothing can be lost, so there is no heartbeat."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from types import TracebackType


class LocalLocks:
    """One holder a key among all that share this object."""

    def __init__(self) -> None:
        self._held: set[str] = set()
        self._heard: defaultdict[str, list[Callable[[str], None]]] = defaultdict(list)

    async def open(self) -> None:
        """Nothing to do."""

    async def close(self) -> None:
        """Forget who listens."""
        self._heard.clear()

    def lease(self, key: str) -> AbstractAsyncContextManager[bool]:
        return _Lease(self._held, key)

    async def wake(self, topic: str, message: str = "") -> None:
        loop = asyncio.get_running_loop()
        for heard in self._heard[topic]:
            loop.call_soon(heard, message)

    def on_wake(self, topic: str, heard: Callable[[str], None]) -> None:
        self._heard[topic].append(heard)


class _Lease:
    """A key in a set for as long as the block lasts, if it was not there before."""

    __slots__ = ("_held", "_key", "_mine")

    def __init__(self, held: set[str], key: str) -> None:
        self._held, self._key, self._mine = held, key, False

    async def __aenter__(self) -> bool:
        self._mine = self._key not in self._held
        self._held.add(self._key)
        return self._mine

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._mine:
            self._held.discard(self._key)
