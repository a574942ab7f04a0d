"""What Slack tells, as Entries. Pure: names and earlier messages are looked up before and handed in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from msgspec.structs import replace as but

from bot.content import File
from bot.model import Entry
from channels.emoji import emoji
from channels.entries import command_of, press_of
from channels.lenient import words as told
from channels.received import listed, taken
from channels.slack.limits import IGNORED
from channels.slack.mrkdwn import mentioned, piece, read
from channels.slack.payloads import Event, Message, SharedFile

_DOORS = {"left": "closed", "deleted": "closed", "archive": "closed", "unarchive": "opened"}
_HANGING = ("pretext", "title", "text", "fields", "blocks")
_WHEN = re.compile(r"\d{1,11}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known beside an event: names by id; ts -> our id of what we showed there, or the thread it stands in."""

    account: str
    bot_user: str
    bot_id: str
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    threads: Mapping[str, str] = field(default_factory=dict)


def place_of(account: str, channel: str, ts: str = "", thread: str | None = None) -> str:
    """A Place: the channel, or a thread in it; a direct conversation is one whatever its threads."""
    inside = thread if thread and thread != ts and not channel.startswith("D") else ""
    return f"slack:{account}:{channel}/{inside}" if inside else f"slack:{account}:{channel}"


def address(place: str) -> tuple[str, str, str]:
    """Account, channel and thread (or "") of a Place."""
    _, account, rest = (*place.split(":", 2), "", "")[:3]
    channel, _, thread = rest.partition("/")
    return account, channel, thread


def wanted(event: Event) -> tuple[list[str], list[str]]:
    """The people and the messages that an event names by id."""
    said, before = event.message or event, event.previous_message
    users = [said.user, event.inviter, before.user if before else None, *mentioned(said.text)]
    messages = [str(event.item["ts"])] if event.item.get("ts") else []
    messages += [said.thread_ts] if said.thread_ts and said.thread_ts != said.ts else []
    return list(dict.fromkeys(u for u in users if isinstance(u, str) and u)), messages


def channel_of(event: Event) -> str:
    """The channel's id, wherever the event has it; "" if nowhere."""
    found = event.channel if event.channel is not None else event.item.get("channel")
    return str(found.get("id") or "") if isinstance(found, dict) else str(found or "")


def entries_of(event: Event, about: About) -> tuple[Entry, ...]:
    """The Entries of an event; none for what we did ourselves and for what is no news of a conversation."""
    if not channel_of(event) or _ours(event.message or event, about):
        return ()
    if event.type in ("reaction_added", "reaction_removed"):
        return _reaction(event, about)
    if event.type in ("member_joined_channel", "member_left_channel"):
        return _member(event, about)
    if event.type not in ("message", "app_mention"):
        return _channel_news(event, about)
    if event.subtype == "message_changed" and event.message is not None:
        return _changed(event, event.message, about)
    if event.subtype == "message_deleted":
        return _deleted(event, event.previous_message or Message(), about)
    why = IGNORED["message_replied"] if event.message else _ignored(event)
    return (_note(event, about, why),) if why else (message(event, about, channel_of(event)),)


def _ours(said: Message, about: About) -> bool:
    return bool(said.bot_id and said.bot_id == about.bot_id) or (said.type == "message" and said.user == about.bot_user)


def _ignored(said: Message) -> str:
    """Why a message is left alone, "" if it is not."""
    bot = said.bot_id or not isinstance(said.user, str) or said.user == "USLACKBOT"
    why = "another bot's message" if bot else "" if said.ts else "a message without a time"
    return IGNORED.get(said.subtype, why)


def message(said: Message, about: About, channel: str) -> Entry:
    """What a person said. Files stay with Slack until somebody wants their bytes."""
    inside = None if said.subtype == "thread_broadcast" else said.thread_ts
    place = place_of(about.account, channel, said.ts, inside)
    entry = _entry(about, place, "message", said.ts, said.user, said.ts, channel)
    files = tuple(
        File(
            name=f.name or f.title or "file", mime=f.mimetype or "application/octet-stream",
            key=f"slack:{about.account}:{f.id}", size=max(0, f.size),
        )
        for f in (*said.files, said.file, *_shared(said)) if f.id and f.mode not in ("tombstone", "hidden_by_limit")
    )  # fmt: skip
    root = said.thread_ts if said.thread_ts and said.thread_ts != said.ts else ""
    replied = about.parts.get(root) or f"{place_of(about.account, channel)}:message:{root}" if root else ""
    entry = replace(entry, text=words(said, about), reply_to=replied, files=files)
    return command_of(entry, about.names.get(about.bot_user, "Caravan"))


def words(said: Message, about: About) -> str:
    """The text of a message, or of its blocks, and of what it forwards; where it has none, of what hangs on it."""
    text = said.text or told(said.blocks, piece)
    hanging = [a for a in said.attachments if a.get("is_share") or not text]
    also = (told({k: a[k] for k in _HANGING if k in a}, piece) or str(a.get("fallback") or "") for a in hanging)
    return read("\n".join(filter(None, (text, *also))), about.names)


def _shared(said: Message) -> Iterator[SharedFile]:
    """The files of what a message forwards, or of all that hangs on it where it has no words."""
    for found in (listed(a, "files") for a in said.attachments if a.get("is_share") or not (said.text or said.blocks)):
        yield from (file for one in found if (file := taken(SharedFile, one)))


def command(given: Mapping[str, str], about: About) -> Entry:
    """A slash command with the text after it; /caravan takes any of ours."""
    text, called = read(given.get("text", ""), about.names).strip(), given.get("command", "").removeprefix("/")
    spoken = f"/{text.removeprefix('/') or 'help'}" if called == "caravan" else f"/{called} {text}".strip()
    channel, user = given.get("channel_id", ""), given.get("user_id", "")
    id = given.get("trigger_id") or str(about.at.timestamp())
    entry = _entry(about, place_of(about.account, channel), "message", id, user, "", channel)
    name = given.get("user_name", user) if entry.name == user else entry.name
    return replace(entry, what="command", name=name, text=spoken)


def press(about: About, place: str, user: str, unique: str, *, shown: str, token: str, values: dict[str, Any]) -> Entry:
    """A button, a choice or a form that was sent."""
    return press_of(replace(_entry(about, place, "press", unique, user, ""), object=shown), token, values)


def _changed(event: Event, now: Message, about: About) -> tuple[Entry, ...]:
    before = event.previous_message or Message()
    if now.subtype == "tombstone":
        return _deleted(but(event, deleted_ts=now.ts), before, about)
    now = now if now.user or now.bot_id else but(now, user=before.user, bot_id=before.bot_id)
    why = _ignored(now)
    if not why and event.previous_message is not None and words(now, about) == words(before, about):
        why = "no other words than before"
    if why:
        return (_note(event, about, why),)
    said = message(now, about, channel_of(event))
    revision = event.event_ts or event.ts or str(now.edited.get("ts"))  # two edits may be of one second
    id = f"{said.place}:edit:{now.ts}:{revision}"
    return (replace(said, id=id, what="edit", object=said.id, at=_when(revision, about.at)),)


def _deleted(event: Event, before: Message, about: About) -> tuple[Entry, ...]:
    ts = event.deleted_ts or before.ts
    if not ts or _ours(before, about):
        return ()
    if before.bot_id:
        return (_note(event, about, "another bot's message"),)
    inside = None if before.subtype == "thread_broadcast" else before.thread_ts
    place = place_of(about.account, channel_of(event), ts, inside or about.threads.get(ts))
    entry = _entry(about, place, "delete", ts, before.user, event.event_ts or event.ts)
    return (replace(entry, object=f"{place}:message:{ts}"),)


def _reaction(event: Event, about: About) -> tuple[Entry, ...]:
    ts, name, added = str(event.item.get("ts", "")), event.reaction, event.type == "reaction_added"
    if not ts or not name or event.user == about.bot_user:
        return ()
    place = place_of(about.account, channel_of(event), ts, about.threads.get(ts))
    unique = f"{ts}:{event.user}:{name}:{event.event_ts}{'' if added else ':taken'}"
    entry = _entry(about, place, "react", unique, event.user, event.event_ts)
    value = entry.value if added else {**entry.value, "taken": emoji(name)}
    shown = about.parts.get(ts) or f"{place}:message:{ts}"
    return (replace(entry, text=emoji(name) if added else "", object=shown, value=value),)


def _member(event: Event, about: About) -> tuple[Entry, ...]:
    joined, channel = event.type == "member_joined_channel", channel_of(event)
    place = place_of(about.account, channel)
    if event.user == about.bot_user and not joined:
        return (_status(event, about, "closed", "Caravan was removed from the channel"),)
    user = str((event.inviter if event.user == about.bot_user else event.user) or "")
    if not user:
        return (_status(event, about, "opened", "Caravan was added to the channel"),)
    by = event.inviter if joined and event.inviter else user
    entry = _entry(about, place, "member", f"{user}:{event.event_ts}", by, event.event_ts, channel)
    who = [{"identity": f"slack:{user}", "name": about.names.get(user, user)}]
    value = {"added": who if joined else [], "removed": [] if joined else who}
    return (replace(entry, value={**entry.value, **value}),)


def _channel_news(event: Event, about: About) -> tuple[Entry, ...]:
    kind, _, what = event.type.partition("_")
    if kind in ("channel", "group") and what in _DOORS:
        return (_status(event, about, _DOORS[what], event.type.replace("_", " ")),)
    if what == "rename" and isinstance(event.channel, dict):
        return (_news(event, about, "notice", ignored="the channel was renamed", title=str(event.channel.get("name"))),)
    return (_note(event, about, f"news of another kind: {event.type}"),) if event.type else ()


def _status(event: Event, about: About, topic: str, why: str) -> Entry:
    """What the core has to know of the Place itself (bot/doors.py)."""
    return _news(event, about, "status", topic=topic, why=why)


def _note(event: Event, about: About, why: str) -> Entry:
    """Something that is kept with the reason why nothing is done about it."""
    return _news(event, about, "notice", ignored=why)


def _news(event: Event, about: About, what: str, **value: str) -> Entry:
    said, at = event.message or event, event.event_ts or event.ts
    place = place_of(about.account, channel_of(event), said.ts, said.thread_ts)
    entry = _entry(about, place, what, f"{event.subtype or event.type}:{at}", "", at)
    return replace(entry, value={**entry.value, **value})


def _entry(about: About, place: str, what: str, unique: str, user: Any, ts: str | None, channel: str = "") -> Entry:
    """`channel`: where its title is to be told as well."""
    user = user if isinstance(user, str) else ""
    value = {"kind": "direct" if address(place)[1].startswith("D") else "group"}
    value |= {"title": about.titles.get(channel, "")} if channel else {}
    value |= {"avatar": about.pictures[user]} if about.pictures.get(user) else {}
    return Entry(
        id=f"{place}:{what}:{unique}", thread="", what=what, at=_when(ts, about.at), place=place,
        author=f"slack:{user}" if user else "", name=about.names.get(user, user), value=value,
    )  # fmt: skip


def _when(ts: str | None, otherwise: datetime) -> datetime:
    return datetime.fromtimestamp(float(ts), UTC) if ts and _WHEN.fullmatch(ts) else otherwise
