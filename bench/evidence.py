"""What a dead process left behind, read from its store before it starts again."""

import asyncio
import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pymongo import AsyncMongoClient

WINDOWS = {
    "append": "request in hand, Entry not stored",
    "answer": "Entry stored, 200 not out",
    "turn": "Entry stored, Turn not committed",
    "send": "Turn committed, Delivery not at the receiver",
    "mark": "Delivery at the receiver, mark not committed",
    "call": "a supplier asked, its answer not stored",
    "order": "an order placed or about to be, its answer not stored",
    "capture": "money taken or about to be, the answer not stored",
}


_CALLS = {"place_order": "order", "capture_payment": "capture"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An Entry found open: `said` is the generator's id, `pending` the ids of Deliveries not known to be sent."""

    said: str
    handled: bool
    pending: tuple[str, ...] = ()


class Evidence(Protocol):
    """A store read from outside, without our own code."""

    async def open_entries(self) -> Sequence[Left]:
        """Entries still to be handled or with a Delivery under way."""
        ...

    async def stored(self, said: Collection[str]) -> set[str]:
        """Which of these messages have an Entry."""
        ...

    async def claimed(self) -> Sequence[str]:
        """Names of the Jobs that were claimed: calls in flight."""
        ...


async def look(evidence: Evidence, cut_off: Collection[str], received: Collection[str]) -> tuple[set[str], bool]:
    """The windows that a kill hit, and whether it counts."""
    left, claimed = await evidence.open_entries(), await evidence.claimed()
    found = windows(left, cut_off, await evidence.stored(cut_off), received)
    return found | {_CALLS.get(name, "call") for name in claimed}, counts(left) or bool(claimed)


def windows(left: Sequence[Left], cut_off: Collection[str], stored: set[str], received: Collection[str]) -> set[str]:
    """Between which commit boundaries messages stood at that moment: keys of WINDOWS."""
    found = {"answer" if key in stored else "append" for key in cut_off}
    for entry in left:
        if not entry.handled:
            found.add("turn")
        found.update("mark" if delivery in received else "send" for delivery in entry.pending)
    return found


def counts(left: Sequence[Left]) -> bool:
    """Whether a kill at that moment had something to break: an Entry unhandled or a Delivery pending."""
    return any(not entry.handled or entry.pending for entry in left)


def entry_id(said: str) -> str:
    """The Entry's id that the bench channel gives to a message of the generator."""
    return f"bench:main:{said.rpartition('-')[0]}:message:{said}"


def left_behind(entry: Mapping[str, Any]) -> Left:
    """An open Entry as stored (its JSON names) read as evidence."""
    pending = [delivery["id"] for delivery in entry["deliveries"] if delivery["state"] == "pending"]
    return Left(said=entry["id"].rpartition(":message:")[2], handled=entry["handled"], pending=tuple(pending))


class SqliteEvidence:
    """Reads the file of a dead process without repairing or changing it."""

    def __init__(self, folder: Path) -> None:
        self._address = f"file:{folder / 'caravan.sqlite'}?mode=ro"

    async def open_entries(self) -> Sequence[Left]:
        rows = await asyncio.to_thread(self._rows, "SELECT body FROM entries WHERE open = 1", ())
        return [left_behind(json.loads(body)) for (body,) in rows]

    async def stored(self, said: Collection[str]) -> set[str]:
        found = set()
        for one in said:
            found.update(await asyncio.to_thread(self._rows, "SELECT id FROM entries WHERE id = ?", (entry_id(one),)))
        return {id.rpartition(":message:")[2] for (id,) in found}

    async def claimed(self) -> Sequence[str]:
        rows = await asyncio.to_thread(self._rows, "SELECT body FROM jobs WHERE state = 'claimed'", ())
        return [json.loads(body)["name"] for (body,) in rows]

    def _rows(self, sql: str, parameters: Sequence[str]) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self._address, uri=True)) as connection:
            return connection.execute(sql, parameters).fetchall()


class MongoEvidence:
    """Reads the database that the URL names with a client of its own."""

    def __init__(self, url: str) -> None:
        database = AsyncMongoClient[dict[str, Any]](url).get_default_database("caravan")
        self._entries, self._jobs = database["entries"], database["jobs"]

    async def open_entries(self) -> Sequence[Left]:
        found = self._entries.find({"open": True}, {"body": 1})
        return [left_behind(json.loads(document["body"])) async for document in found]

    async def stored(self, said: Collection[str]) -> set[str]:
        found = self._entries.find({"_id": {"$in": [entry_id(one) for one in said]}}, {"_id": 1})
        return {document["_id"].rpartition(":message:")[2] async for document in found}

    async def claimed(self) -> Sequence[str]:
        found = self._jobs.find({"state": "claimed"}, {"body": 1})
        return [json.loads(document["body"])["name"] async for document in found]
