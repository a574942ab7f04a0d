"""Two Persons that are one: which stays, what its documents become, and how a part goes its own way again."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from bot.clock import Clock
from bot.documents import Insert, Op, Replace
from bot.floor import job_id
from bot.log import ThreadLog
from bot.members import united
from bot.model import IDENTITIES, PEOPLE, PLACES, THREADS, Entry, Identity, Job, Member, Person, Thread
from bot.people import ROLES, People
from bot.ports import Store
from bot.privacy.scrubbing import pages
from bot.router import News
from bot.turn import Turn

MERGED, PARTED = "merged", "unlinked"


class TakesOver(Protocol):
    """What a package keeps by Person id, other than in Threads and about money."""

    async def take_over(self, old: str, new: str, now: datetime) -> None:
        """What was `old`'s is `new`'s. Called again after a kill in the middle, also when all is done."""
        ...


class CountsVotes(Protocol):
    """Keeps one ballot per Person (bot/consent/polls.py)."""

    async def merged(self, turn: Turn, person: Person) -> None:
        """In open votes of the Turn's Thread: what stood under former ids of this Person."""
        ...


def survivor(asked: Person, typed: Person) -> tuple[Person, Person]:
    """(who stays, who turns out to be them): the higher role, else who made the code."""
    ranks = [ROLES.index(p.role) if p.role in ROLES else 0 for p in (asked, typed)]
    return (asked, typed) if ranks[0] >= ranks[1] else (typed, asked)


class Merging:
    """Changes the documents of people; Jobs follow for everything that is kept by Person id."""

    def __init__(
        self, store: Store, clock: Clock, people: People, log: ThreadLog, takers: Sequence[TakesOver],
        votes: CountsVotes, members_changed: News,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._people, self._log = store, clock, people, log
        self._takers, self._votes, self._members_changed = takers, votes, members_changed

    async def merge(self, new: Person, old: Person) -> list[Op]:
        """The changes that make `old` a former id of `new`; both as stored, so that who is quicker wins."""
        one = replace(
            new, identities=tuple(dict.fromkeys((*new.identities, *old.identities))),
            direct=tuple(dict.fromkeys((*new.direct, *old.direct))), formerly=(*new.formerly, old.id, *old.formerly),
            currency=new.currency or old.currency, language=new.language or old.language,
            profile={**old.profile, **new.profile},
        )  # fmt: skip
        gone = replace(
            old, merged_into=new.id, identities=(), direct=(), formerly=(), role="traveller", profile={}
        )  # fmt: skip
        ops: list[Op] = [Replace(PEOPLE, one), Replace(PEOPLE, gone)]
        for id in old.identities:
            identity = await self._store.get(IDENTITIES, id)
            if identity is not None:
                ops.append(Replace(IDENTITIES, replace(identity, person=new.id)))
        return ops

    def merge_job(self, new: Person, old: Person, thread: str) -> Job:
        """What is left to do when the two are one."""
        return Job(
            id=job_id("merge", old.id, new.id), name=MERGED, thread=thread, due_at=self._clock.now(),
            args={"old": old.id, "new": new.id},
        )  # fmt: skip

    async def part(self, person: Person, identity: str, key: str) -> tuple[list[Op], Job]:
        """The changes by which an Identity is a Person of its own again, and the Job that follows."""
        known = await self._store.get(IDENTITIES, identity)
        if known is None:
            raise ValueError(f"an identity that is not stored: {identity}")
        direct = [p for p in person.direct if await self._theirs(person, p, identity)]
        own = Person(
            id="p" + job_id("parted", identity, key)[:16], name=known.name, identities=(identity,),
            direct=tuple(direct), language=person.language,
        )  # fmt: skip
        left = replace(
            person, identities=tuple(i for i in person.identities if i != identity),
            direct=tuple(p for p in person.direct if p not in direct),
        )  # fmt: skip
        ops: list[Op] = [
            Replace(PEOPLE, left), Insert(PEOPLE, own), Replace(IDENTITIES, replace(known, person=own.id)),
        ]  # fmt: skip
        job = Job(
            id=job_id(PARTED, identity, key), name=PARTED, thread="", due_at=self._clock.now(),
            args={"person": person.id, "own": own.id, "direct": direct, "channel": _alone_on(left, identity)},
        )  # fmt: skip
        return ops, job

    async def _theirs(self, person: Person, place: str, identity: str) -> bool:
        """Whether a direct Place is this Identity's."""
        if not place.startswith(_channel(identity)):
            return False
        found = await self._store.get(PLACES, place)
        if found is not None and found.whose:
            return found.whose == identity
        return sum(i.startswith(_channel(identity)) for i in person.identities) == 1

    async def merged(self, job: Job) -> None:
        """The Job: Threads by their own lanes, then what each package keeps."""
        old, new = str(job.args["old"]), str(job.args["new"])
        async for thread in self._threads():
            if _knows(thread, old):
                await self._tell(thread.id, MERGED, old, {"person": new})
        for taker in self._takers:
            await taker.take_over(old, new, self._clock.now())

    async def parted(self, job: Job) -> None:
        """The Job: every Thread in which the account has Places of its own."""
        async for thread in self._threads():
            if _knows(thread, str(job.args["person"])):
                await self._tell(thread.id, PARTED, str(job.args["own"]), dict(job.args))

    async def _tell(self, thread: str, what: str, about: str, value: dict[str, object]) -> None:
        await self._log.add(
            Entry(id=f"{thread}:call:{what}:{about}", thread=thread, what=what, at=self._clock.now(), value=value)
        )

    async def _threads(self) -> AsyncIterator[Thread]:
        for private in (False, True):
            async for page in pages(self._store, THREADS, {"private": private}):
                for thread in page:
                    yield thread

    async def merged_here(self, turn: Turn) -> None:
        """For the lane: one member, one ballot."""
        person = await self._people.get(turn.entry.value["person"])
        turn.because("two members are one person")
        if person is not None:
            turn.thread = united(turn.thread, person)
            await self._votes.merged(turn, person)
            await self._members_changed(turn)

    async def parted_here(self, turn: Turn) -> None:
        """For the lane: an account has become a member of its own, by the Places that are its."""
        value, thread = turn.entry.value, turn.thread
        member, own = thread.member(value["person"]), await self._people.get(value["own"])
        turn.because("an account was unlinked")
        if member is None or own is None:
            return
        gone = tuple(p for p in member.places if p in value["direct"] or (value["channel"] and _on(p, value)))
        if not gone:
            return
        rest = tuple(p for p in member.places if p not in gone)
        new = Member(person=own.id, name=own.name, joined_at=turn.now, places=gone)
        others = (m for m in thread.members if m is not member)
        turn.thread = replace(thread, members=(*others, replace(member, places=rest, left=not rest), new))
        await self._members_changed(turn)


def _on(place: str, value: dict[str, str]) -> bool:
    return place.startswith(value["channel"])


def _channel(identity: str) -> str:
    return identity.partition(":")[0] + ":"


def _alone_on(person: Person, identity: str) -> str:
    """The channel on which nobody is left of a Person without this Identity; "" if another one is."""
    channel = _channel(identity)
    return "" if any(i.startswith(channel) for i in person.identities) else channel


def _knows(thread: Thread, person: str) -> bool:
    return (
        any(m.person == person for m in thread.members) or any(s.owner == person for s in thread.seats)
        or person in thread.active or person in thread.asked
    )  # fmt: skip


def named(identity: Identity | None, id: str) -> str:
    """What an Identity is called."""
    return identity.name if identity else id.partition(":")[2]
