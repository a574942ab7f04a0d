"""One Caravan at four emulated networks, and people on them who all say, ask, press and see in the same words."""

import asyncio
import re
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.emulators import telegram, twilio
from tests.emulators.discord import server as discord_server
from tests.emulators.four import running_emulators
from tests.emulators.slack import people as slack_people
from tests.emulators.slack import server as slack_server
from tests.emulators.slack import world as slack_world
from tests.stories.caravan import Caravan
from tests.waiting import PATIENCE, soon

# Discord tells with each answer how long its windows are, in real seconds: here they are a twentieth as long.
SHORTER = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A message of ours as a person sees it. `alone`: nobody else there does; `links`: addresses that it opens."""

    id: str
    text: str
    by: str = ""
    labels: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    reactions: tuple[str, ...] = ()
    reply_to: str = ""
    alone: bool = False


class Phone(ABC):
    """A person on one network. Ids are the network's."""

    def __init__(self, name: str) -> None:
        self.name = name

    @abstractmethod
    async def say(self, text: str, reply_to: str = "") -> str:
        """Words to all; their id."""

    @abstractmethod
    async def ask(self, command: str) -> None:
        """A slash command, as the network has them."""

    @abstractmethod
    async def press(self, message: Seen, label: str) -> None:
        """A button, or an option of a menu."""

    @abstractmethod
    def seen(self) -> Sequence[Seen]:
        """All that this person has from us now, oldest first."""

    @property
    def read(self) -> frozenset[str]:
        """The ids of what has been seen."""
        return frozenset(m.id for m in self.seen())

    async def shown(self, so: Callable[[Seen], bool] | str, beside: Collection[str] = ()) -> Seen:
        """The newest message that is so, or has these words, when it has come; none of those beside."""

        def fits(m: Seen) -> bool:
            return so.casefold() in f"{m.by}: {m.text}".casefold() if isinstance(so, str) else so(m)

        async def there() -> Seen | None:
            return next((m for m in reversed(self.seen()) if m.id not in beside and fits(m)), None)

        try:
            found: Seen = await soon(there)
        except AssertionError:
            has = "\n".join(map(str, self.seen()[-8:]))
            raise AssertionError(f"{self.name} never saw {so!r} but last:\n{has}") from None
        return found


class Telegram(Phone):
    """In a group, and in a chat of their own with the bot."""

    def __init__(self, name: str, emulator: telegram.Emulator, group: int = 0) -> None:
        super().__init__(name)
        self.emulator, self.people = emulator, emulator.people
        self.own = self.people.start(name, emulator.bot).id
        self.group = group or self.own

    async def say(self, text: str, reply_to: str = "") -> str:
        return str(self.people.say(self.group, self.name, text, reply_to=int(reply_to or 0)))

    async def ask(self, command: str) -> None:
        await self.say(command)

    async def press(self, message: Seen, label: str) -> None:
        chat, _, number = message.id.partition("/")
        self.people.press(int(chat), self.name, int(number), label)

    def seen(self) -> list[Seen]:
        chats = [self.emulator.world.chats[c] for c in dict.fromkeys((self.group, self.own))]
        ours = [
            (m["date"], chat.id, m) for chat in chats for m in chat.messages.values()
            if m["from"]["is_bot"] and not m.get("_deleted") and "new_chat_members" not in m
        ]  # fmt: skip
        return [self._seen(chat, m) for _, chat, m in sorted(ours, key=lambda o: o[0])]

    def _seen(self, chat: int, m: dict[str, Any]) -> Seen:
        buttons = [b for row in m.get("reply_markup", {}).get("inline_keyboard", []) for b in row]
        text = str(m.get("text") or m.get("caption") or "")
        given = [r["emoji"] for all_ in m.get("_reactions", {}).values() for r in all_]
        return Seen(
            id=f"{chat}/{m['message_id']}", text=text, labels=tuple(b["text"] for b in buttons),
            links=links(text, *(b.get("url", "") for b in buttons)), files=tuple(m.get("_names", ())),
            reactions=tuple(given), reply_to=str(m.get("reply_to_message", {}).get("message_id", "")),
            alone=chat == self.own,
        )  # fmt: skip


class WhatsApp(Phone):
    """Alone with our number, as everybody there is."""

    def __init__(self, name: str, emulator: twilio.Emulator) -> None:
        super().__init__(name)
        self.emulator = emulator

    async def say(self, text: str, reply_to: str = "") -> str:
        return await self.emulator.people.say(self.name, text, reply_to=reply_to)

    async def ask(self, command: str) -> None:
        await self.say(command)

    async def press(self, message: Seen, label: str) -> None:
        await self.emulator.people.press(self.name, message.id, label)

    def seen(self) -> list[Seen]:
        return [
            Seen(
                id=m.sid, text=m.body.replace("*", ""), labels=tuple(label for label, _ in m.buttons),
                links=links(m.body), files=tuple(f.name for f in m.media), reply_to=m.reply_to, alone=True,
            )
            for m in self.emulator.world.with_person(self.name) if m.outbound
        ]  # fmt: skip


class Slack(Phone):
    """In a channel, or in a direct message to the app."""

    def __init__(
        self, name: str, emulator: slack_server.Emulator, channel: str = "", room: slack_world.Channel | None = None
    ) -> None:
        super().__init__(name)
        self.emulator, self.people, world = emulator, emulator.people, emulator.world
        self.ws = next(iter(world.workspaces.values()))
        if room is not None:
            room.members.append(world.person(self.ws, name))
        self.room = room or (world.channel(self.ws, channel, name) if channel else world.direct(self.ws, name))

    async def say(self, text: str, reply_to: str = "") -> str:
        return await self.people.say(self.ws, self.room, self.name, text, thread=reply_to)

    async def ask(self, command: str) -> None:
        name, _, rest = command.partition(" ")
        await self.people.command(self.ws, self.room, self.name, "/caravan", f"{name.removeprefix('/')} {rest}".strip())

    async def press(self, message: Seen, label: str) -> None:
        assert await self.people.press(self.ws, self.room, self.name, message.id, label) == 200

    def seen(self) -> list[Seen]:
        there = self.people.seen(self.ws, self.room, self.name)
        return [self._seen(m) for m in there if m.bot and not m.deleted and not m.streaming]

    def _seen(self, m: slack_world.Message) -> Seen:
        controls = [e for b in m.blocks if b["type"] == "actions" for e in b["elements"]]
        text = slack_people.read(m)
        return Seen(
            id=m.ts, text=text, by=m.username, labels=slack_people.labels(m),
            links=links(text, *(str(e.get("url", "")) for e in controls)),
            files=tuple(self.ws.files[f].name for f in m.files), reactions=tuple(m.reactions), reply_to=m.thread_ts,
            alone=bool(m.alone),
        )  # fmt: skip


class Discord(Phone):
    """In a channel of a server, or in a direct message."""

    def __init__(self, name: str, emulator: discord_server.Emulator, channel: str = "", room: str = "") -> None:
        super().__init__(name)
        self.emulator, self.people = emulator, emulator.people
        self.room = room or (emulator.world.add_channel(channel) if channel else self.people.direct(name))

    async def say(self, text: str, reply_to: str = "") -> str:
        if reply_to:
            return await self.people.reply(self.room, self.name, reply_to, text)
        return await self.people.say(self.room, self.name, text)

    async def ask(self, command: str) -> None:
        """By a native command where it takes such words, else as text."""
        name, _, words = command.removeprefix("/").partition(" ")
        offered = {c["name"]: [o["name"] for o in c.get("options", ())] for c in self.emulator.world.commands}
        options = offered.get(name)
        if options is None or (words and not options):
            await self.say(command)
            return
        given = next((o for o in options if o == "words"), next(iter(options), ""))
        await self.people.command(self.room, self.name, name, **({given: words} if words else {}))

    async def press(self, message: Seen, label: str) -> None:
        await self.people.press(self.room, self.name, message.id, label)

    def seen(self) -> list[Seen]:
        there = self.people.seen(self.room, self.name)
        return [self._seen(m) for m in there if m["author"].get("bot") and not m["flags"] & 128]

    def _seen(self, m: dict[str, Any]) -> Seen:
        controls = [c for row in m["components"] for c in row["components"]]
        cards = "\n".join(f"{e.get('title', '')}\n{e.get('description', '')}" for e in m["embeds"])
        text = f"{m['content']}\n{cards}".replace("\\", "").replace("*", "").strip()
        shown = [o["label"] for c in controls for o in c.get("options", (c,))]
        given = [k.partition("|")[0] for k, who in self.emulator.world.reactions.get(m["id"], {}).items() if who]
        return Seen(
            id=m["id"], text=text, by=m["author"]["username"], labels=tuple(shown),
            links=links(text, *(str(c.get("url", "")) for c in controls)),
            files=tuple(a["filename"] for a in m["attachments"]), reactions=tuple(given),
            reply_to=str((m.get("message_reference") or {}).get("message_id", "")), alone=bool(m.get("only_for")),
        )  # fmt: skip


def links(text: str, *more: str) -> tuple[str, ...]:
    """The addresses in a text, and others that are none of its words."""
    return (*(url.rstrip(".)>") for url in re.findall(r"https?://[^\s|>]+", text)), *filter(None, more))


@dataclass(slots=True)
class Networks:
    """The four networks, and Caravan, which lives on all of them. `people`: in the order that they came."""

    caravan: Caravan
    telegram: telegram.Emulator
    whatsapp: twilio.Emulator
    slack: slack_server.Emulator
    discord: discord_server.Emulator

    async def answered(self) -> None:
        """Until every press on Telegram has its answer, without which the button there would turn for ever."""
        await soon(lambda: all(c["answered"] is not None for c in self.telegram.world.callbacks.values()))

    def refused(self) -> dict[str, list[str]]:
        """What the networks found wrong with what we did there, our pace too, but for what stood there already."""
        return {
            "telegram": [f"{m} {why}" for m, why in self.telegram.refused if "not modified" not in why],
            "whatsapp": self.whatsapp.refused,
            "slack": [f"{m} {why}" for m, why in self.slack.refused] + self.slack.people.wrong,
            "discord": self.discord.api.refused + self.discord.people.failed + self.discord.gateway.wrong,
        }

    async def later(self, minutes: int) -> None:
        """Time passes everywhere; at the networks first, which count how much is sent in how much of it."""
        await self.answered()
        self.telegram.world.offset += timedelta(minutes=minutes)
        self.whatsapp.world.later(minutes=minutes)
        self.slack.rates.ahead += 60 * minutes
        self.discord.world.ahead += 60 * minutes
        await self.caravan.post("clock", advance=f"PT{minutes}M")


@asynccontextmanager
async def four_networks(folder: Path) -> AsyncIterator[Networks]:
    """Caravan as a process at the four emulators, for as long as the block lasts."""
    async with AsyncExitStack() as stack:
        emulators = await stack.enter_async_context(running_emulators())
        caravan = Caravan(folder, SIMULATOR="1")
        caravan.given |= emulators.environ(caravan.url)
        emulators.discord.world.answer_within = emulators.slack.deliveries.wait = PATIENCE
        await asyncio.to_thread(caravan.start)
        stack.push_async_callback(asyncio.to_thread, caravan.stop)
        await emulators.discord.listening()
        emulators.discord.api.shorten(SHORTER)
        yield Networks(caravan, emulators.telegram, emulators.whatsapp, emulators.slack, emulators.discord)
        await emulators.whatsapp.hooks.settled()
