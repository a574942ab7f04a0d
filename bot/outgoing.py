"""What a Delivery becomes on its way out: words, files, the message it answers or changes, as its Place can show it."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.content import Content, File
from bot.delivery_order import LOST
from bot.errors import Undeliverable
from bot.model import Answer, Delivery, Entry
from bot.places import shown_entry
from bot.ports import Features, Outgoing, Store
from bot.texts import network, say
from bot.values import changed

Trip = Callable[[str, str], Awaitable[str]]
Readers = Callable[[tuple[str, ...], str], Awaitable[tuple[str, ...]]]
# Makes an address that opens a file for who has it; "" where files have no address.
LinkTo = Callable[[File], str]
REACTIONS = frozenset(("react", "unreact"))
# What says that something which belongs in a Place is missing there.
MISSING = "missing"
_KEPT, _QUOTED = 10_000, 60


class Packing:
    """Makes an Outgoing of a Delivery. `readers` turns Person ids into identity keys on a Place's channel; `trip` names
    the Thread where a Place hears several."""

    def __init__(self, store: Store, readers: Readers, trip: Trip) -> None:
        self._store, self._readers, self._trip = store, readers, trip
        self._sent: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        self.link: LinkTo = lambda file: ""

    def sent(self, delivery: str, parts: tuple[str, ...]) -> None:
        """Remember where something stands."""
        self._sent[delivery] = parts
        if len(self._sent) > _KEPT:
            self._sent.popitem(last=False)

    async def pack(self, entry: Entry, delivery: Delivery, features: Features) -> Outgoing:
        """Ready to go; Undeliverable if its Place has no way to show it, or nobody to read it."""
        answer = next((a for a in entry.answers if a.id == delivery.answer), None)
        if delivery.what in REACTIONS:
            out = await self._reaction(entry, delivery, features)
        elif delivery.what == MISSING:
            out = await self._missing(entry, delivery, answer)
        elif answer is None:
            out = await self._carried(entry, delivery, features)
        else:
            out = await self._answered(entry, delivery, answer)
        if out.content.files and out.what != "delete":
            out = replace(out, content=self._with_links(out.content, features))
        if delivery.instead:
            out = _saying(out, say.plain("instead", channel=network(delivery.instead)))
        if delivery.again and not (out.parts or out.what == "delete"):
            out = replace(_saying(out, say.plain("perhaps_again")), again=True)
        return out

    async def _answered(self, entry: Entry, delivery: Delivery, answer: Answer) -> Outgoing:
        reader = await self._readers(answer.only_for, delivery.place) if answer.only_for else ()
        if answer.only_for and not reader:
            raise Undeliverable("none of those it is for is on this network")
        return Outgoing(
            id=delivery.id, place=delivery.place, what="delete" if answer.deleted else delivery.what,
            content=answer.content, shown=answer.replaces or answer.id, name=answer.name,
            kind="persona" if answer.author else "system", reader=reader,
            reply_to=await self._replied(answer.reply_to, delivery.place),
            parts=delivery.parts or await self.earlier(answer.replaces, delivery.place),
            trip=await self._trip(entry.thread, delivery.place),
        )  # fmt: skip

    async def _missing(self, entry: Entry, delivery: Delivery, answer: Answer | None) -> Outgoing:
        content = Content(text=say.plain("missing"), kind="notice")
        if answer is None:
            trip = await self._trip(entry.thread, delivery.place)
            return Outgoing(
                id=delivery.id, place=delivery.place, what="send", content=content, shown=entry.id, trip=trip
            )  # fmt: skip
        about = changed(answer, content=content, author="", name="Caravan", replaces="", deleted=False)
        return replace(await self._answered(entry, delivery, about), what="send", parts=())

    async def _carried(self, entry: Entry, delivery: Delivery, features: Features) -> Outgoing:
        about = entry.object if delivery.what != "send" else entry.id
        reply_to, text = await self._replied(entry.reply_to, delivery.place), _words(entry)
        shows_it = features.replies and (features.named_replies or not features.own_names)
        if (not shows_it and reply_to and delivery.what == "send") or await self._missed(entry, delivery, reply_to):
            text = "\n".join(filter(None, (await self._quoted(entry.reply_to), text)))
        return Outgoing(
            id=delivery.id, place=delivery.place, what=delivery.what, shown=about, name=entry.name, kind="person",
            avatar=str(entry.value.get("avatar", "")), content=Content(text=text, files=entry.files), reply_to=reply_to,
            parts=await self.earlier(entry.object, delivery.place) if delivery.what != "send" else (),
            trip=await self._trip(entry.thread, delivery.place),
        )  # fmt: skip

    async def _reaction(self, entry: Entry, delivery: Delivery, features: Features) -> Outgoing:
        """An emoji under the message as it stands in this Place. Where none can be shown, its author is told in a line
        in the Place where they wrote it; elsewhere nobody is."""
        here = entry.object if entry.object.startswith(f"{delivery.place}:") else ""
        parts = (here,) if here else await self.earlier(entry.object, delivery.place)
        out = Outgoing(
            id=delivery.id, place=delivery.place, what=delivery.what, shown=entry.object, name=entry.name,
            kind="person", content=Content(text=entry.text or str(entry.value.get("taken", ""))), parts=parts,
        )  # fmt: skip
        if features.reactions:
            return out
        if not here or delivery.what == "unreact":
            raise Undeliverable("reactions cannot be shown here")
        text = say.plain("reacted", name=entry.name, emoji=entry.text)
        trip = await self._trip(entry.thread, delivery.place)
        return replace(
            out, what="send", shown=entry.id, name="Caravan", kind="system", parts=(), reply_to=here, trip=trip,
            content=Content(text=text, kind="notice"),
        )  # fmt: skip

    def _with_links(self, content: Content, features: Features) -> Content:
        """Files that the network does not take, as addresses; without one the channel says that it cannot."""
        links = {f.key: self.link(f) for f in content.files if not (features.files and f.size <= features.file_limit)}
        lines = [say("file_link", name=f.name, url=links[f.key]) for f in content.files if links.get(f.key)]
        if not lines:
            return content
        kept = tuple(f for f in content.files if not links.get(f.key))
        return replace(content, files=kept, text="\n\n".join(filter(None, (content.text, "\n".join(lines)))))

    async def _replied(self, shown: str, place: str) -> str:
        """What is replied to by its name in this Place: the part of ours, or what somebody said there; else ""."""
        if not shown:
            return ""
        parts = await self.earlier(shown, place)
        return parts[0] if parts else shown if shown.startswith(f"{place}:") else ""

    async def _missed(self, entry: Entry, delivery: Delivery, reply_to: str) -> bool:
        """Whether what an Entry replies to was meant for this Place and never came."""
        if reply_to or not entry.reply_to or delivery.what != "send":
            return False
        about = await shown_entry(self._store, entry.reply_to)
        meant = f"{entry.reply_to}@{delivery.place}"
        return about is not None and any(d.id == meant and d.state in LOST for d in about.deliveries)

    async def _quoted(self, shown: str) -> str:
        """A line that names what is replied to, where a network cannot show it; nothing of what one was told alone."""
        entry = await shown_entry(self._store, shown)
        if entry is None:
            return ""
        answer = next((a for a in entry.answers if a.id == shown), None)
        if answer is not None and (answer.only_for or answer.deleted):
            return ""
        words = " ".join((answer.content.text if answer else entry.text).split())
        short = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
        return say("quoted", name=answer.name if answer else entry.name, text=short) if short else ""

    async def earlier(self, shown: str, place: str) -> tuple[str, ...]:
        """The part ids under which a message (Entry or Answer) stands in a Place."""
        if not shown:
            return ()
        kept = self._sent.get(f"{shown}@{place}")
        if kept is not None:
            return kept
        entry = await shown_entry(self._store, shown)
        sent = entry.deliveries if entry else ()
        return next((d.parts for d in sent if d.id == f"{shown}@{place}"), ())


def says_something(entry: Entry, delivery: Delivery) -> bool:
    """Whether somebody misses words if a Delivery does not arrive."""
    if delivery.what not in ("send", "edit"):
        return False
    answer = next((a for a in entry.answers if a.id == delivery.answer), None)
    if answer is not None:
        return not answer.deleted
    return bool(entry.text.strip() or entry.files or entry.location)


def language_of(entry: Entry, delivery: Delivery) -> str:
    """The language that a Delivery is in, "" for English."""
    answer = next((a for a in entry.answers if a.id == delivery.answer), None) if delivery.answer else None
    return (answer.language if answer else "") or entry.language


def _words(entry: Entry) -> str:
    """What was said, with the spot that was sent along."""
    if entry.location is None:
        return entry.text
    latitude, longitude = entry.location
    spot = say("location", latitude=f"{latitude:.5f}", longitude=f"{longitude:.5f}")
    return "\n".join(filter(None, (entry.text, spot)))


def _saying(out: Outgoing, told: str) -> Outgoing:
    """The same after a line of ours; what a person said is no Markdown, nor is the line then."""
    line = told.strip("_") if out.kind == "person" else told
    return replace(out, content=replace(out.content, text="\n\n".join(filter(None, (line, out.content.text)))))
