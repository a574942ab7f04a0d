"""A longer, shorter or later trip: new rides and nights, and everything that was planned kept or set aside."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from booking.itinerary.build import Draw, in_order, title
from booking.itinerary.choose import Base, base, with_transfers
from booking.itinerary.fill import Course, Fill
from booking.itinerary.ground import instant, minute
from booking.itinerary.instead import nearest
from booking.itinerary.planner import Planner
from booking.itinerary.problem import Problem, problem
from booking.itinerary.purse import Purse, purse_of, total
from booking.itinerary.refuse import Inquest, Refusal
from booking.itinerary.replan import visits_of
from booking.itinerary.schedule import Stop, identity, stop, timetable
from booking.itinerary.slots import outline_of
from booking.itinerary.solve import cheapest, feasible
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Supply, gather, searches
from booking.itinerary.taste import places, ref_places, shunned, tuned
from booking.itinerary.texts import say
from booking.itinerary.transfers import ARRIVING, LEAVING, transfer_searches
from booking.offers import Offer, OfferKind
from booking.trips import Day, Item, Plan, Wishes
from bot.errors import Explain
from bot.language import dated
from bot.model import Persona
from bot.money import Money

_SEARCHES, _TRANSFERS = 3.0, 1.2
PLANNED = ("see", "eat", "idea")
_USES = {"arrive": OUT, "leave": BACK, "stay": STAY}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a plan's frame. `theme`: words for the days that are new."""

    start: date
    days: int
    theme: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """Another ride or hotel in an item's place. `fits`: which offers may stand there; `near`: the nearest in time;
    `nearly`: (wish, which offers meet that one alone)."""

    item: Item
    fits: Callable[[Offer], bool]
    why_none: str
    near: bool = False
    nearly: tuple[tuple[str, Callable[[Offer], bool]], ...] = ()

    @property
    def use(self) -> str:
        """What the item is for."""
        return _USES[self.item.role]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    plan: Plan
    outline: Outline
    p: Problem
    supply: Supply
    purse: Purse
    persona: Persona | None
    change: Change
    exchange: Exchange | None = None


class Reframer:
    """Moves and stretches whole trips."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    async def exchanged(self, plan: Plan, exchange: Exchange, persona: Persona | None, now: datetime) -> Plan | Refusal:
        """The plan with another ride or hotel, the days around it as they were where that goes."""
        item = exchange.item
        if item.locked:
            raise Explain(say("is_booked" if item.booked else "is_locked", a=item.title, number=item.booked))
        return await self.reframed(plan, Change(start=plan.start, days=len(plan.days)), persona, now, exchange)

    async def reframed(
        self, plan: Plan, change: Change, persona: Persona | None, now: datetime, exchange: Exchange | None = None
    ) -> Plan | Refusal:
        """The plan in its new frame, or why there is none. Explain if something locked stands in the way."""
        outline = replace(outline_of(plan), start=change.start, days=change.days)
        _check_locked(plan, outline)
        supply = await gather(searches(outline), self._planner.service, within=_SEARCHES)
        purse = await self._planner.purse(plan.currency, supply)
        if exchange:
            supply.offers[exchange.use] = _fitting(supply.of(exchange.use), exchange)
        p = problem(outline, plan.wishes, supply, purse.cost, now, _avoided(plan))
        if exchange is None or exchange.use != OUT:
            p = _same_outward(plan, change, p)
        work = _Work(
            plan=plan, outline=outline, p=p, supply=supply, purse=purse, persona=persona, change=change,
            exchange=exchange,
        )  # fmt: skip
        found = await asyncio.to_thread(self._frame, work)
        if isinstance(found, Refusal):
            return found
        rides = transfer_searches(outline, found.frame.out.offer, found.frame.back.offer)
        more = await gather(rides, self._planner.service, within=_TRANSFERS)
        return await asyncio.to_thread(self._written, replace(work, supply=supply.joined(more)), found)

    def _frame(self, w: _Work) -> Base | Refusal:
        """Rides and hotel for the new days, the old ones where they are still sold."""
        found = feasible(w.p)
        if found is None:
            return Inquest(w.p, w.supply, w.purse.cost).refusal(cheapest(w.p))
        kept = total(w.plan, ("see", "eat")).minor
        bare = replace(w.p, wishes=_only_budget(w.plan.wishes, kept))
        least = cheapest(bare)
        if least and bare.wishes.budget and least.cost > bare.wishes.budget.minor:
            cost = Money(least.cost + kept, w.plan.currency)
            raise Explain(say("too_dear_kept", cost=cost, budget=w.plan.wishes.budget))
        return base(bare, self._liked(w, OUT, BACK, STAY), least or found)

    def _liked(self, w: _Work, *uses: str) -> dict[str, int]:
        """The persona's order with what is on the plan now before all else."""
        now = {i.title for i in w.plan.items()}
        order = ref_places(self._planner.rank, w.persona, *(w.supply.of(use) for use in uses))
        here = {o.ref for use in uses for o in w.supply.of(use) if o.title in now}
        if w.exchange and w.exchange.near and w.exchange.use in uses:
            order |= {o.ref: n for n, o in enumerate(nearest(w.supply.of(w.exchange.use), w.exchange.item))}
        return {ref: place - 100 if ref in here else place for ref, place in order.items()}

    def _written(self, w: _Work, found: Base) -> Plan:
        bare = replace(w.p, wishes=_only_budget(w.plan.wishes, total(w.plan, ("see", "eat")).minor))
        found = with_transfers(bare, found, w.supply, self._liked(w, ARRIVING, LEAVING))
        draw, aside = Draw(w.plan.made), list(w.plan.aside)
        days = [self._day(w, found, n, draw, aside) for n in range(w.outline.days)]
        aside += [i for d in w.plan.days[w.outline.days :] for i in d.items if i.role in PLANNED]
        plan = replace(
            w.plan, title=title(w.outline), start=w.outline.start, days=tuple(days), aside=tuple(aside),
            stays=_stays(w.plan, found.stay.offer, draw), made=draw.made,
            rates=tuple(w.purse.rates[c] for c in sorted(w.purse.rates)) or w.plan.rates,
        )  # fmt: skip
        return self._filled(w, found, within_budget(plan))

    def _day(self, w: _Work, found: Base, n: int, draw: Draw, aside: list[Item]) -> Day:
        day = w.outline.dates[n]
        old = w.plan.days[n] if n < len(w.plan.days) else Day(date=day, theme=w.change.theme)
        weather = next(iter(w.supply.local(OfferKind.WEATHER, day)), None)
        planned = [i for i in old.items if i.role in PLANNED]
        items = self._kept(w, found, n, [*planned, *_returned(w, day, aside)], aside)
        rides = [*_ride(w.plan, "arrive", found.frame.out.offer, draw, n == 0)]
        rides += [*_ride(w.plan, "leave", found.frame.back.offer, draw, n == w.outline.days - 1)]
        rides += [_same(w.plan, t) or draw.timed("ride", t) for t in found.transfers if _falls(t, w.outline, n)]
        return replace(old, date=day, items=in_order([*items, *rides]), weather=weather)

    def _kept(self, w: _Work, found: Base, n: int, items: list[Item], aside: list[Item]) -> list[Item]:
        """A day's visits as they were, at other times if they must, and set aside if they cannot be."""
        free, kept = found.free[n], list(items)
        moved = w.outline.start != w.plan.start
        if not moved and 0 < n < min(w.outline.days, len(w.plan.days)) - 1 and _untouched(w.plan, n, kept):
            return kept
        while kept:
            for stops in (_at_old_times(w, n, kept), _at_any_time(w, n, kept)):
                table = (timetable(stops, free, 15) or timetable(stops, free)) if stops is not None else None
                if table is not None:
                    at = {v.stop.name: v for v in table}
                    return [_at(i, at[_name(i)].start, at[_name(i)].stop, moved) for i in kept]
            unlocked = [i for i in kept if not i.fixed]
            if not unlocked:
                raise _in_the_way(kept[-1])
            aside.append(unlocked[-1])
            kept.remove(unlocked[-1])
        return []

    def _filled(self, w: _Work, found: Base, plan: Plan) -> Plan:
        """New days get something to do."""
        offers = [s.offer for day in w.p.stops for s in day]
        order = places(self._planner.rank, tuned(w.persona, (*plan.wishes.likes, *w.change.theme), offers), offers)
        left = None if plan.wishes.budget is None else plan.wishes.budget.minor - total(plan).minor
        taken = {identity(i.offer) for i in (*plan.items(), *plan.aside) if i.offer}
        courses = [
            Course(date=d.date, free=found.free[n], kept=_visits(d), theme=d.theme,
                   choice=w.p.stops[n] if n >= len(w.plan.days) - bool(w.change.theme) else ())
            for n, d in enumerate(plan.days)
        ]  # fmt: skip
        fill = Fill(
            zone=plan.zone,
            wishes=_only_hours(plan.wishes),
            order=order,
            left=left,
            used=taken,
            shunned=shunned(w.persona, offers),
        )
        draw, days = Draw(plan.made), []
        for day, visits in zip(plan.days, fill.days(courses, w.persona.style if w.persona else ""), strict=True):
            names = {_name(i) for i in day.items}
            new = [draw.visit(v) for v in visits if v.stop.name not in names]
            days.append(replace(day, items=in_order([*day.items, *new])))
        return replace(plan, days=tuple(days), made=draw.made)


def _fitting(offers: Sequence[Offer], exchange: Exchange) -> tuple[Offer, ...]:
    """The offers that may stand in the item's place. Explain, with what comes near, if there are none."""
    found = tuple(o for o in offers if exchange.fits(o))
    if found:
        return found
    near = {why: [o for o in offers if fits(o)] for why, fits in exchange.nearly}
    told = [say("nearly", a=best.title, price=best.price or say("free"), wish=why)
            for why, some in near.items() if some and (best := min(some, key=_price))]  # fmt: skip
    raise Explain(" ".join((exchange.why_none, *told)))


def _price(offer: Offer) -> int:
    return offer.price.minor if offer.price else 0


def _returned(w: _Work, day: date, aside: list[Item]) -> list[Item]:
    """What was set aside when the trip lost that date; it is set aside again if it does not fit."""
    back = [i for i in aside if i.begins.date() == day and w.outline.start == w.plan.start]
    for item in back:
        aside.remove(item)
    return back


def _untouched(plan: Plan, n: int, items: Sequence[Item]) -> bool:
    return all(i in plan.days[n].items for i in items)


def within_budget(plan: Plan) -> Plan:
    """The plan with its dearest unlocked visits set aside until it costs no more than the budget."""
    purse = purse_of(plan)
    while plan.wishes.budget and total(plan) > plan.wishes.budget:
        visits = [i for i in plan.items() if i.role in ("see", "eat") and not i.fixed and i.price]
        if not visits:
            return plan
        dearest = max(visits, key=lambda i: (purse.cost(i.price) or 0) if i.price else 0)
        days = tuple(replace(d, items=tuple(i for i in d.items if i.id != dearest.id)) for d in plan.days)
        plan = replace(plan, days=days, aside=(*plan.aside, dearest))
    return plan


def _in_the_way(item: Item) -> Explain:
    return Explain(say("booked_in_the_way" if item.booked else "locked_in_the_way", a=item.title, number=item.booked))


def _check_locked(plan: Plan, outline: Outline) -> None:
    for item in plan.items():
        shifted = outline.start != plan.start
        late = item.begins.date() > outline.end or (item.role == "leave" and outline.end != plan.end)
        nights = item.role == "stay" and (shifted or outline.end != plan.end)
        if item.locked and (shifted or late or nights):
            raise _in_the_way(item)


def _same_outward(plan: Plan, change: Change, p: Problem) -> Problem:
    """A trip that starts when it did goes there as it did."""
    out = next((i.offer for i in plan.items() if i.role == "arrive"), None)
    same = p.price([out]) if out and change.start == plan.start else ()
    return replace(p, outs=same) if same else p


def _avoided(plan: Plan) -> dict[date, tuple[str, ...]]:
    return {day.date: day.avoid for day in plan.days}


def _only_budget(wishes: Wishes, kept: int) -> Wishes:
    """The wishes for rides and hotel alone; what is planned for the days is spent already."""
    budget = Money(max(0, wishes.budget.minor - kept), wishes.budget.currency) if wishes.budget else None
    return replace(wishes, budget=budget, must=(), likes=(), per_day=0, activities=0)


def _only_hours(wishes: Wishes) -> Wishes:
    return replace(wishes, must=(), likes=(), activities=0)


def _ride(plan: Plan, role: str, offer: Offer | None, draw: Draw, here: bool) -> list[Item]:
    if offer is None or not here:
        return []
    return [_same(plan, offer) or draw.timed(role, offer)]


def _same(plan: Plan, offer: Offer) -> Item | None:
    """The item that stands for exactly this offer already."""
    return next((i for i in plan.items() if i.offer and i.offer.ref == offer.ref), None)


def _stays(plan: Plan, offer: Offer | None, draw: Draw) -> tuple[Item, ...]:
    return (_same(plan, offer) or draw.timed("stay", offer),) if offer else ()


def _falls(ride: Offer, outline: Outline, n: int) -> bool:
    day = (ride.starts_at.date() - outline.start).days if ride.starts_at else 0
    return min(max(day, 0), outline.days - 1) == n


def _visits(day: Day) -> tuple[Stop, ...]:
    return visits_of([i for i in day.items if i.role in PLANNED])


def _name(item: Item) -> tuple[str, str, str]:
    return identity(item.offer) if item.offer else (item.role, item.id, "")


def _at_old_times(w: _Work, n: int, items: Sequence[Item]) -> tuple[Stop, ...] | None:
    """The visits at the hours they have, if they can be had then on the new date."""
    later = timedelta(days=(w.outline.start - w.plan.start).days)
    stops = _at_any_time(w, n, items)
    if stops is None:
        return None
    at = [minute((i.begins + later).astimezone(UTC)) for i in items]
    trimmed = [s.within(a, a) for s, a in zip(stops, at, strict=True)]
    return tuple(s for s in trimmed if s) if all(trimmed) else None


def _at_any_time(w: _Work, n: int, items: Sequence[Item]) -> tuple[Stop, ...] | None:
    found = [_stop(w, n, i) for i in items]
    return tuple(s for s in found if s) if all(found) else None


def _stop(w: _Work, n: int, item: Item) -> Stop | None:
    """An item as a stop on its new date: as that date's search result where the trip was moved."""
    later = timedelta(days=(w.outline.start - w.plan.start).days)
    if item.offer is None or item.fixed or not later:
        fixed = visits_of([item])[0]
        at = minute((item.begins + later).astimezone(UTC))
        bound = replace(fixed, starts=((at, at),))
        if item.offer is None or item.fixed:
            return bound
        loose = stop(item.offer, 0, w.outline.dates[n])
        return replace(loose, minutes=fixed.minutes) if loose else bound
    sold = next((s for s in w.p.stops[n] if s.name == identity(item.offer)), None)
    return sold or (stop(item.offer, 0, w.outline.dates[n]) if item.offer.hours else None)


def _at(item: Item, start: int, found: Stop, moved: bool) -> Item:
    offer = found.offer if moved and item.offer else item.offer
    old = moved and item.offer is not None and found.offer is item.offer
    note = say("old_price", day=dated(item.begins, "%a %d %b")) if old else item.note
    return replace(item, offer=offer, note=note, starts_at=instant(start), ends_at=instant(start + found.minutes))
