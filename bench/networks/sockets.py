"""Deliveries over connections that Caravan keeps open: Slack's Socket Mode, and interactions by Discord's gateway."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from aiohttp import web

from bench.networks.deliveries import Delivery
from tests.emulators.discord import server as discord
from tests.emulators.slack.deliveries import Deliveries
from tests.emulators.slack.world import World
from tests.waiting import soon

Bring = Callable[[Delivery], Awaitable[tuple[int, bytes]]]


class Sockets:
    """`url`: where Socket Mode connects to."""

    def __init__(self) -> None:
        self.envelopes, self.url = Deliveries(World()), ""
        self.envelopes.use_sockets = True

    async def connected(self) -> None:
        """Until Caravan listens there."""
        await soon(lambda: self.envelopes.sockets)

    def bring(self, emulator: discord.Emulator, others: Bring) -> Bring:
        """What Slack and Discord tell goes by their sockets, the rest as `others`."""

        async def bring(delivery: Delivery) -> tuple[int, bytes]:
            if delivery.network == "slack":
                envelope = await self.envelopes.send("events_api", json.loads(delivery.body))
                self.envelopes.sent.clear()
                return envelope.answers[-1], b""
            if delivery.asked is None:
                return await others(delivery)
            await emulator.gateway.dispatch("INTERACTION_CREATE", json.loads(delivery.body))
            async with asyncio.timeout(emulator.world.answer_within):
                await emulator.api.answered[delivery.asked.id].wait()
            return 200, b""

        return bring


@asynccontextmanager
async def slack_socket() -> AsyncIterator[Sockets]:
    """A server for Socket Mode for as long as the block lasts."""
    sockets, app = Sockets(), web.Application()
    app.add_routes([web.get("/socket", sockets.envelopes.socket)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    sockets.url = f"ws://127.0.0.1:{runner.addresses[0][1]}/socket"
    try:
        yield sockets
    finally:
        await sockets.envelopes.close()
        await runner.cleanup()
