"""The nouns of the conversation core as stored values, and the kinds of documents they live in."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.content import Content, File
from bot.documents import Index, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What we say in reply to an Entry.

    `author` is a persona id, "" for Caravan itself. `replaces`: id of the Answer it overwrites.
    `partial`: a persona is still writing it. `deleted`: it takes the replaced Answer away. `language`: the one it is
    in, where that is not its Entry's.
    """

    id: str
    content: Content
    author: str = ""
    name: str = "Caravan"
    only_for: tuple[str, ...] = ()
    reply_to: str = ""
    replaces: str = ""
    partial: bool = False
    deleted: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """An Answer (or, when `answer` is "", the Entry itself, carried) on its way to one Place.

    `what`: send, edit or delete; react or unreact; missing says that another did not arrive. `state`: pending, sent,
    failed, unknown or dropped; open is a stream that a result Entry will finish; held waits until the person can be
    written to again; digest was or will be told in a digest (bot/quiet.py). `parts`: the network's ids of all message
    parts. `instead`: the Place that it was meant for and that is closed. `again`: it went unanswered twice, and says
    that it may have come before.
    """

    id: str
    place: str
    answer: str = ""
    what: str = "send"
    state: str = "pending"
    parts: tuple[str, ...] = ()
    why: str = ""
    instead: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened in a Thread; inbox, history and outbox in one document.

    `what`: message, edit, delete, command, press, react, member, status, notice; news of our own:
    payment, supplier, timer, result, call. `author`: identity key `"{channel}:{native id}"`.
    `object`: the Entry or Answer that an edit, deletion, press or reaction is about. `arrival`:
    nanoseconds, strictly increasing per process; the order of handling. `seq`: its place in the
    Thread, given when it is handled. `outcome`: decision and rule, for /why. `lost`: a Delivery failed
    or went unanswered. `held`: a Delivery waits for its person to write. `language`: its Turn's, "" English.
    """

    id: str
    thread: str
    what: str
    at: datetime
    arrival: int = 0
    place: str = ""
    author: str = ""
    name: str = ""
    person: str = ""
    text: str = ""
    object: str = ""
    reply_to: str = ""
    files: tuple[File, ...] = ()
    location: tuple[float, float] | None = None
    value: dict[str, Any] = field(default_factory=dict)
    handled: bool = False
    open: bool = True
    seq: int | None = None
    outcome: str = ""
    answers: tuple[Answer, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    lost: bool = False
    held: bool = False
    language: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One conversation on one channel through one account; id `"{channel}:{account}:{address}"`.

    `thread` is its Thread; a direct Place has its own private one, `trips`, the shared Threads it hears,
    and `focus`, the one of them its plain text goes to. `whose`: the Identity that a direct Place is shared with.
    `deaf`: another Account of ours listens in this conversation, this one only speaks.
    """

    id: str
    thread: str
    kind: str = "group"
    whose: str = ""
    deaf: bool = False
    title: str = ""
    focus: str = ""
    trips: tuple[str, ...] = ()
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """One account of a Person on a channel; id `"{channel}:{native id}"`."""

    id: str
    person: str
    name: str
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A human. `role`: traveller, professional, moderator, admin. `direct`: their direct Places.

    `formerly`: ids of Persons that turned out to be this one; of such a one only the id is left, and `merged_into`
    names who it is. Documents about money keep the id under which they were made. `language`: what is told to them
    alone is in it; "" until their network or they have said which, then it is English.
    """

    id: str
    name: str
    role: str = "traveller"
    formerly: tuple[str, ...] = ()
    merged_into: str = ""
    identities: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    language: str = ""
    currency: str = ""
    profile: dict[str, str] = field(default_factory=dict)
    version: int = 0

    def is_(self, id: str) -> bool:
        """Whether a Person id, as it stands in any document, means this one."""
        return id == self.id or id in self.formerly


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A Person in a Thread, through the Places they came by; `left` members see and get nothing more.

    `also`: other ids of theirs (Person.formerly) under which they were here."""

    person: str
    name: str
    joined_at: datetime
    places: tuple[str, ...] = ()
    left: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A persona in a Thread; a quiet one speaks only when it is asked by name again."""

    persona: str
    name: str
    owner: str
    quiet: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An argument we asked a person for: the call so far, the parameter asked, the ones skipped.

    `missed`: how often what was answered did not fit.
    """

    call: str
    args: dict[str, Any]
    parameter: str
    persona: str = ""
    skipped: tuple[str, ...] = ()
    answer: str = ""
    until: datetime | None = None
    missed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """Who may speak: the person a persona last answered, and what was used of today's budget.

    `spent`: what models have cost here on `day`, in millionths of a US dollar. `turns_of`: the turns by Person id."""

    heard: str = ""
    persona: str = ""
    until: datetime | None = None
    day: str = ""
    turns: int = 0
    spent: int = 0
    turns_of: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hush:
    """How little of a Thread comes to a direct Place (bot/hush.py). `minutes`: at most one digest in so many, 0 none.

    `since`: the seq up to which all was told. `due`: when the next digest comes; `ends`: it is then over."""

    minutes: int
    since: int = 0
    due: datetime | None = None
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Thread:
    """Our shared conversation. `active`: Person id -> persona id. `asked`: Person id -> Question.

    `private`: the own Thread of a direct Place. `facts`: small values that packages keep per Thread,
    by key (trip id, ...). `hushed`: direct Place -> how its person wants to hear this. `language`: what is told to all
    is in it; "" is English.
    """

    id: str
    title: str = ""
    private: bool = False
    places: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    seats: tuple[Seat, ...] = ()
    active: dict[str, str] = field(default_factory=dict)
    asked: dict[str, Question] = field(default_factory=dict)
    floor: Floor = Floor()
    facts: dict[str, str] = field(default_factory=dict)
    hushed: dict[str, Hush] = field(default_factory=dict)
    link_code: str = ""
    link_until: datetime | None = None
    language: str = ""
    version: int = 0

    @property
    def present(self) -> tuple[Member, ...]:
        """Members who have not left."""
        return tuple(m for m in self.members if not m.left)

    def member(self, person: str) -> Member | None:
        """The present member that is this Person, or None."""
        return next((m for m in self.members if (m.person == person or person in m.also) and not m.left), None)

    def seat(self, persona: str) -> Seat | None:
        """The seat of a persona id, or None."""
        return next((s for s in self.seats if s.persona == persona), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Persona:
    """An AI participant that belongs to one Person.

    `voice`: how it talks. `tastes`: tag -> weight (-100..100) as told; `learned`: the same from likes
    and dislikes, `recalled` from what it remembers (-100: never). `budget`: low, middle, high or "".
    `style`: travel style words. `learning`: whether likes may change it. `seated`: Threads it is in.
    `shared`: from what its person's other personas learned, empty unless the person shares (personas/sharing.py).
    """

    id: str
    owner: str
    name: str
    voice: str = ""
    tastes: dict[str, int] = field(default_factory=dict)
    learned: dict[str, int] = field(default_factory=dict)
    budget: str = ""
    style: str = ""
    created_at: datetime | None = None
    recalled: dict[str, int] = field(default_factory=dict)
    learning: bool = True
    seated: tuple[str, ...] = ()
    shared: dict[str, int] = field(default_factory=dict)
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Something to do at a time; it calls out, then appends an Entry, and never changes a Thread itself.

    `state`: due, claimed, done or failed. `busy`: the Thread waits for it (a persona turn, a search).
    """

    id: str
    name: str
    thread: str
    due_at: datetime
    args: dict[str, Any] = field(default_factory=dict)
    state: str = "due"
    busy: bool = False
    attempts: int = 0
    claimed_until: datetime | None = None
    why: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """What a button stands for; id is the short token on the button."""

    id: str
    thread: str
    answer: str
    label: str
    call: str
    args: dict[str, Any]
    until: datetime
    who: tuple[str, ...] = ()
    once: bool = False
    used_by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Blob:
    """A file's bytes; id is the key in bot/content.File."""

    id: str
    thread: str
    name: str
    mime: str
    data: bytes
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a brain keeps of older lines, for one persona: id `"{thread}:{persona}:{chapter}"`.

    `digest` stands for the lines it was made of: with any of them edited, deleted or forgotten it is void.
    """

    id: str
    thread: str
    persona: str
    digest: str
    text: str
    at: datetime
    version: int = 0


ENTRIES = Kind(
    "entries",
    Entry,
    (
        Index(("thread", "seq"), unique=True),
        Index(("open", "thread", "arrival"), only="open"),
        Index(("thread", "arrival")),
        Index(("lost", "arrival"), only="lost"),
        Index(("held", "thread", "arrival"), only="held"),
    ),
)
PLACES = Kind("places", Place, (Index(("thread",)),))
IDENTITIES = Kind("identities", Identity, (Index(("person",)),))
PEOPLE = Kind("people", Person, (Index(("name",)),))
THREADS = Kind("threads", Thread, (Index(("link_code",)), Index(("private",))))
PERSONAS = Kind("personas", Persona, (Index(("owner",)),))
JOBS = Kind("jobs", Job, (Index(("state", "due_at")), Index(("thread", "state"))))
TOKENS = Kind("tokens", Token, (Index(("answer",)),))
BLOBS = Kind("blobs", Blob, (Index(("thread",)),))
SUMMARIES = Kind("summaries", Summary, (Index(("thread",)),))
KINDS = (ENTRIES, PLACES, IDENTITIES, PEOPLE, THREADS, PERSONAS, JOBS, TOKENS, BLOBS, SUMMARIES)
