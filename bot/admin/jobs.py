"""Jobs: what is due, what runs, what failed and may be tried again."""

from dataclasses import replace

from bot.admin.pages import PAGE, for_me, listed, split_page
from bot.admin.texts import say
from bot.capability import Effect, Text, capability
from bot.content import Draft
from bot.documents import In, Replace
from bot.errors import Explain
from bot.model import JOBS, Job
from bot.ports import Ask, Reply, Store

_STATES = ("failed", "claimed", "due")


class JobsAdmin:
    """`/admin jobs` and its buttons."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability("Jobs that are due, run or failed", command="admin jobs", role="moderator", private=True)
    async def admin_jobs(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: failed, claimed, due, or a job's name."""
        wanted, page = split_page(words)
        states = (wanted.casefold(),) if wanted.casefold() in _STATES else _STATES
        rows = [j for s in states for j in await self._in(s)]
        if wanted and len(states) > 1:
            rows = [j for j in rows if wanted.casefold() in (j.name.casefold(), j.id.casefold())]
        begin = (page - 1) * PAGE
        shown, more = rows[begin : begin + PAGE], len(rows) > begin + PAGE
        failed = [(n, j) for n, j in enumerate(shown, 1) if j.state == "failed"]
        buttons = [for_me(ask, say("button_again", n=n), "admin_run_again", job=j.id) for n, j in failed]
        lines = [f"{n}. {_line(j)}" for n, j in enumerate(shown, 1)]
        draft = listed(ask, say("jobs"), lines, call="admin_jobs", words=wanted, page=page, more=more, buttons=buttons)
        return Reply(drafts=(draft,))

    async def _in(self, state: str) -> list[Job]:
        return await self._store.find(JOBS, {"state": In((state,))}, order="due_at", limit=500)

    @capability("Run a failed job again", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_run_again(self, ask: Ask, *, job: Text) -> Reply:
        """Its request keys are the same, so nothing is booked or charged a second time."""
        found = await self._store.get(JOBS, job)
        if found is None or found.state != "failed":
            raise Explain(say("job_not_failed"))
        again = replace(found, state="due", due_at=ask.now, attempts=0, claimed_until=None, why="")
        told = (Draft(text=say("job_again"), notice=True),)
        return Reply(ops=(Replace(JOBS, again),), drafts=told, record={"job": found.id, "name": found.name})


def _line(job: Job) -> str:
    why = say("delivery_why", why=job.why[:80]) if job.why else ""
    return say(
        "job_line", state=job.state, name=job.name, due=job.due_at, attempts=job.attempts, id=job.id, why=why
    )  # fmt: skip
