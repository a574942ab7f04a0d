"""Slack's error codes by the reaction they call for. A code that is not named here means: not done, never will be."""

import asyncio
from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels.slack.limits import METHODS, Method
from channels.slack.texts import say

_WAIT = 1.0
# Seconds to wait where Slack names none.
BUSY: Mapping[str, float] = {
    "ratelimited": 30.0, "rate_limited": 30.0, "message_limit_exceeded": 60.0, "team_added_to_org": 10.0,
}  # fmt: skip
# Something may have taken effect: https://docs.slack.dev/reference/methods/chat.postMessage/ says so of fatal_error.
UNSURE = frozenset("fatal_error internal_error request_timeout service_unavailable messaging_processing_failed".split())
# The form cannot be opened any more: the person presses again.
LATE = frozenset("trigger_expired expired_trigger_id exchanged_trigger_id invalid_trigger_id invalid_trigger".split())
# A whole workspace is closed to us, or one channel of it; whoever owns it is told once, the rest goes on.
REVOKED = frozenset(
    "account_inactive app_uninstalled invalid_auth not_authed token_expired token_revoked missing_scope no_permission"
    " org_login_required access_denied team_access_not_granted enterprise_is_restricted".split()
)
CLOSED = frozenset(
    "channel_not_found is_archived not_in_channel restricted_action restricted_action_read_only_channel"
    " restricted_action_thread_only_channel restricted_action_non_threadable_channel restricted_action_thread_locked"
    " ekm_access_denied messages_tab_disabled channel_is_limited_access".split()
)
FAILURES = (SlackApiError, aiohttp.ClientError, asyncio.TimeoutError, OSError)


def translated(method: str, error: Exception) -> CaravanError:
    """What an error of the SDK or of the connection calls for. A method that may be repeated is repeated."""
    known = METHODS.get(method, Method(repeats=False))
    if isinstance(error, SlackApiError):
        return _of_code(known, error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return RetryLater(_WAIT, "Slack cannot be reached")
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
        return Explain(say("press_again"))
    return Undeliverable(code or f"HTTP {status}", gone="account" if code in REVOKED else "place" * (code in CLOSED))


def _after(error: SlackApiError, otherwise: float) -> float:
    headers = {str(k).lower(): v for k, v in getattr(error.response, "headers", {}).items()}
    try:
        return max(0.1, float(headers["retry-after"]))
    except (KeyError, TypeError, ValueError):
        return otherwise


def _unsure(method: Method, why: str) -> CaravanError:
    return RetryLater(_WAIT, why) if method.repeats else Unknown(why)
