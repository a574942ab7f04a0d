"""The quick Capabilities on a Thread's trip: keep, show, lock, move, remove, undo, count and export."""

from dataclasses import replace
from typing import Literal
from zoneinfo import ZoneInfo

from booking.itinerary import edits
from booking.itinerary.cards import budget_draft, day_draft, overview, trip_drafts
from booking.itinerary.diff import change_drafts
from booking.itinerary.find import day_index, find
from booking.itinerary.ground import instant, local, minute
from booking.itinerary.keeping import Trips, preview, told
from booking.itinerary.phrases import EDITS
from booking.itinerary.questions import QUESTIONS
from booking.itinerary.selling import being_sold
from booking.itinerary.texts import say
from booking.itinerary.told import About, answer
from booking.itinerary.wishes import clock_time
from booking.phrases import PHRASES
from booking.sale.cards import bookings_card
from booking.sale.cart import Carts
from booking.sale.naming import bookings_of
from booking.sale.spending import Spending
from booking.trips import TRIPS, Item, Plan, Trip
from bot.capability import Amount, Effect, Text, capability
from bot.content import Draft, Press
from bot.documents import Replace
from bot.errors import AskAgain, Explain
from bot.ports import Ask, Reply, Store

Action = Literal["swap", "lock", "remove", "earlier", "later"]
_CALLS = {
    "swap": "swap_item",
    "lock": "lock_item",
    "remove": "remove_item",
    "earlier": "move_earlier",
    "later": "move_later",
}


class TripEditing:
    """Edits that the lane makes at once; each is a new version that /undo takes back."""

    def __init__(self, store: Store, spending: Spending | None = None) -> None:
        self._trips, self._spending, self._carts = Trips(store), spending, Carts(store)
        self._store = store

    @capability("Keep the plan that a search came to", effect=Effect.CHANGE, hidden=True)
    async def keep_trip(self, ask: Ask, *, proposal: Text) -> Reply:
        """The lane's own door; the same proposal again changes nothing."""
        return await self._trips.adopt(ask, proposal)

    @capability("Show the plan", command="itinerary", phrases=EDITS["show_trip"])
    async def show_trip(self, ask: Ask, *, day: Text = "") -> Reply:
        """The whole trip, or one day of it."""
        trip = await self._trips.current(ask)
        n = day_index(trip.plan, day)
        drafts = trip_drafts(trip, ask.now) if n is None else (day_draft(trip, n),)
        return Reply(drafts=drafts, data=told(trip))

    @capability("Answer a question about the trip that is planned or booked", questions=QUESTIONS)
    async def ask_trip(self, ask: Ask, *, about: About, of: Text = "", day: Text = "") -> Reply:
        """`about`: what is asked; `of`: the thing meant, such as "flight home"; `day`: its number or date."""
        known = await bookings_of(self._store, ask.thread.id)
        if await self._trips.of_thread(ask) is None and known:
            spent = await self._spent(ask, None) if about == "cost" else ()
            return Reply(drafts=spent or (bookings_card(known, ask.now),))
        trip = await self._trips.current(ask)
        if about == "cost" and not of:
            spent = await self._spent(ask, trip) or (Draft(text=say("told_nothing_spent")),)
            return Reply(drafts=(*spent, budget_draft(trip, ask.now)), data=told(trip))
        drafts = answer(trip, known, [m.name for m in ask.thread.present], ask.now, about, of, day)
        return Reply(drafts=drafts, data=told(trip))

    @capability("Undo the last change of the plan", effect=Effect.CHANGE, command="undo", phrases=EDITS["undo_trip"])
    async def undo_trip(self, ask: Ask) -> Reply:
        """The plan exactly as it was before."""
        trip = await self._trips.current(ask)
        before, why = await self._trips.undone(trip)
        if refusal := being_sold(trip.plan, before.plan):
            return Reply(drafts=(refusal,), why="that is being paid for")
        drafts = change_drafts(trip.plan, before, ask.now, say("undone", why=why))
        return Reply(drafts=drafts, ops=(Replace(TRIPS, before),), data=told(before), why=f"undid: {why}")

    @capability("Take something off the plan", effect=Effect.CHANGE, phrases=EDITS["remove_item"])
    async def remove_item(self, ask: Ask, *, item: Text, day: Text = "") -> Reply:
        """`item`: its title, kind or number; locked ones stay."""
        trip, found = await self._found(ask, item, day)
        reply = self._changed(ask, trip, edits.removed(trip.plan, found), say("did_remove", a=found.title), found)
        return replace(reply, drafts=(*reply.drafts, *await self._in_cart(ask, found))) if reply.ops else reply

    async def _in_cart(self, ask: Ask, gone: Item) -> tuple[Draft, ...]:
        """That what left the plan would still be bought, with the way to take it out of the cart too."""
        line = (await self._carts.of(ask.thread.id)).line(gone.offer.ref) if gone.offer is not None else None
        if line is None:
            return ()
        press = Press(label=say("b_from_cart"), call="remove_line", args={"line": line.id})
        return (Draft(text=say("still_in_cart", a=gone.title), buttons=(press,)),)

    @capability("Lock something so that nothing changes it", effect=Effect.CHANGE, phrases=EDITS["lock_item"])
    async def lock_item(self, ask: Ask, *, item: Text, day: Text = "") -> Reply:
        """Pressed again it stays locked."""
        trip, found = await self._found(ask, item, day)
        return self._changed(ask, trip, edits.locked(trip.plan, found, on=True), say("did_lock", a=found.title), found)

    @capability("Unlock something", effect=Effect.CHANGE, phrases=EDITS["unlock_item"])
    async def unlock_item(self, ask: Ask, *, item: Text, day: Text = "") -> Reply:
        """It may change again."""
        trip, found = await self._found(ask, item, day)
        plan = edits.locked(trip.plan, found, on=False)
        return self._changed(ask, trip, plan, say("did_unlock", a=found.title), found)

    @capability("Move something about an hour later", effect=Effect.CHANGE, phrases=EDITS["move_later"])
    async def move_later(self, ask: Ask, *, item: Text, day: Text = "") -> Reply:
        """To the nearest later time at which nothing is wrong."""
        return await self._nudged(ask, item, day, 1)

    @capability("Move something about an hour earlier", effect=Effect.CHANGE, phrases=EDITS["move_earlier"])
    async def move_earlier(self, ask: Ask, *, item: Text, day: Text = "") -> Reply:
        """To the nearest earlier time at which nothing is wrong."""
        return await self._nudged(ask, item, day, -1)

    async def _nudged(self, ask: Ask, item: str, day: str, sign: int) -> Reply:
        trip, found = await self._found(ask, item, day)
        plan = edits.later(trip.plan, found, sign=sign)
        return self._changed(ask, trip, plan, say("did_move", a=found.title), found)

    @capability("Move something to another time or day", effect=Effect.CHANGE, phrases=EDITS["move_item"])
    async def move_item(self, ask: Ask, *, item: Text, day: Text = "", to: Text = "", to_day: Text = "") -> Reply:
        """`to`: "later", "earlier" or a time of day; `to_day`: another day."""
        way = to.casefold().strip()
        if way in ("later", "earlier"):
            return await self._nudged(ask, item, day, 1 if way == "later" else -1)
        trip, found = await self._found(ask, item, day)
        n = day_index(trip.plan, to_day, "to_day")
        n = trip.plan.day_of(found.id) if n is None else n
        if n is None or (not way and not to_day):
            raise AskAgain("to", say("where_to", a=found.title))
        return self._placed(ask, trip, found, n, _start(trip.plan, found, n, way))

    @capability("Move something and let the rest of the day make room", effect=Effect.CHANGE, hidden=True)
    async def push_item(self, ask: Ask, *, item: Text, to: Text, to_day: Text) -> Reply:
        """The others keep their day and what is locked its time."""
        trip, found = await self._found(ask, item, "")
        n = day_index(trip.plan, to_day, "to_day") or 0
        anew = edits.pushed(trip.plan, found, n, _start(trip.plan, found, n, to))
        if anew is None:
            raise Explain(say("no_push", a=found.title))
        return self._changed(ask, trip, anew, say("did_move", a=found.title), found)

    def _placed(self, ask: Ask, trip: Trip, item: Item, n: int, start: int) -> Reply:
        """The move, or a warning with ways out where something would be wrong."""
        plan, why = trip.plan, say("did_move", a=item.title)
        anew = edits.moved_to(plan, item, n, start)
        wrong = edits.problems_of(plan, anew)
        if not wrong:
            return self._changed(ask, trip, anew, why, item)
        fixes = (
            *self._fixes(plan, item, n, start),
            Press(label=say("b_leave"), call="show_trip", args={"day": str(n + 1)}),
        )
        text = "\n".join([f"⚠ {t.text}" for t in wrong] + [say("what_now")])
        data = {"conflicts": [{"kind": t.kind, "text": t.text, "items": list(t.items)} for t in wrong]}
        return Reply(drafts=(Draft(text=text, buttons=fixes),), data=data, why="it would not fit as it is")

    def _fixes(self, plan: Plan, item: Item, n: int, start: int) -> tuple[Press, ...]:
        """What can be done instead, each tried before it is offered."""
        args = {"item": item.id, "to_day": str(n + 1)}
        found = []
        if edits.pushed(plan, item, n, start) is not None:
            at = _clock(plan, start)
            found.append(Press(label=say("b_push"), call="push_item", args={**args, "to": at}))
        nearest = min(edits.free_times(plan, item, n), key=lambda free: abs(free - start), default=None)
        if nearest is not None:
            at = _clock(plan, nearest)
            found.append(Press(label=say("b_at", at=at), call="move_item", args={**args, "to": at}))
        for m in range(len(plan.days)):
            if m != n and (other := next(edits.free_times(plan, item, m), None)) is not None:
                args = {"item": item.id, "to_day": str(m + 1), "to": _clock(plan, other)}
                return (*found, Press(label=say("b_on_day", day=m + 1, at=args["to"]), call="move_item", args=args))
        return tuple(found)

    @capability("Add an idea of your own to a day", effect=Effect.CHANGE)
    async def add_idea(self, ask: Ask, *, what: Text, day: Text, at: Text = "") -> Reply:
        """Labelled as an idea: no search result stands behind it."""
        trip = await self._trips.current(ask)
        n = day_index(trip.plan, day) or 0
        when = clock_time(at) if at else None
        if at and when is None:
            raise AskAgain("at", say("which_time"))
        plan = edits.with_idea(trip.plan, n, what[:120], when)
        wrong = edits.problems_of(trip.plan, plan)
        if wrong:
            raise AskAgain("at", " ".join(t.text for t in wrong))
        return self._changed(ask, trip, plan, say("did_idea", a=what[:120]), None, n)

    @capability("Choose which item of a day", hidden=True)
    async def pick_item(self, ask: Ask, *, day: Text, action: Action) -> Reply:
        """A button for each item of the day that the action makes sense for."""
        trip = await self._trips.current(ask)
        n = day_index(trip.plan, day) or 0
        items = [i for i in trip.plan.days[n].items if _can(i, action)]
        buttons = tuple(_pick(k, i, action) for k, i in enumerate(items, 1))
        key = "pick" if items else "nothing_to_pick"
        return Reply(drafts=(Draft(text=say(key, action=say(f"a_{action}"), day=n + 1), buttons=buttons),))

    @capability("Show or set the budget", effect=Effect.CHANGE, command="budget", phrases=PHRASES["budget"])
    async def budget(self, ask: Ask, *, amount: Amount | None = None, per_person: bool = False) -> Reply:
        """What the plan costs by category and each; `amount` sets the budget, for all or for each person."""
        found = await self._trips.of_thread(ask)
        spent = await self._spent(ask, found)
        if found is None and spent and amount is None:
            return Reply(drafts=spent)
        trip = await self._trips.current(ask)
        if amount is None:
            return Reply(drafts=(budget_draft(trip, ask.now), *spent), data=told(trip))
        if amount.minor <= 0:
            raise AskAgain("amount", say("budget_zero"))
        if amount.currency != trip.plan.currency:
            raise AskAgain("amount", say("budget_currency", currency=trip.plan.currency))
        plan = edits.with_budget(trip.plan, amount * trip.plan.travelers if per_person else amount)
        reply = self._trips.changed(ask, trip, plan, say("did_budget", budget=amount))
        return _shown(reply, budget_draft(preview(ask, trip, plan), ask.now))

    async def _spent(self, ask: Ask, found: Trip | None) -> tuple[Draft, ...]:
        """What is booked in all, and for the asker alone what they have paid of it."""
        if self._spending is None:
            return ()
        card = await self._spending.card(ask.thread.id, found.plan if found else None, ask.now)
        own = await self._spending.own(ask.thread.id, ask.person, ask.now)
        return tuple(draft for draft in (card, own) if draft)

    async def _found(self, ask: Ask, item: str, day: str) -> tuple[Trip, Item]:
        trip = await self._trips.current(ask)
        return trip, find(trip.plan, item, day_index(trip.plan, day))

    def _changed(self, ask: Ask, trip: Trip, plan: Plan, why: str, item: Item | None, n: int | None = None) -> Reply:
        reply = self._trips.changed(ask, trip, plan, why)
        anew = preview(ask, trip, plan)
        days = {m for m in (n, trip.plan.day_of(item.id), plan.day_of(item.id)) if m is not None} if item else {n or 0}
        drafts = [day_draft(anew, m) for m in sorted(days)] or [overview(anew, ask.now)]
        return _shown(reply, *drafts)


def _shown(reply: Reply, *drafts: Draft) -> Reply:
    """What a change came to; what was not changed says why itself."""
    return replace(reply, drafts=drafts) if reply.ops else reply


def _start(plan: Plan, item: Item, n: int, way: str) -> int:
    """The moment meant by a time of day, or the item's own hour on another day."""
    at = clock_time(way) if way else item.begins.time()
    if at is None:
        raise AskAgain("to", say("which_time"))
    return minute(local(plan.days[n].date, at, plan.zone))


def _clock(plan: Plan, start: int) -> str:
    return f"{instant(start).astimezone(ZoneInfo(plan.zone)):%H:%M}"


def _can(item: Item, action: str) -> bool:
    if action == "lock":
        return True
    movable = item.role in edits.MOVABLE and not item.locked
    return movable and (action == "remove" or item.offer is None or item.offer.starts_at is None or action == "swap")


def _pick(n: int, item: Item, action: str) -> Press:
    call, args = _CALLS[action], {"item": item.id}
    if action == "lock" and item.locked:
        return Press(label=f"{n}. {say('a_unlock')} {item.title}"[:40], call="unlock_item", args=args)
    return Press(label=f"{n}. {item.begins:%H:%M} {item.title}"[:40], call=call, args=args)
