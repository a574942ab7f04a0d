"""Ranking: the order in which one persona prefers things, with reasons. Pure, exact, the same every time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median_low
from typing import TypeVar

from bot.model import Persona
from bot.ports import Rankable
from personas.tastes import SHUN
from personas.texts import say
from personas.vocabulary import IMPLIES, STYLES, label, tags_of

R = TypeVar("R", bound=Rankable)

_NAMED, _IN_TITLE = 100, 60
_BUDGET_TAGS = {"low": {"budget": 15, "luxury": -25}, "high": {"luxury": 25, "budget": -15}}
_EARLY_UNTIL = 7


@dataclass(frozen=True, slots=True)
class Part:
    """What one consideration adds to a score; `reason` in words, "" if it is not worth telling."""

    points: int
    reason: str = ""
    shuns: bool = False


def rank(persona: Persona | None, offers: Sequence[R]) -> list[R]:
    """All offers in the order this persona prefers them, best first; what it shuns comes last.

    Prices are judged against the middle price of the same kind in the same currency. None: no tastes at all.
    """
    usual = usual_prices(offers)
    return sorted(offers, key=lambda o: _place(persona, o, usual))


def _place(persona: Persona | None, offer: Rankable, usual: Mapping[tuple[str, str], int]) -> tuple[object, ...]:
    parts = considered(persona, offer, usual_for(offer, usual))
    points, price = sum(p.points for p in parts), offer.price.minor if offer.price else 0
    return any(p.shuns for p in parts), -points, price, offer.title, offer.ref


def score(persona: Persona | None, offer: Rankable, usual: int | None = None) -> tuple[int, tuple[str, ...]]:
    """Points, and reasons in words, the weightiest first. `usual`: the middle price of its like, in minor units."""
    parts = considered(persona, offer, usual)
    told = sorted((p for p in parts if p.reason), key=lambda p: (not p.shuns, -abs(p.points)))
    return sum(p.points for p in parts), tuple(dict.fromkeys(p.reason for p in told))


def shunned(persona: Persona | None, offer: Rankable) -> bool:
    """Whether this persona does not want it at all: a firm no, five dislikes, an allergy."""
    return any(p.shuns for p in considered(persona, offer, None))


def usual_prices(offers: Sequence[Rankable]) -> dict[tuple[str, str], int]:
    """The middle price by (kind, currency), in minor units."""
    prices: dict[tuple[str, str], list[int]] = {}
    for offer in offers:
        if offer.price is not None:
            prices.setdefault((str(offer.kind), offer.price.currency), []).append(offer.price.minor)
    return {key: median_low(found) for key, found in prices.items()}


def usual_for(offer: Rankable, usual: Mapping[tuple[str, str], int]) -> int | None:
    """The middle price to judge an offer by."""
    return usual.get((str(offer.kind), offer.price.currency)) if offer.price else None


def considered(persona: Persona | None, offer: Rankable, usual: int | None) -> list[Part]:
    """Everything that speaks for or against an offer."""
    parts = [_rating(offer, persona.budget if persona else "")]
    if persona is None:
        return [*parts, _price("", offer, usual)]
    has = traits(offer)
    parts += _told(persona, has) + _learned(persona, has) + _recalled(persona, has) + _style(persona, has)
    parts += _shared(persona, has)
    parts += [Part(p) for tag, p in _BUDGET_TAGS.get(persona.budget, {}).items() if tag in has]
    return [*parts, _price(persona.budget, offer, usual)]


def traits(offer: Rankable) -> dict[str, int]:
    """The tags of an offer, how certain each is in percent: by itself, by its kind and details, or by its title."""
    early = offer.starts_at is not None and offer.starts_at.hour < _EARLY_UNTIL
    return _traits(str(offer.kind), offer.title, tuple(offer.tags), tuple(offer.details), early)


@lru_cache(maxsize=8192)
def _traits(
    kind: str, title: str, tags: tuple[str, ...], details: tuple[tuple[str, str], ...], early: bool
) -> dict[str, int]:
    found = dict.fromkeys(tags_of(title), _IN_TITLE)
    cuisine = [value for name, value in details if name == "Cuisine"]
    for text in (kind, *tags, *cuisine):
        found.update(dict.fromkeys((text.casefold().replace(" ", "-"), *tags_of(text.replace("-", " "))), _NAMED))
    return {**found, "early": _NAMED} if early else found


def _weighed(weights: Mapping[str, int], has: Mapping[str, int]) -> dict[str, int]:
    """Points by tag; a liking that only implies a tag counts less, and not where the tag has a weight of its own."""
    points = {tag: weight * has[tag] // _NAMED for tag, weight in weights.items() if tag in has}
    for tag, weight in weights.items():
        if tag not in has:
            for implied, percent in IMPLIES.get(tag, ()):
                if implied in has and implied not in weights:
                    points[implied] = points.get(implied, 0) + weight * percent * has[implied] // 10_000
    return points


def _told(persona: Persona, has: Mapping[str, int]) -> list[Part]:
    parts = []
    for tag, points in _weighed(persona.tastes, has).items():
        weight = persona.tastes.get(tag, 0)
        parts.append(Part(points, _why_told(tag, weight), weight <= SHUN))
    return parts


def _why_told(tag: str, weight: int) -> str:
    if weight == 0:
        return ""
    key = "shun" if weight <= SHUN else "less" if weight < 0 else "love" if weight > 80 else "like"
    return say(f"because_{key}", what=label(tag))


def _learned(persona: Persona, has: Mapping[str, int]) -> list[Part]:
    parts = []
    for tag, weight in persona.learned.items():
        if tag in has:
            key = "because_liked" if weight > 0 else "because_disliked"
            parts.append(Part(weight * has[tag] // _NAMED, say(key, what=label(tag)), weight <= -100))
    return parts


def _shared(persona: Persona, has: Mapping[str, int]) -> list[Part]:
    """What other personas of the same person learned; never a firm no."""
    shared = {tag: weight for tag, weight in persona.shared.items() if tag in has}
    keys = {tag: "because_shared" if weight > 0 else "because_shared_not" for tag, weight in shared.items()}
    return [Part(w * has[tag] // _NAMED, say(keys[tag], what=label(tag))) for tag, w in shared.items()]


def _recalled(persona: Persona, has: Mapping[str, int]) -> list[Part]:
    parts = []
    for tag, points in _weighed(persona.recalled, has).items():
        weight = persona.recalled.get(tag, 0)
        key = "because_recalled" if weight > 0 else "because_recalled_not"
        parts.append(Part(points, say(key, what=label(tag)) if weight else "", weight <= SHUN))
    return parts


def _style(persona: Persona, has: Mapping[str, int]) -> list[Part]:
    leans = STYLES.get(persona.style, {})
    reason = say("because_style", style=persona.style)
    return [Part(w * has[t] // _NAMED, reason if w > 0 else "") for t, w in leans.items() if t in has]


def _rating(offer: Rankable, budget: str) -> Part:
    if offer.rating is None:
        return Part(0)
    points = round((offer.rating - 3) * (12 if budget == "high" else 8))
    return Part(points, say("because_rating") if offer.rating >= 4.5 else "")


def _price(budget: str, offer: Rankable, usual: int | None) -> Part:
    """Cheap or dear in percent of the middle price of its like."""
    if offer.price is None or not usual:
        return Part(0)
    percent = 100 * offer.price.minor // usual
    if budget == "low":
        points = max(-40, min(25, (100 - percent) // 2))
        return Part(points, say("because_cheap") if percent < 90 else say("because_dear") if percent > 150 else "")
    if budget == "high":
        return Part(max(-15, min(20, (percent - 100) // 5)), say("because_fine") if percent > 130 else "")
    if budget == "middle":
        return Part(-min(25, max(0, abs(percent - 100) - 30) // 4))
    return Part(max(-10, min(10, (100 - percent) // 10)))
