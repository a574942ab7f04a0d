"""Slash commands as application commands, made from the registry; what is typed into them, and what is offered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.arguments import question
from bot.capability import Capability, Parameter
from channels.discord.limits import CHOICE, CHOICES, COMMAND_ABOUT, COMMAND_NAME, COMMAND_SIZE, COMMANDS, OPTIONS
from channels.discord.payloads import Data
from channels.suggesting import SUGGESTED
from channels.texts import say

STRING, INTEGER, BOOLEAN = 3, 4, 5
WORDS, ADMIN = "words", "admin"
_TYPES = {"count": INTEGER, "flag": BOOLEAN}
_SAME = ("name", "description", "type", "options", "required", "autocomplete", "choices", "value")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One of ours by its name on Discord. `spoken`: its command; `kinds`: option -> slot kind."""

    spoken: str
    private: bool
    kinds: Mapping[str, str]


def by_name(capabilities: Iterable[Capability]) -> dict[str, Command]:
    """Discord's name -> the command; two words are joined by a dash."""
    found = {
        _name(c): Command(spoken=c.command, private=c.private, kinds={p.name: p.kind for p in c.parameters})
        for c in capabilities if c.command and not c.hidden
    }  # fmt: skip
    return {ADMIN: Command(spoken=ADMIN, private=True, kinds={WORDS: "text"}), **found}


def described(capabilities: Sequence[Capability]) -> list[dict[str, Any]]:
    """The body of the bulk overwrite: native types, choices, autocomplete; nothing is required, we ask for it."""
    made = {_name(c): _command(c) for c in capabilities if c.command and not c.hidden}
    options = [_option(WORDS, say("discord_admin_words"))]
    admin = {"name": ADMIN, "type": 1, "description": say("discord_admin"), "options": options}
    return list({**made, ADMIN: made.get(ADMIN, admin)}.values())[:COMMANDS]


def same(ours: Sequence[Mapping[str, Any]], theirs: object) -> bool:
    """Whether what Discord has is what we would put there."""
    return isinstance(theirs, list) and sorted(map(_bare, ours)) == sorted(map(_bare, theirs))


def typed(data: Data, command: Command) -> tuple[dict[str, str], str]:
    """What was filled in by option, as a person writes it, and the free words."""
    given = {o.name: _written(o.value) for o in data.options if o.value not in (None, "")}
    only = next(iter(command.kinds)) if list(command.kinds.values()) == ["text"] else WORDS
    free = given.pop(only, "")
    return {name: value for name, value in given.items() if name in command.kinds}, free


def _name(capability: Capability) -> str:
    return capability.command.replace(" ", "-")[:COMMAND_NAME]


def _command(capability: Capability) -> dict[str, Any]:
    parameters = capability.parameters[: OPTIONS - 1]
    options = [_option_of(p) for p in parameters]
    if len(parameters) > 1 and all(p.name != WORDS for p in parameters):
        options.append(_option(WORDS, say("discord_words")))
    body = {"name": _name(capability), "type": 1, "description": capability.summary[:COMMAND_ABOUT], "options": options}
    return body if _size(body) <= COMMAND_SIZE else {**body, "options": []}


def _option_of(parameter: Parameter) -> dict[str, Any]:
    option = _option(parameter.name, question(parameter)[:COMMAND_ABOUT], _TYPES.get(parameter.kind, STRING))
    if 0 < len(parameter.choices) <= CHOICES:
        option["choices"] = [{"name": c.replace("_", " ")[:CHOICE], "value": c[:CHOICE]} for c in parameter.choices]
    elif parameter.kind in SUGGESTED:
        option["autocomplete"] = True
    return option


def _option(name: str, about: str, kind: int = STRING) -> dict[str, Any]:
    return {"type": kind, "name": name, "description": about, "required": False}


def _size(found: Any) -> int:
    if isinstance(found, Mapping):
        return sum(_size(v) if isinstance(v, list) else len(str(v)) for k, v in found.items() if k in _SAME)
    return sum(map(_size, found))


def _bare(found: Any) -> str:
    """A command without what Discord adds and without what is as good as absent."""
    if isinstance(found, Mapping):
        return repr({k: _bare(found[k]) for k in _SAME if found.get(k) not in (None, False, [], "")})
    return repr([_bare(f) for f in found]) if isinstance(found, list) else str(found)


def _written(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
