"""C4: likes and dislikes teach the active persona, once for each thing, and can be turned off."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.capability import capability
from bot.content import Draft, Press
from bot.ports import Ask, Reply
from personas.documents import LIKES
from personas.ranking import rank
from tests.personas.salon import Salon, salon
from tests.personas.things import ACTIVITIES

MUSEUMS = [o for o in ACTIVITIES if "museum" in o.tags]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Salon]:
    async with salon(tmp_path, None, Shop()) as opened:
        yield opened


class Shop:
    """Shows one thing with thumbs."""

    @capability("Show a thing", command="thing")
    async def thing(self, ask: Ask) -> Reply:
        args = {"ref": "s:1", "tags": "beach,adventure,family", "title": "Glass-bottom Boat"}
        thumbs = (Press(label="👍", call="like", args=args), Press(label="👎", call="dislike", args=args))
        return Reply(drafts=(Draft(text="Glass-bottom Boat", buttons=thumbs),))


async def rate(room: Salon, how: str, count: int = 5) -> None:
    for thing in MUSEUMS[:count]:
        await room.call("trip", "Ana", how, ref=thing.ref, tags=",".join(thing.tags), title=thing.title)


async def test_five_dislikes_of_museums_leave_none_among_the_first_five(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri", tastes="museums, culture")
    assert "museum" in rank(await room.persona("Zuri"), ACTIVITIES)[0].tags
    await rate(room, "dislike")
    assert room.text("trip").strip() == "Understood: no more museums from Zuri."
    assert not [o for o in rank(await room.persona("Zuri"), ACTIVITIES)[:5] if "museum" in o.tags]


async def test_the_opt_out_deletes_what_was_learned_and_stops_learning(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri", tastes="museums, culture")
    await rate(room, "dislike")
    await room.call("trip", "Ana", "edit_persona", name="Zuri", learning="off")
    assert (await room.persona("Zuri")).learned == {}
    assert await room.store.find(LIKES, {"persona": zuri.id}, order="at") == []
    await rate(room, "dislike")
    assert "does not learn" in room.text("trip") and (await room.persona("Zuri")).learned == {}
    assert "museum" in rank(await room.persona("Zuri"), ACTIVITIES)[0].tags


async def test_the_same_thing_counts_once_for_a_persona(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    for _ in range(5):
        await room.call("trip", "Ana", "dislike", ref="s:7", tags="museum,culture")
    assert (await room.persona("Zuri")).learned == {"museum": -20, "culture": -6}
    assert "noted that already" in room.text("trip")


async def test_a_like_turns_a_dislike_round(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.call("trip", "Ana", "dislike", ref="s:7", tags="museum,culture")
    await room.call("trip", "Ana", "like", ref="s:7", tags="museum,culture")
    assert (await room.persona("Zuri")).learned == {"museum": 20, "culture": 6}


async def test_only_the_active_persona_of_the_one_who_presses_learns(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.make("trip", "Ana", "Kai")
    await room.make("trip", "Ben", "Duma")
    await room.say("trip", "Ana", "/thing")
    await room.press("trip", "Ben", "👍")
    learned = {p.name: p.learned for p in await room.all_personas()}
    assert learned == {"Zuri": {}, "Kai": {}, "Duma": {"beach": 20, "adventure": 6, "family": 6}}


async def test_a_reaction_is_a_press_and_is_taken_silently(room: Salon) -> None:
    await room.make("trip", "Ana", "Zuri")
    await room.say("trip", "Ana", "/thing")
    shown = next(o.shown for o in reversed(room.room.channel.sent) if o.content.buttons)
    before = len(room.room.channel.sent)
    await room.room.say("trip", "Ana", "👎", what="react", object=shown)
    assert (await room.persona("Zuri")).learned["beach"] == -20
    assert len(room.room.channel.sent) == before


async def test_who_has_no_persona_is_told_how_to_get_one(room: Salon) -> None:
    await room.say("trip", "Ana", "/thing")
    await room.press("trip", "Ana", "👍")
    assert "/persona new" in room.text("trip")


async def test_likes_can_be_unlearned(room: Salon) -> None:
    zuri = await room.make("trip", "Ana", "Zuri")
    await rate(room, "like", 2)
    await room.say("trip", "Ana", "/memory")
    await room.press("trip", "Ana", "Unlearn likes")
    assert (await room.persona("Zuri")).learned == {}
    assert await room.store.find(LIKES, {"persona": zuri.id}, order="at") == []
    await rate(room, "like", 1)
    assert (await room.persona("Zuri")).learned["museum"] == 20
