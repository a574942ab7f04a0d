"""The server: the Web API, uploads and downloads, response_urls, the socket, the install page, and faults on demand."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from channels.slack.limits import METHODS, RESPONSE_URL_USES
from tests.emulators.slack.deliveries import Deliveries
from tests.emulators.slack.methods import Methods, code, respond
from tests.emulators.slack.people import People
from tests.emulators.slack.strictness import Rates, check
from tests.emulators.slack.world import Refused, Workspace, World

APP_TOKEN = "xapp-emulated"


class Emulator:
    """`calls`: method and arguments of each accepted request; `refused`: method and code of each other one.

    `faults`: (method, what) taken once each: "drop before", "drop after", "5xx", "slow", "fine", a code of Slack's."""

    def __init__(self) -> None:
        self.world, self.rates = World(), Rates()
        self.deliveries = Deliveries(self.world)
        self.methods = Methods(self.world, self._told)
        self.people = People(self.world, self.methods, self.deliveries)
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[tuple[str, str]] = []
        self.faults: deque[tuple[str, str]] = deque()
        self.scopes_asked = ""
        self._uses: dict[str, int] = {}
        self._telling: set[asyncio.Task[None]] = set()
        self.url = ""

    def application(self) -> web.Application:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes(
            [
                web.post("/api/{method}", self._api), web.get("/api/{method}", self._api),
                web.post("/upload/{team}/{file}", self._upload), web.get("/files/{file}", self._download),
                web.post("/response/{team}/{channel}/{user}/{ts}/{id}", self._response),
                web.get("/socket", self.deliveries.socket), web.get("/oauth/v2/authorize", self._authorize),
            ]
        )  # fmt: skip
        return app

    def at(self, url: str) -> None:
        """Where people and the app find it."""
        self.url = self.methods.url = url

    def counted(self, method: str) -> int:
        """How often a method was called and accepted."""
        return sum(name == method for name, _ in self.calls)

    async def _told(self, *told: Any) -> None:
        """What the app does itself comes back to it as news, a little later."""
        task = asyncio.create_task(self.people.told(*told))
        self._telling.add(task)
        task.add_done_callback(self._telling.discard)

    async def close(self) -> None:
        """Hang up; what is still to be told is told to nobody."""
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)
        await self.deliveries.close()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        args = await _arguments(request)
        fault = self._fault(method)
        if fault == "drop before" and request.transport is not None:
            request.transport.abort()
            return web.Response()
        try:
            answer = await self._called(request, method, args, fault)
        except Refused as why:
            self.refused.append((method, why.code))
            return _refusal(why)
        if fault == "drop after" and request.transport is not None:
            request.transport.abort()
        if fault == "slow":
            await asyncio.sleep(0.1)
        return web.json_response({"ok": True, **answer})

    async def _called(self, request: web.Request, method: str, args: dict[str, Any], fault: str) -> dict[str, Any]:
        if method not in METHODS:
            raise Refused("unknown_method")
        if fault == "5xx":
            raise Refused("", status=503)
        if fault and fault not in ("drop after", "slow", "fine"):
            raise Refused(fault)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        if method == "oauth.v2.access":
            given = aiohttp.BasicAuth.decode(request.headers["Authorization"])
            args |= {"client_id": given.login, "client_secret": given.password}
            check(method, args)
            self.calls.append((method, args))
            return await self.methods.oauth_v2_access(args)
        if method == "apps.connections.open":
            if token != APP_TOKEN:
                raise Refused("invalid_auth")
            return {"url": f"{self.url.replace('http', 'ws', 1)}/socket"}
        ws = self.world.by_token(token)
        needs = METHODS[method].needs
        if needs and not ws.scopes & set(needs):
            raise Refused("missing_scope", needed=needs[0], provided=",".join(sorted(ws.scopes)))
        check(method, args)
        self.rates.take(self.world.now(), ws.id, method, str(args.get("channel", "")))
        answer: dict[str, Any] = await getattr(self.methods, method.replace(".", "_"))(ws, args)
        self.calls.append((method, args))
        return answer

    def _fault(self, method: str) -> str:
        found = next((f for f in self.faults if f[0] == method), None)
        if found is None:
            return ""
        self.faults.remove(found)
        return found[1]

    async def _upload(self, request: web.Request) -> web.Response:
        found = self._team(request).files.get(request.match_info["file"])
        data = await request.read()
        if found is None or len(data) != found.size:
            return web.Response(status=400, text="not what was announced")
        found.data, found.ready = data, True
        return web.Response(text=f"OK - {len(data)}")

    async def _download(self, request: web.Request) -> web.Response:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        ws = next((w for w in self.world.workspaces.values() if w.token == token), None)
        found = ws.files.get(request.match_info["file"]) if ws and "files:read" in ws.scopes else None
        if found is None:
            return web.Response(status=302, headers={"Location": f"{self.url}/signin"})
        return web.Response(body=found.data, content_type=found.mime)

    async def _response(self, request: web.Request) -> web.Response:
        uses = self._uses[request.path] = self._uses.get(request.path, 0) + 1
        if uses > RESPONSE_URL_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        ws = self._team(request)
        channel, about = ws.channels[request.match_info["channel"]], request.match_info
        try:
            respond(ws, channel, about["user"], about["ts"], await request.json(), self.world)
        except Refused as why:
            return web.json_response({"ok": False, "error": why.code}, status=400)
        self.calls.append(("response_url", await request.json()))
        return web.json_response({"ok": True})

    async def _authorize(self, request: web.Request) -> web.Response:
        """A person agrees at once, for the workspace that is there last."""
        self.scopes_asked = request.query.get("scope", "")
        ws = list(self.world.workspaces.values())[-1]
        self.methods.codes[given := code()] = ws
        back = {"code": given, "state": request.query.get("state", "")}
        raise web.HTTPFound(f"{request.query['redirect_uri']}?{urlencode(back)}")

    def _team(self, request: web.Request) -> Workspace:
        return self.world.workspaces[request.match_info["team"]]


async def _arguments(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        found = await request.json()
        return found if isinstance(found, dict) else {}
    given: dict[str, Any] = {**request.query, **await request.post()}
    return {k: _typed(k, v) for k, v in given.items()}


def _typed(name: str, value: Any) -> Any:
    """What a form can only say as text."""
    if name in ("limit", "length") and str(value).isdecimal():
        return int(value)
    if name in ("include_all_metadata", "inclusive"):
        return str(value).lower() in ("1", "true")
    if name in ("files", "blocks", "metadata", "view") and isinstance(value, str):
        return json.loads(value)
    return value


def _refusal(why: Refused) -> web.Response:
    more: Mapping[str, Any] = why.more
    if status := more.get("status"):
        return web.Response(status=int(status), text="<html>upstream</html>", content_type="text/html")
    if why.code in ("ratelimited", "rate_limited"):
        wait = str(more.get("retry_after", 1))
        return web.json_response({"ok": False, "error": why.code}, status=429, headers={"Retry-After": wait})
    return web.json_response({"ok": False, "error": why.code, **more})


@asynccontextmanager
async def running_emulator() -> AsyncIterator[Emulator]:
    """An emulator on a free port of loopback: `.url` is what SLACK_API_BASE takes."""
    emulator = Emulator()
    runner = web.AppRunner(emulator.application(), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    emulator.at(f"http://127.0.0.1:{runner.addresses[0][1]}")
    try:
        yield emulator
    finally:
        await emulator.close()
        await runner.cleanup()
