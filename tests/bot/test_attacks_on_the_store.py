"""The Store fails at every commit in turn, and at random: each command is still answered once and in order."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.documents import Insert, Op, Replace
from bot.errors import RetryLater, Unknown
from bot.kinds import KINDS
from bot.minds import Scene, Words
from bot.model import ENTRIES, PERSONAS, THREADS, Entry, Persona, Seat
from bot.ports import Ask, Call, Reply
from bot.storage.sqlite import SqliteStore
from bot.together import SeesItsEntry
from tests.bot.faulty_store import FAULTS, FaultyStore
from tests.bot.parlour import Parlour, SilentBrain, parlour

Trouble = Callable[[str, int, Sequence[Op]], str]


class Counter:
    """A slow look with progress, and a change; each counts how often it took effect."""

    def __init__(self) -> None:
        self.looks = 0

    @capability("Look long", command="look", slow=True)
    async def look(self, ask: Ask, *, what: Text = "") -> Reply:
        self.looks += 1
        if ask.say:
            await ask.say("still looking")
        return Reply(drafts=(Draft(text=f"seen {what}"),), then=Call(name="note", args={"text": what}))

    @capability("Note something", command="note", effect=Effect.CHANGE)
    async def note(self, ask: Ask, *, text: Text = "") -> Reply:
        thread = replace(ask.thread, facts={**ask.thread.facts, f"note {ask.key} {text}": "1"})
        return Reply(thread=thread, drafts=(Draft(text=f"noted {text}"),))


def thinking(scene: Scene) -> Sequence[Any]:
    words = scene.lines[-1].text
    return (Call(name="note", args={"text": words}), Words(text=f"I heard {words}"))


@asynccontextmanager
async def shaken(folder: Path, trouble: Trouble, *, early: bool = True) -> AsyncIterator[tuple[Parlour, FaultyStore]]:
    """A parlour with a persona called Zuri, whose Store is then in trouble. `early`: Turns may begin before their

    Entries are stored."""
    real = SqliteStore(str(folder))
    await real.open(KINDS)
    strikes: list[Trouble] = [lambda kind, number, ops: ""]
    store = FaultyStore(real, lambda kind, number, ops: strikes[-1](kind, number, ops))
    seen = SeesItsEntry(store) if early else store
    async with parlour(folder, Counter(), brain=SilentBrain(thinking), store=seen) as p:
        for who in ("Ana", "Ben"):
            await p.say("den", who, "hello")
        thread = await p.thread("den")
        zuri = Persona(id="zuri", owner=thread.present[0].person, name="Zuri")
        seated = replace(thread, seats=(Seat(persona="zuri", name="Zuri", owner=zuri.owner),))
        await store.commit([Insert(PERSONAS, zuri), Replace(THREADS, seated)])
        p.core.lanes.forget(thread.id)
        p.channel.sent.clear()
        store.commits = store.reads = 0
        strikes.append(trouble)
        yield p, store
        strikes.append(lambda kind, number, ops: "")
    await real.close()


async def bring(p: Parlour, entry: Entry) -> None:
    """As a network does: again until it is taken, and once more for luck."""
    while True:
        try:
            await p.core.log.append([entry])
            await p.core.log.append([entry])
        except (RetryLater, Unknown):
            await asyncio.sleep(0.001)
            continue
        return


async def quiet(p: Parlour, *places: str) -> None:
    """Until all is answered, whatever the Store does."""
    for _ in range(2000):
        try:
            await p.settled()
            if not any([await p.core.jobs.waiting((await p.thread(place)).id) for place in places or ("den", "roof")]):
                return
            await p.core.jobs.start_due()
        except (RetryLater, Unknown):
            pass
        await asyncio.sleep(0.002)
    raise AssertionError("it does not come to rest")


async def short_story(p: Parlour) -> None:
    """A command, a new place, plain talk, a slow look and a persona that changes something."""
    await bring(p, p.entry("roof", "Chi", "/ping 1"))
    for text in ("/ping 2", "just talking", "/look north", "Zuri, hello"):
        await bring(p, p.entry("den", "Ana", text))
    await quiet(p)


def answers(p: Parlour) -> list[str]:
    return sorted(p.texts("den") + p.texts("roof"))


EXPECTED = sorted(
    ["pong 1", "pong 2", "seen north", "noted north", "noted Zuri, hello", "I heard Zuri, hello"]
)  # fmt: skip


async def test_without_trouble_each_is_answered_once(tmp_path: Path) -> None:
    async with shaken(tmp_path, lambda kind, number, ops: "") as (p, _):
        await short_story(p)
        assert answers(p) == EXPECTED


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("number", range(1, 31))
async def test_a_fault_at_any_commit_changes_nothing(tmp_path: Path, fault: str, number: int) -> None:
    async with shaken(tmp_path, lambda kind, n, ops: fault if (kind, n) == ("commit", number) else "") as (p, store):
        await short_story(p)
        assert answers(p) == EXPECTED, store.struck
        facts = (await p.thread("den")).facts
        assert len(facts) == 2, store.struck
        entries = await p.store.find(ENTRIES, {"open": True}, limit=10)
        assert entries == []


@pytest.mark.parametrize("early", [True, False])
@pytest.mark.parametrize("seed", range(6))
async def test_a_store_that_is_often_away_loses_and_doubles_nothing_and_keeps_order(
    tmp_path: Path, seed: int, early: bool
) -> None:
    luck = random.Random(seed)
    trouble: Trouble = lambda kind, n, ops: luck.choice(FAULTS) if luck.random() < 0.15 else ""  # noqa: E731
    async with shaken(tmp_path, trouble, early=early) as (p, store):
        for n in range(40):
            await bring(p, p.entry(luck.choice(("den", "roof")), luck.choice(("Ana", "Ben")), f"/ping {n}"))
        await quiet(p)
        for place in ("den", "roof"):
            said = [int(text.split()[1]) for text in p.texts(place)]
            assert said == sorted(said), store.struck
        assert answers(p) == sorted(f"pong {n}" for n in range(40))
        assert len(store.struck) > 5
