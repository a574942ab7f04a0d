"""What networks tell alike, as Entries: commands that name us, presses, people who come and go, what is left alone."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.model import Entry
from bot.redact import redact


def command_of(said: Entry, name: str = "Caravan") -> Entry:
    """Words that begin with a slash, perhaps after our name, are a command."""
    bare = said.text.strip().removeprefix(f"@{name}").strip()
    return replace(said, what="command", text=bare) if bare.startswith("/") and len(bare) > 1 else said


def press_of(entry: Entry, token: str, values: Mapping[str, Any]) -> Entry:
    """A press of the control with this token, with what was filled in; a form that belongs to no control is words."""
    if token:
        kept = {name: redact(value) if isinstance(value, str) else value for name, value in values.items()}
        return replace(entry, value={**entry.value, "token": token, "values": kept})
    text = "\n".join(f"{name}: {value}" for name, value in values.items())
    return replace(entry, id=entry.id.replace(":press:", ":message:", 1), what="message", text=text, object="")


def members(entry: Entry, added: Sequence[tuple[str, str]], removed: Sequence[tuple[str, str]] = ()) -> Entry:
    """(identity key, name) of people who came to a Place or left it; it counts as said by the first of them."""
    came, went = ([{"identity": key, "name": name} for key, name in people] for people in (added, removed))
    author, name = [*added, *removed][0]
    return replace(entry, author=author, name=name, value={**entry.value, "added": came, "removed": went})


def left_alone(entry: Entry, why: str) -> Entry:
    """Something that is kept with the reason why nothing is done about it."""
    return replace(entry, author="", name="", value={**entry.value, "ignored": why})
