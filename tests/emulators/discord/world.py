"""What the emulated Discord knows: people, one server with channels and threads, messages, webhooks, interactions."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from typing import Any

from channels.discord.limits import ANSWER_WITHIN

Json = dict[str, Any]
TEXT, DIRECT, VOICE, THREAD = 0, 1, 2, 11
_EPOCH = 1_420_070_400_000


class Refused(Exception):
    """An answer that is no success: HTTP status, Discord's code and words, more JSON and headers."""

    def __init__(self, status: int, code: int, message: str, more: Json | None = None, **headers: str) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status, self.headers = status, {k.replace("_", "-"): v for k, v in headers.items()}
        self.body: Json = {"code": code, "message": message, **(more or {})}


@dataclass(slots=True)
class Interaction:
    """`state`: new, thinking, updating, answered or failed. `alone`: the choice fixed at the deferral."""

    id: str
    token: str
    user: str
    channel: str
    made: float
    message: str = ""
    state: str = "new"
    alone: bool = False
    original: str = ""
    answer: Json = field(default_factory=dict)


class World:
    """State without a network. `ahead`: seconds that its clock is ahead, for lifetimes. `answer_within`: seconds

    that an interaction waits for its first answer; more where a whole process answers on a busy machine."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.ahead = 0.0
        self.answer_within = ANSWER_WITHIN
        self.application, self.token = self.new_id(), "Bot.emulated.token"
        self.me = self.application
        self.owner = self.new_id()
        self.users: dict[str, Json] = {}
        self.guilds: dict[str, Json] = {}
        self.channels: dict[str, Json] = {}
        self.messages: dict[str, dict[str, Json]] = {}
        self.webhooks: dict[str, Json] = {}
        self.interactions: dict[str, Interaction] = {}
        self.commands: list[Json] = []
        self.overwrites = 0
        self.nonces: dict[tuple[str, str], tuple[float, str]] = {}
        self.files: dict[str, bytes] = {}
        self.reactions: dict[str, dict[str, set[str]]] = {}
        self.denied: dict[str, set[str]] = {}
        self.closed: set[str] = set()
        self.pings: list[tuple[str, str]] = []
        self.typed: list[str] = []
        self.base = ""
        self.users[self.me] = _user(self.me, "Caravan", None, bot=True)
        self.person("Owner", self.owner)
        self.guild = self.add_guild("Travellers")

    def now(self) -> float:
        return time.time() + self.ahead

    def new_id(self) -> str:
        """A snowflake, later ones larger."""
        return str(((int(self.now() * 1000) - _EPOCH) << 22) + next(self._ids))

    def person(self, name: str, id: str = "") -> str:
        """The id of a person of that name, who comes into being here."""
        found = next((u["id"] for u in self.users.values() if u["global_name"] == name), "")
        if found:
            return str(found)
        id = id or self.new_id()
        self.users[id] = _user(id, name.casefold(), name)
        return id

    def add_guild(self, name: str, tier: int = 0) -> str:
        """A server of which we are a member; its id."""
        id = self.new_id()
        self.guilds[id] = {"id": id, "name": name, "owner_id": self.owner, "premium_tier": tier, "members": set()}
        return id

    def add_channel(self, name: str, *, guild: str = "", parent: str = "") -> str:
        """A text channel of the server, or a thread of a channel; its id."""
        id, guild = self.new_id(), guild or self.guild
        kind = THREAD if parent else TEXT
        about: Json = {
            "flags": 0, "position": 0, "permission_overwrites": [], "parent_id": parent or None, "nsfw": False,
            "topic": None, "rate_limit_per_user": 0,
        }  # fmt: skip
        self.channels[id] = {"id": id, "type": kind, "guild_id": guild, "name": name, "last_message_id": None, **about}
        self.messages[id] = {}
        return id

    def direct(self, user: str) -> str:
        """The channel of the direct conversation between the bot and somebody."""
        for channel in self.channels.values():
            if channel["type"] == DIRECT and channel["recipients"][0]["id"] == user:
                return str(channel["id"])
        id = self.new_id()
        about: Json = {"last_message_id": None, "flags": 0, "recipients": [self.users[user]]}
        self.channels[id] = {"id": id, "type": DIRECT, **about}
        self.messages[id] = {}
        return id

    def channel(self, id: str) -> Json:
        """A channel, or Refused."""
        if id not in self.channels:
            raise Refused(404, 10003, "Unknown Channel")
        return self.channels[id]

    def allowed(self, channel: str, permission: str) -> None:
        """Refused if the bot may not do that there."""
        home = self.channels.get(channel, {}).get("parent_id") or channel
        denied = self.denied.get(channel, set()) | self.denied.get(home, set())
        if "VIEW_CHANNEL" in denied:
            raise Refused(403, 50001, "Missing Access")
        if permission in denied:
            raise Refused(403, 50013, "Missing Permissions")
        if self.channels[channel]["type"] == DIRECT and self.channels[channel]["recipients"][0]["id"] in self.closed:
            raise Refused(403, 50007, "Cannot send messages to this user")

    def add(self, channel: str, author: Json, body: Mapping[str, Any], **more: Any) -> Json:
        """A new message. `only_for`: the person who alone sees it."""
        message: Json = {
            "id": self.new_id(), "channel_id": channel, "author": author, "content": body.get("content") or "",
            "timestamp": datetime.fromtimestamp(self.now(), UTC).isoformat(), "edited_timestamp": None, "tts": False,
            "mention_everyone": False, "mentions": self.mentions(body), "mention_roles": [], "attachments": [],
            "embeds": body.get("embeds") or [], "components": body.get("components") or [], "pinned": False, "type": 0,
            "flags": int(body.get("flags") or 0), **more,
        }  # fmt: skip
        self.messages[channel][message["id"]] = message
        if not message.get("only_for"):
            self.channels[channel]["last_message_id"] = message["id"]
        return message

    def mentions(self, body: Mapping[str, Any]) -> list[Json]:
        content = str(body.get("content") or "")
        return [u for id, u in self.users.items() if f"<@{id}>" in content or f"<@!{id}>" in content]

    def message(self, channel: str, id: str) -> Json:
        """A message that is there, or Refused."""
        found = self.messages.get(channel, {}).get(id)
        if found is None:
            raise Refused(404, 10008, "Unknown Message")
        return found

    def attach(self, name: str, mime: str, data: bytes) -> Json:
        """An attachment; its bytes are served under its address."""
        id = self.new_id()
        self.files[id] = data
        return {"id": id, "filename": name, "size": len(data), "content_type": mime,
                "url": f"{self.base}/cdn/{id}/{name}", "proxy_url": f"{self.base}/cdn/{id}/{name}"}  # fmt: skip

    def webhook(self, id: str, token: str) -> Json:
        """A webhook by its secret, or Refused."""
        found = self.webhooks.get(id)
        if found is None:
            raise Refused(404, 10015, "Unknown Webhook")
        if found["token"] != token:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return found

    def interaction(self, token: str, lasts: float) -> Interaction:
        """An interaction that may still be answered, or Refused."""
        found = self.interactions.get(token)
        if found is None:
            raise Refused(404, 10062, "Unknown interaction")
        if self.now() - found.made > lasts:
            raise Refused(401, 50027, "Invalid Webhook Token")
        return found


def _user(id: str, username: str, name: str | None, **more: Any) -> Json:
    about: Json = {"discriminator": "0", "avatar": None, "public_flags": 0, "flags": 0, "primary_guild": None}
    return {"id": id, "username": username, "global_name": name, **about, **more}


def public(message: Json) -> Json:
    """A message as the API shows it."""
    return {k: v for k, v in message.items() if k != "only_for"}
