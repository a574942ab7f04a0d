"""A Thread is idle only when nothing of it is open or running, whenever one looks."""

import asyncio
from pathlib import Path

from bot.capability import capability
from bot.content import Draft
from bot.model import JOBS, Thread
from bot.ports import Ask, Reply
from tests.bot.parlour import Parlour, parlour


class Library:
    """A slow look."""

    @capability("Look it up", command="look", slow=True)
    async def look(self, ask: Ask) -> Reply:
        await asyncio.sleep(0.01)
        return Reply(drafts=(Draft(text="found it"),))


async def test_a_job_that_ends_between_two_looks_is_not_missed(tmp_path: Path) -> None:
    async with parlour(tmp_path, Library()) as p:
        thread = (await _spoken(p)).id
        await p.core.log.append([p.entry("den", "Ana", "/look")])
        await _until(p, running=True)
        waiting = p.core.jobs.waiting

        async def late(asked: str) -> bool:
            """Looks at the Jobs only when this one has just ended."""
            await _until(p, running=False)
            return await waiting(asked)

        p.core.jobs.waiting = late  # type: ignore[method-assign]
        idle, shown = await p.core.idle(thread), p.texts("den")
        assert not idle or shown[-1:] == ["found it"]
        await p.settled()
        assert await p.core.idle(thread)


async def _spoken(p: Parlour) -> Thread:
    await p.say("den", "Ana", "hello")
    return await p.thread("den")


async def _until(p: Parlour, *, running: bool) -> None:
    """Until a Job runs, or none does."""
    for _ in range(100_000):
        if bool(await p.store.find(JOBS, {"state": "claimed"})) == running:
            return
        await asyncio.sleep(0)
    raise AssertionError("that never happened")
