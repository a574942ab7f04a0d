"""What likes and dislikes teach: weights computed afresh from all that were given, never added up by hand."""

from collections.abc import Iterable

from personas.documents import Liking
from personas.vocabulary import telling

STEP, ASIDE = 20, 6
_MOST, _MOST_ASIDE = 100, 40


def learned_from(likings: Iterable[Liking]) -> dict[str, int]:
    """Tag -> -100..100. Five dislikes of museums make -100: no more museums; what else they were counts less."""
    lead: dict[str, int] = {}
    aside: dict[str, int] = {}
    for liking in likings:
        sign, leading = (1 if liking.liked else -1), leading_tag(liking.tags)
        for tag in liking.tags:
            if tag == leading:
                lead[tag] = lead.get(tag, 0) + sign * STEP
            else:
                aside[tag] = aside.get(tag, 0) + sign * ASIDE
    both = {tag: _bounded(lead.get(tag, 0), _MOST) + _bounded(aside.get(tag, 0), _MOST_ASIDE) for tag in lead | aside}
    return {tag: _bounded(weight, _MOST) for tag, weight in both.items() if weight}


def leading_tag(tags: tuple[str, ...]) -> str:
    """The tag that tells most about a thing, the first of equals; "" of none."""
    return max(tags, key=telling, default="")


def _bounded(weight: int, most: int) -> int:
    return max(-most, min(most, weight))
