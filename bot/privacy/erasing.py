"""Erasing a Person: a Job that every package takes part in, and that can be killed anywhere and begin again."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from bot.clock import Clock
from bot.codec import from_plain, to_plain
from bot.documents import Delete, Op, Replace
from bot.errors import Conflict, RetryLater
from bot.floor import job_id
from bot.lane import Lanes
from bot.log import ThreadLog
from bot.model import IDENTITIES, JOBS, PEOPLE, PLACES, Entry, Job, Person, Thread
from bot.people import People
from bot.ports import Ask, Holdings, Store, Subject
from bot.privacy.scrubbing import Scrubber
from bot.turn import Turn

ERASE = "erase"


def erase_job(ask: Ask, subject: Subject) -> Job:
    """The Job of one erasure; it carries all that is to be looked for, until it is done."""
    return Job(
        id=job_id(ask.key, ERASE), name=ERASE, thread=ask.thread.id, due_at=ask.now, busy=True,
        args={"subject": to_plain(subject)},
    )  # fmt: skip


class Erasing:
    """Does the Job. `holdings`: of every package, those that others are made of last."""

    def __init__(
        self, store: Store, clock: Clock, people: People, log: ThreadLog, lanes: Callable[[], Lanes],
        holdings: Sequence[Holdings],
    ) -> None:  # fmt: skip
        self._store, self._clock, self._people, self._log = store, clock, people, log
        self._lanes, self._holdings = lanes, holdings

    async def erase(self, job: Job) -> Entry | None:
        """Every step may be done again. No word is said at the end: there is nobody left to say it to."""
        if "subject" not in job.args:
            return None
        subject = from_plain(job.args["subject"], Subject)
        for thread in subject.shared:
            await self._let_go(job, thread)
        for held in self._holdings:
            for one in subject.each():
                await held.erase(one)
        for thread in subject.private:
            await self._let_go(job, thread)
        await self._person(subject)
        await self._forgotten(job)
        return None

    async def _let_go(self, job: Job, thread: str) -> None:
        """The Thread's own lane takes the Person out of it."""
        id = f"{thread}:{ERASE}:{job.id}"
        value = {"subject": job.args["subject"]}
        news = Entry(id=id, thread=thread, what=ERASE, at=self._clock.now(), value=value)
        await self._log.add(news)
        if await self._lanes().handled(id) is None:
            raise RetryLater(5.0, "the thread has not let go yet")

    async def let_go(self, turn: Turn) -> None:
        """For the lane: a shared Thread without a member; the Thread of a direct Place is gone with the Place."""
        subject = from_plain(turn.entry.value["subject"], Subject)
        turn.value = {}
        turn.because("somebody was erased")
        if turn.thread.id in subject.private:
            await self._end(turn, subject)
        else:
            turn.thread = without(turn.thread, subject)

    async def _end(self, turn: Turn, subject: Subject) -> None:
        places = [await self._store.get(PLACES, id) for id in subject.places]
        turn.change(*(Delete(PLACES, p) for p in places if p and p.thread == turn.thread.id))
        turn.end_thread()

    async def _person(self, subject: Subject) -> None:
        """The row and the accounts; whoever comes back is a stranger."""
        for identity in subject.identities:
            found = await self._store.get(IDENTITIES, identity)
            if found is not None and found.person == subject.person:
                await self._written(Delete(IDENTITIES, found))
        for id in (*subject.formerly, subject.person):
            person = await self._store.get(PEOPLE, id)
            if person is not None:
                await self._written(Delete(PEOPLE, person))
            await self._people.changed(id)

    async def _written(self, op: Op) -> None:
        try:
            await self._store.commit([op])
        except Conflict as clash:
            raise RetryLater(1.0, "changed at the same moment") from clash

    async def _forgotten(self, job: Job) -> None:
        """The Job itself tells nothing any more."""
        latest = await self._store.get(JOBS, job.id)
        if latest is not None:
            await self._written(Replace(JOBS, replace(latest, args={})))


def without(thread: Thread, subject: Subject) -> Thread:
    """A shared Thread without this Person, their personas, questions and Places."""
    gone = {s.persona for s in thread.seats if s.owner == subject.person}
    floor = thread.floor
    if floor.heard == subject.person or floor.persona in gone:
        floor = replace(floor, heard="", persona="", until=None)
    return replace(
        thread, floor=floor, title=Scrubber(subject).within(thread.title),
        members=tuple(m for m in thread.members if m.person != subject.person),
        seats=tuple(s for s in thread.seats if s.owner != subject.person),
        active={p: a for p, a in thread.active.items() if p != subject.person},
        asked={p: q for p, q in thread.asked.items() if p != subject.person},
        places=tuple(p for p in thread.places if p not in subject.places),
        hushed={p: h for p, h in thread.hushed.items() if p not in subject.places},
    )  # fmt: skip


def is_last_admin(person: Person, admins: Sequence[str]) -> bool:
    """Whether nobody could look after the installation without them."""
    return person.role == "admin" and set(admins) <= {person.id}
