"""C14: the welcome, and a profile in at most eight taps from which the first persona starts."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.model import PEOPLE
from tests.personas.salon import Salon, salon


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path) as opened:
        yield opened


async def test_the_welcome_shows_three_first_steps(room: Salon) -> None:
    await room.say("trip", "Ana", "/start")
    assert "Welcome to Caravan" in room.text("trip")
    assert room.labels("trip") == ["Create a persona", "Plan a trip", "Help"]
    await room.press("trip", "Ana", "Create a persona")
    assert "called" in room.text("trip")
    await room.say("trip", "Ana", "Zuri")
    for _ in range(4):
        await room.press("trip", "Ana", "Skip")
    await room.say("trip", "Ana", "/start")
    assert "Your personas: Zuri." in room.text("trip")


async def test_the_profile_takes_few_taps_and_the_first_persona_starts_with_it(room: Salon) -> None:
    taps = 2
    await room.say("trip", "Ana", "/profile")
    await room.press("trip", "Ana", "Skip")
    await room.say("trip", "Ana", "beach, no museums")
    await room.press("trip", "Ana", "low")
    await room.press("trip", "Ana", "family")
    taps += 3
    assert taps <= 8 and "Enjoys beach, no museums" in room.text("trip")
    ana = await room.store.get(PEOPLE, await room.person("trip", "Ana"))
    assert ana is not None and ana.profile == {"interests": "beach, no museums", "budget": "low", "style": "family"}
    first, second = await room.make("trip", "Ana", "Zuri"), await room.make("trip", "Ana", "Kai")
    assert (first.tastes, first.budget, first.style) == ({"beach": 60, "museum": -80}, "low", "family")
    assert (second.tastes, second.budget, second.style) == ({}, "", "")


async def test_everything_may_be_skipped(room: Salon) -> None:
    await room.say("trip", "Ana", "/profile")
    for _ in range(4):
        await room.press("trip", "Ana", "Skip")
    assert "Nothing noted" in room.text("trip") and room.labels("trip") == ["Create a persona"]
    zuri = await room.make("trip", "Ana", "Zuri")
    assert zuri.tastes == {}


async def test_the_name_one_chooses_is_the_name_shown(room: Salon) -> None:
    await room.say("trip", "Ana", "/profile")
    await room.say("trip", "Ana", "Caravan")
    assert "means something" in room.text("trip")
    await room.say("trip", "Ana", "Anabel")
    for _ in range(3):
        await room.press("trip", "Ana", "Skip")
    assert [m.name for m in (await room.room.thread("trip")).present] == ["Anabel"]
    await room.say("trip", "Ana", "hello")
    assert [m.name for m in (await room.room.thread("trip")).present] == ["Anabel"]


async def test_nobody_takes_the_name_of_a_persona_or_a_person_that_is_here(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ben", "hello")
    for name in ("zURI", "ana", "Ａｎａ"):
        await room.call("trip", "Ben", "profile", name=name)
        assert "already called" in room.text("trip")
    await room.call("trip", "Ana", "profile", name="ANA")
    assert "already called" not in room.text("trip")
