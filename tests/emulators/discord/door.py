"""The door of the HTTP API: who asks, how often, in which shape; and what goes wrong on demand."""

import json
import re
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from tests.emulators.discord.strictness import BUCKETS, EVERYWHERE, Spec
from tests.emulators.discord.world import Json, Refused, World

Handler = Callable[["Call"], Awaitable[Any]]


@dataclass(slots=True)
class Call:
    """One request: the values of its path, its query, its JSON and its files."""

    ids: dict[str, str]
    query: dict[str, str]
    body: Any = None
    files: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Fault:
    """What goes wrong with requests whose "METHOD path" matches: an answer, or `lost`: done, but the answer is lost.

    `after`: so many go well first."""

    match: str
    status: int = 500
    body: Json = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    times: int = 1
    lost: bool = False
    after: int = 0


class Door:
    """`requests`: every one as (method, path pattern, body); `refused`: what was refused and why. `buckets`: limits in

    force, empty for none."""

    def __init__(self, world: World) -> None:
        self.world, self.spec = world, Spec()
        self.requests: list[tuple[str, str, Any]] = []
        self.refused: list[str] = []
        self.faults: list[Fault] = []
        self.buckets = dict(BUCKETS)
        self._used: dict[str, deque[float]] = defaultdict(deque)

    def shorten(self, by: int) -> None:
        """The same numbers of requests in windows that are so much shorter, as its headers tell."""
        self.buckets = {name: (most, seconds / by) for name, (most, seconds) in BUCKETS.items()}

    def open(self, name: str, handler: Handler) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def door(request: web.Request) -> web.Response:
            method, path = name.split(" ")
            headers = {"Via": "1.1 emulated"}
            try:
                self._authorised(request, path)
                self._count(name, request, headers)
                call = await self._taken(request, method, path)
                fault = self._fault(f"{method} {request.path}")
                if fault and not fault.lost:
                    return _json(fault.status, fault.body, {**headers, **fault.headers})
                found = await handler(call)
                if fault and request.transport:
                    request.transport.abort()
                return _json(204 if found is None else 200, found, headers)
            except Refused as why:
                self.refused.append(f"{method} {request.path}: {why}")
                return _json(why.status, why.body, {**headers, **why.headers})

        return door

    def _authorised(self, request: web.Request, path: str) -> None:
        secret = path.startswith(("/webhooks/{webhook_id}/{webhook_token}", "/interactions/"))
        if not secret and request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise Refused(401, 0, "401: Unauthorized")
        if "DiscordBot" not in request.headers.get("User-Agent", ""):
            raise Refused(403, 40333, "internal network error")

    def _count(self, name: str, request: web.Request, headers: dict[str, str]) -> None:
        """Against the bucket of the route and that of the bot; 429 where it is used up."""
        major = "/".join(v for k, v in request.match_info.items() if k in ("channel_id", "webhook_id"))
        bucket = f"{name}|{major}"
        if self.buckets and not name.startswith("POST /interactions"):
            self._take("everywhere", *EVERYWHERE, everywhere=True)
        if name in self.buckets:
            most, seconds = self.buckets[name]
            left, after = self._take(bucket, most, seconds)
            told = {"Limit": most, "Remaining": left, "Reset-After": f"{after:.3f}", "Bucket": f"{abs(hash(name)):x}"}
            headers |= {f"X-RateLimit-{key}": str(value) for key, value in told.items()}

    def _take(self, bucket: str, most: int, seconds: float, *, everywhere: bool = False) -> tuple[int, float]:
        used, now = self._used[bucket], self.world.now()
        while used and used[0] <= now - seconds:
            used.popleft()
        if len(used) >= most:
            after = used[0] + seconds - now
            more = {"retry_after": round(after, 3), "global": everywhere}
            scope = {"X_RateLimit_Global": "true"} if everywhere else {"X_RateLimit_Scope": "user"}
            raise Refused(429, 0, "You are being rate limited.", more, Retry_After=str(after), **scope)
        used.append(now)
        return most - len(used), used[0] + seconds - now

    async def _taken(self, request: web.Request, method: str, path: str) -> Call:
        kind, body, files = request.content_type, None, []
        if kind == "multipart/form-data":
            async for part in await request.multipart():
                assert isinstance(part, BodyPartReader)
                if part.name == "payload_json":
                    body = json.loads(await part.text())
                else:
                    data = bytes(await part.read(decode=False))
                    files.append({"name": part.filename, "mime": part.headers.get("Content-Type", ""), "data": data})
        elif raw := await request.read():
            body = json.loads(raw)
        self.requests.append((method, path, body))
        original = "messages/@original" if request.path.endswith("@original") else "messages/{message_id}"
        if body is not None:
            self.spec.check(method, path.replace("messages/{message_id}", original), kind, body)
        return Call(ids=dict(request.match_info), query=dict(request.query), body=body, files=files)

    def _fault(self, name: str) -> Fault | None:
        fault = next((f for f in self.faults if re.search(f.match, name) and f.times > 0), None)
        if fault and fault.after:
            fault.after -= 1
            return None
        if fault:
            fault.times -= 1
        return fault


def _json(status: int, body: Any, headers: dict[str, str]) -> web.Response:
    """Exactly application/json: discord.py takes nothing else for JSON."""
    if status == 204:
        return web.Response(status=204, headers=headers)
    return web.Response(
        status=status, body=json.dumps(body).encode(), headers={**headers, "Content-Type": "application/json"}
    )
