"""Forms as modals: what opens one, and what was filled in. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.content import Field
from channels.discord.limits import CUSTOM_ID, MODAL_INPUTS, MODAL_LABEL, MODAL_TITLE, OPTION_LABEL, SELECT_OPTIONS
from channels.texts import say

SENT = "m:"


def modal(token: str, fields: Sequence[Field]) -> dict[str, Any]:
    """The answer that opens a form. A modal has five inputs at most; what stands in none is asked for in the chat."""
    title = say("discord_form")[:MODAL_TITLE]
    inputs = [_input(f) for f in fields[:MODAL_INPUTS]]
    return {"type": 9, "data": {"custom_id": f"{SENT}{token}"[:CUSTOM_ID], "title": title, "components": inputs}}


def filled(components: Sequence[Any]) -> dict[str, Any]:
    """Name of each input -> what was filled in; what was left empty is left out, numbers are numbers."""
    return {name: value for name, value in _inputs(components, 0) if value not in (None, "")}


def _inputs(components: Sequence[Any], depth: int) -> Iterator[tuple[str, Any]]:
    for one in components if depth < 4 else ():
        if not isinstance(one, Mapping):
            continue
        if isinstance(one.get("custom_id"), str) and one.get("type") in (3, 4):
            chosen = one.get("values")
            yield one["custom_id"], str(chosen[0]) if isinstance(chosen, list) and chosen else one.get("value")
        inside = one.get("components")
        yield from _inputs(inside if isinstance(inside, list) else [one.get("component")], depth + 1)


def _input(field: Field) -> dict[str, Any]:
    label = field.name.replace("_", " ").capitalize()[:MODAL_LABEL]
    element: dict[str, Any] = {"type": 4, "custom_id": field.name, "style": 1, "required": False}
    if field.options:
        options = [{"label": o.replace("_", " ")[:OPTION_LABEL], "value": o[:OPTION_LABEL]} for o in field.options]
        element = {"type": 3, "custom_id": field.name, "options": options[:SELECT_OPTIONS], "required": False}
    return {"type": 18, "label": label, "component": element}
