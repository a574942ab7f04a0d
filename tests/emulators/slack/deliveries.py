"""News on its way to the app: signed, over HTTP or the WebSocket, again when it is not acknowledged in time."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from channels.slack.limits import ACKNOWLEDGE_WITHIN, DELIVERED_AGAIN
from tests.emulators.slack.world import World


@dataclass(slots=True)
class Delivery:
    """One envelope; `answers`: statuses so far, 0 for none in time; `due`: when it goes again, None if never."""

    id: str
    kind: str
    payload: Mapping[str, Any]
    answers: list[int] = field(default_factory=list)
    due: float | None = None


class Deliveries:
    """Sends to `hook` signed with `secret`, or to the socket that is open. Nothing overtakes within a channel."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.hook, self.secret = "", "emulated-signing-secret"
        self.sent: list[Delivery] = []
        self.wait = ACKNOWLEDGE_WITHIN
        self.sockets: list[web.WebSocketResponse] = []
        self.use_sockets = False
        self.dropped = 0
        self._acknowledged: dict[str, asyncio.Event] = {}
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        for socket in self.sockets:
            await socket.close()
        if self._session is not None:
            await self._session.close()

    async def send(self, kind: str, payload: Mapping[str, Any], *, again: bool = False) -> Delivery:
        """Bring it; `again`: also a second time although the first was taken."""
        delivery = Delivery(self._world.id("Ev"), kind, payload)
        self.sent.append(delivery)
        await self._bring(delivery)
        if again:
            await self._bring(delivery)
        return delivery

    async def due(self) -> None:
        """Bring again what is due by the world's clock."""
        for delivery in self.sent:
            if delivery.due is not None and delivery.due <= self._world.now():
                await self._bring(delivery)

    def signed(self, body: bytes, at: int = 0) -> dict[str, str]:
        """The headers of a request of Slack."""
        stamp = str(at or int(self._world.now()))
        made = hmac.new(self.secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={made}"}

    async def _bring(self, delivery: Delivery) -> None:
        status = await (self._by_socket(delivery) if self.use_sockets else self._by_http(delivery))
        delivery.answers.append(status)
        tried = len(delivery.answers) - 1
        again = not 200 <= status < 300 and delivery.kind == "events_api" and tried < len(DELIVERED_AGAIN)
        delivery.due = self._world.now() + DELIVERED_AGAIN[tried] if again else None
        if again and DELIVERED_AGAIN[tried] == 0:
            await self._bring(delivery)

    async def _by_http(self, delivery: Delivery) -> int:
        body, kind = encoded(delivery.kind, delivery.payload)
        headers = {"Content-Type": kind, **self.signed(body)}
        if delivery.answers:
            headers |= {"X-Slack-Retry-Num": str(len(delivery.answers)), "X-Slack-Retry-Reason": "http_error"}
        if self._session is None:
            self._session = aiohttp.ClientSession()
        try:
            async with asyncio.timeout(self.wait), self._session.post(self.hook, data=body, headers=headers) as answer:
                await answer.read()
                return answer.status
        except (TimeoutError, aiohttp.ClientError):
            return 0

    async def _by_socket(self, delivery: Delivery) -> int:
        done = self._acknowledged[delivery.id] = asyncio.Event()
        envelope = {
            "envelope_id": delivery.id, "type": delivery.kind, "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api", "retry_attempt": len(delivery.answers),
        }  # fmt: skip
        try:
            async with asyncio.timeout(self.wait):
                while not self.sockets:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
                await self.sockets[-1].send_str(json.dumps(envelope))
                await done.wait()
                return 200
        except (TimeoutError, ConnectionError, IndexError):
            return 0

    async def socket(self, request: web.Request) -> web.WebSocketResponse:
        """One connection of Socket Mode."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(json.dumps({"type": "hello", "num_connections": 1, "debug_info": {}}))
        self.sockets.append(socket)
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                told = json.loads(message.data)
                if (done := self._acknowledged.get(told.get("envelope_id", ""))) is not None:
                    done.set()
        if socket in self.sockets:
            self.sockets.remove(socket)
        return socket

    async def refresh(self) -> None:
        """Tell the app to connect anew, as Slack does every few hours."""
        for socket in list(self.sockets):
            await socket.send_str(json.dumps({"type": "disconnect", "reason": "refresh_requested"}))

    async def cut(self) -> None:
        """The connection breaks."""
        for socket in list(self.sockets):
            self.sockets.remove(socket)
            await socket.close()


def encoded(kind: str, payload: Mapping[str, Any]) -> tuple[bytes, str]:
    """The body of a request and its type."""
    if kind == "slash_commands":
        return urlencode(payload).encode(), "application/x-www-form-urlencoded"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
    return json.dumps(payload).encode(), "application/json"
