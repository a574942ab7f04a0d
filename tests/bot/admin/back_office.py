"""A running core with the admin commands: keepers and travellers talk to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.admin.services import admin_services
from bot.capability import capabilities_of
from bot.content import Content
from bot.kinds import KINDS
from bot.model import Entry, Person
from bot.storage.sqlite import SqliteStore
from personas.admin import PersonasAdmin
from personas.documents import KINDS as PERSONA_KINDS
from tests.bot.parlour import PaperChannel, Parlour, parlour


class Office:
    """Short ways to speak, press and look."""

    def __init__(self, room: Parlour) -> None:
        self.room, self.store = room, room.store

    async def say(self, place: str, who: str, text: str, **more: Any) -> Entry:
        what = "command" if text.startswith("/") else "message"
        return await self.room.say(place, who, text, what=what, **more)

    def shown(self, place: str) -> Content:
        """The last thing that Caravan said there."""
        sent = [o for o in self.room.channel.sent if o.place == f"paper:main:{place}" and o.kind != "person"]
        return sent[-1].content

    def text(self, place: str) -> str:
        """The last thing that Caravan said there, as one text."""
        content = self.shown(place)
        card = content.card
        return "\n".join((content.text, card.title if card else "", *(card.lines if card else ())))

    async def ask(self, place: str, who: str, text: str) -> str:
        """What is said, and the answer to it."""
        await self.say(place, who, text)
        return self.text(place)

    async def press(self, place: str, who: str, label: str) -> str:
        """Press the newest button that begins so; the answer."""
        for outgoing in reversed(self.room.channel.sent):
            for button in outgoing.content.buttons if outgoing.place == f"paper:main:{place}" else ():
                if button.label.startswith(label):
                    entry = self.room.entry(place, who, "", what="press", object=outgoing.shown)
                    await self.room.hear(replace(entry, value={**entry.value, "token": button.id}))
                    return self.text(place)
        raise AssertionError(f"no button {label!r}")

    async def person(self, who: str) -> Person:
        found = await self.room.core.people.of(self.room.entry("anywhere", who, ""))
        return found[0]


@asynccontextmanager
async def office(
    folder: Path, *more: object, channel: PaperChannel | None = None, **given: Any
) -> AsyncIterator[Office]:
    """Ana is the owner, Ben a traveller; both are in the place "group"."""
    store = SqliteStore(str(folder))
    await store.open((*KINDS, *PERSONA_KINDS))
    async with parlour(folder, *more, store=store, channel=channel, **given) as room:
        for service in (*admin_services(store, room.core), PersonasAdmin(store, room.core.pauses)):
            room.core.registry.add(*capabilities_of(service, "admin"))
        made = Office(room)
        await made.say("group", "Ana", "/ping")
        await made.say("group", "Ben", "/ping")
        yield made
    await store.close()
