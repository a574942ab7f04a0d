"""Answers of an HTTP API that are no success, and connections that fail, by what many networks say alike."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.errors import CaravanError, RetryLater, Unknown
from channels.received import decoded

SOON = 1.0
FAILURES = (aiohttp.ClientError, asyncio.TimeoutError, OSError)
_CONNECTING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)
_WAITS = ("Retry-After", "X-RateLimit-Reset-After")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """`body`: JSON, or the text of what is none. `repeats`: asking again would change nothing more."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False

    @property
    def code(self) -> int:
        """The network's own number for it, 0 if there is none."""
        found = self.body.get("code") if isinstance(self.body, dict) else 0
        return found if isinstance(found, int) else 0

    @property
    def words(self) -> str:
        """What it says, for the log."""
        return str(self.body.get("message", "")) if isinstance(self.body, dict) else str(self.body or "")[:100]

    @property
    def everywhere(self) -> bool:
        """Whether a limit is that of the whole account and not of one route."""
        told = self.body.get("global") if isinstance(self.body, dict) else False
        return bool(told) or self.headers.get("X-RateLimit-Global", "").casefold() == "true"

    def after(self, otherwise: float) -> float:
        """How many seconds we are asked to wait."""
        told = self.body.get("retry_after") if isinstance(self.body, dict) else None
        for found in (told, *(self.headers.get(name) for name in _WAITS)):
            try:
                return max(0.05, float(found))  # type: ignore[arg-type]
            except (TypeError, ValueError):
                continue
        return otherwise


async def asked(
    session: aiohttp.ClientSession, network: str, method: str, url: str, repeats: bool, **given: Any
) -> Answer:
    """One request and its answer, whatever it is; RetryLater or Unknown if there is none."""
    try:
        async with session.request(method, url, **given) as response:
            text = await response.text(encoding="utf-8", errors="replace")
            found = decoded(text)
            body = text if found is None else found
            return Answer(status=response.status, body=body, headers=response.headers, repeats=repeats)
    except FAILURES as error:
        raise failed(network, error, repeats=repeats) from error


def failed(network: str, error: BaseException, *, repeats: bool) -> CaravanError:
    """What a failure of the connection calls for."""
    if isinstance(error, _CONNECTING) or repeats:
        return RetryLater(SOON, f"{network} cannot be reached: {type(error).__name__}")
    return Unknown(type(error).__name__)
