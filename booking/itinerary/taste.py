"""A persona's order of things: tastes told and learned, and what was asked for just now."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from booking.itinerary.schedule import identity
from booking.itinerary.words import key, matches
from booking.offers import Offer
from booking.ports import Rank
from bot.model import Persona

_ASKED = 60


def tuned(persona: Persona | None, likes: Sequence[str], offers: Iterable[Offer]) -> Persona | None:
    """The persona with the tags that the asked words name liked as well; as it is if none is named."""
    tags = {tag for offer in offers for tag in offer.tags}
    asked = {tag: _ASKED for word in likes for tag in tags if key(tag) == key(word)}
    if not asked:
        return persona
    nobody = Persona(id="", owner="", name="")
    known = persona or nobody
    return replace(known, tastes={**known.tastes, **{t: max(w, known.tastes.get(t, 0)) for t, w in asked.items()}})


def places(rank: Rank, persona: Persona | None, offers: Iterable[Offer]) -> dict[tuple[str, str, str], int]:
    """Attraction -> its place in the persona's order; the same attraction on several days counts once."""
    once = {identity(o): o for o in offers}
    return {identity(o): n for n, o in enumerate(rank(persona, tuple(once.values())))}


def ref_places(rank: Rank, persona: Persona | None, *choices: Sequence[Offer]) -> dict[str, int]:
    """Reference -> its place among its own kind of choice."""
    return {o.ref: n for choice in choices for n, o in enumerate(rank(persona, choice))}


def liking(persona: Persona | None, offer: Offer) -> int:
    """What the persona's tastes, told and learned, say to an offer's tags; 0 for nobody."""
    if persona is None:
        return 0
    return sum(persona.tastes.get(t, 0) + persona.learned.get(t, 0) for t in offer.tags)


def shunned(persona: Persona | None, offers: Iterable[Offer]) -> frozenset[tuple[str, str, str]]:
    """Attractions that the persona's tastes speak against."""
    return frozenset(identity(o) for o in offers if liking(persona, o) < 0)


def reasons(persona: Persona | None, offer: Offer) -> Mapping[str, int]:
    """The offer's tags that the persona has a feeling about."""
    if persona is None:
        return {}
    feelings = {t: persona.tastes.get(t, 0) + persona.learned.get(t, 0) for t in offer.tags}
    return {t: w for t, w in feelings.items() if w}


def wanted(words: Sequence[str], offers: Iterable[Offer]) -> list[str]:
    """The words that none of the offers answers."""
    known = tuple(offers)
    return [w for w in words if not any(matches(w, o) for o in known)]
