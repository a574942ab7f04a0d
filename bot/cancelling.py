"""Cancellation that a library swallowed: one that reaches it in the middle of a read may become an error of its own."""

import asyncio
from collections.abc import Iterable
from typing import Any

_AGAIN = 0.2


def honour_cancellation() -> None:
    """Call it where a vendor's error was caught: raises CancelledError if this task is being cancelled."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError


async def end(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancel tasks, again and again until all have ended; what they end in is not raised."""
    ending = tuple(tasks)
    waiting = set(ending)
    while waiting:
        for task in waiting:
            task.cancel()
        _, waiting = await asyncio.wait(waiting, timeout=_AGAIN)
    await asyncio.gather(*ending, return_exceptions=True)
