"""The other messenger on loopback: it checks signatures with code of its own, every field, every limit, every id."""

import hashlib
import hmac
import json
import time
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.emulators.webhook.strictness import Wrong, check

KEY = bytes(range(32))
SECRET = "whsec_" + b64encode(KEY).decode()
FRESH = 300


@dataclass(slots=True)
class Shown:
    """A message as people see it. `by`: a person's name, "" for what Caravan says."""

    id: str
    author: str
    text: str
    by: str = ""
    buttons: list[dict[str, str]] = field(default_factory=list)
    reply_to: str = ""
    deleted: bool = False


class Messenger:
    """One group of people. `fails`: statuses to answer next; `lost`: whether the next answer is lost on its way."""

    def __init__(self) -> None:
        self.url, self.conversation = "", "lamu"
        self.messages: dict[str, Shown] = {}
        self.commands: list[dict[str, str]] = []
        self.reactions: list[tuple[str, str, str]] = []
        self.fails: list[int] = []
        self.lost = False
        self.wrong: list[str] = []
        self._ids = 0

    def new_id(self) -> str:
        """Of a message or of a piece of news."""
        self._ids += 1
        return f"m{self._ids}"

    async def take(self, request: web.Request) -> web.Response:
        """Our hook: what Caravan says."""
        raw = await request.read()
        if not _believed(request.headers, raw):
            self.wrong.append("a request without a good signature")
            return web.Response(status=401)
        if self.fails:
            return web.Response(status=self.fails.pop(0), headers={"Retry-After": "0.5"})
        try:
            check(body := json.loads(raw))
            self._do(body)
        except (ValueError, Wrong) as wrong:
            self.wrong.append(str(wrong))
            return web.Response(status=400, text=str(wrong))
        except KeyError:
            return web.Response(status=404)
        if self.lost and request.transport is not None:
            self.lost = False
            request.transport.abort()
        return web.Response(status=204)

    def _do(self, body: dict[str, Any]) -> None:
        if body["kind"] == "commands":
            self.commands = body["commands"]
            return
        if body["conversation"] != self.conversation:
            raise KeyError("no such conversation")
        known = self.messages.get(body["id"])
        if body["kind"] == "message":
            made = Shown(id=body["id"], author=body["author"]["name"], text="")
            known = self.messages.setdefault(body["id"], made)  # told twice it is the same message
        if known is None or (known.by and not body["kind"].endswith("react")):
            raise KeyError("no such message of Caravan")
        if body["kind"] in ("message", "edit"):
            known.text, known.buttons, known.reply_to = body["markdown"], body["buttons"], body["reply_to"]
        elif body["kind"] == "delete":
            known.deleted = True
        else:
            self.reactions.append((body["kind"], body["id"], body["emoji"]))

    def news(self, person: str, kind: str, **more: Any) -> bytes:
        """What Caravan is told of something that a person did."""
        who = {"id": f"u-{person.casefold()}", "name": person}
        found = {"id": self.new_id(), "kind": kind, "conversation": self.conversation, "title": "Lamu", "person": who}
        return json.dumps({**found, **more}).encode()

    def said(self, person: str, text: str, reply_to: str = "") -> tuple[str, bytes]:
        """A new message of a person: its id, and the news of it."""
        body = self.news(person, "message", text=text, reply_to=reply_to)
        id = str(json.loads(body)["id"])
        self.messages[id] = Shown(id=id, author=person, text=text, by=person, reply_to=reply_to)
        return id, body


def headers(body: bytes, at: float | None = None, key: bytes = KEY, id: str = "n1") -> dict[str, str]:
    """The signature of news, by the letter of the Standard Webhooks specification."""
    stamp = str(int(time.time() if at is None else at))
    made = b64encode(hmac.new(key, f"{id}.{stamp}.".encode() + body, hashlib.sha256).digest()).decode()
    return {"webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": f"v1,{made}"}


def _believed(given: Any, body: bytes) -> bool:
    id, stamp = given.get("webhook-id", ""), given.get("webhook-timestamp", "0")
    wanted = headers(body, float(stamp), id=id)["webhook-signature"]
    return bool(id) and given.get("webhook-signature") == wanted and abs(time.time() - float(stamp)) < FRESH


@asynccontextmanager
async def running_messenger() -> AsyncIterator[Messenger]:
    """A messenger for as long as the block lasts."""
    messenger, app = Messenger(), web.Application()
    app.add_routes([web.post("/from-caravan", messenger.take)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    messenger.url = f"http://127.0.0.1:{runner.addresses[0][1]}/from-caravan"
    try:
        yield messenger
    finally:
        await runner.cleanup()
