"""Makes a database ready: a replica set, a schema we know, collections and indexes as declared."""

import asyncio
from collections.abc import Sequence
from typing import Any

from pymongo import AsyncMongoClient, UpdateOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import (
    CollectionInvalid,
    ConfigurationError,
    ConnectionFailure,
    InvalidURI,
    OperationFailure,
    PyMongoError,
)

from bot.codec import decode
from bot.errors import Misconfigured
from bot.storage.mongo.collections import Collection

Document = dict[str, Any]
SCHEMA = 1
APPLICATION = "caravan"
_ABOUT = "caravan"
# Server error code NamespaceExists.
_NAMESPACE_EXISTS = 48


def connect(url: str) -> AsyncMongoClient[Document]:
    """A client that has not connected yet; Misconfigured if the URL cannot be read."""
    try:
        own_timeout = "serverselectiontimeoutms=" in url.lower()
        options: Document = {} if own_timeout else {"serverSelectionTimeoutMS": 5000}
        return AsyncMongoClient[Document](url, appname=APPLICATION, **options)
    except (InvalidURI, ConfigurationError, ValueError) as error:
        raise Misconfigured(f"MONGO_URL cannot be used: {error}") from error


async def prepare(
    client: AsyncMongoClient[Document], database: AsyncDatabase[Document], kinds: Sequence[Collection]
) -> None:
    """Misconfigured if the server is away, is no replica set or holds a newer schema."""
    try:
        await _check_server(client)
        await _check_schema(database)
        await asyncio.gather(*(_reconcile(database, kind) for kind in kinds))
    except ConnectionFailure as error:
        raise Misconfigured("MONGO_URL: no MongoDB answers there") from error
    except PyMongoError as error:
        raise Misconfigured(f"MONGO_URL: the database cannot be used: {error}") from error


async def _check_server(client: AsyncMongoClient[Document]) -> None:
    hello = await client.admin.command("hello")
    if "setName" not in hello and hello.get("msg") != "isdbgrid":
        raise Misconfigured("MONGO_URL must name a replica set (one node is enough): start mongod with --replSet")


async def _check_schema(database: AsyncDatabase[Document]) -> None:
    about = database[_ABOUT]
    await about.update_one({"_id": "schema"}, {"$setOnInsert": {"version": SCHEMA}}, upsert=True)
    found = await about.find_one({"_id": "schema"})
    version = found["version"] if found else SCHEMA
    if version > SCHEMA:
        raise Misconfigured(f"MONGO_URL: the database was written by a newer version of Caravan (schema {version})")


async def _reconcile(database: AsyncDatabase[Document], kind: Collection) -> None:
    if not await _created(database, kind.kind.name):
        await _fill(database, kind)
    if models := kind.indexes():
        await database[kind.kind.name].create_indexes(models)
    fields = {"$addToSet": {"fields": {"$each": kind.names}}}
    await database[_ABOUT].update_one({"_id": kind.kind.name}, fields, upsert=True)


async def _created(database: AsyncDatabase[Document], name: str) -> bool:
    """False if the collection is there already, be it that another process has just made it."""
    try:
        await database.create_collection(name)
    except CollectionInvalid:
        return False
    except OperationFailure as refused:
        if refused.code != _NAMESPACE_EXISTS:
            raise
        return False
    return True


async def _fill(database: AsyncDatabase[Document], kind: Collection) -> None:
    """Give documents that an earlier Caravan wrote the fields that are indexed since then."""
    known = await database[_ABOUT].find_one({"_id": kind.kind.name}) or {"fields": []}
    missing = [name for name in kind.names if name not in known["fields"]]
    if not missing:
        return
    collection = database[kind.kind.name]
    async for found in collection.find({missing[-1]: {"$exists": False}}, {"v": 1, "body": 1}):
        values = kind.fields.values(decode(kind.kind.type, found["body"], found["v"]))
        fields = {"$set": dict(zip(kind.names, values, strict=True))}
        await collection.bulk_write([UpdateOne({"_id": found["_id"], "v": found["v"]}, fields)])
