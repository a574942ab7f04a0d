"""An Entry and its Turn in one commit: a Turn that needs nothing from outside is ready before its Entry is stored."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.documents import Document, Kind, Op, Where
from bot.errors import RetryLater
from bot.model import Entry
from bot.ports import Store

D = TypeVar("D", bound=Document)


@dataclass(slots=True)
class _OnItsWay:
    """Whether an Entry was `stored` by who appends it, and whether its early Turn is `over`."""

    stored: asyncio.Future[bool]
    over: bool = False


_ON_ITS_WAY: ContextVar[_OnItsWay | None] = ContextVar("entry_on_its_way", default=None)


class Fresh:
    """An Entry that is not stored yet, between who appends it and the lane that handles it meanwhile.

    Whoever of the two is first decides: the lane writes both together, or the Entry is stored alone."""

    def __init__(self, entry: Entry) -> None:
        loop = asyncio.get_running_loop()
        self.entry = entry
        self._together: asyncio.Future[bool] = loop.create_future()
        self._stored: asyncio.Future[bool] = loop.create_future()
        self._taken = False

    def take(self) -> bool:
        """For the lane, its Turn ready: whether it may still write both."""
        self._taken = not self._together.done()
        return self._taken

    def leave(self) -> None:
        """The Turn takes longer: nobody waits for it, the Entry is stored alone."""
        if not self._taken:
            self.written(False)

    def written(self, together: bool) -> None:
        """For the lane: whether both are stored; if not, the Entry is to be stored alone."""
        if not self._together.done():
            self._together.set_result(together)

    def failed(self, error: Exception) -> None:
        """For the lane: why the Entry was not stored and must not be stored alone."""
        if not self._together.done():
            self._together.set_exception(error)

    async def with_its_turn(self) -> bool:
        """For who appends: True once both are durable, False if the Entry is to be stored alone."""
        return await self._together

    def ended(self, stored: bool) -> None:
        """For who appends: whether the Entry is in the Store now by their doing."""
        self.written(False)
        if not self._stored.done():
            self._stored.set_result(stored)

    async def is_stored(self) -> bool:
        """For the lane: wait for `ended`."""
        await asyncio.wait((self._stored,))
        return self._stored.result()

    @contextmanager
    def asking_waits(self) -> Iterator[None]:
        """Within it, whoever asks a SeesItsEntry anything waits until the Entry is stored.

        RetryLater for who asks although it is not: it was there before, so nobody needs this Turn."""
        waiting = _OnItsWay(self._stored)
        token = _ON_ITS_WAY.set(waiting)
        try:
            yield
        finally:
            waiting.over = True
            _ON_ITS_WAY.reset(token)


class SeesItsEntry:
    """A Store in which every Turn finds its own Entry, also one that began before it was stored."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def commits(self) -> int:
        """Physical commits since the store was opened."""
        return int(getattr(self._store, "commits", 0))

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        await self._store.open(kinds)

    async def close(self) -> None:
        await self._store.close()

    async def get(self, kind: Kind[D], id: str) -> D | None:
        await _stored()
        return await self._store.get(kind, id)

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        await _stored()
        return await self._store.find(kind, where, order=order, limit=limit, offset=offset)

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        await _stored()
        await self._store.commit(ops, hurry=hurry)


async def _stored() -> None:
    entry = _ON_ITS_WAY.get()
    if entry is None or entry.over:
        return
    await asyncio.wait((entry.stored,))
    if not entry.stored.result():
        raise RetryLater(0.0, "this Entry is not stored anew")
