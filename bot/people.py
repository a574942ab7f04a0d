"""People and their Identities: who stands behind an account, their role, and where they can be reached alone."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, replace

from bot.documents import Insert, Kind, Op
from bot.errors import NotAllowed
from bot.language import ENGLISH
from bot.model import IDENTITIES, PEOPLE, Entry, Identity, Person
from bot.ports import Locks, Store
from bot.texts import say

ROLES = ("traveller", "professional", "moderator", "admin")
# Those who keep order; what is theirs no persona does for them.
KEEPERS = ("moderator", "admin")
_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Installation:
    """One document: who owns this installation (a Person id)."""

    id: str = "installation"
    owner: str = ""
    version: int = 0


INSTALLATION = Kind("installation", Installation)


def first_id(identity: str) -> str:
    """The id of the Person that an Identity begins with; the same in every process."""
    return "p" + hashlib.blake2b(identity.encode(), digest_size=8).hexdigest()


def may(person: Person, role: str) -> bool:
    """Whether a Person has at least this role; unknown roles, theirs or the one asked for, are refused."""
    return role in ROLES and person.role in ROLES and ROLES.index(person.role) >= ROLES.index(role)


class People:
    """Looks people up. `owners`: identity keys from the settings; without any, the first person is the owner."""

    def __init__(self, store: Store, locks: Locks, owners: tuple[str, ...]) -> None:
        self._store, self._locks, self._owners = store, locks, owners
        self._by_identity: OrderedDict[str, Person] = OrderedDict()
        self._languages: OrderedDict[str, str] = OrderedDict()
        self._owned = bool(owners)
        locks.on_wake("person", self.forget)

    def kept(self, identity: str) -> Person | None:
        """The Person if in memory."""
        return self._by_identity.get(identity)

    async def of(self, entry: Entry, *, may_own: bool = True) -> tuple[Person, tuple[Op, ...]]:
        """The Person who wrote an Entry, and the documents to insert if they are new.

        `may_own`: the first Person ever becomes the owner; not one who is only named by another."""
        person = self._by_identity.get(entry.author)
        if person is not None:
            return person, ()
        identity = await self._store.get(IDENTITIES, entry.author)
        if identity is not None:
            found = await self.get(identity.person)
            if found is not None:
                self._keep(entry.author, found)
                return found, ()
        return await self._new(entry, may_own)

    async def get(self, id: str) -> Person | None:
        """The Person of that id, as stored now; one who turned out to be somebody else is that one."""
        found = await self._store.get(PEOPLE, id)
        while found is not None and found.merged_into:
            found = await self._store.get(PEOPLE, found.merged_into)
        return found

    async def language(self, id: str) -> str:
        """What a Person is told alone is in it."""
        spoken = self._languages.get(id)
        if spoken is not None:
            return spoken
        found = await self.get(id)
        if found is None:
            return ENGLISH
        self._languages[id] = found.language or ENGLISH
        if len(self._languages) > _KEPT:
            self._languages.popitem(last=False)
        return found.language or ENGLISH

    async def behind(self, identity: str) -> Person | None:
        """The Person of an Identity, as stored now."""
        found = await self._store.get(IDENTITIES, identity) if identity else None
        return await self.get(found.person) if found else None

    async def now(self, person: Person) -> Person:
        """The same Person as stored at this moment: whose role was taken elsewhere has it no more. One whom this Turn

        has changed already is as it will store them."""
        stored = await self.get(person.id)
        changed = stored is not None and stored.id == person.id and stored.version < person.version
        return person if stored is None or changed else stored

    async def owners(self) -> list[Person]:
        """Those who own this installation, as far as they have shown up."""
        installation = await self._store.get(INSTALLATION, "installation")
        known = [await self._store.get(IDENTITIES, identity) for identity in self._owners]
        ids = [i.person for i in known if i] or ([installation.owner] if installation else [])
        found = [await self.get(id) for id in dict.fromkeys(ids) if id]
        return [p for p in found if p]

    async def changed(self, id: str) -> None:
        """A Person or an Identity of theirs was changed by a commit: forget them here and everywhere."""
        self.forget(id)
        await self._locks.wake("person", id)

    async def readers(self, people: tuple[str, ...], place: str) -> tuple[str, ...]:
        """The identity keys of these Persons on a Place's channel."""
        channel = place.partition(":")[0] + ":"
        found = [await self.get(p) for p in people]
        return tuple(i for p in found if p for i in p.identities if i.startswith(channel))

    def may(self, person: Person, role: str) -> bool:
        """Whether a Person has at least this role; unknown roles are refused."""
        return may(person, role)

    def require(self, person: Person, role: str) -> None:
        """NotAllowed unless the Person has at least this role."""
        if not self.may(person, role):
            raise NotAllowed(say("not_allowed"))

    async def _new(self, entry: Entry, may_own: bool) -> tuple[Person, tuple[Op, ...]]:
        name = (entry.name or entry.author.partition(":")[2])[:80]
        role, ops = await self._first_role(entry, may_own)
        person = Person(id=await self._unused_id(entry.author), name=name, role=role, identities=(entry.author,))
        identity = Identity(id=entry.author, person=person.id, name=name)
        return replace(person, version=1), (Insert(PEOPLE, person), Insert(IDENTITIES, identity), *ops)

    async def _unused_id(self, identity: str) -> str:
        """Its first id, unless that is now a former one of somebody else: it was linked, unlinked and erased."""
        id, n = first_id(identity), 0
        while await self._store.get(PEOPLE, id) is not None:
            id, n = first_id(f"{identity} {n}"), n + 1
        return id

    async def _first_role(self, entry: Entry, may_own: bool) -> tuple[str, tuple[Op, ...]]:
        if entry.author in self._owners:
            return "admin", ()
        if not may_own:
            return "traveller", ()
        if self._owned or await self._store.get(INSTALLATION, "installation") is not None:
            self._owned = True
            return "traveller", ()
        return "admin", (Insert(INSTALLATION, Installation(owner=first_id(entry.author))),)

    def _keep(self, identity: str, person: Person) -> None:
        self._by_identity[identity] = person
        if len(self._by_identity) > _KEPT:
            self._by_identity.popitem(last=False)

    def forget(self, id: str) -> None:
        """Drop what is remembered here of that Person."""
        self._languages.pop(id, None)
        for identity in [i for i, p in self._by_identity.items() if p.id == id]:
            del self._by_identity[identity]
