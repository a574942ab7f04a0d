"""Twilio's error codes by the reaction they call for; tested one by one. What is not named: not done, never will be."""

import asyncio
from collections.abc import Mapping
from enum import Enum

import aiohttp
from twilio.base.exceptions import TwilioException

from bot.errors import CaravanError, RetryLater, Undeliverable, Unknown, Waits

FAILURES = (TwilioException, aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError)


class Reaction(Enum):
    """What an error code means for a message. LATER: send again. WINDOW: only a template now. PERSON: nothing more
    reaches this person. MESSAGE: this one never will. ACCOUNT: our number or account is not in order."""

    LATER = "later"
    WINDOW = "window"
    PERSON = "person"
    MESSAGE = "message"
    ACCOUNT = "account"


# https://www.twilio.com/docs/api/errors and /docs/whatsapp/api/error-code-mapping, as of 2026-08-24.
CODES: Mapping[int, Reaction] = {
    **dict.fromkeys((20429, 14107, 30022, 63018, 63017, 30001, 63001, 63012, 63022, 63051), Reaction.LATER),
    63016: Reaction.WINDOW,
    **dict.fromkeys((21610, 21211, 21214, 21217, 21614, 63003, 63015, 63024, 63032, 63033, 63049), Reaction.PERSON),
    **dict.fromkeys(
        (63002, 63007, 63008, 63010, 63020, 63034, 20003, 20005, 20006, 21212, 21606, 90010), Reaction.ACCOUNT
    ),
    **dict.fromkeys(
        (21602, 21605, 21617, 21619, 21620, 21623, 21624, 21655, 21656, 21658, 12300, 11200, 11750, 63005, 63006,
         63013, 63019, 63021, 63023, 63025, 63026, 63027, 63028, 63029, 63030, 63036, 92007),
        Reaction.MESSAGE,
    ),
}  # fmt: skip
# Seconds to wait where Twilio names none.
_WAITS = {63018: 30.0, 63017: 60.0, 63012: 5.0, 63001: 30.0}
_WAIT = 2.0


def reaction(code: int) -> Reaction:
    """What a code calls for."""
    return CODES.get(code, Reaction.MESSAGE)


def translated(error: Exception, *, repeats: bool = False) -> CaravanError:
    """An error of the SDK or of the connection as ours. `repeats`: asking again changes nothing more."""
    status = int(getattr(error, "status", 0) or getattr(error, "status_code", 0) or 0)
    if isinstance(error, TwilioException) and status:
        code = getattr(error, "code", 0)
        return _answered(code if isinstance(code, int) else 0, status, repeats)
    if isinstance(error, aiohttp.ClientConnectorError):
        return RetryLater(_WAIT, "Twilio cannot be reached")
    why = f"no answer of Twilio's: {type(error).__name__}"
    return RetryLater(_WAIT, why) if repeats else Unknown(why)


def _answered(code: int, status: int, repeats: bool) -> CaravanError:
    why = f"Twilio {code}" if code > 999 else f"Twilio HTTP {status}"
    if status == 429 or (code in CODES and reaction(code) is Reaction.LATER):
        return RetryLater(_WAITS.get(code, _WAIT), why)
    if status >= 500:
        return RetryLater(_WAIT, why) if repeats or status == 503 else Unknown(why)
    if reaction(code) is Reaction.WINDOW:
        return Waits(why)
    if reaction(code) is Reaction.PERSON:
        return Undeliverable(why, gone="place")
    if status in (401, 403) or reaction(code) is Reaction.ACCOUNT:
        return Undeliverable(why, gone="account")
    return Undeliverable(why)
