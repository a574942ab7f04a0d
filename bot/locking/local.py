"""Locks within one process: no heartbeat needed, wakes heard at once."""

from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager


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
        return self._lease(key)

    @asynccontextmanager
    async def _lease(self, key: str) -> AsyncIterator[bool]:
        if key in self._held:
            yield False
            return
        self._held.add(key)
        try:
            yield True
        finally:
            self._held.discard(key)

    async def wake(self, topic: str, message: str = "") -> None:
        for heard in tuple(self._heard[topic]):
            heard(message)

    def on_wake(self, topic: str, heard: Callable[[str], None]) -> None:
        self._heard[topic].append(heard)
