"""The database behind MONGO_URL: a replica set, of a version we know, with the indexes that finds need."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from bot.documents import Index, Insert, Kind, Replace
from bot.errors import Misconfigured
from bot.storage import STORES
from bot.storage.mongo import MongoStore
from bot.storage.mongo.collections import filter_of, sort_of
from tests.contracts.stays import BILLS, KINDS, NOON, STAYS, Bill, Stay, ids, opened, stay
from tests.mongod import Unavailable
from tests.servers import Server, mongod_program


@pytest.fixture
async def database(mongo_url: str) -> AsyncIterator[AsyncDatabase[dict[str, Any]]]:
    async with AsyncMongoClient[dict[str, Any]](mongo_url) as client:
        yield client.get_default_database()


async def why_not(url: str) -> str:
    """The one line that stops the start."""
    with pytest.raises(Misconfigured) as refused:
        await STORES["mongo"](url).open(KINDS)
    assert "\n" not in str(refused.value)
    return str(refused.value)


@pytest.mark.parametrize("url", ["mongodb://", "mongodb://host:port/x", "mongodb://a:b:c@host/x"])
async def test_a_url_that_is_none_stops_the_start(url: str) -> None:
    assert (await why_not(url)).startswith("MONGO_URL")


async def test_a_database_of_a_newer_version_is_refused(
    mongo_url: str, database: AsyncDatabase[dict[str, Any]]
) -> None:
    await database["caravan"].insert_one({"_id": "schema", "version": 99})
    assert "MONGO_URL: the database was written by a newer version" in await why_not(mongo_url)
    assert await database.list_collection_names() == ["caravan"]


def listens(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


@pytest.fixture
def lonely_url(tmp_path: Path) -> Any:
    """A mongod that is no member of a replica set."""
    try:
        program = mongod_program()
    except Unavailable as reason:
        pytest.skip(str(reason))

    def command(port: int, folder: Path) -> list[str]:
        words = program.command(port, folder)
        at = words.index("--replSet")
        return words[:at] + words[at + 2 :]

    server = Server(replace(program, command=command, ready=listens, url="mongodb://127.0.0.1:{port}/x"), tmp_path)
    try:
        yield server.start().url
    finally:
        server.kill()


async def test_a_server_that_is_no_replica_set_is_refused(lonely_url: str) -> None:
    assert "MONGO_URL must name a replica set" in await why_not(lonely_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierStay:
    """A Stay before somebody wanted to find it."""

    id: str
    hotel: str = "Baobab"
    nights: int = 1
    version: int = 0


async def test_an_index_declared_later_finds_what_was_stored_before(mongo_url: str) -> None:
    earlier = Kind("stays", EarlierStay, (Index(("nights",)),))
    store = MongoStore(mongo_url)
    await store.open((earlier,))
    await store.commit([Insert(earlier, EarlierStay(id=f"stay-{n:03}", nights=n)) for n in (2, 1)])
    await store.close()
    async with opened(lambda: MongoStore(mongo_url)) as later:
        assert await ids(later, {"hotel": "Baobab"}, order="nights") == ["stay-001", "stay-002"]
        await later.commit([Replace(STAYS, Stay(id="stay-002", nights=2, arrives=NOON, version=1))])
        assert await ids(later, {"arrives": NOON}) == ["stay-002"]


async def test_two_processes_may_start_at_once(mongo_url: str) -> None:
    async with opened(lambda: MongoStore(mongo_url)) as one, opened(lambda: MongoStore(mongo_url)) as other:
        await one.commit([Insert(BILLS, Bill(id="b"))])
        assert await other.get(BILLS, "b") == Bill(id="b", version=1)


@pytest.mark.parametrize(
    ("where", "order", "index"),
    [
        ({"hotel": "Baobab", "room": "1"}, "", "hotel__room"),
        ({"hotel": "Baobab"}, "-room", "hotel__room"),
        ({"hotel": "Baobab"}, "-nights", "hotel__nights"),
        ({"held": True, "hotel": "Baobab"}, "nights", "held__hotel__nights__only_held"),
        ({}, "arrives", "arrives"),
    ],
)
async def test_a_find_uses_its_declared_index_and_sorts_nothing(
    mongo_url: str, database: AsyncDatabase[dict[str, Any]], where: dict[str, str], order: str, index: str
) -> None:
    async with opened(lambda: MongoStore(mongo_url)) as store:
        await store.commit([Insert(STAYS, stay(n, nights=n, held=n % 2 == 0, room=str(n))) for n in range(50)])
    plan = await database["stays"].find(filter_of(where), sort=sort_of(order), limit=10).explain()
    winning = str(plan["queryPlanner"]["winningPlan"])
    assert f"'indexName': '{index}" in winning and "'SORT'" not in winning


async def test_a_document_too_large_is_refused_and_harms_nobody(mongo_url: str) -> None:
    async with opened(lambda: MongoStore(mongo_url)) as store:
        with pytest.raises(ValueError, match="too large"):
            await store.commit([Insert(STAYS, stay(1, notes={"text": "x" * 16_000_000}))])
        large = [Insert(STAYS, stay(n, notes={"text": "x" * 6_000_000})) for n in range(2, 6)]
        await store.commit(large)
        assert await ids(store, {"id": "stay-005"}) == ["stay-005"]


async def test_processes_that_start_at_the_same_moment_make_one_database(mongo_url: str) -> None:
    stores = [STORES["mongo"](mongo_url) for _ in range(4)]
    await asyncio.gather(*(store.open(KINDS) for store in stores))
    await stores[0].commit([Insert(STAYS, stay(7))])
    assert await stores[3].get(STAYS, "stay-007") is not None
    await asyncio.gather(*(store.close() for store in stores))
