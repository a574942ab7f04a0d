"""What all Locks promise. A subclass gives `locks`, opened."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.ports import Locks
from tests.waiting import soon


class LocksContract:
    @pytest.fixture
    async def locks(self) -> AsyncIterator[Locks]:
        raise NotImplementedError
        yield

    async def test_a_key_has_one_holder(self, locks: Locks) -> None:
        async with locks.lease("lane:1") as first, locks.lease("lane:1") as second:
            assert first and not second

    async def test_who_was_refused_takes_nothing_from_the_holder(self, locks: Locks) -> None:
        async with locks.lease("lane:1"):
            async with locks.lease("lane:1") as refused:
                assert not refused
            async with locks.lease("lane:1") as refused:
                assert not refused

    async def test_different_keys_are_held_together(self, locks: Locks) -> None:
        async with locks.lease("lane:1") as first, locks.lease("lane:2") as second:
            assert first and second

    async def test_a_key_is_free_again_after_its_holder(self, locks: Locks) -> None:
        for _ in range(3):
            async with locks.lease("lane:1") as mine:
                assert mine

    async def test_a_holder_that_fails_gives_its_key_back(self, locks: Locks) -> None:
        with pytest.raises(KeyError):
            async with locks.lease("lane:1"):
                raise KeyError
        async with locks.lease("lane:1") as mine:
            assert mine

    async def test_a_holder_that_is_cancelled_gives_its_key_back(self, locks: Locks) -> None:
        held = asyncio.Event()

        async def hold() -> None:
            async with locks.lease("lane:1"):
                held.set()
                await asyncio.Event().wait()

        holder = asyncio.create_task(hold())
        await held.wait()
        holder.cancel()
        await asyncio.wait([holder])
        async with locks.lease("lane:1") as mine:
            assert mine

    async def test_of_many_at_once_one_is_granted(self, locks: Locks) -> None:
        granted, all_asked = 0, asyncio.Event()

        async def ask() -> None:
            nonlocal granted
            async with locks.lease("lane:1") as mine:
                granted += mine
                if mine:
                    await all_asked.wait()

        asking = [asyncio.create_task(ask()) for _ in range(30)]
        await soon(lambda: sum(task.done() for task in asking) == 29)
        all_asked.set()
        await asyncio.gather(*asking)
        assert granted == 1

    async def test_a_wake_is_heard_by_this_process_once_for_each_listener(self, locks: Locks) -> None:
        heard: list[tuple[str, str]] = []
        for name in ("first", "second"):
            locks.on_wake("jobs", lambda message, name=name: heard.append((name, message)))  # type: ignore[misc]
        locks.on_wake("other", lambda message: heard.append(("other", message)))
        await locks.wake("jobs", "thread:1 with spaces")
        await locks.wake("jobs")
        await soon(lambda: len(heard) == 4)
        await asyncio.sleep(0.02)
        assert heard == [(name, text) for text in ("thread:1 with spaces", "") for name in ("first", "second")]

    async def test_a_wake_that_nobody_hears_is_fine(self, locks: Locks) -> None:
        await locks.wake("nobody", "listens")

    async def test_close_may_come_twice(self, locks: Locks) -> None:
        await locks.close()
        await locks.close()
