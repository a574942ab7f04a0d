"""Waiting for what normally comes at once, with patience for a machine that is slow or busy."""

import asyncio
from collections.abc import Callable
from inspect import isawaitable
from typing import Any

PATIENCE = 30.0


async def soon(check: Callable[[], Any], seconds: float = PATIENCE) -> Any:
    """The first true answer to a question, sync or async, asked until then; AssertionError if it never comes."""
    loop = asyncio.get_running_loop()
    deadline = loop.time() + seconds
    while True:
        answer = check()
        if isawaitable(answer):
            answer = await answer
        if answer:
            return answer
        assert loop.time() < deadline, f"it did not happen within {seconds} s"
        await asyncio.sleep(0.01)
