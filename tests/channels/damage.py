"""Deliveries that lost or changed a part on their way: each part left out, null, or of another kind."""

import copy
import json
import random
from collections.abc import Iterator
from typing import Any

Path = tuple[str | int, ...]
_INSTEAD: tuple[Any, ...] = (None, "", "7", 7, -1, 2.5, True, [], {}, ["x"], {"x": 1}, [None], "é" * 9)
_LEFT_OUT = object()


def damaged(payload: dict[str, Any], seed: int, most: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """At most so many variants of a payload, with the path of what is damaged; the same ones for the same seed."""
    chance = random.Random(seed)
    ways = [(path, instead) for path in paths(payload) for instead in (_LEFT_OUT, *_INSTEAD)]
    for path, instead in chance.sample(ways, min(most, len(ways))):
        yield path, _changed(payload, path, instead)


def paths(found: Any, before: Path = ()) -> Iterator[Path]:
    """The paths of all that stands in it."""
    parts = found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    for name, part in parts:
        yield (*before, name)
        yield from paths(part, (*before, name))


def nulled(payload: Any, names: tuple[str, ...]) -> Any:
    """The same with these fields beside all others in each object, as null."""
    if isinstance(payload, dict):
        return {**dict.fromkeys(names), **{name: nulled(part, names) for name, part in payload.items()}}
    return [nulled(part, names) for part in payload] if isinstance(payload, list) else payload


def _changed(payload: dict[str, Any], path: Path, instead: Any) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(payload))  # what stands in two places is damaged in one
    holder: Any = made
    for step in path[:-1]:
        holder = holder[step]
    if instead is _LEFT_OUT:
        del holder[path[-1]]
    else:
        holder[path[-1]] = copy.deepcopy(instead)
    return made
