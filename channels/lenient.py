"""What can be read in payloads of a shape that is not known: their texts, their moments; and forms to send."""

from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote_plus

import msgspec

from channels.received import decoded

_READABLE = frozenset(
    "pretext title description text content value alt_text caption credit summary expression alternative_text".split()
)


class Unreadable(Exception):
    """A body that is no JSON object; the argument says why."""


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in a body; Unreadable if there is none."""
    if not isinstance(found := decoded(body), dict):
        raise Unreadable("no JSON object")
    return found


def moment(seconds: float, otherwise: datetime) -> datetime:
    """A moment in seconds since 1970; `otherwise` where a network gives none, or one that cannot be."""
    try:
        return datetime.fromtimestamp(seconds, UTC) if seconds > 0 else otherwise
    except (ValueError, OverflowError, OSError):
        return otherwise


def words(found: Any, piece: Callable[[Any], str | None] = lambda item: None) -> str:
    """All that can be read in a nested payload: titles, descriptions and texts in order, each on a line of its own.

    `piece`: the text of an item that stands in one line with those beside it, None for one that does not."""
    try:
        return "\n".join(line for line in _read(found, piece) if line.strip())
    except RecursionError:
        return ""


def _read(found: Any, piece: Callable[[Any], str | None]) -> Iterator[str]:
    if isinstance(found, list | tuple):
        pieces = [piece(item) for item in found]
        if any(one is not None for one in pieces):
            yield "".join(words(item, piece) if one is None else one for item, one in zip(found, pieces, strict=True))
        else:
            for item in found:
                yield from _read(item, piece)
    elif isinstance(found, dict):
        for name, part in found.items():
            if name == "caption" and isinstance(part, dict):
                yield from _read(part, piece)
            elif name in _READABLE:
                yield _joined(part)
            elif isinstance(part, list | tuple):
                yield from _read(part, piece)


def _joined(text: Any) -> str:
    """A text in pieces as one."""
    if isinstance(text, dict):
        return _joined(text.get("text") or text.get("expression") or text.get("alternative_text"))
    return text if isinstance(text, str) else "".join(map(_joined, text)) if isinstance(text, list | tuple) else ""


def standing(found: Any, names: Collection[str], depth: int = 40) -> Iterator[tuple[str, Any]]:
    """What stands under these names in a nested payload, in order, but not within each other."""
    parts = (
        found.items() if isinstance(found, dict) else (("", one) for one in found) if isinstance(found, list) else ()
    )
    for name, part in parts:
        if name in names:
            yield name, part
        elif depth:
            yield from standing(part, names, depth - 1)


def form(params: dict[str, Any]) -> bytes:
    """Parameters form encoded, with JSON for what is no text."""
    pairs = ((k, v if isinstance(v, str) else msgspec.json.encode(v).decode()) for k, v in params.items())
    return "&".join(f"{k}={quote_plus(v, errors='surrogatepass')}" for k, v in pairs).encode()
