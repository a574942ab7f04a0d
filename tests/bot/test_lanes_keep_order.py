"""One Turn at a time in a Thread, in order, whatever is doubled, fails or is taken away."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.capability import Effect, capability
from bot.content import Draft
from bot.documents import Insert, Kind, Replace
from bot.errors import Conflict, Explain
from bot.model import ENTRIES, Blob
from bot.ports import Ask, Reply
from tests.bot.parlour import parlour
from tests.waiting import soon


class Counter:
    """Capabilities that misbehave on request."""

    def __init__(self) -> None:
        self.runs = 0

    @capability("Count", command="count", effect=Effect.CHANGE)
    async def count(self, ask: Ask) -> Reply:
        self.runs += 1
        await asyncio.sleep(0.001)
        return Reply(drafts=(Draft(text=str(self.runs)),))

    @capability("Break", command="break", effect=Effect.CHANGE)
    async def break_it(self, ask: Ask) -> Reply:
        raise RuntimeError("a bug")

    @capability("Refuse", command="refuse", effect=Effect.CHANGE)
    async def refuse(self, ask: Ask) -> Reply:
        raise Explain("no, and here is why")


async def test_answers_come_in_the_order_of_the_questions(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        asked = [p.entry("den", "Ana", f"/ping {n}") for n in range(60)]
        await p.core.log.append(asked)
        await p.settled()
        assert p.texts("den") == [f"pong {n}" for n in range(60)]
        seqs = [(await p.store.get(ENTRIES, e.id)).seq for e in asked]
        assert seqs == list(range(1, 61))


async def test_the_same_entry_twice_is_one_event(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        entry = p.entry("den", "Ana", "/count")
        await asyncio.gather(*(p.core.log.append([entry]) for _ in range(20)))
        await p.settled()
        assert p.texts("den") == ["1"]


async def test_an_error_of_ours_changes_nothing_is_told_and_does_not_stop_the_lane(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        broken = await p.say("den", "Ana", "/break")
        await p.say("den", "Ana", "/ping still here")
        assert "went wrong" in p.texts("den")[0]
        assert p.texts("den")[1] == "pong still here"
        assert broken.outcome.endswith("an error of ours")


async def test_a_refusal_is_told_to_the_asker(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        await p.say("den", "Ana", "/refuse")
        (told,) = p.channel.sent
        assert told.content.text == "no, and here is why"
        assert told.reader == ("paper:Ana",)


async def test_a_second_owner_that_is_live_at_once_loses_the_race_and_nothing_is_answered_twice(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as first, parlour(tmp_path, Counter(), store=first.store) as second:
        entries = [first.entry("den", "Ana", f"/ping {n}") for n in range(40)]
        for entry in entries:
            await first.store_entry_for_both(second, entry)
        await first.settled()
        await second.settled()
        answered = [o.id for p in (first, second) for o in p.channel.sent]
        assert len(answered) == len(set(answered)) == 40
        stored = [await first.store.get(ENTRIES, e.id) for e in entries]
        assert sorted(e.seq for e in stored) == list(range(1, 41))


async def test_the_fence_refuses_a_seq_that_is_taken(tmp_path: Path) -> None:
    async with parlour(tmp_path) as p:
        one = await p.say("den", "Ana", "/ping 1")
        other = replace(one, id=one.id + "x", version=0)
        with pytest.raises(Conflict) as refused:
            await p.store.commit([Insert(ENTRIES, other)])
        assert refused.value.clash.why == "unique"


async def test_a_document_changed_outside_meanwhile_makes_the_turn_run_again(tmp_path: Path) -> None:
    blobs = Kind("blobs", Blob)

    class Rival:
        tries = 0

        @capability("Write", command="write", effect=Effect.CHANGE)
        async def write(self, ask: Ask) -> Reply:
            blob = await p.store.get(blobs, "b")
            assert blob is not None
            Rival.tries += 1
            if Rival.tries == 1:
                await p.store.commit([Replace(blobs, replace(blob, data=b"rival"))])
            return Reply(ops=(Replace(blobs, replace(blob, data=blob.data + b"+")),), drafts=(Draft(text="written"),))

    async with parlour(tmp_path, Rival()) as p:
        await p.store.commit([Insert(blobs, Blob(id="b", thread="t", name="n", mime="m", data=b""))])
        await p.say("den", "Ana", "/write")
        assert Rival.tries == 2
        assert (await p.store.get(blobs, "b")).data == b"rival+"
        assert p.texts("den") == ["written"]


async def test_many_threads_go_on_while_one_is_slow(tmp_path: Path) -> None:
    gate = asyncio.Event()

    class Slow:
        @capability("Wait", command="wait", effect=Effect.CHANGE)
        async def wait(self, ask: Ask) -> Reply:
            await gate.wait()
            return Reply(drafts=(Draft(text="at last"),))

    async with parlour(tmp_path, Slow()) as p:
        await p.core.log.append([p.entry("slow", "Ana", "/wait"), p.entry("slow", "Ana", "/ping after")])
        await p.core.log.append([p.entry(f"den{n}", "Ben", "/ping quick") for n in range(20)])
        await soon(lambda: len(p.channel.sent) == 20)
        assert not p.texts("slow")
        assert all(p.texts(f"den{n}") == ["pong quick"] for n in range(20))
        gate.set()
        await p.settled()
        assert p.texts("slow") == ["at last", "pong after"]
