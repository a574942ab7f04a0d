"""Text search over one Thread, for stores without an index of words: newest first, page by page."""

from typing import Protocol, TypeVar

from bot.documents import Document, Kind, Where
from bot.model import ENTRIES, Entry

D = TypeVar("D", bound=Document)
_PAGE = 500


class Finds(Protocol):
    """The part of a Store that search needs."""

    async def find(self, kind: Kind[D], where: Where, *, order: str, limit: int, offset: int) -> list[D]: ...


async def search(store: Finds, thread: str, words: str, limit: int) -> list[Entry]:
    """Entries whose text holds all the words, case folded; no words find nothing."""
    wanted, found, offset = frozenset(words.casefold().split()), list[Entry](), 0
    while wanted and len(found) < limit:
        page = await store.find(ENTRIES, {"thread": thread}, order="-arrival", limit=_PAGE, offset=offset)
        found += [entry for entry in page if _holds(entry.text.casefold(), wanted)]
        offset += _PAGE
        if len(page) < _PAGE:
            break
    return found[:limit]


def _holds(text: str, words: frozenset[str]) -> bool:
    return all(word in text for word in words)
