"""What personas keep beside themselves: memories, likes, what must be forgotten, and how many one has."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The personas of one Person (its id), so that two at once cannot exceed the limit or share a name.

    `sharing`: what one of them learns counts for the others too."""

    id: str
    personas: tuple[str, ...] = ()
    sharing: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """One thing a persona keeps in mind. `about`: a Person id, `name` how they were called then.

    `source`: the Entry in which it was said; `private`: nobody else could read it there.
    """

    id: str
    persona: str
    about: str
    name: str
    text: str
    at: datetime
    source: str = ""
    thread: str = ""
    private: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Liking:
    """A like or dislike of one thing by one persona; id `"{persona}:{ref}"`."""

    id: str
    persona: str
    ref: str
    liked: bool
    tags: tuple[str, ...]
    at: datetime
    title: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """An Entry (its id) that told what a persona was asked to forget; no brain reads it again."""

    id: str
    thread: str
    at: datetime
    version: int = 0


ROSTERS = Kind("rosters", Roster)
MEMORIES = Kind("memories", Memory, (Index(("persona", "at")), Index(("about", "at"))))
LIKES = Kind("likes", Liking, (Index(("persona", "at")),))
FORGOTTEN = Kind("forgotten", Forgotten, (Index(("thread", "at")),))
KINDS: tuple[Kind[Any], ...] = (ROSTERS, MEMORIES, LIKES, FORGOTTEN)
