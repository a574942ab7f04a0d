"""Lists of several operations: many lists in one transaction; where one fails, the others are done without it."""

import asyncio
import random
from collections.abc import Sequence
from dataclasses import dataclass

from pymongo import AsyncMongoClient
from pymongo.asynchronous.client_session import AsyncClientSession
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError, WriteConcernError

from bot.cancelling import honour_cancellation
from bot.errors import Unknown
from bot.storage.groups import Results
from bot.storage.mongo.calls import DURABLE, Document, away, passes
from bot.storage.mongo.clashes import explain, failures
from bot.storage.mongo.collections import Step, in_commands
from bot.storage.mongo.singles import command, went_well


@dataclass(frozen=True, slots=True)
class _Failed:
    """The step that did not hold, and why, as `clashes.failures` says it."""

    step: Step
    why: Exception | str


class Lists:
    """A writer for a GroupCommitter. `commits` counts committed transactions."""

    def __init__(self, client: AsyncMongoClient[Document], database: AsyncDatabase[Document], patience: float) -> None:
        self._client = client
        self._database = database
        self._patience = patience
        self.commits = 0

    async def write(self, lists: list[list[Step]]) -> Results:
        """Each list all or nothing: a result for each, in order."""
        failed = await self._together(lists)
        if failed is None:
            return [None] * len(lists)
        if len(lists) == 1:
            why = failed.why or _as_the_list_left_it(lists[0], failed.step)
            return await explain(self._database, [failed.step], {0: why})
        culprit = next(n for n, steps in enumerate(lists) if any(step is failed.step for step in steps))
        parts = [lists[:culprit], lists[culprit : culprit + 1], lists[culprit + 1 :]]
        return [result for part in parts if part for result in await self.write(part)]

    async def _together(self, lists: Sequence[Sequence[Step]]) -> _Failed | None:
        """One transaction for all lists: what failed first, and then nothing took effect; None if all is durable."""
        commands = _commands(lists)
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + self._patience, 0.002
        while True:
            try:
                return await self._transaction(commands)
            except PyMongoError as error:
                honour_cancellation()
                if not (passes(error) or error.has_error_label("TransientTransactionError")):
                    raise
                if loop.time() > deadline:
                    raise away(error) from error
            await asyncio.sleep(random.uniform(pause / 2, pause))
            pause = min(pause * 2, 0.5)

    async def _transaction(self, commands: Sequence[Sequence[Step]]) -> _Failed | None:
        async with self._client.start_session(causal_consistency=False) as session:
            await session.start_transaction(write_concern=DURABLE)
            for steps in commands:
                reply = await self._database.command(command(steps, ordered=True), session=session)
                if not went_well(steps, reply):
                    await session.abort_transaction()
                    n, why = min(failures(steps, reply).items())
                    return _Failed(steps[n], why)
            await self._commit(session)
        self.commits += 1
        return None

    async def _commit(self, session: AsyncClientSession) -> None:
        """Ask until we know; Unknown if we never do. The server answers a repeated commit with what became of it."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience
        while True:
            try:
                return await session.commit_transaction()
            except PyMongoError as error:
                honour_cancellation()
                if not _leaves_us_in_doubt(error):
                    raise
                if loop.time() > deadline:
                    raise Unknown("MongoDB did not say whether it committed") from error
            await asyncio.sleep(0.05)


def _leaves_us_in_doubt(error: PyMongoError) -> bool:
    """Whether a commit that failed like this may have taken effect, or will be durable a little later."""
    if error.has_error_label("TransientTransactionError"):
        return False
    unknown = error.has_error_label("UnknownTransactionCommitResult")
    return unknown or passes(error) or isinstance(error, WriteConcernError)


def _as_the_list_left_it(steps: Sequence[Step], failed: Step) -> str:
    """Why a step did not match a document that the same list had changed before; "" if it had not."""
    before = steps[: next(n for n, step in enumerate(steps) if step is failed)]
    same = [s for s in before if (s.collection, s.op.value.id) == (failed.collection, failed.op.value.id)]
    return "" if not same else "missing" if same[-1].verb == "delete" else "version"


def _commands(lists: Sequence[Sequence[Step]]) -> list[list[Step]]:
    """The steps of one list in their order; of several, one command per collection as far as possible."""
    steps = [step for steps in lists for step in steps]
    if len(lists) > 1:
        steps.sort(key=lambda step: step.collection)
    return in_commands(steps)
