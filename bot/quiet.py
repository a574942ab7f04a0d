"""/mute and /digest: a trip in one's own chat without its chatter; then one message tells what was said meanwhile."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.capability import Effect, Text, capability
from bot.clock import Clock
from bot.content import Draft
from bot.errors import AskAgain, Explain
from bot.history import History
from bot.hush import DIGEST, digest_job
from bot.jobs import Work
from bot.members import require_member
from bot.model import ENTRIES, Entry, Hush, Job
from bot.places import Places
from bot.ports import Ask, Reply, Store
from bot.router import News
from bot.texts import say
from bot.turn import Turn

_USUAL, _LONGEST, _MOST_HOURS = 30, 24 * 60, 30 * 24
_LINES, _LENGTH, _LOOKED_AT = 30, 200, 400
_ENDS = frozenset(("off", "stop", "end", "no", "none", "0"))


class Quiet:
    """Capabilities about how much of a trip comes to one's own chat; what is hushed and what not: bot/hush.py."""

    def __init__(self, store: Store, clock: Clock, places: Places, history: History) -> None:
        self._store, self._clock, self._places, self._history = store, clock, places, history

    def work(self) -> Mapping[str, Work]:
        """Its Jobs."""
        return {DIGEST: self.tell}

    def news(self) -> Mapping[str, News]:
        """What its Jobs end in."""
        return {f"timer:{DIGEST}": self.told}

    @capability(
        "Send me no chatter of this trip for a while", command="mute", effect=Effect.CHANGE, private=True,
        phrases=("mute this trip", "mute this trip for {hours} hours"),
    )  # fmt: skip
    async def mute(self, ask: Ask, *, hours: Text = "") -> Reply:
        """For so many hours, without a number until /mute off."""
        if hours.strip().casefold() in _ENDS:
            return self._ended(ask)
        count = _number("hours", hours, _MOST_HOURS)
        await self._mine(ask)
        due = ask.now + timedelta(hours=count) if count else None
        hush = Hush(minutes=0, since=await self._last(ask.thread.id), due=due, ends=count > 0)
        jobs = (digest_job(ask.thread.id, ask.place, hush, due),) if due else ()
        text = say("muted_for", hours=count) if count else say("muted")
        return self._reply(ask, hush, text, jobs)

    @capability(
        "Send me this trip's chatter in one message now and then", command="digest", effect=Effect.CHANGE, private=True,
        phrases=("one message every {minutes} minutes is enough",),
    )  # fmt: skip
    async def digest(self, ask: Ask, *, minutes: Text = "") -> Reply:
        """At most one message in so many minutes; /digest off ends it."""
        if minutes.strip().casefold() in _ENDS:
            return self._ended(ask)
        count = _number("minutes", minutes, _LONGEST) or _USUAL
        await self._mine(ask)
        hush = Hush(minutes=count, since=await self._last(ask.thread.id))
        return self._reply(ask, hush, say("digest_set", minutes=count), ())

    async def tell(self, job: Job) -> Entry:
        """The Job: time for a digest."""
        value = {"topic": DIGEST, **job.args}
        id = f"{job.thread}:timer:{job.id}"
        return Entry(
            id=id, thread=job.thread, what="timer", at=self._clock.now(), place=str(job.args["place"]), value=value
        )

    async def told(self, turn: Turn) -> None:
        """value {"place", "since"}: what has waited there since then is told in one message."""
        place, since = turn.entry.place, int(turn.entry.value["since"])
        hush = turn.thread.hushed.get(place)
        if hush is not None and hush.since != since:
            turn.because("a newer wish of theirs holds")
            return
        member = next((m for m in turn.thread.present if place in m.places), None)
        waited = await self._waited(turn.thread.id, place, since)
        others = {p: h for p, h in turn.thread.hushed.items() if p != place}
        if hush is not None and not hush.ends:
            others[place] = replace(hush, due=None, since=max(waited, default=since))
        turn.thread = replace(turn.thread, hushed=others)
        if member is None or not waited:
            turn.because("nothing has waited")
            return
        lines = await self._lines(turn.thread.id, member.person, waited)
        turn.because(f"a digest of {len(waited)} messages")
        if lines:
            title = say("digest_title", count=len(lines), title=turn.thread.title or say("a_trip"))
            turn.say(Draft(text="\n".join((title, *lines)), only_for=(member.person,)))

    async def _lines(self, thread: str, person: str, waited: set[int]) -> list[str]:
        found = await self._history.lines(thread, person, limit=_LOOKED_AT)
        told = [line for line in found if line.seq in waited and line.text.strip() and line.text[0] != "/"]
        lines = [f"**{line.author}:** {_short(line.text)}" for line in told]
        left = len(lines) - _LINES
        return lines if left <= 0 else [say("digest_more", count=left), *lines[-_LINES:]]

    async def _waited(self, thread: str, place: str, since: int) -> set[int]:
        """The seq of each Entry after `since` of which something waits for a digest there."""
        found = await self._store.find(ENTRIES, {"thread": thread}, order="-seq", limit=_LOOKED_AT)
        recent = [e for e in found if (e.seq or 0) > since]
        return {e.seq or 0 for e in recent if any(d.place == place and d.state == DIGEST for d in e.deliveries)}

    async def _last(self, thread: str) -> int:
        found = await self._store.find(ENTRIES, {"thread": thread}, order="-seq", limit=1)
        return (found[0].seq or 0) if found else 0

    async def _mine(self, ask: Ask) -> None:
        """Explain unless this is one's own chat, speaking to a trip with others."""
        require_member(ask.thread, ask.person)
        place = await self._places.get(ask.place)
        if place is None or place.kind != "direct" or ask.thread.private:
            raise Explain(say("quiet_where"))

    def _reply(self, ask: Ask, hush: Hush, text: str, jobs: tuple[Job, ...]) -> Reply:
        before = ask.thread.hushed.get(ask.place)
        if before is not None:  # what has waited so far goes on waiting
            hush = replace(hush, since=before.since)
            jobs = tuple(digest_job(ask.thread.id, ask.place, hush, j.due_at) for j in jobs)
        thread = replace(ask.thread, hushed={**ask.thread.hushed, ask.place: hush})
        return Reply(thread=thread, jobs=jobs, drafts=(Draft(text=text, notice=True),))

    def _ended(self, ask: Ask) -> Reply:
        hush = ask.thread.hushed.get(ask.place)
        if hush is None:
            raise Explain(say("quiet_none"))
        thread = replace(ask.thread, hushed={p: h for p, h in ask.thread.hushed.items() if p != ask.place})
        job = digest_job(ask.thread.id, ask.place, hush, ask.now)
        return Reply(thread=thread, jobs=(job,), drafts=(Draft(text=say("quiet_over"), notice=True),))


def _number(parameter: str, words: str, most: int) -> int:
    """The number that somebody wrote, 0 for none; AskAgain if it is none that can be."""
    if not words.strip():
        return 0
    found = re.search(r"\d{1,6}", words)
    if found is None or not 0 < int(found[0]) <= most:
        raise AskAgain(parameter, say("quiet_number", most=most))
    return int(found[0])


def _short(text: str) -> str:
    line = " ".join(text.replace("**", "").split())
    return line if len(line) <= _LENGTH else f"{line[:_LENGTH].rsplit(' ', 1)[0]}…"
