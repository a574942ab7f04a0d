"""When two Persons turn out to be one: their personas are the one's, and what others' personas remember is about them.

All personas are kept. The five oldest are awake; the others rest until one of these is deleted."""

from dataclasses import replace
from datetime import datetime

from bot.documents import Delete, Insert, Op, Replace
from bot.floor import job_id
from bot.log import ThreadLog
from bot.model import PERSONAS, Entry, Persona
from bot.ports import Store
from bot.privacy.scrubbing import change_all
from personas.documents import MEMORIES, ROSTERS, Roster
from personas.finding import MOST, Finder


class PersonasTakeOver:
    """bot/identity/merging.TakesOver of personas/."""

    def __init__(self, store: Store, log: ThreadLog) -> None:
        self._store, self._log, self._finder = store, log, Finder(store)

    async def take_over(self, old: str, new: str, now: datetime) -> None:
        await change_all(self._store, PERSONAS, {"owner": old}, lambda p: replace(p, owner=new, shared={}))
        await change_all(self._store, MEMORIES, {"about": old}, lambda m: replace(m, about=new))
        own = await self._finder.of(new)
        await self._one_roster(old, new, own)
        for persona in own[MOST:]:
            for thread in persona.seated:
                await self._rests(persona, thread, new, now)

    async def _one_roster(self, old: str, new: str, own: list[Persona]) -> None:
        before, kept = await self._store.get(ROSTERS, old), await self._store.get(ROSTERS, new)
        if before is None:
            return
        ids = tuple(p.id for p in own)
        ops: list[Op] = [Delete(ROSTERS, before)]
        if kept is None:
            ops.append(Insert(ROSTERS, Roster(id=new, personas=ids, sharing=before.sharing)))
        else:
            ops.append(Replace(ROSTERS, replace(kept, personas=ids)))
        await self._store.commit(ops)

    async def _rests(self, persona: Persona, thread: str, owner: str, now: datetime) -> None:
        """The Thread's own lane takes it from its seat."""
        value = {"call": "sync_seat", "args": {"persona": persona.id}, "person": owner, "persona": ""}
        id = f"{thread}:call:{job_id('rests', persona.id, owner)}"
        await self._log.add(Entry(id=id, thread=thread, what="call", at=now, value=value))
