"""Lists of one operation: merged into one command per collection, without a transaction."""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError

from bot.documents import Insert
from bot.errors import CaravanError
from bot.storage.groups import Results
from bot.storage.mongo.calls import Document, OnceCalls
from bot.storage.mongo.clashes import explain, failures
from bot.storage.mongo.collections import Step, in_commands


class Singles:
    """A writer for a GroupCommitter. `commits` counts commands that were made durable."""

    def __init__(self, calls: OnceCalls, database: AsyncDatabase[Document]) -> None:
        self._calls = calls
        self._database = database
        self.commits = 0

    async def write(self, steps: list[Step]) -> Results:
        """Each step by itself: a result for each, in order."""
        by_target: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for n, step in enumerate(steps):
            by_target[step.collection, step.verb].append(n)
        order = [n for numbers in by_target.values() for n in numbers]
        commands = in_commands([steps[n] for n in order])
        results = [result for some in await asyncio.gather(*map(self._send, commands)) for result in some]
        by_number = dict(zip(order, results, strict=True))
        return [by_number[n] for n in range(len(steps))]

    async def _send(self, steps: Sequence[Step]) -> Results:
        try:
            reply = await self._calls.send(command(steps, ordered=False))
        except (PyMongoError, CaravanError) as error:
            return [error] * len(steps)
        self.commits += 1
        if went_well(steps, reply):
            return [None] * len(steps)
        return await explain(self._database, steps, failures(steps, reply))


def command(steps: Sequence[Step], *, ordered: bool) -> Document:
    """The `update` or `delete` command of steps on one collection."""
    verb = steps[0].verb
    return {verb: steps[0].collection, f"{verb}s": [step.statement for step in steps], "ordered": ordered}


def went_well(steps: Sequence[Step], reply: Mapping[str, Any]) -> bool:
    """Whether every step took effect."""
    inserts = sum(isinstance(step.op, Insert) for step in steps)
    return "writeErrors" not in reply and reply["n"] == len(steps) and len(reply.get("upserted", ())) == inserts
