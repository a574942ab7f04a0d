"""Payloads read into msgspec models even where a network changed a field: it is left out, the rest is kept."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import quote_plus

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
_AT = re.compile(r"at `\$\.(\w+)(?:\.(\w+))?")
_REPAIRS = 12
_READABLE = ("title", "description", "text")


def convert(found: dict[str, Any], type: type[T], essential: frozenset[str] = frozenset()) -> T | None:
    """A parsed payload as a model, without fields of its parts whose shape is not what the model says.

    None if the shape of the whole is wrong, or of a field that is `essential`."""
    found = {name: dict(part) if isinstance(part, dict) else part for name, part in found.items()}
    for _ in range(_REPAIRS):
        try:
            return msgspec.convert(found, type)
        except msgspec.ValidationError as wrong:
            at = _AT.search(str(wrong))
            part = found.get(at[1]) if at else None
            if at is None or not at[2] or at[2] in essential or not isinstance(part, dict) or at[2] not in part:
                return None
            del part[at[2]]
    return None


class Unreadable(Exception):
    """A body that is no JSON object; the argument says why."""


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; Unreadable if there is none."""
    try:
        found = msgspec.json.decode(body)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as wrong:
        raise Unreadable(str(wrong)) from wrong
    if not isinstance(found, dict):
        raise Unreadable("no JSON object")
    return found


def moment(seconds: float, otherwise: datetime) -> datetime:
    """A moment in seconds since 1970; `otherwise` where a network gives none, or one that cannot be."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else otherwise
    except (ValueError, OverflowError, OSError):
        return otherwise


def words(found: Any) -> str:
    """All that can be read in a nested payload: titles, descriptions and texts in order, each on a line of its own."""
    try:
        return "\n".join(line for line in _read(found) if line.strip())
    except RecursionError:
        return ""


def _read(found: Any) -> Iterator[str]:
    for name, part in found.items() if isinstance(found, dict) else ():
        if name in _READABLE:
            yield _joined(part)
        elif isinstance(part, list | tuple):
            for item in part:
                yield from _read(item)


def _joined(text: Any) -> str:
    """A text in pieces as one."""
    if isinstance(text, dict):
        return _joined(text.get("text", ""))
    return text if isinstance(text, str) else "".join(map(_joined, text)) if isinstance(text, list | tuple) else ""


def form(params: dict[str, Any]) -> bytes:
    """Parameters form encoded, with JSON for what is no text."""
    pairs = ((k, v if isinstance(v, str) else msgspec.json.encode(v).decode()) for k, v in params.items())
    return "&".join(f"{k}={quote_plus(v, errors='surrogatepass')}" for k, v in pairs).encode()
