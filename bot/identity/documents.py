"""What linking keeps: a code on its way from one network to another, and how often somebody guessed wrong."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two who link: a Person by one Identity, and where they did it."""

    person: str
    identity: str
    name: str
    thread: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Linking:
    """One code; id is its keyed digest, so that the Store does not know it.

    `asked_by`: Person id of who made it; `typed_by`: of who typed it, "" before. `asker`, `typer`: the same with their
    Identities. `agreed`: Person ids that pressed yes. `state`: open, typed, done or over."""

    id: str
    asked_by: str
    asker: Side
    until: datetime
    typed_by: str = ""
    typer: Side | None = None
    agreed: tuple[str, ...] = ()
    state: str = "open"
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """Wrong codes of one Person (its id). `since`: the first of them; `locked_until`: no code counts before."""

    id: str
    count: int
    since: datetime
    locked_until: datetime | None = None
    version: int = 0


LINKINGS = Kind("linkings", Linking, (Index(("asked_by",)), Index(("typed_by",))))
GUESSES = Kind("guesses", Guesses)
