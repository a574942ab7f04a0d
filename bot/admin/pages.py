"""Lists for keepers: short lines, a page at a time, the rest behind a button."""

import re
from collections.abc import AsyncIterator, Sequence
from itertools import count
from typing import TypeVar

from bot.admin.texts import say
from bot.content import Card, Draft, Press
from bot.documents import Document, Kind, Where
from bot.ports import Ask, Store

D = TypeVar("D", bound=Document)
PAGE = 8
_READ, _MOST = 500, 20_000
_PAGE_WORDS = re.compile(r"(?:^|\s)page\s+(\d{1,4})\s*$")


def split_page(words: str) -> tuple[str, int]:
    """What is searched for, and which page of it (from 1): "Ana page 2"."""
    found = _PAGE_WORDS.search(words)
    return (words[: found.start()].strip(), max(1, int(found[1]))) if found else (words.strip(), 1)


def for_me(ask: Ask, label: str, call: str, **args: object) -> Press:
    """A button that only the asker may press."""
    return Press(label=label, call=call, args=args, who=(ask.person.id,), minutes=60)


def listed(
    ask: Ask, title: str, lines: Sequence[str], *, call: str, words: str, page: int = 1, more: bool = False,
    buttons: Sequence[Press] = (),
) -> Draft:  # fmt: skip
    """One page as a card. `call`: the Capability that shows the next one, with `words` and its page."""
    turning = []
    if page > 1:
        turning.append(for_me(ask, say("back"), call, words=f"{words} page {page - 1}".strip()))
    if more:
        turning.append(for_me(ask, say("more"), call, words=f"{words} page {page + 1}".strip()))
    head = say("page", title=title, page=page) if page > 1 else title
    return Draft(card=Card(title=head, lines=tuple(lines) or (say("none"),)), buttons=(*buttons, *turning))


def cut(found: Sequence[D], page: int) -> tuple[Sequence[D], bool]:
    """A page of all that was found, and whether more follows."""
    begin = (page - 1) * PAGE
    return found[begin : begin + PAGE], len(found) > begin + PAGE


async def every(store: Store, kind: Kind[D], where: Where, order: str) -> AsyncIterator[D]:
    """Every document that matches, read in pages, at most twenty thousand."""
    for offset in count(0, _READ):
        page = await store.find(kind, where, order=order, limit=_READ, offset=offset)
        for found in page:
            yield found
        if len(page) < _READ or offset >= _MOST:
            return
