"""A Store in memory, as strict as the real ones, so that ten thousand histories fit into a test."""

from collections.abc import Sequence
from typing import Any, TypeVar

from bot.codec import decode, encode
from bot.documents import Delete, Document, In, Insert, Kind, Op, Range, Where
from bot.errors import Clash, Conflict

D = TypeVar("D", bound=Document)


class Shelf:
    """Documents by kind and id; `find` as on the real stores, over the fields named."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, Any]] = {}

    async def open(self, kinds: Sequence[Kind[Any]]) -> None: ...
    async def close(self) -> None: ...

    async def get(self, kind: Kind[D], id: str) -> D | None:
        return self._of(kind).get(id)

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        found = [d for d in self._of(kind).values() if all(_fits(getattr(d, f), w) for f, w in where.items())]
        field = order.lstrip("-") or "id"
        found.sort(key=lambda d: (getattr(d, field), d.id), reverse=order.startswith("-"))
        return found[offset : offset + limit]

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        written: dict[tuple[str, str], Any] = {}
        for op in ops:
            self._check(op, written)
            key = (op.kind.name, op.value.id)
            version = op.value.version + 1 if not isinstance(op, Insert) else 1
            stored = None if isinstance(op, Delete) else decode(op.kind.type, encode(op.value), version)
            written[key] = stored
            self._unique(op.kind, stored, written)
        for (kind, id), value in written.items():
            if value is None:
                self._kept[kind].pop(id, None)
            else:
                self._kept.setdefault(kind, {})[id] = value

    def _check(self, op: Op, written: dict[tuple[str, str], Any]) -> None:
        key = (op.kind.name, op.value.id)
        there = written[key] if key in written else self._of(op.kind).get(op.value.id)
        if isinstance(op, Insert):
            if there is not None:
                raise Conflict(Clash(op.kind.name, op.value.id, "exists"))
        elif there is None:
            raise Conflict(Clash(op.kind.name, op.value.id, "missing"))
        elif there.version != op.value.version:
            raise Conflict(Clash(op.kind.name, op.value.id, "version"))

    def _unique(self, kind: Kind[Any], stored: Any, written: dict[tuple[str, str], Any]) -> None:
        for index in (i for i in kind.indexes if i.unique and stored is not None):
            mine = [getattr(stored, f) for f in index.fields]
            others = {**self._of(kind), **{id: d for (k, id), d in written.items() if k == kind.name}}
            for other in others.values():
                if other is None or other.id == stored.id or None in mine:
                    continue
                if [getattr(other, f) for f in index.fields] == mine:
                    raise Conflict(Clash(kind.name, stored.id, "unique"))

    def _of(self, kind: Kind[D]) -> dict[str, D]:
        return self._kept.setdefault(kind.name, {})


def _fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, In):
        return value in wanted.values
    if isinstance(wanted, Range):
        return not (
            (wanted.gt is not None and not value > wanted.gt)
            or (wanted.gte is not None and not value >= wanted.gte)
            or (wanted.lt is not None and not value < wanted.lt)
            or (wanted.lte is not None and not value <= wanted.lte)
        )
    return bool(value == wanted)
