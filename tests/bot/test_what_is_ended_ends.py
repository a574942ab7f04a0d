"""A library may swallow a cancellation, in the middle of a read; whoever ends a task ends it all the same."""

import asyncio

import pytest

from bot.cancelling import end, honour_cancellation


async def test_a_task_that_swallowed_its_cancellation_is_ended_all_the_same() -> None:
    swallowed = 0

    async def reads_on() -> None:
        nonlocal swallowed
        while True:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed += 1
                if swallowed > 1:
                    raise

    tasks = [asyncio.create_task(reads_on()), asyncio.create_task(asyncio.sleep(3600))]
    await asyncio.sleep(0)
    await end(tasks)
    assert swallowed == 2 and all(task.cancelled() for task in tasks)


async def test_what_a_task_breaks_with_is_not_raised_and_none_is_enough() -> None:
    async def breaks() -> None:
        raise ValueError

    broken = asyncio.create_task(breaks())
    await asyncio.sleep(0)
    await end([broken])
    assert isinstance(broken.exception(), ValueError)
    await end([])


async def test_a_cancellation_that_became_another_error_is_honoured() -> None:
    async def reads() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            honour_cancellation()

    task = asyncio.create_task(reads())
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
