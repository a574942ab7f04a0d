"""Payloads read into msgspec models even where a network changed a field: it is left out, the rest is kept."""

import re
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
