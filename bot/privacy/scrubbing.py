"""Taking a person out of documents that stay: ids become the pseudonym, lines that name them become "[erased]"."""

import re
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from bot.codec import from_plain, to_plain
from bot.documents import Delete, Document, Insert, Kind, Op, Replace, Where
from bot.errors import Conflict
from bot.ports import Store, Subject
from bot.threads import in_one_line

ERASED = "[erased]"
_PAGE, _OPS, _TRIES = 200, 50, 20
_SHORTEST_QUOTE = 4
_ID = re.compile(r"\S+:\S+|[0-9a-f]{16,}")
# A character that may go on an id.
_GOES_ON = r"[\w.~-]"

D = TypeVar("D", bound=Document)


class Scrubber:
    """Replaces what names one Person or a persona of theirs. `quotes`: words of theirs that others were shown."""

    def __init__(self, subject: Subject) -> None:
        self.subject, self.quotes = subject, set[str]()
        own = (subject.name, *(i.partition(":")[2] for i in subject.identities), *subject.personas.values())
        self.names = frozenset(n for n in own if len(n.strip()) > 1)
        account = f"erased:{subject.pseudonym}"
        self._ids = dict.fromkeys((subject.person, *subject.formerly), subject.pseudonym)
        self._ids |= dict.fromkeys(subject.identities, account)
        self._ids |= {place: f"{place.partition(':')[0]}:erased:{subject.pseudonym}" for place in subject.places}
        self._known = _any_of(self._ids, rf"(?<!{_GOES_ON})", rf"(?!{_GOES_ON})")
        self._named = _any_of(self.names, r"(?<!\w)", r"(?!\w)")

    def ids(self, text: str) -> str:
        """The text with the Person's id, accounts and direct Places replaced."""
        return self._known.sub(lambda hit: self._ids[hit[0]], text) if self._known else text

    def words(self, text: str) -> str:
        """The same, and every line that names them gone."""
        text = self.ids(text)
        if _ID.fullmatch(text):
            return text
        return "\n".join(ERASED if self._tells(line) else line for line in text.split("\n"))

    def _tells(self, line: str) -> bool:
        """Whether a line names them, or repeats their words, by themselves or after who said them."""
        if self._named is not None and self._named.search(line):
            return True
        return bool(self.quotes) and (line in self.quotes or line.partition(": ")[2] in self.quotes)

    def quote(self, text: str) -> None:
        """Words of theirs, as a list of what was said may show them."""
        line = " ".join(text.split())
        if len(line) >= _SHORTEST_QUOTE:
            self.quotes.update((line, text, in_one_line(text)))

    def within(self, text: str) -> str:
        """The same, but only the names themselves are gone: for titles."""
        text = self.ids(text)
        return self._named.sub(ERASED, text) if self._named else text

    def plain(self, value: Any, each: Callable[[str], str] | None = None) -> Any:
        """A JSON value with every string in it, keys too, treated by `each` (`words` if not given)."""
        each = each or self.words
        if isinstance(value, str):
            return each(value)
        if isinstance(value, dict):
            return {self.ids(k) if isinstance(k, str) else k: self.plain(v, each) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self.plain(v, each) for v in value]
        return value

    def document(self, value: D, each: Callable[[str], str] | None = None) -> D:
        """A document without them; the same object if it does not mention them."""
        before = to_plain(value)
        after = self.plain(before, each)
        return value if after == before else from_plain(after, type(value))


def _any_of(words: Iterable[str], before: str, after: str) -> re.Pattern[str] | None:
    longest = sorted(words, key=len, reverse=True)
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, longest))}){after}") if longest else None


def lines_in(value: Any) -> set[str]:
    """Every line of every string in a JSON value."""
    if isinstance(value, str):
        return set(value.split("\n"))
    if isinstance(value, dict):
        value = list(value.values())
    return {line for part in value for line in lines_in(part)} if isinstance(value, list | tuple) else set()


async def pages(store: Store, kind: Kind[D], where: Where, order: str = "") -> AsyncIterator[Sequence[D]]:
    """All that matches, as it stood when each page was read; safe where they are replaced, not where deleted."""
    offset = 0
    while page := await store.find(kind, where, order=order, limit=_PAGE, offset=offset):
        yield page
        offset += len(page)


async def change_all(store: Store, kind: Kind[D], where: Where, change: Callable[[D], D | None]) -> None:
    """Replace every document that matches by what `change` makes of it; None deletes it, the same leaves it alone."""
    gone = [d for page in [p async for p in pages(store, kind, where)] for d in page]
    for begin in range(0, len(gone), _OPS):
        await commit_changes(store, kind, gone[begin : begin + _OPS], change)


async def commit_changes(store: Store, kind: Kind[D], found: Sequence[D], change: Callable[[D], D | None]) -> None:
    """The same for documents at hand; whoever changes one at the same moment makes us look again."""
    ops = [op for d in found for op in _ops(kind, d, change(d))]
    try:
        if ops:
            await store.commit(ops)
    except Conflict:
        for document in found:
            await change_one(store, kind, document.id, change)


async def change_one(store: Store, kind: Kind[D], id: str, change: Callable[[D], D | None]) -> None:
    """The same for one id, read anew until it holds; Conflict if that never ends."""
    for attempt in range(_TRIES):
        latest = await store.get(kind, id)
        after = change(latest) if latest is not None else None
        if after is not None and after.id != id:
            after = await _under_free_id(store, kind, after)
        ops = _ops(kind, latest, after) if latest is not None else []
        try:
            if ops:
                await store.commit(ops)
            return
        except Conflict:
            if attempt == _TRIES - 1:
                raise


async def _under_free_id(store: Store, kind: Kind[D], document: D) -> D:
    """Ids that named them in several ways may have become one, or be what an earlier erasure has left."""
    id, n = document.id, 2
    while await store.get(kind, id) is not None:
        id, n = f"{document.id}~{n}", n + 1
    return replace(document, id=id) if id != document.id else document  # type: ignore[type-var]


def _ops(kind: Kind[D], before: D, after: D | None) -> list[Op]:
    if after is None:
        return [Delete(kind, before)]
    if after is before or after == before:
        return []
    if after.id != before.id:  # its id named them
        return [Delete(kind, before), Insert(kind, _as(after, 0))]
    return [Replace(kind, _as(after, before.version))]


def _as(document: D, version: int) -> D:
    return replace(document, version=version)  # type: ignore[type-var]
