"""Discord's answers by the reaction they call for: HTTP status and JSON code, which decides where there is one.

https://docs.discord.com/developers/topics/opcodes-and-status-codes; a code not named here: not done, never will be."""

from bot.errors import CaravanError, Explain, RetryLater, Undeliverable, Unknown
from channels.answers import SOON, Answer
from channels.discord.limits import BUSY, CLOSED, LATE
from channels.texts import say

UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, TOO_LARGE = 10008, 10015, 40005


class Refused(Undeliverable):
    """Undeliverable, with Discord's status and code."""

    def __init__(self, answer: Answer) -> None:
        gone = "account" if answer.status == 401 else "place" if answer.code in CLOSED else ""
        super().__init__(f"HTTP {answer.status}, code {answer.code}: {answer.words}"[:300], gone=gone)
        self.status, self.code = answer.status, answer.code


def translated(answer: Answer) -> CaravanError:
    """What an answer calls for."""
    if answer.status == 429 or answer.code in BUSY:
        return RetryLater(answer.after(BUSY.get(answer.code, 5.0)), f"HTTP {answer.status}, code {answer.code}")
    if answer.code in LATE:
        return Explain(say("discord_press_again"))
    if answer.status >= 500 or answer.status == 408:
        return RetryLater(SOON, f"HTTP {answer.status}") if answer.repeats else Unknown(f"HTTP {answer.status}")
    return Refused(answer)
