"""What the simulated network writes down: places, what is shown in them, what happened once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.content import Content
from bot.documents import Index, Kind
from bot.model import Entry
from channels.rendering import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class SimPlace:
    """A conversation. `kind`: group or direct. `like`: the network whose limits it has, "" for its own.

    `made`: a strictly increasing number of its creation.
    """

    id: str
    title: str
    kind: str
    like: str
    account: str
    people: tuple[str, ...]
    made: int
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SimName:
    """What somebody is called. The id is how the name looks, so that nobody else looks like them."""

    id: str
    name: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reaction:
    """An emoji under a message and the names of those who put it there."""

    emoji: str
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One line of a place's change feed: a message as it stands from `n` on; id `"{place}#{n}"`.

    `message`: its id as shown. `author_kind`: person, persona or system. `ours`: our bot wrote it.
    `delivery`: what it came by, as the key that keeps it from coming twice. `choices`: buttons that the
    place can only show as numbers. `at`: when the message was first shown, by the world's clock.
    """

    id: str = ""
    place: str
    n: int = 0
    message: str
    revision: int
    author: str
    author_kind: str
    content: Content
    ours: bool = False
    only_for: tuple[str, ...] = ()
    reply_to: str = ""
    reactions: tuple[Reaction, ...] = ()
    partial: bool = False
    deleted: bool = False
    choices: tuple[Choice, ...] = ()
    location: tuple[float, float] | None = None
    delivery: str | None = None
    at: datetime | None = None
    version: int = 0

    def seen_by(self, person: str) -> bool:
        """Whether a person sees it; "" sees everything."""
        return not (person and self.only_for) or person in self.only_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event of the network under the id of its request, `kept` where the request brought one.

    `news` waits until the core has it; `made`: when, in strictly increasing numbers."""

    id: str
    made: int
    answer: dict[str, str] = field(default_factory=dict)
    news: Entry | None = None
    waiting: bool = False
    kept: bool = False
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Something there is one of, by name: the clock's offset, the published commands."""

    id: str
    value: dict[str, Any] = field(default_factory=dict)
    version: int = 0


PLACES = Kind("sim_places", SimPlace, (Index(("made",)),))
SHOWN = Kind(
    "sim_shown",
    Shown,
    (
        Index(("place", "n"), unique=True),
        Index(("place", "message", "revision"), unique=True),
        Index(("place", "delivery"), unique=True),
    ),
)
HAPPENED = Kind("sim_happened", Happened, (Index(("waiting", "made"), only="waiting"),))
SETTINGS = Kind("sim_settings", Setting)
NAMES = Kind("sim_names", SimName)
KINDS = (PLACES, SHOWN, HAPPENED, SETTINGS, NAMES)
