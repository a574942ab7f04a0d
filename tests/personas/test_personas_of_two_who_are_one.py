"""When two people turn out to be one their personas are kept; the five oldest are awake, the others rest."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.identity.merging import Merging
from bot.model import Person
from bot.turn import Turn
from personas.documents import MEMORIES, ROSTERS
from personas.taking_over import PersonasTakeOver
from tests.personas.salon import Salon, salon


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path) as opened:
        yield opened


class NoVotes:
    async def merged(self, turn: Turn, person: Person) -> None: ...


async def nothing(turn: Turn) -> None: ...


async def are_one(room: Salon, new: str, old: str) -> None:
    core, p = room.room.core, room.room
    takes = PersonasTakeOver(room.store, core.log)
    merging = Merging(room.store, p.clock, core.people, core.log, (takes,), NoVotes(), nothing)
    first, second = await core.people.get(new), await core.people.get(old)
    assert first is not None
    assert second is not None
    await room.store.commit(await merging.merge(first, second))
    for id in (new, old):
        await core.people.changed(id)
    for _ in range(2):  # as after a kill in the middle
        await takes.take_over(old, new, p.clock.now())
    await p.settled()


async def made(room: Salon, place: str, who: str, *names: str) -> str:
    for name in names:
        await room.make(place, who, name)
    return await room.person(place, who)


async def test_all_are_kept_and_the_surplus_rests(room: Salon) -> None:
    ana = await made(room, "trip", "Ana", "Zuri", "Kai", "Mia")
    anna = await made(room, "other", "Anna", "Lea", "Noa", "Pia", "Uma")
    await are_one(room, ana, anna)
    assert {p.owner for p in await room.all_personas()} == {ana}
    assert len(await room.all_personas()) == 7
    roster = await room.store.get(ROSTERS, ana)
    assert roster is not None
    assert len(roster.personas) == 7
    assert await room.store.get(ROSTERS, anna) is None
    seats = [s.name for s in (await room.room.thread("other")).seats]
    assert seats == ["Lea", "Noa"]


async def test_who_rests_comes_in_nowhere_until_another_is_deleted(room: Salon) -> None:
    ana = await made(room, "trip", "Ana", "Zuri", "Kai", "Mia")
    anna = await made(room, "other", "Anna", "Lea", "Noa", "Pia")
    await are_one(room, ana, anna)
    await room.say("trip", "Ana", "/add Pia")
    assert "Pia rests" in room.text("trip")
    await room.say("trip", "Ana", "/switch Pia")
    assert "Pia rests" in room.text("trip")
    await room.say("trip", "Ana", "/persona")
    assert "rests" in room.text("trip")
    await room.say("trip", "Ana", "/persona new Rea")
    assert "6" in room.text("trip")
    await room.call("trip", "Ana", "really_delete_persona", persona=(await room.persona("Kai")).id)
    await room.say("trip", "Ana", "/add Pia")
    assert "Pia" in [s.name for s in (await room.room.thread("trip")).seats]


async def test_what_others_remember_is_about_the_one(room: Salon) -> None:
    ana = await made(room, "trip", "Ana", "Zuri")
    anna = await made(room, "other", "Anna", "Lea")
    await room.say("other", "Anna", "/remember I am allergic to nuts")
    found = await room.store.find(MEMORIES, {"about": anna}, order="at")
    assert found
    await are_one(room, ana, anna)
    assert await room.store.find(MEMORIES, {"about": anna}, order="at") == []
    assert len(await room.store.find(MEMORIES, {"about": ana}, order="at")) == len(found)
