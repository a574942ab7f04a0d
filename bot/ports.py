"""The doors of the conversation core: what it needs from networks, stores, locks and brains."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from bot.capability import Capability
from bot.clock import Clock
from bot.content import Content, Draft
from bot.controls import SandboxControls
from bot.documents import Document, Kind, Op, Where
from bot.model import Entry, Job, Member, Person, Persona, Thread
from bot.money import Money

if TYPE_CHECKING:
    from bot.files import Files

D = TypeVar("D", bound=Document)


class Store(Protocol):
    """Versioned documents with declared indexes; several change together or not at all."""

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        """Make ready for these kinds; Misconfigured if the data cannot be used."""
        ...

    async def close(self) -> None:
        """Write what waits, then let go. Safe to call twice."""
        ...

    async def get(self, kind: Kind[D], id: str) -> D | None:
        """The document of that id, or None. Reads see every commit that has returned."""
        ...

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        """Documents that match, ordered by one field ("-field" descending); ValueError if no declared index serves."""
        ...

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        """All of ops durably, or none: Conflict names the first that clashed. `hurry=False` may wait 50 ms
        to share a write. Lists of different callers are merged into one write, each with its own result."""
        ...


class SearchesText(Protocol):
    """Extra power of a Store."""

    async def search(self, thread: str, words: str, limit: int = 20) -> list[Entry]:
        """Entries of a Thread whose text holds all words, case folded, newest first."""
        ...


class Locks(Protocol):
    """Leases that save collisions between processes, and wake-ups. Losing them loses nothing."""

    async def open(self) -> None: ...
    async def close(self) -> None: ...
    def lease(self, key: str) -> AbstractAsyncContextManager[bool]:
        """Hold a key, kept alive by a heartbeat; yields False at once if another owner has it.

        When the lock service is away it yields True: the Store's fence decides then."""
        ...

    async def wake(self, topic: str, message: str = "") -> None:
        """Tell all processes; best effort, never raises."""
        ...

    def on_wake(self, topic: str, heard: Callable[[str], None]) -> None:
        """Call `heard(message)` for each wake of the topic, this process's own included."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """What a channel can do, as dated data; every claim is proved by the contract suite.

    `text_limit` in `text_unit` (chars, utf16 or bytes). `buttons`: at most so many on a message, 0 none.
    `private_note`: characters that a group shows to the one who pressed a button, and to nobody else.
    `named_replies`: whether what is said under another's name can be a reply, where there are `own_names`.
    """

    text_limit: int = 4000
    text_unit: str = "chars"
    markup: str = "markdown"
    buttons: int = 0
    button_label: int = 20
    links_in_buttons: bool = False
    edits: bool = False
    deletes: bool = False
    reactions: bool = False
    replies: bool = False
    named_replies: bool = True
    private_replies: bool = False
    private_note: int = 0
    own_names: bool = False
    streams: bool = False
    typing: bool = False
    groups: bool = True
    forms: bool = False
    files: bool = False
    file_limit: int = 0
    idempotent_sends: bool = False
    looks_up_sends: bool = False
    as_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRequest:
    """An HTTP request before anything is believed; header names in lower case."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    account: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What a channel made of a request: Entries to append (thread still ""), and the HTTP answer."""

    entries: tuple[Entry, ...] = ()
    status: int = 200
    body: bytes = b""
    content_type: str = "text/plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One Delivery ready to go. `id` is the idempotence key. `parts`: ids to edit or delete, oldest first.

    `name`/`kind`: whose words (person, persona, system). `reader`: the identity keys that alone may see it.
    `reply_to`: the network's id, or our id of what a person said there. `shown`: our id of the message (Entry or
    Answer). `partial`: more follows. `again`: all of it once more, for nobody told whether it came; it says so.
    `trip`: the trip's name to prefix where the reader has several. `avatar`: the speaker's picture, an https address.
    """

    id: str
    place: str
    what: str
    content: Content
    shown: str
    name: str = "Caravan"
    kind: str = "system"
    avatar: str = ""
    parts: tuple[str, ...] = ()
    reader: tuple[str, ...] = ()
    reply_to: str = ""
    partial: bool = False
    again: bool = False
    trip: str = ""


Inbox = Callable[[Sequence[Entry]], Awaitable[None]]


class Channel(Protocol):
    """A messaging network. Places and message ids are opaque outside it."""

    name: str

    def features(self, place: str) -> Features:
        """What this place can do."""
        ...

    async def open(self, inbox: Inbox) -> None:
        """Start listening (polling, gateway); news that does not come by `receive` goes to inbox, which
        returns when it is durable."""
        ...

    async def close(self) -> None:
        """Stop listening, finish what is being sent."""
        ...

    async def receive(self, request: RawRequest) -> Receipt:
        """Verify the signature over the raw bytes, translate. Never raises for bad input: says it in the Receipt."""
        ...

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        """Deliver; returns the ids of all parts. RetryLater: nothing sent; Undeliverable: never will be;
        Unknown: may have been sent."""
        ...

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Make the slash commands known to the network, if they changed."""
        ...


@runtime_checkable
class HoldsPeople(Protocol):
    """Extra power of a Channel that stores what people said or who they are."""

    def holdings(self) -> "Holdings":
        """What it answers for."""
        ...


@runtime_checkable
class OpensDirect(Protocol):
    """Extra power of a Channel on which a person has to write first: a link that opens the conversation."""

    def direct_link(self, place: str) -> str:
        """Where a person of this Place can write to us alone; "" if that is not known yet."""
        ...


class LooksUp(Protocol):
    """Extra power of a Channel that can tell whether a Delivery arrived."""

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The part ids if it was delivered, else None."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A Capability to run with arguments (JSON values as in the Capability's parameters).

    `problem`: (parameter, sentence) for an argument that was given but cannot be, to be asked for again.
    `own`: what the brain that made it needs in order to go on from it; nobody else reads it.
    """

    name: str
    args: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    problem: tuple[str, str] | None = None
    own: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a Capability answers.

    `drafts`: what to show. `ops`/`jobs`: documents to change and Jobs to start in the same commit
    (effect change only). `entries`: news for other Threads, appended in the same commit. `then`: after a
    slow look, the change that the lane makes with its result.
    `data`: JSON for a model and for the API. `thread`: the Thread as changed. `keep`: JSON values that the
    Entry itself keeps. `record`: what the audit is to say besides, where the call is put on record; ids and plain
    values, never words that somebody typed.
    """

    drafts: tuple[Draft, ...] = ()
    ops: tuple[Op, ...] = ()
    jobs: tuple[Job, ...] = ()
    entries: tuple[Entry, ...] = ()
    then: Call | None = None
    data: dict[str, Any] = field(default_factory=dict)
    thread: Thread | None = None
    keep: dict[str, Any] = field(default_factory=dict)
    record: dict[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a Capability may know of who asks: its first argument.

    `persona`: who answers for the person (their active persona in this Thread, or the one addressed).
    `private`: the Place is direct. `key`: request key, the same in every repetition of this call.
    `say`: progress on long work, shown where the network can, lost where it cannot.
    """

    person: Person
    thread: Thread
    now: datetime
    key: str
    place: str = ""
    persona: Persona | None = None
    private: bool = False
    entry: Entry | None = None
    say: Callable[[str], Awaitable[None]] | None = None

    @property
    def today(self) -> date:
        """The asker's day (UTC until a time zone is known)."""
        return self.now.date()

    @property
    def member(self) -> Member | None:
        """The asker as a member of the Thread."""
        return self.thread.member(self.person.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A Call that ran: what the model reads and what was shown; `error` is a sentence, "" if it went well.

    `alone`: the Capability is private, so nobody but the asker learns of it."""

    call: Call
    data: dict[str, Any] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()
    error: str = ""
    alone: bool = False

    @property
    def readable(self) -> tuple[Draft, ...]:
        """The drafts that a brain may speak about: a card for one person is not told to the others."""
        return tuple(d for d in self.drafts if self.alone or not d.only_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelParts:
    """What a row of the table of channels may build its Channel from; None comes back if it is not configured.

    `secret`: the installation's (bot/secret.py). `address`: what networks and browsers reach us by. `files`: shared by
    all channels, so that one can send what came by another. `locks`: shared by all processes of the installation."""

    store: Store
    clock: Clock
    faults: SandboxControls
    environ: Mapping[str, str]
    simulated: bool = False
    secret: str = ""
    address: str = ""
    files: "Files | None" = None
    locks: Locks | None = None


class Rankable(Protocol):
    """What can be ranked. `kind`: flight, hotel, ...; `details`: (label, value) pairs, a cuisine among them.
    `price`: None if free or unknown. `rating`: 0 to 5. `starts_at`: aware, in local time."""

    @property
    def ref(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def price(self) -> Money | None: ...
    @property
    def rating(self) -> float | None: ...
    @property
    def starts_at(self) -> datetime | None: ...
    @property
    def details(self) -> tuple[tuple[str, str], ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """The Person whose data is asked for or erased, as they were when that began: later their document may be gone.

    `pseudonym`: stands for the Person id wherever a record has to stay (`bot/secret.py`). `places`: their direct
    Places. `private`: the Threads of these; `shared`: all other Threads they ever were a member of. `personas`: id ->
    name. `formerly`: other ids of theirs; holdings are asked about each in turn, as `person`.
    """

    person: str
    name: str
    pseudonym: str
    identities: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    private: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    personas: dict[str, str] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()

    def each(self) -> "Sequence[Subject]":
        """The Subject under each of their ids, the present one first."""
        rest = tuple(id for id in (self.person, *self.formerly))
        return [replace(self, person=id, formerly=tuple(x for x in rest if x != id)) for id in rest]


class Holdings(Protocol):
    """What one package holds about a Person. `kinds`: names of the stored Kinds it answers for."""

    @property
    def kinds(self) -> tuple[str, ...]: ...

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        """Everything about the Person: section (as people call it) -> rows; a row is a JSON value, a dataclass, or a
        `bot.model.Blob`, which becomes a file. Nothing that was said to others alone."""
        ...

    async def erase(self, subject: Subject) -> None:
        """Delete it, in commits of a bounded size; what has to stay (money) keeps `subject.pseudonym` for the Person
        id and loses names. Called again after a kill in the middle, also when all is done: the end is the same."""
        ...

    async def blocks(self, subject: Subject) -> Sequence[str]:
        """Sentences for the Person: what has to end before they can be erased (money in flight, a debt)."""
        ...
