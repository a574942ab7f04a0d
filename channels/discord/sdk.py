"""discord.py as we use it: its gateway client with our reading of events, its HTTP client with one try a request.

The SDK's own `request` sleeps and repeats (429, 5xx, empty buckets); here retry has one owner, the Deliverer."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

import aiohttp
import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.errors import RetryLater
from channels.answers import FAILURES, Answer, asked, failed
from channels.buckets import EVERYTHING, Buckets
from channels.discord.errors import translated
from channels.discord.limits import INTENTS, LARGEST, PRIVILEGED
from channels.fetching import fetched

Heard = Callable[[str, dict[str, Any]], None]
_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)


def point(api_base: str, gateway_url: str) -> None:
    """Where Discord is; both are attributes of the SDK's classes, so they hold for the whole process."""
    if api_base:
        Route.BASE = f"{api_base.rstrip('/').removesuffix('/api/v10')}/api/v10"
    if gateway_url:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)


class OneTry(HTTPClient):
    """The SDK's HTTP client: routes, token and gateway as they are, but each request is made once and at once.

    What a bucket still allows is known from the headers of earlier answers: a request that it does not allow is
    RetryLater without being made."""

    def __init__(self) -> None:
        super().__init__(discord.utils.MISSING)
        self._own: aiohttp.ClientSession | None = None
        self._names: dict[str, str] = {}
        self._limits = Buckets(time.monotonic)

    async def request(
        self, route: Route, *, files: Any = None, form: Iterable[dict[str, Any]] | None = None, **given: Any
    ) -> Any:
        """The JSON of the answer (or its text); RetryLater, Undeliverable, Unknown or Explain."""
        repeats = bool(given.pop("repeats", route.method != "POST"))
        bucket = self._bucket(route)
        if "/interactions/" not in route.path:  # these count towards nothing
            self._limits.check(bucket)
        given["headers"] = {"User-Agent": self.user_agent, "Authorization": f"Bot {self.token}"}
        if form is not None:
            given["data"] = aiohttp.FormData(quote_fields=False)
            for part in form:
                given["data"].add_field(**part)
        answer = await asked(self._session(), "Discord", route.method, route.url, repeats, **given)
        self._note(route, answer)
        if 200 <= answer.status < 300:
            return answer.body
        wrong = translated(answer)
        if answer.status == 429 and isinstance(wrong, RetryLater):
            self._limits.empty(EVERYTHING if answer.everywhere else bucket, wrong.after)
        raise wrong

    async def ask(self, method: str, path: str, *, given: Mapping[str, Any] | None = None, **ids: str) -> Any:
        """`request` in one line. `given`: json, params, form; `ids`: what stands in the path."""
        return await self.request(Route(method, path, **ids), **(given or {}))

    async def fetch(self, url: str) -> bytes:
        """The bytes of a file that Discord serves."""
        try:
            return await fetched(self._session(), url, LARGEST, {})
        except FAILURES as error:
            raise failed("Discord", error, repeats=True) from error

    async def close(self) -> None:
        """A client of the gateway ends, another one may begin: only `end` lets go of our own connections."""
        await super().close()
        self.connector = discord.utils.MISSING

    async def end(self) -> None:
        """Let go of the connections."""
        if self._own is not None:
            await self._own.close()

    def _session(self) -> aiohttp.ClientSession:
        if self._own is None or self._own.closed:
            self.loop = asyncio.get_running_loop()
            self._own = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        return self._own

    def _bucket(self, route: Route) -> str:
        return f"{self._names.get(route.key, route.key)}|{route.major_parameters}"

    def _note(self, route: Route, answer: Answer) -> None:
        """What an answer tells of its bucket."""
        if name := answer.headers.get("X-RateLimit-Bucket"):
            self._names[route.key] = name
        if answer.headers.get("X-RateLimit-Remaining") == "0" and answer.status != 429:
            self._limits.empty(self._bucket(route), float(answer.headers.get("X-RateLimit-Reset-After", 0)))


class Gateway(discord.Client):
    """The SDK's client of the gateway: sessions, heartbeats, resuming and reconnecting are its own. Events come to

    `heard` as they are, whatever they hold, so that none can raise and nothing is kept in memory twice."""

    def __init__(self, heard: Heard, http: OneTry, *, privileged: bool, pause: float) -> None:
        wanted = dict.fromkeys((*INTENTS, *(PRIVILEGED if privileged else ())), True)
        super().__init__(intents=discord.Intents(**wanted), max_messages=None, chunk_guilds_at_startup=False)
        self.http = self._connection.http = http
        self._connection.parsers = _Every(heard)
        self._pause = pause

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Discord wants one to five seconds between a refused session and a new one."""
        if not initial:
            await asyncio.sleep(self._pause)


class _Every(dict[str, Callable[[dict[str, Any]], None]]):
    """A parser for each event there is or will be."""

    def __init__(self, heard: Heard) -> None:
        super().__init__()
        self._heard = heard

    def __missing__(self, event: str) -> Callable[[dict[str, Any]], None]:
        return partial(self._heard, event)
