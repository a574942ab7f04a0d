"""Values that networks bring made such that every Store can keep them; what can be read stays readable."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

V = TypeVar("V")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST = 2**63 - 1


def writable(value: V) -> V:
    """The same value: half a character is replaced by U+FFFD, an endless number becomes its text."""
    return _writable(value)  # type: ignore[no-any-return]


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > _LARGEST:
        return str(value)
    if isinstance(value, dict):
        return {_writable(key): _writable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_writable, value))
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _writable(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value
