"""P3: a person's personas learn apart; they share when the person says so, and forget all of it when not any more."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Persona
from personas.documents import ROSTERS
from personas.liking import learned_from
from personas.ranking import score, shunned
from personas.sharing import PERCENT, with_shared
from tests.personas.salon import Salon, salon
from tests.personas.things import ACTIVITIES, Thing, liking

MUSEUMS = [o for o in ACTIVITIES if "museum" in o.tags]
RATINGS = st.lists(st.tuples(st.sampled_from(ACTIVITIES), st.booleans()), max_size=30)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path) as opened:
        await opened.make("trip", "Ana", "Zuri")
        await opened.make("trip", "Ana", "Kito")
        await opened.say("trip", "Ana", "/switch Zuri")
        yield opened


async def rate(room: Salon, how: str, count: int = 5) -> None:
    for thing in MUSEUMS[:count]:
        await room.call("trip", "Ana", how, ref=thing.ref, tags=",".join(thing.tags), title=thing.title)


def scores(persona: Persona) -> list[int]:
    return [score(persona, o)[0] for o in ACTIVITIES]


def learning(id: str, ratings: list[tuple[Thing, bool]]) -> Persona:
    persona = Persona(id=id, owner="p1", name=id)
    return replace(persona, learned=learned_from(liking(persona, o, liked=liked) for o, liked in ratings))


@given(RATINGS, RATINGS)
def test_without_sharing_no_like_of_one_ever_changes_a_score_of_another(
    of_a: list[tuple[Thing, bool]], of_b: list[tuple[Thing, bool]]
) -> None:
    b = learning("b", of_b)
    alone, *_ = with_shared([b], sharing=False)
    for n in range(len(of_a) + 1):
        after = with_shared([learning("a", of_a[:n]), b], sharing=False)[1]
        assert scores(after) == scores(alone) == scores(b)


@given(RATINGS, RATINGS)
def test_with_sharing_half_of_what_others_learned_counts_and_off_leaves_nothing(
    of_a: list[tuple[Thing, bool]], of_b: list[tuple[Thing, bool]]
) -> None:
    a, b = learning("a", of_a), learning("b", of_b)
    after = with_shared([a, b], sharing=True)[1]
    assert after.learned == b.learned
    for tag, weight in a.learned.items():
        assert abs(after.shared.get(tag, 0) * 100 - weight * PERCENT) < 100
    assert not [o for o in ACTIVITIES if shunned(after, o) and not shunned(b, o)]
    assert with_shared([a, after], sharing=False)[1] == b


async def test_it_is_off_until_the_person_switches_it_on(room: Salon) -> None:
    before = scores(await room.persona("Kito"))
    await rate(room, "dislike")
    assert (await room.persona("Zuri")).learned and (await room.persona("Kito")).shared == {}
    assert scores(await room.persona("Kito")) == before
    await room.say("trip", "Ana", "/sharing")
    assert "changes no other one" in room.text("trip")


async def test_switched_on_it_tells_what_is_shared_and_ranks_by_half_of_it(room: Salon) -> None:
    await rate(room, "dislike", 2)
    await room.say("trip", "Ana", "/sharing")
    await room.press("trip", "Ana", "Let them share")
    said = room.text("trip")
    assert "50 %" in said and "Zuri** has learned" in said and "Kito** takes from the others" in said
    zuri, kito = await room.persona("Zuri"), await room.persona("Kito")
    assert zuri.learned["museum"] == -40 and kito.shared["museum"] == -20 and zuri.shared == {}
    await rate(room, "dislike")
    kito = await room.persona("Kito")
    assert kito.shared["museum"] == -50
    assert any("do not like museum" in r for r in score(kito, MUSEUMS[0])[1])


async def test_switching_off_deletes_all_that_was_derived(room: Salon) -> None:
    before = scores(await room.persona("Kito"))
    await room.say("trip", "Ana", "/sharing on")
    await rate(room, "dislike")
    assert scores(await room.persona("Kito")) != before
    await room.say("trip", "Ana", "/sharing off")
    assert (await room.persona("Kito")).shared == {} and scores(await room.persona("Kito")) == before
    assert (await room.persona("Zuri")).learned
    await rate(room, "like", 1)
    assert (await room.persona("Kito")).shared == {}


async def test_what_one_unlearns_the_others_lose_and_who_does_not_learn_takes_no_part(room: Salon) -> None:
    await room.say("trip", "Ana", "/sharing on")
    await rate(room, "dislike")
    await room.call("trip", "Ana", "edit_persona", name="Kito", learning="off")
    assert (await room.persona("Kito")).shared == {}
    await room.call("trip", "Ana", "edit_persona", name="Kito", learning="on")
    assert (await room.persona("Kito")).shared
    await room.call("trip", "Ana", "unlearn", persona=(await room.persona("Zuri")).id)
    assert (await room.persona("Kito")).shared == {}


async def test_a_new_persona_is_lent_what_the_others_learned_and_a_deleted_one_lends_nothing(room: Salon) -> None:
    await room.say("trip", "Ana", "/sharing on")
    await rate(room, "dislike")
    await room.make("trip", "Ana", "Suri")
    assert (await room.persona("Suri")).shared["museum"] == -50
    await room.call("trip", "Ana", "really_delete_persona", persona=(await room.persona("Zuri")).id)
    assert (await room.persona("Suri")).shared == {} and (await room.persona("Kito")).shared == {}


async def test_nobody_elses_personas_take_part(room: Salon) -> None:
    await room.say("trip", "Ana", "/sharing on")
    ben = await room.make("trip", "Ben", "Moto")
    await rate(room, "dislike")
    assert (await room.persona("Moto")).shared == {}
    assert await room.store.get(ROSTERS, ben.owner)
    await room.say("trip", "Ben", "/sharing")
    assert "changes no other one" in room.text("trip")
