"""Documents as JSON and back: datetimes keep their microseconds, and UTC stays UTC."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, TypeVar

import msgspec

from bot.documents import Document
from bot.language import Said

D = TypeVar("D", bound=Document)

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def _words(value: Any) -> str:
    """A text of ours is stored as its words."""
    if isinstance(value, Said):
        return str(value)
    raise TypeError(f"not a value that is stored: {type(value).__name__}")


_ENCODER = msgspec.json.Encoder(enc_hook=_words)


def encode(value: Document) -> bytes:
    """UTF-8 JSON of a frozen dataclass; ValueError for text that is not valid Unicode (lone surrogates)."""
    return _ENCODER.encode(value)


def decode(type: type[D], body: bytes | str, version: int) -> D:
    """The document as stored under that version. Unknown fields are dropped, absent ones get their defaults."""
    document: D = _decoder(type).decode(body)
    # The body may be older than the version beside it; nobody else has seen this object yet.
    object.__setattr__(document, "version", version)
    return document


@cache
def _decoder(type: type[D]) -> msgspec.json.Decoder[D]:
    return msgspec.json.Decoder(type)


def microseconds(moment: datetime) -> int:
    """Whole microseconds since 1970 UTC, so that moments sort as numbers; ValueError without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a time zone: {moment!r}")
    return (moment - _EPOCH) // _MICROSECOND


def as_json(value: Any) -> bytes:
    """Any value made of dataclasses, containers, dates and scalars, as UTF-8 JSON."""
    return _ENCODER.encode(value)


def to_plain(value: Any) -> Any:
    """Dataclasses, dates and containers as JSON values."""
    return msgspec.to_builtins(value, enc_hook=_words)


V = TypeVar("V")


def from_plain(value: Any, type: type[V]) -> V:
    """The inverse of `to_plain` for a known type; ValueError if it does not fit."""
    return msgspec.convert(value, type)
