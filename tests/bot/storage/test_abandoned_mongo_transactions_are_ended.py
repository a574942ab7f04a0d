"""A process that dies inside a transaction leaves its documents held; the next writer must not wait for a minute."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
from pymongo import AsyncMongoClient

from bot.documents import Insert, Replace
from bot.model import KINDS, PLACES, Place
from bot.storage.mongo import MongoStore
from bot.storage.mongo.schema import APPLICATION

HERE = Place(id="bench:main:1", thread="t1")


@pytest.fixture
async def store(mongo_url: str) -> AsyncIterator[MongoStore]:
    store = MongoStore(mongo_url)
    await store.open(KINDS)
    await store.commit([Insert(PLACES, HERE)])
    yield store
    await store.close()


async def abandon(client: AsyncMongoClient[dict[str, Any]]) -> None:
    """Change the Place in a transaction that nobody will finish."""
    session = client.start_session()
    await session.start_transaction()
    places = client.get_default_database()["places"]
    await places.update_one({"_id": HERE.id}, {"$set": {"title": "never committed"}}, session=session)


@pytest.mark.parametrize("others", [0, 1])
async def test_a_held_document_is_written_all_the_same(store: MongoStore, mongo_url: str, others: int) -> None:
    client = AsyncMongoClient[dict[str, Any]](mongo_url, appname=APPLICATION)
    await abandon(client)
    changed = replace(HERE, title="Mombasa", version=1)
    more = [Insert(PLACES, Place(id=f"bench:main:{n + 2}", thread="t2")) for n in range(others)]
    async with asyncio.timeout(50):
        await store.commit([Replace(PLACES, changed), *more])
    found = await store.get(PLACES, HERE.id)
    assert found == replace(changed, version=2)
    await client.close()
