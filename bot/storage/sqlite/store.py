"""Store on SQLite: group commits on a writing thread, short reads at once, long ones on a reading thread."""

import asyncio
import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, TypeVar

from bot.codec import decode
from bot.documents import Document, Kind, Op, Where
from bot.errors import Misconfigured, RetryLater
from bot.model import Entry
from bot.storage.fields import check_served, matches_nothing
from bot.storage.groups import GroupCommitter, Results
from bot.storage.search import search
from bot.storage.sqlite.file import connect, hold
from bot.storage.sqlite.schema import MIGRATIONS, Migration, prepare
from bot.storage.sqlite.tables import Table
from bot.storage.sqlite.writer import Step, Writer

D = TypeVar("D", bound=Document)
Row = tuple[int, bytes]

# A find of more documents than this leaves the event loop's thread.
_SHORT = 100


class SqliteStore:
    """Documents in `{folder}/caravan.sqlite`; `alone`: nobody else may open the folder meanwhile."""

    def __init__(self, folder: str | Path, *, alone: bool = True, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self._folder = Path(folder)
        self._alone = alone
        self._migrations = migrations
        self._tables: dict[str, Table] = {}
        self._held: IO[str] | None = None
        self._open: list[sqlite3.Connection] = []
        self._groups: GroupCommitter[list[Step]] = GroupCommitter(self._write)

    @property
    def commits(self) -> int:
        """Physical commits since the store was opened."""
        return self._writer.commits

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        if self._alone:
            self._held = hold(self._folder)
        self._tables = {kind.name: Table(kind) for kind in kinds}
        try:
            await asyncio.to_thread(self._connect)
        except (sqlite3.Error, Misconfigured) as error:
            self._let_go()
            why = str(error) if isinstance(error, Misconfigured) else f"cannot be used: {error}"
            raise Misconfigured(f"DATA_DIR {self._folder} {why}") from error
        self._threads = [ThreadPoolExecutor(1, f"sqlite {what}") for what in ("write", "read")]

    def _connect(self) -> None:
        for _ in range(3):
            self._open.append(connect(self._folder))
        writes, self._short_reads, self._long_reads = self._open
        prepare(writes, list(self._tables.values()), self._migrations)
        self._writer = Writer(writes)

    async def close(self) -> None:
        if not self._open:
            return
        await self._groups.close()
        for thread in self._threads:
            await asyncio.to_thread(thread.shutdown)
        self._let_go()

    def _let_go(self) -> None:
        while self._open:
            self._open.pop().close()
        if self._held is not None:
            self._held.close()

    async def get(self, kind: Kind[D], id: str) -> D | None:
        try:
            row: Row | None = self._short_reads.execute(self._tables[kind.name].get, (id,)).fetchone()
        except sqlite3.OperationalError as error:
            raise _unread(error) from error
        return decode(kind.type, row[1], row[0]) if row else None

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        check_served(kind, where, order)
        if matches_nothing(where):
            return []
        sql, parameters = self._tables[kind.name].find(where, order, limit, offset)
        if limit <= _SHORT:
            return _read(self._short_reads, kind, sql, parameters)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads[1], _read, self._long_reads, kind, sql, parameters)

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        if ops:
            await self._groups.submit([self._step(op) for op in ops], hurry=hurry)

    async def search(self, thread: str, words: str, limit: int = 20) -> list[Entry]:
        return await search(self, thread, words, limit)

    def _step(self, op: Op) -> Step:
        table = self._tables[op.kind.name]
        return Step(op, table, *table.statement(op))

    async def _write(self, lists: list[list[Step]]) -> Results:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads[0], self._writer.write, lists)


def _unread(error: sqlite3.OperationalError) -> RetryLater:
    """For a disk that cannot be read now: nothing is concluded from it."""
    return RetryLater(1.0, f"DATA_DIR cannot be read: {error}")


def _read(connection: sqlite3.Connection, kind: Kind[D], sql: str, parameters: Sequence[Any]) -> list[D]:
    try:
        rows: list[Row] = connection.execute(sql, parameters).fetchall()
    except sqlite3.OperationalError as error:
        raise _unread(error) from error
    return [decode(kind.type, body, version) for version, body in rows]
