"""What the stores know of a Kind: its indexed fields, and which declared index serves a find."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from bot.codec import microseconds
from bot.documents import Document, In, Index, Kind, Range, Scalar, Where

Plain = str | int | bool | None


def plain(value: Scalar) -> Plain:
    """A field's value as stores index it: moments as microseconds since 1970, all else as it is."""
    return microseconds(value) if isinstance(value, datetime) else value


@dataclass(frozen=True, slots=True)
class Field:
    """One indexed field of a Kind."""

    name: str
    type: type
    nullable: bool


class Fields:
    """The indexed fields of one Kind, in a stable order, and how to read them from a document."""

    def __init__(self, kind: Kind[Any]) -> None:
        self.kind = kind
        names = dict.fromkeys(name for index in kind.indexes for name in (*index.fields, index.only) if name)
        hints = get_type_hints(kind.type)
        self.all = tuple(_field(name, hints[name]) for name in names if name != "id")
        self._moments = tuple(n for n, field in enumerate(self.all) if field.type is datetime)
        self._read = _reader([field.name for field in self.all])

    def values(self, document: Document) -> Sequence[Plain]:
        """Their values in a document, in the order of `all`."""
        read: tuple[Any, ...] = self._read(document)
        if not self._moments:
            return read
        values = list(read)
        for n in self._moments:
            values[n] = plain(values[n])
        return values

    def nullable(self, names: Sequence[str]) -> bool:
        """Whether one of these fields may be None."""
        return any(field.nullable for field in self.all if field.name in names)


def _reader(names: Sequence[str]) -> Any:
    if not names:
        return lambda document: ()
    read = attrgetter(*names)
    return read if len(names) > 1 else lambda document: (read(document),)


def _field(name: str, hint: Any) -> Field:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    types = [option for option in options if option is not type(None)]
    if len(types) != 1 or types[0] not in (str, int, bool, datetime):
        raise ValueError(f"{name}: only str, int, bool, datetime (or None) can be indexed, not {hint}")
    return Field(name, types[0], len(types) < len(options))


def check_served(kind: Kind[Any], where: Where, order: str) -> None:
    """ValueError unless `id` or a declared index serves this find.

    The fields asked for are the first ones of the index (its `only` field may be asked as True besides);
    only the last of them may be a Range; `order` is one of them or the one that follows.
    """
    if not any(_serves(index, where, order.removeprefix("-")) for index in (Index(("id",)), *kind.indexes)):
        raise ValueError(f"no declared index of {kind.name} serves where {sorted(where)} order {order!r}")


def _serves(index: Index, where: Where, order: str) -> bool:
    asked = set(where)
    if index.only:
        if where.get(index.only) is not True:
            return False
        asked -= {index.only} - set(index.fields)
    first, rest = index.fields[: len(asked)], index.fields[len(asked) :]
    ranges = [name for name in first if isinstance(where.get(name), Range)]
    return asked == set(first) and ranges in ([], [*first[-1:]]) and _ordered(order, first, rest, ranges)


def _ordered(order: str, first: Sequence[str], rest: Sequence[str], ranges: Sequence[str]) -> bool:
    return not order or order in first or (not ranges and order in rest[:1])


def matches_nothing(where: Where) -> bool:
    """Whether an empty In makes the find pointless."""
    return any(isinstance(wanted, In) and not wanted.values for wanted in where.values())
