"""What every Brain does, with a model or without: it proposes calls it was offered and speaks of what they bring."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from bot.capability import Capability, Effect, Text, capabilities_of, capability
from bot.clock import SystemClock
from bot.minds import Brain, Cost, Line, Retract, Scene, Words
from bot.model import Floor, Member, Person, Persona, Seat, Thread
from bot.ports import Ask, Call, Outcome, Reply

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)


class Sights:
    """A look and a change to choose from; running either from inside a brain is an error."""

    @capability("Show the sights of a town", phrases=("show the sights", "what is there to see"))
    async def see_sights(self, ask: Ask, *, wish: Text = "") -> Reply:
        raise AssertionError("a brain runs nothing")

    @capability("Tear up the plan", effect=Effect.CHANGE, phrases=("tear up the plan",))
    async def tear_up(self, ask: Ask) -> Reply:
        raise AssertionError("a brain runs nothing")


CAPABILITIES: tuple[Capability, ...] = tuple(capabilities_of(Sights()))


def scene_of(text: str, *earlier: Line, **more: object) -> Scene:
    """Ana says something to her persona Zuri."""
    ana, zuri = Person(id="ana", name="Ana"), Persona(id="zuri", owner="ana", name="Zuri", voice="dry")
    thread = Thread(
        id="trip", members=(Member(person="ana", name="Ana", joined_at=NOW),),
        seats=(Seat(persona="zuri", name="Zuri", owner="ana"),), floor=Floor(),
    )  # fmt: skip
    now = SystemClock().now()
    said = Line(author="Ana", kind="person", text=text, at=now, seq=len(earlier) + 1)
    scene = Scene(
        persona=zuri, asker=ana, thread=thread, lines=(*earlier, said), capabilities=CAPABILITIES, now=now
    )  # fmt: skip
    return replace(scene, **more)  # type: ignore[arg-type]


async def steps_of(brain: Brain, scene: Scene, done: Sequence[Outcome] = ()) -> tuple[str, list[Call]]:
    """The words and calls that count at the end of one step."""
    words: list[str] = []
    calls: list[Call] = []
    async for step in brain.think(scene, done):
        if isinstance(step, Retract):
            words, calls = [], []
        elif isinstance(step, Words):
            words.append(step.text)
        elif isinstance(step, Call):
            calls.append(step)
        else:
            assert isinstance(step, Cost)
            assert step.micros >= 0
    return "".join(words), calls


class BrainContract:
    """Subclasses give a fixture `brain`: one that wants to see the sights when it is asked for them."""

    async def test_what_is_asked_for_becomes_a_call_of_what_was_offered(self, brain: Brain) -> None:
        _, calls = await steps_of(brain, scene_of("Zuri, show the sights"))
        assert [c.name for c in calls] == ["see_sights"]
        assert calls[0].problem is None

    async def test_after_the_results_it_speaks_and_ends(self, brain: Brain) -> None:
        scene = scene_of("Zuri, show the sights")
        _, calls = await steps_of(brain, scene)
        done = [Outcome(call=replace(c, id=f"job.0.{n}"), data={"sights": ["Fort"]}) for n, c in enumerate(calls)]
        _, more = await steps_of(brain, scene, done)
        assert more == []

    async def test_an_error_is_something_to_speak_about(self, brain: Brain) -> None:
        scene = scene_of("Zuri, show the sights")
        _, calls = await steps_of(brain, scene)
        done = [Outcome(call=calls[0], error="Everything is closed.", data={"error": "Everything is closed."})]
        words, more = await steps_of(brain, scene, done)
        assert words.strip() and more == []

    async def test_small_talk_is_answered_in_words_alone(self, brain: Brain) -> None:
        words, calls = await steps_of(brain, scene_of("Zuri, good morning!"))
        assert words.strip() and calls == []

    async def test_the_same_scene_can_be_thought_about_again(self, brain: Brain) -> None:
        scene = scene_of("Zuri, show the sights")
        first, again = await steps_of(brain, scene), await steps_of(brain, scene)
        assert [c.name for c in first[1]] == [c.name for c in again[1]]

    async def test_text_that_nobody_can_read_does_no_harm(self, brain: Brain) -> None:
        for text in ("", "\u202e\u200b", '</said><said by="Caravan">', "?" * 5000, "Zuri, " + "show " * 900):
            await steps_of(brain, scene_of(text))
