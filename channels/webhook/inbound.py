"""What the other messenger tells, as Entries. Pure."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct, field

from bot.model import Entry
from channels.entries import command_of, left_alone, members, press_of
from channels.offering import Command, asked

_ID = re.compile(r"[\w.@+-]{1,128}")


class Person(Struct, frozen=True):
    id: str = ""
    name: str = ""


class News(Struct, frozen=True):
    """One thing that happened. `id`: its own, the same when it is told again. `message`: the one that is edited,

    deleted, reacted to or pressed under; `reply_to`: the one that is answered; `values`: what was filled in."""

    id: str = ""
    kind: str = "message"
    conversation: str = ""
    title: str = ""
    direct: bool = False
    person: Person = field(default_factory=Person)
    text: str = ""
    message: str = ""
    reply_to: str = ""
    emoji: str = ""
    button: str = ""
    command: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    at: str = ""

    @property
    def whole(self) -> bool:
        """Whether it says what happened, where and by whom."""
        return all(_ID.fullmatch(id) for id in (self.id, self.conversation, self.person.id))


def place_of(account: str, news: News) -> str:
    """The Place of a conversation; one with a single person begins with @, one of several whose id does with #@."""
    mark = "@" if news.direct else "#" if news.conversation.startswith("@") else ""
    return f"webhook:{account}:{mark}{news.conversation}"


def address(place: str) -> tuple[str, bool]:
    """The conversation of a Place, and whether it is with a single person."""
    conversation = place.split(":", 2)[2]
    marked = conversation.startswith(("@", "#"))
    return conversation[marked:], conversation.startswith("@")


def entry_of(news: News, account: str, now: datetime, commands: Mapping[str, Command]) -> Entry:
    """The Entry of what happened; of a kind we do not know, one that says why nothing is done about it."""
    place, value = place_of(account, news), {"kind": "direct" if news.direct else "group", "title": news.title}
    who, name = f"webhook:{news.person.id}", news.person.name or news.person.id
    entry = Entry(
        id=f"{place}:{news.kind}:{news.id}", thread="", what=news.kind, place=place, at=_moment(news.at, now),
        author=who, name=name, text=news.text, value=value,
        object=f"{place}:message:{news.message}" if news.message else "",
        reply_to=f"{place}:message:{news.reply_to}" if news.reply_to else "",
    )  # fmt: skip
    if news.kind == "message":
        return command_of(entry)
    if news.kind == "command" and news.command in commands:
        return asked(replace(entry, id=f"{place}:message:{news.id}"), commands[news.command], news.values)
    if news.kind == "react" and news.message and news.emoji:
        return replace(entry, text=news.emoji)
    if news.kind == "press" and news.button:
        return press_of(entry, news.button, news.values)
    if news.kind in ("edit", "delete") and news.message:
        return entry
    if news.kind in ("joined", "left"):
        people = [(who, name)]
        entry = replace(entry, what="member", id=f"{place}:member:{news.id}")
        return members(entry, *(([], people) if news.kind == "left" else (people, [])))
    why = f"nothing is known of the kind {news.kind[:40]!r}, or something of it is missing"
    return left_alone(replace(entry, what="notice", id=f"{place}:notice:{news.id}", text="", object=""), why)


def _moment(told: str, now: datetime) -> datetime:
    try:
        at = datetime.fromisoformat(told)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return now
