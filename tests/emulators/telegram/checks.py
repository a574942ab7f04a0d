"""What the Bot API server refuses in a message: lengths, entities, keyboards."""

from typing import Any
from urllib.parse import urlsplit

from channels.telegram.limits import CALLBACK_DATA, CAPTION, KEYBOARD_ROW, TEXT
from tests.emulators.telegram.tables import bad

_BUTTONS = 100
_STYLES = {"bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote", "code",
           "pre", "text_link", "text_mention", "custom_emoji"}  # fmt: skip


def utf16(text: str) -> int:
    """Length as Telegram counts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_text(text: str, entities: list[dict[str, Any]], *, caption: bool = False) -> None:
    """Refused for what a message cannot be."""
    if not caption and not text.strip():
        raise bad("message text is empty")
    if utf16(text) > (CAPTION if caption else TEXT):
        raise bad("message caption is too long" if caption else "message is too long")
    for entity in entities:
        _check_entity(text, entity, entities)


def _check_entity(text: str, entity: dict[str, Any], all_of_them: list[dict[str, Any]]) -> None:
    begin, length = entity["offset"], entity["length"]
    if begin < 0 or length <= 0 or begin + length > utf16(text):
        raise bad("can't parse entities: the entity ends outside of the text")
    units = text.encode("utf-16-le", "surrogatepass")
    for at in (begin, begin + length):
        low = units[2 * at : 2 * at + 2]
        if len(low) == 2 and 0xDC00 <= int.from_bytes(low, "little") <= 0xDFFF:
            raise bad("can't parse entities: the entity cuts a character in two")
    if entity["type"] not in _STYLES:
        raise bad(f"can't parse entities: unknown type {entity['type']}")
    if entity["type"] in ("code", "pre"):
        others = [e for e in all_of_them if e is not entity]
        if any(e["offset"] < begin + length and begin < e["offset"] + e["length"] for e in others):
            raise bad("can't parse entities: code cannot be part of another entity")
    if entity["type"] == "text_link" and not urlsplit(entity.get("url", "")).scheme:
        raise bad("can't parse entities: a link without an address")


def check_keyboard(markup: dict[str, Any] | None) -> None:
    """Refused for buttons that cannot be shown."""
    rows = (markup or {}).get("inline_keyboard", [])
    if sum(map(len, rows)) > _BUTTONS:
        raise bad("reply markup is too long")
    for row in rows:
        if len(row) > KEYBOARD_ROW:
            raise bad("too many buttons in a row")
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    if not button.get("text"):
        raise bad("button text is empty")
    if "url" in button:
        found = urlsplit(button["url"])
        if found.scheme not in ("http", "https", "tg") or "." not in (found.hostname or ""):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")
        return
    if not 1 <= len(button.get("callback_data", "").encode()) <= CALLBACK_DATA:
        raise bad("BUTTON_DATA_INVALID")
