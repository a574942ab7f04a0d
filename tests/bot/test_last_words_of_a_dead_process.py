"""A process dies and its last write reaches the database late: what it stored is answered in its place, and once."""

import asyncio
from dataclasses import replace
from pathlib import Path

from bot.capability import Effect, capability
from bot.clock import SystemClock
from bot.content import Draft
from bot.documents import Insert
from bot.model import ENTRIES, Entry
from bot.ports import Ask, Reply
from bot.turn import Route, Turn
from tests.bot.parlour import Parlour, parlour


class QuickClock(SystemClock):
    """Sleeping takes a hundredth of its time."""

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 100)


class Before:
    """What a process that is dead by now wrote; `room` is where another lives on."""

    def __init__(self) -> None:
        self.room: Parlour | None = None
        self.go = asyncio.Event()

    @capability("Answered by the dead process while we handle it", command="late", effect=Effect.CHANGE)
    async def late(self, ask: Ask) -> Reply:
        assert self.room is not None
        stored = await self.room.store.get(ENTRIES, ask.key)
        assert stored is not None
        turn = Turn(stored, ask.thread, self.room.clock.now())
        turn.say(Draft(text="from the dead one"))
        _, ops = turn.finish(1000, Route(everywhere=ask.thread.places, alone={}))
        await self.room.store.commit(ops)
        return Reply(drafts=(Draft(text="from us"),))

    @capability("Wait", command="wait", effect=Effect.CHANGE)
    async def wait(self, ask: Ask) -> Reply:
        await self.go.wait()
        return Reply(drafts=(Draft(text="waited"),))


async def test_a_turn_that_a_dead_process_wrote_is_sent_before_what_was_said_after_it(tmp_path: Path) -> None:
    before = Before()
    async with parlour(tmp_path, before, clock=QuickClock()) as p:
        before.room = p
        await p.say("den", "Ana", "/ping first")
        await p.core.log.append([p.entry("den", "Ana", "/late"), p.entry("den", "Ana", "/ping next")])
        await p.settled()
        assert p.texts("den") == ["pong first", "from the dead one", "pong next"]


async def test_an_entry_that_a_dead_process_stored_keeps_its_place_when_it_comes_again(tmp_path: Path) -> None:
    before = Before()
    async with parlour(tmp_path, before) as p:
        thread = (await p.say("den", "Ana", "/ping first")).thread
        said = p.entry("den", "Ana", "/ping again")
        await p.core.log.append([p.entry("den", "Ana", "/wait")])
        await p.store.commit([Insert(ENTRIES, stored_alone(said, thread, p))])
        await p.core.log.append([said])
        await p.core.log.append([said, p.entry("den", "Ana", "/ping next")])
        before.go.set()
        await p.settled()
        assert p.texts("den") == ["pong first", "waited", "pong again", "pong next"]


async def test_an_answer_that_a_dead_process_stored_is_sent_when_its_entry_comes_again(tmp_path: Path) -> None:
    before = Before()
    async with parlour(tmp_path, before) as p:
        first = await p.say("den", "Ana", "/ping first")
        said = p.entry("den", "Ana", "/ping again")
        turn = Turn(stored_alone(said, first.thread, p), await p.thread("den"), p.clock.now())
        turn.say(Draft(text="from the dead one"))
        handled, _ = turn.finish((first.seq or 0) + 1, Route(everywhere=turn.thread.places, alone={}))
        await p.store.commit([Insert(ENTRIES, handled)])
        await p.core.log.append([p.entry("den", "Ana", "/wait")])
        await p.core.log.append([said])
        before.go.set()
        await p.settled()
        assert sorted(p.texts("den")) == ["from the dead one", "pong first", "waited"]


def stored_alone(said: Entry, thread: str, room: Parlour) -> Entry:
    return replace(said, thread=thread, arrival=room.clock.tick())
