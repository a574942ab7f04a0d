"""What is kept about people who go too far: lockouts, blocks and reports."""

from dataclasses import dataclass
from datetime import datetime

from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Lockout:
    """Nobody answers until then; id `"person:{Person id}"` or `"thread:{Thread id}"`.

    `times`: how often within a day, each time longer. `by`: a keeper's Person id, "" if they were too fast."""

    id: str
    since: datetime
    until: datetime
    times: int = 1
    by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Whom a Person (its id) does not want to hear: Person id -> name as it was then."""

    id: str
    blocked: dict[str, str]
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody tells the keepers of another; `by`, `about`: Person ids. `entry`: the message meant, or "".

    `state`: open or closed."""

    id: str
    thread: str
    by: str
    about: str
    name: str
    at: datetime
    why: str = ""
    entry: str = ""
    state: str = "open"
    version: int = 0


LOCKOUTS = Kind("lockouts", Lockout, (Index(("until",)),))
BLOCKS = Kind("blocks", Blocks)
REPORTS = Kind("reports", Report, (Index(("state", "at")), Index(("by",)), Index(("about",))))
