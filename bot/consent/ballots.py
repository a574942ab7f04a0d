"""The ballot box of one vote: what is voted on, who voted what, and the moves of its state. Pure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.consent.texts import say
from bot.content import Fact
from bot.documents import Index, Kind
from bot.errors import Explain
from bot.model import Person
from bot.ports import Call

RUN_OFF, OPENER, CHEAPEST = "run-off", "opener", "cheapest"
TIE_RULES = (RUN_OFF, OPENER, CHEAPEST)

STATES = ("open", "tie", "closed", "no_quorum")
MOVES: dict[tuple[str, str], str] = {
    ("open", "vote"): "open",
    ("open", "win"): "closed",
    ("open", "tie"): "tie",
    ("open", "fall_short"): "no_quorum",
    ("tie", "run_off"): "open",
    ("tie", "decide"): "closed",
}
"""(state, move) -> the state after it. What is not here is refused; closed and no_quorum are the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One thing to vote for. `ref`: the offer's, "" for free words; `fact`: its price as the supplier said it.

    `then`: the change that is made if it wins."""

    id: str
    label: str
    detail: str = ""
    ref: str = ""
    fact: Fact | None = None
    then: Call | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """A round that is over: choice id -> votes."""

    round: int
    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotBox:
    """A vote in a Thread; all Persons by id.

    `votes`: Person -> choice id of this round. `standing`: the choices of this round. `quorum`: how many must vote;
    None is the majority of those present when it is counted; a run-off needs none, its first round had it.
    `opened_at`/`closes_at`: of this round, told in `zone` (IANA, "" is UTC). `shown`: the Answer with the live
    card. `buttons`: choice id, or "close", -> Token. `ended`: earlier rounds. `again`: the box that repeated this
    one.
    """

    id: str
    thread: str
    title: str
    choices: tuple[Choice, ...]
    opened_by: str
    opened_at: datetime
    closes_at: datetime
    quorum: int | None = None
    tie: str = RUN_OFF
    state: str = "open"
    round: int = 1
    standing: tuple[str, ...] = ()
    votes: dict[str, str] = field(default_factory=dict)
    winner: str = ""
    shown: str = ""
    buttons: dict[str, str] = field(default_factory=dict)
    ended: tuple[Ended, ...] = ()
    again: str = ""
    zone: str = ""
    version: int = 0

    def choice(self, id: str) -> Choice | None:
        """The choice of that id in this round, or None."""
        return next((c for c in self.choices if c.id == id and id in self.standing), None)


POLLS = Kind("polls", BallotBox, (Index(("thread", "state")),))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The votes of those present. `needed`: how many ballots make it valid."""

    counts: dict[str, int]
    ballots: int
    needed: int
    present: int

    @property
    def complete(self) -> bool:
        """Whether everybody present has voted, and enough of them."""
        return self.ballots == self.present and self.ballots >= max(1, self.needed)

    @property
    def leaders(self) -> tuple[str, ...]:
        """The choices with the most votes."""
        most = max(self.counts.values())
        return tuple(c for c, votes in self.counts.items() if votes == most)


def moved(box: BallotBox, move: str, **changes: Any) -> BallotBox:
    """The box after a move of MOVES, with what changes beside its state. Explain if it is not allowed now."""
    to = MOVES.get((box.state, move))
    if to is None:
        raise Explain(say(f"over_{box.state}"))
    return replace(box, state=to, **changes)


def tally(box: BallotBox, present: Collection[str]) -> Tally:
    """Count the votes of the Persons present; those who have left do not count."""
    votes = Counter(choice for person, choice in box.votes.items() if person in present)
    return Tally(
        counts={c: votes[c] for c in box.standing}, ballots=votes.total(), present=len(present),
        needed=needed(box, len(present)),
    )  # fmt: skip


def needed(box: BallotBox, present: int) -> int:
    """How many ballots the round needs."""
    if box.round > 1:
        return 0
    return majority(present) if box.quorum is None else box.quorum


def majority(present: int) -> int:
    """More than half of so many, at least one."""
    return present // 2 + 1


def voted(box: BallotBox, person: str, choice: str) -> BallotBox:
    """The box after a Person's press: their one vote, changed, or taken back by the same press again."""
    votes = {p: c for p, c in box.votes.items() if p != person}
    if box.votes.get(person) != choice:
        votes[person] = choice
    return moved(box, "vote", votes=votes)


def one_ballot(box: BallotBox, person: Person) -> BallotBox:
    """The box with one ballot of a Person who voted under several ids; the same box if there is nothing to change."""
    former = [box.votes[id] for id in person.formerly if id in box.votes]
    if not former:
        return box
    own = {id: choice for id, choice in box.votes.items() if id not in person.formerly}
    return replace(box, votes={person.id: former[0], **own})


def outcome(box: BallotBox, counted: Tally) -> tuple[str, str]:
    """What closing the round means: (move, choice id of the winner or "")."""
    if counted.ballots < counted.needed:
        return "fall_short", ""
    if len(counted.leaders) == 1:
        return "win", counted.leaders[0]
    cheapest = _cheapest(box, counted.leaders) if box.tie == CHEAPEST else ""
    return ("win", cheapest) if cheapest else ("tie", "")


def _cheapest(box: BallotBox, tied: Collection[str]) -> str:
    """The one of the tied choices that costs least, "" if that cannot be said."""
    facts = {c.id: c.fact for c in box.choices if c.id in tied and c.fact is not None}
    prices = {id: fact.minor for id, fact in facts.items() if fact.minor is not None}
    if len(prices) < len(tied) or len({fact.currency for fact in facts.values()}) > 1:
        return ""
    least = [id for id, minor in prices.items() if minor == min(prices.values())]
    return least[0] if len(least) == 1 else ""


def run_off(box: BallotBox, tied: tuple[str, ...], **changes: Any) -> BallotBox:
    """The second round, among the tied alone; `changes`: its times, card and buttons."""
    return moved(box, "run_off", standing=tied, votes={}, round=box.round + 1, **changes)
