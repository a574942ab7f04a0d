"""What the channel holds about a Person: whom our numbers know, and how far messages to them came."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents import Delete
from bot.ports import Store, Subject
from bot.privacy.scrubbing import pages
from channels.whatsapp.records import CONTACTS, KINDS, PASSAGES


class WhatsAppHoldings:
    """Holdings of the channel; templates are about nobody."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(k.name for k in KINDS)

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        found = [await self._store.get(CONTACTS, place) for place in subject.places]
        rows = [c for c in found if c is not None]
        return {"whatsapp": rows} if rows else {}

    async def erase(self, subject: Subject) -> None:
        for place in subject.places:
            if (contact := await self._store.get(CONTACTS, place)) is not None:
                await self._store.commit([Delete(CONTACTS, contact)])
            async for page in pages(self._store, PASSAGES, {"place": place}, "place"):
                await self._store.commit([Delete(PASSAGES, p) for p in page])
