"""What of ours an Entry is about: the message it answers, presses or reacts to. Pure."""

from dataclasses import replace

from bot.model import Entry
from bot.shown import ShownPart


def about(entry: Entry, part: ShownPart | None) -> Entry:
    """The Entry with our id of the message that it is about, where that is one of ours."""
    if part is None:
        return entry
    if entry.what not in ("press", "react"):
        return replace(entry, reply_to=part.shown)
    id = part.place + entry.id.removeprefix(entry.place)
    return replace(entry, id=id, place=part.place, object=part.shown)
