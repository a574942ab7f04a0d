"""Holdings of a channel that keeps one document for each direct Place, and others that name their Place."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.documents import Delete, Kind
from bot.ports import Store, Subject
from bot.privacy.scrubbing import change_all


class PlaceHoldings:
    """`by_id`: kinds whose id is the Place; `by_place`: kinds with an indexed field `place`; `others`: kinds about
    nobody. `section`: what people call it all."""

    def __init__(
        self, store: Store, section: str, by_id: Sequence[Kind[Any]], by_place: Sequence[Kind[Any]],
        others: Sequence[Kind[Any]] = (),
    ) -> None:  # fmt: skip
        self._store, self._section = store, section
        self._by_id, self._by_place, self._others = by_id, by_place, others

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(k.name for k in (*self._by_id, *self._by_place, *self._others))

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        found = [await self._store.get(kind, place) for kind in self._by_id for place in subject.places]
        rows = [document for document in found if document is not None]
        return {self._section: rows} if rows else {}

    async def erase(self, subject: Subject) -> None:
        for place in subject.places:
            for kind in self._by_id:
                if (document := await self._store.get(kind, place)) is not None:
                    await self._store.commit([Delete(kind, document)])
            for kind in self._by_place:
                await change_all(self._store, kind, {"place": place}, lambda document: None)
