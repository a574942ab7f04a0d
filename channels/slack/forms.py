"""Forms as modals: what opens one, what it looks like, what was filled in. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.content import Field
from channels.slack.limits import LABEL, MODAL_BLOCKS, OPTIONS, PRIVATE_METADATA
from channels.slack.payloads import Filled, View, decoded
from channels.slack.texts import say

FORM = "form"
_INPUTS = {"date": "datepicker", "count": "number_input"}


def opener(token: str, fields: Sequence[Field]) -> str:
    """What a button says that opens a form: its own token and the inputs."""
    return json.dumps(
        {"token": token, "fields": [[f.name, f.type, list(f.options)] for f in fields]}, ensure_ascii=False
    )


def modal(value: str, about: Mapping[str, str]) -> dict[str, Any] | None:
    """The view for a pressed button, None if that button opens none. `about` comes back with what is filled in."""
    asked = decoded(value) or {}
    fields = asked.get("fields")
    private = json.dumps({**about, "token": asked.get("token", "")}, ensure_ascii=False)
    if not isinstance(fields, list) or len(private) > PRIVATE_METADATA:
        return None
    return {
        "type": "modal", "callback_id": FORM, "private_metadata": private, "title": _plain(say("form_title")),
        "submit": _plain(say("form_send")), "close": _plain(say("form_close")),
        "blocks": [_input(str(name), str(kind), options) for name, kind, options in fields[:MODAL_BLOCKS]],
    }  # fmt: skip


def filled(view: View) -> dict[str, Any]:
    """Name of each input -> what was filled in; what was left empty is left out."""
    found = {name: _value(one) for block in view.state.values.values() for name, one in block.items()}
    return {name: value for name, value in found.items() if value not in (None, "")}


def _value(one: Filled) -> Any:
    if one.selected_option is not None:
        return one.selected_option.value
    if one.type == "number_input" and one.value and one.value.lstrip("-").isdecimal():
        return int(one.value)
    return one.selected_date or one.value


def _input(name: str, kind: str, options: Sequence[str]) -> dict[str, Any]:
    element: dict[str, Any] = {"type": _INPUTS.get(kind, "plain_text_input"), "action_id": name}
    if kind == "count":
        element["is_decimal_allowed"] = False
    if options:
        shown = [{"text": _plain(o.replace("_", " ")[:LABEL]), "value": o} for o in options[:OPTIONS]]
        element = {"type": "static_select", "action_id": name, "options": shown}
    title = name.replace("_", " ").capitalize()
    return {"type": "input", "block_id": name, "optional": True, "label": _plain(title), "element": element}


def _plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text, "emoji": True}
