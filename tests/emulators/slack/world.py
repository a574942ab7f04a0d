"""What exists in the emulated Slack: workspaces, people, channels, messages, files. A clock that is moved by hand."""

import itertools
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from channels.slack.limits import SCOPES, TRIGGER_LASTS


class Refused(Exception):
    """An answer with ok: false; the argument is Slack's code."""

    def __init__(self, code: str, **more: Any) -> None:
        super().__init__(code)
        self.code, self.more = code, more


@dataclass(slots=True)
class Message:
    ts: str
    user: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    username: str = ""
    icon: str = ""
    bot: bool = False
    thread_ts: str = ""
    broadcast: bool = False
    metadata: dict[str, Any] | None = None
    files: list[str] = field(default_factory=list)
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited: str = ""
    deleted: bool = False
    streaming: float = 0.0
    alone: str = ""
    markdown: bool = False


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    members: list[str]
    archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)

    @property
    def direct(self) -> bool:
        return self.id.startswith("D")

    @property
    def kind(self) -> str:
        return "im" if self.direct else "channel"


@dataclass(slots=True)
class SharedFile:
    id: str
    name: str
    mime: str
    data: bytes = b""
    ready: bool = False
    size: int = 0
    shares: dict[str, str] = field(default_factory=dict)

    def told(self, url: str) -> dict[str, Any]:
        """As it stands in events and answers."""
        return {
            "id": self.id, "name": self.name, "title": self.name, "mimetype": self.mime, "size": self.size,
            "mode": "hosted", "is_external": False, "filetype": self.name.rpartition(".")[2], "created": 1,
            "url_private": f"{url}/files/{self.id}", "url_private_download": f"{url}/files/{self.id}",
            "pretty_type": "PDF", "editable": False, "external_type": "", "is_public": True, "username": "",
            "public_url_shared": False, "display_as_bot": False, "permalink": f"{url}/p/{self.id}",
            "channels": [*self.shares], "groups": [],
            "shares": {"public": {c: [{"ts": ts}] for c, ts in self.shares.items()}},
        }  # fmt: skip


@dataclass(slots=True)
class Workspace:
    """A team with one app in it."""

    id: str
    name: str
    token: str
    scopes: set[str] = field(default_factory=lambda: set(SCOPES))
    users: dict[str, str] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    files: dict[str, SharedFile] = field(default_factory=dict)
    bot_user: str = ""
    bot_id: str = ""
    revoked: str = ""


class World:
    """All workspaces. Time goes by itself and can be moved on."""

    def __init__(self) -> None:
        self.moved = 0.0
        self.workspaces: dict[str, Workspace] = {}
        self.triggers: dict[str, tuple[float, str]] = {}
        self._count = itertools.count(1)
        self._last = 0

    def now(self) -> float:
        return time.time() + self.moved

    def ts(self) -> str:
        """A time that no other message has."""
        self._last = max(self._last + 1, int(self.now() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def id(self, kind: str) -> str:
        return f"{kind}{next(self._count):05}{secrets.token_hex(2).upper()}"

    def workspace(self, name: str = "Safari Club", token: str = "") -> Workspace:
        """A new team that has the app."""
        ws = Workspace(id=self.id("T"), name=name, token=token or f"xoxb-{secrets.token_hex(8)}")
        ws.bot_user, ws.bot_id = self.id("U"), self.id("B")
        ws.users[ws.bot_user] = "Caravan"
        self.workspaces[ws.id] = ws
        return ws

    def person(self, ws: Workspace, name: str) -> str:
        """The id of a person of that name, new or known."""
        known = next((id for id, n in ws.users.items() if n == name), "")
        id = known or self.id("U")
        ws.users[id] = name
        return id

    def channel(self, ws: Workspace, name: str, *people: str, bot: bool = True) -> Channel:
        """A channel with these people in it, and the bot."""
        members = [self.person(ws, p) for p in people] + ([ws.bot_user] if bot else [])
        made = Channel(id=self.id("C"), name=name, members=members)
        ws.channels[made.id] = made
        return made

    def direct(self, ws: Workspace, person: str) -> Channel:
        """The conversation of a person with the bot."""
        user = self.person(ws, person)
        known = next((c for c in ws.channels.values() if c.direct and user in c.members), None)
        made = known or Channel(id=self.id("D"), name="directmessage", members=[user, ws.bot_user])
        ws.channels[made.id] = made
        return made

    def trigger(self, user: str) -> str:
        id = f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}.{secrets.token_hex(16)}"
        self.triggers[id] = (self.now() + TRIGGER_LASTS, user)
        return id

    def use_trigger(self, id: str) -> str:
        """Who pressed; refused when it is too late or was used."""
        until, user = self.triggers.pop(id, (0.0, ""))
        if not user:
            raise Refused("exchanged_trigger_id" if id else "invalid_trigger_id")
        if until < self.now():
            raise Refused("expired_trigger_id")
        return user

    def by_token(self, token: str) -> Workspace:
        found = next((w for w in self.workspaces.values() if w.token == token and token), None)
        if found is None:
            raise Refused("invalid_auth" if token else "not_authed")
        if found.revoked:
            raise Refused(found.revoked)
        return found
