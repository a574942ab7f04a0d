"""A circuit breaker for one supplier: who fails again and again is left in peace for a while."""

import asyncio
from datetime import datetime, timedelta

from bot.clock import Clock

_FAILURES = 5
_REST = timedelta(seconds=30)


class Breaker:
    """closed -> (5 failures in a row) open -> (30 s) half open: one call tries -> closed or open again."""

    def __init__(self, clock: Clock, *, failures: int = _FAILURES, rest: timedelta = _REST) -> None:
        self._clock = clock
        self._limit = failures
        self.rest = rest
        self._failed = 0
        self._until: datetime | None = None
        self._trying = False
        self._tried = asyncio.Event()

    @property
    def state(self) -> str:
        """closed, open or half-open."""
        if self._until is None:
            return "closed"
        return "open" if self._clock.now() < self._until else "half-open"

    def allows(self) -> bool:
        """Whether to call now; in the half-open state only the first asker is told yes."""
        if self.state == "closed":
            return True
        if self.state == "open" or self._trying:
            return False
        self._trying = True
        self._tried.clear()
        return True

    async def allows_in_turn(self) -> bool:
        """The same, but who asks while another one tries waits to hear how that ended."""
        while self._trying and self.state == "half-open":
            await self._tried.wait()
        return self.allows()

    def worked(self) -> None:
        """The call went well."""
        self._failed, self._until, self._trying = 0, None, False
        self._tried.set()

    def failed(self) -> None:
        """The call failed."""
        self._failed += 1
        if self._trying or self._failed >= self._limit:
            self._until = self._clock.now() + self.rest
        self._trying = False
        self._tried.set()
