"""ThreadLog: one durable, deduplicating insert for everything that happens, before anything else."""

import contextlib
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence

from bot.accounts.concealing import COMMAND
from bot.accounts.documents import CONVERSATIONS
from bot.clock import Clock
from bot.documents import Insert, Op
from bot.errors import Conflict, RetryLater, Unknown
from bot.faultpoints import FaultPoints
from bot.model import ENTRIES, Entry
from bot.places import Places, where_to
from bot.ports import Store
from bot.redact import redact
from bot.together import Fresh
from bot.traffic import Traffic
from bot.values import changed
from bot.writable import writable

# Entries that are about no earlier message unless they reply to one.
_NEW = frozenset(("message", "command", "member"))


class ThreadLog:
    """Appends Entries; `heard` is called with each new one once it is durable.

    `begin`: starts the Turn of an Entry before it is stored, where that may be. `landed` hears of an Entry that
    was stored with its Turn although the Store did not say so. `ours`: the identities of our own Accounts, of whom
    nothing is stored. `conceal` takes keys out of commands, `conversation` knows Places that are one conversation
    (bot/accounts)."""

    def __init__(
        self, store: Store, clock: Clock, places: Places, points: FaultPoints, traffic: Traffic | None = None
    ) -> None:
        self._traffic = traffic or Traffic()
        self._store = store
        self._clock = clock
        self._places = places
        self._points = points
        self._unsure: set[str] = set()
        self._under_way: Counter[str] = Counter()
        self.heard: Callable[[Entry], None] = lambda entry: None
        self.landed: Callable[[Entry], None] = lambda entry: None
        self.found: Callable[[Entry], Awaitable[None]] = _nothing
        self.begin: Callable[[Entry], Fresh | None] = lambda entry: None
        self.ours: set[str] = set()
        self.conceal: Callable[[Entry, str], tuple[Entry, str]] = lambda entry, text: (entry, text)
        self.conversation: Callable[[str], str] = lambda place: ""

    async def append(self, entries: Sequence[Entry]) -> None:
        """Store each Entry under its id; one that is there already is ignored. Returns when durable."""
        for entry in entries:
            if entry.author not in self.ours:
                await self.add(entry)

    async def add(self, entry: Entry, also: Sequence[Op] = ()) -> bool:
        """Store one Entry together with other operations; False if the Entry was there already.

        Conflict if one of the other operations clashes; RetryLater or Unknown if the Store is away: to be repeated."""
        arrival, text = self._clock.tick(), redact(entry.text)
        if text.startswith(COMMAND):
            entry, text = self.conceal(entry, text)
        while True:
            try:
                thread, first = await self._thread(entry)
                if not thread:
                    return False
                placed = changed(entry, thread=thread, arrival=arrival, text=text, version=1)
                known = await self._stored(placed, (*first, *also))
            except (ValueError, OverflowError):
                if writable(entry) == entry:
                    raise
                entry, text = writable(entry), writable(text)
                continue
            except Unknown:
                self._unsure.add(entry.id)
                if not await self._there(entry.id):
                    raise
                return True
            except Conflict as conflict:
                if conflict.clash.kind == ENTRIES.name and conflict.clash.id == entry.id:
                    await self._known(entry.id)
                    return False
                if conflict.clash.kind != CONVERSATIONS.name and (not first or conflict.clash.why != "exists"):
                    raise
                self._places.forget(entry.place)
                continue
            self._points.at("append.after_commit")
            self._unsure.discard(entry.id)
            if not known:
                self.heard(placed)
            return True

    async def _stored(self, entry: Entry, also: Sequence[Op]) -> bool:
        """Write an Entry, with its Turn if that is ready at once; whether its lane knows it already.

        Nothing begins early that another Entry of its Thread, still on its way, has to come before; what crowds
        others waits for their next write."""
        self._points.at("append.before_commit")
        self._traffic.note(entry.thread, entry.arrival)
        crowds = self._traffic.crowds(entry.thread, entry.arrival)
        self._under_way[entry.thread] += 1
        try:
            fresh = self.begin(entry) if not (also or crowds) and self._under_way[entry.thread] == 1 else None
            if fresh is not None:
                return await self._begun(fresh)
            await self._store.commit((Insert(ENTRIES, entry), *also), hurry=not crowds)
            return False
        finally:
            self._under_way[entry.thread] -= 1
            if not self._under_way[entry.thread]:
                del self._under_way[entry.thread]

    async def _begun(self, fresh: Fresh) -> bool:
        stored = False
        try:
            if not await fresh.with_its_turn():
                await self._store.commit((Insert(ENTRIES, fresh.entry),))
                stored = True
            return True
        finally:
            fresh.ended(stored)

    async def _known(self, id: str) -> None:
        """An Entry came again: if its first coming led to nothing yet, it does now, before what follows it."""
        if id in self._unsure:
            await self._there(id)
            return
        with contextlib.suppress(RetryLater):
            stored = await self._store.get(ENTRIES, id)
            if stored is not None and stored.open:
                await self.found(stored)

    async def _there(self, id: str) -> bool:
        """Whether an Entry was stored although the Store did not say so; if it was, it is heard of now."""
        stored = await self._store.get(ENTRIES, id)
        if stored is None:
            return False
        self._unsure.discard(id)
        (self.landed if stored.handled else self.heard)(stored)
        return True

    async def _thread(self, entry: Entry) -> tuple[str, tuple[Op, ...]]:
        """The Entry's Thread, and the documents of a Place that is seen for the first time; "" if nobody listens."""
        if entry.thread:
            return entry.thread, ()
        place = self._places.kept(entry.place) or await self._places.get(entry.place)
        if place is None:
            place, first = await self._places.first(entry, self.conversation(entry.place))
            if place.deaf and entry.what != "press":
                await self._store.commit(first)
                return "", ()
            return place.thread, first
        if place.deaf and entry.what != "press":
            return "", ()
        if entry.what in _NEW and not entry.reply_to:
            return where_to(place), ()
        return await self._places.thread_of(place, entry), ()


async def _nothing(entry: Entry) -> None:
    """Nobody listens."""
