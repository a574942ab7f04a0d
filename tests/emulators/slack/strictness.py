"""What the real Slack refuses: unknown or missing arguments, what is too long, bad blocks, too many calls."""

import gzip
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator

from channels.slack import limits
from tests.emulators.slack.world import Refused

SPECS = Path(__file__).parents[4] / "shared" / "specs" / "slack"
# Methods that have no published schema at hand: https://docs.slack.dev/reference/methods/ (not machine-checked).
ARGUMENTS: Mapping[str, tuple[set[str], set[str]]] = {
    "chat.startStream": (
        {"channel", "thread_ts"},
        {"markdown_text", "recipient_team_id", "recipient_user_id", "username", "icon_emoji", "icon_url", "chunks",
         "task_display_mode"},
    ),
    "chat.appendStream": ({"channel", "ts"}, {"markdown_text", "chunks"}),
    "chat.stopStream": ({"channel", "ts"}, {"markdown_text", "blocks", "metadata", "chunks"}),
    "chat.postMessage": (
        {"channel"},
        {"text", "blocks", "thread_ts", "reply_broadcast", "username", "icon_emoji", "icon_url", "metadata",
         "unfurl_links", "unfurl_media", "mrkdwn", "markdown_text", "parse", "link_names"},
    ),
    "chat.postEphemeral": (
        {"channel", "user"}, {"text", "blocks", "thread_ts", "username", "icon_emoji", "icon_url", "parse"},
    ),
    "chat.update": ({"channel", "ts"}, {"text", "blocks", "metadata", "parse", "link_names", "file_ids"}),
    "chat.delete": ({"channel", "ts"}, set()),
    "conversations.history": (
        {"channel"}, {"limit", "oldest", "latest", "inclusive", "include_all_metadata", "cursor"},
    ),
    "conversations.replies": (
        {"channel", "ts"}, {"limit", "oldest", "latest", "inclusive", "include_all_metadata", "cursor"},
    ),
    "reactions.add": ({"channel", "timestamp", "name"}, set()),
    "reactions.remove": ({"channel", "timestamp", "name"}, set()),
    "conversations.info": ({"channel"}, {"include_locale", "include_num_members"}),
    "users.info": ({"user"}, {"include_locale"}),
    "views.open": ({"view"}, {"trigger_id", "interactivity_pointer"}),
    "files.getUploadURLExternal": ({"filename", "length"}, {"alt_text", "snippet_type", "alt_txt"}),
    "files.completeUploadExternal": ({"files"}, {"channel_id", "thread_ts", "initial_comment", "blocks", "channels"}),
    "files.info": ({"file"}, {"page", "count", "limit", "cursor"}),
    "auth.test": (set(), set()),
    "apps.connections.open": (set(), set()),
    "oauth.v2.access": (
        {"client_id", "client_secret"}, {"code", "redirect_uri", "grant_type", "refresh_token"},
    ),
}  # fmt: skip
_SCHEMAS = {"oauth.v2.access": "OAuthV2AccessArguments"}
_ELEMENTS = {"button", "static_select", "datepicker", "plain_text_input", "number_input"}


def check(method: str, args: Mapping[str, Any]) -> None:
    """Refused if the real one would refuse these arguments."""
    needed, allowed = ARGUMENTS[method]
    wrong = [f"missing required field: {m}" for m in sorted(needed - set(args))]
    wrong += [f"no such field: {s}" for s in sorted(set(args) - needed - allowed - {"token"})]
    if wrong:
        raise Refused("invalid_arguments", response_metadata={"messages": wrong})
    _lengths(method, args)
    if args.get("blocks"):
        check_blocks(args["blocks"], limits.BLOCKS)
    if "view" in args:
        _view(args["view"])
    validator = validator_of(_SCHEMAS.get(method) or _schema_name(method))
    error = next(validator.iter_errors(dict(args)), None) if validator else None
    if error is not None:
        raise Refused("invalid_arguments", response_metadata={"messages": [error.message[:300]]})


def _lengths(method: str, args: Mapping[str, Any]) -> None:
    if len(str(args.get("text", ""))) > limits.TEXT_CUT or (
        method == "chat.update" and len(str(args.get("text", ""))) > limits.TEXT_CUT // 10 * 9
    ):
        raise Refused("msg_too_long")
    if len(str(args.get("markdown_text", ""))) > limits.MARKDOWN_TEXT:
        raise Refused("msg_too_long")
    if len(str(args.get("username", ""))) > limits.USERNAME:
        raise Refused("invalid_arguments")
    if method in ("chat.postMessage", "chat.postEphemeral") and not (
        str(args.get("text", "")).strip() or args.get("blocks") or args.get("markdown_text")
    ):
        raise Refused("no_text")
    meta = args.get("metadata") or {}
    if meta and not ({"event_type", "event_payload"} <= set(meta) or "entities" in meta):
        raise Refused("invalid_metadata_format")
    if len(json.dumps(meta)) > 16_000:
        raise Refused("metadata_too_large")


def check_blocks(blocks: list[dict[str, Any]], most: int) -> None:
    """Refused with invalid_blocks if they are not as https://docs.slack.dev/reference/block-kit/blocks/ says."""
    ids = [b["block_id"] for b in blocks if b.get("block_id")]
    if len(blocks) > most or len(set(ids)) < len(ids) or any(len(i) > limits.BLOCK_ID for i in ids):
        raise Refused("invalid_blocks")
    for block in blocks:
        _block(block)
    schema = _types()
    if schema is not None:
        known = Draft7Validator({"$ref": "#/definitions/KnownBlock", "definitions": schema["definitions"]})
        for block in blocks:
            if not known.is_valid(block):
                raise Refused("invalid_blocks")


def _block(block: dict[str, Any]) -> None:
    kind = block.get("type")
    if kind == "section":
        _text(block.get("text"), limits.SECTION)
    elif kind == "actions":
        elements = block.get("elements") or []
        ids = [e.get("action_id") for e in elements]
        if not 0 < len(elements) <= limits.ACTIONS or len(set(ids)) < len(ids):
            raise Refused("invalid_blocks")
        for element in elements:
            _element(element)
    elif kind == "input":
        _text(block.get("label"), 2000, "plain_text")
        _element(block.get("element") or {})
    elif kind not in ("divider", "context", "header", "rich_text"):
        raise Refused("invalid_blocks")


def _element(element: dict[str, Any]) -> None:
    kind = element.get("type")
    if kind not in _ELEMENTS or len(str(element.get("action_id", ""))) > limits.ACTION_ID:
        raise Refused("invalid_blocks")
    if kind == "button":
        _text(element.get("text"), limits.LABEL, "plain_text")
        if len(str(element.get("value", ""))) > limits.BUTTON_VALUE or len(str(element.get("url", ""))) > 3000:
            raise Refused("invalid_blocks")
    if kind == "static_select":
        options = element.get("options") or []
        values = [o.get("value") for o in options]
        if not 0 < len(options) <= limits.OPTIONS or len(set(values)) < len(values):
            raise Refused("invalid_blocks")
        for option in options:
            _text(option.get("text"), limits.LABEL, "plain_text")
            if not 0 < len(str(option.get("value", ""))) <= limits.OPTION_VALUE:
                raise Refused("invalid_blocks")


def _text(text: Any, most: int, kind: str = "") -> None:
    if not isinstance(text, dict) or not 0 < len(str(text.get("text", ""))) <= most:
        raise Refused("invalid_blocks")
    if text.get("type") not in ((kind,) if kind else ("mrkdwn", "plain_text")):
        raise Refused("invalid_blocks")


def _view(view: Mapping[str, Any]) -> None:
    if view.get("type") != "modal" or len(str(view.get("private_metadata", ""))) > limits.PRIVATE_METADATA:
        raise Refused("invalid_arguments")
    for part in ("title", "submit", "close"):
        if part in view:
            _text(view[part], limits.MODAL_TITLE, "plain_text")
    check_blocks(list(view.get("blocks") or []), limits.MODAL_BLOCKS)


def _schema_name(method: str) -> str:
    return "".join(part[0].upper() + part[1:] for part in method.split(".")) + "Arguments"


@cache
def validator_of(name: str) -> Draft7Validator | None:
    """The published schema of that name, where the specs are at hand."""
    path = SPECS / "slack_web-api_8.2.0_methods.schema.json.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt") as file:
        found = json.load(file).get(name)
    return Draft7Validator(found) if found else None


@cache
def _types() -> dict[str, Any] | None:
    path = SPECS / "slack_types_3.2.0_events_blocks.schema.json.gz"
    if not path.exists():
        return None
    with gzip.open(path, "rt") as file:
        found: dict[str, Any] = json.load(file)
    return found


def event_errors(kind: str, event: Mapping[str, Any]) -> list[str]:
    """What is wrong with an event that this emulator made itself; nothing where no schema is at hand."""
    schema = _types()
    if schema is None or kind not in schema["definitions"]:
        return []
    validator = Draft7Validator({"$ref": f"#/definitions/{kind}", "definitions": schema["definitions"]})
    return [e.message[:200] for e in validator.iter_errors(dict(event))]


class Rates:
    """Too many calls in a minute for a workspace, or in a second for a channel. Bursts are tolerated, as there.

    `ahead`: seconds that its time is ahead, where a story lets time pass."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self._left: dict[tuple[str, ...], tuple[float, float]] = {}
        self.floods: dict[str, float] = {}

    def take(self, now: float, team: str, method: str, channel: str) -> None:
        """Refused with ratelimited and the seconds to wait."""
        table, now = limits.METHODS[method], now + self.ahead
        for place in (channel, method):
            if self.floods.get(place, 0) > now:
                raise Refused("ratelimited", retry_after=max(1, round(self.floods[place] - now)))
        self._one(now, (team, method), table.per_minute, table.per_minute / 60)
        if table.per_second and channel:
            self._one(now, (team, method, channel), 8, table.per_second)

    def _one(self, now: float, key: tuple[str, ...], burst: float, per_second: float) -> None:
        left, at = self._left.get(key, (burst, now))
        left = min(burst, left + (now - at) * per_second)
        if left < 1:
            raise Refused("ratelimited", retry_after=max(1, round((1 - left) / per_second)))
        self._left[key] = (left - 1, now)
