"""All documents that match, however many there are: a page after the other."""

from bot.documents import D, Kind, Where
from bot.ports import Store

_PAGE = 100


async def all_of(store: Store, kind: Kind[D], where: Where, *, order: str = "") -> list[D]:
    """Everything that matches, each once, as it stood when its page was read; for documents that nobody deletes."""
    found: dict[str, D] = {}
    offset = 0
    while page := await store.find(kind, where, order=order, limit=_PAGE, offset=offset):
        found.update((document.id, document) for document in page)
        offset += len(page)
        if len(page) < _PAGE:
            break
    return list(found.values())
