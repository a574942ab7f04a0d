"""The state of the emulated network: bots, people, chats with their members and topics, messages, files."""

import itertools
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.emulators.telegram.tables import Refused, bad

Json = dict[str, Any]


@dataclass(slots=True)
class Bot:
    """A bot by its token. `privacy`: groups show it only what is meant for it. `commands`: by scope and language."""

    token: str
    id: int
    username: str
    privacy: bool = False
    revoked: bool = False
    webhook: Json = field(default_factory=dict)
    commands: dict[str, list[Json]] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    confirmed: int = 0

    @property
    def user(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": "Caravan", "username": self.username}


@dataclass(slots=True)
class Chat:
    """`members`: user ids. `bots`: id -> member, administrator, left or kicked. `muted`: nobody may write."""

    id: int
    type: str
    title: str = ""
    members: set[int] = field(default_factory=set)
    bots: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    forum: bool = False
    topics: dict[int, Json] = field(default_factory=dict)
    migrated_to: int = 0
    muted: bool = False
    blocked: bool = False
    drafts: dict[int, str] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)

    @property
    def about(self) -> Json:
        """As the Bot API writes it."""
        if self.type == "private":
            return {"id": self.id, "type": "private", "first_name": self.title}
        found: Json = {"id": self.id, "type": self.type, "title": self.title}
        return found | {"is_forum": True} if self.forum else found


class World:
    """Everything there is. `offset`: how far its clock was moved."""

    def __init__(self) -> None:
        self.bots: dict[str, Bot] = {}
        self.people: dict[str, Json] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, tuple[str, str, bytes]] = {}
        self.callbacks: dict[str, Json] = {}
        self.offset = timedelta()
        self._ids = itertools.count(1)
        self._users = itertools.count(1001)
        self._per_chat: dict[int, itertools.count[int]] = {}

    def now(self) -> int:
        """Seconds since 1970."""
        return int((datetime.now(UTC) + self.offset).timestamp())

    def add_bot(self, token: str, username: str = "caravan_bot", *, privacy: bool = False) -> Bot:
        bot = Bot(token=token, id=int(token.partition(":")[0]), username=username, privacy=privacy)
        self.bots[token] = bot
        return bot

    def person(self, name: str) -> Json:
        """Somebody by first name, there from the first time they are named."""
        if name not in self.people:
            self.people[name] = {"id": next(self._users), "is_bot": False, "first_name": name, "language_code": "en"}
        return self.people[name]

    def direct(self, name: str, bot: Bot) -> Chat:
        """A person's conversation with a bot; it exists once they have started it."""
        user = self.person(name)
        chat = self.chats.get(user["id"])
        if chat is None:
            chat = Chat(id=user["id"], type="private", title=name, members={user["id"]})
            self.chats[chat.id] = chat
        chat.bots.setdefault(bot.id, "member")
        return chat

    def group(self, title: str, *names: str, kind: str = "supergroup", forum: bool = False) -> Chat:
        number = 4000 + len(self.chats)
        id = -number if kind == "group" else -1_000_000_000_000 - number
        chat = Chat(id=id, type=kind, title=title, forum=forum, members={self.person(n)["id"] for n in names})
        self.chats[id] = chat
        return chat

    def message_id(self, chat: Chat) -> int:
        """Supergroups count for themselves, all others together."""
        if chat.type != "supergroup":
            return next(self._ids)
        return next(self._per_chat.setdefault(chat.id, itertools.count(1)))

    def put(self, chat: Chat, author: Json, **content: Any) -> Json:
        """A new message in a chat."""
        id = self.message_id(chat)
        message = {"message_id": id, "from": author, "chat": chat.about, "date": self.now(), **content}
        chat.messages[id] = message
        return message

    def keep(self, name: str, mime: str, data: bytes) -> str:
        """A file; its id."""
        id = f"file_{len(self.files) + 1}"
        self.files[id] = (name, mime, data)
        return id

    def writable(self, bot: Bot, chat_id: Any, topic: int = 0) -> Chat:
        """The chat that a bot may write to; Refused otherwise, as the server words it."""
        chat = self.chats.get(chat_id)
        if chat is None:
            if any(u["id"] == chat_id for u in self.people.values()):
                raise Refused(403, "Forbidden: bot can't initiate conversation with a user")
            raise bad("chat not found")
        if chat.migrated_to:
            raise bad("group chat was upgraded to a supergroup chat", migrate_to_chat_id=chat.migrated_to)
        if chat.blocked:
            raise Refused(403, "Forbidden: bot was blocked by the user")
        status = chat.bots.get(bot.id, "")
        kind = "supergroup" if chat.type == "supergroup" else "group"
        if status == "kicked":
            raise Refused(403, f"Forbidden: bot was kicked from the {kind} chat")
        if status not in ("member", "administrator"):
            raise (
                Refused(403, f"Forbidden: bot is not a member of the {kind} chat") if status else bad("chat not found")
            )
        if chat.muted:
            raise bad("not enough rights to send text messages to the chat")
        if topic and topic not in chat.topics:
            raise bad("message thread not found")
        if topic and chat.topics[topic].get("closed"):
            raise bad("TOPIC_CLOSED")
        return chat
