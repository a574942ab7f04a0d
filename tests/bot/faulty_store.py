"""A Store that is away when it is told to be: before or after what it was asked to write."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from bot.documents import Document, Kind, Op, Where
from bot.errors import RetryLater, Unknown
from bot.ports import Store

D = TypeVar("D", bound=Document)
# What can happen to a commit: the Store is busy, the request is lost, the answer is lost.
FAULTS = ("busy", "lost", "unheard")


class FaultyStore:
    """Passes everything on. `trouble(kind of call, number of the call, ops)` names a fault of FAULTS or ""."""

    def __init__(self, store: Store, trouble: Callable[[str, int, Sequence[Op]], str]) -> None:
        self._store, self._trouble = store, trouble
        self.commits = self.reads = 0
        self.struck: list[str] = []

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        await self._store.open(kinds)

    async def close(self) -> None:
        await self._store.close()

    async def get(self, kind: Kind[D], id: str) -> D | None:
        self._read()
        return await self._store.get(kind, id)

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        self._read()
        return await self._store.find(kind, where, order=order, limit=limit, offset=offset)

    def _read(self) -> None:
        self.reads += 1
        if self._trouble("read", self.reads, ()):
            raise RetryLater(0.01, "the store is away")

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        self.commits += 1
        fault = self._trouble("commit", self.commits, ops)
        if not fault:
            return await self._store.commit(ops, hurry=hurry)
        self.struck.append(f"{fault}: {', '.join(f'{type(op).__name__} {op.kind.name}' for op in ops)}")
        if fault == "busy":
            raise RetryLater(0.01, "the store is busy")
        if fault == "unheard":
            await self._store.commit(ops, hurry=hurry)
        await asyncio.sleep(0)
        raise Unknown("the store gave no answer")
