"""The SDK's errors as ours: what heals by itself after a while, and what this request can never be."""

import anthropic

from bot.errors import CaravanError, RetryLater, Undeliverable

_BUSY, _GONE, _WRONG_KEY, _LIMIT = 10.0, 5.0, 300.0, 3600.0
_BY_TYPE = {"overloaded_error": 529, "rate_limit_error": 429, "api_error": 500, "timeout_error": 504}


def translated(error: anthropic.APIError) -> CaravanError:
    """RetryLater: ask again after that time. Undeliverable: this request will never be answered."""
    if not isinstance(error, anthropic.APIStatusError):
        return RetryLater(_GONE, f"Claude cannot be reached: {type(error).__name__}")
    status = _status(error)
    if status == 429:
        return RetryLater(_after(error, _LIMIT), "Claude limits us")
    if status >= 500 or status == 408:
        return RetryLater(_after(error, _BUSY), f"Claude is busy: {status}")
    if status in (401, 402, 403, 404):
        return RetryLater(_WRONG_KEY, f"Claude refuses the key or the model: {status}")
    return Undeliverable(f"Claude refuses the request: {status}")


def _status(error: anthropic.APIStatusError) -> int:
    """The status; of an error in the middle of a stream, whose own status was 200, the one of its type."""
    if error.status_code >= 400:
        return error.status_code
    body = error.body if isinstance(error.body, dict) else {}
    inner = body.get("error")
    return _BY_TYPE.get(str(inner.get("type")) if isinstance(inner, dict) else "", 500)


def _after(error: anthropic.APIStatusError, otherwise: float) -> float:
    """Seconds from the header `retry-after`. A rate limit without it is the month's spending limit."""
    try:
        return min(max(float(error.response.headers.get("retry-after", "")), 1.0), _LIMIT)
    except ValueError:
        return otherwise
