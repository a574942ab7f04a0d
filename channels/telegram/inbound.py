"""What an update says, as Entries. Pure; what of ours a press, reaction or reply is about is filled in by `about`."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.content import File
from bot.doors import moved
from bot.model import Entry
from channels.lenient import moment, standing, words
from channels.received import inside, listed, taken
from channels.telegram import models
from channels.telegram.limits import DOWNLOAD
from channels.telegram.models import CallbackQuery, Chat, Media, MemberChange, Message, Reaction, Update, User
from channels.texts import say

_STAR = "⭐"  # for reactions that are no emoji


@dataclass(frozen=True, slots=True, kw_only=True)
class Me:
    """One of our bots. `ids`: of all our bots, whose words are never inbound."""

    account: str
    id: int = 0
    username: str = ""
    ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What an update comes to. `about`: key of the message of ours it may be about; `press`: the callback to answer.

    `ignored`: why nothing is kept."""

    entry: Entry | None = None
    about: str = ""
    press: str = ""
    ignored: str = ""


def place_of(account: str, chat: Chat, topic: int = 0) -> str:
    """The Place of a chat, or of one topic in a forum."""
    return f"telegram:{account}:{chat.id}_{topic}" if topic else f"telegram:{account}:{chat.id}"


def key(account: str, chat: int, message: int | str) -> str:
    """The name of a message over all networks."""
    return f"telegram:{account}:{chat}:{message}"


def identity(user: int) -> str:
    """The identity key of a person."""
    return f"telegram:{user}"


def heard(update: Update, me: Me, now: datetime, others: Sequence[str] = ()) -> Heard:
    """The Entry of an update. `others`: names of what a message holds that the models do not read."""
    if update.message is not None:
        return _message(update.message, me, now, others)
    if update.callback_query is not None:
        return _press(update.callback_query, me, now)
    if update.edited_message is not None:
        return _edit(update.edited_message, me, now, others)
    if update.message_reaction is not None:
        return _reaction(update.message_reaction, me, now)
    if update.chat_member is not None:
        return _member(update.chat_member, me, now)
    if update.my_chat_member is not None:
        return _ours(update.my_chat_member, me, now)
    post = update.channel_post or update.edited_channel_post
    if post is not None:
        edited = str(post.edit_date or "")
        return Heard(entry=_notice(post, me, now, "a channel post", post.text or post.caption, revision=edited))
    return Heard(ignored="a kind of update that has no place in a conversation")


def _message(m: Message, me: Me, now: datetime, others: Sequence[str]) -> Heard:
    if m.migrate_to_chat_id:
        to = place_of(me.account, Chat(id=m.migrate_to_chat_id))
        return Heard(entry=moved(place_of(me.account, m.chat), to, now))
    if m.new_chat_members or m.left_chat_member is not None:
        return _came_or_went(m, me, now)
    if m.author is not None and m.author.is_bot and m.sender_chat is None:
        if m.author.id in me.ids:
            return Heard(ignored="our own message")
        return Heard(entry=_notice(m, me, now, "another bot's message", m.text or m.caption))
    text, files = _text(m), _files(m, me.account)
    if not (text or files or m.location):
        sent = [o for o in others if o in models.SENT]
        text = say("sent_other", kind=_kind(sent or others))
        if not sent:
            return Heard(entry=_notice(m, me, now, f"a service message ({_kind(others)})", text))
    if text.startswith("/") and (other := _for_another(text, me)):
        return Heard(entry=_notice(m, me, now, f"a command for @{other}", text))
    return _said(m, me, now, text, files)


def _said(m: Message, me: Me, now: datetime, text: str, files: tuple[File, ...]) -> Heard:
    """What a person said, and what it answers: in a topic the message that opened it stands for no answer."""
    reply = m.reply_to_message if m.reply_to_message and m.reply_to_message.forum_topic_created is None else None
    entry = _entry(m, me, now, "command" if text.startswith("/") else "message", text)
    more: dict[str, Any] = {}
    if too_large := [f.name for f in files if f.size > DOWNLOAD]:
        more["refused"] = say("too_large_to_take", name=", ".join(too_large), limit=DOWNLOAD // 2**20)
    to_us = m.reply_to_message is not None and m.reply_to_message.author and m.reply_to_message.author.id in me.ids
    if to_us or (me.username and f"@{me.username}".casefold() in text.casefold()):
        more["reply_caravan"] = True
    if reply or files or m.location or more:
        replied = f"{entry.place}:message:{reply.message_id}" if reply else ""
        value = {**entry.value, **more} if more else entry.value
        entry = replace(entry, files=files, location=_spot(m), reply_to=replied, value=value)
    return Heard(entry=entry, about=key(me.account, m.chat.id, reply.message_id) if reply else "")


def _edit(m: Message, me: Me, now: datetime, others: Sequence[str]) -> Heard:
    """The message in its new words; a location that only moves is none."""
    if m.location is not None and m.venue is None:
        moves = _notice(m, me, now, "a location that moves", "", revision=str(m.edit_date))
        return Heard(entry=replace(moves, location=_spot(m)))
    told = _message(m, me, now, others)
    if (entry := told.entry) is None or entry.what not in ("message", "command"):
        return told
    unique = f"{entry.place}:edit:{m.message_id}:{m.edit_date}-{_digest(entry.text, *(f.key for f in entry.files))}"
    at = moment(m.edit_date or m.date, now)
    return replace(told, entry=replace(entry, id=unique, what="edit", at=at, object=entry.id))


def _press(q: CallbackQuery, me: Me, now: datetime) -> Heard:
    if q.message is None or not q.data:
        return Heard(press=q.id, ignored="a press without a message or a token of ours")
    place = _where(q.message, me)
    value = _value(q.message.chat, q.author) | {"token": q.data, "values": {}}
    entry = Entry(
        id=f"{place}:press:{q.message.message_id}:{q.id}", thread="", what="press", at=now, place=place,
        author=identity(q.author.id), name=q.author.name, value=value,
        object=f"{place}:message:{q.message.message_id}",
    )  # fmt: skip
    return Heard(entry=entry, about=key(me.account, q.message.chat.id, q.message.message_id), press=q.id)


def _reaction(r: Reaction, me: Me, now: datetime) -> Heard:
    who = r.user or r.actor_chat
    if who is None or (isinstance(who, User) and who.is_bot):
        return Heard(ignored="a reaction of nobody or of a bot")
    place, before = place_of(me.account, r.chat), {n.emoji or _STAR for n in r.old_reaction}
    now_there = [n.emoji or _STAR for n in r.new_reaction]
    added, gone = next((e for e in now_there if e not in before), ""), before.difference(now_there)
    revision = f"{who.id}-{r.date}-{_digest(*now_there)}"
    entry = Entry(
        id=f"{place}:react:{r.message_id}:{revision}", thread="", what="react", at=moment(r.date, now), place=place,
        author=identity(who.id), name=who.name if isinstance(who, User) else who.title,
        text=added, object=f"{place}:message:{r.message_id}",
        value=_value(r.chat, None) | ({"taken": min(gone)} if gone and not added else {}),
    )  # fmt: skip
    return Heard(entry=entry, about=key(me.account, r.chat.id, r.message_id))


def _came_or_went(m: Message, me: Me, now: datetime) -> Heard:
    """The service message about people who joined or left; our own coming brings the one who added us."""
    came = [u for u in m.new_chat_members if not u.is_bot]
    if any(u.id == me.id for u in m.new_chat_members) and m.author and m.author not in came and not m.author.is_bot:
        came.append(m.author)
    went = [m.left_chat_member] if m.left_chat_member and not m.left_chat_member.is_bot else []
    if not came and not went:
        return Heard(entry=_notice(m, me, now, "a bot came or went", ""))
    entry = _entry(m, me, now, "member", "")
    by = "" if m.author and m.author.is_bot else entry.author
    value = entry.value | {"added": _named(came), "removed": _named(went)}
    return Heard(entry=replace(entry, author=by, value=value))


def _member(c: MemberChange, me: Me, now: datetime) -> Heard:
    user, before, after = c.new_chat_member.user, c.old_chat_member.inside, c.new_chat_member.inside
    if user.is_bot or before == after:
        why = "a change of standing, not of who is here"
        return Heard(entry=_change(c, me, now, "notice", {"ignored": why}))
    came, went = ([user], []) if after else ([], [user])
    value = {"added": _named(came), "removed": _named(went)}
    return Heard(entry=_change(c, me, now, "member", value))


def _ours(c: MemberChange, me: Me, now: datetime) -> Heard:
    """What became of us: added, blocked, thrown out, or only given other rights."""
    before, after = c.old_chat_member.inside, c.new_chat_member.inside
    if after and not before and c.chat.type != "private":
        added = _named([] if c.author.is_bot else [c.author])
        return Heard(entry=_change(c, me, now, "member", {"added": added, "removed": []}))
    if before == after:
        return Heard(entry=_change(c, me, now, "notice", {"ignored": "our own rights changed"}))
    why = "blocked" if c.chat.type == "private" else "removed"
    value = {"topic": "opened"} if after else {"topic": "closed", "why": why}
    return Heard(entry=_change(c, me, now, "status", value))


def _change(c: MemberChange, me: Me, now: datetime, what: str, more: dict[str, Any]) -> Entry:
    place, of = place_of(me.account, c.chat), c.new_chat_member
    object_id = f"{of.user.id}-{c.date}-{of.status}"
    return Entry(
        id=f"{place}:{what}:{object_id}", thread="", what=what, at=moment(c.date, now), place=place,
        author=identity(c.author.id) if what == "member" and not c.author.is_bot else "", name=c.author.name,
        value=_value(c.chat, None) | more,
    )  # fmt: skip


def _entry(m: Message, me: Me, now: datetime, what: str, text: str) -> Entry:
    place = _where(m, me)
    if m.sender_chat is not None:
        author, name = m.sender_chat.id, m.sender_chat.title
    else:
        author, name = (m.author.id, m.author.name) if m.author else (m.chat.id, m.chat.title)
    return Entry(
        id=f"{place}:{what if what == 'member' else 'message'}:{m.message_id}", thread="", what=what,
        at=moment(m.date, now), place=place, author=identity(author), name=name, text=text,
        value=_value(m.chat, m.author),
    )  # fmt: skip


def _notice(m: Message, me: Me, now: datetime, why: str, text: str, revision: str = "") -> Entry:
    """What is kept without being acted on, with its reason."""
    entry = _entry(m, me, now, "notice", text)
    id = f"{entry.place}:notice:{m.message_id}{':' + revision if revision else ''}"
    return replace(entry, id=id, author="", value=entry.value | {"ignored": why})


def _where(m: Message, me: Me) -> str:
    return place_of(me.account, m.chat, m.message_thread_id if m.is_topic_message else 0)


def _value(chat: Chat, user: User | None) -> dict[str, Any]:
    value: dict[str, Any] = {"kind": "direct" if chat.type == "private" else "group", "title": chat.title}
    if user is not None and user.language_code:
        value["language"] = user.language_code
    return value


def _named(users: Sequence[User]) -> list[dict[str, str]]:
    return [{"identity": identity(u.id), "name": u.name} for u in users]


def _text(m: Message) -> str:
    """The words of a message, or what it was."""
    if m.text or m.caption:
        return m.text or m.caption
    if m.sticker is not None:
        return say("sent_sticker", emoji=m.sticker.emoji).replace(" ]", "]")
    if m.poll is not None:
        options = " / ".join(str(inside(option).get("text", "")) for option in listed(m.poll, "options"))
        asked = say("sent_poll", question=m.poll.get("question", ""), options=options)
        return "\n".join(filter(None, (asked, words({"description": m.poll.get("description")}))))
    if m.venue is not None:
        return f"{m.venue.title}, {m.venue.address}".strip(", ")
    if m.contact is not None:
        who = f"{m.contact.first_name} {m.contact.last_name}".strip()
        return say("sent_contact", name=who, phone=m.contact.phone_number)
    if m.dice is not None:
        return f"{m.dice.emoji} {m.dice.value}"
    return words(m.rich_message or m.checklist or m.game or m.invoice or m.gift)


def _spot(m: Message) -> tuple[float, float] | None:
    spot = m.location or (m.venue.location if m.venue else None)
    return (spot.latitude, spot.longitude) if spot else None


def _files(m: Message, account: str) -> tuple[File, ...]:
    """The file of a message, or those that stand in what was paid for, in a rich message or a poll."""
    holder = m.paid_media or m.rich_message or m.poll
    there = standing(holder, models.FILES) if holder else ((name, getattr(m, name, None)) for name in models.FILES)
    found = ((name, _largest(one)) for name, one in there if one)
    files = tuple(_file(media, account, *models.FILES[name]) for name, media in found if media)
    return files if holder else files[:1]


def _largest(found: Any) -> Media | None:
    """A file, or the largest size of a picture."""
    sizes = found if isinstance(found, list | tuple) else (found,)
    known = (size if isinstance(size, Media) else taken(Media, size) for size in sizes)
    return max(filter(None, known), key=lambda size: (size.width, size.file_size), default=None)


def _file(media: Media, account: str, name: str, mime: str) -> File:
    return File(
        name=media.file_name or name, mime=media.mime_type or mime, key=f"telegram:{account}:{media.file_id}",
        size=media.file_size,
    )  # fmt: skip


def _for_another(text: str, me: Me) -> str:
    """The bot that a command names, if it is not ours: "/help@weather_bot"."""
    _, at, name = text.split(maxsplit=1)[0].partition("@")
    return name if at and me.username and name.casefold() != me.username.casefold() else ""


def _kind(others: Sequence[str]) -> str:
    return ", ".join(o.replace("_", " ") for o in others) or "empty"


def _digest(*words: str) -> str:
    return hashlib.blake2b("\0".join(words).encode(errors="surrogatepass"), digest_size=4).hexdigest()
