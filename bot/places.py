"""Which Thread a Place belongs to; a Place and its Thread come into being with their first Entry."""

import hashlib
from collections import OrderedDict
from dataclasses import replace

from bot.accounts.documents import CONVERSATIONS, Conversation
from bot.documents import Insert, Op, Replace
from bot.model import ENTRIES, PLACES, THREADS, TOKENS, Entry, Place, Thread
from bot.ports import Locks, Store

_KEPT = 50_000


def own_thread(place: str) -> str:
    """The id of the Thread that a Place begins with; the same in every process."""
    return "t" + hashlib.blake2b(place.encode(), digest_size=8).hexdigest()


class Places:
    """Places by id, kept in memory; other processes are told when one changes."""

    def __init__(self, store: Store, locks: Locks) -> None:
        self._store = store
        self._locks = locks
        self._kept: OrderedDict[str, Place] = OrderedDict()
        locks.on_wake("place", self.forget)

    def kept(self, id: str) -> Place | None:
        """The Place if it is in memory."""
        return self._kept.get(id)

    async def get(self, id: str) -> Place | None:
        """The Place, or None if nothing ever came from it."""
        place = self._kept.get(id)
        if place is None:
            place = await self._store.get(PLACES, id)
            if place is not None:
                self.keep(place)
        return place

    async def thread_of(self, place: Place, entry: Entry) -> str:
        """The Thread of an Entry from a Place: what is about a message goes where that message went, if the Place
        hears that Thread or the message came from it; the rest goes to the focus."""
        about = await self._about(place, entry)
        if about and (about[0] in (place.thread, place.focus, *place.trips) or about[1] == place.id):
            return about[0]
        return where_to(place)

    async def _about(self, place: Place, entry: Entry) -> tuple[str, str] | None:
        """Thread of the message that an Entry presses, corrects or answers; with the Place it came from if it is

        corrected, and the one it was shown in if it is pressed."""
        if entry.what == "press":
            token = await self._store.get(TOKENS, str(entry.value.get("token", "")))
            return (token.thread, await self._shown_in(place, token.answer)) if token else None
        found = await shown_entry(self._store, entry.object or entry.reply_to)
        if found is None:
            return None
        return found.thread, found.place if entry.what in ("edit", "delete") else ""

    async def _shown_in(self, place: Place, answer: str) -> str:
        """This Place, if an Answer was sent to it: what one is told alone may be pressed where it was told."""
        entry = await shown_entry(self._store, answer)
        sent = entry.deliveries if entry else ()
        return place.id if any(d.answer == answer and d.place == place.id for d in sent) else ""

    async def trip(self, thread: str, id: str) -> str:
        """What to call a Thread in a Place that hears several; "" elsewhere."""
        place = await self.get(id)
        if place is None or len(place.trips) < 2:
            return ""
        found = await self._store.get(THREADS, thread)
        return found.title if found and found.id != place.thread else ""

    async def first(self, entry: Entry, conversation: str) -> tuple[Place, tuple[Op, ...]]:
        """The Place that an Entry from an unknown one brings, and the documents to write with it. Where another
        Account of ours listens in the same conversation, it is deaf and belongs to the same Thread."""
        place, ops = first_documents(entry)
        if not conversation or place.kind == "direct":
            return place, ops
        talk = await self._store.get(CONVERSATIONS, conversation)
        if talk is None:
            return place, (*ops, Insert(CONVERSATIONS, Conversation(id=conversation, place=place.id)))
        listens = await self.get(talk.place)
        if listens is None or place.id in (talk.place, *talk.others):
            return place, ops
        deaf = replace(place, deaf=True, thread=listens.thread, version=0)
        also = Replace(CONVERSATIONS, replace(talk, others=(*talk.others, place.id)))
        return replace(deaf, version=1), (Insert(PLACES, deaf), also)

    async def thread(self, id: str) -> Thread | None:
        """The Thread of that id, as stored now."""
        return await self._store.get(THREADS, id)

    def keep(self, place: Place) -> None:
        """Remember a stored Place."""
        self._kept[place.id] = place
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)

    def forget(self, id: str) -> None:
        """Drop what is remembered here."""
        self._kept.pop(id, None)

    async def changed(self, id: str) -> None:
        """A Place was changed by a commit: forget it here and everywhere."""
        self.forget(id)
        await self._locks.wake("place", id)


def first_documents(entry: Entry) -> tuple[Place, tuple[Op, ...]]:
    """The Place that an Entry from an unknown one brings, and the documents to insert with it.

    A channel says in entry.value: `kind` (group or direct) and `title`."""
    kind = "direct" if entry.value.get("kind") == "direct" else "group"
    title = str(entry.value.get("title", ""))[:200]
    whose = entry.author if kind == "direct" else ""
    place = Place(id=entry.place, thread=own_thread(entry.place), kind=kind, title=title, whose=whose)
    thread = Thread(id=place.thread, title=title, private=kind == "direct", places=(place.id,))
    return replace(place, version=1), (Insert(PLACES, place), Insert(THREADS, thread))


def where_to(place: Place) -> str:
    """The Thread that plain words from this Place go to."""
    return place.focus or place.thread


async def shown_entry(store: Store, shown: str) -> Entry | None:
    """The Entry that a message id as shown belongs to: the Entry itself, or the one an Answer stands in."""
    if not shown:
        return None
    return await store.get(ENTRIES, shown) or await store.get(ENTRIES, shown.rsplit("/", 1)[0])
