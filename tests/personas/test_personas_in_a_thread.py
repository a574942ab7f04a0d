"""P2, P4: switching, seats, silence; nothing of one persona reaches another."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.minds import Scene, Words
from bot.model import PERSONAS
from bot.ports import Call
from personas.documents import LIKES, MEMORIES
from personas.seats import MOST_SEATS
from tests.bot.parlour import SilentBrain
from tests.personas.salon import Salon, salon


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path) as opened:
        yield opened


async def test_a_switch_changes_who_is_active_and_asks_for_one_ranking(room: Salon) -> None:
    zuri, kai = await room.make("trip", "Ana", "Zuri"), await room.make("trip", "Ana", "Kai")
    entry = await room.press("trip", "Ana", "Switch to Kai")
    thread = await room.room.thread("trip")
    assert thread.active == {zuri.owner: kai.id}
    assert [j.args for j in room.switched] == [
        {"person": zuri.owner, "persona": kai.id, "place": "paper:main:trip", "entry": entry.id}
    ]
    assert room.switched[0].name == "persona_switched" and room.switched[0].busy
    await room.say("trip", "Ana", "/switch kai")
    assert "already speaks" in room.text("trip") and len(room.switched) == 1


async def test_a_switch_in_one_thread_leaves_the_others_alone(room: Salon) -> None:
    zuri, kai = await room.make("trip", "Ana", "Zuri"), await room.make("trip", "Ana", "Kai")
    await room.say("other", "Ana", "/switch Zuri")
    await room.say("trip", "Ana", "/switch Kai")
    assert (await room.room.thread("other")).active == {zuri.owner: zuri.id}
    assert (await room.room.thread("trip")).active == {zuri.owner: kai.id}
    assert set((await room.persona("Zuri")).seated) == {(await room.room.thread(p)).id for p in ("trip", "other")}


async def test_another_persons_persona_is_refused(room: Salon) -> None:
    await room.make("home", "Ana", "Zuri")
    await room.say("trip", "Ana", "hello")
    await room.say("trip", "Ben", "/add Zuri")
    assert room.text("trip").strip() == "Zuri belongs to Ana, who alone can do that."
    await room.say("trip", "Ana", "/add @zuri")
    await room.say("trip", "Ben", "/switch Zuri")
    assert "belongs to Ana" in room.text("trip")
    await room.say("trip", "Ben", "/remove Zuri")
    thread = await room.room.thread("trip")
    assert "belongs to Ana" in room.text("trip") and [s.name for s in thread.seats] == ["Zuri"]


async def test_an_unknown_persona_is_named_with_those_there_are(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/add Nobody")
    assert "no persona called “Nobody”" in room.text("trip") and "Yours: Zuri." in room.text("trip")


async def test_anybody_may_silence_and_wake_but_only_the_owner_removes(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ben", "/quiet Zuri")
    assert (await room.room.thread("trip")).seat(zuri.id).quiet  # type: ignore[union-attr]
    await room.say("trip", "Ben", "/wake Zuri")
    assert not (await room.room.thread("trip")).seat(zuri.id).quiet  # type: ignore[union-attr]
    await room.say("trip", "Ana", "/remove Zuri")
    thread = await room.room.thread("trip")
    assert (thread.seats, thread.active) == ((), {}) and (await room.persona("Zuri")).seated == ()


async def test_removing_the_active_persona_lets_the_next_one_of_its_owner_speak(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    kai = await room.make("trip", "Ana", "Kai")
    await room.say("trip", "Ana", "/remove Zuri")
    assert (await room.room.thread("trip")).active == {kai.owner: kai.id}


async def test_a_thread_has_room_for_so_many_and_no_more(room: Salon) -> None:
    for n, who in enumerate(("Ana", "Ben", "Chi")):
        for m in range(3):
            await room.make("trip", who, f"{'ABC'[n]}{'xyz'[m]}li")
    thread = await room.room.thread("trip")
    assert len(thread.seats) == MOST_SEATS
    assert "no free seat" in room.text("trip")
    await room.say("trip", "Chi", "/add Czli")
    assert "which is the most" in room.text("trip")


async def test_a_new_name_reaches_every_thread_it_sits_in(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("other", "Ana", "/add Zuri")
    await room.call("trip", "Ana", "edit_persona", name="Zuri", new_name="Amani")
    for place in ("trip", "other"):
        assert [s.name for s in (await room.room.thread(place)).seats] == ["Amani"], place
    assert (await room.persona("Amani")).id == zuri.id


async def test_a_deleted_persona_leaves_every_thread_with_all_it_kept(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("other", "Ana", "/add Zuri")
    await room.say("trip", "Ana", "/remember I am vegetarian")
    await room.call("trip", "Ana", "like", ref="x:1", tags="beach")
    await room.say("trip", "Ana", "/persona")
    await room.press("trip", "Ana", "Delete")
    assert await room.store.get(PERSONAS, zuri.id) is not None
    await room.press("trip", "Ana", "Yes, delete Zuri")
    assert await room.store.get(PERSONAS, zuri.id) is None
    assert await room.store.find(MEMORIES, {"persona": zuri.id}, order="at") == []
    assert await room.store.find(LIKES, {"persona": zuri.id}, order="at") == []
    for place in ("trip", "other"):
        thread = await room.room.thread(place)
        assert (thread.seats, thread.active) == ((), {}), place
    await room.press("trip", "Ana", "Yes, delete Zuri")
    assert "no persona called" in room.text("trip")


async def test_a_persona_can_be_kept_after_all(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.call("trip", "Ana", "delete_persona", name="Zuri")
    await room.press("trip", "Ana", "Keep Zuri")
    assert "stays" in room.text("trip") and await room.persona("Zuri")


async def test_the_list_shows_tastes_and_who_is_active(room: Salon) -> None:
    await room.say("trip", "Ana", "/persona")
    assert room.labels("trip") == ["Create a persona"]
    await room.make("trip", "Ana", "Zuri", tastes="beach")
    await room.make("home", "Ana", "Kai", tastes="museums")
    await room.say("trip", "Ana", "/persona")
    assert "**Zuri** speaks for you here" in room.text("trip") and "likes museums" in room.text("trip")
    changes = ["Silence", "Remove from here", "Edit", "Delete", "Sharing…", "New persona"]
    assert room.labels("trip") == ["Switch to Kai", "Add Kai", *changes]
    await room.say("trip", "Ana", "/persona zuri")
    assert "Likes beaches" in room.text("trip")


async def test_the_list_shows_who_is_silenced_and_lets_them_speak(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.press("trip", "Ana", "Silence")
    await room.say("trip", "Ana", "/persona")
    assert "silenced here" in room.text("trip")
    await room.press("trip", "Ana", "Let speak")
    await room.press("trip", "Ana", "Zuri")
    thread = await room.room.thread("trip")
    assert [s.quiet for s in thread.seats] == [False]


async def test_a_persona_spoken_to_about_itself_is_the_one_meant(tmp_path: Path) -> None:
    brain = SilentBrain(lambda scene: (Call(name="quiet_persona"),))
    async with salon(tmp_path, brain) as room:
        await room.make("trip", "Ana", "Zuri")
        kai = await room.make("trip", "Ana", "Kai")
        await room.say("trip", "Ben", "Kai, be quiet")
        thread = await room.room.thread("trip")
        assert [s.persona for s in thread.seats if s.quiet] == [kai.id]


async def test_buttons_change_a_persona_bit_by_bit(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri", tastes="beach")
    await room.press("trip", "Ana", "Edit")
    await room.press("trip", "Ana", "Tastes")
    await room.say("trip", "Ana", "also hiking, no crowds")
    assert (await room.persona("Zuri")).tastes == {"beach": 60, "hiking": 60, "crowds": -80}
    await room.press("trip", "Ana", "Voice")
    await room.press("trip", "Ana", "formal")
    await room.press("trip", "Ana", "Budget")
    await room.press("trip", "Ana", "high")
    await room.press("trip", "Ana", "Style")
    await room.press("trip", "Ana", "luxury")
    await room.press("trip", "Ana", "Rename")
    await room.say("trip", "Ana", "Caravan")
    assert "means something" in room.text("trip")
    await room.say("trip", "Ana", "Amani")
    amani = await room.persona("Amani")
    assert (amani.voice, amani.budget, amani.style) == ("formal", "high", "luxury")
    await room.call("trip", "Ana", "edit_persona", name="Amani", tastes="food")
    assert (await room.persona("Amani")).tastes == {"food": 60}


async def test_nothing_of_one_persona_reaches_the_next_prompt_of_another(tmp_path: Path) -> None:
    brain = SilentBrain(lambda scene: (Words(text="Noted."),))
    async with salon(tmp_path, brain) as room:
        await room.make("trip", "Ana", "Zuri", tastes="pottery, beach", voice="dry", budget="low", style="relaxed")
        await room.call("trip", "Ana", "remember", fact="my passport is in the blue suitcase")
        await room.call("trip", "Ana", "like", ref="x:1", tags="xylophones")
        await room.make("trip", "Ana", "Kai", tastes="museums")
        await room.say("trip", "Ana", "/switch Kai")
        await room.say("trip", "Ana", "Kai, what now?")
        scene = brain.scenes[-1]
        assert scene.persona.name == "Kai" and scene.memory == ()
        own = f"{scene.persona} {scene.memory} {scene.asker}"
        assert not [w for w in ("pottery", "suitcase", "xylophone", "dry", "relaxed", "Zuri") if w in own]
        await room.say("trip", "Ana", "Zuri, what now?")
        assert _recalls(brain.scenes[-1], "suitcase") and brain.scenes[-1].persona.learned == {"xylophone": 20}


def _recalls(scene: Scene, word: str) -> bool:
    return any(word in fact for fact in scene.memory)
