"""Ends transactions that a process left open when it died: mongod would hold their documents for a minute."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

import structlog
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

from bot.cancelling import honour_cancellation
from bot.storage.mongo.calls import Document
from bot.storage.mongo.schema import APPLICATION

T = TypeVar("T")
# A transaction of ours is two round trips: idle for a second, it has lost its process. A live one is only repeated.
_IDLE = 1.0
_LOOKS = 6
_log = structlog.get_logger()


class Orphans:
    """Looks for abandoned transactions while a write takes suspiciously long."""

    def __init__(self, client: AsyncMongoClient[Document]) -> None:
        self._client = client
        self._looking: asyncio.Task[None] | None = None

    async def watch(self, writing: Awaitable[T]) -> T:
        """The result of a write; what holds it up is looked for after a moment."""
        timer = asyncio.get_running_loop().call_later(_IDLE / 2, self.look)
        try:
            return await writing
        finally:
            timer.cancel()

    async def close(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()
            await asyncio.wait([self._looking])

    def look(self) -> None:
        """Look for a few seconds, beside everything else."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._end_all())

    async def _end_all(self) -> None:
        for _ in range(_LOOKS):
            try:
                await self.end()
            except PyMongoError as error:
                honour_cancellation()
                _log.info("could not look for abandoned transactions", error=type(error).__name__)
            await asyncio.sleep(_IDLE / 2)

    async def end(self) -> int:
        """End every transaction of a Caravan that has been idle too long; how many there were."""
        admin = self._client.admin
        idle = {"type": "idleSession", "appName": APPLICATION, "transaction.timeOpenMicros": {"$gt": _IDLE * 1e6}}
        cursor = await admin.aggregate([{"$currentOp": {"idleSessions": True}}, {"$match": idle}])
        sessions = [{"id": found["lsid"]["id"]} async for found in cursor]
        if sessions:
            _log.warning("ending abandoned transactions", number=len(sessions))
            await admin.command({"killSessions": sessions})
        return len(sessions)
