"""Telegram's errors by the reaction they call for. The descriptions are those of the Bot API server's source:

https://github.com/tdlib/telegram-bot-api, https://core.telegram.org/bots/api#making-requests"""

from telegram import error as sdk

from bot.errors import CaravanError, RetryLater, Undeliverable, Unknown
from channels.telegram.transport import NoAnswer, NotReached

# Part of a description -> what it means to us.
UNCHANGED = ("message is not modified",)
GONE = ("message to delete not found", "message to edit not found", "message_id_invalid", "message identifier is not")
FIXED = ("message can't be edited", "message can't be deleted")
NO_TEXT = ("there is no text in the message",)
NOT_A_FILE = ("there is no caption in the message",)
TOO_LATE = ("query is too old", "query id is invalid")
CLOSED = (
    "chat not found", "bot was kicked", "bot was blocked", "user is deactivated", "bot is not a member",
    "group chat was deactivated", "group chat was deleted", "have no rights to send", "not enough rights to send",
    "chat_write_forbidden", "peer_id_invalid", "topic_closed", "message thread not found", "topic_deleted",
    "chat_restricted", "need administrator rights",
)  # fmt: skip
NOT_STARTED = ("can't initiate conversation", "bot can't send messages to bots")
# Said by what stands before the Bot API, which does not know how far a call came.
UNTOLD = ("gateway time", "bad gateway", "(504)", "(502)", "invalid server response")


def reaction(error: sdk.TelegramError) -> CaravanError:
    """What to do about an error of a send."""
    words = str(error).casefold()
    if isinstance(error, sdk.RetryAfter):
        after = error.retry_after  # a timedelta where PTB_TIMEDELTA is set
        seconds = after if isinstance(after, int | float) else after.total_seconds()
        return RetryLater(seconds, "Telegram asks us to slow down")
    if isinstance(error, NotReached | sdk.Conflict):
        return RetryLater(1.0, f"Telegram was not reached: {error}")
    if isinstance(error, NoAnswer | sdk.TimedOut):
        return Unknown("Telegram did not answer")
    if isinstance(error, sdk.EndPointNotFound | sdk.InvalidToken):
        return Undeliverable("the bot's token is not valid any more", gone="account")
    if isinstance(error, sdk.ChatMigrated):
        return RetryLater(0.0, "the group has moved")
    if isinstance(error, sdk.Forbidden):
        return Undeliverable(f"refused: {error}", gone="" if says(error, NOT_STARTED) else "place")
    if isinstance(error, sdk.BadRequest):
        return Undeliverable(f"refused: {error}", gone="place" if says(error, CLOSED) else "")
    if any(told in words for told in UNTOLD):
        return Unknown(f"Telegram's gateway tells nothing of it: {words[:60]}")
    if "request entity too large" in words or "(413)" in words:
        return Undeliverable("the file is too large for Telegram")
    if any(f"({code})" in words for code in range(400, 429)):
        return Undeliverable(f"refused: {error}")
    return RetryLater(1.0, f"Telegram is busy: {error}")


def says(error: Exception, words: tuple[str, ...]) -> bool:
    """Whether an error's description has one of these."""
    text = str(error).casefold()
    return any(word in text for word in words)
