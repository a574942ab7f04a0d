"""What a request of Caravan's has to look like, field by field; our own table, for nobody else describes it."""

from typing import Any

from channels.splitting import size

_FIELDS = {
    "message": {"author", "markdown", "buttons", "reply_to", "partial"},
    "edit": {"author", "markdown", "buttons", "reply_to", "partial"},
    "delete": set[str](), "react": {"emoji"}, "unreact": {"emoji"},
}  # fmt: skip
_TEXT, _BUTTONS, _LABEL = 4000, 20, 80


class Wrong(Exception):
    """What nobody may send; the argument says what."""


def check(body: dict[str, Any]) -> None:
    """Wrong if a field is missing, is too many, or holds what it may not."""
    kind = body.get("kind")
    if kind == "commands":
        if set(body) != {"kind", "commands"} or any(
            set(c) != {"command", "description", "arguments"} for c in body["commands"]
        ):
            raise Wrong(f"commands: {body}")
        return
    if kind not in _FIELDS or set(body) != {"kind", "conversation", "id", *_FIELDS[kind]}:
        raise Wrong(f"{kind}: {sorted(body)}")
    if not all(isinstance(body[name], str) and body[name] for name in ("conversation", "id")):
        raise Wrong("a conversation or message without an id")
    if "markdown" in body:
        _check_words(body)


def _check_words(body: dict[str, Any]) -> None:
    text, buttons = body["markdown"], body["buttons"]
    if (not text.strip() and not buttons) or size(text, "chars") > _TEXT:
        raise Wrong(f"{len(text)} characters")
    if len(buttons) > _BUTTONS or any(not 1 <= len(b["label"]) <= _LABEL for b in buttons):
        raise Wrong(f"buttons: {buttons}")
    if any(set(b) not in ({"label", "button"}, {"label", "url"}) for b in buttons):
        raise Wrong(f"buttons: {buttons}")
    author = body["author"]
    if set(author) != {"name", "kind", "avatar"} or author["kind"] not in ("person", "persona", "system"):
        raise Wrong(f"author: {author}")
    if not isinstance(body["partial"], bool):
        raise Wrong("partial")
