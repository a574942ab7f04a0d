"""One table per Kind: id, version, JSON body and a column for each indexed field. All SQL text is made here."""

from collections.abc import Sequence
from typing import Any

from bot.codec import encode
from bot.documents import Delete, In, Index, Insert, Kind, Op, Range, Scalar, Where
from bot.storage.fields import Fields, Plain, plain

Parameters = Sequence[Any]
_BOUNDS = (("gt", ">"), ("gte", ">="), ("lt", "<"), ("lte", "<="))


class Table:
    """The SQL of one Kind, made once."""

    def __init__(self, kind: Kind[Any]) -> None:
        self.kind = kind
        self.fields = Fields(kind)
        self.columns = [field.name for field in self.fields.all]
        name, columns = _quote(kind.name), ["version", "body", *map(_quote, self.columns)]
        self.create = f"CREATE TABLE IF NOT EXISTS {name} (id TEXT PRIMARY KEY, {', '.join(self._definitions())})"
        self.insert = f"INSERT INTO {name} ({', '.join(columns)}, id) VALUES ({', '.join('?' * (len(columns) + 1))})"
        self.replace = f"UPDATE {name} SET {', '.join(f'{c} = ?' for c in columns)} WHERE id = ? AND version = ?"
        self.delete = f"DELETE FROM {name} WHERE id = ? AND version = ?"
        self.version = f"SELECT version FROM {name} WHERE id = ?"
        self.get = f"SELECT version, body FROM {name} WHERE id = ?"
        self._find = f"SELECT version, body FROM {name}"
        self._shapes: dict[Any, str] = {}

    def _definitions(self) -> list[str]:
        return ["version INTEGER NOT NULL", "body BLOB NOT NULL", *(self.definition(name) for name in self.columns)]

    def definition(self, column: str) -> str:
        """One column, as CREATE TABLE and ADD COLUMN want it."""
        field = next(field for field in self.fields.all if field.name == column)
        return f"{_quote(column)} {'TEXT' if field.type is str else 'INTEGER'}"

    def indexes(self) -> dict[str, str]:
        """Name -> CREATE INDEX of every declared index; the name tells the definition."""
        return {self._index_name(index): self._create_index(index) for index in self.kind.indexes}

    def _index_name(self, index: Index) -> str:
        parts = [self.kind.name, *index.fields, *(["unique"] if index.unique else [])]
        return "__".join([*parts, *([f"only_{index.only}"] if index.only else [])])

    def _create_index(self, index: Index) -> str:
        columns = ", ".join(map(_quote, index.fields))
        unique, where = "UNIQUE " if index.unique else "", f" WHERE {_quote(index.only)} = 1" if index.only else ""
        return f"CREATE {unique}INDEX {_quote(self._index_name(index))} ON {_quote(self.kind.name)} ({columns}){where}"

    def statement(self, op: Op) -> tuple[str, Parameters]:
        """The SQL of one operation; it holds if exactly one row changed."""
        value = op.value
        if isinstance(op, Delete):
            return self.delete, (value.id, value.version)
        body, fields = encode(value), self.fields.values(value)
        if isinstance(op, Insert):
            return self.insert, (1, body, *fields, value.id)
        return self.replace, (value.version + 1, body, *fields, value.id, value.version)

    def find(self, where: Where, order: str, limit: int, offset: int) -> tuple[str, Parameters]:
        """The SELECT of a find that `check_served` let pass."""
        shape = (order, *((name, _shape(wanted)) for name, wanted in where.items()))
        if shape not in self._shapes:
            self._shapes[shape] = self._select(where, order)
        values = [value for wanted in where.values() for value in _values(wanted)]
        return self._shapes[shape], (*values, limit, offset)

    def _select(self, where: Where, order: str) -> str:
        conditions = " AND ".join(_condition(_quote(name), wanted) for name, wanted in where.items())
        direction = "DESC" if order.startswith("-") else "ASC"
        by = "".join(f"{_quote(name)} {direction}, " for name in [order.removeprefix("-")] if name not in ("", "id"))
        return f"{self._find}{' WHERE ' * bool(where)}{conditions} ORDER BY {by}id {direction} LIMIT ? OFFSET ?"


def _quote(name: str) -> str:
    return f'"{name}"'


def _shape(wanted: Scalar | In | Range) -> Any:
    if isinstance(wanted, In):
        return len(wanted.values), None in wanted.values
    if isinstance(wanted, Range):
        return tuple(getattr(wanted, bound) is not None for bound, _ in _BOUNDS)
    return wanted is None or wanted is True


def _condition(name: str, wanted: Scalar | In | Range) -> str:
    if isinstance(wanted, In):
        some = f"{name} IN ({', '.join('?' * len(_values(wanted)))})"
        return f"({some} OR {name} IS NULL)" if None in wanted.values else some
    if isinstance(wanted, Range):
        return " AND ".join(f"{name} {sign} ?" for _, sign in _bounds(wanted)) or f"{name} IS NOT NULL"
    if wanted is True:
        return f"{name} = 1"  # spelled out, or SQLite would not use a partial index
    return f"{name} IS NULL" if wanted is None else f"{name} = ?"


def _values(wanted: Scalar | In | Range) -> list[Plain]:
    if isinstance(wanted, In):
        return [plain(value) for value in wanted.values if value is not None]
    if isinstance(wanted, Range):
        return [plain(value) for value, _ in _bounds(wanted)]
    return [] if wanted is None or wanted is True else [plain(wanted)]


def _bounds(wanted: Range) -> list[tuple[Scalar, str]]:
    return [(getattr(wanted, bound), sign) for bound, sign in _BOUNDS if getattr(wanted, bound) is not None]
