"""What the real Discord refuses: bodies that its published description or its documentation does not allow.

The description (`../shared/specs/discord`) is checked where it is present; lengths, sums, ids, permissions, lifetimes
and buckets always, from `channels/discord/limits.py` and the tables here (pages: limits.toml; not machine-checked
are the bucket sizes, which Discord does not publish)."""

import gzip
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft7Validator, Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from channels.discord import limits
from channels.splitting import size
from tests.emulators.discord.world import Json, Refused

SPECS = Path(__file__).parents[4] / "shared" / "specs" / "discord"
# Requests in so many seconds for one channel, webhook or interaction; by what a route begins with.
BUCKETS: Mapping[str, tuple[int, float]] = {
    "POST /channels/{channel_id}/messages": (5, 5.0), "PATCH /channels/{channel_id}/messages/{message_id}": (5, 5.0),
    "DELETE /channels/{channel_id}/messages/{message_id}": (5, 1.0), "POST /channels/{channel_id}/typing": (5, 5.0),
    "PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me": (1, 0.25),
    "POST /webhooks/{webhook_id}/{webhook_token}": (5, 2.0), "GET /channels/{channel_id}/messages": (10, 2.0),
}  # fmt: skip
EVERYWHERE = (50, 1.0)
_URL = re.compile(r"(https?|discord)://\S+")
_NAME = re.compile(r"[-_\w]{1,32}")


def invalid(why: str) -> Refused:
    """The usual refusal of a body."""
    return Refused(400, 50035, f"Invalid Form Body: {why}", {"errors": {"_errors": [{"code": "BAD", "message": why}]}})


def check_message(body: Mapping[str, Any], files: int, *, webhook: bool = False) -> None:
    """Refused if the real one would refuse this message; `files`: how many are uploaded with it."""
    content = str(body.get("content") or "")
    if size(content, "utf16") > limits.TEXT:
        raise invalid(f"content: Must be {limits.TEXT} or fewer in length.")
    if not (content.strip() or body.get("embeds") or files or body.get("components")):
        raise Refused(400, 50006, "Cannot send an empty message")
    if files > limits.FILES or {a["id"] for a in body.get("attachments") or ()} - set(map(str, range(files))):
        raise invalid("attachments")
    nonce = body.get("nonce")
    if webhook and (nonce or body.get("message_reference")):
        raise invalid("a webhook takes neither nonce nor message_reference")
    if nonce is not None and len(str(nonce)) > limits.NONCE:
        raise invalid("nonce")
    _check_embeds(body.get("embeds") or [])
    check_components(body.get("components") or [])
    mentions = body.get("allowed_mentions") or {}
    if "users" in (mentions.get("parse") or []) and mentions.get("users"):
        raise invalid("allowed_mentions: users are named and parsed")


def _check_embeds(embeds: list[Json]) -> None:
    total = 0
    for embed in embeds:
        fields = embed.get("fields") or []
        texts = [(embed.get("title"), limits.EMBED_TITLE), (embed.get("description"), limits.EMBED_TEXT),
                 ((embed.get("footer") or {}).get("text"), 2048), ((embed.get("author") or {}).get("name"), 256),
                 *((f.get("name"), 256) for f in fields), *((f.get("value"), 1024) for f in fields)]  # fmt: skip
        if len(fields) > 25 or any(text and len(text) > most for text, most in texts):
            raise invalid("embeds: too long")
        total += sum(len(text) for text, _ in texts if text)
    if len(embeds) > 10 or total > limits.EMBEDS_TOTAL:
        raise invalid("embeds: Embed size exceeds maximum size of 6000")


def check_components(rows: list[Json]) -> None:
    """Five rows of five buttons or one menu; every custom_id once."""
    ids: list[str] = []
    if len(rows) > limits.ROWS:
        raise invalid("components: at most 5 rows")
    for row in rows:
        inside = row.get("components") or []
        menus = [c for c in inside if c.get("type") == 3]
        if row.get("type") != 1 or not 1 <= len(inside) <= limits.ROW_BUTTONS or (menus and len(inside) > 1):
            raise invalid("components: a row holds one to five buttons, or one menu")
        for one in inside:
            ids += _check_menu(one) if one.get("type") == 3 else _check_button(one)
    if len(set(ids)) < len(ids) or any(not 1 <= len(i) <= limits.CUSTOM_ID for i in ids):
        raise invalid("components: custom_id must be unique, of 1 to 100 characters")


def _check_button(button: Json) -> list[str]:
    link = button.get("style") == 5
    if not 1 <= len(button.get("label") or "") <= limits.LABEL or link != ("url" in button):
        raise invalid("components: label or url of a button")
    if link and (len(button["url"]) > limits.LINK or not _URL.fullmatch(button["url"])):
        raise invalid("components: url of a button")
    return [] if link else [str(button.get("custom_id") or "")]


def _check_menu(menu: Json) -> list[str]:
    options = menu.get("options") or []
    values = [o["value"] for o in options]
    texts = [t for o in options for t in (o["label"], o["value"])]
    if (
        not 1 <= len(options) <= limits.SELECT_OPTIONS
        or len(set(values)) < len(values)
        or any(not 1 <= len(t) <= 100 for t in texts)
    ):
        raise invalid("components: options of a menu")
    return [str(menu.get("custom_id") or "")]


def check_voice(body: Mapping[str, Any]) -> None:
    """The name of a webhook's message."""
    name = str(body.get("username") or "x")
    if len(name) > limits.USERNAME or any(p in name.casefold() for p in ("discord", "clyde", "```")):
        raise invalid("username: not allowed")


def check_modal(data: Json) -> None:
    """A modal: title, at most five inputs, each with a name of its own."""
    inputs = [c.get("component") or {} for c in data.get("components") or []]
    names = [str(i.get("custom_id") or "") for i in inputs]
    if not 1 <= len(inputs) <= limits.MODAL_INPUTS or len(set(names)) < len(names) or not all(names):
        raise invalid("components of a modal")
    if (
        not 1 <= len(data.get("title") or "") <= limits.MODAL_TITLE
        or not 1 <= len(data["custom_id"]) <= limits.CUSTOM_ID
    ):
        raise invalid("title or custom_id of a modal")
    if any(not 1 <= len(c.get("label") or "") <= limits.MODAL_LABEL for c in data["components"]):
        raise invalid("label of an input")


def check_commands(commands: list[Json]) -> None:
    """Names, counts and sums of application commands."""
    names = [c["name"] for c in commands]
    if len(commands) > limits.COMMANDS or len(set(names)) < len(names):
        raise invalid("commands: too many, or a name twice")
    for command in commands:
        options = command.get("options") or []
        required = [bool(o.get("required")) for o in options]
        for one in (command, *options):
            if not _NAME.fullmatch(one["name"]) or one["name"] != one["name"].lower():
                raise invalid(f"name {one['name']!r}")
            if not 1 <= len(one.get("description") or "") <= limits.COMMAND_ABOUT:
                raise invalid(f"description of {one['name']}")
        if len(options) > limits.OPTIONS or required != sorted(required, reverse=True):
            raise invalid(f"options of {command['name']}")
        if any(o.get("choices") and o.get("autocomplete") for o in options):
            raise invalid("choices and autocomplete exclude each other")


class Spec:
    """Discord's published OpenAPI; without it nothing is checked here."""

    def __init__(self) -> None:
        self.doc = _published()
        self.checked = 0

    def check(self, method: str, path: str, kind: str, body: Any) -> None:
        """Refused if a body is none of those that a route takes; `kind`: its content type."""
        validator = _taken(method.lower(), path, kind) if self.doc else None
        if validator is not None:
            self.checked += 1
            for error in validator.iter_errors(body):
                raise invalid(f"{'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")

    def wrong(self, method: str, path: str, answer: Any) -> list[str]:
        """What an answer of ours has that the description does not, or lacks."""
        told = self.doc["paths"][path][method.lower()]["responses"]
        schema = _absolute(told["200"]["content"]["application/json"]["schema"])
        found = Draft202012Validator(schema, registry=_registry()).iter_errors(answer)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in found]


@cache
def _published() -> Json:
    path = SPECS / "openapi.json.gz"
    found: Json = json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
    return found


@cache
def _registry() -> Any:
    resource = Resource.from_contents(_published(), default_specification=DRAFT202012)
    return Registry().with_resource("urn:spec", resource)


@cache
def _taken(method: str, path: str, kind: str) -> Any:
    """Of what a route takes: a validator, None where it takes nothing."""
    operation = _published()["paths"].get(path, {}).get(method, {})
    content = operation.get("requestBody", {}).get("content", {})
    found = content.get(kind) or content.get("application/json")
    return Draft202012Validator(_absolute(found["schema"]), registry=_registry()) if found else None


def _absolute(found: Any) -> Any:
    if isinstance(found, dict):
        return {k: f"urn:spec{v}" if k == "$ref" and str(v)[:1] == "#" else _absolute(v) for k, v in found.items()}
    return [_absolute(v) for v in found] if isinstance(found, list) else found


@cache
def frames() -> Json:
    """The derived schema of the gateway's frames, {} where it is not present."""
    path = SPECS / "discord-api-types_0.38.57_gateway.schema.json.gz"
    found: Json = json.loads(gzip.decompress(path.read_bytes())) if path.exists() else {}
    return found


def frame_errors(name: str, frame: Json) -> list[str]:
    """What is wrong with a frame of that name."""
    if name not in frames().get("definitions", {}):
        return []
    schema = {"$ref": f"#/definitions/{name}", "definitions": frames()["definitions"]}
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in Draft7Validator(schema).iter_errors(frame)
    ]
