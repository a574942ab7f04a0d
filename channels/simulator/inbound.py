"""What people do in the simulated network, as Entries. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.content import File
from bot.model import Entry
from channels.rendering import Choice
from channels.simulator.records import Shown, SimPlace


def message_id(place: SimPlace, object_id: str) -> str:
    """The id of what a person says: of the message as shown and of its Entry."""
    return f"{place.id}:message:{object_id}"


def message(
    place: SimPlace, person: str, id: str, at: datetime, *, text: str, reply_to: str = "",
    files: Sequence[File] = (), location: tuple[float, float] | None = None, language: str = "",
) -> Entry:  # fmt: skip
    """Words, files or a location; words that begin with a slash are a command. `language`: their device's tag."""
    what = "command" if text.startswith("/") else "message"
    said = _entry(place, person, what, id, at, text=text)
    value = {**said.value, "language": language} if language else said.value
    return replace(said, reply_to=reply_to, files=tuple(files), location=location, value=value)


def choice(place: SimPlace, person: str, id: str, at: datetime, *, text: str, shown: Shown, chosen: Choice) -> Entry:
    """A typed number or label that stands for a button of a network without buttons."""
    pressed = _entry(place, person, "press", id, at, text=text, object=shown.message)
    return replace(pressed, value={**pressed.value, "token": chosen.id, "values": {}})


def edit(place: SimPlace, person: str, shown: Shown, at: datetime, text: str) -> Entry:
    """A person's message in its new words."""
    id = f"{place.id}:edit:{shown.message}:{shown.revision + 1}"
    return _entry(place, person, "edit", id, at, text=text, object=shown.message)


def deletion(place: SimPlace, person: str, shown: Shown, at: datetime) -> Entry:
    """A person's message taken back."""
    return _entry(place, person, "delete", f"{place.id}:delete:{shown.message}", at, object=shown.message)


def reaction(place: SimPlace, person: str, shown: Shown, at: datetime, emoji: str, taken: str = "") -> Entry:
    """An emoji put under a message; without one, `taken` was taken back."""
    id = f"{place.id}:react:{shown.message}:{shown.revision + 1}"
    entry = _entry(place, person, "react", id, at, text=emoji, object=shown.message)
    return replace(entry, value={**entry.value, "taken": taken}) if taken and not emoji else entry


def press(
    place: SimPlace, person: str, shown: Shown, at: datetime, *, object_id: str, token: str, values: dict[str, Any]
) -> Entry:
    """A button pressed, with what was filled in if it sends a form."""
    id = f"{place.id}:press:{shown.message}:{object_id}"
    pressed = _entry(place, person, "press", id, at, object=shown.message)
    return replace(pressed, value={**pressed.value, "token": token, "values": values})


def membership(
    place: SimPlace, object_id: str, at: datetime, *, added: Sequence[str] = (), removed: Sequence[str] = ()
) -> Entry:
    """People who came and went. The first of them is the one it comes from."""
    person = next(iter((*added, *removed)), "")
    came = _entry(place, person, "member", f"{place.id}:member:{object_id}", at)
    return replace(came, value={**came.value, "added": _named(added), "removed": _named(removed)})


def identity(person: str) -> str:
    """The identity key of a person: people are named per installation."""
    return f"simulator:{person}"


def _named(people: Sequence[str]) -> list[dict[str, str]]:
    return [{"identity": identity(p), "name": p} for p in people]


def _entry(
    place: SimPlace, person: str, what: str, id: str, at: datetime, *, text: str = "", object: str = ""
) -> Entry:
    return Entry(
        id=id, thread="", what=what, at=at, place=place.id, author=identity(person), name=person, text=text,
        object=object, value={"kind": place.kind, "title": place.title},
    )  # fmt: skip
