"""What Discord tells, as Entries. Pure: names and earlier messages are looked up before and handed in."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, MutableMapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from discord.utils import snowflake_time

from bot.content import File
from bot.model import Entry
from bot.shown import ShownPart
from channels.discord.limits import IGNORED
from channels.discord.markdown import read
from channels.discord.payloads import Event, Named
from channels.entries import command_of, left_alone, members, press_of
from channels.lenient import words
from channels.offering import Command, asked
from channels.received import inside, listed, taken
from channels.texts import say

SAID, JOINED, ADDED, REMOVED = frozenset((0, 19)), 7, 1, 2
# What has no time of its own: the id of such an event is another thing's.
_UNDATED = frozenset(("delete", "member"))


def place_of(account: str, event: Event) -> str:
    """The Place of an event: its channel or thread; one of a direct conversation begins with @."""
    return f"discord:{account}:{'' if event.guild_id else '@'}{event.channel_id}"


def address(place: str) -> tuple[str, str, bool]:
    """Account, channel id and whether it is a direct conversation."""
    _, account, channel = (*place.split(":", 2), "", "")[:3]
    return account, channel.removeprefix("@"), channel.startswith("@")


def deleted_ids(kind: str, event: Event) -> tuple[str, ...]:
    """The ids of the messages that an event says are gone."""
    return tuple(id for id in (event.ids or [event.id]) if id) if kind.startswith("MESSAGE_DELETE") else ()


def wanted(kind: str, event: Event) -> tuple[str, ...]:
    """The ids of earlier messages that an event is about."""
    pressed = event.message.id if event.message else ""
    return tuple(id for id in (event.replied, event.message_id, pressed, *deleted_ids(kind, event)) if id)


def ignored(event: Event) -> str:
    """Why a message is left alone, "" if it is not."""
    if event.webhook_id or event.author is None or event.author.bot:
        return "another bot's message" if event.author or event.webhook_id else "a message without an author"
    if event.author.system:
        return "a service message"
    return "" if event.type in SAID else IGNORED.get(event.type, f"a service message of the unknown type {event.type}")


def _forwarded(event: Event) -> list[Event]:
    return [f for s in event.message_snapshots if (f := taken(Event, s.get("message"))) is not None]


def _said(event: Event) -> str:
    """The words of a message; where it has none, what can be read in its embeds and components."""
    return event.content or words([*event.embeds, *event.components])


def _poll(poll: Mapping[str, Any]) -> str:
    options = " / ".join(str(inside(one, "poll_media").get("text", "")) for one in listed(poll, "answers"))
    return say("sent_poll", question=inside(poll, "question").get("text", ""), options=options) if poll else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known beside an event. `names`: ids of people, roles and channels -> name; `title`: of the channel.

    `shown`: message id -> what we showed there; `authors`: Entry id -> identity key and name of who said it. `unique`:
    what tells one delivery of the gateway from another, the same when it is replayed."""

    account: str
    me: str
    application: str
    at: datetime
    unique: str = ""
    title: str = ""
    names: MutableMapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, ShownPart] = field(default_factory=dict)
    authors: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def entries_of(self, kind: str, event: Event) -> tuple[Entry, ...]:
        """The Entries of an event; none for what we did ourselves and for what is no news of a conversation."""
        by = event.author.id if event.author else event.user_id
        ours = by == self.me or (event.webhook_id and event.application_id == self.application)
        if not event.channel_id or ours:
            return ()
        if kind == "MESSAGE_CREATE":
            return (self._created(event),)
        if kind == "MESSAGE_UPDATE":
            return (self._changed(event),)
        if kind.startswith("MESSAGE_REACTION_") and event.user_id:
            return (self._reaction(kind, event),)
        return tuple(self._deleted(event, id) for id in deleted_ids(kind, event) if id not in self.shown)

    def _created(self, event: Event) -> Entry:
        if event.type in (JOINED, ADDED, REMOVED) and event.author:
            who = event.mentions[:1] or [event.author]
            return self.membership(event, event.id, *(([], who) if event.type == REMOVED else (who, [])))
        if why := ignored(event):
            alone = self._entry(event, "notice", f"message:{event.id}")
            return left_alone(replace(alone, text=self.words(event)), why)
        return self.message(event)

    def message(self, event: Event) -> Entry:
        """What a person said."""
        place, part = place_of(self.account, event), self.shown.get(event.replied)
        replied = part.shown if part else f"{place}:message:{event.replied}" if event.replied else ""
        said = self._entry(event, "message", event.id)
        return command_of(replace(said, text=self.words(event), reply_to=replied, files=self._files(event)))

    def words(self, event: Event) -> str:
        """The text of a message, with what stands for words in it: stickers, a poll, what it forwards."""
        names = ChainMap({m.id: m.called for m in event.mentions} | {self.me: "Caravan"}, self.names)
        also = [say("sent_sticker", emoji=s.called) for e in (event, *_forwarded(event)) for s in e.sticker_items]
        told = [*map(_said, (event, *_forwarded(event))), *also, _poll(event.poll)]
        text = "\n".join(read(text, names) for text in told if text)
        return text or (say("sent_other", kind="activity") if event.activity else "")

    def _files(self, event: Event) -> tuple[File, ...]:
        """What was attached, also to what it forwards; its bytes stay with Discord until somebody wants them."""
        shared = [a for e in (event, *_forwarded(event)) for a in e.attachments if a.id]
        base, other = f"discord:{self.account}:{event.channel_id}/{event.id}", "application/octet-stream"
        return tuple(
            File(name=a.filename or "file", mime=a.content_type or other, key=f"{base}/{a.id}", size=max(0, a.size))
            for a in shared
        )

    def _changed(self, event: Event) -> Entry:
        """A message in its new words; one that only got a preview, a pin or a flag has no time of an edit."""
        edited = event.edited_timestamp if event.author else ""
        new = edited and (self.words(event) or self._files(event))
        why = ignored(event) if new else "no other words than before"
        unique = f"edit:{event.id}:{edited}" if edited else f"update:{event.id}"
        if why:
            return left_alone(self._entry(event, "notice", unique), why)
        said, at = self.message(event), _moment(edited, self.at)
        return replace(said, id=f"{said.place}:{unique}", what="edit", object=f"{said.place}:message:{event.id}", at=at)

    def _deleted(self, event: Event, id: str) -> Entry:
        """Discord does not say whose message it was: that is what we have written down."""
        entry = self._entry(event, "delete", id, of=id)
        author, name = self.authors.get(entry.object, ("", ""))
        return replace(entry, author=author, name=name)

    def _reaction(self, kind: str, event: Event) -> Entry:
        added, emoji = kind.endswith("_ADD"), event.emoji
        shown = f":{emoji.called}:" if emoji.id else emoji.name
        unique = f"{event.message_id}:{event.user_id}:{shown}:{self.unique}{'' if added else ':taken'}"
        entry = self._entry(event, "react", unique, of=event.message_id)
        return replace(entry, text=shown) if added else replace(entry, value={**entry.value, "taken": shown})

    def membership(self, event: Event, unique: str, added: Iterable[Named], removed: Iterable[Named]) -> Entry:
        """People who came to a Place or left it."""
        came, went = ([(f"discord:{p.id}", p.called) for p in people] for people in (added, removed))
        return members(self._entry(event, "member", unique), came, went)

    def thread_members(self, event: Event) -> tuple[Entry, ...]:
        """People who joined or left a thread; `event.channel_id` is the thread's."""
        came = [m.user or Named(id=m.user_id, name=self.names.get(m.user_id, "")) for m in event.added_members]
        went = [Named(id=id, name=self.names.get(id, "")) for id in event.removed_member_ids]
        added, removed = ([p for p in people if p.id and p.id != self.me and not p.bot] for people in (came, went))
        return (self.membership(event, f"{event.id}:{self.unique}", added, removed),) if added or removed else ()

    def press(self, event: Event, token: str, values: Mapping[str, Any]) -> Entry:
        """A button, a choice of a menu or a form that was sent."""
        message = event.message.id if event.message else ""
        entry = self._entry(event, "press", f"{message}:{event.id}", of=message)
        return press_of(entry if message in self.shown else replace(entry, object=""), token, values)

    def command(self, event: Event, command: Command) -> Entry:
        """An application command with what was filled in."""
        return asked(self._entry(event, "message", event.id), command, {o.name: o.value for o in event.data.options})

    def _entry(self, event: Event, what: str, unique: str, *, of: str = "") -> Entry:
        """`of`: the message that it is about; one of ours may be meant for another Place than where it stands."""
        part, who = self.shown.get(of), event.who or Named(id=event.user_id)
        place = part.place if part else place_of(self.account, event)
        name = event.called if event.called != who.id else ""
        return Entry(
            id=f"{place}:{what}:{unique}", thread="", what=what, place=place,
            at=self.at if what in _UNDATED else _moment(event.id, self.at),
            author=f"discord:{who.id}" if who.id else "", name=name or self.names.get(who.id, who.id),
            object=part.shown if part else f"{place}:message:{of}" if of else "",
            value={"kind": "direct" if address(place)[2] else "group", "title": self.title},
        )  # fmt: skip


def _moment(told: str, otherwise: datetime) -> datetime:
    """The time that an id holds, or a time as Discord writes it."""
    try:
        return snowflake_time(int(told)) if told.isdecimal() else datetime.fromisoformat(told).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        return otherwise
