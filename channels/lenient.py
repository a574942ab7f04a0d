"""Payloads read into msgspec models even where a network changed a field: it is left out, the rest is kept."""

import re
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)
_AT = re.compile(r"at `\$\.(\w+)(?:\.(\w+))?")
_REPAIRS = 12


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
