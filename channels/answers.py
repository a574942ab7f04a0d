"""Answers of an HTTP API that are no success, and connections that fail, by what many networks say alike."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.errors import CaravanError, RetryLater, Undeliverable, Unknown
from channels.received import decoded

SOON, _LONGEST = 1.0, 3600.0
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
        """How many seconds we are asked to wait, at most an hour."""
        told = self.body.get("retry_after") if isinstance(self.body, dict) else None
        for found in (told, *(self.headers.get(name) for name in _WAITS)):
            try:
                return min(max(0.05, float(found)), _LONGEST)  # type: ignore[arg-type]
            except (TypeError, ValueError):
                continue
        return otherwise


class Refused(Undeliverable):
    """Not done, and never will be; with the answer's status and the network's own code."""

    def __init__(self, answer: Answer, gone: str = "") -> None:
        super().__init__(f"HTTP {answer.status}, code {answer.code}: {answer.words}"[:300], gone=gone)
        self.status, self.code = answer.status, answer.code


def reaction(answer: Answer, busy: Mapping[int, float], closed: Collection[int]) -> CaravanError:
    """What an answer that is no success calls for. `busy`: codes that mean later -> seconds; `closed`: codes that mean

    that we may not speak there. A code that is not named: not done, never will be."""
    if answer.status == 429 or answer.code in busy:
        return RetryLater(answer.after(busy.get(answer.code, 5.0)), f"HTTP {answer.status}, code {answer.code}")
    if answer.status >= 500 or answer.status == 408:
        return RetryLater(SOON, f"HTTP {answer.status}") if answer.repeats else Unknown(f"HTTP {answer.status}")
    return Refused(answer, "account" if answer.status == 401 else "place" if answer.code in closed else "")


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
