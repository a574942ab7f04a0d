"""Forgetting for good: which Entries gave a fact away, so that no brain reads them again."""

import json

from bot.documents import Delete, Insert, Op
from bot.history import History, plain
from bot.model import SUMMARIES, Entry
from bot.ports import Ask, Store
from personas.documents import FORGOTTEN, Forgotten
from personas.statements import tells

_READ_BACK = 200
_MOST = 5000


class Traces:
    """Finds what was said about a fact. A prompt reads at most the last 60 lines of a Thread; we go back further."""

    def __init__(self, store: Store) -> None:
        self._store, self._history = store, History(store)

    async def forgotten_in(self, thread: str) -> frozenset[str]:
        """Ids of the Entries of a Thread that no brain may read."""
        found = await self._store.find(FORGOTTEN, {"thread": thread}, order="at", limit=_MOST)
        return frozenset(f.id for f in found)

    async def hidden(self, ask: Ask, fact: str, threads: frozenset[str]) -> list[Op]:
        """Marks for every Entry of these Threads that gives the fact away, and for the one that asks to forget it.

        What a brain has summarised there goes; it is made anew from the rest."""
        ops: list[Op] = []
        for thread in sorted(threads | {ask.thread.id}):
            ops += [Delete(SUMMARIES, s) for s in await self._store.find(SUMMARIES, {"thread": thread}, limit=1000)]
            marked = await self.forgotten_in(thread)
            telling = {e.id for e in await self._history.recent(thread, _READ_BACK) if tells(_all_of(e), fact)}
            if thread == ask.thread.id:
                telling |= set(_own(ask))
            new = sorted(telling - marked)
            ops += [Insert(FORGOTTEN, Forgotten(id=id, thread=thread, at=ask.now)) for id in new]
        return ops


def _all_of(entry: Entry) -> str:
    """Everything an Entry holds: what was said, what we answered, and what a persona did for it."""
    return "\n".join(
        (entry.text, *(plain(a) for a in entry.answers), json.dumps(entry.value, default=str, ensure_ascii=False))
    )


def _own(ask: Ask) -> list[str]:
    """The Entry now handled, and the result in which a persona will tell that it asked for this."""
    if ask.entry is None:
        return []
    call = f"{ask.thread.id}:call:"
    if not ask.entry.id.startswith(call):
        return [ask.entry.id]
    return [ask.entry.id, f"{ask.thread.id}:result:{ask.entry.id.removeprefix(call).split('.')[0]}"]
