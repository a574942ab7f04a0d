"""One collection per Kind: {_id, v, body, indexed fields}. All commands, filters and indexes are made here.

The body is JSON text, as in SQLite: BSON would cut microseconds off times and refuse keys and numbers that JSON takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import IndexModel

from bot.codec import encode
from bot.documents import Delete, Document, In, Index, Insert, Kind, Op, Range, Scalar, Where
from bot.storage.fields import Fields, plain

Filter = dict[str, Any]
_LARGEST = 15_000_000
_NUMBERS = (int, datetime)
_BOUNDS = (("gt", "$gt"), ("gte", "$gte"), ("lt", "$lt"), ("lte", "$lte"))
# Makes the server refuse what a Replace must never do: insert a document because none matched.
_NEVER = {"_id": ""}


@dataclass(frozen=True, slots=True)
class Step:
    """One operation as a statement of an `update` or `delete` command; `size` in bytes, about."""

    op: Op
    collection: str
    verb: str
    statement: dict[str, Any]
    size: int


class Collection:
    """The commands of one Kind."""

    def __init__(self, kind: Kind[Any]) -> None:
        self.kind = kind
        self.fields = Fields(kind)
        self.names = [field.name for field in self.fields.all]

    def step(self, op: Op) -> Step:
        """ValueError for a document too large to be stored.

        An Insert is an upsert, so that a document that is there already is a result and not an error. A Replace
        is an upsert that cannot insert, so that a version that does not match is an error with its index: a plain
        update would only lower the sum of all matches in a command.
        """
        value, name = op.value, self.kind.name
        if isinstance(op, Delete):
            return Step(op, name, "delete", {"q": {"_id": value.id, "v": value.version}, "limit": 1}, 100)
        body = encode(value)
        if len(body) > _LARGEST:
            raise ValueError(f"{name}/{value.id} is too large to be stored: {len(body)} bytes")
        if isinstance(op, Insert):
            u = {"$setOnInsert": self._content(value, 1, body)}
            return Step(op, name, "update", {"q": {"_id": value.id}, "u": u, "upsert": True}, len(body) + 300)
        u = {"$set": self._content(value, value.version + 1, body), "$setOnInsert": _NEVER}
        q = {"_id": value.id, "v": value.version}
        return Step(op, name, "update", {"q": q, "u": u, "upsert": True}, len(body) + 300)

    def _content(self, value: Document, version: int, body: bytes) -> dict[str, Any]:
        return {"v": version, "body": body.decode(), **dict(zip(self.names, self.fields.values(value), strict=True))}

    def indexes(self) -> list[IndexModel]:
        """Every declared index; a unique one gets a companion that also holds the documents left out of it."""
        models = [self._plain(index) for index in self.kind.indexes]
        return models + [self._unique(index) for index in self.kind.indexes if index.unique]

    def _plain(self, index: Index) -> IndexModel:
        options: Filter = {"partialFilterExpression": {index.only: True}} if index.only else {}
        keys = [(name, 1) for name in (*index.fields, "_id")]
        return IndexModel(
            keys, name="__".join([*index.fields, *([f"only_{index.only}"] if index.only else [])]), **options
        )

    def _unique(self, index: Index) -> IndexModel:
        types = {field.name: "number" if field.type in _NUMBERS else field.type for field in self.fields.all}
        present: Filter = {n: {"$type": _bson_type(types[n])} for n in index.fields if self.fields.nullable([n])}
        if index.only:
            present[index.only] = True
        options: Filter = {"partialFilterExpression": present} if present else {}
        name = "__".join([*index.fields, "unique", *([f"only_{index.only}"] if index.only else [])])
        return IndexModel([(field, 1) for field in index.fields], name=name, unique=True, **options)


def filter_of(where: Where) -> Filter:
    """A find's conditions as a MongoDB filter."""
    return {"_id" if name == "id" else name: _condition(wanted) for name, wanted in where.items()}


def sort_of(order: str) -> list[tuple[str, int]]:
    """By one field, then by id, so that pages are stable."""
    direction = -1 if order.startswith("-") else 1
    names = dict.fromkeys(name for name in (order.removeprefix("-"), "id") if name)
    return [("_id" if name == "id" else name, direction) for name in names]


def _condition(wanted: Scalar | In | Range) -> Any:
    if isinstance(wanted, In):
        return {"$in": [plain(value) for value in wanted.values]}
    if isinstance(wanted, Range):
        bounds = [(sign, getattr(wanted, bound)) for bound, sign in _BOUNDS]
        return {sign: plain(value) for sign, value in bounds if value is not None} or {"$ne": None}
    return {"$eq": plain(wanted)}


def _bson_type(type: Any) -> str:
    return {str: "string", bool: "bool"}.get(type, "number")


def in_commands(steps: Sequence[Step], largest: int = 8_000_000) -> list[list[Step]]:
    """Steps in order, cut where collection or verb changes or a command would become too large."""
    commands: list[list[Step]] = []
    size = 0
    for step in steps:
        last = commands[-1][-1] if commands else None
        same = last is not None and (last.collection, last.verb) == (step.collection, step.verb)
        if same and step.verb == "update" and size + step.size <= largest:
            commands[-1].append(step)
            size += step.size
        else:
            commands.append([step])
            size = step.size
    return commands
