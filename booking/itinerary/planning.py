"""The Capabilities that plan and replan a trip with fresh searches: they look, and the lane keeps what they found."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Literal

from booking.itinerary import edits
from booking.itinerary.asking import Reader, Request, length
from booking.itinerary.cards import day_draft, refusal_draft, trip_drafts
from booking.itinerary.demands import Undecided
from booking.itinerary.diff import change_drafts
from booking.itinerary.find import candidates, day_index, exchanged, find
from booking.itinerary.instead import EARLIER, LATER, Instead, compares, read
from booking.itinerary.keeping import Trips, preview, told
from booking.itinerary.phrases import EDITS
from booking.itinerary.planner import Planner
from booking.itinerary.purse import Rates, purse_of, total
from booking.itinerary.reframe import Change, Exchange, Reframer
from booking.itinerary.refuse import Refusal
from booking.itinerary.replan import Replanner
from booking.itinerary.review import review
from booking.itinerary.selling import being_sold, still_booked
from booking.itinerary.supply import Outline, Searches
from booking.itinerary.texts import say
from booking.itinerary.wishes import phrases
from booking.itinerary.words import key
from booking.offers import Offer, OfferKind, written
from booking.phrases import PHRASES
from booking.ports import Rank
from booking.texts import count
from booking.trips import Item, Plan, Trip, Wishes
from bot.arguments import typed
from bot.capability import Amount, Count, Day, Location, Text, capabilities_of, capability
from bot.codec import to_plain
from bot.content import Draft
from bot.errors import AskAgain, Explain
from bot.gazetteer import Gazetteer
from bot.money import Money
from bot.ports import Ask, Reply, Store

OfferOf = Callable[[Ask, str], Awaitable[Offer]]
"""The offer of a reference or of its number in the last list; Explain or AskAgain if there is none."""
# What "cheaper" asks for, of the cost of the plan there is.
_CHEAPER = 85


class TripPlanning:
    """Plans trips and changes them where that takes a search."""

    def __init__(
        self, store: Store, service: Searches, atlas: Gazetteer, rank: Rank, rates: Rates,
        offer_of: OfferOf | None = None,
    ) -> None:  # fmt: skip
        self._offer_of = offer_of
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
        if old is not None and (refusal := being_sold(old.plan, None)):
            return Reply(drafts=(refusal,), why="that is being paid for")
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
        left = still_booked(old.plan, plan) if old is not None and trip.id == old.id else ""
        drafts = (*trip_drafts(trip, ask.now), *([Draft(text=left)] if left else []))
        return Reply(drafts=drafts, then=then, data=data, why="planned from search results")

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
        if refusal := being_sold(trip.plan, plan):
            return Reply(drafts=(refusal,), why="that is being paid for")
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

    @capability("Swap one thing on the plan for another", slow=True, phrases=EDITS["swap_item"])
    async def swap_item(self, ask: Ask, *, item: Text, day: Text = "", ref: Text = "", wish: Text = "") -> Reply:
        """The best liked other visit, ride or hotel that fits in its place; `ref` names a certain one, `wish` or
        "X for Y" a kind and how it compares: "by the beach, cheaper", "later"."""
        trip = await self._trips.current(ask)
        m = day_index(trip.plan, day)
        item, told_ = exchanged(trip.plan, item, m)
        wanted = read(wish) if wish else told_
        old = _found(trip.plan, item, m, wish or ", ".join((*told_.than, *told_.words)))
        if old.role in ("arrive", "leave", "stay"):
            return await self._exchanged(ask, trip, old, wanted)
        moved = {LATER: 1, EARLIER: -1}.get(wanted.than[0]) if len(wanted.than) == 1 and not wanted.words else None
        if moved and not ref:
            plan = edits.later(trip.plan, old, sign=moved)
        else:
            plan = await self._replanner.swapped(trip.plan, old, ref, ask.persona, ask.now, wish=wanted)
        n = trip.plan.day_of(old.id) or 0
        return await self._day_changed(ask, trip, plan, n, say("did_swap", a=old.title))

    async def _exchanged(self, ask: Ask, trip: Trip, old: Item, wish: Instead) -> Reply:
        """Another ride or hotel, and what changes with it."""
        purse = purse_of(trip.plan)

        def fitting(some: Instead) -> Callable[[Offer], bool]:
            return compares(trip.plan, old, some, lambda o: purse.cost(o.price) if o.price else 0)

        none = say("no_swap_for", a=old.title, word=str(wish)) if str(wish) else say("no_swap", a=old.title)
        near = old.role != "stay" and bool({EARLIER, LATER} & set(wish.than))
        nearly = tuple((str(one), fitting(one)) for one in wish.apart())
        exchange = Exchange(item=old, fits=fitting(wish), why_none=none, near=near, nearly=nearly)
        plan = await self._reframer.exchanged(trip.plan, exchange, ask.persona, ask.now)
        if isinstance(plan, Refusal):
            raise Explain(none)
        why = say("did_swap", a=old.title)
        if refusal := being_sold(trip.plan, plan):
            return Reply(drafts=(refusal,), why="that is being paid for")
        then = await self._trips.propose(ask, plan, why, trip)
        anew = preview(ask, trip, plan)
        return Reply(drafts=change_drafts(trip.plan, anew, ask.now), then=then, data=told(anew), why=why)

    @capability("Add a visit to the trip", slow=True, phrases=EDITS["add_to_day"])
    async def add_to_day(self, ask: Ask, *, what: Text, day: Text = "") -> Reply:
        """The best liked visit of that name or kind, or the offer of that number in the last list, on that day or where
        it fits; a hotel or ride takes the place of the one on the plan."""
        trip = await self._trips.current(ask)
        pointed = _POINTED.fullmatch(what.strip())
        offer = await self._offer_of(ask, what) if pointed and self._offer_of else None
        word = offer.title if offer else next(iter(phrases([what])), what)
        if offer and (old := _standing(trip.plan, offer)):
            return await self._exchanged(ask, trip, old, Instead(words=(offer.title,)))
        plan = await self._replanner.added(trip.plan, word, day_index(trip.plan, day), ask.persona, ask.now)
        changed = (m for m, (a, b) in enumerate(zip(trip.plan.days, plan.days, strict=True)) if a != b)
        return await self._day_changed(ask, trip, plan, next(changed, 0), say("did_add", a=word))

    async def _day_changed(self, ask: Ask, trip: Trip, plan: Plan, n: int, why: str) -> Reply:
        if refusal := being_sold(trip.plan, plan):
            return Reply(drafts=(refusal,), why="that is being paid for")
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


def _found(plan: Plan, words: str, n: int | None, wish: str) -> Item:
    """The item meant; the question back keeps the wish. Explain where a ride is meant and none is on the plan."""
    rides = any(i.role in ("arrive", "leave") for i in plan.items())
    if not rides and set(key(words)) & _RIDES:
        raise Explain(say("no_origin"))
    ways = candidates(plan, words, n)
    if {i.role for i in ways} == {"arrive", "leave"}:
        return ways[0]  # the way there, unless it is said to be the one back
    try:
        return find(plan, words, n)
    except AskAgain as again:
        raise AskAgain(again.parameter, again.text, wish=wish) from again


_RIDES = frozenset(("flight", "bus", "coach", "plane", "fly"))


_POINTED = re.compile(
    r"(?:the )?(?:(?:number|no\.?|option|offer) )?(?:\d{1,2}|first|second|third|fourth|fifth|sixth|seventh|eighth|"
    r"ninth|tenth|last)(?:st|nd|rd|th)?(?: (?:one|hotel|flight|bus|restaurant|activity|event|option|offer|place))?",
    re.IGNORECASE,
)


def _standing(plan: Plan, offer: Offer) -> Item | None:
    """What on the plan an offer would replace: its hotel, or its ride to the same town."""
    if offer.kind is OfferKind.HOTEL:
        return next(iter(plan.stays), None)
    if offer.kind not in (OfferKind.FLIGHT, OfferKind.BUS):
        return None
    rides = [i for i in plan.items() if i.role in ("arrive", "leave") and i.offer and i.offer.until_venue]
    to = offer.until_venue.city if offer.until_venue else ""
    return next((i for i in rides if i.offer and i.offer.until_venue and i.offer.until_venue.city == to), None)


def _refused(refusal: Refusal, args: dict[str, Any]) -> Reply:
    data = {
        "cannot": {"code": refusal.code, "reason": refusal.text, "about": refusal.about,
                   "cost": str(refusal.cost) if refusal.cost else "",
                   "possible": [{"text": w.text, "args": w.args} for w in refusal.ways]},
        "intent": "create_itinerary", "slots": args,
    }  # fmt: skip
    return Reply(drafts=(refusal_draft(refusal, dict(args)),), data=data, why=f"cannot: {refusal.code}")
