"""Commands with arguments of their own, for networks that have such: which there are, and what was filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.capability import Capability
from bot.model import Entry

# The argument that takes free words, and the command that only keepers of an installation may use.
WORDS, ADMIN = "words", "admin"
_LONGEST = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One of ours. `spoken`: as it is typed; `kinds`: argument -> slot kind; `private`: answered to one alone."""

    spoken: str
    private: bool
    kinds: Mapping[str, str]


def by_name(capabilities: Iterable[Capability]) -> dict[str, Command]:
    """The network's name -> the command."""
    offered = [c for c in capabilities if c.command and not c.hidden]
    kinds = {c.name: {p.name: p.kind for p in c.parameters} for c in offered}
    found = {name_of(c): Command(spoken=c.command, private=c.private, kinds=kinds[c.name]) for c in offered}
    return {ADMIN: Command(spoken=ADMIN, private=True, kinds={WORDS: "text"}), **found}


def name_of(capability: Capability) -> str:
    """What a network calls a command: two words are joined by a dash; at most 32 characters."""
    return capability.command.replace(" ", "-")[:_LONGEST]


def asked(entry: Entry, command: Command, filled: Mapping[str, Any]) -> Entry:
    """A command with its arguments: they stand in the text and, unless there are free words, in `value["args"]`."""
    given = {name: _written(value) for name, value in filled.items() if value not in (None, "")}
    only = next(iter(command.kinds)) if list(command.kinds.values()) == ["text"] else WORDS
    words, args = given.pop(only, ""), {name: value for name, value in given.items() if name in command.kinds}
    told = [f"/{command.spoken}", words, *(f"{name.replace('_', ' ')}: {value}" for name, value in args.items())]
    kept = {"args": args} if args and not words else {}
    return replace(entry, what="command", text=" ".join(filter(None, told)), value={**entry.value, **kept})


def _written(value: Any) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)
