"""What thinks: the doors to brains and to the understanding without a model, and what they are shown."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol, runtime_checkable

from bot.capability import Capability
from bot.content import File
from bot.model import Person, Persona, Thread
from bot.ports import Call, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of the conversation as a brain reads it; `calls` are what a persona did there.

    `read_back`: it stood in a file that somebody brought, so nobody vouches for who said it. `seq`: the place of its
    Entry in the Thread. `about`: the Capability that was run for it, if a person ran one. `shown`: its card alone."""

    author: str
    kind: str
    text: str
    at: datetime
    persona: str = ""
    calls: tuple[Call, ...] = ()
    data: dict[str, Any] = field(default_factory=dict)
    read_back: bool = False
    seq: int = 0
    about: str = ""
    shown: str = ""


Past = Callable[[int], Awaitable[tuple[Line, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """All a brain may know in one persona turn. `lines` end with the message to answer.

    `noted`: something said in that message about the asker was kept in mind, and they were told so. `past`: the lines
    of so many Entries, for a brain that reads further back than `lines`.
    """

    persona: Persona
    asker: Person
    thread: Thread
    lines: tuple[Line, ...]
    capabilities: tuple[Capability, ...]
    now: datetime
    memory: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    noted: bool = False
    past: Past | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A piece of text from a brain, in order; "" is a sign of life."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Retract:
    """What was said and called in this step does not count: what follows stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What thinking has cost since the last Cost, in millionths of a US dollar."""

    micros: int


Step = Words | Call | Retract | Cost


class Brain(Protocol):
    """Turns a conversation and Capabilities into text and calls. It never runs anything itself."""

    name: str

    def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        """The next step after the calls in `done`: words and calls; no calls means it has finished.

        Errors of ours say that nothing more comes; what was said so far does not count then."""
        ...


@runtime_checkable
class Closes(Protocol):
    """Extra power of a Brain that holds connections."""

    async def close(self) -> None:
        """Let go of them; it thinks no more."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LastCall:
    """What was last understood or done in a Thread: the context of a short follow-up.

    `asked`: the parameter we have just asked for. `offers`: refs last shown, in order. `trip`: where, when and for how
    many the plan is that was shown last, as slots. `edit`: how that plan was changed since, with the Capability under
    "call" and its arguments; empty if it was not."""

    intent: str
    slots: dict[str, Any] = field(default_factory=dict)
    trip: dict[str, str] = field(default_factory=dict)
    asked: str = ""
    offers: tuple[str, ...] = ()
    edit: dict[str, Any] = field(default_factory=dict)


def going_to(slots: Mapping[str, Any]) -> str:
    """The place where a request with these slots goes, "" if it names none."""
    return str(slots.get("destination") or slots.get("location") or "")


# The score of what is said word for word as an example phrase.
WORD_FOR_WORD = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """What a text asks for: a Capability's name or None, and arguments as strings.

    `problems`: (parameter, sentence) for what was said but cannot be (30 February)."""

    intent: str | None
    slots: dict[str, str] = field(default_factory=dict)
    score: float = 0.0
    problems: tuple[tuple[str, str], ...] = ()


class Understands(Protocol):
    """Reads what people write without a model; pure and quick."""

    def understand(self, text: str, today: date, last: LastCall | None = None) -> Understood:
        """The Capability a text asks for; with `last`, short follow-ups refine it. None for chatter."""
        ...

    def parts(self, text: str, today: date) -> tuple[str, ...]:
        """The texts of several changes asked for in one text, in order; none where it is one request or no change."""
        ...

    def fill(self, capability: Capability, text: str, today: date, asked: str = "", there: str = "") -> Understood:
        """The arguments of a known Capability in a text; `asked` takes a bare value; `there`: the place known."""
        ...


class Voices(Protocol):
    """How personas say things without a model: no figures, no facts, only manner."""

    def phrase(self, persona: Persona, key: str, **values: str) -> str:
        """The words for a key (greet, thanks, puzzled, hand_over, result_<capability>, ...) in the persona's voice."""
        ...


class Remembers(Protocol):
    """What personas keep in mind about people, and what they were told to forget."""

    async def memory_of(self, persona: str, thread: Thread | None = None) -> tuple[str, ...]:
        """What a persona may recall in a Thread (None: all): nothing said in private, nothing about the absent."""
        ...

    async def forgotten_in(self, thread: str) -> frozenset[str]:
        """Ids of the Entries of a Thread that no brain may read again."""
        ...

    def heard(self, text: str) -> Call | None:
        """The change to run before a persona answers a text that tells something lasting about its author."""
        ...
