"""Whom or what a keeper means: by id, by account, by the whole name, else by a part of it."""

from bot.admin.pages import every
from bot.admin.texts import say
from bot.errors import Explain
from bot.model import IDENTITIES, PEOPLE, PERSONAS, THREADS, Person, Persona, Thread
from bot.ports import Store


class Finding:
    """Looks people, threads and personas up for the admin commands of every package."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def people(self, words: str) -> list[Person]:
        """Everybody who is meant, by name; all people for no words."""
        exact = await self._person(words) if words else None
        if exact is not None:
            return [exact]
        wanted = words.casefold()
        everybody = [p async for p in every(self._store, PEOPLE, {}, "name") if not p.merged_into]
        found = [p for p in everybody if wanted in p.name.casefold()]
        whole = [p for p in found if wanted and p.name.casefold() == wanted]
        return whole or found

    async def person(self, words: str) -> Person:
        """The one who is meant; Explain if nobody or several are."""
        if not words.strip():
            raise Explain(say("who"))
        found = await self.people(words.strip())
        if not found:
            raise Explain(say("no_person", name=words[:60]))
        if len(found) > 1:
            raise Explain(say("several", names=", ".join(f"{p.name} `{p.id}`" for p in found[:8])))
        return found[0]

    async def _person(self, words: str) -> Person | None:
        identity = await self._store.get(IDENTITIES, words)
        found = await self._store.get(PEOPLE, identity.person if identity else words)
        return await self._store.get(PEOPLE, found.merged_into) if found and found.merged_into else found

    async def threads(self, words: str) -> list[Thread]:
        """Threads by id or by a part of the title; every shared one for no words."""
        exact = await self._store.get(THREADS, words) if words else None
        if exact is not None:
            return [exact]
        shared = every(self._store, THREADS, {"private": False}, "")
        return [t async for t in shared if words.casefold() in t.title.casefold()]

    async def thread(self, words: str) -> Thread:
        """The one that is meant; Explain if none or several are."""
        found = await self.threads(words.strip()) if words.strip() else []
        whole = [t for t in found if t.title.casefold() == words.strip().casefold()]
        found = whole if len(whole) == 1 else found
        if not found:
            raise Explain(say("no_thread", name=words[:60]))
        if len(found) > 1:
            raise Explain(say("several_threads", ids=", ".join(f"{t.title} `{t.id}`" for t in found[:8])))
        return found[0]

    async def personas(self, words: str) -> list[Persona]:
        """Personas by id or by a part of the name."""
        exact = await self._store.get(PERSONAS, words) if words else None
        if exact is not None:
            return [exact]
        everyone = every(self._store, PERSONAS, {}, "id")
        return [p async for p in everyone if words.casefold() in p.name.casefold()]

    async def trips_of(self, person: str) -> list[Thread]:
        """The shared Threads a Person is in."""
        return [t async for t in every(self._store, THREADS, {"private": False}, "") if t.member(person)]
