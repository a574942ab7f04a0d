"""Reports: what people tell the keepers of others, and what keepers do about it."""

from dataclasses import replace
from datetime import timedelta

from bot.admin.pages import PAGE, every, for_me, listed, split_page
from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.documents import Insert, Op, Range, Replace
from bot.errors import Explain
from bot.floor import job_id
from bot.model import PEOPLE, THREADS, Person
from bot.people import KEEPERS
from bot.ports import Ask, Reply, Store
from bot.strangers.blocking import meant
from bot.strangers.documents import LOCKOUTS, REPORTS, Lockout, Report
from bot.strangers.guard import lifted
from bot.strangers.texts import say

_DAY, _READ, _LONGEST = timedelta(days=1), 500, 500


class Reports:
    """/report, for everybody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability(
        "Tell those who look after this Caravan about somebody", command="report", private=True, effect=Effect.CHANGE,
    )  # fmt: skip
    async def report(self, ask: Ask, *, words: Text = "") -> Reply:
        """A name and what happened, or what happened in reply to a message. The other one is not told."""
        name, why = _split(ask, words)
        member = await meant(self._store, ask, name, "report_who")
        entry = ask.entry.reply_to if ask.entry else ""
        made = Report(
            id=job_id(ask.key, "report"), thread=ask.thread.id, by=ask.person.id, about=member.person,
            name=member.name, at=ask.now, why=why[:_LONGEST], entry=entry,
        )  # fmt: skip
        told = Draft(text=say("reported", name=member.name), notice=True)
        return Reply(ops=(Insert(REPORTS, made),), drafts=(told,))


class ReportsAdmin:
    """/admin reports and /admin lockouts, for keepers."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability("What people reported", command="admin reports", role="moderator", private=True)
    async def admin_reports(self, ask: Ask, *, words: Text = "") -> Reply:
        wanted, page = split_page(words)
        found = await self._store.find(REPORTS, {"state": "open"}, order="-at", limit=_READ)
        found = [r for r in found if wanted.casefold() in r.name.casefold()]
        begin = (page - 1) * PAGE
        shown = found[begin : begin + PAGE]
        lines = [f"{n}. {await self._line(r)}" for n, r in enumerate(shown, 1)]
        buttons = [
            for_me(ask, say(key, n=n), call, report=r.id)
            for n, r in enumerate(shown, 1)
            for key, call in (("button_close", "admin_close_report"), ("button_lock", "admin_lock_out"))
        ]
        more = len(found) > begin + PAGE
        draft = listed(
            ask, say("reports"), lines, call="admin_reports", words=wanted, page=page, more=more, buttons=buttons
        )  # fmt: skip
        return Reply(drafts=(draft,))

    async def _line(self, report: Report) -> str:
        thread, by = await self._store.get(THREADS, report.thread), await self._store.get(PEOPLE, report.by)
        return say(
            "report_line", at=report.at, name=report.name, thread=(thread.title if thread else "") or "?",
            by=by.name if by else "?", why=report.why or say("report_nothing"), entry=report.entry or report.about,
        )  # fmt: skip

    @capability("Close a report", role="moderator", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_close_report(self, ask: Ask, *, report: Text) -> Reply:
        found = await self._open(report)
        return Reply(ops=(_closed(found),), drafts=(Draft(text=say("closed"), notice=True),))

    @capability("Lock somebody out for a day", role="moderator", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_lock_out(self, ask: Ask, *, report: Text) -> Reply:
        found = await self._open(report)
        person = await self._person(found.about)
        if person is None:
            raise Explain(say("gone"))
        if person.role in KEEPERS:
            raise Explain(say("keeper"))
        before = await self._store.get(LOCKOUTS, f"person:{person.id}")
        out = Lockout(
            id=f"person:{person.id}", since=ask.now, until=ask.now + _DAY, by=ask.person.id,
            times=before.times + 1 if before else 1, version=before.version if before else 0,
        )  # fmt: skip
        op: Op = Replace(LOCKOUTS, out) if before else Insert(LOCKOUTS, out)
        text = say("locked", name=person.name, until=out.until)
        return Reply(
            ops=(op, _closed(found)), drafts=(Draft(text=text, notice=True),), record={"person": person.id}
        )  # fmt: skip

    @capability("Who is locked out", command="admin lockouts", role="moderator", private=True)
    async def admin_lockouts(self, ask: Ask, *, words: Text = "") -> Reply:
        wanted, page = split_page(words)
        found = [o async for o in every(self._store, LOCKOUTS, {"until": Range(gt=ask.now)}, "until")]
        begin = (page - 1) * PAGE
        shown = found[begin : begin + PAGE]
        lines = [f"{n}. {await self._out(o)}" for n, o in enumerate(shown, 1)]
        buttons = [for_me(ask, say("button_unlock", n=n), "admin_let_in", out=o.id) for n, o in enumerate(shown, 1)]
        more = len(found) > begin + PAGE
        draft = listed(
            ask, say("lockouts"), lines, call="admin_lockouts", words=wanted, page=page, more=more, buttons=buttons
        )  # fmt: skip
        return Reply(drafts=(draft,))

    async def _out(self, out: Lockout) -> str:
        what, _, id = out.id.partition(":")
        person = await self._person(id) if what == "person" else None
        thread = await self._store.get(THREADS, id) if what == "thread" else None
        name = person.name if person else thread.title if thread else id
        return say("lockout_line", name=name, until=out.until, times=out.times)

    @capability("Let somebody in again", role="moderator", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_let_in(self, ask: Ask, *, out: Text) -> Reply:
        found = await self._store.get(LOCKOUTS, out)
        if found is None or found.until <= ask.now:
            raise Explain(say("gone"))
        told = Draft(text=say("let_in"), notice=True)
        return Reply(ops=(Replace(LOCKOUTS, lifted(found, ask.now)),), drafts=(told,))

    async def _open(self, id: str) -> Report:
        found = await self._store.get(REPORTS, id)
        if found is None or found.state != "open":
            raise Explain(say("gone"))
        return found

    async def _person(self, id: str) -> Person | None:
        found = await self._store.get(PEOPLE, id)
        return await self._store.get(PEOPLE, found.merged_into) if found and found.merged_into else found


def _closed(report: Report) -> Op:
    return Replace(REPORTS, replace(report, state="closed"))


def _split(ask: Ask, words: str) -> tuple[str, str]:
    """(name, what happened): the longest member's name that the words begin with."""
    text = words.strip().lstrip("@")
    for name in sorted((m.name for m in ask.thread.members), key=len, reverse=True):
        if text.casefold().startswith(name.casefold()):
            return name, text[len(name) :].strip(" ,:.-")
    return ("", text) if ask.entry and ask.entry.reply_to else (text.split(" ", 1)[0], text.partition(" ")[2])
