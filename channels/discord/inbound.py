"""What Discord tells, as Entries. Pure: names and earlier messages are looked up before and handed in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.content import File
from bot.model import Entry
from channels.discord.limits import IGNORED
from channels.discord.markdown import read
from channels.discord.payloads import Event, Named
from channels.received import taken
from channels.texts import say

SAID = frozenset((0, 19))
JOINED, ADDED, REMOVED = 7, 1, 2
_EPOCH = 1_420_070_400_000
_ID = re.compile(r"\d{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known beside an event. `names`: ids of people, roles and channels -> name; `title`: of the channel.

    `parts`: message id -> our id of what we showed there; `places`: message id -> the Place it was meant for, where
    that is another one; `authors`: Entry id -> identity key and name of who said it. `unique`: what tells one delivery
    of the gateway from another, the same when it is replayed."""

    account: str
    me: str
    application: str
    at: datetime
    unique: str = ""
    title: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def place_of(account: str, event: Event) -> str:
    """The Place of an event: its channel or thread; one of a direct conversation begins with @."""
    return f"discord:{account}:{'' if event.guild_id else '@'}{event.channel_id}"


def address(place: str) -> tuple[str, str, bool]:
    """Account, channel id and whether it is a direct conversation."""
    _, account, channel = (*place.split(":", 2), "", "")[:3]
    return account, channel.removeprefix("@"), channel.startswith("@")


def at_of(snowflake: str, otherwise: datetime) -> datetime:
    """When something with this id came into being."""
    if not _ID.fullmatch(snowflake) or int(snowflake) >> 22 > 10**13:
        return otherwise
    return datetime.fromtimestamp(((int(snowflake) >> 22) + _EPOCH) / 1000, UTC)


def wanted(kind: str, event: Event) -> tuple[str, ...]:
    """The ids of earlier messages that an event is about."""
    if kind in ("MESSAGE_CREATE", "MESSAGE_UPDATE"):
        return (str(event.message_reference.get("message_id", "")),)
    return (event.message_id, event.id, *event.ids, event.message.id if event.message else "")


def entries_of(kind: str, event: Event, about: About) -> tuple[Entry, ...]:
    """The Entries of an event; none for what we did ourselves and for what is no news of a conversation."""
    if not event.channel_id or _ours(event, about):
        return ()
    if kind == "MESSAGE_CREATE":
        return (_created(event, about),)
    if kind == "MESSAGE_UPDATE":
        return (_changed(event, about),)
    if kind in ("MESSAGE_DELETE", "MESSAGE_DELETE_BULK"):
        return tuple(_deleted(event, id, about) for id in (event.ids or [event.id]) if id and id not in about.parts)
    return (_reaction(kind, event, about),) if kind.startswith("MESSAGE_REACTION_") and event.user_id else ()


def _ours(event: Event, about: About) -> bool:
    mine = bool(event.webhook_id and event.application_id == about.application)
    return mine or (event.author.id if event.author else event.user_id) == about.me


def ignored(event: Event) -> str:
    """Why a message is left alone, "" if it is not."""
    if event.webhook_id or event.author is None or event.author.bot:
        return "another bot's message" if event.author or event.webhook_id else "a message without an author"
    if event.author.system:
        return "a service message"
    return "" if event.type in SAID else IGNORED.get(event.type, f"a service message of the unknown type {event.type}")


def _created(event: Event, about: About) -> Entry:
    if event.type in (JOINED, ADDED, REMOVED) and event.author:
        who = event.mentions[:1] or [event.author]
        left = event.type == REMOVED
        return membership(event, about, event.id, () if left else tuple(who), tuple(who) if left else ())
    if why := ignored(event):
        return note(event, about, f"message:{event.id}", why)
    return message(event, about)


def message(event: Event, about: About) -> Entry:
    """What a person said."""
    place = place_of(about.account, event)
    entry = _entry(about, event, "message", f"{place}:message:{event.id}", event.id)
    said = replace(entry, text=words(event, about), reply_to=_replied(event, about), files=_files(event, about))
    bare = said.text.removeprefix("@Caravan").strip()
    return replace(said, what="command", text=bare) if bare.startswith("/") and len(bare) > 1 else said


def words(event: Event, about: About) -> str:
    """The text of a message, with what stands for words in it: stickers, a poll, what it forwards."""
    names = {**about.names, **{m.id: m.called for m in event.mentions}, about.me: "Caravan"}
    also = [say("sent_sticker", emoji=s.called) for s in event.sticker_items]
    told = [event.content, *(f.content for f in _forwarded(event)), *also, _poll(event.poll)]
    return "\n".join(read(text, names) for text in told if text)


def _forwarded(event: Event) -> list[Event]:
    return [f for s in event.message_snapshots if (f := taken(Event, s.get("message"))) is not None]


def _poll(poll: Mapping[str, Any]) -> str:
    asked, answers = poll.get("question"), poll.get("answers")
    if not isinstance(asked, dict) or not isinstance(answers, list):
        return ""
    media = [a.get("poll_media") for a in answers if isinstance(a, dict)]
    options = [str(m.get("text", "")) for m in media if isinstance(m, dict)]
    return say("sent_poll", question=asked.get("text", ""), options=" / ".join(options))


def _files(event: Event, about: About) -> tuple[File, ...]:
    """What was attached, also to what it forwards; its bytes stay with Discord until somebody wants them."""
    shared = [*event.attachments, *(a for f in _forwarded(event) for a in f.attachments)]
    base = f"discord:{about.account}:{event.channel_id}/{event.id}"
    return tuple(
        File(name=f.filename or "file", mime=f.content_type or "application/octet-stream", key=f"{base}/{f.id}",
             size=max(0, f.size))
        for f in shared if f.id
    )  # fmt: skip


def _replied(event: Event, about: About) -> str:
    id = str(event.message_reference.get("message_id", ""))
    if not id or event.message_reference.get("type"):
        return ""
    return about.parts.get(id) or f"{place_of(about.account, event)}:message:{id}"


def _changed(event: Event, about: About) -> Entry:
    """A message in its new words; one that only got a preview, a pin or a flag has no time of an edit."""
    if not event.edited_timestamp or event.author is None:
        return note(event, about, f"update:{event.id}", "no other words than before")
    if why := ignored(event):
        return note(event, about, f"edit:{event.id}:{event.edited_timestamp}", why)
    said = message(event, about)
    object = f"{said.place}:message:{event.id}"
    return replace(said, id=f"{said.place}:edit:{event.id}:{event.edited_timestamp}", what="edit", object=object,
                   at=_when(event.edited_timestamp, about.at))  # fmt: skip


def _deleted(event: Event, id: str, about: About) -> Entry:
    """Discord does not say whose message it was: that is what we have written down."""
    place = place_of(about.account, event)
    author, name = about.authors.get(f"{place}:message:{id}", ("", ""))
    entry = _entry(about, event, "delete", f"{place}:delete:{id}", "")
    return replace(entry, object=f"{place}:message:{id}", author=author, name=name)


def _reaction(kind: str, event: Event, about: About) -> Entry:
    added, place = kind.endswith("_ADD"), about.places.get(event.message_id) or place_of(about.account, event)
    shown = event.emoji.name if not event.emoji.id else f":{event.emoji.called}:"
    once = "" if added else ":taken"
    id = f"{place}:react:{event.message_id}:{event.user_id}:{shown}:{about.unique}{once}"
    entry = _entry(about, event, "react", id, "")
    value = entry.value if added else {**entry.value, "taken": shown}
    object = about.parts.get(event.message_id) or f"{place}:message:{event.message_id}"
    return replace(entry, place=place, text=shown if added else "", object=object, value=value)


def membership(
    event: Event, about: About, unique: str, added: tuple[Named, ...] = (), removed: tuple[Named, ...] = ()
) -> Entry:
    """People who came to a Place or left it."""
    entry = _entry(about, event, "member", f"{place_of(about.account, event)}:member:{unique}", unique)
    who = next(iter((*added, *removed)))
    named = {"added": [_named(p) for p in added], "removed": [_named(p) for p in removed]}
    return replace(entry, author=f"discord:{who.id}", name=who.called, value={**entry.value, **named})


def thread_members(event: Event, about: About) -> tuple[Entry, ...]:
    """People who joined or left a thread; `event.channel_id` is the thread's."""
    people = [m.user or Named(id=m.user_id, name=about.names.get(m.user_id, "")) for m in event.added_members]
    left = [Named(id=id, name=about.names.get(id, "")) for id in event.removed_member_ids]
    added, removed = (tuple(p for p in found if p.id and p.id != about.me and not p.bot) for found in (people, left))
    return (membership(event, about, f"{event.id}:{about.unique}", added, removed),) if added or removed else ()


def _named(person: Named) -> dict[str, str]:
    return {"identity": f"discord:{person.id}", "name": person.called}


def press(event: Event, about: About, token: str, values: Mapping[str, Any]) -> Entry:
    """A button, a choice of a menu or a form that was sent."""
    message_id = event.message.id if event.message else ""
    place = about.places.get(message_id) or place_of(about.account, event)
    entry = _entry(about, event, "press", f"{place}:press:{message_id}:{event.id}", event.id)
    value = {**entry.value, "token": token, "values": dict(values)}
    kind = "direct" if address(place)[2] else "group"
    object = about.parts.get(message_id, "")
    return replace(entry, place=place, object=object, value={**value, "kind": kind})


def command(event: Event, about: About, name: str, args: Mapping[str, str], words: str) -> Entry:
    """An application command: what was filled in stands in its text and, by name, in `value["args"]`."""
    place = place_of(about.account, event)
    entry = _entry(about, event, "command", f"{place}:message:{event.id}", event.id)
    told = " ".join((f"/{name}", words, *(f"{k.replace('_', ' ')}: {v}" for k, v in args.items()))).replace("  ", " ")
    given = {} if words or not args else {"args": dict(args)}
    return replace(entry, text=told.strip(), value={**entry.value, **given})


def note(event: Event, about: About, unique: str, why: str) -> Entry:
    """Something that is kept with the reason why nothing is done about it."""
    entry = _entry(about, event, "notice", f"{place_of(about.account, event)}:notice:{unique}", event.id)
    return replace(entry, author="", name="", value={**entry.value, "ignored": why})


def _entry(about: About, event: Event, what: str, id: str, snowflake: str) -> Entry:
    who = event.who or Named(id=event.user_id)
    name = event.called if event.called != who.id else ""
    return Entry(
        id=id, thread="", what=what, at=at_of(snowflake, about.at), place=place_of(about.account, event),
        author=f"discord:{who.id}" if who.id else "", name=name or about.names.get(who.id, who.id),
        value={"kind": "group" if event.guild_id else "direct", "title": about.title},
    )  # fmt: skip


def _when(text: str, otherwise: datetime) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return otherwise
