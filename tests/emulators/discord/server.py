"""The server on loopback: HTTP API and gateway on one port, with the people's side door beside them."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.emulators.discord.api import Api
from tests.emulators.discord.gateway import Gateway
from tests.emulators.discord.people import People
from tests.emulators.discord.world import Json, World


class Emulator:
    """Point `DISCORD_API_BASE` to `url` and `DISCORD_GATEWAY_URL` to `gateway_url`."""

    def __init__(self) -> None:
        self.world = World()
        self.gateway = Gateway(self.world)
        self.api = Api(self.world, self._tell)
        self.people = People(self.world, self.api, self.gateway)
        self.url = self.gateway_url = ""
        self._telling: set[asyncio.Task[None]] = set()

    async def listening(self) -> None:
        """Until a bot hears what happens."""
        async with asyncio.timeout(30):
            while not self.gateway.listening:
                self.gateway.changed.clear()
                await self.gateway.changed.wait()

    def application(self) -> web.Application:
        """API, files and gateway."""
        app = web.Application(client_max_size=128 * 2**20)
        app.add_routes(
            [*self.api.routes(), web.get("/gw/", self.gateway.connect), web.get("/gw", self.gateway.connect)]
        )
        return app

    def at(self, port: int) -> None:
        """Where it is."""
        self.url, self.gateway_url = f"http://127.0.0.1:{port}", f"ws://127.0.0.1:{port}/gw"
        self.world.base, self.gateway.url, self.api.gateway_url = self.url, self.gateway_url, self.gateway_url

    def environ(self) -> dict[str, str]:
        """The settings of a bot that lives here."""
        return {
            "DISCORD_TOKEN": self.world.token,
            "DISCORD_API_BASE": self.url,
            "DISCORD_GATEWAY_URL": self.gateway_url,
        }

    def _tell(self, name: str, content: Json) -> None:
        task = asyncio.create_task(self.gateway.dispatch(name, content))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)


@asynccontextmanager
async def running_emulator(port: int = 0) -> AsyncIterator[Emulator]:
    """An emulator for as long as the block lasts."""
    emulator = Emulator()
    runner = web.AppRunner(emulator.application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    emulator.at(runner.addresses[0][1])
    try:
        yield emulator
    finally:
        await emulator.gateway.drop()
        await runner.cleanup()
