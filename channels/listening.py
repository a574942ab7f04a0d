"""Of all processes one listens to a network by a connection of its own; when it ends or is lost another one does."""

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_hex

from bot.clock import Clock
from bot.ports import Locks

_CLAIM_EVERY, _SILENT, _AGAIN = 2.0, 6.0, 2.0
_NO_MORE = "-"


class Listening:
    """Who holds the lease listens and says so. While leases cannot be had (the lock service gives one to everybody

    then) several may listen; when they hear of each other again, one of them goes on and the others wait."""

    def __init__(self, locks: Locks, clock: Clock, key: str) -> None:
        self._locks, self._clock, self._key, self._id = locks, clock, f"listening:{key}", token_hex(8)
        self._session: asyncio.Task[float] | None = None
        self._claiming: asyncio.Task[None] | None = None
        self._another, self._until = "", 0
        locks.on_wake(self._key, self._heard)

    async def listen(self, session: Callable[[], Awaitable[float]]) -> None:
        """For ever. `session` calls `begun` when it hears, goes on until it cannot any more, and returns how many

        seconds to wait then; it never raises."""
        while True:
            async with self._locks.lease(self._key) as mine:
                free = mine and self._clock.tick() >= self._until
                wait = await self._alone(session) if free else _AGAIN
            await self._clock.sleep(wait)

    async def _alone(self, session: Callable[[], Awaitable[float]]) -> float:
        self._session = asyncio.ensure_future(session())
        try:
            await asyncio.wait((self._session,))
            return _AGAIN if self._session.cancelled() else self._session.result()
        finally:
            self._session.cancel()
            await asyncio.gather(self._session, return_exceptions=True)
            self._session = None
            if self._claiming is not None:
                self._claiming.cancel()
            await self._locks.wake(self._key, f"{_NO_MORE}{self._id}")

    def begun(self) -> None:
        """The session hears now: only then may another one end, so that nothing is missed between the two."""
        if self._claiming is None or self._claiming.done():
            self._claiming = asyncio.create_task(self._claim())

    async def _claim(self) -> None:
        while True:
            await self._locks.wake(self._key, self._id)
            await self._clock.sleep(_CLAIM_EVERY)

    def _heard(self, told: str) -> None:
        """A process (its id) says that it listens, or ("-" before it) that it does no more."""
        id = told.removeprefix(_NO_MORE)
        if id == self._id:
            return
        if told == id:
            self._another, self._until = id, self._clock.tick() + int(_SILENT * 1e9)
            if id > self._id and self._session is not None:
                self._session.cancel()
        elif id == self._another:
            self._until = 0
