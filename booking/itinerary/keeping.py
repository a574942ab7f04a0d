"""Keeping a Thread's Trip: the current one, proposals on their way into it, its versions and the way back."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b

from booking.itinerary.selling import being_sold, marked, with_sales
from booking.itinerary.texts import say
from booking.leftovers import Sweeper
from booking.trips import TRIP, TRIP_VERSIONS, TRIPS, Plan, Trip, TripVersion
from bot.documents import Delete, Index, Insert, Kind, Op, Replace
from bot.errors import Conflict, Explain, Overtaken
from bot.model import Thread
from bot.ports import Ask, Call, Reply, Store
from bot.zones import ZONE

_KEPT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A plan that a search came to and that the lane has yet to adopt. Id: the request key of the search.

    `base`: the revision it was made from, 0 if it may replace whatever is there. It lasts a day from `at`.
    """

    id: str
    thread: str
    plan: Plan
    base: int
    at: datetime
    why: str = ""
    persona: str = ""
    version: int = 0


PROPOSALS = Kind("proposals", Proposal, (Index(("thread",)), Index(("at",))))


class Trips:
    """Trips in the Store."""

    def __init__(self, store: Store) -> None:
        self._store, self._sweeper = store, Sweeper(store)

    async def current(self, ask: Ask) -> Trip:
        """The Thread's trip. Explain if it has none."""
        trip = await self.of_thread(ask)
        if trip is None:
            raise Explain(say("no_trip"))
        return trip

    async def of_thread(self, ask: Ask) -> Trip | None:
        """The Thread's trip, or None."""
        id = ask.thread.facts.get(TRIP, "")
        trip = await self._store.get(TRIPS, id) if id else None
        return await with_sales(self._store, trip) if trip is not None else None

    async def propose(self, ask: Ask, plan: Plan, why: str, base: Trip | None) -> Call:
        """Lay a plan ready for the lane; the same request proposes the same again."""
        proposal = Proposal(
            id=ask.key, thread=ask.thread.id, plan=plan, base=base.revision if base else 0, at=ask.now, why=why,
            persona=ask.persona.id if ask.persona else "",
        )  # fmt: skip
        try:
            await self._store.commit([Insert(PROPOSALS, proposal)])
        except Conflict:
            known = await self._store.get(PROPOSALS, ask.key)
            version = known.version if known else 0
            await self._store.commit([Replace(PROPOSALS, replace(proposal, version=version))])
        await self._sweeper.after(ask.now)
        return Call(name="keep_trip", args={"proposal": ask.key})

    async def adopt(self, ask: Ask, id: str) -> Reply:
        """Make a proposal the Thread's plan. Overtaken if the plan has changed since; nothing if it was adopted."""
        proposal = await self._store.get(PROPOSALS, id)
        if proposal is None or proposal.thread != ask.thread.id:
            return Reply(why="that proposal was taken already")
        trip = await self.of_thread(ask)
        if proposal.base and (trip is None or trip.revision != proposal.base):
            raise Overtaken(say("changed_meanwhile"))
        gone: Op = Delete(PROPOSALS, proposal)
        if trip is None or trip.plan.status in ("completed", "cancelled"):
            return _first(ask, trip, proposal, gone)
        kept = self.changed(ask, trip, proposal.plan, proposal.why)
        zoned = _zoned(ask.thread, proposal.plan) if kept.ops else None
        return replace(kept, ops=(*kept.ops, gone), thread=zoned)

    def changed(self, ask: Ask, trip: Trip, plan: Plan, why: str) -> Reply:
        """The trip with another plan, its plan so far kept as a version; or why that cannot be now, with no ops."""
        if refusal := being_sold(trip.plan, plan):
            return Reply(drafts=(refusal,), why="that is being paid for")
        old = TripVersion(
            id=f"{trip.id}:{trip.revision}", trip=trip.id, plan=marked(trip.plan), at=ask.now, why=why,
            by=ask.person.id,
        )  # fmt: skip
        anew = replace(trip, plan=marked(plan), revision=trip.revision + 1, past=(*trip.past, old.id)[-_KEPT:])
        return Reply(ops=(Replace(TRIPS, anew), Insert(TRIP_VERSIONS, old)), data=told(anew), why=why)

    async def undone(self, trip: Trip) -> tuple[Trip, str]:
        """The trip with the plan it had before its last change, and what that change was. Explain if there is none."""
        last = await self._store.get(TRIP_VERSIONS, trip.past[-1]) if trip.past else None
        if last is None:
            raise Explain(say("nothing_to_undo"))
        return replace(trip, plan=last.plan, revision=trip.revision + 1, past=trip.past[:-1]), last.why


def _first(ask: Ask, over: Trip | None, proposal: Proposal, gone: Op) -> Reply:
    trip = preview(ask, over, proposal.plan, persona=proposal.persona)
    thread = replace(ask.thread, facts={**ask.thread.facts, TRIP: trip.id, ZONE: trip.plan.zone})
    return Reply(ops=(Insert(TRIPS, trip), gone), thread=thread, data=told(trip), why="kept a new trip")


def _zoned(thread: Thread, plan: Plan) -> Thread | None:
    """The Thread with the times of where the plan goes now; None if that is as it was."""
    same = thread.facts.get(ZONE) == plan.zone
    return None if same else replace(thread, facts={**thread.facts, ZONE: plan.zone})


def preview(ask: Ask, trip: Trip | None, plan: Plan, persona: str = "") -> Trip:
    """The trip as it will be once the plan is adopted."""
    if trip is not None and trip.plan.status not in ("completed", "cancelled"):
        return replace(trip, plan=plan)
    key = f"{ask.thread.id}|{trip.id if trip else ''}"
    id = blake2b(key.encode(), digest_size=9).hexdigest()
    return Trip(id=id, thread=ask.thread.id, plan=plan, made_at=ask.now, persona=persona)


def told(trip: Trip) -> dict[str, object]:
    """A trip as JSON for brains and for the API."""
    plan = trip.plan
    return {
        "trip": trip.id, "title": plan.title, "destination": plan.destination.name, "start": plan.start.isoformat(),
        "end": plan.end.isoformat(), "travelers": plan.travelers, "status": plan.status,
        "days": [
            {"day": n, "date": d.date.isoformat(), "items": [
                {"id": i.id, "at": f"{i.begins:%H:%M}", "role": i.role, "title": i.title,
                 "price": str(i.price) if i.price else "", "locked": i.locked,
                 "booked": i.booked, "being_paid_for": bool(i.selling)} for i in d.items]}
            for n, d in enumerate(plan.days, 1)
        ],
        "stays": [{"id": i.id, "title": i.title, "price": str(i.price) if i.price else "",
                   "booked": i.booked, "being_paid_for": bool(i.selling)} for i in plan.stays],
        "aside": [{"id": i.id, "title": i.title} for i in plan.aside],
    }  # fmt: skip
