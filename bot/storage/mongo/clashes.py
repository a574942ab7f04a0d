"""From a write command's reply to what clashed."""

from collections.abc import Mapping, Sequence
from typing import Any

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import WriteError

from bot.documents import Insert
from bot.errors import Clash, Conflict
from bot.storage.groups import Results
from bot.storage.mongo.collections import Step

# Of an upsert that must not insert (see Collection.step), and of a unique index.
_IMMUTABLE_FIELD, _DUPLICATE_KEY = 66, 11000


def failures(steps: Sequence[Step], reply: Mapping[str, Any]) -> dict[int, Exception | str]:
    """Index of a step -> exists, unique, "" (missing or another version), or an error that is no clash."""
    failed: dict[int, Exception | str] = {e["index"]: _failure(e) for e in reply.get("writeErrors", ())}
    inserted = {one["index"] for one in reply.get("upserted", ())}
    for n, step in enumerate(steps):
        if n not in failed and isinstance(step.op, Insert) and n not in inserted:
            failed[n] = "exists"
        if step.verb == "delete" and not reply["n"]:
            failed[n] = ""
    return failed


def _failure(error: Mapping[str, Any]) -> Exception | str:
    if error["code"] == _IMMUTABLE_FIELD:
        return ""
    if error["code"] == _DUPLICATE_KEY:
        return "exists" if "_id" in error.get("keyPattern", {}) else "unique"
    return WriteError(error.get("errmsg", ""), error["code"], dict(error))


async def explain(
    database: AsyncDatabase[dict[str, Any]], steps: Sequence[Step], failed: Mapping[int, Exception | str]
) -> Results:
    """A result for each step; looks up whether a document is missing or has another version."""
    results: list[Exception | None] = [None] * len(steps)
    for n, why in failed.items():
        step = steps[n]
        if isinstance(why, Exception):
            results[n] = why
            continue
        results[n] = Conflict(Clash(step.collection, step.op.value.id, why or await _unmatched(database, step)))
    return results


async def _unmatched(database: AsyncDatabase[dict[str, Any]], step: Step) -> str:
    found = await database[step.collection].find_one({"_id": step.op.value.id}, {"_id": 1})
    return "version" if found else "missing"
