"""Voices: how a persona phrases things where no model speaks for it."""

from collections import defaultdict
from collections.abc import Mapping

from bot.floor import job_id
from bot.language import ENGLISH, SWAHILI, spoken
from bot.model import Persona
from personas.sayings import SAYINGS
from personas.sayings_sw import SAYINGS as IN_SWAHILI
from personas.texts import say
from personas.vocabulary import label

PLAIN = "warm"
VOICES = {ENGLISH: SAYINGS, SWAHILI: IN_SWAHILI}
_RESULTS = {
    "result_search": "result",
    "result_get_weather": "weather",
    "result_create_itinerary": "plan",
    "result_review": "opinion",
}


class VoiceBook:
    """The Voices of bot/ports: sayings by voice and key, the same one for the same persona and values."""

    def phrase(self, persona: Persona, key: str, **values: str) -> str:
        """What this persona says. `result_<capability>`: an introduction to what was searched or planned, "" where
        the Capability's own answer says all. KeyError for any other unknown key."""
        sayings = VOICES[spoken()]
        voice = sayings.get(persona.voice, sayings[PLAIN])
        known = _known(key, persona)
        if not known:
            return ""
        chosen = _one_of(voice[known], persona.id, known, values)
        said = chosen.format_map(_holes(persona, values))
        return f"{said} {self._avoided(persona, voice)}".strip() if known == "opinion" else said

    def _avoided(self, persona: Persona, voice: Mapping[str, tuple[str, ...]]) -> str:
        shunned = _strongest(persona, -1)
        return voice["avoid"][0].format(shunned=shunned) if shunned else ""

    def greet(self, persona: Persona, name: str) -> str:
        """Hello to a person."""
        return self.phrase(persona, "greet", name=name)

    def introduce_results(self, persona: Persona, what: str, count: int, where: str = "") -> str:
        """Before cards: none, one or several of something, in words alone."""
        key = "nothing" if count == 0 else "one" if count == 1 else "result"
        return self.phrase(persona, key, what=what, where=where)

    def disagree(self, persona: Persona, other: str) -> str:
        """Another view than the one of `other`, from this persona's own tastes."""
        return self.phrase(persona, "disagree", other=other)

    def nothing(self, persona: Persona, where: str = "") -> str:
        """Nothing was found."""
        return self.phrase(persona, "nothing", where=where)


def _known(key: str, persona: Persona) -> str:
    """The key of a saying; "" for results that speak for themselves."""
    if key.startswith("result_"):
        key = next((known for start, known in _RESULTS.items() if key.startswith(start)), "")
    if key in ("disagree", "opinion") and not _strongest(persona, 1):
        return f"{key}_blank"
    return key


def _one_of(sayings: tuple[str, ...], *parts: object) -> str:
    return sayings[int(job_id(*parts), 16) % len(sayings)]


def _holes(persona: Persona, values: Mapping[str, str]) -> Mapping[str, str]:
    where = values.get("where", "")
    holes = {"mine": _strongest(persona, 1), **values, "where": say("where", place=where) if where else ""}
    return defaultdict(str, holes)


def _strongest(persona: Persona, sign: int) -> str:
    """The two tastes that this persona holds most strongly, for or against."""
    weights = {tag: weight * sign for tag, weight in persona.tastes.items() if weight * sign > 0}
    most = sorted(weights, key=lambda tag: (-weights[tag], tag))[:2]
    return say.plain("and" if sign > 0 else "or").join(label(tag) for tag in most)
