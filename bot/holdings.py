"""What the conversation core holds about a Person: Threads and what was said there, files, votes, records."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.audit import AUDITS, Audit
from bot.clock import Clock
from bot.consent.ballots import POLLS, BallotBox
from bot.documents import In
from bot.errors import RetryLater
from bot.faults import FAULTS
from bot.history import plain
from bot.identity.documents import GUESSES, LINKINGS
from bot.kinds import KINDS
from bot.model import (
    BLOBS,
    ENTRIES,
    JOBS,
    PEOPLE,
    PERSONAS,
    PLACES,
    SUMMARIES,
    THREADS,
    TOKENS,
    Blob,
    Entry,
    Job,
    Place,
    Token,
)
from bot.pauses import PAUSES, Pause
from bot.people import INSTALLATION, Installation
from bot.ports import Store, Subject
from bot.privacy.entries import WithoutThem, files_of, is_theirs
from bot.privacy.scrubbing import Scrubber, change_all, change_one, commit_changes, pages
from bot.privacy.texts import say
from bot.shown import SHOWN_PARTS
from bot.strangers.documents import BLOCKS, LOCKOUTS, REPORTS, Blocks

# How long what is being said or sent may take to come to rest, in looks of a twentieth of a second.
_LOOKS = 40
# Jobs of the core: they end with whom they work for. Those of others may carry money and are only stripped of names.
_OURS = frozenset(("call", "persona_turn", "persona_switched", "drop_export"))
_CONVERSATION_FILE = "conversation.json"


class CoreHoldings:
    """Holdings of bot/. Personas answer for their own kind; a Person's row, accounts and direct chats go last
    (bot/privacy/erasing.py)."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    @property
    def kinds(self) -> tuple[str, ...]:
        return (*(k.name for k in KINDS if k is not PERSONAS), FAULTS.name)

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        person = await self._store.get(PEOPLE, subject.person)
        messages, answers, files, votes, jobs, trips = [], [], [], [], [], []
        for id in (*subject.private, *subject.shared):
            thread = await self._store.get(THREADS, id)
            if thread is None:
                continue
            trips.append({"title": thread.title, "members": len(thread.present), "private": thread.private})
            async for page in pages(self._store, ENTRIES, {"thread": id}, "seq"):
                messages += [_said(e, thread.title) for e in page if e.author in subject.identities]
                answers += [_told(e, thread.title, subject) for e in page if _for_them(e, subject)]
                files += [f for e in page if e.author in subject.identities for f in e.files]
            votes += [_voted(b, subject.person) for b in await self._boxes(id) if subject.person in b.votes]
            jobs += [_work(j) for j in await self._jobs(id) if j.args.get("person") == subject.person]
        records = [_record(a) async for p in pages(self._store, AUDITS, {"actor": subject.pseudonym}, "at") for a in p]
        return {
            say("section_you"): [person] if person else [], say("section_trips"): trips,
            say("section_messages"): messages, say("section_answers"): answers,
            say("section_files"): [b for f in files if (b := await self._store.get(BLOBS, f.key))],
            say("section_votes"): votes, say("section_jobs"): jobs, say("section_records"): records,
            say("section_blocks"): [b for b in [await self._store.get(BLOCKS, subject.person)] if b],
            say("section_reports"): await self._store.find(REPORTS, {"by": subject.person}, limit=500),
        }  # fmt: skip

    async def _boxes(self, thread: str) -> list[BallotBox]:
        return await self._store.find(POLLS, {"thread": thread}, limit=500)

    async def _jobs(self, thread: str) -> list[Job]:
        return await self._store.find(JOBS, {"thread": thread}, limit=500)

    async def erase(self, subject: Subject) -> None:
        """The rows of the Person themselves are left to the last step of erasing."""
        scrub = Scrubber(subject)
        without = WithoutThem(scrub)
        for thread in subject.private:
            await self._emptied(thread, subject)
        for thread in subject.shared:
            await self._stripped(thread, scrub, without)
        for place in subject.places:
            await change_all(self._store, SHOWN_PARTS, {"place": place}, lambda part: None)
        for side in ("asked_by", "typed_by"):
            await change_all(self._store, LINKINGS, {side: subject.person}, lambda linking: None)
        await change_one(self._store, GUESSES, subject.person, lambda guesses: None)
        await self._strangers(subject)
        await change_all(self._store, PAUSES, {}, lambda pause: _by_nobody(pause, subject))
        await change_one(self._store, INSTALLATION, "installation", lambda i: _owned_by_nobody(i, subject))

    async def _strangers(self, subject: Subject) -> None:
        """Blocks and reports, their own and those about them."""
        me = subject.person
        await change_one(self._store, LOCKOUTS, f"person:{me}", lambda out: None)
        await change_one(self._store, BLOCKS, me, lambda blocks: None)
        await change_all(self._store, BLOCKS, {}, lambda blocks: _hears_again(blocks, me))
        await change_all(self._store, REPORTS, {"about": me}, lambda report: None)
        await change_all(self._store, REPORTS, {"by": me}, lambda r: replace(r, by=subject.pseudonym, why=""))

    async def _emptied(self, thread: str, subject: Subject) -> None:
        """A private Thread without its past. Its chain of records stays, it names nobody."""
        await self._at_rest(thread)
        for page in [p async for p in pages(self._store, ENTRIES, {"thread": thread}, "arrival")]:
            await self._without_tokens(page, lambda token: None)
            await commit_changes(self._store, ENTRIES, page, lambda entry: None if _may_go(entry) else entry)
        await change_all(self._store, BLOBS, {"thread": thread}, lambda blob: None)
        await change_all(self._store, SUMMARIES, {"thread": thread}, lambda summary: None)
        await change_all(self._store, POLLS, {"thread": thread}, lambda box: None)
        await self._jobs_without(thread, Scrubber(subject), subject, private=True)

    async def _stripped(self, thread: str, scrub: Scrubber, without: WithoutThem) -> None:
        """A shared Thread in which only the pseudonym is left of them."""
        await self._at_rest(thread)
        subject, theirs, others = scrub.subject, list[Entry](), list[Entry]()
        async for page in pages(self._store, ENTRIES, {"thread": thread}, "arrival"):
            for entry in page:
                (theirs if is_theirs(entry, subject) else others).append(entry)
        for words in (w for e in theirs for w in (e.text, *(plain(a) for a in e.answers))):
            scrub.quote(words)
        gone = {f for e in theirs for f in files_of(e)} - {f for e in others for f in files_of(e)}
        await self._entries(others, without, scrub)
        await change_all(self._store, BLOBS, {"thread": thread}, lambda blob: _blob(blob, gone, scrub))
        await self._entries(theirs, without, scrub)  # last: as long as they are there, the rest can be found again
        scrub.quotes.clear()
        await change_all(self._store, SUMMARIES, {"thread": thread}, lambda summary: None)
        await change_all(self._store, POLLS, {"thread": thread}, scrub.document)
        await change_all(self._store, PLACES, {"thread": thread}, lambda place: _titled(place, scrub))
        await self._jobs_without(thread, scrub, subject, private=False)

    async def _entries(self, page: Sequence[Entry], without: WithoutThem, scrub: Scrubber) -> None:
        await self._without_tokens(page, lambda token: _token(token, scrub))
        for begin in range(0, len(page), 50):
            await commit_changes(self._store, ENTRIES, page[begin : begin + 50], without.entry)

    async def _without_tokens(self, page: Sequence[Entry], change: Any) -> None:
        """The buttons under the Answers of these Entries."""
        shown = [a.id for e in page for a in e.answers if a.content.buttons]
        for begin in range(0, len(shown), 50):
            await change_all(self._store, TOKENS, {"answer": In(shown[begin : begin + 50])}, change)

    async def _jobs_without(self, thread: str, scrub: Scrubber, subject: Subject, *, private: bool) -> None:
        def change(job: Job) -> Job | None:
            if job.name == "erase":
                return job
            about = job.args.get("person") in (subject.person, subject.pseudonym)
            over = private and job.state in ("done", "failed")
            if over or (job.name in _OURS and (private or about)):
                return None
            return scrub.document(job)

        await change_all(self._store, JOBS, {"thread": thread}, change)

    async def _at_rest(self, thread: str) -> None:
        """Wait until what was said is handled and sent; what cannot be sent for long is not waited for."""
        for _ in range(_LOOKS):
            waiting = await self._store.find(ENTRIES, {"open": True, "thread": thread}, order="arrival", limit=100)
            if not waiting:
                return
            await self._clock.sleep(0.05)
        if any(not e.handled for e in waiting):
            raise RetryLater(5.0, "the conversation does not come to rest")


def _may_go(entry: Entry) -> bool:
    """All but the Entry by which the lane lets go of its Thread: it keeps the count of the Thread."""
    return entry.what != "erase"


def _token(token: Token, scrub: Scrubber) -> Token | None:
    if token.who and set(token.who) <= {scrub.subject.person, scrub.subject.pseudonym}:
        return None
    return scrub.document(token)


def _blob(blob: Blob, gone: set[str], scrub: Scrubber) -> Blob | None:
    """Their files go, and so do exported conversations that they speak in; others can export again."""
    if blob.id in gone or blob.name == _CONVERSATION_FILE:
        return None
    name = scrub.within(blob.name)
    return blob if name == blob.name else replace(blob, name=name)


def _titled(place: Place, scrub: Scrubber) -> Place:
    title = scrub.within(place.title)
    return place if title == place.title else replace(place, title=title)


def _hears_again(blocks: Blocks, person: str) -> Blocks:
    if person not in blocks.blocked:
        return blocks
    return replace(blocks, blocked={id: name for id, name in blocks.blocked.items() if id != person})


def _by_nobody(pause: Pause, subject: Subject) -> Pause:
    return replace(pause, by=subject.pseudonym) if pause.by == subject.person else pause


def _owned_by_nobody(installation: Installation, subject: Subject) -> Installation:
    owner = installation.owner
    return replace(installation, owner=subject.pseudonym) if owner == subject.person else installation


def _for_them(entry: Entry, subject: Subject) -> bool:
    return any(subject.person in a.only_for for a in entry.answers)


def _said(entry: Entry, title: str) -> dict[str, Any]:
    told = {"at": entry.at, "in": title, "what": entry.what, "text": entry.text, "location": entry.location}
    told["files"] = [f.name for f in entry.files]
    told["form"] = entry.value.get("values")
    return {name: value for name, value in told.items() if value}


def _told(entry: Entry, title: str, subject: Subject) -> dict[str, Any]:
    mine = [a for a in entry.answers if subject.person in a.only_for]
    return {"at": entry.at, "in": title, "text": "\n".join(plain(a) for a in mine)}


def _voted(box: BallotBox, person: str) -> dict[str, Any]:
    choice = next((c.label for c in box.choices if c.id == box.votes[person]), "")
    return {"vote": box.title, "choice": choice, "at": box.opened_at}


def _work(job: Job) -> dict[str, Any]:
    return {"what": job.name, "due": job.due_at, "state": job.state}


def _record(audit: Audit) -> dict[str, Any]:
    return {"at": audit.at, "action": audit.action, "outcome": audit.outcome, "persona": audit.persona}
