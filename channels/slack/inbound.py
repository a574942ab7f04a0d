"""What Slack tells, as Entries. Pure: names and earlier messages are looked up before and handed in."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.content import File
from bot.model import Entry
from channels.slack.emoji import emoji
from channels.slack.mrkdwn import mentioned, read
from channels.slack.payloads import Command, Event, Message, SharedFile

# Messages that Slack writes by itself, and why they are left alone.
IGNORED: Mapping[str, str] = {
    "channel_join": "told by member_joined_channel", "group_join": "told by member_joined_channel",
    "channel_leave": "told by member_left_channel", "group_leave": "told by member_left_channel",
    "bot_message": "another bot's message", "message_replied": "a count of replies", "tombstone": "a deleted message",
    **dict.fromkeys(
        "bot_add bot_remove channel_archive channel_canvas_updated channel_convert_to_private channel_convert_to_public"
        " channel_name channel_posting_permissions channel_purpose channel_topic channel_unarchive document_mention"
        " ekm_access_denied file_comment group_archive group_name group_purpose group_topic group_unarchive"
        " huddle_thread pinned_item reminder_add sh_room_created sh_room_shared unpinned_item".split(),
        "a service message",
    ),
}  # fmt: skip
GONE = {"channel_left", "group_left", "channel_deleted", "group_deleted", "channel_archive", "group_archive"}
_RENAMED = {"channel_rename", "group_rename"}
_BACK = {"channel_unarchive", "group_unarchive"}
_UNREAD = ("tombstone", "hidden_by_limit")
_WHEN = re.compile(r"\d{1,12}(?:\.\d{1,9})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is known beside an event. `names`: user id -> name; `titles`: channel id -> name; `parts`: ts -> our id of

    what we showed there; `threads`: ts -> the thread in which a message of somebody else stands."""

    account: str
    bot_user: str
    bot_id: str
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    threads: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What has to be looked up before an event can be told."""

    users: tuple[str, ...] = ()
    channel: str = ""
    messages: tuple[str, ...] = ()


def place_of(account: str, channel: str, ts: str = "", thread: str | None = None) -> str:
    """A Place: the channel, or a thread in it; a direct conversation is one whatever its threads."""
    inside = thread if thread and thread != ts and not channel.startswith("D") else ""
    return f"slack:{account}:{channel}/{inside}" if inside else f"slack:{account}:{channel}"


def address(place: str) -> tuple[str, str, str]:
    """Account, channel and thread (or "") of a Place."""
    _, account, rest = (*place.split(":", 2), "", "")[:3]
    channel, _, thread = rest.partition("/")
    return account, channel, thread


def wanted(event: Event) -> Wanted:
    """The people, the channel and the messages that an event names by id."""
    said = event.message or event
    users = [str(u) for u in (said.user, event.inviter) if isinstance(u, str)]
    if event.previous_message is not None and isinstance(event.previous_message.user, str):
        users.append(event.previous_message.user)
    about = [event.item.ts] if event.item else []
    about += [t for t in (said.thread_ts,) if t and t != said.ts]
    users += mentioned(said.text or "")
    return Wanted(users=tuple(dict.fromkeys(users)), channel=channel_of(event), messages=tuple(about))


def channel_of(event: Event) -> str:
    """The channel's id, wherever the event has it; "" if nowhere."""
    found = event.channel if event.channel is not None else event.item.channel if event.item else ""
    return str(found.get("id") or "") if isinstance(found, dict) else str(found or "")


def entries_of(event: Event, about: About) -> tuple[Entry, ...]:
    """The Entries of an event; none for what we did ourselves and for what is no news of a conversation."""
    if not channel_of(event) or _ours(event.message or event, about):
        return ()
    if event.type in ("message", "app_mention"):
        return _messages(event, about)
    if event.type in ("reaction_added", "reaction_removed"):
        return _reaction(event, about)
    if event.type in ("member_joined_channel", "member_left_channel"):
        return _member(event, about)
    return _channel_news(event, about)


def _ours(said: Message, about: About) -> bool:
    return bool(said.bot_id and said.bot_id == about.bot_id) or (said.type == "message" and said.user == about.bot_user)


def _messages(event: Event, about: About) -> tuple[Entry, ...]:
    kind = event.subtype or ""
    if kind == "message_changed" and event.message is not None:
        return _changed(event, event.message, about)
    if kind == "message_deleted":
        return _deleted(event, event.previous_message or Message(), about)
    if why := ignored(event):
        return (_note(event, about, event.ts or str(event.event_ts), why),)
    return (message(event, about),)


def ignored(said: Message) -> str:
    """Why a message is left alone, "" if it is not."""
    if why := IGNORED.get(said.subtype or "", ""):
        return why
    if said.bot_id or not isinstance(said.user, str) or said.user == "USLACKBOT":
        return "another bot's message"
    return "" if said.ts else "a message without a time"


def message(said: Message, about: About, channel: str = "") -> Entry:
    """What a person said."""
    channel = channel or channel_of(said)  # type: ignore[arg-type]
    inside = None if said.subtype == "thread_broadcast" else said.thread_ts
    place, text = place_of(about.account, channel, said.ts, inside), words(said, about)
    entry = _entry(about, place, "message", f"{place}:message:{said.ts}", str(said.user), said.ts)
    return _as_command(
        replace(
            entry, text=text, reply_to=_replied(said, about, channel), files=files_of(said.files or (), about),
            value={**entry.value, "title": about.titles.get(channel, "")},
        ),
        about,
    )  # fmt: skip


def words(said: Message, about: About) -> str:
    """The text of a message; where it has none, the text of what it forwards."""
    text = said.text or "\n".join(
        str(a.get("text") or a.get("fallback") or "") for a in said.attachments or () if isinstance(a, dict)
    )
    return read(text, about.names)


def files_of(shared: Sequence[SharedFile], about: About) -> tuple[File, ...]:
    """What was attached; its bytes stay with Slack until somebody wants them."""
    return tuple(
        File(
            name=f.name or f.title or "file", mime=f.mimetype or "application/octet-stream",
            key=f"slack:{about.account}:{f.id}", size=max(0, f.size or 0),
        )
        for f in shared if f.id and f.mode not in _UNREAD
    )  # fmt: skip


def command(given: Command, about: About, names: Mapping[str, str]) -> Entry:
    """A slash command with the text after it. `names`: what Slack calls a command -> what we call it."""
    place = place_of(about.account, given.channel_id)
    called = given.command.removeprefix("/")
    text = read(given.text, about.names).strip()
    own = names.get(called, called)
    spoken = f"/{own} {text}" if own else "/" + text.removeprefix("/") if text else "/help"
    object_id = given.trigger_id or str(about.at.timestamp())
    entry = _entry(about, place, "command", f"{place}:message:{object_id}", given.user_id, "")
    name = about.names.get(given.user_id) or given.user_name or given.user_id
    title = about.titles.get(given.channel_id, "")
    return replace(entry, name=name, text=spoken.strip(), value={**entry.value, "title": title})


def press(
    about: About, place: str, user: str, ts: str, unique: str, *, shown: str, token: str, values: Mapping[str, Any]
) -> Entry:
    """A button, a choice or a form."""
    entry = _entry(about, place, "press", f"{place}:press:{ts}:{user}:{unique}", user, "")
    return replace(entry, object=shown, value={**entry.value, "token": token, "values": dict(values)})


def chosen(said: Entry, token: str, shown: str) -> Entry:
    """A typed number or label that stands for a button."""
    id = said.id.replace(":message:", ":press:", 1)
    return replace(said, id=id, what="press", object=shown, value={**said.value, "token": token, "values": {}})


def _as_command(entry: Entry, about: About) -> Entry:
    """Words that begin with a slash are a command, also where they name us first: threads have no slash commands."""
    mine = f"@{about.names.get(about.bot_user, 'Caravan')}"
    text = entry.text.strip()
    bare = text.removeprefix(mine).strip() if text.startswith(mine) else text
    return replace(entry, what="command", text=bare) if bare.startswith("/") and len(bare) > 1 else entry


def _replied(said: Message, about: About, channel: str) -> str:
    """Our id of the message at the head of the thread; it stands in the channel, not in the thread."""
    root = said.thread_ts
    if not root or root == said.ts:
        return ""
    return about.parts.get(root) or f"{place_of(about.account, channel)}:message:{root}"


def _changed(event: Event, now: Message, about: About) -> tuple[Entry, ...]:
    before, channel = event.previous_message or Message(), channel_of(event)
    if now.subtype == "tombstone":
        return _deleted(replace_ts(event, now.ts), before, about)
    if not now.user and not now.bot_id:
        now = with_author(now, before)
    if why := ignored(now):
        return (_note(event, about, event.ts or str(event.event_ts), why),)
    said = message(now, about, channel)
    if words(now, about) == words(before, about) and event.previous_message is not None:
        return (_note(event, about, event.ts or str(event.event_ts), "no other words than before"),)
    revision = (now.edited.ts if now.edited else "") or event.event_ts or event.ts
    id = f"{said.place}:edit:{now.ts}:{revision}"
    return (replace(said, id=id, what="edit", object=said.id, at=_when(revision, about.at)),)


def replace_ts(event: Event, ts: str) -> Event:
    """The event as that of a deletion."""
    return Event(type=event.type, channel=event.channel, deleted_ts=ts, ts=event.ts, event_ts=event.event_ts)


def with_author(now: Message, before: Message) -> Message:
    """A message whose author is named only in its earlier form."""
    known = {f: getattr(now, f) for f in Message.__struct_fields__}
    return Message(**{**known, "user": before.user, "bot_id": before.bot_id})


def _deleted(event: Event, before: Message, about: About) -> tuple[Entry, ...]:
    ts = event.deleted_ts or before.ts
    if not ts or _ours(before, about):
        return ()
    inside = None if before.subtype == "thread_broadcast" else before.thread_ts
    place = place_of(about.account, channel_of(event), ts, inside or about.threads.get(ts))
    if before.bot_id:
        return (_note(event, about, event.ts or ts, "another bot's message"),)
    author = before.user if isinstance(before.user, str) else ""
    entry = _entry(about, place, "delete", f"{place}:delete:{ts}", author, event.event_ts or event.ts)
    return (replace(entry, object=f"{place}:message:{ts}"),)


def _reaction(event: Event, about: About) -> tuple[Entry, ...]:
    item, name = event.item, event.reaction or ""
    if item is None or item.type != "message" or not name or event.user == about.bot_user:
        return ()
    place = place_of(about.account, item.channel, item.ts, about.threads.get(item.ts))
    added = event.type == "reaction_added"
    id = f"{place}:react:{item.ts}:{event.user}:{name}:{event.event_ts or ''}"
    entry = _entry(about, place, "react", id if added else f"{id}:taken", str(event.user or ""), event.event_ts)
    value = entry.value if added else {**entry.value, "taken": emoji(name)}
    shown = about.parts.get(item.ts) or f"{place}:message:{item.ts}"
    return (replace(entry, text=emoji(name) if added else "", object=shown, value=value),)


def _member(event: Event, about: About) -> tuple[Entry, ...]:
    joined, user, channel = event.type == "member_joined_channel", str(event.user or ""), channel_of(event)
    if user == about.bot_user:
        if not joined:
            return (_note(event, about, str(event.event_ts), "we were removed"),)
        user = event.inviter or ""
    if not user:
        return (_note(event, about, str(event.event_ts), "we were added"),)
    place = place_of(about.account, channel)
    id = f"{place}:member:{user}:{event.event_ts or ''}"
    entry = _entry(about, place, "member", id, event.inviter if joined and event.inviter else user, event.event_ts)
    who = [{"identity": f"slack:{user}", "name": about.names.get(user, user)}]
    value = {"added": who, "removed": []} if joined else {"added": [], "removed": who}
    return (replace(entry, value={**entry.value, "title": about.titles.get(channel, ""), **value}),)


def _channel_news(event: Event, about: About) -> tuple[Entry, ...]:
    at = str(event.event_ts or event.ts)
    if event.type in GONE:
        return (_note(event, about, at, f"the channel is closed to us: {event.type}"),)
    if event.type in _RENAMED and isinstance(event.channel, dict):
        note = _note(event, about, at, "the channel was renamed")
        return (replace(note, value={**note.value, "title": str(event.channel.get("name") or "")}),)
    if event.type in _BACK:
        return (_note(event, about, at, "the channel is open again"),)
    return ()


def _note(event: Event, about: About, at: str, why: str) -> Entry:
    """Something that is kept with the reason why nothing is done about it."""
    said = event.message or event
    place = place_of(about.account, channel_of(event), said.ts, said.thread_ts)
    kind = event.subtype or event.type
    entry = _entry(about, place, "notice", f"{place}:notice:{kind}:{at}", "", at)
    return replace(entry, value={**entry.value, "ignored": why})


def _entry(about: About, place: str, what: str, id: str, user: str, ts: str | None) -> Entry:
    kind = "direct" if address(place)[1].startswith("D") else "group"
    return Entry(
        id=id, thread="", what=what, at=_when(ts, about.at), place=place, author=f"slack:{user}" if user else "",
        name=about.names.get(user, user), value={"kind": kind},
    )  # fmt: skip


def _when(ts: str | None, otherwise: datetime) -> datetime:
    if not ts or not _WHEN.fullmatch(ts):
        return otherwise
    return datetime.fromtimestamp(float(ts), UTC)
