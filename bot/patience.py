"""Outlasting a Store or a network that is away: try again, a little later each time."""

from collections.abc import Awaitable, Callable
from itertools import count
from typing import TypeVar

import structlog

from bot.clock import Clock
from bot.errors import RetryLater, Unknown

T = TypeVar("T")
_FIRST, _LONGEST = 0.05, 5.0
_log = structlog.get_logger()


def pause(attempt: int) -> float:
    """Seconds to wait after so many attempts."""
    return float(min(_FIRST * 2 ** min(attempt, 10), _LONGEST))


async def outlast(clock: Clock, what: Callable[[], Awaitable[T]], stopping: Callable[[], bool]) -> T:
    """The result of something that may be repeated, however long it is away; when we stop, its error."""
    for attempt in count():
        try:
            return await what()
        except (RetryLater, Unknown) as away:
            if stopping():
                raise
            _log.warning("away: tried again", error=str(away), attempt=attempt)
        await clock.sleep(pause(attempt))
    raise AssertionError("counting has no end")
