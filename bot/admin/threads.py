"""Threads: who is in them, what their personas have used today, and the decisions made there."""

from collections.abc import Sequence
from dataclasses import replace

from bot.admin.finding import Finding
from bot.admin.pages import PAGE, cut, for_me, listed, split_page
from bot.admin.texts import say
from bot.capability import Effect, Text, capability
from bot.content import Card, Draft
from bot.errors import Explain
from bot.floor import today
from bot.model import ENTRIES, PLACES, Entry, Floor, Thread
from bot.pauses import Pauses
from bot.places import shown_entry
from bot.ports import Ask, Reply, Store

_READ = 200


class ThreadsAdmin:
    """`/admin threads` and `/admin why`."""

    def __init__(self, store: Store, pauses: Pauses) -> None:
        self._store, self._pauses, self._finding = store, pauses, Finding(store)

    @capability("Threads, their people and what is used", command="admin threads", role="moderator", private=True)
    async def admin_threads(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a title, a part of one, or an id."""
        wanted, page = split_page(words)
        found = await self._finding.threads(wanted)
        if wanted and len(found) == 1:
            return Reply(drafts=(await self._one(ask, found[0]),))
        shown, more = cut(found, page)
        lines = [await self._line(ask, t) for t in shown]
        return Reply(
            drafts=(listed(ask, say("threads"), lines, call="admin_threads", words=wanted, page=page, more=more),)
        )

    async def _line(self, ask: Ask, thread: Thread) -> str:
        paused = say("paused_mark") if f"thread:{thread.id}" in await self._pauses.all() else ""
        return say(
            "thread_line", title=_title(thread), people=len(thread.present), personas=len(thread.seats),
            turns=_today(ask, thread).turns, paused=paused, id=thread.id,
        )  # fmt: skip

    async def _one(self, ask: Ask, thread: Thread) -> Draft:
        used = _today(ask, thread)
        lines = (
            *(f"🧑 {m.name}" for m in thread.present), *(f"✨ {s.name}" for s in thread.seats),
            *(say("thread_place", channel=p.partition(":")[0]) for p in thread.places),
            say("thread_budget", turns=used.turns, spent=used.spent), f"`{thread.id}`",
        )  # fmt: skip
        paused = f"thread:{thread.id}" in await self._pauses.all()
        verb = "resume" if paused else "pause"
        buttons = (
            for_me(ask, say(f"button_{verb}"), f"admin_{verb}", words=f"thread {thread.id}"),
            for_me(ask, say("button_reset"), "admin_reset_turns", thread=thread.id),
            for_me(ask, say("why"), "admin_why", words=thread.id),
        )
        return Draft(card=Card(title=_title(thread), lines=lines), buttons=buttons)

    @capability("Let the personas of a thread speak again today", role="moderator", private=True, effect=Effect.CHANGE,
                hidden=True)  # fmt: skip
    async def admin_reset_turns(self, ask: Ask, *, thread: Text) -> Reply:
        """The Thread's own lane does it."""
        found = await self._finding.thread(thread)
        told = Draft(text=say("reset", title=_title(found)), notice=True)
        if found.id == ask.thread.id:
            return Reply(thread=_reset(ask.thread), drafts=(told,))
        call = {"call": "reset_turns", "args": {}, "person": ask.person.id, "persona": ""}
        id = f"{found.id}:call:reset:{ask.key}"
        news = Entry(id=id, thread=found.id, what="call", at=ask.now, value=call)
        return Reply(entries=(news,), drafts=(told,))

    @capability("Begin today's turns anew", role="moderator", effect=Effect.CHANGE, hidden=True)
    async def reset_turns(self, ask: Ask) -> Reply:
        return Reply(thread=_reset(ask.thread), why="a keeper reset the turns of the day")

    @capability("Why something was answered or not", command="admin why", role="moderator", private=True)
    async def admin_why(self, ask: Ask, *, words: Text = "") -> Reply:
        """Decisions and rules, never words: of an Entry or Answer by its id, of a person or of a thread, newest
        first."""
        wanted, page = split_page(words)
        if not wanted:
            raise Explain(say("why_usage"))
        found = await self._decided(wanted)
        shown, more = cut(found, page)
        lines = [line for e in shown for line in _because(e)]
        return Reply(drafts=(listed(ask, say("why"), lines, call="admin_why", words=wanted, page=page, more=more),))

    async def _decided(self, wanted: str) -> Sequence[Entry]:
        entry = await shown_entry(self._store, wanted)
        if entry is not None:
            return [entry]
        meant = await self._finding.threads(wanted)
        if len(meant) == 1:
            return await self._recent(meant[0].id)
        person = await self._finding.person(wanted)
        threads = [t.id for t in await self._finding.trips_of(person.id)]
        alone = [p.thread for id in person.direct if (p := await self._store.get(PLACES, id))]
        found = [e for id in (*threads, *alone) for e in await self._recent(id) if e.person == person.id]
        return sorted(found, key=lambda e: e.arrival, reverse=True)[: 5 * PAGE]

    async def _recent(self, thread: str) -> list[Entry]:
        found = await self._store.find(ENTRIES, {"thread": thread}, order="-arrival", limit=_READ)
        return [e for e in found if e.handled]


def _because(entry: Entry) -> list[str]:
    told = say("why_line", at=entry.at, what=entry.what, outcome=entry.outcome or say("open"), id=entry.id)
    lost = [d for d in entry.deliveries if d.state not in ("sent", "pending")]
    return [told, *(say("why_sent", state=d.state, channel=d.place.partition(":")[0], why=_why(d.why)) for d in lost)]


def _why(why: str) -> str:
    return say("delivery_why", why=why[:80]) if why else ""


def _title(thread: Thread) -> str:
    return thread.title or (say("private") if thread.private else say("untitled"))


def _today(ask: Ask, thread: Thread) -> Floor:
    return today(thread.floor, ask.now.date().isoformat())


def _reset(thread: Thread) -> Thread:
    return replace(thread, floor=replace(thread.floor, turns=0, spent=0, turns_of={}))
