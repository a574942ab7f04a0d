"""Changes that need new searches: a day made anew, one visit for another, a longer, shorter or later trip."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from booking.itinerary.fill import Course, Fill, at_good_hours
from booking.itinerary.instead import CHEAPER, Instead, compares
from booking.itinerary.planner import Planner
from booking.itinerary.problem import Problem, Without, problem
from booking.itinerary.purse import purse_of, total
from booking.itinerary.schedule import COUNTED, Stop, identity, timetable
from booking.itinerary.slots import FIXED, free_of, money_left, outline_of, placed, standing, used
from booking.itinerary.supply import Supply, gather, local_searches
from booking.itinerary.taste import places, shunned, tuned
from booking.itinerary.texts import say
from booking.itinerary.validate import Trouble, troubles
from booking.itinerary.words import matches
from booking.offers import OfferKind
from booking.trips import Item, Plan, Wishes
from bot.errors import Explain
from bot.model import Persona

_WITHIN = 3.0
_MEAL = timedelta(hours=2, minutes=30)
ANYTHING = Instead()
Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Market:
    """What there is to do on some days of a plan, in the persona's order; `shunned` goes against its taste."""

    stops: Mapping[date, tuple[Stop, ...]]
    order: Mapping[Name, int]
    supply: Supply
    shunned: frozenset[Name] = frozenset()

    def best(self, day: date) -> list[Stop]:
        """A day's visits, best liked first."""
        return sorted(self.stops[day], key=lambda s: (self.order.get(s.name, len(self.order)), s.cost))


class Replanner:
    """Edits plans with fresh search results. All methods raise Explain where nothing can be done."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner

    async def market(self, plan: Plan, days: Sequence[date], persona: Persona | None, now: datetime) -> Market:
        """Search what there is on those days, as the wishes allow it."""
        outline = outline_of(plan)
        supply = await gather(local_searches(outline, days), self._planner.service, within=_WITHIN)
        if supply.silent and not supply.offers:
            raise Explain(say("silent_local", city=plan.destination.name))
        purse = await self._planner.purse(plan.currency, supply)
        without: Without = {day.date: day.avoid for day in plan.days}
        p = problem(outline, plan.wishes, supply, purse.cost, now, without)
        stops = {d: s for d, s in zip(outline.dates, p.stops, strict=True) if d in set(days)}
        offers = [s.offer for day in p.stops for s in day]
        return Market(stops=stops, order=self._order(p, persona), supply=supply, shunned=shunned(persona, offers))

    def _order(self, p: Problem, persona: Persona | None) -> Mapping[Name, int]:
        offers = [s.offer for day in p.stops for s in day]
        return places(self._planner.rank, tuned(persona, p.wishes.likes, offers), offers)

    async def day_anew(self, plan: Plan, n: int, persona: Persona | None, now: datetime) -> Plan:
        """A day with other visits. Locked items, rides and ideas stay exactly as they are."""
        day = plan.days[n]
        market = await self.market(plan, [day.date], persona, now)
        kept = [i for i in day.items if i.fixed or i.role in (*FIXED, "idea")]
        gone = [i for i in day.items if i not in kept]
        old = {identity(i.offer) for i in gone if i.offer}
        for banned in (old, set[Name]()):
            anew = self._filled(plan, n, kept, gone, market, banned, persona)
            if anew and not worse(plan, anew):
                return anew
        raise Explain(say("no_other_day", day=n + 1))

    def _filled(
        self, plan: Plan, n: int, kept: Sequence[Item], gone: Sequence[Item], market: Market, banned: set[Name],
        persona: Persona | None,
    ) -> Plan | None:  # fmt: skip
        day, out = plan.days[n], {i.id for i in gone}
        taken = (used(plan) - {identity(i.offer) for i in gone if i.offer}) | banned
        course = Course(
            date=day.date, free=free_of(plan, n), theme=day.theme, kept=visits_of(kept),
            choice=[s for s in market.stops[day.date] if s.name not in taken],
        )  # fmt: skip
        wishes = day_wishes(plan, n)
        fill = Fill(
            zone=plan.zone,
            wishes=wishes,
            order=market.order,
            left=money_left(plan, tuple(out)),
            used=taken,
            shunned=market.shunned,
        )
        try:
            (visits,) = fill.days([course], persona.style if persona else "")
        except ValueError:
            return None
        return placed(plan, n, kept, visits)

    async def swapped(
        self, plan: Plan, item: Item, ref: str, persona: Persona | None, now: datetime, wish: Instead = ANYTHING
    ) -> Plan:
        """Another visit in an item's place: the best liked that fits and is as wished, or that has this reference.

        A cheaper one makes the whole plan cost less."""
        n = plan.day_of(item.id)
        if item.locked:
            raise Explain(say("is_booked" if item.booked else "is_locked", a=item.title, number=item.booked))
        if n is None or item.role not in ("see", "eat"):
            raise Explain(say("not_swappable", a=item.title))
        market = await self.market(plan, [plan.days[n].date], persona, now)
        rest = [i for i in plan.days[n].items if i.id != item.id]
        purse, seen = purse_of(plan), used(plan)
        fits = compares(plan, item, wish, lambda o: purse.cost(o.price) if o.price else 0)
        for s in market.best(plan.days[n].date):
            role = (s.offer.kind == OfferKind.RESTAURANT) == (item.role == "eat")
            wanted = s.offer.ref == ref if ref else (role or bool(wish.words)) and s.name not in seen and fits(s.offer)
            anew = self._with(plan, n, rest, s, near=item) if wanted else None
            saves = ref or CHEAPER not in wish.than or (anew is not None and total(anew).minor < total(plan).minor)
            if anew and saves and _same_meal(item, anew, n) and not worse(plan, anew):
                return anew
        raise Explain(say("no_swap_for", a=item.title, word=str(wish)) if str(wish) else say("no_swap", a=item.title))

    async def added(self, plan: Plan, what: str, n: int | None, persona: Persona | None, now: datetime) -> Plan:
        """The best liked visit that a word names, on that day or the first where it fits."""
        days = [n] if n is not None else list(range(len(plan.days)))
        market = await self.market(plan, [plan.days[d].date for d in days], persona, now)
        known, there, seen = False, "", used(plan)
        for d in days:
            for s in market.best(plan.days[d].date):
                if s.name in seen or not matches(what, s.offer):
                    there = there or (s.offer.title if matches(what, s.offer) else "")
                    continue
                known = True
                anew = self._with(plan, d, plan.days[d].items, s)
                if anew and not worse(plan, anew):
                    return anew
        if there and not known:
            raise Explain(say("there_already", a=there))
        raise Explain(say("no_room" if known else "must_unknown", word=what, city=plan.destination.name))

    def _with(self, plan: Plan, n: int, items: Sequence[Item], s: Stop, near: Item | None = None) -> Plan | None:
        """The plan with one more visit on a day, as near as it can be to the time of the item it replaces."""
        stops = visits_of(items)
        for choice in _starts(s, near, plan, n):
            table = timetable((*stops, choice), free_of(plan, n), 15)
            if table is not None:
                return placed(plan, n, items, table)
        return None


def _same_meal(old: Item, anew: Plan, n: int) -> bool:
    """Whether a meal that stands for another one is not at quite another hour."""
    if old.role != "eat":
        return True
    return any(i.role == "eat" and abs(i.starts_at - old.starts_at) <= _MEAL for i in anew.days[n].items)


def _starts(s: Stop, near: Item | None, plan: Plan, n: int) -> list[Stop]:
    """The visit at times to try, the best first."""
    day = plan.days[n].date
    roles = ("lunch", "dinner") if s.offer.kind == OfferKind.RESTAURANT else ("see", "late")
    good = [g for role in roles if (g := at_good_hours(s, role, day, plan.zone))]
    if near is None:
        return [*good, s]
    at = standing(near).starts[0][0]
    close = [c for c in (s.within(at, at + 30), s.within(at - 60, at + 90)) if c]
    return [*close, *good, s]


def visits_of(items: Sequence[Item]) -> tuple[Stop, ...]:
    """What stands on a day apart from arrival and departure, as stops that cannot move."""
    return tuple(standing(i) for i in items if i.role not in ("arrive", "leave"))


def day_wishes(plan: Plan, n: int) -> Wishes:
    """What a day filled by itself must keep to: musts that no other day has, its share of the activities asked for."""
    others = [i.offer for m, day in enumerate(plan.days) if m != n for i in day.items if i.offer]
    must = tuple(m for m in plan.wishes.must if not any(matches(m, o) for o in others))
    elsewhere = sum(o.kind in COUNTED for o in others)
    return replace(plan.wishes, must=must, likes=(), activities=max(0, plan.wishes.activities - elsewhere))


class Judge:
    """Knows what was wrong with a plan before it is changed."""

    def __init__(self, before: Plan) -> None:
        self._known = {(t.kind, t.items) for t in troubles(before)}

    def worse(self, after: Plan) -> list[Trouble]:
        """Troubles of a changed plan that it did not have before."""
        return [t for t in troubles(after) if (t.kind, t.items) not in self._known]


def worse(before: Plan, after: Plan) -> list[Trouble]:
    """Troubles of a plan that it did not have before."""
    return Judge(before).worse(after)
