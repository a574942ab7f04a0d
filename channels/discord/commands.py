"""Slash commands as application commands, made from the registry."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.arguments import question
from bot.capability import Capability, Parameter
from channels.discord.limits import CHOICE, CHOICES, COMMAND_ABOUT, COMMAND_SIZE, COMMANDS, OPTIONS
from channels.offering import ADMIN, WORDS, name_of
from channels.suggesting import SUGGESTED
from channels.texts import say

STRING, INTEGER, BOOLEAN = 3, 4, 5
_TYPES = {"count": INTEGER, "flag": BOOLEAN}
_SAME = ("name", "description", "type", "options", "required", "autocomplete", "choices", "value")


def described(capabilities: Sequence[Capability]) -> list[dict[str, Any]]:
    """The body of the bulk overwrite: native types, choices, autocomplete; nothing is required, we ask for it."""
    made = {name_of(c): _command(c) for c in capabilities if c.command and not c.hidden}
    options = [_option(WORDS, say("discord_admin_words"))]
    admin = {"name": ADMIN, "type": 1, "description": say("discord_admin"), "options": options}
    return list({**made, ADMIN: made.get(ADMIN, admin)}.values())[:COMMANDS]


def same(ours: Sequence[Mapping[str, Any]], theirs: object) -> bool:
    """Whether what Discord has is what we would put there."""
    return isinstance(theirs, list) and sorted(map(_bare, ours)) == sorted(map(_bare, theirs))


def _command(capability: Capability) -> dict[str, Any]:
    parameters = capability.parameters[: OPTIONS - 1]
    options = [_option_of(p) for p in parameters]
    if len(parameters) > 1 and all(p.name != WORDS for p in parameters):
        options.append(_option(WORDS, say("discord_words")))
    name, about = name_of(capability), capability.summary[:COMMAND_ABOUT]
    body = {"name": name, "type": 1, "description": about, "options": options}
    return body if len(_bare(body)) <= COMMAND_SIZE else {**body, "options": []}


def _option_of(parameter: Parameter) -> dict[str, Any]:
    option = _option(parameter.name, question(parameter)[:COMMAND_ABOUT], _TYPES.get(parameter.kind, STRING))
    if 0 < len(parameter.choices) <= CHOICES:
        option["choices"] = [{"name": c.replace("_", " ")[:CHOICE], "value": c[:CHOICE]} for c in parameter.choices]
    elif parameter.kind in SUGGESTED:
        option["autocomplete"] = True
    return option


def _option(name: str, about: str, kind: int = STRING) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": about, "required": False}


def _bare(found: Any) -> str:
    """A command without what Discord adds and without what is as good as absent."""
    if isinstance(found, Mapping):
        return repr({k: _bare(found[k]) for k in _SAME if found.get(k) not in (None, False, [], "")})
    return repr([_bare(f) for f in found]) if isinstance(found, list) else str(found)
