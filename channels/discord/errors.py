"""Discord's answers by the reaction they call for: HTTP status and JSON code, which decides where there is one.

https://docs.discord.com/developers/topics/opcodes-and-status-codes; a code not named here: not done, never will be."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels.discord.limits import BUSY, CLOSED, LATE
from channels.texts import say

WAIT = 1.0
FAILURES = (aiohttp.ClientError, asyncio.TimeoutError, OSError)

UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, TOO_LARGE = 10008, 10015, 40005
_CONNECTING = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer of Discord's that is no success. `repeats`: asking again would change nothing more."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False

    @property
    def code(self) -> int:
        """Discord's own code, 0 if there is none."""
        found = self.body.get("code") if isinstance(self.body, dict) else 0
        return found if isinstance(found, int) else 0

    @property
    def everywhere(self) -> bool:
        """Whether a limit is that of the whole bot and not of one route."""
        told = self.body.get("global") if isinstance(self.body, dict) else False
        return bool(told) or self.headers.get("X-RateLimit-Global", "").casefold() == "true"


class Refused(Undeliverable):
    """Undeliverable, with Discord's status and code."""

    def __init__(self, status: int, code: int, why: str) -> None:
        gone = "account" if status == 401 else "place" if code in CLOSED else ""
        super().__init__(f"HTTP {status}, code {code}: {why}"[:300], gone=gone)
        self.status, self.code = status, code


def translated(answer: Answer) -> CaravanError:
    """What an answer calls for."""
    status, code = answer.status, answer.code
    if status == 429 or code in BUSY:
        return RetryLater(after(answer), f"HTTP {status}, code {code}")
    if code in LATE:
        return Explain(say("discord_press_again"))
    if status >= 500 or status == 408:
        return RetryLater(WAIT, f"HTTP {status}") if answer.repeats else Unknown(f"HTTP {status}")
    return Refused(status, code, _words(answer.body))


def failed(error: BaseException, *, repeats: bool) -> CaravanError:
    """What a failure of the connection calls for."""
    if isinstance(error, _CONNECTING) or repeats:
        return RetryLater(WAIT, f"Discord cannot be reached: {type(error).__name__}")
    return Unknown(type(error).__name__)


def after(answer: Answer) -> float:
    """How many seconds Discord asks us to wait."""
    told = answer.body.get("retry_after") if isinstance(answer.body, dict) else None
    for found in (told, answer.headers.get("Retry-After"), answer.headers.get("X-RateLimit-Reset-After")):
        try:
            return max(0.05, float(found))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            continue
    return BUSY.get(answer.code, 5.0)


def _words(body: Any) -> str:
    return str(body.get("message", "")) if isinstance(body, dict) else str(body or "")[:100]
