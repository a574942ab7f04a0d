"""The channel at the emulator, without the core: what it hears is kept, what it sends is seen by people."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web

from bot.clock import SystemClock
from bot.documents import Insert
from bot.faults import StoredFaults
from bot.file_links import FileLinks
from bot.files import Files
from bot.kinds import KINDS
from bot.links import Links
from bot.model import BLOBS, Blob, Entry
from bot.ports import ChannelParts, RawRequest, Store
from bot.storage.sqlite import SqliteStore
from channels.whatsapp.accounts import of_settings
from channels.whatsapp.channel import WhatsAppChannel
from channels.whatsapp.records import KINDS as OWN
from tests.emulators.twilio import FROM, SID, TOKEN, Emulator, running_emulator
from tests.servers import free_port


class Wired:
    """A channel, the emulator and what was heard."""

    def __init__(self, channel: WhatsAppChannel, emulator: Emulator, store: Store, clock: SystemClock) -> None:
        self.channel, self.emulator, self.store, self.clock = channel, emulator, store, clock
        self.heard: list[Entry] = []
        self.url = ""

    async def receive(self, request: web.Request) -> web.Response:
        """The door that app.py gives a channel."""
        receipt = await self.channel.receive(
            RawRequest(
                method=request.method, path=request.path, query=request.query, headers=request.headers,
                body=await request.read(), account=request.match_info.get("account", "main"),
            )
        )  # fmt: skip
        self.heard.extend(receipt.entries)
        return web.Response(status=receipt.status, body=receipt.body, content_type=receipt.content_type)

    async def later(self, **by: float) -> None:
        """Time passes for both sides."""
        from datetime import timedelta

        self.clock.offset += timedelta(**by)
        self.emulator.world.later(**by)

    def place(self, name: str, account: str = "main") -> str:
        """A person's Place."""
        return f"whatsapp:{account}:{self.emulator.world.person(name).address.removeprefix('whatsapp:')}"

    async def keep_blob(self, key: str, data: bytes = b"%PDF-1.4 plan", mime: str = "application/pdf") -> None:
        """A file of ours."""
        await self.store.commit([Insert(BLOBS, Blob(id=key, thread="t", name="plan.pdf", mime=mime, data=data))])


@asynccontextmanager
async def wired(folder: Path) -> AsyncIterator[Wired]:
    """Both on loopback; the templates are there when it begins."""
    port = free_port()
    async with running_emulator() as emulator:
        url = f"http://127.0.0.1:{port}"
        environ = {
            "TWILIO_ACCOUNT_SID": SID, "TWILIO_AUTH_TOKEN": TOKEN, "TWILIO_WHATSAPP_FROM": FROM,
            "TWILIO_API_BASE": emulator.url, "PUBLIC_URL": url,
        }  # fmt: skip
        store, clock = SqliteStore(str(folder)), SystemClock()
        await store.open((*KINDS, *OWN))
        parts = ChannelParts(
            store=store, clock=clock, faults=StoredFaults(store, clock), environ=environ, secret="s" * 32, address=url,
            files=Files(store),
        )  # fmt: skip
        account = of_settings(environ)
        assert account is not None
        here = Wired(WhatsAppChannel(parts, account), emulator, store, clock)
        here.url = url
        emulator.people.webhook = f"{url}/hooks/whatsapp"
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.add_routes([web.post("/hooks/whatsapp", here.receive), web.post("/hooks/whatsapp/{account}", here.receive)])
        app.add_routes(FileLinks(Files(store), Links(parts.secret, url, clock), clock).routes())
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            await here.channel.open(_nobody)
            await here.channel.prepared()
            yield here
        finally:
            await here.channel.close()
            await emulator.hooks.settled()
            await runner.cleanup()
            await store.close()


async def _nobody(entries: object) -> None: ...
