"""One stored document changed by whoever comes: what others write at the same moment is taken in."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.documents import Document, Insert, Kind, Replace
from bot.errors import Conflict
from bot.ports import Store

D = TypeVar("D", bound=Document)


async def kept(
    store: Store, kind: Kind[D], id: str, change: Callable[[D | None], D | None]
) -> tuple[D | None, D | None]:
    """A document before and after. `change` may be called again, with what it is by then; None leaves it alone.

    RetryLater or Unknown if the Store is away."""
    while True:
        before = await store.get(kind, id)
        after = change(before)
        if after is None or after == before:
            return before, before
        version = before.version if before is not None else 0
        after = _versioned(after, version)
        try:
            await store.commit([Replace(kind, after) if version else Insert(kind, after)], hurry=False)
            return before, _versioned(after, version + 1)
        except Conflict:
            continue


def _versioned(document: Any, version: int) -> Any:
    return replace(document, version=version)
