"""Who does not want to hear whom: kept away from their own chats and from their personas."""

from collections.abc import Mapping
from dataclasses import replace

from bot.capability import Effect, Text, capability
from bot.content import Draft, Press
from bot.documents import Insert, Op, Replace
from bot.errors import AskAgain, Explain
from bot.model import Member, Person, Thread
from bot.people import People
from bot.places import shown_entry
from bot.ports import Ask, Locks, Reply, Store
from bot.strangers.documents import BLOCKS, Blocks
from bot.strangers.texts import say

_TOPIC = "blocks"


class Blocking:
    """All blocks, in memory: they are few, and asked for with every message."""

    def __init__(self, store: Store, locks: Locks, people: People) -> None:
        self._store, self._locks, self._people = store, locks, people
        self._by: Mapping[str, frozenset[str]] = {}
        self._stale = True
        locks.on_wake(_TOPIC, self._heard)

    async def by(self, person: Person) -> frozenset[str]:
        """Person ids of those who do not want to hear this one."""
        if self._stale:
            await self._read()
        if not self._by:
            return frozenset()
        return frozenset().union(*(self._by.get(id, frozenset()) for id in (person.id, *person.formerly)))

    async def hidden(self, thread: Thread, person: Person) -> frozenset[str]:
        """The direct Places of this Thread in which what this Person says is not shown."""
        against = await self.by(person)
        places: list[str] = []
        for member in thread.present if against else ():
            if member.person in against:
                found = await self._people.get(member.person)
                places += found.direct if found else ()
        return frozenset(p for p in places if p in thread.places)

    async def changed(self) -> None:
        """Tell every process that a commit has changed a block."""
        self._stale = True
        await self._locks.wake(_TOPIC)

    def _heard(self, message: str) -> None:
        self._stale = True

    async def _read(self) -> None:
        by: dict[str, set[str]] = {}
        offset = 0
        while page := await self._store.find(BLOCKS, {}, order="id", limit=1000, offset=offset):
            for blocks in page:
                for id in blocks.blocked:
                    by.setdefault(id, set()).add(blocks.id)
            offset += len(page)
        self._by, self._stale = {id: frozenset(who) for id, who in by.items()}, False


class BlockCommands:
    """/block and /unblock."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @capability(
        "Not hear somebody any more", command="block", private=True, effect=Effect.CHANGE,
        phrases=("block {who}", "i do not want to hear {who} any more"),
    )  # fmt: skip
    async def block(self, ask: Ask, *, who: Text = "") -> Reply:
        """By name, or in reply to a message."""
        member = await meant(self._store, ask, who, "block_who")
        if ask.person.is_(member.person):
            raise Explain(say("block_self"))
        before = await self._store.get(BLOCKS, ask.person.id)
        blocked = {**(before.blocked if before else {}), member.person: member.name}
        return Reply(
            ops=(_kept(ask, before, blocked),), drafts=(Draft(text=say("blocked", name=member.name), notice=True),)
        )

    @capability("Hear somebody again", command="unblock", private=True, effect=Effect.CHANGE)
    async def unblock(self, ask: Ask, *, who: Text = "") -> Reply:
        before = await self._store.get(BLOCKS, ask.person.id)
        if before is None or not before.blocked:
            raise Explain(say("unblock_none"))
        wanted = who.strip().casefold()
        id = next((i for i, name in before.blocked.items() if wanted in (i, name.casefold())), "")
        if not id:
            buttons = tuple(
                Press(label=name, call="unblock", args={"who": i}, who=(ask.person.id,))
                for i, name in before.blocked.items()
            )
            return Reply(drafts=(Draft(text=say("unblock_who"), buttons=buttons),))
        rest = {i: name for i, name in before.blocked.items() if i != id}
        told = Draft(text=say("unblocked", name=before.blocked[id]), notice=True)
        return Reply(ops=(_kept(ask, before, rest),), drafts=(told,))


def _kept(ask: Ask, before: Blocks | None, blocked: dict[str, str]) -> Op:
    if before is None:
        return Insert(BLOCKS, Blocks(id=ask.person.id, blocked=blocked))
    return Replace(BLOCKS, replace(before, blocked=blocked))


async def meant(store: Store, ask: Ask, who: str, ask_for: str) -> Member:
    """The member that a name or the message replied to means; AskAgain or Explain if that is nobody, or several."""
    about = await shown_entry(store, ask.entry.reply_to if ask.entry else "")
    if about is not None and about.thread == ask.thread.id and about.person:
        found = ask.thread.member(about.person)
        if found is not None:
            return found
    wanted = " ".join(who.strip().lstrip("@").split()).casefold()
    if not wanted:
        raise AskAgain("who", say(ask_for))
    named = [m for m in ask.thread.members if m.name.casefold() == wanted or m.person == wanted]
    if len(named) != 1:
        raise Explain(say("several" if named else "nobody", name=who.strip()[:40]))
    return named[0]
