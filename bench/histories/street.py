"""People in a town: they speak, press what hangs on the wall, and pay at the service's pages."""

from collections import Counter
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any, TypeVar

from bench.histories.books import Books
from bench.histories.town import Town
from booking.sale.bookings import BOOKINGS, Booking
from bot.content import Button
from bot.errors import CaravanError
from bot.model import THREADS, TOKENS, Entry, Thread
from bot.people import first_id
from bot.places import own_thread
from bot.ports import Outgoing
from payments.hooks import notice_entry
from payments.model import COLLECTIONS, UNPAID, Collection, Share
from payments.ports import Notice

T = TypeVar("T")
NAMES = ("Ana", "Ben", "Chi", "Dee", "Eli")


@dataclass(slots=True)
class Street:
    """One group after the other of the same few people. `counts`: what happened to everybody at once.

    `slow`: what is started is not waited for, because something else is about to happen."""

    town: Town
    dice: Random
    group: int = 1
    counts: Counter[str] = field(default_factory=Counter)
    slow: bool = False
    books: Books = field(default_factory=Books)
    _said: int = 0

    @property
    def place(self) -> str:
        return f"paper:main:group{self.group}"

    async def thread(self) -> Thread:
        """The group's."""
        kept = await self.town.core.places.get(self.place)
        found = await self.town.store.get(THREADS, kept.thread if kept else own_thread(self.place))
        assert found is not None
        return found

    async def here(self) -> list[str]:
        """Names of those present."""
        return [m.name for m in (await self.thread()).present]

    async def hear(self, *entries: Entry | None) -> None:
        """Something reaches us; unless we are slow, all that follows is done."""
        await self.town.core.log.append([e for e in entries if e is not None])
        await self.rest()

    async def rest(self) -> None:
        """Let all that follows be done, unless something else is to happen meanwhile."""
        if not self.slow:
            await self.town.quiet()

    def entry(self, who: str, text: str, place: str = "", **more: Any) -> Entry:
        """A message, or what else `more` makes of it."""
        self._said += 1
        place = place or self.place
        made = Entry(
            id=f"{place}:message:{self._said}", thread="", what="message", at=self.town.clock.now(), place=place,
            author=f"paper:{who}", name=who, text=text, value={"kind": "direct" if "-direct" in place else "group"},
        )  # fmt: skip
        return replace(made, **more)

    async def say(self, who: str, text: str, place: str = "") -> None:
        await self.hear(self.entry(who, text, place))

    async def gather(self, *names: str) -> None:
        """These people meet in the group, and each has a direct chat with us."""
        for name in names:
            await self.say(name, "hello")
            await self.say(name, "hello", f"paper:main:{name}-direct")

    async def leave(self, name: str) -> None:
        gone = self.entry(name, "", what="member")
        value = {"kind": "group", "removed": [{"identity": f"paper:{name}", "name": name}]}
        await self.hear(replace(gone, id=f"{gone.id}:member", author="", value=value))

    async def call(self, who: str, capability: str, /, **args: Any) -> None:
        """Ask for a Capability, as a persona's turn does."""
        thread = await self.thread()
        self._said += 1
        value = {"call": capability, "args": args, "person": first_id(f"paper:{who}"), "persona": ""}
        id = f"{thread.id}:call:{self._said}"
        await self.hear(
            Entry(id=id, thread=thread.id, what="call", at=self.town.clock.now(), place=self.place, value=value)
        )

    def seen(self, who: str) -> list[Outgoing]:
        """What hangs in the group for this person and in their direct chat, the newest first."""
        hanging = [*self.town.wall.places[f"paper:main:{who}-direct"].values()]
        hanging += [*self.town.wall.places[self.place].values()]
        return [o for o in reversed(hanging) if not o.reader or f"paper:{who}" in o.reader]

    def buttons(self, who: str, start: str = "") -> list[tuple[Outgoing, Button]]:
        """Buttons that begin so, the newest first."""
        return [(o, b) for o in self.seen(who) for b in o.content.buttons if b.label.startswith(start) and not b.url]

    def pressed(self, who: str, outgoing: Outgoing, button: Button) -> Entry:
        """The press of a button."""
        value = {"kind": "direct" if "-direct" in outgoing.place else "group", "token": button.id}
        entry = self.entry(who, "", outgoing.place, what="press", object=outgoing.shown, value=value)
        return replace(entry, id=f"{entry.id}:press")

    async def press(self, who: str, start: str, nth: int = 0) -> bool:
        """Press the newest button whose label begins so; whether there is one."""
        found = self.buttons(who, start)
        if not found:
            return False
        await self.hear(self.pressed(who, *found[min(nth, len(found) - 1)]))
        return True

    async def vote(self, who: str, nth: int) -> None:
        """Vote for the nth choice of the newest vote that is open, if there is one."""
        for shown in self.seen(who):
            poll = shown.content.poll
            if poll is not None and poll.state == "open" and len(shown.content.buttons) > nth:
                await self.hear(self.pressed(who, shown, shown.content.buttons[nth]))
                return

    async def collections(self) -> Sequence[Collection]:
        """Those of the group, the oldest first."""
        thread = (await self.thread()).id
        found = await self.town.store.find(COLLECTIONS, {"thread": thread}, limit=500)
        return sorted(found, key=lambda c: c.opened_at)

    async def bookings(self, *states: str) -> list[Booking]:
        """The group's bookings in one of these states."""
        thread = (await self.thread()).id
        found = await self.town.store.find(BOOKINGS, {"thread": thread}, limit=500)
        return [b for b in sorted(found, key=lambda b: (b.at, b.id)) if b.state in states]

    async def unpaid(self) -> list[Share]:
        """Shares with a page that takes money."""
        open_ones = [c for c in await self.collections() if c.state in ("open", "collecting", "committed")]
        return [s for c in open_ones for s in c.shares if s.payment and s.state in UNPAID and s.url]

    async def pay(self, share: Share, *, back: bool = True) -> bool:
        """Pay at the page, and perhaps come back from it; whether the service said that it holds the money."""
        held = await quietly(self.town.gateway.pay(share.payment))
        if back:
            await self.hint(share)
        await self.rest()
        return held is not None and held.state == "authorized"

    async def hint(self, share: Share, payment: str = "") -> None:
        """The payer's browser comes back, or the service tells us once more."""
        self._said += 1
        id, _, _ = share.id.rpartition(":")
        thread = next((c.thread for c in await self.collections() if c.id == id), "")
        about = {"thread": thread, "collection": id, "share": share.id}
        notice = Notice(id=f"hint-{self._said}", payment=payment, about=about)
        await self.hear(notice_entry("sandbox", notice, self.town.clock.now()))

    async def token(self, button: Button) -> str:
        """What a button calls."""
        found = await self.town.store.get(TOKENS, button.id)
        return found.call if found else ""


async def quietly(call: Awaitable[T]) -> T | None:
    """What a payer does on the page may fail in front of them."""
    try:
        return await call
    except CaravanError:
        return None
