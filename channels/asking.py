"""An HTTP API of which everything is asked once and at once: retry has one owner, the Deliverer."""

import time
from collections.abc import Callable
from typing import Any

import aiohttp

from bot.errors import CaravanError, RetryLater
from channels.answers import FAILURES, Answer, asked, failed
from channels.buckets import EVERYTHING, Buckets
from channels.fetching import fetched

_TIMEOUT = aiohttp.ClientTimeout(total=20, connect=5)


class Asking:
    """`reaction`: what an answer that is no success calls for. What a bucket still allows is known from the headers of

    earlier answers: a request that it does not allow is RetryLater without being made."""

    def __init__(self, network: str, reaction: Callable[[Answer], CaravanError]) -> None:
        self._network, self._reaction = network, reaction
        self._connections: aiohttp.ClientSession | None = None
        self._names: dict[str, str] = {}
        self._limits = Buckets(time.monotonic)

    async def ask(
        self, method: str, url: str, *, repeats: bool = False, route: str = "", about: str = "", **given: Any
    ) -> Any:
        """The JSON of the answer, or its text. `repeats`: doing it again changes nothing. `route`, `about`: what the

        API counts it for; "" for what it does not count."""
        if route:
            self._limits.check(self._bucket(route, about))
        answer = await asked(self._session(), self._network, method, url, repeats, **given)
        if name := answer.headers.get("X-RateLimit-Bucket"):
            self._names[route] = name
        if 200 <= answer.status < 300:
            if answer.headers.get("X-RateLimit-Remaining") == "0":
                self._limits.empty(self._bucket(route, about), answer.after(0.0))
            return answer.body
        wrong = self._reaction(answer)
        if answer.status == 429 and isinstance(wrong, RetryLater):
            self._limits.empty(EVERYTHING if answer.everywhere else self._bucket(route, about), wrong.after)
        raise wrong

    async def fetch(self, url: str, most: int) -> bytes:
        """The bytes of a file, through redirects; Undeliverable if there are more than `most`."""
        try:
            return await fetched(self._session(), url, most, {})
        except FAILURES as error:
            raise failed(self._network, error, repeats=True) from error

    async def end(self) -> None:
        """Let go of the connections."""
        if self._connections is not None:
            await self._connections.close()

    def _bucket(self, route: str, about: str) -> str:
        return f"{self._names.get(route, route)}|{about}"

    def _session(self) -> aiohttp.ClientSession:
        if self._connections is None or self._connections.closed:
            self._connections = aiohttp.ClientSession(timeout=_TIMEOUT, cookie_jar=aiohttp.DummyCookieJar())
        return self._connections
