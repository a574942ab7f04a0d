"""Versioned documents: what a Store keeps, how they are found and how several change at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar


class Document(Protocol):
    """A frozen dataclass with an id; `version` is 0 before it is stored, then 1, 2, ..."""

    @property
    def id(self) -> str: ...
    @property
    def version(self) -> int: ...


D = TypeVar("D", bound=Document)
Scalar = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Index:
    """A declared index over top-level scalar fields, in order.

    `unique`: no two documents share the values; a document in which one of them is None is left out.
    `only`: a boolean field; just the documents in which it is true are in the index.
    """

    fields: tuple[str, ...]
    unique: bool = False
    only: str = ""


@dataclass(frozen=True, slots=True)
class Kind(Generic[D]):
    """One kind of document: its name in the store, its type and its indexes."""

    name: str
    type: type[D]
    indexes: tuple[Index, ...] = ()


@dataclass(frozen=True, slots=True)
class In:
    """Matches any of the values."""

    values: Sequence[Scalar]


@dataclass(frozen=True, slots=True)
class Range:
    """Matches between the bounds; a bound of None is open."""

    gt: Scalar = None
    gte: Scalar = None
    lt: Scalar = None
    lte: Scalar = None


Where = Mapping[str, Scalar | In | Range]


@dataclass(frozen=True, slots=True)
class Insert(Generic[D]):
    """Store a new document as version 1; clash `exists` if its id is taken."""

    kind: Kind[D]
    value: D


@dataclass(frozen=True, slots=True)
class Replace(Generic[D]):
    """Store value as version value.version + 1; clash `version` unless the stored one is value.version."""

    kind: Kind[D]
    value: D


@dataclass(frozen=True, slots=True)
class Delete(Generic[D]):
    """Remove the document; clash `version` unless the stored version is value.version."""

    kind: Kind[D]
    value: D


Op = Insert[Any] | Replace[Any] | Delete[Any]
