"""Whom it is about: a Person with every Place and Thread that is theirs or that they were ever in."""

from bot.model import PERSONAS, PLACES, THREADS, Person
from bot.ports import Store, Subject
from bot.privacy.scrubbing import pages
from bot.secret import Pseudonyms


class Subjects:
    """Makes Subjects."""

    def __init__(self, store: Store, pseudonyms: Pseudonyms) -> None:
        self._store, self._pseudonyms = store, pseudonyms

    async def of(self, person: Person) -> Subject:
        """The Person as they are now."""
        places = [await self._store.get(PLACES, id) for id in person.direct]
        private = tuple(dict.fromkeys(p.thread for p in places if p))
        shared = [
            t.id
            async for page in pages(self._store, THREADS, {"private": False})
            for t in page
            if any(person.is_(m.person) for m in t.members)
        ]
        return Subject(
            person=person.id, name=person.name, pseudonym=self._pseudonyms.of(person.id),
            identities=person.identities, places=person.direct, private=private, shared=tuple(shared),
            personas={p.id: p.name for p in await self._store.find(PERSONAS, {"owner": person.id}, limit=50)},
            formerly=person.formerly,
        )  # fmt: skip
