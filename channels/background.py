"""Work that goes on beside what a network asks of us, and ends with its Channel."""

import asyncio
from collections.abc import Coroutine
from typing import Any

from bot.cancelling import end


class Background:
    """What was started and has not ended."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Let it go on; what it raises is logged by the loop."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def ended(self) -> None:
        """Wait for all of it."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def end(self) -> None:
        """Stop all of it."""
        await end(self._tasks)
