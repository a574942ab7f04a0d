"""What a persona reads for one person reaches nobody else: not by words, streams, nor another persona's history."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.capability import Effect, Text, capability
from bot.content import Draft, Press
from bot.documents import Insert, Replace
from bot.minds import Scene, Words
from bot.model import PEOPLE, PERSONAS, THREADS, Persona, Seat
from bot.ports import Ask, Call, Outcome, Reply
from tests.bot.parlour import Parlour, parlour


class Diary:
    """A private look that is quick, one that is slow and tells how it gets on, and a public slow one."""

    @capability("Read my diary", private=True)
    async def diary(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text="Dear diary, I love Ben"),), data={"secret": "I love Ben"})

    @capability("Search my diary", private=True, slow=True)
    async def search_diary(self, ask: Ask, *, word: Text = "") -> Reply:
        if ask.say:
            await ask.say(f"searching the diary for {word}")
        return Reply(drafts=(Draft(text=f"{word} is on every page"),), data={"secret": word})

    @capability("Look at the sky", slow=True)
    async def sky(self, ask: Ask) -> Reply:
        return Reply(data={"sky": "blue"})

    @capability("Write my diary", private=True, effect=Effect.CHANGE)
    async def write_diary(self, ask: Ask, *, text: Text = "") -> Reply:
        return Reply(drafts=(Draft(text=f"written: {text}"),))


class Gossip:
    """A brain that calls what it is told to and repeats all that it reads."""

    name = "gossip"

    def __init__(self, *calls: Call) -> None:
        self.calls, self.scenes = calls, list[Scene]()

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Words | Call]:
        self.scenes.append(scene)
        if done:
            yield Words(text=f"I read: {[o.data for o in done]}")
            return
        for call in self.calls:
            yield call


@pytest.mark.parametrize(
    "calls",
    [
        (Call(name="diary"),),
        (Call(name="sky"), Call(name="diary")),
        (Call(name="search_diary", args={"word": "Ben"}),),
        (Call(name="write_diary", args={"text": "I love Ben"}),),
    ],
)
async def test_what_a_persona_reads_for_one_person_it_tells_nobody_else(
    tmp_path: Path, calls: tuple[Call, ...]
) -> None:
    brain = Gossip(*calls)
    async with parlour(tmp_path, Diary(), brain=brain) as p:
        await p.say("den", "Ben", "hello")
        await seat_zuri(p, "Ana")
        await p.say("den", "Ana", "Zuri, what do I write?")
        told = [o for o in p.channel.sent if "Ben" in str(o.content)]
        assert told
        assert {o.reader for o in told} == {("paper:Ana",)}
        assert not any(o.partial and "diary" in o.content.text for o in p.channel.sent)
        brain.calls = ()
        await p.say("den", "Ben", "Zuri, and what does Ana write?")
        assert "love Ben" not in str(brain.scenes[-1].lines)
        assert "every page" not in str(brain.scenes[-1].lines)


async def test_what_all_saw_begin_ends_for_all_and_not_with_what_is_private(tmp_path: Path) -> None:
    async with parlour(tmp_path, Diary(), brain=Gossip(Call(name="sky"), Call(name="diary"))) as p:
        await p.say("den", "Ben", "hello")
        await seat_zuri(p, "Ana")
        await p.say("den", "Ana", "Zuri, what do I write?")
        begun = next(o for o in p.channel.sent if o.partial)
        ended = [o for o in p.channel.sent if not o.partial and begun.shown in o.parts]
        assert [o.reader for o in ended] == [()]


async def seat_zuri(p: Parlour, owner: str) -> None:
    """A persona of that person in the den."""
    said = await p.say("den", owner, "hello")
    thread = await p.thread("den")
    zuri = Persona(id="zuri", owner=said.person, name="Zuri")
    seated = replace(thread, seats=(Seat(persona="zuri", name="Zuri", owner=said.person),))
    await p.store.commit([Insert(PERSONAS, zuri), Replace(THREADS, seated)])
    p.core.lanes.forget(thread.id)
    p.channel.sent.clear()


class Unlucky:
    """A look that tells how it gets on and then breaks, and a button that works one time."""

    def __init__(self) -> None:
        self.taken: list[str] = []

    @capability("Look in vain", command="vain", slow=True)
    async def vain(self, ask: Ask) -> Reply:
        if ask.say:
            await ask.say("nearly there")
        raise ZeroDivisionError("a bug")

    @capability("Offer the last seat", command="seat", effect=Effect.CHANGE)
    async def seat(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text="One seat", buttons=(Press(label="Take", call="take", once=True),)),))

    @capability("Take the last seat", effect=Effect.CHANGE, hidden=True)
    async def take(self, ask: Ask) -> Reply:
        self.taken.append(ask.person.name)
        return Reply(drafts=(Draft(text=f"{ask.person.name} has the seat"),))


async def test_what_began_in_a_stream_and_always_breaks_ends_in_one_apology_in_its_place(tmp_path: Path) -> None:
    async with parlour(tmp_path, Unlucky()) as p:
        await p.say("den", "Ana", "/vain")
        for _ in range(3):
            await p.later(seconds=60)
        begun, ended = [o for o in p.channel.sent if o.partial], [o for o in p.channel.sent if not o.partial]
        assert {o.shown for o in begun} == {begun[0].shown}
        assert [("went wrong" in o.content.text, o.what, o.parts) for o in ended] == [(True, "edit", (begun[0].shown,))]


async def test_the_last_seat_is_taken_once_however_many_press_at_the_same_time(tmp_path: Path) -> None:
    unlucky = Unlucky()
    async with parlour(tmp_path, unlucky) as p:
        for who in ("Ana", "Ben", "Chi"):
            await p.say("den", who, "hello")
        await p.say("den", "Ana", "/seat")
        offer = p.channel.sent[-1]
        value = {"kind": "group", "token": offer.content.buttons[0].id}
        presses = [
            p.entry("den", who, "", what="press", object=offer.shown, value=value)
            for who in ("Ana", "Ben", "Chi") for _ in range(20)
        ]  # fmt: skip
        await asyncio.gather(*(p.core.log.append([entry, entry]) for entry in presses))
        await p.settled()
        assert len(unlucky.taken) == 1
        assert [t for t in p.texts("den") if "has the seat" in t] == [f"{unlucky.taken[0]} has the seat"]
        assert len([t for t in p.texts("den") if "done already" in t]) == 59


class Whisper:
    """Tells the last member who came something, alone."""

    @capability("Whisper", command="whisper", effect=Effect.CHANGE)
    async def whisper(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text="psst", only_for=(ask.thread.present[-1].person,)),))


async def test_what_is_for_one_who_cannot_be_named_to_the_network_is_shown_to_nobody(tmp_path: Path) -> None:
    async with parlour(tmp_path, Whisper()) as p:
        await p.say("den", "Ana", "hello")
        ben = await p.core.people.get((await p.say("den", "Ben", "hello")).person)
        assert ben is not None
        await p.say("den", "Ana", "/whisper")
        assert [(o.content.text, o.reader) for o in p.channel.sent] == [("psst", ("paper:Ben",))]
        await p.store.commit([Replace(PEOPLE, replace(ben, identities=()))])
        told = await p.say("den", "Ana", "/whisper")
        assert len(p.channel.sent) == 1
        assert [d.state for d in told.deliveries] == ["failed"]
