"""Commands that take effect once, however often the connection breaks: MongoDB remembers them by session and number."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bson import Int64
from pymongo import AsyncMongoClient, WriteConcern
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import ConnectionFailure, OperationFailure, PyMongoError, ServerSelectionTimeoutError

from bot.cancelling import honour_cancellation
from bot.errors import RetryLater, Unknown

Document = dict[str, Any]
DURABLE = WriteConcern("majority", j=True)
# Not primary, shutting down, stepping down, interrupted and the like: the same command may be sent again.
_PASSING = frozenset({6, 7, 89, 91, 189, 262, 9001, 10107, 11600, 11601, 11602, 13435, 13436})


def passes(error: PyMongoError | Mapping[str, Any]) -> bool:
    """Whether the replica set is only between two primaries, or the connection broke."""
    if isinstance(error, Mapping):
        return error.get("code") in _PASSING
    if isinstance(error, OperationFailure):
        return error.code in _PASSING or error.has_error_label("RetryableWriteError")
    return isinstance(error, ConnectionFailure)


def away(error: PyMongoError) -> RetryLater:
    """For a call of which nothing took effect."""
    return RetryLater(1.0, f"MongoDB is away: {type(error).__name__}")


@dataclass(slots=True)
class _Numbered:
    session: AsyncClientSession
    # The driver's own writes may have used this session before, and count from 1.
    number: int = 1 << 40


class OnceCalls:
    """Sends write commands outside transactions, each exactly once."""

    def __init__(self, client: AsyncMongoClient[Document], database: AsyncDatabase[Document], patience: float) -> None:
        self._client = client
        self._database = database
        self._patience = patience
        self._free: list[_Numbered] = []

    async def send(self, command: Document) -> Document:
        """The reply, once it is durable. RetryLater: nothing took effect; Unknown: no answer for too long."""
        loop = asyncio.get_running_loop()
        deadline, tried = loop.time() + self._patience, False
        with self._next() as numbered:
            command = {**command, "writeConcern": DURABLE.document, "txnNumber": Int64(numbered.number)}
            while True:
                reply, broken = await self._attempt(command, numbered.session)
                if reply is not None:
                    return reply
                if isinstance(broken, ServerSelectionTimeoutError) and not tried:
                    raise away(broken) from broken
                if loop.time() > deadline:
                    raise Unknown("MongoDB did not say whether it wrote") from broken
                tried = True
                await asyncio.sleep(0.05)

    async def _attempt(
        self, command: Document, session: AsyncClientSession
    ) -> tuple[Document | None, PyMongoError | None]:
        try:
            reply = await self._database.command(command, session=session)
        except PyMongoError as error:
            honour_cancellation()
            if not passes(error):
                raise
            return None, error
        passing = any(map(passes, reply.get("writeErrors", ())))
        return (None if passing or "writeConcernError" in reply else reply), None

    @contextmanager
    def _next(self) -> Iterator[_Numbered]:
        """A session that nobody else uses meanwhile, with the next number in it."""
        numbered = self._free.pop() if self._free else _Numbered(self._client.start_session(causal_consistency=False))
        numbered.number += 1
        try:
            yield numbered
        finally:
            self._free.append(numbered)
