"""The web side: network hooks, health, readiness and metrics, on aiohttp."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from aiohttp import web
from prometheus_client import CollectorRegistry, generate_latest

from bot.errors import RetryLater, Unknown
from bot.log import ThreadLog
from bot.ports import Channel, RawRequest

LARGEST = 8 * 1024 * 1024

Ready = Callable[[], Awaitable[dict[str, str]]]


class Hooks:
    """`POST /hooks/{channel}[/{account}]`: the network gets its answer once the Entries are durable."""

    def __init__(self, channels: Mapping[str, Channel], log: ThreadLog) -> None:
        self._channels, self._log = channels, log

    async def receive(self, request: web.Request) -> web.Response:
        """404 for a channel that is not connected, 413 for a body that is too large, 503 while the Store is away:

        the network brings it again."""
        channel = self._channels.get(request.match_info["channel"])
        if channel is None:
            return web.Response(status=404, text="no such channel")
        return await self._received(channel, request)

    async def _received(self, channel: Channel, request: web.Request) -> web.Response:
        receipt = await channel.receive(
            RawRequest(
                method=request.method, path=request.path, query=request.query, headers=request.headers,
                body=await request.read(), account=request.match_info.get("account", "main"),
            )
        )  # fmt: skip
        try:
            await self._log.append(receipt.entries)
        except (RetryLater, Unknown):
            return web.Response(status=503, text="not now", headers={"Retry-After": "1"})
        if not receipt.body:
            return web.Response(status=receipt.status)
        return web.Response(status=receipt.status, body=receipt.body, content_type=receipt.content_type)

    def routes(self) -> list[web.RouteDef]:
        """One for each channel, found without a pattern, and those for accounts of their own."""
        own = [web.post(f"/hooks/{name}", partial(self._received, channel)) for name, channel in self._channels.items()]
        patterns = ("/hooks/{channel}", "/hooks/{channel}/{account}")
        return [*own, *(web.post(pattern, self.receive) for pattern in patterns)]


class Health:
    """`/healthz`, `/readyz`, `/metrics`. `ready` names each dependency and what is wrong ("" when well)."""

    def __init__(self, ready: Ready, metrics: CollectorRegistry) -> None:
        self._ready, self._metrics = ready, metrics

    async def alive(self, request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readiness(self, request: web.Request) -> web.Response:
        found = await self._ready()
        well = not any(found.values())
        state = {name: wrong or "ok" for name, wrong in found.items()}
        return web.json_response({"ready": well, "dependencies": state}, status=200 if well else 503)

    async def metrics(self, request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._metrics), content_type="text/plain")


def application(hooks: Hooks, health: Health) -> web.Application:
    """The aiohttp application with the doors that every installation has."""
    app = web.Application(client_max_size=LARGEST)
    app.add_routes(
        [
            *hooks.routes(),
            web.get("/healthz", health.alive),
            web.get("/readyz", health.readiness),
            web.get("/metrics", health.metrics),
        ]
    )
    return app
