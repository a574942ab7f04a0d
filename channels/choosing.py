"""What a person's words are about: a message of ours that they answer, or a numbered choice that they type."""

from collections.abc import Sequence
from dataclasses import replace

from bot.content import Field
from bot.model import Entry
from bot.places import shown_entry
from bot.ports import Store
from bot.shown import ShownPart, ShownParts
from channels.rendering import Choice, chosen

# The number of a choice that is picked by its label only, because no number is written beside it.
UNNUMBERED = -1
# Longer words are no choice.
TYPED = 200


def about(entry: Entry, part: ShownPart | None) -> Entry:
    """The Entry with our id of the message that it is about, where that is one of ours."""
    if part is None:
        return entry
    return replace(entry, object=part.shown) if entry.what == "press" else replace(entry, reply_to=part.shown)


def picked(entry: Entry, parts: Sequence[ShownPart]) -> Entry:
    """A typed number or label as a press of what it names. `parts`: what we showed last, newest first.

    What others said is passed over; of our own words only the last count, so that an answer to a question of ours is
    never taken for an older choice."""
    for part in parts:
        choices = [Choice(number=n, id=token, label=label) for n, token, label in part.choices]
        if choice := chosen(entry.text, choices):
            value = {**entry.value, "token": choice.id, "values": {}}
            id = entry.id.replace(":message:", ":press:", 1)
            return replace(entry, id=id, what="press", object=part.shown, reply_to="", value=value)
        if is_answer(part.shown):
            break
    return entry


async def typed(shown: ShownParts, entry: Entry) -> Entry:
    """A number or label that answers what we said last is a press; words with a file are none."""
    if entry.what != "message" or entry.files or not 0 < len(entry.text) <= TYPED:
        return entry
    last = await shown.last(entry.place)
    return picked(entry, [last]) if last else entry


async def form_of(store: Store, shown: str) -> Sequence[Field]:
    """The inputs that an Answer of ours asks for."""
    entry = await shown_entry(store, shown)
    return next((a.content.form for a in entry.answers if a.id == shown), ()) if entry else ()


def is_answer(shown: str) -> bool:
    """Whether a message shown is an Answer of ours, not somebody's words carried: its id is `{entry}/{name}`."""
    return "/" in shown


def noticed(entry: Entry, why: str) -> Entry:
    """What is kept without being acted on, with its reason."""
    id = entry.id.replace(":message:", ":notice:", 1)
    return replace(entry, id=id, what="notice", value={**entry.value, "ignored": why})
