"""Store on MongoDB: group commits, at most four of each sort under way; reads of what a majority has."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pymongo import ReadPreference
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import ConnectionFailure
from pymongo.read_concern import ReadConcern

from bot.codec import decode
from bot.documents import Document, Kind, Op, Where
from bot.model import Entry
from bot.storage.fields import check_served, matches_nothing
from bot.storage.groups import GroupCommitter, Results
from bot.storage.mongo.calls import OnceCalls, away
from bot.storage.mongo.collections import Collection, Step, filter_of, sort_of
from bot.storage.mongo.lists import Lists
from bot.storage.mongo.orphans import Orphans
from bot.storage.mongo.schema import connect, prepare
from bot.storage.mongo.singles import Singles
from bot.storage.search import search

D = TypeVar("D", bound=Document)
Raw = dict[str, Any]
_STORED = {"v": 1, "body": 1}
# How long close() tries to write what waits while no server answers.
_PARTING = 2.0
# How long unhurried writes wait for company, in seconds.
_PATIENCE = 0.02


class MongoStore:
    """Documents in the database that the URL names (`caravan` if it names none).

    `patience`: how many seconds a commit goes on while there is no primary; an election takes about ten.
    """

    def __init__(self, url: str, *, patience: float = 30.0) -> None:
        self._url = url
        self._patience = patience
        self._kinds: dict[str, Collection] = {}
        self._collections: dict[str, AsyncCollection[Raw]] = {}
        self._closed = False

    @property
    def commits(self) -> int:
        """Durable commands and transactions since the store was opened."""
        return self._singles.commits + self._lists.commits

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        self._client = connect(self._url)
        database = self._client.get_default_database("caravan")
        self._kinds = {kind.name: Collection(kind) for kind in kinds}
        try:
            await prepare(self._client, database, list(self._kinds.values()))
        except BaseException:
            await self._client.close()
            raise
        # Whatever the URL says: what a commit wrote is seen by the next read.
        safe = database.with_options(read_preference=ReadPreference.PRIMARY, read_concern=ReadConcern("majority"))
        self._collections = {name: safe[name] for name in self._kinds}
        self._orphans = Orphans(self._client)
        self._orphans.look()
        self._singles = Singles(OnceCalls(self._client, database, self._patience), database)
        self._lists = Lists(self._client, database, self._patience)
        self._single_groups: GroupCommitter[Step] = GroupCommitter(self._write_singles, at_once=4)
        # Apart from the rest: a second statement makes the command that somebody waits for half as slow again.
        self._unhurried_groups: GroupCommitter[Step] = GroupCommitter(self._write_singles)
        self._list_groups: GroupCommitter[list[Step]] = GroupCommitter(self._write_lists, at_once=4)

    async def close(self) -> None:
        if self._closed or not self._collections:
            return
        self._closed = True
        groups = (self._single_groups, self._unhurried_groups, self._list_groups)
        await asyncio.gather(*(group.close(_PARTING) for group in groups))
        await self._orphans.close()
        await self._client.close()

    async def get(self, kind: Kind[D], id: str) -> D | None:
        try:
            found = await self._collections[kind.name].find_one({"_id": id}, _STORED)
        except ConnectionFailure as error:
            raise away(error) from error
        return _document(kind, found) if found else None

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        check_served(kind, where, order)
        if matches_nothing(where) or limit <= 0:
            return []
        cursor = self._collections[kind.name].find(
            filter_of(where), _STORED, sort=sort_of(order), limit=limit, skip=offset, batch_size=min(limit, 1000)
        )
        try:
            return [_document(kind, found) async for found in cursor]
        except ConnectionFailure as error:
            raise away(error) from error

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        steps = [self._kinds[op.kind.name].step(op) for op in ops]
        if len(steps) == 1 and not hurry:
            await self._unhurried_groups.submit(steps[0], hurry=False, patience=_PATIENCE)
        elif len(steps) == 1:
            await self._single_groups.submit(steps[0], hurry=True)
        elif steps:
            await self._list_groups.submit(steps, hurry=hurry)

    async def _write_singles(self, steps: list[Step]) -> Results:
        return await self._orphans.watch(self._singles.write(steps))

    async def _write_lists(self, lists: list[list[Step]]) -> Results:
        return await self._orphans.watch(self._lists.write(lists))

    async def search(self, thread: str, words: str, limit: int = 20) -> list[Entry]:
        return await search(self, thread, words, limit)


def _document(kind: Kind[D], found: Mapping[str, Any]) -> D:
    return decode(kind.type, found["body"], found["v"])
