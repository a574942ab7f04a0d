"""The methods that the emulator knows, with their parameters; the Bot API's page as of 2026-08-24.

https://core.telegram.org/bots/api. Where the description of the whole API stands beside this checkout, requests are
held against that as well."""

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

SPEC = Path(__file__).parents[4] / "shared/specs/telegram/bot_api.schema.json.gz"
_SEND = {"chat_id": "id!", "message_thread_id": "int", "reply_parameters": "json", "reply_markup": "json",
         "disable_notification": "bool"}  # fmt: skip
_CAPTION = {"caption": "str", "caption_entities": "json"}
METHODS: dict[str, dict[str, str]] = {
    "getMe": {},
    "getUpdates": {"offset": "int", "limit": "int", "timeout": "int", "allowed_updates": "json"},
    "setWebhook": {"url": "str!", "secret_token": "str", "allowed_updates": "json", "max_connections": "int",
                   "drop_pending_updates": "bool"},
    "deleteWebhook": {"drop_pending_updates": "bool"},
    "getWebhookInfo": {},
    "sendMessage": {**_SEND, "text": "str!", "entities": "json", "link_preview_options": "json"},
    "sendPhoto": {**_SEND, **_CAPTION, "photo": "file!"},
    "sendDocument": {**_SEND, **_CAPTION, "document": "file!"},
    "sendMessageDraft": {"chat_id": "int!", "message_thread_id": "int", "draft_id": "int!", "text": "str",
                         "entities": "json"},
    "sendChatAction": {"chat_id": "id!", "message_thread_id": "int", "action": "str!"},
    "editMessageText": {"chat_id": "id!", "message_id": "int!", "text": "str!", "entities": "json",
                        "link_preview_options": "json", "reply_markup": "json"},
    "editMessageCaption": {"chat_id": "id!", "message_id": "int!", **_CAPTION, "reply_markup": "json"},
    "deleteMessage": {"chat_id": "id!", "message_id": "int!"},
    "answerCallbackQuery": {"callback_query_id": "str!", "text": "str", "show_alert": "bool"},
    "setMessageReaction": {"chat_id": "id!", "message_id": "int!", "reaction": "json", "is_big": "bool"},
    "getFile": {"file_id": "str!"},
    "setMyCommands": {"commands": "json!", "scope": "json", "language_code": "str"},
    "getMyCommands": {"scope": "json", "language_code": "str"},
    "deleteMyCommands": {"scope": "json", "language_code": "str"},
}  # fmt: skip


class Refused(Exception):
    """The Bot API says no: status, description and parameters of its answer."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


def bad(description: str, **parameters: int) -> Refused:
    """400, as the server words it."""
    return Refused(400, f"Bad Request: {description}", **parameters)


def typed(method: str, given: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a call by their types; Refused for a missing, unknown or malformed one."""
    table = METHODS[method]
    if unknown := set(given) - set(table):
        raise bad(f"the emulator knows no parameter {sorted(unknown)} of {method}")
    if missing := [name for name, kind in table.items() if kind.endswith("!") and given.get(name) in (None, "")]:
        raise bad("message text is empty" if missing == ["text"] else f"parameter {missing[0]} is missing")
    found = {name: _value(name, value, table[name].rstrip("!")) for name, value in given.items()}
    _against_the_description(method, found)
    return found


def _value(name: str, value: Any, kind: str) -> Any:
    if not isinstance(value, str) or kind in ("str", "file"):
        return value
    try:
        if kind == "bool":
            return {"true": True, "false": False}[value.lower()]
        if kind == "id" and value.startswith("@"):
            return value
        return int(value) if kind in ("int", "id") else json.loads(value)
    except (ValueError, KeyError) as wrong:
        raise bad(f"can't parse {name}") from wrong


def _against_the_description(method: str, found: dict[str, Any]) -> None:
    validator = validator_of(method)
    if validator is None:
        return
    plain = {name: "attach" if isinstance(value, tuple) else value for name, value in found.items()}
    for error in validator.iter_errors(plain):
        where = "/".join(map(str, error.path))
        raise bad(f"{method} is not as described at {where}: {error.message[:300]}")


@cache
def description() -> dict[str, Any] | None:
    """The API's description as JSON Schema, where it is at hand."""
    if not SPEC.exists():
        return None
    with gzip.open(SPEC, "rt") as text:
        found: dict[str, Any] = json.load(text)
    return found


@cache
def validator_of(method: str) -> Draft202012Validator | None:
    """What checks the parameters of a method."""
    found = description()
    if found is None:
        return None
    if method not in found["methods"]:
        return None
    about = {"methods": {method: found["methods"][method]}, "$defs": found["$defs"]}
    return Draft202012Validator({"$ref": f"#/methods/{method}/params", **about})


@cache
def update_validator() -> Draft202012Validator | None:
    """What checks the updates that the emulator sends."""
    found = description()
    return None if found is None else Draft202012Validator({"$ref": "#/$defs/Update", "$defs": found["$defs"]})
