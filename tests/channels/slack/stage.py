"""A Slack workspace with Ana and Ben in one channel, the emulator beside it, and our Channel between them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import SystemClock
from bot.documents import Insert
from bot.errors import RetryLater
from bot.faults import StoredFaults
from bot.files import Files
from bot.model import BLOBS, KINDS, Blob, Entry
from bot.ports import Channel, ChannelParts, RawRequest, Receipt
from bot.shown import SHOWN_PARTS
from bot.storage.sqlite import SqliteStore
from channels import CHANNELS
from channels.slack.channel import SlackChannel
from tests.contracts.channel_contract import Seen
from tests.emulators.slack.deliveries import encoded
from tests.emulators.slack.people import labels, read
from tests.emulators.slack.server import APP_TOKEN, Emulator, running_emulator

SECRET = "a secret of more than sixteen characters"


class SlackSide:
    """The other end of the Channel: people of the emulator, and what the Channel made of what they did."""

    def __init__(self, emulator: Emulator, channel: SlackChannel, store: SqliteStore) -> None:
        self.emulator, self.slack, self.store = emulator, channel, store
        self.channel: Channel = channel
        self.ws = next(iter(emulator.world.workspaces.values()))
        self.room = emulator.world.channel(self.ws, "lamu-trip", "Ana", "Ben")
        self.place = f"slack:main:{self.room.id}"
        self.heard: list[Entry] = []
        self.statuses: list[int] = []
        self.down = 0

    async def inbox(self, entries: Sequence[Entry]) -> None:
        """The log, which may be away for `down` calls."""
        if self.down:
            self.down -= 1
            raise RetryLater(1, "the Store is away")
        self.heard += entries

    async def door(self, request: web.Request) -> web.Response:
        """POST /hooks/slack as the product has it."""
        receipt = await self.channel.receive(await raw(request))
        try:
            await self.inbox(receipt.entries)
        except RetryLater:
            receipt = Receipt(status=503)
        self.statuses.append(receipt.status)
        return web.Response(status=receipt.status, body=receipt.body or None)

    async def seen(self, person: str = "Ana") -> Sequence[Seen]:
        found = self.emulator.people.seen(self.ws, self.room, person)
        return [await self._seen(said, person) for said in found]

    async def _seen(self, said: Any, person: str) -> Seen:
        fields = await self._fields(said, person)
        shown = "" if said.bot and not said.username else said.username
        names = self.ws.files
        return Seen(
            id=f"alone:{said.ts}" if said.alone else said.ts, author=shown or self.ws.users[said.user], text=read(said),
            deleted=said.deleted, reply_to="" if said.thread_ts in ("", said.ts) else said.thread_ts,
            buttons=() if fields else labels(said), files=tuple(names[f].name for f in said.files), form=fields,
        )  # fmt: skip

    async def _fields(self, said: Any, person: str) -> tuple[str, ...]:
        """The inputs of the form that the first button under a message opens, if it opens one."""
        before, heard = len(self.emulator.methods.views), list(self.heard)
        elements = [e for b in said.blocks for e in b.get("elements", ())]
        for opens in (e for e in elements if str(e.get("value", "")).startswith("{")):
            await self.emulator.people.press(self.ws, self.room, person, said.ts, opens["text"]["text"])
        self.heard[:] = heard
        return tuple(b["block_id"] for view in self.emulator.methods.views[before:] for b in view["blocks"])

    async def says(self, person: str, text: str, *, twice: bool = False) -> str:
        if text.startswith("/"):
            command, _, rest = text.partition(" ")
            return await self.emulator.people.command(self.ws, self.room, person, command, rest)
        return await self.emulator.people.say(self.ws, self.room, person, text, twice=twice)

    async def edits(self, person: str, message: str, text: str) -> None:
        await self.emulator.people.edit(self.ws, self.room, message, text)

    async def deletes(self, person: str, message: str) -> None:
        await self.emulator.people.delete(self.ws, self.room, message)

    async def reacts(self, person: str, message: str, emoji: str) -> None:
        await self.emulator.people.react(self.ws, self.room, person, message, emoji)

    async def presses(self, person: str, message: str, label: str) -> None:
        await self.emulator.people.press(self.ws, self.room, person, message.removeprefix("alone:"), label)

    def reader(self, person: str) -> str:
        return f"slack:{self.emulator.world.person(self.ws, person)}"

    def forged(self) -> RawRequest | None:
        return request("events_api", {"type": "event_callback"}, {"X-Slack-Signature": "v0=" + "0" * 64})

    def signed(self, kind: str, payload: Mapping[str, Any], at: int = 0) -> RawRequest:
        """A request as Slack signs it."""
        body, _ = encoded(kind, payload)
        return request(kind, payload, self.emulator.deliveries.signed(body, at))

    async def event(self, event: Mapping[str, Any]) -> Sequence[Entry]:
        """What the Channel makes of one event, brought to its door by hand."""
        envelope = {"type": "event_callback", "team_id": self.ws.id, "event_id": "Ev1", "event": dict(event)}
        receipt = await self.channel.receive(self.signed("events_api", envelope))
        assert receipt.status == 200
        return receipt.entries


def request(kind: str, payload: Mapping[str, Any], headers: Mapping[str, str]) -> RawRequest:
    """A request to the hook."""
    body, type_ = encoded(kind, payload)
    stamped = {"X-Slack-Request-Timestamp": "1", "Content-Type": type_, **headers}
    return RawRequest(method="POST", path="/hooks/slack", query={}, headers=stamped, body=body)


async def raw(request: web.Request) -> RawRequest:
    return RawRequest(
        method=request.method, path=request.path, query=request.query, headers=request.headers,
        body=await request.read(),
    )  # fmt: skip


@asynccontextmanager
async def staged(folder: Path, *, socket: bool = False, **settings: str) -> AsyncIterator[SlackSide]:
    """Everything connected, over HTTP or by the socket. `settings`: SLACK_... as given, "" leaves one out."""
    async with running_emulator() as emulator:
        token = emulator.world.workspace().token
        environ = {"SLACK_BOT_TOKEN": token, "SLACK_SIGNING_SECRET": emulator.deliveries.secret}
        environ |= {"SLACK_APP_TOKEN": APP_TOKEN} if socket else {}
        store = SqliteStore(folder)
        await store.open((*KINDS, SHOWN_PARTS, *SlackChannel.kinds))
        channel = made(store, {**environ, "SLACK_API_BASE": emulator.url, **settings})
        side = SlackSide(emulator, channel, store)
        await store.commit(
            [Insert(BLOBS, Blob(id="k", thread="t", name="plan.pdf", mime="application/pdf", data=b"%PDF"))]
        )
        runner = await _doors(side)
        await channel.open(side.inbox)
        if socket:
            emulator.deliveries.use_sockets = True
        try:
            yield side
        finally:
            await channel.close()
            await runner.cleanup()
            await store.close()


def made(store: SqliteStore, environ: Mapping[str, str]) -> SlackChannel:
    """The Channel that these settings ask for."""
    clock = SystemClock()
    parts = ChannelParts(
        store=store, clock=clock, faults=StoredFaults(store, clock), environ=environ, secret=SECRET,
        address="http://127.0.0.1:1", files=Files(store),
    )  # fmt: skip
    channel = CHANNELS["slack"](parts)
    assert isinstance(channel, SlackChannel)
    return channel


async def _doors(side: SlackSide) -> web.AppRunner:
    app = web.Application()
    app.add_routes([web.post("/hooks/slack", side.door), *side.slack.routes()])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    side.emulator.deliveries.hook = f"http://127.0.0.1:{runner.addresses[0][1]}/hooks/slack"
    return runner
