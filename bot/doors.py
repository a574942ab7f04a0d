"""What networks tell of Places: a group goes on under another address, a Place is closed to us, or open again.

Entries of kind `status`, by the topic in their value. The owner of the installation is told once of a closed Place."""

import hashlib
from dataclasses import replace
from datetime import datetime

from bot.content import Draft
from bot.documents import Insert, Replace
from bot.language import told_in
from bot.model import PLACES, Entry, Member, Place
from bot.people import People
from bot.ports import Store
from bot.router import News
from bot.texts import say
from bot.turn import Turn

_FACT = "closed"


def moved(place: str, to: str, now: datetime) -> Entry:
    """News of a channel: a group goes on under a new address."""
    value = {"topic": "moved", "to": to, "kind": "group"}
    return Entry(id=f"{place}:status:moved-{to}", thread="", what="status", at=now, place=place, value=value)


def closed(place: str, about: str, why: str, now: datetime, kind: str = "group") -> Entry:
    """News of a channel: a send has found a Place closed to us. `about`: the Delivery's id."""
    value = {"topic": "closed", "why": why, "kind": kind}
    return Entry(id=f"{place}:status:{about}", thread="", what="status", at=now, place=place, value=value)


class Doors:
    """Handles status and tells owners."""

    def __init__(self, store: Store, people: People) -> None:
        self._store, self._people = store, people

    def news(self) -> dict[str, News]:
        """What each topic is handled by."""
        return {
            "status:moved": self.moved, "status:closed": self.closed, "status:opened": self.opened,
            "notice:tell": self.tell,
        }  # fmt: skip

    async def moved(self, turn: Turn) -> None:
        """value {"to": the Place's new id}: the Thread goes on there, with everybody who was here by the old one."""
        old, new = turn.entry.place, str(turn.entry.value.get("to", ""))
        if not new or old not in turn.thread.places:
            turn.because("the place had moved before")
            return
        places = tuple(dict.fromkeys(new if p == old else p for p in turn.thread.places))
        members = tuple(_by_way_of(m, old, new) for m in turn.thread.members)
        turn.thread = replace(turn.thread, places=places, members=members)
        found = await self._store.get(PLACES, new)
        before = await self._store.get(PLACES, old)
        if found is not None:
            turn.change(Replace(PLACES, replace(found, thread=turn.thread.id)))
        else:
            title = before.title if before else turn.thread.title
            turn.change(Insert(PLACES, Place(id=new, thread=turn.thread.id, title=title)))
        turn.because(f"the place goes on as {new}")

    async def closed(self, turn: Turn) -> None:
        """value {"why"}: we cannot write there any more."""
        fact = f"{_FACT}:{turn.entry.place}"
        if fact in turn.thread.facts:
            turn.because("closed, as is known")
            return
        why = str(turn.entry.value.get("why", ""))[:200]
        turn.thread = replace(turn.thread, facts={**turn.thread.facts, fact: why or "closed"})
        turn.because(f"the place is closed to us: {why}")
        network = turn.entry.place.partition(":")[0].capitalize()
        place = await self._store.get(PLACES, turn.entry.place)
        title = (place.title if place else "") or turn.thread.title or say("a_chat")
        await self._tell_owners(turn, say("place_closed", title=title, network=network, why=why))

    async def opened(self, turn: Turn) -> None:
        """We can write there again."""
        fact = f"{_FACT}:{turn.entry.place}"
        turn.thread = replace(turn.thread, facts={k: v for k, v in turn.thread.facts.items() if k != fact})
        turn.because("the place is open to us again")

    async def tell(self, turn: Turn) -> None:
        """value {"text"}: said to whom this Thread is private."""
        turn.because("news for the owner")
        turn.say(Draft(text=str(turn.entry.value.get("text", "")), notice=True))

    async def _tell_owners(self, turn: Turn, text: str) -> None:
        for owner in await self._people.owners():
            direct = next((p for p in owner.direct if p != turn.entry.place), "")
            place = await self._store.get(PLACES, direct) if direct else None
            if place is not None:
                id = hashlib.blake2b(f"{turn.entry.id}|{owner.id}".encode(), digest_size=9).hexdigest()
                turn.appended.append(
                    Entry(
                        id=f"{place.thread}:notice:{id}", thread=place.thread, what="notice", at=turn.now,
                        place=place.id, value={"topic": "tell", "text": told_in(owner.language, text)},
                    )
                )  # fmt: skip


def _by_way_of(member: Member, old: str, new: str) -> Member:
    return replace(member, places=tuple(dict.fromkeys(new if p == old else p for p in member.places)))
