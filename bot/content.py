"""What is shown in a chat, independent of any network: texts, cards, buttons, forms, polls and files."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact with its origin: `minor` and `currency` when it is an amount; `source` names the supplier,

    `ref` its record there, `fetched_at` when it was read. `value` is how it is written for people.
    """

    label: str
    value: str
    source: str
    ref: str
    fetched_at: datetime
    minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A titled box of lines and facts; `lines` are Markdown."""

    title: str
    lines: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """As stored and shown: a short token that the Store knows, or a link."""

    id: str
    label: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """As a Capability writes a button: what it calls with which arguments, who may press it.

    `who`: Person ids, nobody named means any member. `once`: it works one time. `minutes`: until when.
    `token`: id of a stored Token that it shows and that says all the rest: a button that stays the same while its
    message is edited.
    """

    label: str
    call: str = ""
    args: dict[str, Any] = field(default_factory=dict)
    who: tuple[str, ...] = ()
    once: bool = False
    minutes: int = 60 * 24 * 7
    url: str = ""
    token: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One input of a form; `type` is a slot kind (text, count, date, ...)."""

    name: str
    type: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A stored file: `key` finds its bytes (bot/files), `size` in bytes."""

    name: str
    mime: str
    key: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a poll with its live count; `detail`: what else tells it apart, such as its price."""

    id: str
    label: str
    votes: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """A vote: `state` is open, closed, tie or no_quorum; `winner` an option's id; `quorum`: 0 if none is needed.

    `zone`: the IANA zone in which `closes_at` is told, "" is UTC."""

    options: tuple[Option, ...]
    closes_at: datetime
    quorum: int
    state: str = "open"
    winner: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A message as stored and rendered. `kind`: message, card, poll or notice. `text` is Markdown."""

    text: str = ""
    kind: str = "message"
    card: Card | None = None
    buttons: tuple[Button, ...] = ()
    form: tuple[Field, ...] = ()
    poll: Poll | None = None
    files: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message as a Capability or a persona writes it; a Turn makes it Content.

    `only_for`: Person ids that may see it, none named means everybody. `persona`: who speaks, "" is
    Caravan itself. `replaces`: the id of an Answer that this one overwrites. `reply_to`: the message as
    shown that it answers. `parts`: Place -> part ids of a stream that this draft finishes. `name`: makes the Answer's
    id `"{entry id}/{name}"`, so that whoever writes it can replace it later.
    """

    text: str = ""
    card: Card | None = None
    buttons: tuple[Press, ...] = ()
    form: tuple[Field, ...] = ()
    poll: Poll | None = None
    files: tuple[File, ...] = ()
    only_for: tuple[str, ...] = ()
    persona: str = ""
    replaces: str = ""
    reply_to: str = ""
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    notice: bool = False
    name: str = ""

    @property
    def kind(self) -> str:
        """The Content kind that this draft becomes."""
        if self.poll:
            return "poll"
        return "notice" if self.notice else "card" if self.card else "message"
