"""Who speaks: fixed rules, budgets, and words that hold to the records."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.capability import Day, Effect, Location, Text, capability
from bot.content import Draft
from bot.documents import Insert, Replace
from bot.floor import spoken_to
from bot.minds import Scene, Words
from bot.model import PERSONAS, THREADS, Persona, Seat
from bot.ports import Ask, Call, Reply
from tests.bot.parlour import Parlour, SilentBrain, parlour


def echo(scene: Scene) -> Sequence[Any]:
    return (Words(text=f"{scene.persona.name} heard: {scene.lines[-1].text}"),)


async def seat(p: Parlour, *names: str) -> None:
    """Ana and Ben in a den with these personas."""
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ben", "hello")
    thread = await p.thread("den")
    owner = thread.present[0].person
    seats = tuple(Seat(persona=f"id-{n}", name=n, owner=owner) for n in names)
    await p.store.commit(
        [
            *(Insert(PERSONAS, Persona(id=f"id-{n}", owner=owner, name=n)) for n in names),
            Replace(THREADS, replace(thread, seats=seats)),
        ]
    )
    p.core.lanes.forget(thread.id)
    p.channel.sent.clear()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Zuri, find a beach", ["Zuri"]),
        ("hey zuri find a beach", ["Zuri"]),
        ("what do you think, Kito?", ["Kito"]),
        ("@kito and @zuri please", ["Kito", "Zuri"]),
        ("Zuri and Kito, any ideas?", ["Zuri", "Kito"]),
        ("I asked Zuri yesterday and she was right", []),
        ("Zurich is lovely", []),
        ("nothing for anybody", []),
        ("", []),
    ],
)
def test_a_persona_is_addressed_by_its_name_at_the_start_or_the_end(text: str, names: list[str]) -> None:
    assert spoken_to(text, ("Zuri", "Kito")) == names


async def test_named_personas_answer_once_each_in_the_order_named(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        await seat(p, "Zuri", "Kito")
        await p.say("den", "Ana", "@Kito and @Zuri, hello")
        assert [o.name for o in p.channel.sent] == ["Kito", "Zuri"]


async def test_unaddressed_talk_among_several_people_is_only_context(tmp_path: Path) -> None:
    brain = SilentBrain(echo)
    async with parlour(tmp_path, brain=brain) as p:
        await seat(p, "Zuri")
        quiet = await p.say("den", "Ana", "I loved the beach last year")
        assert p.channel.sent == []
        assert "context" in quiet.outcome
        await p.say("den", "Ben", "Zuri, any ideas?")
        assert "I loved the beach last year" in [line.text for line in brain.scenes[0].lines]


async def test_the_person_just_answered_is_heard_without_a_name_until_another_speaks(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ana", "Zuri, hello")
        await p.say("den", "Ana", "and what about food?")
        assert len(p.channel.sent) == 2
        await p.say("den", "Ben", "I am hungry")
        await p.say("den", "Ana", "me too")
        assert len(p.channel.sent) == 2


async def test_after_five_minutes_a_name_is_needed_again(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ana", "Zuri, hello")
        await p.later(minutes=6)
        await p.say("den", "Ana", "and what about food?")
        assert len(p.channel.sent) == 1


class Counter:
    """A search, and the look at one of what it found."""

    @capability("Find hotels", slow=True, phrases=("hotels in {location}", "find hotels in {location}"))
    async def search_hotels(self, ask: Ask, *, location: Location, check_in_date: Day | None = None) -> Reply:
        told = f"hotels in {location} on {check_in_date}"
        return Reply(drafts=(Draft(text=told),), data={"offers": [{"ref": "a"}, {"ref": "b"}]})

    @capability("Show an offer", slow=True, phrases=("show the {offer} one",))
    async def show_offer(self, ask: Ask, *, offer: Text) -> Reply:
        return Reply(drafts=(Draft(text=f"offer {offer}"),))


async def asked_for_hotels(p: Parlour, who: str = "Ana") -> None:
    await p.say("den", "Ana", "hello")
    await p.say("den", "Ben", "hello")
    p.channel.sent.clear()
    await p.say("den", who, "Caravan, hotels in Ghent on 12 March 2027")
    assert p.texts("den") == ["hotels in Ghent on 2027-03-12"]
    p.channel.sent.clear()


async def test_whom_caravan_has_just_answered_goes_on_without_its_name(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        await asked_for_hotels(p)
        await p.say("den", "Ana", "what about the day after?")
        await p.say("den", "Ana", "the second one")
        assert p.texts("den") == ["hotels in Ghent on 2027-03-13", "offer the second one"]
        for chatter in ("hello", "lovely, I like that", "Ben, what about the day after?"):
            await p.say("den", "Ana", chatter)
        assert len(p.texts("den")) == 2


async def test_caravan_hears_without_its_name_until_another_speaks_or_five_minutes_pass(tmp_path: Path) -> None:
    async with parlour(tmp_path, Counter()) as p:
        await asked_for_hotels(p)
        await p.say("den", "Ben", "what about the day after?")
        await p.say("den", "Ana", "what about the day after?")
        assert p.channel.sent == []
        await asked_for_hotels(p)
        await p.later(minutes=6)
        await p.say("den", "Ana", "what about the day after?")
        assert p.channel.sent == []


async def test_a_reply_to_a_persona_addresses_it(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ana", "Zuri, hello")
        shown = p.channel.sent[0].shown
        await p.say("den", "Ben", "tell me more", reply_to=shown)
        assert [o.content.text for o in p.channel.sent][1] == "Zuri heard: tell me more"


async def test_personas_hand_over_only_where_a_human_named_the_other_and_stop_after_two(tmp_path: Path) -> None:
    def chatty(scene: Scene) -> Sequence[Any]:
        other = "Kito" if scene.persona.name == "Zuri" else "Zuri"
        return (Words(text=f"@{other}, your turn"),)

    async with parlour(tmp_path, brain=SilentBrain(chatty)) as p:
        await seat(p, "Zuri", "Kito")
        await p.say("den", "Ana", "Zuri, hello")
        assert [o.name for o in p.channel.sent] == ["Zuri"]
        p.channel.sent.clear()
        await p.say("den", "Ana", "Zuri, discuss this with Kito and Zuri again")
        assert [o.name for o in p.channel.sent] == ["Zuri", "Kito", "Zuri"]


async def test_the_turn_budget_of_a_day_holds_across_a_restart(tmp_path: Path) -> None:
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        p.core.floor.most = 2
        await seat(p, "Zuri")
        await p.say("den", "Ana", "Zuri, one")
        await p.say("den", "Ana", "Zuri, two")
    async with parlour(tmp_path, brain=SilentBrain(echo)) as p:
        p.core.floor.most = 2
        await p.say("den", "Ana", "Zuri, three")
        await p.say("den", "Ana", "Zuri, four")
        assert len(p.channel.sent) == 1
        assert "enough here for today" in p.texts("den")[0]
        await p.later(hours=24)
        await p.say("den", "Ana", "Zuri, five")
        assert p.texts("den")[-1] == "Zuri heard: Zuri, five"


async def test_a_sentence_that_no_record_holds_is_dropped(tmp_path: Path) -> None:
    def liar(scene: Scene) -> Sequence[Any]:
        return (Words(text="The beach is lovely. It costs KES 4,999 a night. You said 1200 dollars."),)

    async with parlour(tmp_path, brain=SilentBrain(liar)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ana", "Zuri, I have 1200 dollars")
        assert p.texts("den") == ["The beach is lovely. You said 1200 dollars."]


class Desk:
    """A look, a change and a right."""

    def __init__(self) -> None:
        self.notes: list[str] = []

    @capability("Note", command="note", effect=Effect.CHANGE)
    async def note(self, ask: Ask, *, words: Text) -> Reply:
        self.notes.append(f"{ask.person.name}: {words}")
        return Reply(drafts=(Draft(text="noted"),))

    @capability("Secret", command="secret", role="professional")
    async def secret(self, ask: Ask) -> Reply:
        return Reply(drafts=(Draft(text="the secret"),))


async def test_a_change_that_a_persona_asks_for_is_made_by_the_lane_for_the_asker(tmp_path: Path) -> None:
    desk = Desk()

    def writer(scene: Scene) -> Sequence[Any]:
        return (Call(name="note", args={"words": "buy tickets"}),)

    async with parlour(tmp_path, desk, brain=SilentBrain(writer)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ben", "Zuri, note it")
        assert desk.notes == ["Ben: buy tickets"]
        assert "noted" in p.texts("den")


async def test_a_persona_has_no_more_rights_than_the_one_who_asks(tmp_path: Path) -> None:
    def nosy(scene: Scene) -> Sequence[Any]:
        return (Call(name="secret"),)

    async with parlour(tmp_path, Desk(), brain=SilentBrain(nosy)) as p:
        await seat(p, "Zuri")
        await p.say("den", "Ben", "Zuri, what is the secret?")
        assert "the secret" not in " ".join(p.texts("den"))
        await p.say("den", "Ana", "Zuri, what is the secret?")
        assert "the secret" in p.texts("den")
