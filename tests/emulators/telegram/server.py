"""The emulated Bot API over HTTP: `/bot<token>/<method>`, files, and a side door by which tests act as people."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from channels.telegram.limits import UPLOAD
from tests.emulators.telegram.floods import Floods, Trouble
from tests.emulators.telegram.hooks import Hooks
from tests.emulators.telegram.methods import Methods
from tests.emulators.telegram.people import People
from tests.emulators.telegram.tables import METHODS, Refused, typed
from tests.emulators.telegram.world import Bot, Chat, Json, World

TOKEN = "4242:emulated-bot-token"


class Emulator:
    """`calls`: the accepted calls, (method, parameters); `refused`: the refused ones with the reason."""

    def __init__(self, token: str = TOKEN, username: str = "caravan_bot", *, privacy: bool = False) -> None:
        self.world, self.hooks, self.floods = World(), Hooks(), Floods()
        self.people = People(self.world, self.hooks)
        self.bot = self.world.add_bot(token, username, privacy=privacy)
        self.calls: list[tuple[str, Json]] = []
        self.refused: list[tuple[str, str]] = []
        self.url = ""
        self._methods = Methods(self.world, self.hooks)

    def application(self) -> web.Application:
        app = web.Application(client_max_size=2 * UPLOAD)
        app.add_routes(
            [
                web.route("*", "/bot{token}/{method}", self._call),
                web.get("/file/bot{token}/files/{id}", self._file),
                web.post("/people/{act}", self._act),
                web.get("/chats/{id}", self._chat),
            ]
        )
        return app

    def trouble(self, method: str = "", kind: str = "flood", **more: Any) -> None:
        """What goes wrong with the next calls."""
        self.floods.troubles.append(Trouble(method=method, kind=kind, **more))

    def group(self, title: str, *names: str, **more: Any) -> Chat:
        """A group with people and our bot as an administrator, added by the first of them."""
        chat = self.world.group(title, *names, **more)
        self.people.add_bot(chat.id, names[0], self.bot, "administrator")
        return chat

    def texts(self, chat: int) -> list[str]:
        """What the bot has said in a chat, as it stands now."""
        found = self.world.chats[chat].messages.values()
        ours = [m for m in found if m["from"]["is_bot"] and not m.get("_deleted")]
        return [m.get("text") or m.get("caption") or "" for m in ours if "new_chat_members" not in m]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        bot, method = self.world.bots.get(request.match_info["token"]), request.match_info["method"]
        given: Json = {}
        try:
            if bot is None or bot.revoked:
                raise Refused(401, "Unauthorized")
            if method not in METHODS:
                raise Refused(404, "Not Found")
            given = await _given(request)
            params = typed(method, given)
            return await self._answered(request, bot, method, params)
        except Refused as no:
            self.refused.append((method, no.description))
            body: Json = {"ok": False, "error_code": no.status, "description": no.description}
            return web.json_response(body | ({"parameters": no.parameters} if no.parameters else {}), status=no.status)

    async def _answered(self, request: web.Request, bot: Bot, method: str, params: Json) -> web.StreamResponse:
        trouble = self.floods.take(method, params.get("chat_id"))
        if trouble is not None and trouble.kind == "flood":
            self.floods.refused += 1
            raise Refused(429, f"Too Many Requests: retry after {trouble.by:g}", retry_after=int(trouble.by))
        if trouble is not None and trouble.kind == "error":
            return web.Response(status=int(trouble.by), text="<html>trouble</html>")
        if trouble is not None and trouble.kind == "refuse":
            raise Refused(400, "Bad Request: it is refused")
        if trouble is not None and trouble.kind == "slow":
            await asyncio.sleep(trouble.by)
        if trouble is None or trouble.kind != "drop_before":
            if isinstance(params.get("chat_id"), int):
                now = asyncio.get_running_loop().time() + self.world.offset.total_seconds()
                self.floods.check(method, params["chat_id"], bot.id, now)
            result = await self._methods.call(bot, method, params)
            self.calls.append((method, params))
        if trouble is not None and trouble.kind == "stuck":
            await asyncio.sleep(trouble.by)
        if trouble is not None and trouble.kind.startswith("drop") and request.transport is not None:
            request.transport.close()
            return web.Response()
        return web.json_response({"ok": True, "result": result})

    async def _file(self, request: web.Request) -> web.Response:
        found = self.world.files.get(request.match_info["id"])
        if request.match_info["token"] not in self.world.bots or found is None:
            raise web.HTTPNotFound
        return web.Response(body=found[2])

    async def _act(self, request: web.Request) -> web.Response:
        """The side door: {"chat", "as", ...} for an act of People; "group" {"title", "people", "kind"?} makes one."""
        act, body = request.match_info["act"], await request.json()
        if act == "group":
            chat = self.group(body["title"], *body["people"], kind=body.get("kind", "supergroup"))
            return web.json_response({"chat": chat.id})
        name = body.pop("as")
        if act == "start":
            return web.json_response({"chat": self.people.start(name, self.bot, body.get("payload", "")).id})
        chat_id = int(body.pop("chat"))
        done = getattr(self.people, act)(chat_id, name, **body)
        return web.json_response({"done": done})

    async def _chat(self, request: web.Request) -> web.Response:
        """What stands in a chat, for a person or a test in another process."""
        chat = self.world.chats[int(request.match_info["id"])]
        return web.json_response({"messages": list(chat.messages.values()), "drafts": chat.drafts,
                                  "presses": self.world.callbacks})  # fmt: skip


async def _given(request: web.Request) -> Json:
    if request.content_type == "application/json":
        return dict(await request.json())
    if request.content_type != "multipart/form-data":
        return {**request.query, **await request.post()}
    if (request.content_length or 0) > UPLOAD + 2**16:
        raise Refused(413, "Request Entity Too Large")
    found: Json = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            found[name] = (value.filename, value.content_type, value.file.read())
        else:
            found[name] = value
    return _attached(found)


def _attached(found: Json) -> Json:
    """ "attach://name" stands for the part of that name."""
    for name, value in list(found.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            found[name] = found.pop(value.removeprefix("attach://"))
    return found


@asynccontextmanager
async def running_emulator(**more: Any) -> AsyncIterator[Emulator]:
    """An emulator on a free port of loopback: `.url` is what TELEGRAM_API_BASE takes."""
    emulator = Emulator(**more)
    runner = web.AppRunner(emulator.application(), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    emulator.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield emulator
    finally:
        await emulator.hooks.close()
        await runner.cleanup()
