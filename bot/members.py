"""Membership: who is in a Thread, through which Places, and where each can be reached alone."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from bot.content import Draft, Press
from bot.documents import Insert, Replace
from bot.errors import NotAllowed
from bot.language import ENGLISH, known
from bot.model import PEOPLE, PLACES, Delivery, Entry, Member, Person, Place, Thread
from bot.people import People
from bot.places import Places
from bot.ports import Features
from bot.texts import say
from bot.turn import Route, Turn

V = TypeVar("V")
FeaturesOf = Callable[[str], Features]
LinkOf = Callable[[str], str]


class Membership:
    """Keeps the member list of a Thread and knows the ways to its people. `direct_link`: what opens a direct Place."""

    def __init__(
        self, people: People, places: Places, features: FeaturesOf, direct_link: LinkOf = lambda place: ""
    ) -> None:
        self._people, self._places, self._features, self._direct_link = people, places, features, direct_link

    async def seen(self, turn: Turn) -> None:
        """The author of an Entry is a Person and, by speaking in a Place of the Thread, a member.

        NotAllowed for one who is no member and speaks from elsewhere: removed while their words were on the way."""
        person, ops = await self._people.of(turn.entry)
        turn.person = person
        if ops:
            turn.change(*ops)
        if person.formerly:
            turn.thread = united(turn.thread, person)
        if not person.language and (spoken := known(str(turn.entry.value.get("language") or ""))):
            turn.person = person = _changed(turn, person, language=spoken)
        if turn.entry.value.get("kind") == "direct" and turn.entry.place not in person.direct:
            turn.person = _changed(turn, person, direct=(*person.direct, turn.entry.place))
        if turn.entry.what in ("message", "command"):
            self._present(turn, person)
        turn.keep()

    def _present(self, turn: Turn, person: Person) -> None:
        member, place = turn.thread.member(person.id), turn.entry.place
        if member is not None and place in member.places:
            return
        if place in turn.thread.places:
            turn.thread = with_member(turn.thread, person, turn)
        elif member is None:
            raise NotAllowed(say("not_member"))

    async def changed(self, turn: Turn) -> None:
        """A network added people to a Place or removed some: value {"added": [..], "removed": [..]},

        each {"identity", "name"}; one who removes somebody else keeps within the network's own rules."""
        added = await self._named(turn, turn.entry.value.get("added", ()))
        if not turn.thread.members and not turn.thread.language:  # who opens it speaks first, or who has chosen
            first = [turn.person, *added] if turn.person else added
            turn.thread = replace(turn.thread, language=next((p.language for p in first if p.language), ""))
        for person in added:
            turn.thread = with_member(turn.thread, person, turn)
        for person in await self._named(turn, turn.entry.value.get("removed", ())):
            turn.thread = without_place(turn.thread, person, turn.entry.place)
            if turn.thread.member(person.id) is None:
                await self._unfollow(turn, person)
        if turn.entry.value.get("title") and not turn.thread.title:
            turn.thread = replace(turn.thread, title=str(turn.entry.value["title"])[:200])
        turn.because("the member list changed")

    async def _unfollow(self, turn: Turn, person: Person) -> None:
        """The direct Places of one who left neither hear this Thread nor speak to it."""
        turn.thread = replace(turn.thread, places=tuple(p for p in turn.thread.places if p not in person.direct))
        for id in person.direct:
            place = await self._places.get(id)
            if place is not None and turn.thread.id in (place.focus, *place.trips):
                turn.change(Replace(PLACES, unfollowed(place, turn.thread.id)))

    async def _named(self, turn: Turn, named: Iterable[Mapping[str, Any]]) -> list[Person]:
        found = []
        for one in named:
            entry = replace(turn.entry, author=str(one["identity"]), name=str(one["name"]), value={})
            person, ops = await self._people.of(entry, may_own=False)
            turn.change(*ops)
            found.append(person)
        return found

    async def language(self, turn: Turn) -> str:
        """What this Turn speaks: in somebody's own chat their language, where several hear it the Thread's."""
        if turn.person is not None and turn.thread.private:
            return turn.person.language or ENGLISH
        return await language_of(self._people, turn.thread)

    async def _theirs(self, turn: Turn, person: str) -> str:
        if turn.person is not None and turn.person.is_(person):
            return turn.person.language or ENGLISH
        return await self._people.language(person)

    async def route(self, turn: Turn) -> Route:
        """Where this Turn's Answers go; who cannot be reached alone is told so where all can read it."""
        alone = {person: await self._alone(turn, person) for person in turn.readers}
        for person in alone:
            turn.languages[person] = await self._theirs(turn, person)
        for person in [p for p, place in alone.items() if not place]:
            member = turn.thread.member(person)
            links = (self._direct_link(p) for p in (turn.entry.place, *turn.thread.places) if p)
            opens = tuple(Press(label=say("write_me_here"), url=link) for link in links if link)[:1]
            turn.say(Draft(text=say("write_me", name=member.name if member else ""), notice=True, buttons=opens))
        return Route(everywhere=turn.thread.places, alone=alone)

    async def _alone(self, turn: Turn, person: str) -> str:
        """The Place where one Person alone reads an Answer: here, if the network can; else a direct one; or ""."""
        here = turn.entry.place
        if turn.thread.member(person) is None and not (turn.person and turn.person.is_(person)):
            return ""
        if here and self._alone_here(turn, person, here):
            return here
        found = turn.person if turn.person and turn.person.is_(person) else await self._people.get(person)
        direct = found.direct if found else ()
        channel, account = here.partition(":")[0] + ":", ":".join(here.split(":")[:2]) + ":"
        same = sorted(
            (p for p in direct if p.startswith(channel)), key=lambda p: (p != here, not p.startswith(account))
        )
        member = turn.thread.member(person)
        own = [p for p in (member.places if member else ()) if self._features(p).private_replies]
        return next(iter([*same, *direct, *own]), "")

    def _alone_here(self, turn: Turn, person: str, here: str) -> bool:
        """Whether what is for one Person can be told where the Turn's words were said: somebody else's direct Place, or
        a Place that they are not in, is no place for it."""
        member = turn.thread.member(person)
        theirs = bool(turn.person and turn.person.is_(person)) or bool(member and here in member.places)
        if not theirs:
            return False
        return turn.thread.private or self._features(here).private_replies or self._fits_a_note(turn, person)

    async def elsewhere(self, entry: Entry, delivery: Delivery) -> str:
        """Another direct Place of the one whom a failed Delivery was for; "" if there is none, or if they see it in a
        group of theirs."""
        answer = next((a for a in entry.answers if a.id == delivery.answer), None)
        closed = await self._places.get(delivery.place)
        alone = answer.only_for if answer else ()
        if closed is None or len(alone) > 1 or (not alone and closed.kind != "direct"):
            return ""
        person = await (self._people.get(alone[0]) if alone else self._people.behind(closed.whose))
        if person is None or (not alone and await self._hears_it_anyway(entry, delivery, person)):
            return ""
        tried = {d.place for d in entry.deliveries if d.answer == delivery.answer}
        return next((p for p in person.direct if p not in tried), "")

    async def _hears_it_anyway(self, entry: Entry, delivery: Delivery, person: Person) -> bool:
        """Whether the same is read by this Person in another Place."""
        thread = await self._places.thread(entry.thread)
        member = thread.member(person.id) if thread else None
        theirs = {*person.direct, *(member.places if member else ())}
        return bool(theirs & ({entry.place, *(d.place for d in entry.deliveries)} - {delivery.place}))

    def _fits_a_note(self, turn: Turn, person: str) -> bool:
        """Whether all that is said to one who pressed a button is short enough to be shown to them over the group."""
        told = turn.told(person)
        if turn.entry.what != "press" or turn.person is None or not turn.person.is_(person) or len(told) != 1:
            return False
        draft, most = told[0], self._features(turn.entry.place).private_note
        more = draft.card or draft.buttons or draft.form or draft.poll or draft.files or draft.replaces
        return not more and 0 < len(draft.text) <= most


async def language_of(people: People, thread: Thread) -> str:
    """What is spoken in a Thread when nobody in particular is answered."""
    if thread.private and thread.members:
        return await people.language(thread.members[0].person)
    return thread.language or ENGLISH


def united(thread: Thread, person: Person) -> Thread:
    """The Thread in which what was under former ids of this Person is under theirs: membership, personas, who speaks
    for them, what they were asked. The same Thread if there is nothing."""
    former = set(person.formerly)
    mine = [m for m in thread.members if m.person in former]
    if not mine and not any(s.owner in former for s in thread.seats):
        return thread
    return replace(
        thread, members=_one_member(thread, person, mine),
        seats=tuple(replace(s, owner=person.id) if s.owner in former else s for s in thread.seats),
        active=_under_one(thread.active, person), asked=_under_one(thread.asked, person),
        floor=replace(thread.floor, heard=person.id) if thread.floor.heard in former else thread.floor,
    )  # fmt: skip


def _one_member(thread: Thread, person: Person, former: list[Member]) -> tuple[Member, ...]:
    all_ = [*(m for m in thread.members if m.person == person.id), *former]
    here = [m for m in all_ if not m.left] or all_
    if not all_:
        return thread.members
    one = Member(
        person=person.id, name=person.name, joined_at=min(m.joined_at for m in here),
        places=tuple(dict.fromkeys(p for m in here for p in m.places)), left=all(m.left for m in all_),
        also=tuple(dict.fromkeys(id for m in all_ for id in (*m.also, m.person) if id != person.id)),
    )  # fmt: skip
    return (*(m for m in thread.members if m not in all_), one)


def _under_one(by_person: dict[str, V], person: Person) -> dict[str, V]:
    """What is kept by Person id, with their own before what stood under a former id."""
    own = {id: value for id, value in by_person.items() if id not in person.formerly}
    former = [value for id, value in by_person.items() if id in person.formerly]
    return {person.id: former[0], **own} if former else own


def with_member(thread: Thread, person: Person, turn: Turn) -> Thread:
    """The Thread with this Person present, through the Place of the Turn's Entry."""
    before = next((m for m in thread.members if m.person == person.id), None)
    places = tuple(dict.fromkeys((*(before.places if before else ()), *filter(None, (turn.entry.place,)))))
    joined = before.joined_at if before and not before.left else turn.now
    also = before.also if before else ()
    now = Member(person=person.id, name=person.name, joined_at=joined, places=places, also=also)
    if before == now:
        return thread
    language = thread.language or ("" if thread.members else person.language)
    return replace(
        thread, members=(*(m for m in thread.members if m.person != person.id), now), language=language
    )  # fmt: skip


def without_place(thread: Thread, person: Person, place: str) -> Thread:
    """The Thread after a Person left one Place; with the last group they have left it, their direct Places too."""
    return replace(thread, members=tuple(_without(m, person, place) for m in thread.members))


def _without(member: Member, person: Person, place: str) -> Member:
    if member.person != person.id:
        return member
    places = tuple(p for p in member.places if p != place)
    left = all(p in person.direct for p in places)
    return replace(member, places=() if left else places, left=left)


def without_all_of(thread: Thread, place: str) -> Thread:
    """The Thread after one of its Places went elsewhere with all who were here by it alone."""
    members = tuple(_gone(m, place) for m in thread.members)
    return replace(thread, members=members, places=tuple(p for p in thread.places if p != place))


def _gone(member: Member, place: str) -> Member:
    places = tuple(p for p in member.places if p != place)
    return replace(member, places=places, left=member.left or not places)


def followed(place: Place, thread: str) -> Place:
    """A direct Place that speaks to this Thread from now on, and hears it."""
    return replace(place, focus=thread, trips=tuple(dict.fromkeys((*place.trips, thread))))


def unfollowed(place: Place, thread: str) -> Place:
    """A direct Place that no longer hears this Thread."""
    trips = tuple(t for t in place.trips if t != thread)
    return replace(place, trips=trips, focus="" if place.focus == thread else place.focus)


def _changed(turn: Turn, person: Person, **changes: Any) -> Person:
    """The Person with something that was learned by the way, as it will be stored."""
    known = replace(person, **changes)
    for at, op in enumerate(turn.ops):
        if op.kind is PEOPLE and op.value.id == person.id:
            turn.ops[at] = Insert(PEOPLE, replace(known, version=0))
            return known
    turn.change(Replace(PEOPLE, known))
    return replace(known, version=known.version + 1)


def require_member(thread: Thread, person: Person) -> None:
    """NotAllowed unless the Person is present in the Thread."""
    if thread.member(person.id) is None:
        raise NotAllowed(say("not_member"))
