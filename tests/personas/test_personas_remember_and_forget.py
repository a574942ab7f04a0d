"""P6: what a persona remembers can be seen, corrected and erased; what is erased never comes up again."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.minds import Scene, Words
from bot.ports import Call
from personas.documents import MEMORIES
from personas.ranking import rank, shunned
from tests.bot.parlour import SilentBrain
from tests.personas.salon import Salon, salon
from tests.personas.things import Thing

GRILL = Thing(ref="r:1", kind="restaurant", title="Marula Grill", tags=("food",), rating=4.9)
GREENS = Thing(ref="r:2", kind="restaurant", title="Tide Greens", tags=("food",), details=(("Cuisine", "vegetarian"),))


@pytest.fixture
def brain() -> SilentBrain:
    return SilentBrain(lambda scene: (Words(text="I hear you."),))


@pytest.fixture
async def room(tmp_path: Path, brain: SilentBrain) -> AsyncIterator[Salon]:
    async with salon(tmp_path, brain) as opened:
        yield opened


def prompt(scene: Scene) -> str:
    """All that a brain is shown."""
    return f"{scene.persona} {scene.asker} {scene.thread} {scene.lines} {scene.memory}".casefold()


async def test_a_fact_is_kept_and_read_by_the_brain(room: Salon, brain: SilentBrain) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/remember that I am vegetarian.")
    assert "“I am vegetarian”" in room.text("trip")
    await room.say("trip", "Ana", "Zuri, where do we eat?")
    assert brain.scenes[-1].memory == ("Ana: I am vegetarian",)


async def test_a_forgotten_fact_is_in_no_later_prompt(room: Salon, brain: SilentBrain) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "Zuri, I'm vegetarian and we love beaches")
    await room.say("trip", "Ana", "Zuri, as a vegetarian, what can I eat?")
    assert "vegetarian" in prompt(brain.scenes[-1])
    await room.say("trip", "Ana", "/forget that I'm vegetarian")
    assert "Forgotten" in room.text("trip")
    await room.say("trip", "Ana", "Zuri, what do you suggest for tonight?")
    assert "vegetarian" not in prompt(brain.scenes[-1]) and "beach" in prompt(brain.scenes[-1])
    kept = await room.store.find(MEMORIES, {"persona": zuri.id}, order="at")
    assert [m.text for m in kept] == ["we love beaches"]
    assert (await room.persona("Zuri")).recalled == {"beach": 90}


async def test_a_persona_told_to_forget_forgets_its_own_words_too(tmp_path: Path) -> None:
    def words(scene: Scene) -> tuple[object, ...]:
        said = scene.lines[-1].text
        if "forget" in said:
            return (Words(text="I drop the peanuts."), Call(name="forget_memory", args={"fact": "allergic to peanuts"}))
        return (Words(text="No peanuts for you, noted."),)

    brain = SilentBrain(words)
    async with salon(tmp_path, brain) as room:
        await room.make("trip", "Ana", "Zuri")
        await room.say("trip", "Ana", "Zuri, I'm allergic to peanuts")
        await room.say("trip", "Ana", "Zuri, forget what I said about my allergy")
        await room.say("trip", "Ana", "Zuri, dinner?")
        assert brain.scenes[-1].memory == ()
        assert "peanut" not in prompt(brain.scenes[-1])


async def test_what_is_said_in_passing_is_kept_with_a_way_to_erase_it(room: Salon, brain: SilentBrain) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "Zuri, two days in Mombasa. I hate flying!")
    assert brain.scenes[-1].memory == ("Ana: I hate flying",)
    told = next(c for c in room.shown("trip", 3) if "keep in mind" in c.text)
    assert "/memory" in told.text and [b.label for b in told.buttons] == ["Forget it"]
    await room.say("trip", "Ana", "Zuri, I hate flying!")
    assert len(await room.memory.memory_of((await room.persona("Zuri")).id)) == 1
    await room.press("trip", "Ana", "Forget it")
    assert await room.memory.memory_of((await room.persona("Zuri")).id) == ()


async def test_what_is_said_to_nobody_or_asked_is_not_kept(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ben", "I'm vegetarian")
    await room.say("trip", "Ana", "Zuri, am I vegetarian?")
    await room.say("trip", "Ana", "Zuri, would you say if I'm vegetarian?")
    assert await room.memory.memory_of(zuri.id) == ()


async def test_diets_and_allergies_decide_what_is_shown_first_until_forgotten(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    assert rank(await room.persona("Zuri"), [GREENS, GRILL]) == [GRILL, GREENS]
    await room.say("trip", "Ana", "/remember I am vegetarian")
    assert rank(await room.persona("Zuri"), [GRILL, GREENS]) == [GREENS, GRILL]
    assert shunned(await room.persona("Zuri"), GRILL)
    await room.say("trip", "Ana", "/forget vegetarian")
    assert (await room.persona("Zuri")).recalled == {}


async def test_of_others_only_what_must_never_be_counts_for_ranking(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ben", "Zuri, I'm allergic to shellfish and I love museums")
    zuri = await room.persona("Zuri")
    assert zuri.recalled == {"seafood": -100}
    assert await room.memory.memory_of(zuri.id) == ("Ben: I'm allergic to shellfish", "Ben: I love museums")


async def test_memory_is_listed_alone_corrected_and_erased_with_buttons(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/remember I am vegetarian")
    await room.say("trip", "Ana", "/remember our anniversary is in May")
    await room.say("trip", "Ana", "/memory")
    assert room.room.channel.sent[-1].reader == ("paper:Ana",)
    assert "1. I am vegetarian" in room.text("trip") and "2. our anniversary" in room.text("trip")
    assert room.labels("trip") == ["Forget 1", "Correct 1", "Forget 2", "Correct 2", "Forget all"]
    await room.press("trip", "Ana", "Correct 1")
    await room.say("trip", "Ana", "I eat fish but no meat")
    assert (await room.memory.memory_of(zuri.id))[-1] == "Ana: I eat fish but no meat"
    assert (await room.persona("Zuri")).recalled["seafood"] > 0
    await room.say("trip", "Ana", "/memory")
    await room.press("trip", "Ana", "Forget all")
    assert await room.memory.memory_of(zuri.id) == ()
    await room.say("trip", "Ana", "/memory")
    assert "remember nothing" in room.text("trip")


async def test_a_corrected_fact_is_as_forgotten_as_an_erased_one(room: Salon, brain: SilentBrain) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "Zuri, I'm allergic to peanuts")
    await room.say("trip", "Ana", "/memory")
    await room.press("trip", "Ana", "Correct 1")
    await room.say("trip", "Ana", "I'm allergic to cashews")
    await room.say("trip", "Ana", "Zuri, what now?")
    assert "peanut" not in prompt(brain.scenes[-1]) and "cashew" in prompt(brain.scenes[-1])


async def test_nobody_sees_or_erases_what_is_not_theirs(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/remember my passport expires in June")
    await room.say("trip", "Ben", "/memory")
    assert "passport" not in room.text("trip")
    await room.say("trip", "Ben", "/forget passport")
    assert "find nothing like that" in room.text("trip")
    kept = await room.store.find(MEMORIES, {"persona": zuri.id}, order="at")
    await room.call("trip", "Ben", "forget_memory", fact=kept[0].id)
    assert len(await room.memory.memory_of(zuri.id)) == 1


async def test_others_see_and_erase_what_my_persona_knows_about_them(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/remember my passport expires in June")
    await room.say("trip", "Ben", "Zuri, I'm vegan")
    await room.say("trip", "Ben", "/memory")
    assert "Zuri (Ana's persona)" in room.text("trip") and "I'm vegan" in room.text("trip")
    assert "passport" not in room.text("trip")
    await room.press("trip", "Ben", "Forget 1")
    assert await room.memory.memory_of(zuri.id) == ("Ana: my passport expires in June",)


async def test_what_was_told_in_private_or_about_the_absent_stays_out_of_a_group(room: Salon) -> None:
    zuri = await room.make("dm", "Ana", "Zuri")
    alone = {"kind": "direct"}
    await room.say("dm2", "Ana", "/add Zuri", value=alone)
    await room.say("dm2", "Ana", "Zuri, I'm diabetic", value=alone)
    await room.say("trip", "Ana", "/add Zuri")
    await room.say("trip", "Ben", "Zuri, I'm vegan")
    trip, other = await room.room.thread("trip"), await room.room.thread("dm")
    assert (await room.room.thread("dm2")).private
    assert await room.memory.memory_of(zuri.id, trip) == ("Ben: I'm vegan",)
    assert await room.memory.memory_of(zuri.id, other) == ()
    assert await room.memory.memory_of(zuri.id, await room.room.thread("dm2")) == ("Ana: I'm diabetic",)
    assert len(await room.memory.memory_of(zuri.id)) == 2


async def test_several_that_fit_are_offered_to_choose_from(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/remember my mother likes museums")
    await room.say("trip", "Ana", "/remember my father avoids museums")
    await room.say("trip", "Ana", "/forget museums")
    assert room.labels("trip") == ["my mother likes museums", "my father avoids museums"]
    await room.press("trip", "Ana", "my father avoids museums")
    assert await room.memory.memory_of(zuri.id) == ("Ana: my mother likes museums",)


async def test_memory_has_bounds_and_no_card_numbers(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await room.call("trip", "Ana", "remember", fact="my card is 4111 1111 1111 1111")
    assert "4111" not in (await room.memory.memory_of(zuri.id))[0]
    await room.call("trip", "Ana", "remember", fact="x" * 301)
    assert "too long" in room.text("trip")
    await room.say("trip", "Ana", "cancel")
    for n in range(55):
        await room.call("trip", "Ana", "remember", fact=f"fact number {n} of many")
    assert "which is the most" in room.text("trip") and len(await room.memory.memory_of(zuri.id)) == 50
    await room.say("trip", "Ana", "/memory")
    assert "5." in room.text("trip") and "6." not in room.text("trip")
    await room.press("trip", "Ana", "Show more")
    assert "6." in room.text("trip")


async def test_without_a_persona_nothing_is_remembered(room: Salon) -> None:
    await room.say("trip", "Ana", "/remember I am vegetarian")
    assert "/persona new" in room.text("trip")
