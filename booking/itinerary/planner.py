"""From a wish to a plan: search, solve exactly, choose what the persona likes, fill the days, check everything."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from booking.itinerary.build import Decided, build
from booking.itinerary.choose import Base, base, with_transfers
from booking.itinerary.elsewhere import with_ways_elsewhere
from booking.itinerary.fill import Course, Fill, cosy
from booking.itinerary.problem import Problem, problem
from booking.itinerary.purse import Purse, Rates, fill_purse
from booking.itinerary.refuse import Inquest, Refusal
from booking.itinerary.schedule import Visit, timetable
from booking.itinerary.solve import cheapest, feasible
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Searches, Supply, gather, searches
from booking.itinerary.taste import places, ref_places, shunned, tuned, wanted
from booking.itinerary.texts import say
from booking.itinerary.transfers import ARRIVING, LEAVING, transfer_searches
from booking.itinerary.validate import troubles
from booking.offers import Offer
from booking.ports import Rank
from booking.trips import Plan, Wishes
from bot.model import Persona

_SEARCHES = 3.0
_TRANSFERS = 1.2


class Planner:
    """Plans whole trips. `rank`: a persona's order of offers."""

    def __init__(self, service: Searches, rank: Rank, rates: Rates) -> None:
        self.service = service
        self.rank = rank
        self.rates = rates

    async def plan(self, outline: Outline, wishes: Wishes, persona: Persona | None, now: datetime) -> Plan | Refusal:
        """A plan that keeps every hard wish, or why there is none. Undecided if neither could be proved."""
        supply = await gather(searches(outline), self.service, within=_SEARCHES)
        purse = await self.purse(outline.currency, supply)
        p = problem(outline, wishes, supply, purse.cost, now)
        found = await asyncio.to_thread(self._decide, p, persona, supply, purse)
        if isinstance(found, Refusal):
            return await with_ways_elsewhere(found, outline, self.service)
        rides = transfer_searches(outline, found.frame.out.offer, found.frame.back.offer)
        supply = supply.joined(await gather(rides, self.service, within=_TRANSFERS))
        return await asyncio.to_thread(self._written, p, found, persona, supply, purse)

    async def purse(self, currency: str, supply: Supply) -> Purse:
        """The stored rates that the supply's prices need."""
        prices = [o.price for offers in supply.offers.values() for o in offers if o.price]
        return await fill_purse(currency, prices, self.rates)

    def _decide(self, p: Problem, persona: Persona | None, supply: Supply, purse: Purse) -> Base | Refusal:
        inquest = Inquest(p, supply, purse.cost)
        if supply.silent and not supply.offers:
            return inquest.silence()
        found = feasible(p)
        if found is None:
            return inquest.refusal(cheapest(p))
        uses = [supply.of(use) for use in (OUT, BACK, STAY)]
        return base(p, ref_places(self.rank, persona, *uses), found)

    def _written(self, p: Problem, found: Base, persona: Persona | None, supply: Supply, purse: Purse) -> Plan:
        order = ref_places(self.rank, persona, supply.of(ARRIVING), supply.of(LEAVING))
        found = with_transfers(p, found, supply, order)
        stops = [s.offer for day in p.stops for s in day]
        likes = places(self.rank, tuned(persona, p.wishes.likes, stops), stops)
        for courses in (_open(p, found), _met(p, found)):
            left = None if p.wishes.budget is None else p.wishes.budget.minor - _spent(found, courses)
            fill = Fill(
                zone=p.outline.destination.tz, wishes=p.wishes, order=likes, left=left, shunned=shunned(persona, stops)
            )  # fmt: skip
            plan = self._plan(p, found, fill.days(courses, persona.style if persona else ""), supply, purse)
            if not troubles(plan):
                return _noted(plan, p, stops)
        return self._plan(p, found, _bare(p, found), supply, purse)

    def _plan(self, p: Problem, found: Base, visits: Sequence[Sequence[Visit]], supply: Supply, purse: Purse) -> Plan:
        decided = Decided(
            out=found.frame.out.offer, back=found.frame.back.offer, stay=found.stay.offer,
            transfers=found.transfers, visits=visits,
        )  # fmt: skip
        return build(p.outline, p.wishes, decided, supply, purse)


def _open(p: Problem, found: Base) -> list[Course]:
    """Days with nothing on them yet: the persona's taste meets the demands if it can."""
    return [Course(date=d, free=free, choice=stops)
            for d, free, stops in zip(p.outline.dates, found.free, p.stops, strict=True)]  # fmt: skip


def _met(p: Problem, found: Base) -> list[Course]:
    """Days with the visits on them that are known to meet every demand."""
    zone = p.outline.destination.tz
    return [replace(course, kept=cosy(kept, course.date, zone, course.free))
            for course, kept in zip(_open(p, found), found.days, strict=True)]  # fmt: skip


def _bare(p: Problem, found: Base) -> list[tuple[Visit, ...]]:
    """The demanded visits alone, to the minute."""
    return [timetable(kept, free) or () for kept, free in zip(found.days, found.free, strict=True)]


def _spent(found: Base, courses: Sequence[Course]) -> int:
    """Rides, hotel and what is on the days already."""
    visits = sum(s.cost for day in found.days for s in day)
    return found.cost - visits + sum(s.cost for c in courses for s in c.kept)


def _noted(plan: Plan, p: Problem, stops: Sequence[Offer]) -> Plan:
    city = p.outline.destination.name
    unknown = [say("no_likes", city=city, word=w) for w in wanted(p.wishes.likes, stops)]
    return replace(plan, missing=(*plan.missing, *unknown))
