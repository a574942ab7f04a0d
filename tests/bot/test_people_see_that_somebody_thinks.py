"""While somebody thinks, networks that can show typing do so, again before it fades, and stop with the answer."""

import asyncio
from pathlib import Path

from bot.capability import capability
from bot.clock import SystemClock
from bot.content import Draft
from bot.errors import RetryLater
from bot.model import Job, Thread
from bot.ports import Ask, Reply
from bot.storage.sqlite import SqliteStore
from bot.streams import Streams
from tests.bot.parlour import PaperChannel, parlour


class TypingChannel(PaperChannel):
    """Shows typing for no time at all; `busy`: refuses the first so many times."""

    def __init__(self, busy: int = 0) -> None:
        super().__init__()
        self.typed: list[str] = []
        self.busy = busy

    async def typing(self, place: str) -> float:
        self.typed.append(place)
        if len(self.typed) <= self.busy:
            raise RetryLater(1)
        return 0.01


class Hasty(SystemClock):
    """Waits a hundredth of what it is told."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


async def seen(tmp_path: Path, channel: PaperChannel, thinking: float, **args: object) -> None:
    clock = Hasty()
    job = Job(id="j", name="persona_turn", thread="t", due_at=clock.now(), args=dict(args))
    streams = Streams(SqliteStore(tmp_path), {"paper": channel}, clock)
    stream = streams.open(job, Thread(id="t", places=("paper:main:den", "other:main:x")), "")
    async with stream.typing():
        await asyncio.sleep(thinking)


async def test_typing_is_shown_again_while_it_lasts(tmp_path: Path) -> None:
    channel = TypingChannel(busy=1)
    await seen(tmp_path, channel, 0.05)
    assert len(channel.typed) > 2 and set(channel.typed) == {"paper:main:den"}
    before = len(channel.typed)
    await asyncio.sleep(0.02)
    assert len(channel.typed) == before


async def test_who_answers_at_once_or_in_private_is_not_seen_typing(tmp_path: Path) -> None:
    channel = TypingChannel()
    await seen(tmp_path, channel, 0)
    await seen(tmp_path, channel, 0.05, private=True)
    await seen(tmp_path, PaperChannel(), 0.05)
    assert channel.typed == []


class Slow:
    """A Capability that calls out and takes its time."""

    @capability("Look far away", command="far", slow=True)
    async def far(self, ask: Ask) -> Reply:
        await asyncio.sleep(0.06)
        return Reply(drafts=(Draft(text="found"),))


async def test_a_search_that_takes_long_is_seen_too(tmp_path: Path) -> None:
    channel = TypingChannel()
    async with parlour(tmp_path, Slow(), channel=channel, clock=Hasty()) as p:
        await p.say("den", "Ana", "/far")
        assert set(channel.typed) == {"paper:main:den"}
        assert p.texts("den")[-1] == "found"
