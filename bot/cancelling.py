"""Cancellation that a library swallowed: one that reaches it in the middle of a read may become an error of its own."""

import asyncio


def honour_cancellation() -> None:
    """Call it where a vendor's error was caught: raises CancelledError if this task is being cancelled."""
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
