"""The emulated Twilio as an HTTP server: api, content and messaging hosts under one address, with a door for people."""

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import parse_qs, unquote

import aiohttp
from aiohttp import web

from channels.whatsapp.limits import IMAGE, MEDIA, MEDIA_TYPES
from tests.emulators.twilio import strictness
from tests.emulators.twilio.hooks import Hooks
from tests.emulators.twilio.people import People
from tests.emulators.twilio.strictness import Refused
from tests.emulators.twilio.world import SID, Content, Media, Message, World

_LISTED_BY = frozenset(("To", "From", "DateSent", "DateSent<", "DateSent>", "PageSize", "Page", "PageToken"))
_API = "/2010-04-01/Accounts/{account}"


class Emulator:
    """Twilio. `trouble`: what happens to the next new messages, in order: an HTTP status with Twilio's code, "drop"
    (the connection ends before anything happened) or "lost" (it took effect, the answer is lost), "" for nothing.
    `fails`: error codes that the next accepted messages end with. `per_second`: messages that are taken."""

    def __init__(self) -> None:
        self.world, self.hooks = World(), Hooks()
        self.people = People(self.world, self.hooks)
        self.trouble: list[tuple[int, int] | str] = []
        self.fails: list[int] = []
        self.per_second = 80
        self.url = ""
        self.refused: list[str] = []
        self.requests: list[str] = []
        self.typed: list[str] = []
        self.approvals_asked = 0
        self._second: tuple[int, int] = (0, 0)

    def application(self) -> web.Application:
        """All doors."""
        app = web.Application(client_max_size=32 * 1024 * 1024, middlewares=[self._answered])
        app.add_routes([
            web.get(f"{_API}.json", self._account),
            web.post(f"{_API}/Messages.json", self._create),
            web.get(f"{_API}/Messages.json", self._list),
            web.get(f"{_API}/Messages/{{message}}/Media/{{media}}", self._media),
            web.get("/cdn/{message}/{media}", self._cdn),
            web.post("/v1/Content", self._content),
            web.get("/v1/Content", self._contents),
            web.post("/v1/Content/{sid}/ApprovalRequests/whatsapp", self._approve),
            web.get("/v1/Content/{sid}/ApprovalRequests", self._approval),
            web.post("/v2/Indicators/Typing.json", self._typing),
            web.post("/people/{what}", self._act),
            web.get("/people/{name}", self._see),
        ])  # fmt: skip
        app.on_cleanup.append(self._closed)
        return app

    async def _closed(self, app: web.Application) -> None:
        await self.hooks.close()

    @web.middleware
    async def _answered(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        outside = request.path.startswith(("/people", "/cdn"))
        try:
            if not outside:
                self.requests.append(f"{request.method} {request.path}")
                self._authorised(request)
            return await handler(request)
        except Refused as no:
            self.refused.append(f"{no.code} {no.why}")
            return web.json_response(no.body(), status=no.status)

    def _authorised(self, request: web.Request) -> None:
        known = {f"{sid}:{token}" for sid, token in self.world.senders.values()}
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        try:
            said = base64.b64decode(given).decode()
        except (binascii.Error, UnicodeDecodeError):
            said = ""
        wanted = request.match_info.get("account", said.partition(":")[0])
        if scheme != "Basic" or said not in known or said.partition(":")[0] != wanted:
            raise Refused(20003, "Authenticate", 401)

    async def _account(self, request: web.Request) -> web.Response:
        sid = request.match_info["account"]
        return web.json_response({"sid": sid, "friendly_name": "Caravan", "status": "active", "type": "Full"})

    async def _create(self, request: web.Request) -> web.StreamResponse:
        trouble = self.trouble.pop(0) if self.trouble else ""
        if trouble == "drop":
            return _cut(request)
        if isinstance(trouble, tuple):
            raise Refused(trouble[1], "as the test wants", trouble[0])
        form = parse_qs((await request.read()).decode(), keep_blank_values=True)
        strictness.check_message(form)
        self._in_pace()
        message = await self._accepted({k: v[0] for k, v in form.items()})
        self.world.messages[message.sid] = message
        self._go(message)
        if trouble == "lost":
            return _cut(request)
        return web.json_response(message.resource(request.match_info["account"]), status=201)

    async def _accepted(self, form: Mapping[str, str]) -> Message:
        """A message that Twilio takes; refused where Twilio knows at once, else with the error it will end with."""
        sender, to = form.get("From", ""), form["To"]
        if sender not in self.world.senders:
            raise Refused(63007, "Twilio could not find a Channel with the specified From address")
        if not to.startswith("whatsapp:"):
            raise Refused(21211, f"The 'To' number {to} is not a valid phone number.")
        person = self.world.at(to)
        message = Message(
            sid=self.world.new_id("MM" if "MediaUrl" in form else "SM"), sender=sender, to=to,
            body=form.get("Body", ""), outbound=True, at=self.world.now, callback=form.get("StatusCallback", ""),
        )  # fmt: skip
        if person is None or not person.installed:
            message.error = 63003 if person is None else 63024
        elif sender in person.stopped:
            raise Refused(21610, "Attempt to send to unsubscribed recipient")
        if "ContentSid" in form:
            self._with_content(message, form)
        if "MediaUrl" in form:
            message.media = [await self._fetched(form["MediaUrl"])]
        if person is not None and not message.template and not self.world.window_open(person, sender):
            message.error = message.error or 63016
        if self.fails:
            message.error = self.fails.pop(0)
        return message

    def _with_content(self, message: Message, form: Mapping[str, str]) -> None:
        content = self.world.contents.get(form["ContentSid"])
        if content is None:
            raise Refused(21655, "The ContentSid is invalid")
        kind, said = strictness.filled(content.types, form.get("ContentVariables", ""), content.variables)
        message.template = content.approval == "approved"
        strictness.check_shown(kind, said, message.template)
        message.body, message.is_list = said["body"], kind == "twilio/list-picker"
        if message.is_list:
            message.buttons = tuple((i["item"], i["id"]) for i in said["items"])
        else:
            message.buttons = tuple((a["title"], a.get("id") or a["title"]) for a in said["actions"])

    def _in_pace(self) -> None:
        second = int(asyncio.get_running_loop().time())
        taken = self._second[1] + 1 if self._second[0] == second else 1
        self._second = (second, taken)
        if taken > self.per_second:
            raise Refused(20429, "Too Many Requests", 429)

    async def _fetched(self, url: str) -> Media:
        """Twilio fetches the file from its address and believes the content type that it finds there."""
        try:
            async with aiohttp.ClientSession() as session, session.get(url) as answer:
                data, mime = await answer.read(), answer.content_type
                if answer.status != 200:
                    raise Refused(21620, f"Invalid media URL: {answer.status}")
                named = answer.headers.get("Content-Disposition", "")
        except aiohttp.ClientError as away:
            raise Refused(21620, "Invalid media URL") from away
        if mime not in MEDIA_TYPES:
            raise Refused(63005, f"Channel did not accept given content: {mime}")
        if len(data) > (IMAGE if mime.startswith("image/") else MEDIA):
            raise Refused(21623, "Media exceeds the size limit")
        return Media(sid=self.world.new_id("ME"), mime=mime, data=data, name=unquote(named.rpartition("''")[2]))

    def _go(self, message: Message) -> None:
        """Through its steps, each told to the other side."""
        steps: tuple[str, ...] = self.hooks.steps
        if message.error:
            steps = (*(s for s in steps if s not in ("delivered", "read")), "undelivered")
        for step in steps:
            message.status = step
            self.tell(message, step)

    def tell(self, message: Message, status: str) -> None:
        """A status callback."""
        if not message.callback:
            return
        account, token = self.world.senders[message.sender]
        form = {"SmsSid": message.sid, "MessageSid": message.sid, "SmsStatus": status, "MessageStatus": status,
                "From": message.sender, "To": message.to, "AccountSid": account, "ApiVersion": "2010-04-01",
                "ChannelPrefix": "whatsapp", "ChannelToAddress": message.to}  # fmt: skip
        if message.error and status in ("failed", "undelivered"):
            form["ErrorCode"] = str(message.error)
        self.hooks.tell(message.callback, token, form)

    async def _list(self, request: web.Request) -> web.Response:
        account, limit = request.match_info["account"], int(request.query.get("PageSize", "50"))
        wanted = {k: request.query[k] for k in ("To", "From") if k in request.query}
        if unknown := set(request.query) - _LISTED_BY:
            raise Refused(20001, f"Unknown parameters {sorted(unknown)}")
        found = [
            m for m in reversed(self.world.messages.values())
            if wanted.get("To", m.to) == m.to and wanted.get("From", m.sender) == m.sender
        ]  # fmt: skip
        page = [m.resource(account) for m in found[:limit]]
        more = {"next_page_uri": None, "previous_page_uri": None, "first_page_uri": "", "uri": str(request.rel_url)}
        size = {"page": 0, "page_size": limit, "start": 0, "end": len(page)}
        return web.json_response({"messages": page, **size, **more})

    async def _media(self, request: web.Request) -> web.Response:
        message, media = request.match_info["message"], request.match_info["media"]
        found = self.world.messages.get(message)
        if found is None or not any(m.sid == media for m in found.media):
            raise Refused(20404, "The requested resource was not found", 404)
        return web.Response(status=307, headers={"Location": f"{self.url}/cdn/{message}/{media}"})

    async def _cdn(self, request: web.Request) -> web.Response:
        """Where the bytes are: nobody may show Twilio's secrets here."""
        if "Authorization" in request.headers:
            return web.Response(status=400, text="only one auth mechanism allowed")
        found = self.world.messages[request.match_info["message"]]
        media = next(m for m in found.media if m.sid == request.match_info["media"])
        return web.Response(body=media.data, content_type=media.mime)

    async def _content(self, request: web.Request) -> web.Response:
        wanted = _json(await request.read())
        strictness.check_content(wanted)
        content = Content(
            sid=self.world.new_id("HX"), name=str(wanted.get("friendly_name", "")), types=wanted["types"],
            variables=wanted.get("variables") or {},
        )  # fmt: skip
        self.world.contents[content.sid] = content
        return web.json_response(self._resource(content), status=201)

    def _resource(self, content: Content) -> dict[str, Any]:
        return {"sid": content.sid, "account_sid": SID, "friendly_name": content.name, "language": "en",
                "variables": dict(content.variables), "types": dict(content.types), "url": "", "links": {},
                "date_created": "2026-03-12T12:00:00Z", "date_updated": "2026-03-12T12:00:00Z"}  # fmt: skip

    async def _contents(self, request: web.Request) -> web.Response:
        page = [self._resource(c) for c in self.world.contents.values()]
        meta = {"page": 0, "page_size": len(page), "key": "contents", "url": "", "first_page_url": "",
                "next_page_url": None, "previous_page_url": None}  # fmt: skip
        return web.json_response({"contents": page, "meta": meta})

    async def _approve(self, request: web.Request) -> web.Response:
        content = self._known(request)
        wanted = _json(await request.read())
        self.approvals_asked += 1
        if content.approval != "unsubmitted":
            raise Refused(20001, "it was submitted before")
        content.rejected = strictness.check_approval(wanted, content.types)
        content.approval = "rejected" if content.rejected else self.world.approves
        told = {
            "name": wanted["name"], "category": wanted["category"], "status": "received", "rejection_reason": "",
            "content_type": next(iter(content.types)), "allow_category_change": True,
        }  # fmt: skip
        return web.json_response(told, status=201)

    async def _approval(self, request: web.Request) -> web.Response:
        content = self._known(request)
        told = {"status": content.approval, "category": "UTILITY", "rejection_reason": content.rejected,
                "name": content.name, "content_type": next(iter(content.types)), "type": "whatsapp"}  # fmt: skip
        return web.json_response({"sid": content.sid, "account_sid": SID, "whatsapp": told, "url": ""})

    def _known(self, request: web.Request) -> Content:
        content = self.world.contents.get(request.match_info["sid"])
        if content is None:
            raise Refused(20404, "The requested resource was not found", 404)
        return content

    async def _typing(self, request: web.Request) -> web.Response:
        form = parse_qs((await request.read()).decode())
        message = form.get("messageId", [""])[0]
        if form.get("channel") != ["whatsapp"] or message not in self.world.messages:
            raise Refused(20001, "channel and messageId are needed")
        self.typed.append(message)
        return web.json_response({"success": True})

    async def _act(self, request: web.Request) -> web.Response:
        """POST /people/say {"as","text"}, /people/press {"as","message","label"}, /people/clock {"hours"}."""
        wanted = await request.json()
        if request.match_info["what"] == "clock":
            self.world.later(hours=float(wanted.get("hours", 1)))
            return web.json_response({"now": self.world.now.isoformat()})
        if request.match_info["what"] == "press":
            sid = await self.people.press(wanted["as"], wanted["message"], wanted["label"])
        else:
            sid = await self.people.say(wanted["as"], wanted["text"], reply_to=wanted.get("reply_to", ""))
        return web.json_response({"message": sid})

    async def _see(self, request: web.Request) -> web.Response:
        """GET /people/{name}: what that person sees."""
        seen = self.world.with_person(request.match_info["name"])
        return web.json_response([
            {"message": m.sid, "from": m.sender, "text": m.body, "status": m.status,
             "buttons": [label for label, _ in m.buttons], "files": [f.name or f.mime for f in m.media]}
            for m in seen
        ])  # fmt: skip


def _cut(request: web.Request) -> web.StreamResponse:
    """The connection ends without an answer."""
    if request.transport is not None:
        request.transport.close()
    return web.Response()


def _json(body: bytes) -> Any:
    with suppress(ValueError):
        return json.loads(body)
    raise Refused(20001, "the body is no JSON")


@asynccontextmanager
async def running_emulator() -> AsyncIterator[Emulator]:
    """On a free port; `url` is what TWILIO_API_BASE should be."""
    emulator = Emulator()
    runner = web.AppRunner(emulator.application())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    emulator.url = f"http://127.0.0.1:{site._server.sockets[0].getsockname()[1]}"  # type: ignore[attr-defined]
    try:
        yield emulator
    finally:
        await runner.cleanup()
