"""Keys typed into a chat: taken out of an Entry before it is stored, and put beside it sealed."""

import re

from bot.model import Entry
from bot.sealed import Sealer
from bot.values import changed

COMMAND = "/admin"
SEALED = "sealed"
HIDDEN = "[keys removed]"
_ABOUT_KEYS = re.compile(r"(?s)^/admin(?:@\S+)?\s+account\s+(.+)$", re.IGNORECASE)
# channel and name stay readable, and a verb; what follows is keys, and so is any long word.
_HEAD = re.compile(r"(?s)^((?:add|rotate|remove)\s+\S{1,20}\s+[a-z0-9_-]{1,32})(?:\s+(.+))?$", re.IGNORECASE)
_LONG = re.compile(r"\S{16,}")


class Concealer:
    """`conceal` is for every Entry whose text begins with COMMAND."""

    def __init__(self, secret: str) -> None:
        self._sealer = Sealer(secret)

    def conceal(self, entry: Entry, text: str) -> tuple[Entry, str]:
        """The Entry with what was typed after `account` sealed in its value, and the text that may be stored."""
        found = _ABOUT_KEYS.match(text)
        if found is None or HIDDEN in text:
            return entry, text
        words = found[1].strip()
        head = _HEAD.match(words)
        shown = f"{head[1]} {HIDDEN}" if head and head[2] else _LONG.sub(HIDDEN, words)
        if shown == words:
            return entry, text
        value = {**entry.value, SEALED: self._sealer.seal(words)}
        return changed(entry, value=value), text[: found.start(1)] + shown

    def words(self, entry: Entry | None, words: str) -> str:
        """What was typed, keys included, for the command alone."""
        sealed = str(entry.value.get(SEALED, "")) if entry else ""
        return (self._sealer.open(sealed) or words) if sealed else words
