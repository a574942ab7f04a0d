"""Discord's answers by the reaction they call for: HTTP status and JSON code, which decides where there is one.

https://docs.discord.com/developers/topics/opcodes-and-status-codes"""

from bot.errors import CaravanError, Explain
from channels.answers import Answer, reaction
from channels.discord.limits import BUSY, CLOSED, LATE
from channels.texts import say

UNKNOWN_MESSAGE, UNKNOWN_WEBHOOK, TOO_LARGE = 10008, 10015, 40005


def translated(answer: Answer) -> CaravanError:
    """What an answer calls for."""
    return Explain(say("discord_press_again")) if answer.code in LATE else reaction(answer, BUSY, CLOSED)
