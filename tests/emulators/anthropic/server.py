"""The server: one route, its requests kept for the tests to look at, and the time each answer took."""

import asyncio
import json
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from tests.emulators.anthropic.caching import Counted, PromptCache
from tests.emulators.anthropic.events import Event, events_of
from tests.emulators.anthropic.minds import polite
from tests.emulators.anthropic.replies import Failure, Mind, Reply
from tests.emulators.anthropic.strictness import Refused, check_headers, check_request, complaint, read_body

KEY = "sk-ant-emulated"


class Emulator:
    """`script` is answered first, one for each request; then `mind` answers. `requests`: the accepted ones, as JSON.

    `refused`: what was refused and why. `took`: seconds from a request's arrival to the last byte of its answer."""

    def __init__(self, mind: Mind = polite) -> None:
        self.mind = mind
        self.script: deque[Reply | Failure] = deque()
        self.requests: list[dict[str, Any]] = []
        self.counted: list[Counted] = []
        self.refused: list[str] = []
        self.took: list[float] = []
        self.url = ""
        self._cache = PromptCache()

    def application(self) -> web.Application:
        """The routes: the Messages API, and for a bench how long the answers took."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.add_routes([web.post("/v1/messages", self._messages), web.get("/took", self._took)])
        return app

    def plan(self, *replies: Reply | Failure) -> None:
        """What the next requests are answered with."""
        self.script.extend(replies)

    def prompt(self, n: int = -1) -> str:
        """All that the model was shown in one request."""
        return json.dumps(self.requests[n], ensure_ascii=False)

    async def _took(self, request: web.Request) -> web.Response:
        return web.json_response(self.took)

    async def _messages(self, request: web.Request) -> web.StreamResponse:
        began = time.perf_counter()
        try:
            check_headers(request.headers, KEY)
            asked = read_body(await request.read())
            check_request(asked)
        except Refused as why:
            self.refused.append(str(why))
            return _error(Failure(status=why.status, type=why.type, message=str(why)))
        self.requests.append(asked)
        reply = self.script.popleft() if self.script else self.mind(asked)
        try:
            if isinstance(reply, Failure):
                return _error(reply)
            counted = self._cache.count(asked)
            self.counted.append(counted)
            return await self._streamed(request, asked, reply, counted)
        finally:
            self.took.append(time.perf_counter() - began)

    async def _streamed(
        self, request: web.Request, asked: dict[str, Any], reply: Reply, counted: Counted
    ) -> web.StreamResponse:
        if not asked.get("stream"):
            return _error(Failure(status=400, type="invalid_request_error", message="this emulator only streams"))
        answer = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8", "request-id": "req_1"})
        await answer.prepare(request)
        id = f"msg_{len(self.requests)}"
        for n, event in enumerate(events_of(reply, id, asked["model"], counted)):
            _check_event(event)
            if n == reply.cut_after and request.transport is not None:
                request.transport.close()
                return answer
            if n == reply.error_after:
                await _send(answer, {"type": "error", "error": {"type": reply.error, "message": "Overloaded"}})
                return answer
            await asyncio.sleep(reply.silence if n == 2 else reply.pause if n > 2 else 0)
            await _send(answer, event)
        await answer.write_eof()
        return answer


async def _send(answer: web.StreamResponse, event: Event) -> None:
    await answer.write(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode())


def _check_event(event: Event) -> None:
    """What this emulator says is held against the published schema too, where it is at hand."""
    if event["type"] in ("ping", "weather_report"):
        return
    delta = event.get("delta")
    same = {**event, "delta": {**delta, "text": ""}} if delta and isinstance(delta.get("text"), str) else event
    if told := complaint("RawMessageStreamEvent", json.dumps(same)):
        raise AssertionError(told)


_TYPES = {
    400: "invalid_request_error", 401: "authentication_error", 403: "permission_error", 404: "not_found_error",
    413: "request_too_large", 429: "rate_limit_error", 500: "api_error", 529: "overloaded_error",
}  # fmt: skip


def _error(failure: Failure) -> web.Response:
    type_ = failure.type or _TYPES.get(failure.status, "api_error")
    body = {"type": "error", "error": {"type": type_, "message": failure.message}, "request_id": "req_1"}
    return web.json_response(body, status=failure.status, headers=failure.headers)


@asynccontextmanager
async def running_emulator(mind: Mind = polite) -> AsyncIterator[Emulator]:
    """An emulator on a free port of loopback: `.url` is what ANTHROPIC_BASE_URL takes."""
    emulator = Emulator(mind)
    runner = web.AppRunner(emulator.application(), handler_cancellation=True, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    emulator.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield emulator
    finally:
        await runner.cleanup()
