"""A Discord server with Ana and Ben in one channel, the emulator beside it, and our Channel between them."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import SystemClock
from bot.documents import Insert
from bot.faults import StoredFaults
from bot.files import Files
from bot.kinds import KINDS
from bot.model import BLOBS, Blob, Entry
from bot.ports import ChannelParts, Locks, RawRequest
from bot.storage.sqlite import SqliteStore
from channels.discord.channel import DiscordChannel
from channels.discord.outbound import FORM
from tests.contracts.channel_contract import Seen
from tests.emulators.discord.server import Emulator, running_emulator
from tests.emulators.discord.world import Json
from tests.waiting import PATIENCE

_ESCAPED = re.compile(r"\\([\\*_~`|<>#\-+])")


class DiscordSide:
    """The other end of the Channel: people of the emulator, and what the Channel made of what they did."""

    def __init__(self, emulator: Emulator, channel: DiscordChannel, store: SqliteStore) -> None:
        self.emulator, self.channel, self.store, self.people = emulator, channel, store, emulator.people
        self.room = emulator.world.add_channel("lamu-trip")
        self.place = f"discord:main:{self.room}"
        self.heard: list[Entry] = []
        self.answers: list[Any] = []
        self.refuses = 0
        self.by_http = False
        self._news = asyncio.Event()

    async def inbox(self, entries: Sequence[Entry]) -> None:
        if self.refuses:
            self.refuses -= 1
            raise ConnectionError("the store is away")
        self.heard += entries
        self._news.set()

    async def door(self, request: web.Request) -> web.Response:
        """POST /hooks/discord as the product has it."""
        raw = RawRequest(method=request.method, path=request.path, query=request.query, headers=request.headers,
                         body=await request.read())  # fmt: skip
        receipt = await self.channel.receive(raw)
        if receipt.entries:
            await self.inbox(receipt.entries)
        return web.Response(status=receipt.status, body=receipt.body or None, content_type=receipt.content_type)

    async def hears(self, more: Callable[[], bool]) -> None:
        """Until that is true of what was heard."""
        async with asyncio.timeout(PATIENCE):
            while not more():
                self._news.clear()
                await self._news.wait()

    async def _told(self, count: int = 1) -> None:
        before = len(self.heard)
        await self.hears(lambda: len(self.heard) >= before + count)

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        """In the channel, and in the direct conversation."""
        there = [self.room, self.people.direct(person)]
        return [await self._seen(m, person, c != self.room) for c in there for m in self.people.seen(c, person)]

    async def _seen(self, message: Json, person: str, direct: bool) -> Seen:
        form = await self._fields(message, person)
        components = [c for row in message["components"] for c in row["components"]]
        labels = [
            x for c in components for x in ([o["label"] for o in c["options"]] if "options" in c else [c["label"]])
        ]
        cards = "\n".join(f"{e.get('title', '')}\n{e.get('description', '')}" for e in message["embeds"])
        return Seen(
            id=part_of(message, direct), author=message["author"]["username"],
            text=plain("\n".join(filter(None, (message["content"], cards)))),
            reply_to=(message.get("message_reference") or {}).get("message_id", ""), form=form,
            buttons=() if form else tuple(labels), files=tuple(a["filename"] for a in message["attachments"]),
        )  # fmt: skip

    async def _fields(self, message: Json, person: str) -> tuple[str, ...]:
        """The inputs of the form that a button under a message opens, if one does."""
        for one in (c for row in message["components"] for c in row["components"]):
            if str(one.get("custom_id", "")).startswith(FORM):
                await self.people.press(self.room, person, message["id"], one["label"])
                modal = self.emulator.api.modals.pop(self.emulator.world.person(person))
                return tuple(c["component"]["custom_id"] for c in modal["components"])
        return ()

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        id, _ = await asyncio.gather(self.people.say(self.room, person, text, twice=twice), self._told(1 + twice))
        return id

    async def edits(self, person: str, message: str, text: str) -> None:
        await asyncio.gather(self.people.edit(self.room, message, text), self._told())

    async def deletes(self, person: str, message: str) -> None:
        await asyncio.gather(self.people.delete(self.room, message), self._told())

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        await asyncio.gather(self.people.react(self.room, person, message, emoji), self._told())

    async def presses(self, person: str, message: str, label: str) -> None:
        await asyncio.gather(self.people.press(self.room, person, message, label), self._told())

    def reader(self, person: str) -> str:
        return f"discord:{self.emulator.world.person(person)}"

    def forged(self) -> RawRequest | None:
        if not self.by_http:
            return None
        signed = self.people.signed(b'{"type":1}')
        return request(b'{"type":1}', {**signed, "X-Signature-Ed25519": "0" * 128})


def part_of(message: Json, direct: bool) -> str:
    """The part id that the Channel has for a message."""
    if message.get("only_for"):
        return f"{message['id']}e"
    if direct:
        return f"{message['id']}@{message['channel_id']}"
    hook = message.get("webhook_id")
    return f"{message['id']}w{hook}" if hook and hook != message["application_id"] else str(message["id"])


def plain(text: str) -> str:
    """What people read of Discord's Markdown, as far as these tests have it."""
    text = text.replace("```\n", "").replace("**", "")
    return _ESCAPED.sub(lambda m: m[1], text)


def request(body: bytes, headers: dict[str, str]) -> RawRequest:
    """A request to the hook."""
    given = {name.lower(): value for name, value in headers.items()}
    return RawRequest(method="POST", path="/hooks/discord", query={}, headers=given, body=body)


class QuickClock(SystemClock):
    """The machine's time; pauses are short and noted."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(min(seconds, 0.01))


@asynccontextmanager
async def staged(
    folder: Path, *, http: bool = False, ready: bool = True, buckets: bool = False, locks: Locks | None = None
) -> AsyncIterator[DiscordSide]:
    """Everything connected; interactions over HTTP or by the gateway. `ready`: wait until the bot listens. `locks`:
    what it shares with other processes."""
    async with running_emulator() as emulator:
        if not buckets:
            emulator.api.buckets = {}
        store = SqliteStore(folder)
        await store.open(KINDS)
        side = DiscordSide(emulator, made(store, emulator, http, locks=locks), store)
        side.by_http = http
        await store.commit(
            [Insert(BLOBS, Blob(id="k", thread="t", name="plan.pdf", mime="application/pdf", data=b"%PDF"))]
        )
        runner = await _doors(side)
        if http:
            emulator.people.endpoint = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/discord"
        await side.channel.open(side.inbox)
        if ready:
            await emulator.listening()
        try:
            yield side
        finally:
            await side.channel.close()
            await runner.cleanup()
            await store.close()


def made(
    store: SqliteStore, emulator: Emulator, http: bool = False, clock: SystemClock | None = None,
    locks: Locks | None = None,
) -> DiscordChannel:  # fmt: skip
    """The Channel for this emulator."""
    clock = clock or QuickClock()
    environ = {**emulator.environ(), "DISCORD_PUBLIC_KEY": emulator.people.public_key if http else ""}
    faults, files = StoredFaults(store, clock), Files(store)
    parts = ChannelParts(store=store, clock=clock, faults=faults, environ=environ, files=files, locks=locks)
    return DiscordChannel(parts)


async def _doors(side: DiscordSide) -> web.AppRunner:
    app = web.Application()
    app.add_routes([web.post("/hooks/discord", side.door)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner
