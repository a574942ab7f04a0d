"""Ways out of a "cannot" that take another look at the market: the nearest day with a ride, a party with room."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from booking.itinerary.refuse import Refusal, Way
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Searches, Supply, gather, searches
from booking.itinerary.texts import say
from booking.offers import written
from booking.texts import count

_WITHIN = 1.5
_DAYS = (1, -1, 2, -2, 3, -3)
_NEEDED = ("no_transport", "no_stay", "full")


async def with_ways_elsewhere(refusal: Refusal, outline: Outline, service: Searches) -> Refusal:
    """The refusal with what another day or a smaller party would make possible."""
    if refusal.code not in _NEEDED:
        return refusal
    ways = []
    if refusal.about in (OUT, BACK) and (way := await _another_day(refusal.about, outline, service)):
        ways.append(way)
    if outline.travelers > 1 and (way := await _fewer(refusal.about, outline, service)):
        ways.append(way)
    return replace(refusal, ways=(*refusal.ways, *ways))


async def _another_day(use: str, outline: Outline, service: Searches) -> Way | None:
    """The nearest first day for which there is such a ride."""
    moved = [replace(outline, start=outline.start + timedelta(days=n)) for n in _DAYS]
    found = await _found(use, moved, service)
    if found is None:
        return None
    return Way(text=say("other_day", day=written(found.start)), args={"departure_date": found.start.isoformat()})


async def _fewer(use: str, outline: Outline, service: Searches) -> Way | None:
    """The largest smaller party, of those tried, that there is room for."""
    sizes = sorted({outline.travelers * n // 4 for n in (1, 2, 3)} | {outline.travelers - 1}, reverse=True)
    found = await _found(use, [replace(outline, travelers=n) for n in sizes if n > 0], service)
    if found is None:
        return None
    text = say("smaller_party", party=count(found.travelers, "traveller"))
    return Way(text=text, args={"travelers": found.travelers})


async def _found(use: str, outlines: Iterable[Outline], service: Searches) -> Outline | None:
    """The first of several outlines for which a use has offers; all are asked at once."""
    tried = list(outlines)
    wishes = [((n, use), wish) for n, o in enumerate(tried) for u, wish in searches(o) if u == use]
    supply: Supply = await gather(wishes, service, within=_WITHIN)
    return next((o for n, o in enumerate(tried) if _roomy(supply, (n, use), o)), None)


def _roomy(supply: Supply, use: tuple[int, str], outline: Outline) -> bool:
    needed = outline.rooms if use[1] == STAY else outline.travelers
    return any(offer.left is None or offer.left >= needed for offer in supply.of(use))
