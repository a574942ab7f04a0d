"""What networks send, taken in the shape that we know of it; and small memories of what was seen lately."""

import re
from collections import OrderedDict
from typing import Any, TypeVar

import msgspec

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")
K = TypeVar("K")
_AT = re.compile(r"at `\$\.(\w+)")
_REPAIRS, _DEEPEST = 16, 12


def taken(shape: type[S], found: object) -> S | None:
    """What was received in its shape, without nulls and without the fields that have another one; None if it is no
    object."""
    if not isinstance(found, dict):
        return None
    kept = without_nulls(found)
    for _ in range(_REPAIRS):
        try:
            return msgspec.convert(kept, shape, strict=False)
        except (msgspec.ValidationError, TypeError, RecursionError) as wrong:
            at = _AT.search(str(wrong))
            if at is None or at[1] not in kept:
                return None
            del kept[at[1]]
    return None


def without_nulls(found: Any, depth: int = 0) -> Any:
    """The same without what is null, where that is as good as absent."""
    if depth > _DEEPEST:
        return None
    if isinstance(found, dict):
        return {str(k): without_nulls(v, depth + 1) for k, v in found.items() if v is not None}
    return [without_nulls(v, depth + 1) for v in found] if isinstance(found, list) else found


def decoded(body: bytes | str) -> Any:
    """The JSON value, or None."""
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return None


def keep(kept: OrderedDict[K, T], key: K, value: T, most: int = 20_000) -> T:
    """Remember a value, and the newest `most` of them."""
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > most:
        kept.popitem(last=False)
    return value
