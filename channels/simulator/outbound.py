"""What Caravan sends, as lines of a place's change feed. Pure."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.content import Content
from bot.errors import Undeliverable
from bot.ports import Features, Outgoing
from channels.rendering import (
    Choice,
    Part,
    buttons_text,
    fits_natively,
    numbered,
    opened,
    opening,
    refused_text,
    render,
    takes,
)
from channels.simulator.records import Reaction, Shown, SimPlace
from channels.splitting import split
from channels.texts import say

CARAVAN = "Caravan"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """One message as this place shows it, and the choices it has in numbers."""

    content: Content
    choices: tuple[Choice, ...] = ()


def key(outgoing: Outgoing) -> str:
    """What keeps a send from coming twice. A stream edits many times under one Delivery id."""
    if outgoing.what == "send":
        return outgoing.id
    seen = repr((outgoing.content, outgoing.partial, outgoing.name)) if outgoing.what == "edit" else ""
    return f"{outgoing.id}|{outgoing.what}|{hashlib.blake2b(seen.encode(), digest_size=8).hexdigest()}"


def bodies(
    outgoing: Outgoing, place: SimPlace, features: Features, *, first: int = 1, changed: bool = False
) -> tuple[Body, ...]:
    """The messages to show; Undeliverable if there is nothing to show."""
    if place.like:
        name = "" if outgoing.kind == "system" else outgoing.name
        parts = render(outgoing.content, features, name=name, trip=outgoing.trip, first=first, changed=changed)
        found = tuple(_plain(outgoing.content, part) for part in parts)
    else:
        found = _rich(outgoing, features, first)
    if not found:
        raise Undeliverable("there is nothing to show in it")
    return found


def withdrawn() -> Body:
    """What stands for a deletion where nothing can be deleted."""
    return Body(content=Content(text=say("withdrawn"), kind="notice"))


def line(outgoing: Outgoing, place: SimPlace, features: Features, body: Body, message: str) -> Shown:
    """A body as the first revision of a message."""
    return Shown(
        place=place.id, message=message, revision=1, content=body.content, choices=body.choices, ours=True,
        author=outgoing.name if features.own_names else CARAVAN, author_kind=outgoing.kind,
        only_for=readers(outgoing, place, features), partial=outgoing.partial,
    )  # fmt: skip


def changed_line(old: Shown, new: Shown) -> Shown:
    """A message in its next revision: new body, the same readers and reactions."""
    return replace(
        old, revision=old.revision + 1, content=new.content, choices=new.choices, author=new.author,
        author_kind=new.author_kind, partial=new.partial, deleted=False, delivery=None,
    )  # fmt: skip


def deleted_line(old: Shown) -> Shown:
    """A message taken away, in its next revision."""
    empty = Content(kind="deleted")
    return replace(
        old, revision=old.revision + 1, content=empty, choices=(), reactions=(), partial=False, deleted=True,
        location=None, delivery=None,
    )  # fmt: skip


def reacted(old: Shown, outgoing: Outgoing) -> Shown:
    """A message with one more reaction, or without it; the same one if that changes nothing."""
    emoji, name = outgoing.content.text, outgoing.name
    by = next((r.by for r in old.reactions if r.emoji == emoji), ())
    now = tuple(n for n in by if n != name) if outgoing.what == "unreact" else tuple(dict.fromkeys((*by, name)))
    if now == by:
        return old
    rest = tuple(replace(r, by=now) if r.emoji == emoji else r for r in old.reactions)
    more = rest if by else (*rest, Reaction(emoji=emoji, by=now))
    return replace(old, revision=old.revision + 1, reactions=tuple(r for r in more if r.by), delivery=None)


def keyed(lines: Sequence[Shown], key: str) -> list[Shown]:
    """The lines with what they came by, each its own."""
    return [replace(s, delivery=numbered_id(key, i)) for i, s in enumerate(lines)]


def numbered_id(id: str, index: int) -> str:
    """The id of a part: the first has the whole's own."""
    return id if index == 0 else f"{id}~{index + 1}"


def readers(outgoing: Outgoing, place: SimPlace, features: Features) -> tuple[str, ...]:
    """The names of those who alone may see it; Undeliverable where the network cannot keep it from others."""
    if not outgoing.reader or place.kind == "direct":
        return ()
    if not features.private_replies:
        raise Undeliverable("this network has no private replies in a group")
    names = tuple(r.removeprefix("simulator:") for r in outgoing.reader if r.startswith("simulator:"))
    if not names:
        raise Undeliverable("none of its readers is on this network")
    return names


def _plain(content: Content, part: Part) -> Body:
    kind = "notice" if content.kind == "notice" else "message"
    shown = Content(text=part.text, kind=kind, buttons=part.buttons, form=part.form, files=part.files)
    return Body(content=shown, choices=part.choices)


def _rich(outgoing: Outgoing, features: Features, first: int) -> tuple[Body, ...]:
    """Cards, polls and forms as they are; only what is too long or too many takes another shape."""
    content = outgoing.content
    native = not content.buttons or fits_natively(content.buttons, features)
    choices = () if native else numbered(content, first)
    text = opened(opening(trip=outgoing.trip), content.text)
    if not native:
        text = f"{text}\n\n{buttons_text(replace(content, poll=None), choices)}"
        content = replace(content, buttons=())
    if refused := refused_text(content.files, features):
        text = f"{text}\n\n{refused}"
        content = replace(content, files=tuple(f for f in content.files if takes(f, features)))
    texts = split(text, features.text_limit, features.text_unit)
    if not texts and content == Content(text=content.text, kind=content.kind):
        return ()
    last = replace(content, text=texts[-1] if texts else "")
    return (*(Body(content=Content(text=t)) for t in texts[:-1]), Body(content=last, choices=choices))
