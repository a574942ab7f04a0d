"""Words of others as data: no mark of ours can be forged in them, nothing hidden is passed on, and they have an end."""

import re
import unicodedata
from typing import Any

from bot.codec import to_plain

NAME_LIMIT, LINE_LIMIT, RESULT_LIMIT = 40, 4000, 12_000
_BLANKS = re.compile(r"[^\S\n]+")
_NOT_IN_NAMES = re.compile(r"[^\w .'’-]+")


def visible(text: str) -> str:
    """The text without characters that nobody sees: controls, format and tag characters, unassigned ones."""
    if text.replace("\n", "").isprintable():
        return text
    return "".join(c for c in text if c == "\n" or unicodedata.category(c)[0] != "C")


def wrapped(text: str, limit: int = LINE_LIMIT) -> str:
    """A text that can stand between marks of ours."""
    seen = _BLANKS.sub(" ", visible(text.replace("\r\n", "\n").replace("\t", " "))).strip()
    seen = seen if len(seen) <= limit else f"{seen[:limit]} […]"
    return seen.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def name_of(text: str) -> str:
    """A name as one short line of letters, digits and the marks that names have."""
    seen = _NOT_IN_NAMES.sub(" ", visible(text).replace("\n", " "))
    return " ".join(seen.split())[:NAME_LIMIT].strip() or "somebody"


def cleaned(value: Any) -> Any:
    """A result of ours or of a supplier: every text in it without what nobody sees and without marks of ours."""
    return _cleaned(to_plain(value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return wrapped(value)
    if isinstance(value, dict):
        return {wrapped(str(k), NAME_LIMIT): _cleaned(v) for k, v in value.items()}
    return [_cleaned(v) for v in value] if isinstance(value, list) else value
