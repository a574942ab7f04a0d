"""Finding personas: a person's own, the one a name means, the one that answers for somebody."""

from bot.documents import In
from bot.errors import Explain, NotAllowed
from bot.model import PERSONAS, Persona
from bot.ports import Ask, Store
from personas.names import clean, same
from personas.seats import seat_named
from personas.texts import say

MOST = 5


class Finder:
    """Reads personas from the Store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def of(self, person: str) -> list[Persona]:
        """A Person's personas, the oldest first."""
        found = await self._store.find(PERSONAS, {"owner": person}, limit=50)
        return sorted(found, key=lambda p: (p.created_at is not None and p.created_at.timestamp(), p.id))

    async def rests(self, persona: Persona) -> bool:
        """Whether it is beyond the five that may be awake: two people turned out to be one (bot/identity)."""
        return persona.id in [p.id for p in (await self.of(persona.owner))[MOST:]]

    async def awake(self, ask: Ask, name: str) -> Persona:
        """As `mine`; Explain if it rests."""
        found = await self.mine(ask, name)
        if await self.rests(found):
            raise Explain(say("rests", name=found.name, most=MOST))
        return found

    async def mine(self, ask: Ask, name: str) -> Persona:
        """The asker's persona of that name or id. NotAllowed if it is somebody else's here; Explain if nobody's."""
        own = await self.of(ask.person.id)
        found = next((p for p in own if p.id == name or same(p.name, name)), None)
        if found is not None:
            return found
        await self._refuse_others(ask, name)
        yours = say("yours", names=", ".join(p.name for p in own)) if own else say("yours_none")
        raise Explain(say("no_such", name=clean(name)[:40], yours=yours))

    async def _refuse_others(self, ask: Ask, name: str) -> None:
        seat = seat_named(ask.thread, name)
        if seat is not None:
            raise NotAllowed(self._belongs(ask, seat.name, seat.owner))
        others = [m.person for m in ask.thread.present if m.person != ask.person.id][:50]
        theirs = await self._store.find(PERSONAS, {"owner": In(others)}, limit=100) if others else []
        for persona in theirs:
            if same(persona.name, name):
                raise NotAllowed(self._belongs(ask, persona.name, persona.owner))

    def _belongs(self, ask: Ask, name: str, owner: str) -> str:
        member = next((m for m in ask.thread.members if m.person == owner), None)
        return say("belongs_to", name=name, owner=member.name if member else say("somebody_else"))

    async def active(self, ask: Ask) -> Persona | None:
        """The asker's active persona in this Thread, else the one they have if it is their only one."""
        chosen = ask.thread.active.get(ask.person.id, "")
        found = await self._store.get(PERSONAS, chosen) if chosen else None
        if found is not None and found.owner == ask.person.id:
            return found
        own = await self.of(ask.person.id)
        return own[0] if len(own) == 1 else None

    async def fresh(self, persona: Persona) -> Persona | None:
        """A persona as stored now."""
        return await self._store.get(PERSONAS, persona.id)
