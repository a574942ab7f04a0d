"""The Capabilities that plan and replan a trip with fresh searches: they look, and the lane keeps what they found."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from booking.itinerary.asking import Reader, Request, length
from booking.itinerary.cards import day_draft, refusal_draft, trip_drafts
from booking.itinerary.demands import Undecided
from booking.itinerary.diff import change_drafts
from booking.itinerary.find import day_index, exchanged, find
from booking.itinerary.keeping import Trips, preview, told
from booking.itinerary.phrases import EDITS
from booking.itinerary.planner import Planner
from booking.itinerary.purse import Rates, total
from booking.itinerary.reframe import Change, Reframer
from booking.itinerary.refuse import Refusal
from booking.itinerary.replan import Replanner
from booking.itinerary.review import review
from booking.itinerary.supply import Outline, Searches
from booking.itinerary.texts import say
from booking.itinerary.wishes import phrases
from booking.offers import written
from booking.phrases import PHRASES
from booking.ports import Rank
from booking.texts import count
from booking.trips import Plan, Trip, Wishes
from bot.arguments import typed
from bot.capability import Amount, Count, Day, Location, Text, capabilities_of, capability
from bot.codec import to_plain
from bot.content import Draft
from bot.errors import AskAgain, Explain
from bot.gazetteer import Gazetteer
from bot.money import Money
from bot.ports import Ask, Reply, Store

# What "cheaper" asks for, of the cost of the plan there is.
_CHEAPER = 85


class TripPlanning:
    """Plans trips and changes them where that takes a search."""

    def __init__(self, store: Store, service: Searches, atlas: Gazetteer, rank: Rank, rates: Rates) -> None:
        self._trips = Trips(store)
        self._reader = Reader(atlas)
        self._planner = Planner(service, rank, rates)
        self._replanner = Replanner(self._planner)
        self._reframer = Reframer(self._planner)
        self._declared = {c.name: c for c in capabilities_of(self)}

    @capability(
        "Plan a trip day by day", command="trip", slow=True, phrases=PHRASES["create_itinerary"], check="may_plan"
    )
    async def create_itinerary(
        self, ask: Ask, *, destination: Location, departure_date: Day | None = None, return_date: Day | None = None,
        days: Count | None = None, nights: Count | None = None, travelers: Count | None = None,
        budget: Amount | None = None, per_person: bool | None = None, tastes: Text = "", origin: Location | None = None,
        must: Text = "", avoid: Text = "", not_before: Text = "", not_after: Text = "", hours: Count | None = None,
        per_day: Count = 0, activities: Count = 0, order: Literal["best", "cheap"] = "best",
    ) -> Reply:  # fmt: skip
        """A plan from search results only, or an explicit cannot with its reason and what would help.

        `budget`: for all, or for each person with per_person. `must`, `avoid`: things by tag or name.
        `hours`: visits a day at most. `per_day`, `activities`: least number on each day, in all. `order`: a cheap
        one costs clearly less than the plan there is."""
        given = {k: v for k, v in locals().items() if k not in ("self", "ask", "order")}
        asked = self._reader.understood(ask, Request(**given))
        old = await self._trips.of_thread(ask)
        wishes = cheaper(asked.wishes, old, asked.outline) if order == "cheap" else asked.wishes
        try:
            plan = await self._planner.plan(asked.outline, wishes, ask.persona, ask.now)
        except Undecided as cause:
            raise Explain(say("undecided")) from cause
        slots = {k: to_plain(v) for k, v in given.items() if v is not None and v != ""}
        slots["departure_date"] = asked.outline.start.isoformat()
        if isinstance(plan, Refusal):
            return _refused(plan, slots)
        plan = replace(plan, assumed=asked.assumed, per_person=bool(per_person), wishes=asked.wishes)
        trip = preview(ask, old, plan)
        then = await self._trips.propose(ask, plan, say("did_plan", title=plan.title), None)
        data = {**told(trip), "intent": "create_itinerary", "slots": slots}
        return Reply(drafts=trip_drafts(trip, ask.now), then=then, data=data, why="planned from search results")

    async def may_plan(self, ask: Ask, args: Mapping[str, Any]) -> None:
        """AskAgain for a value that cannot be planned with, before anything is searched."""
        declared = self._declared["create_itinerary"]
        loose = replace(declared, parameters=tuple(replace(p, required=False) for p in declared.parameters))
        known = {f.name for f in fields(Request)}
        self._reader.check(ask, Request(**{k: v for k, v in typed(loose, args).items() if k in known}))

    @capability("Make the trip longer or shorter", slow=True, phrases=EDITS["change_trip_length"])
    async def change_trip_length(self, ask: Ask, *, days: Count | None = None, nights: Count | None = None) -> Reply:
        """Everything planned stays or is set aside; nothing is lost."""
        trip = await self._trips.current(ask)
        if days is None and nights is None:
            raise AskAgain("days", say("how_long"))
        change = Change(start=trip.plan.start, days=length(Request(days=days, nights=nights), trip.plan.start))
        if change.days == len(trip.plan.days):
            text = say("same_length", days=count(change.days, "day"), nights=count(change.days - 1, "night"))
            return Reply(drafts=(Draft(text=text),), data=told(trip), why="nothing to change")
        return await self._reframed(ask, trip, change, say("did_length", days=change.days))

    @capability("Add a day to the trip", slow=True, phrases=EDITS["add_day"])
    async def add_day(self, ask: Ask, *, theme: Text = "") -> Reply:
        """One day more at the end; `theme`: what it is about, such as "beach"."""
        trip = await self._trips.current(ask)
        days = length(Request(days=len(trip.plan.days) + 1), trip.plan.start)
        change = Change(start=trip.plan.start, days=days, theme=phrases([theme]))
        return await self._reframed(ask, trip, change, say("did_length", days=days))

    @capability("Move the trip to other dates", slow=True, phrases=EDITS["shift_trip"])
    async def shift_trip(self, ask: Ask, *, departure_date: Day) -> Reply:
        """The same days at another time; visits that are closed then are set aside."""
        trip = await self._trips.current(ask)
        start = self._reader.day(ask, departure_date, trip.plan.destination)
        change = Change(start=start, days=len(trip.plan.days))
        return await self._reframed(ask, trip, change, say("did_shift", day=written(departure_date)))

    async def _reframed(self, ask: Ask, trip: Trip, change: Change, why: str) -> Reply:
        try:
            plan = await self._reframer.reframed(trip.plan, change, ask.persona, ask.now)
        except Undecided as cause:
            raise Explain(say("undecided")) from cause
        if isinstance(plan, Refusal):
            return _refused(plan, {})
        then = await self._trips.propose(ask, plan, why, trip)
        anew = preview(ask, trip, plan)
        return Reply(drafts=change_drafts(trip.plan, anew, ask.now), then=then, data=told(anew), why=why)

    @capability("Plan one day anew", slow=True, phrases=EDITS["edit_day"])
    async def edit_day(self, ask: Ask, *, day: Text, without: Text = "", theme: Text = "") -> Reply:
        """Other visits for a day, without some things or about one; locked items stay."""
        trip = await self._trips.current(ask)
        n = day_index(trip.plan, day) or 0
        today = trip.plan.days[n]
        said = phrases([without])
        avoid = tuple(dict.fromkeys((*today.avoid, *said)))
        anew = replace(today, avoid=avoid, theme=phrases([theme]) or tuple(t for t in today.theme if t not in said))
        plan = replace(trip.plan, days=(*trip.plan.days[:n], anew, *trip.plan.days[n + 1 :]))
        plan = await self._replanner.day_anew(plan, n, ask.persona, ask.now)
        return await self._day_changed(ask, trip, plan, n, say("did_day", day=n + 1))

    @capability("Swap one visit for another", slow=True, phrases=EDITS["swap_item"])
    async def swap_item(self, ask: Ask, *, item: Text, day: Text = "", ref: Text = "") -> Reply:
        """The best liked other visit that fits in its place; `ref` names a certain one, "X for Y" a kind."""
        trip = await self._trips.current(ask)
        m = day_index(trip.plan, day)
        item, what = exchanged(trip.plan, item, m)
        word = next(iter(phrases([what])), what)
        old = find(trip.plan, item, m)
        plan = await self._replanner.swapped(trip.plan, old, ref, ask.persona, ask.now, what=word)
        n = trip.plan.day_of(old.id) or 0
        return await self._day_changed(ask, trip, plan, n, say("did_swap", a=old.title))

    @capability("Add a visit to the trip", slow=True, phrases=EDITS["add_to_day"])
    async def add_to_day(self, ask: Ask, *, what: Text, day: Text = "") -> Reply:
        """The best liked visit of that name or kind, on that day or where it fits."""
        trip = await self._trips.current(ask)
        word = next(iter(phrases([what])), what)
        plan = await self._replanner.added(trip.plan, word, day_index(trip.plan, day), ask.persona, ask.now)
        changed = (m for m, (a, b) in enumerate(zip(trip.plan.days, plan.days, strict=True)) if a != b)
        return await self._day_changed(ask, trip, plan, next(changed, 0), say("did_add", a=word))

    async def _day_changed(self, ask: Ask, trip: Trip, plan: Plan, n: int, why: str) -> Reply:
        then = await self._trips.propose(ask, plan, why, trip)
        anew = preview(ask, trip, plan)
        return Reply(drafts=(day_draft(anew, n),), then=then, data=told(anew), why=why)

    @capability("Give an opinion on the plan", slow=True, phrases=EDITS["review_trip"])
    async def review_trip(self, ask: Ask) -> Reply:
        """What the asked persona likes and dislikes about the plan, with swaps from search results."""
        trip = await self._trips.current(ask)
        markets = await self._replanner.market(trip.plan, [d.date for d in trip.plan.days], ask.persona, ask.now)
        return review(trip, markets, ask.persona)


def cheaper(wishes: Wishes, old: Trip | None, outline: Outline) -> Wishes:
    """The wishes with a ceiling clearly below what the old plan for the same place costs."""
    if old is None or old.plan.destination.name != outline.destination.name:
        return wishes
    cost = total(old.plan)
    if not cost.minor or cost.currency != outline.currency:
        return wishes
    ceiling = Money(cost.minor * _CHEAPER // 100, cost.currency)
    return replace(wishes, budget=min(ceiling, wishes.budget) if wishes.budget else ceiling)


def _refused(refusal: Refusal, args: dict[str, Any]) -> Reply:
    data = {
        "cannot": {"code": refusal.code, "reason": refusal.text, "about": refusal.about,
                   "cost": str(refusal.cost) if refusal.cost else "",
                   "possible": [{"text": w.text, "args": w.args} for w in refusal.ways]},
        "intent": "create_itinerary", "slots": args,
    }  # fmt: skip
    return Reply(drafts=(refusal_draft(refusal, dict(args)),), data=data, why=f"cannot: {refusal.code}")
