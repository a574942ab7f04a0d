"""Forms as modals: what opens one, what it looks like, what was filled in. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.content import Field
from channels.received import inside, opened
from channels.slack.limits import LABEL, MODAL_BLOCKS, OPTIONS, PRIVATE_METADATA
from channels.texts import say

FORM = "form"
_INPUTS = {"date": "datepicker", "count": "number_input"}


def opener(token: str, fields: Sequence[Field]) -> str:
    """What a button says that opens a form: its own token and the inputs."""
    asked = [[f.name, f.type, list(f.options)] for f in fields]
    return json.dumps({"token": token, "fields": asked}, ensure_ascii=False)


def modal(value: str, about: Mapping[str, str]) -> dict[str, Any] | None:
    """The view for a pressed button, None if that button opens none. `about` comes back with what is filled in."""
    asked = opened(value) if value.startswith("{") else {}
    fields, private = asked.get("fields"), json.dumps({**about, "token": asked.get("token", "")}, ensure_ascii=False)
    if not isinstance(fields, list) or len(private) > PRIVATE_METADATA:
        return None
    return {
        "type": "modal", "callback_id": FORM, "private_metadata": private, "title": plain(say("slack_form_title")),
        "submit": plain(say("slack_form_send")), "close": plain(say("slack_form_close")),
        "blocks": [_input(str(name), str(kind), options) for name, kind, options in fields[:MODAL_BLOCKS]],
    }  # fmt: skip


def filled(view: Mapping[str, Any]) -> dict[str, Any]:
    """Name of each input -> what was filled in; what was left empty is left out."""
    blocks = [block for block in inside(view, "state", "values").values() if isinstance(block, dict)]
    found = {name: _value(one) for block in blocks for name, one in block.items() if isinstance(one, dict)}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _value(one: Mapping[str, Any]) -> Any:
    if chosen := inside(one, "selected_option"):
        return chosen.get("value")
    given = str(one.get("selected_date") or one.get("value") or "")
    return int(given) if one.get("type") == "number_input" and given.lstrip("-").isdecimal() else given


def _input(name: str, kind: str, options: Sequence[str]) -> dict[str, Any]:
    element: dict[str, Any] = {"type": _INPUTS.get(kind, "plain_text_input"), "action_id": name}
    if kind == "count":
        element["is_decimal_allowed"] = False
    if options:
        shown = [{"text": plain(o.replace("_", " ")[:LABEL]), "value": o} for o in options[:OPTIONS]]
        element = {"type": "static_select", "action_id": name, "options": shown}
    label = plain(name.replace("_", " ").capitalize())
    return {"type": "input", "block_id": name, "optional": True, "label": label, "element": element}


def plain(text: str) -> dict[str, Any]:
    """A text without markup, as Slack wants it."""
    return {"type": "plain_text", "text": text, "emoji": True}
