"""The bar: a bare aiohttp handler: JSON in, one durable insert, 200, one POST out (changed only by a decision record).
Run: `python -m bench.baseline PORT RECEIVER_URL SQLITE_PATH_OR_MONGO_URL`."""

import asyncio
import json
import sqlite3
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from aiohttp import ClientSession, TCPConnector, web
from pymongo import AsyncMongoClient, WriteConcern


class Sqlite:
    def __init__(self, path: str) -> None:
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
        connection.execute("CREATE TABLE IF NOT EXISTS entries (id TEXT PRIMARY KEY, body BLOB)")
        self._execute = partial(connection.execute, "INSERT OR IGNORE INTO entries VALUES (?, ?)")
        self._writer = ThreadPoolExecutor(1)

    async def insert(self, key: str, body: bytes) -> None:
        await asyncio.get_running_loop().run_in_executor(self._writer, self._execute, (key, body))


class Mongo:
    def __init__(self, url: str) -> None:
        database = AsyncMongoClient[dict[str, Any]](url).get_default_database("bench")
        self._entries = database.get_collection("entries", write_concern=WriteConcern("majority", j=True))

    async def insert(self, key: str, body: bytes) -> None:
        await self._entries.insert_one({"_id": key, "body": body})


async def baseline(receiver: str, store: str) -> web.Application:
    inserts = Mongo(store) if store.startswith("mongodb://") else Sqlite(store)
    session, sends = ClientSession(connector=TCPConnector(limit=0)), set[asyncio.Task[None]]()

    async def send(said: dict[str, str]) -> None:
        out = {"delivery": said["id"], "place": said["chat"], "text": said["text"].replace("/ping", "pong")}
        await (await session.post(receiver, json=out)).read()

    async def hook(request: web.Request) -> web.Response:
        body = await request.read()
        said = json.loads(body)
        await inserts.insert(said["id"], body)
        sends.add(sending := asyncio.create_task(send(said)))
        sending.add_done_callback(sends.discard)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hooks/bench", hook)
    app.on_cleanup.append(lambda _: session.close())
    return app


if __name__ == "__main__":
    web.run_app(baseline(*sys.argv[2:]), host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
