"""P1: the wizard, its buttons, and what it refuses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.personas.salon import Salon, salon


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path) as opened:
        yield opened


async def test_a_wizard_asks_for_one_thing_after_the_other_with_buttons(room: Salon) -> None:
    await room.say("trip", "Ana", "/persona new")
    assert "called" in room.text("trip") and room.labels("trip") == ["Cancel"]
    await room.say("trip", "Ana", "Zuri")
    assert room.labels("trip")[:2] == ["warm", "dry"] and room.labels("trip")[-2:] == ["Skip", "Cancel"]
    await room.press("trip", "Ana", "dry")
    await room.say("trip", "Ana", "I love beaches and food, no museums")
    await room.press("trip", "Ana", "low")
    await room.press("trip", "Ana", "relaxed")
    zuri = await room.persona("Zuri")
    assert (zuri.voice, zuri.budget, zuri.style) == ("dry", "low", "relaxed")
    assert zuri.tastes == {"beach": 90, "food": 90, "museum": -80}
    assert "beaches, good food" in room.text("trip") and "museums" in room.text("trip")


@pytest.mark.parametrize("name", ["Z" * 300, "switch to " + "Zuri " * 58, "Zuri who loves beaches and food " * 9])
async def test_a_name_that_is_far_too_long_is_said_to_be_and_asked_for_again(room: Salon, name: str) -> None:
    await room.say("trip", "Ana", "/persona new")
    for _ in range(2):
        await room.say("trip", "Ana", name)
        assert "too long" in room.text("trip") and "What shall it be called?" in room.text("trip")
        assert room.labels("trip") == ["Cancel"]
    await room.say("trip", "Ana", "Zuri")
    assert room.labels("trip")[:2] == ["warm", "dry"]


async def test_everything_but_the_name_can_be_skipped(room: Salon) -> None:
    await room.say("trip", "Ana", "/persona new")
    await room.say("trip", "Ana", "Zuri")
    for _ in range(4):
        await room.press("trip", "Ana", "Skip")
    zuri = await room.persona("Zuri")
    assert (zuri.voice, zuri.tastes, zuri.budget, zuri.style) == ("warm", {}, "", "")


async def test_a_new_persona_sits_in_the_thread_and_the_first_speaks_for_its_owner(room: Salon) -> None:
    zuri, kai = await room.make("trip", "Ana", "Zuri"), await room.make("trip", "Ana", "Kai")
    thread = await room.room.thread("trip")
    assert [s.name for s in thread.seats] == ["Zuri", "Kai"]
    assert thread.active == {zuri.owner: zuri.id}
    assert "Switch to Kai" in room.labels("trip") and kai.seated == (thread.id,)


async def test_the_sixth_persona_is_refused_with_the_count_before_anything_is_asked(room: Salon) -> None:
    for name in ("Zuri", "Kai", "Amani", "Tembo", "Simba"):
        await room.make("trip", "Ana", name)
    await room.say("trip", "Ana", "/persona new")
    assert "You have 5 personas" in room.text("trip") and room.labels("trip") == []
    thread = await room.room.thread("trip")
    assert thread.asked == {} and len(await room.all_personas()) == 5
    await room.make("trip", "Ben", "Duma")
    assert len(await room.all_personas()) == 6


async def test_two_at_once_do_not_make_a_sixth(room: Salon) -> None:
    for name in ("Zuri", "Kai", "Amani", "Tembo"):
        await room.make("trip", "Ana", name)
    await room.say("other", "Ana", "/ping")
    first, second = await room.room.thread("trip"), await room.room.thread("other")
    ana = await room.person("trip", "Ana")
    calls = [
        room.room.entry(place, "Ana", "", what="call", author="", id=f"{thread.id}:call:{name}", thread=thread.id)
        for place, thread, name in (("trip", first, "Simba"), ("other", second, "Duma"))
    ]
    for entry in calls:
        name = entry.id.rpartition(":")[2]
        entry.value.update(call="create_persona", person=ana, persona="", args=_all(name))
    await room.room.core.log.append(calls)
    await room.room.settled()
    assert len(await room.all_personas()) == 5


def _all(name: str) -> dict[str, str]:
    return {"name": name, "voice": "warm", "tastes": "beach", "budget": "low", "style": "relaxed"}


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("Caravan", "means something"), ("c a r a v a n", "means something"), ("Cаravan", "alphabets"),
        ("Ana", "already called"), ("Z", "two letters"), ("x" * 25, "too long"), ("Zu\u202eri", "letters"),
        ("🦁🦁", "two letters"), ("12", "two letters"), ("Zuri; drop", "letters"), ("skip it", ""),
        ("everyone", "means"),
    ],
)  # fmt: skip
async def test_a_name_that_cannot_be_is_asked_again_at_once(room: Salon, name: str, word: str) -> None:
    await room.say("trip", "Ana", "/persona new")
    await room.say("trip", "Ana", name)
    if word:
        assert word in room.text("trip")
        await room.say("trip", "Ana", "Zuri")
    assert "talk" in room.text("trip")


async def test_names_are_mine_alone_and_nobody_elses_here(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/persona new")
    await room.say("trip", "Ana", "ZÚRI")
    assert "already have a persona" in room.text("trip")
    await room.say("trip", "Ana", "cancel")
    await room.say("trip", "Ben", "hello")
    await room.call("trip", "Ben", "create_persona", name="zuri")
    assert "already called zuri" in room.text("trip")
    await room.say("elsewhere", "Ben", "/persona new")
    await room.say("elsewhere", "Ben", "Zuri")
    assert "talk" in room.text("elsewhere")


async def test_nobody_else_can_answer_my_wizard(room: Salon) -> None:
    await room.say("trip", "Ben", "hello")
    await room.say("trip", "Ana", "/persona new")
    await room.say("trip", "Ana", "Zuri")
    await room.press("trip", "Ben", "dry")
    assert "somebody else" in room.text("trip")
    await room.say("trip", "Ben", "dry")
    thread = await room.room.thread("trip")
    assert thread.asked[await room.person("trip", "Ana")].parameter == "voice"


async def test_words_that_say_nothing_are_told(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri", tastes="beach, long evenings with strangers who talk")
    said = [c.text for c in room.shown("trip", 2)]
    assert any("could not make a taste" in text and "stranger" in text for text in said)
