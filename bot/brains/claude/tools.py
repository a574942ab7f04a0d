"""Capabilities as the model's tools: name, description and a JSON schema by the kind of each parameter."""

from collections.abc import Iterable
from typing import Any

from anthropic.types import ToolParam

from bot.arguments import TEXT_LIMIT
from bot.capability import Capability, Effect, Parameter

_KINDS: dict[str, dict[str, Any]] = {
    "location": {"type": "string", "description": "a town or an airport, by its name or code"},
    "date": {"type": "string", "format": "date", "description": "YYYY-MM-DD"},
    "count": {"type": "integer"},
    "money": {"type": "string", "description": "an amount and its currency, such as 60000 KES"},
    "person": {"type": "string", "description": "the name of a person of this chat"},
    "text": {"type": "string", "maxLength": TEXT_LIMIT},
    "choice": {"type": "string"},
    "flag": {"type": "boolean"},
}
_EFFECTS = {
    Effect.LOOK: "",
    Effect.CHANGE: " This changes something: only if the person who asks you wants it now.",
    Effect.SPEND: " This only shows a card on which the person who pays can press a button; it never pays.",
}


def tools_of(capabilities: Iterable[Capability]) -> list[ToolParam]:
    """In an order that never changes, the end of what is the same for everybody marked for the cache."""
    tools = [_tool(c) for c in sorted(capabilities, key=lambda c: c.name)]
    if tools:
        tools[-1]["cache_control"] = {"type": "ephemeral"}
    return tools


def _tool(c: Capability) -> ToolParam:
    return {
        "name": c.name,
        "description": _description(c),
        "input_schema": {
            "type": "object",
            "properties": {p.name: _property(p) for p in c.parameters},
            "required": [p.name for p in c.parameters if p.required],
            "additionalProperties": False,
        },
    }


def _description(c: Capability) -> str:
    examples = [f"“{p}”" for p in c.phrases if "{" not in p][:2]
    said = f" People say {' or '.join(examples)}." if examples else ""
    private = " Only the person who asks sees the answer." if c.private else ""
    return f"{c.summary}.{said}{private}{_EFFECTS[c.effect]}"


def _property(p: Parameter) -> dict[str, Any]:
    found = dict(_KINDS[p.kind])
    known = found.get("description", "")
    found["description"] = f"{p.title}: {known}" if known else p.title
    if p.choices:
        found["enum"] = list(p.choices)
    return found
