"""Slack's error codes by the reaction they call for. A code that is not named here means: not done, never will be."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels.slack.limits import BUSY, CLOSED, LATE, METHODS, REVOKED, UNSURE, Method
from channels.texts import say

FAILURES = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


def translated(method: str, error: Exception) -> CaravanError:
    """What an error of the SDK or of the connection calls for. A method that may be repeated is repeated."""
    known = METHODS[method]
    if isinstance(error, SlackApiError):
        return _of_code(known, error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return RetryLater(1.0, "Slack cannot be reached")
    return _unsure(known, f"{method}: {type(error).__name__}")


def code_of(error: BaseException | None) -> str:
    """Slack's own code behind one of our errors, "" if there is none."""
    cause = error.__cause__ if isinstance(error, CaravanError) else error
    response = cause.response if isinstance(cause, SlackApiError) else {}
    return str((response.get("error") if hasattr(response, "get") else "") or "")


def _of_code(method: Method, error: SlackApiError) -> CaravanError:
    code, status = code_of(error), int(getattr(error.response, "status_code", 0) or 0)
    if status == 429 or code in BUSY:
        return RetryLater(_after(error, BUSY.get(code, 30.0)), code or "ratelimited")
    if code in UNSURE or (not code and status >= 500):
        return _unsure(method, code or f"HTTP {status}")
    if code in LATE:
        return Explain(say("slack_press_again"))
    return Undeliverable(code or f"HTTP {status}", gone="account" if code in REVOKED else "place" * (code in CLOSED))


def _after(error: SlackApiError, otherwise: float) -> float:
    headers = {str(k).lower(): v for k, v in getattr(error.response, "headers", {}).items()}
    try:
        return max(0.1, float(headers["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return otherwise


def _unsure(method: Method, why: str) -> CaravanError:
    return RetryLater(1.0, why) if method.repeats else Unknown(why)
