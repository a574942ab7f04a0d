"""A Turn that is ready at once is stored with its Entry; one that has to ask or to wait finds its Entry stored."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.capability import Effect, capability
from bot.content import Draft
from bot.documents import Insert, Op
from bot.errors import RetryLater, Unknown
from bot.kinds import KINDS
from bot.model import ENTRIES
from bot.ports import Ask, Reply
from bot.storage.sqlite import SqliteStore
from bot.together import SeesItsEntry
from tests.bot.faulty_store import FaultyStore
from tests.bot.parlour import Parlour, parlour


class Curious:
    """Capabilities that need more than the Turn brings."""

    def __init__(self) -> None:
        self.runs = self.looked = 0
        self.room: Parlour | None = None

    @capability("Look for one's own message", command="self", effect=Effect.CHANGE)
    async def own(self, ask: Ask) -> Reply:
        assert self.room is not None
        found = await self.room.store.get(ENTRIES, ask.key)
        self.looked += 1
        return Reply(drafts=(Draft(text="stored" if found else "missing"),))

    @capability("Take a while", command="while", effect=Effect.CHANGE)
    async def take_a_while(self, ask: Ask) -> Reply:
        self.runs += 1
        await asyncio.sleep(0.002)
        return Reply(drafts=(Draft(text=f"run {self.runs}"),))


@asynccontextmanager
async def watched(
    folder: Path, told: list[Sequence[Op]], *services: object, fault: Callable[[], str] = lambda: ""
) -> AsyncIterator[Parlour]:
    """A parlour whose commits are told; `fault`: what happens to those that insert an Entry now."""
    real = SqliteStore(str(folder))
    await real.open(KINDS)

    def trouble(kind: str, number: int, ops: Sequence[Op]) -> str:
        told.append(ops)
        return fault() if any(isinstance(op, Insert) and op.kind is ENTRIES for op in ops) else ""

    async with parlour(folder, *services, store=SeesItsEntry(FaultyStore(real, trouble))) as p:
        for _ in range(2):  # then the Place, its Thread and who speaks are in memory
            await p.say("den", "Ana", "/ping")
        p.channel.sent.clear()
        yield p
    await real.close()


def steps(told: Sequence[Sequence[Op]], entry: str) -> list[str]:
    """What was written of an Entry, commit by commit, the marks left out."""
    return [type(op).__name__ for ops in told for op in ops if op.value.id == entry and getattr(op.value, "open", True)]


async def test_a_turn_that_is_ready_at_once_is_one_commit(tmp_path: Path) -> None:
    told: list[Sequence[Op]] = []
    async with watched(tmp_path, told) as p:
        said = await p.say("den", "Ana", "/ping 1")
        assert steps(told, said.id) == ["Insert"]
        assert (said.handled, said.seq) == (True, 3)
        assert p.texts("den") == ["pong 1"]


async def test_a_turn_that_asks_the_store_finds_its_own_entry(tmp_path: Path) -> None:
    told: list[Sequence[Op]] = []
    curious = Curious()
    async with watched(tmp_path, told, curious) as p:
        curious.room = p
        said = await p.say("den", "Ana", "/self")
        assert steps(told, said.id) == ["Insert", "Replace"]
        assert p.texts("den")[-1] == "stored"


async def test_a_turn_that_takes_a_while_runs_once_and_holds_its_place(tmp_path: Path) -> None:
    told: list[Sequence[Op]] = []
    async with watched(tmp_path, told, Curious()) as p:
        slow, quick = p.entry("den", "Ana", "/while"), p.entry("den", "Ana", "/ping after")
        await asyncio.gather(p.core.log.append([slow]), p.core.log.append([quick]))
        await p.settled()
        assert p.texts("den") == ["run 1", "pong after"]


async def test_the_same_entry_at_once_is_handled_once(tmp_path: Path) -> None:
    async with watched(tmp_path, [], Curious()) as p:
        entry = p.entry("den", "Ana", "/ping twice")
        await asyncio.gather(*(p.core.log.append([entry]) for _ in range(10)))
        await p.settled()
        assert p.texts("den") == ["pong twice"]


async def test_a_turn_of_an_entry_that_was_there_before_gets_no_answer_from_the_store(tmp_path: Path) -> None:
    curious = Curious()
    async with watched(tmp_path, [], curious) as p:
        curious.room = p
        said = await p.say("den", "Ana", "/self")
        assert curious.looked == 1
        again = replace(said, seq=None, handled=False, open=True, answers=(), deliveries=(), version=0)
        await p.core.log.append([again])
        await p.settled()
        assert curious.looked == 1 and p.texts("den") == ["stored"]


async def test_a_place_in_the_thread_that_another_owner_took_is_left_to_it(tmp_path: Path) -> None:
    async with watched(tmp_path, []) as p:
        one = await p.say("den", "Ana", "/ping 1")
        await p.store.commit([Insert(ENTRIES, replace(one, id=f"{one.id}x", seq=4, version=0))])
        said = await p.say("den", "Ana", "/ping 2")
        assert (said.handled, said.seq) == (True, 5)
        assert p.texts("den") == ["pong 1", "pong 2"]


@pytest.mark.parametrize("fault", ["busy", "lost"])
async def test_an_entry_that_could_not_be_stored_is_not_answered_until_it_comes_again(
    tmp_path: Path, fault: str
) -> None:
    faults = [""]
    async with watched(tmp_path, [], fault=lambda: faults[0]) as p:
        await p.say("den", "Ana", "/ping 1")
        entry, faults[0] = p.entry("den", "Ana", "/ping 2"), fault
        with pytest.raises((RetryLater, Unknown)):
            await p.core.log.append([entry])
        assert p.texts("den") == ["pong 1"]
        faults[0] = ""
        await p.hear(entry)
        assert p.texts("den") == ["pong 1", "pong 2"]


async def test_an_answer_of_the_store_that_got_lost_is_no_second_turn(tmp_path: Path) -> None:
    faults = [""]
    async with watched(tmp_path, [], fault=lambda: faults[0]) as p:
        await p.say("den", "Ana", "/ping 1")
        entry, faults[0] = p.entry("den", "Ana", "/ping 2"), "unheard"
        await p.core.log.append([entry])
        faults[0] = ""
        await p.hear(entry)
        assert p.texts("den") == ["pong 1", "pong 2"]
