"""The Telegram channel at the emulator: a webhook of its own on loopback, a store of its own, people who talk."""

import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.clock import SystemClock
from bot.faults import StoredFaults
from bot.files import Files
from bot.kinds import KINDS
from bot.model import BLOBS, Blob, Entry
from bot.ports import ChannelParts, Locks, RawRequest, Receipt
from bot.storage.sqlite import SqliteStore
from channels.telegram.channel import TelegramChannel
from tests.emulators.telegram import TOKEN, Emulator, running_emulator

SECRET = "a-secret-of-the-tests"


class Wired:
    """`heard`: every Entry. `receipts`: what the webhook answered with. `refusing`: webhooks answered 503 so often."""

    def __init__(self, emulator: Emulator, channel: TelegramChannel, store: SqliteStore) -> None:
        self.emulator, self.channel, self.store = emulator, channel, store
        self.heard: list[Entry] = []
        self.receipts: list[Receipt] = []
        self.refusing = 0

    async def inbox(self, entries: Sequence[Entry]) -> None:
        self.heard += entries

    async def hook(self, request: web.Request) -> web.Response:
        if self.refusing:
            self.refusing -= 1
            return web.Response(status=503)
        account = request.match_info.get("account", "main")
        receipt = await self.channel.receive(
            RawRequest(
                method=request.method, path=request.path, query={}, headers=request.headers,
                body=await request.read(), account=account,
            )
        )  # fmt: skip
        self.receipts.append(receipt)
        self.heard += receipt.entries
        return web.Response(status=receipt.status)

    async def receive(self, update: dict[str, Any] | bytes, secret: str = SECRET, **more: Any) -> Receipt:
        """A delivery by hand."""
        body = update if isinstance(update, bytes) else json.dumps(update).encode()
        headers = {"x-telegram-bot-api-secret-token": secret}
        return await self.channel.receive(
            RawRequest(method="POST", path="/hooks/telegram", query={}, headers=headers, body=body, **more)
        )

    async def settled(self) -> None:
        await self.emulator.hooks.settled()


def made(
    store: SqliteStore, clock: SystemClock, emulator: Emulator, locks: Locks | None = None, **environ: str
) -> TelegramChannel:
    """A channel at an emulator; by polling, unless the settings say otherwise."""
    environ = {"TELEGRAM_TOKEN": TOKEN, "TELEGRAM_API_BASE": emulator.url, **environ}
    parts = ChannelParts(
        store=store, clock=clock, faults=StoredFaults(store, clock), environ=environ, files=Files(store), locks=locks
    )  # fmt: skip
    return TelegramChannel(parts)


@asynccontextmanager
async def wired(folder: Path, *, polling: bool = False, **more: Any) -> AsyncIterator[Wired]:
    """A channel that is open at an emulator, by webhook or by polling."""
    async with running_emulator(**more) as emulator:
        store, clock = SqliteStore(folder), SystemClock()
        await store.open(KINDS)
        hooks = web.Application()
        runner = web.AppRunner(hooks)
        hosted: list[Wired] = []

        async def hook(request: web.Request) -> web.Response:
            return await hosted[0].hook(request)

        hooks.add_routes([web.post("/hooks/telegram", hook)])
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        webhook = {} if polling else {"PUBLIC_URL": address, "TELEGRAM_WEBHOOK_SECRET": SECRET}
        channel = made(store, clock, emulator, **webhook)
        here = Wired(emulator, channel, store)
        hosted.append(here)
        await channel.open(here.inbox)
        try:
            yield here
        finally:
            await channel.close()
            await runner.cleanup()
            await store.close()


async def keep_blob(store: SqliteStore, key: str, data: bytes = b"%PDF") -> None:
    """A file's bytes, stored."""
    from bot.documents import Insert

    blob = Blob(id=key, thread="t", name="plan.pdf", mime="application/pdf", data=data)
    await store.commit([Insert(BLOBS, blob)])
