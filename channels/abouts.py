"""What of ours an Entry is about: the message it answers, presses or reacts to, the choice a number names. Pure."""

from dataclasses import replace

from bot.model import Entry
from bot.shown import ShownPart
from channels.rendering import Choice, chosen


def about(entry: Entry, part: ShownPart | None) -> Entry:
    """The Entry with our id of the message that it is about, where that is one of ours."""
    if part is None:
        return entry
    if entry.what not in ("press", "react"):
        return replace(entry, reply_to=part.shown)
    id = part.place + entry.id.removeprefix(entry.place)
    return replace(entry, id=id, place=part.place, object=part.shown)


def numbered(entry: Entry, part: ShownPart) -> Entry:
    """A typed number or label as the press of the choice it names, under the message that offers it."""
    choice = chosen(entry.text, [Choice(number=n, id=token, label=label) for n, token, label in part.choices])
    if choice is None:
        return entry
    id = entry.id.replace(":message:", ":press:", 1)
    value = {**entry.value, "token": choice.id, "values": {}}
    return replace(entry, id=id, what="press", object=part.shown, reply_to="", value=value)
