"""The offline brain: understands by rules, calls one Capability, speaks in the persona's voice from results alone."""

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from bot.asides import is_filler
from bot.context import carried
from bot.floor import unaddressed
from bot.history import last_of
from bot.minds import LastCall, Line, Scene, Step, Understands, Voices, Words
from bot.names import word_set
from bot.ports import Call, Outcome


class OfflineBrain:
    """A Brain without a model. `voices` gives each persona its way of saying things."""

    name = "offline"

    def __init__(self, understands: Understands, voices: Voices) -> None:
        self._understands, self._voices = understands, voices

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        said = unaddressed(_asked(scene), [seat.name for seat in scene.thread.seats])
        parts = self._understands.parts(_handed_over(said, scene.persona.name), scene.now.date())
        if done and len(done) >= len(parts):
            yield Words(text=self._about_all(scene, done))
        elif parts:
            yield self._step(scene, parts[len(done)])
        else:
            yield self._answer(scene, said)

    def _answer(self, scene: Scene, said: str) -> Step:
        """What the persona does, or says, to a message."""
        other = self._asked_to_ask(scene, said)
        if other:
            return Words(text=self._voices.phrase(scene.persona, "hand_over", name=other))
        said = _handed_over(said, scene.persona.name)
        if _is_praise(said):
            return Words(text=self._voices.phrase(scene.persona, "thanks", name=scene.asker.name))
        return self._step(scene, said)

    def _step(self, scene: Scene, said: str) -> Step:
        """The call that a text asks for, or small talk."""
        last, today = last_call(scene.lines), scene.now.date()
        understood = self._understands.understand(said, today, last)
        if understood.intent is not None and understood.problems:
            return Call(name=understood.intent, args=dict(understood.slots), problem=understood.problems[0])
        if understood.intent is not None:
            found = next((c for c in scene.capabilities if c.name == understood.intent), None)
            args = carried(found, understood.slots, last, today) if found else dict(understood.slots)
            return Call(name=understood.intent, args=args)
        if scene.noted or (is_filler(said) and said.strip(" .!?") and not _thanks(said)):
            return Words(text="")  # a pause asks for no answer
        return Words(text=self._voices.phrase(scene.persona, _small_talk(said), name=scene.asker.name))

    def _about_all(self, scene: Scene, done: Sequence[Outcome]) -> str:
        """What went wrong, if anything did, else what is to be said to the last result."""
        wrong = dict.fromkeys(o.error for o in done[:-1] if o.error)
        return "\n".join((*wrong, self._about(scene, done[-1])))

    def _about(self, scene: Scene, outcome: Outcome) -> str:
        """What the persona says to a result: the facts stand in the cards."""
        if outcome.error:
            return outcome.error
        if outcome.data.get("cannot"):
            return self._voices.phrase(scene.persona, "impossible")
        key = f"result_{outcome.call.name}"
        asked = str(scene.lines[-1].at)  # each answer in other words, the same when a Job is repeated
        return self._voices.phrase(scene.persona, key, name=scene.asker.name, asked=asked, **_names(outcome.data))

    def _asked_to_ask(self, scene: Scene, said: str) -> str:
        """Another persona that this one is told to ask, "" if none."""
        folded = said.casefold()
        others = [s.name for s in scene.thread.seats if s.persona != scene.persona.id]
        return next((n for n in others if f"ask {n.casefold()}" in folded), "")


def last_call(lines: Sequence[Line]) -> LastCall | None:
    """What was last searched or planned in these lines."""
    return last_of([
        {"calls": [{"name": c.name, "args": c.args} for c in line.calls], "data": line.data.get("results", ())}
        for line in reversed(lines) if line.calls
    ])  # fmt: skip


def _names(data: Mapping[str, Any]) -> dict[str, str]:
    """The words of a result that a phrase may use: where it is about."""
    slots = data.get("slots") or {}
    where = slots.get("destination") or slots.get("location") or ""
    return {"where": str(where)}


def _asked(scene: Scene) -> str:
    """What a human said last: a persona that another one gives the floor to answers that."""
    return next((line.text for line in reversed(scene.lines) if line.kind == "person"), "")


def _handed_over(said: str, name: str) -> str:
    """What a persona is asked by way of another: "ask Kito what he thinks of the plan" asks Kito for that."""
    found = re.search(rf"\bask {re.escape(name)}\b(?P<rest>.*)", said, re.IGNORECASE | re.DOTALL)
    rest = found["rest"].strip(" .?!") if found else said
    return _REVIEW if found and re.search(r"^$|think.*\b(?:plan|trip|itinerary|it|this|that)\b", rest) else rest


_REVIEW = "what do you think of the plan?"


def _is_praise(said: str) -> bool:
    """Nothing but kind words: "nice plan", "that was great, thanks"."""
    words = set(re.findall(r"[^\W\d_]+", said.casefold()))
    return bool(words & _PRAISE) and words <= _PRAISE | _PRAISED


_PRAISE = word_set("""
    thanks thank asante great perfect cool lovely nice good awesome wonderful amazing brilliant super excellent
""")
_PRAISED = word_set("""
    you plan idea ideas job work trip list that this it s is was so very much a lot the really sounds looks one
""")


def _thanks(said: str) -> bool:
    return _small_talk(said) in ("thanks", "greet")


def _small_talk(said: str) -> str:
    words = set(said.casefold().replace("!", " ").replace("?", " ").replace(",", " ").split())
    if words & {"hi", "hello", "hey", "jambo", "habari", "hallo", "morning", "evening"} or not words:
        return "greet"
    if words & (_PRAISE | {"poa", "sawa", "safi", "fiti"}):
        return "thanks"
    if {"who", "you"} <= words or {"your", "name"} <= words:
        return "greet"
    if words & {"think", "thinks", "agree", "disagree", "opinion", "prefer", "rather"}:
        return "opinion"
    return "puzzled"
