"""Voices: how a persona phrases things where no model speaks for it."""

from collections import defaultdict
from collections.abc import Mapping

from bot.floor import job_id
from bot.model import Persona
from personas.sayings import SAYINGS
from personas.vocabulary import label

PLAIN = "warm"
_QUIET = frozenset("""
    result_create_persona result_switch_persona result_add_persona result_quiet_persona result_wake_persona
    result_remove_persona result_edit_persona result_delete_persona result_persona result_remember result_forget_memory
    result_correct_memory result_memory result_start result_profile result_help result_status result_ping result_why
    result_members result_history result_export result_link result_trips
""".split())  # fmt: skip
_PLANS = ("itinerary", "trip", "plan")


class VoiceBook:
    """The Voices of bot/ports: sayings by voice and key, the same one for the same persona and values."""

    def phrase(self, persona: Persona, key: str, **values: str) -> str:
        """What this persona says. `result_<capability>` keys fall back to a saying for searches or plans; where
        the Capability's own answer says all, it is "". KeyError for any other unknown key."""
        if key in _QUIET:
            return ""
        voice = SAYINGS.get(persona.voice, SAYINGS[PLAIN])
        known = _known(key, persona)
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
    if key.startswith("result_"):
        return "plan" if any(word in key for word in _PLANS) else "result"
    if key in ("disagree", "opinion") and not _strongest(persona, 1):
        return f"{key}_blank"
    return key


def _one_of(sayings: tuple[str, ...], *parts: object) -> str:
    return sayings[int(job_id(*parts), 16) % len(sayings)]


def _holes(persona: Persona, values: Mapping[str, str]) -> Mapping[str, str]:
    where = values.get("where", "")
    holes = {"mine": _strongest(persona, 1), **values, "where": f" for {where}" if where else ""}
    return defaultdict(str, holes)


def _strongest(persona: Persona, sign: int) -> str:
    """The two tastes that this persona holds most strongly, for or against."""
    weights = {tag: weight * sign for tag, weight in persona.tastes.items() if weight * sign > 0}
    most = sorted(weights, key=lambda tag: (-weights[tag], tag))[:2]
    return " and ".join(label(tag) for tag in most) if sign > 0 else " or ".join(label(tag) for tag in most)
