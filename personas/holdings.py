"""What personas hold about a Person: their personas, what these remember and learned, what others' remember of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from bot.documents import Op, Replace
from bot.model import PERSONAS
from bot.ports import Store, Subject
from bot.privacy.scrubbing import Scrubber, change_all, change_one, pages
from personas.documents import FORGOTTEN, KINDS, LIKES, MEMORIES, ROSTERS, Forgotten, Memory
from personas.statements import leanings, merged
from personas.texts import say


class PersonaHoldings:
    """Holdings of personas/."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def kinds(self) -> tuple[str, ...]:
        return (PERSONAS.name, *(k.name for k in KINDS))

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        own = await self._store.find(PERSONAS, {"owner": subject.person}, limit=50)
        kept = [m for p in own for m in await self._memories(p.id)]
        about = await self._store.find(MEMORIES, {"about": subject.person}, order="at", limit=10_000)
        likes = [x for p in own async for page in pages(self._store, LIKES, {"persona": p.id}, "at") for x in page]
        ids = {p.id for p in own}
        elsewhere = [{"text": m.text, "at": m.at} for m in about if m.persona not in ids]
        return {
            say("held_personas"): own, say("held_memories"): kept, say("held_elsewhere"): elsewhere,
            say("held_likes"): likes,
        }  # fmt: skip

    async def _memories(self, persona: str) -> list[Memory]:
        return await self._store.find(MEMORIES, {"persona": persona}, order="at", limit=10_000)

    async def erase(self, subject: Subject) -> None:
        for persona in subject.personas:
            await change_all(self._store, MEMORIES, {"persona": persona}, lambda memory: None)
            await change_all(self._store, LIKES, {"persona": persona}, lambda liking: None)
            await change_one(self._store, PERSONAS, persona, lambda found: None)
        await self._forgotten_by_others(subject)
        await change_one(self._store, ROSTERS, subject.person, lambda roster: None)
        scrub = Scrubber(subject)
        for thread in (*subject.private, *subject.shared):
            keeps = partial(_mark, scrub, thread in subject.private)
            await change_all(self._store, FORGOTTEN, {"thread": thread}, keeps)

    async def _forgotten_by_others(self, subject: Subject) -> None:
        """Others' personas no longer know them, nor rank by what they knew."""
        about = await self._store.find(MEMORIES, {"about": subject.person}, order="at", limit=10_000)
        await change_all(self._store, MEMORIES, {"about": subject.person}, lambda memory: None)
        for id in sorted({m.persona for m in about}):
            await self._recalled_anew(id)

    async def _recalled_anew(self, id: str) -> None:
        persona = await self._store.get(PERSONAS, id)
        if persona is None:
            return
        kept = await self._memories(id)
        recalled = merged(leanings(m.text, own=m.about == persona.owner) for m in kept)
        ops: list[Op] = [Replace(PERSONAS, replace(persona, recalled=recalled))]
        if recalled != persona.recalled:
            await self._store.commit(ops)


def _mark(scrub: Scrubber, private: bool, mark: Forgotten) -> Forgotten | None:
    """What names them in its id is about words that are gone."""
    return None if private or scrub.ids(mark.id) != mark.id else mark
