"""The gateway: sessions with numbered events, heartbeats, resuming with replay, and connections that break."""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from tests.emulators.discord.strictness import frame_errors
from tests.emulators.discord.world import DIRECT, Json, World, public

GUILD_MEMBERS, GUILD_MESSAGES, GUILD_REACTIONS = 1 << 1, 1 << 9, 1 << 10
DIRECT_MESSAGES, DIRECT_REACTIONS, MESSAGE_CONTENT, GUILDS = 1 << 12, 1 << 13, 1 << 15, 1
_CHECKED = {
    "MESSAGE_CREATE": "GatewayMessageCreate",
    "INTERACTION_CREATE": "GatewayInteractionCreate",
    "READY": "GatewayReady",
}


@dataclass(slots=True)
class Session:
    """What one IDENTIFY began. `log`: the numbered events, kept for a RESUME. `answered`: whether it still exists."""

    id: str
    intents: int
    socket: web.WebSocketResponse | None = None
    log: list[Json] = field(default_factory=list)


class Gateway:
    """`privileged`: whether the developer switched the privileged intents on. `wrong`: frames that no client may send,

    and events of ours that are not as described. `interval`: milliseconds between heartbeats."""

    def __init__(self, world: World) -> None:
        self.world, self.privileged, self.interval = world, True, 41_250
        self.sessions: dict[str, Session] = {}
        self.identified = self.resumed = self.heartbeats = 0
        self.wrong: list[str] = []
        self.url = ""
        self.refuses = 0
        self.changed = asyncio.Event()
        self._wanted: dict[str, Callable[[Session, Json], bool]] = {}

    async def connect(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from HELLO on."""
        socket = web.WebSocketResponse(max_msg_size=4096)
        await socket.prepare(request)
        if request.query.get("v") != "10" or request.query.get("encoding") != "json":
            await socket.close(code=4012)
            return socket
        await _send(socket, {"op": 10, "d": {"heartbeat_interval": self.interval, "_trace": []}, "s": None, "t": None})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                break
            session = await self._frame(socket, json.loads(message.data), session)
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _frame(self, socket: web.WebSocketResponse, frame: Json, session: Session | None) -> Session | None:
        name = {1: "GatewayHeartbeat", 2: "GatewayIdentify", 6: "GatewayResume"}.get(frame.get("op", -1))
        if name is None:
            await socket.close(code=4001)
        elif name == "GatewayHeartbeat":
            self.heartbeats += 1
            await _send(socket, {"op": 11, "d": None, "s": None, "t": None})
        elif name == "GatewayIdentify":
            return await self._identify(socket, frame["d"])
        else:
            return await self._resume(socket, frame["d"])
        return session

    async def _identify(self, socket: web.WebSocketResponse, asked: Json) -> Session | None:
        if asked.get("token") != self.world.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if not self.privileged and asked["intents"] & (GUILD_MEMBERS | MESSAGE_CONTENT):
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        if self.refuses:
            self.refuses -= 1
            await _send(socket, {"op": 9, "d": False, "s": None, "t": None})
            return None
        self.identified += 1
        session = Session(id=f"session{self.identified}", intents=asked["intents"], socket=socket)
        heard = {id: s for id, s in self.sessions.items() if s.socket is not None and not s.socket.closed}
        self.sessions = {**heard, session.id: session}
        me, guilds = self.world.users[self.world.me], [{"id": g, "unavailable": True} for g in self.world.guilds]
        ready = {
            "v": 10, "user": {**me, "verified": True, "mfa_enabled": False, "email": None}, "guilds": guilds,
            "session_id": session.id, "resume_gateway_url": self.url, "session_type": "normal", "private_channels": [],
            "application": {"id": self.world.application, "flags": 0, "flags_new": "0"}, "shard": [0, 1],
        }  # fmt: skip
        await self._event(session, "READY", ready)
        for guild in self.world.guilds:
            await self._event(session, "GUILD_CREATE", self.guild(guild))
        self.changed.set()
        return session

    def guild(self, id: str) -> Json:
        """A server as GUILD_CREATE shows it."""
        guild = self.world.guilds[id]
        there = [c for c in self.world.channels.values() if c.get("guild_id") == id]
        return {
            **{k: v for k, v in guild.items() if k != "members"}, "unavailable": False, "member_count": 3,
            "large": False,
            "joined_at": "2026-01-01T00:00:00+00:00", "roles": [], "emojis": [], "members": [], "presences": [],
            "channels": [c for c in there if c["type"] != 11], "threads": [c for c in there if c["type"] == 11],
        }  # fmt: skip

    async def _resume(self, socket: web.WebSocketResponse, asked: Json) -> Session | None:
        session = self.sessions.get(str(asked.get("session_id")))
        if session is None or asked.get("token") != self.world.token:
            await _send(socket, {"op": 9, "d": False, "s": None, "t": None})
            return None
        self.resumed += 1
        session.socket = socket
        # The last one that was acknowledged comes again: a client has to bear events twice.
        for event in [e for e in session.log if e["s"] >= int(asked.get("seq") or 0)]:
            await _send(socket, event)
        await self._event(session, "RESUMED", {"_trace": []})
        self.changed.set()
        return session

    async def _event(self, session: Session, name: str, content: Json) -> None:
        event = {"op": 0, "t": name, "s": len(session.log) + 1, "d": content}
        if name in _CHECKED:
            self.wrong += [f"{name} {why}" for why in frame_errors(_CHECKED[name], event)][:3]
        session.log.append(json.loads(json.dumps(event)))
        if session.socket is not None and not session.socket.closed:
            with suppress(ConnectionError):
                await _send(session.socket, event)

    async def dispatch(self, name: str, content: Json, *, twice: bool = False) -> None:
        """Tell every session that asked for such events."""
        for session in list(self.sessions.values()):
            shown = self._shown(session, name, content)
            if shown is not None:
                await self._event(session, name, shown)
                if twice and session.socket is not None:
                    await _send(session.socket, session.log[-1])

    def _shown(self, session: Session, name: str, content: Json) -> Json | None:
        channel = self.world.channels.get(str(content.get("channel_id", "")), {})
        direct = channel.get("type") == DIRECT
        content = public(content)
        if guild := channel.get("guild_id"):
            content = {**content, "guild_id": guild}
        if name.startswith("MESSAGE_REACTION") and not session.intents & (
            DIRECT_REACTIONS if direct else GUILD_REACTIONS
        ):
            return None
        if name.startswith("MESSAGE_") and not session.intents & (DIRECT_MESSAGES if direct else GUILD_MESSAGES):
            return None
        if name.startswith("GUILD_MEMBER") and not session.intents & GUILD_MEMBERS:
            return None
        named = any(m["id"] == self.world.me for m in content.get("mentions", ()))
        mine = content.get("author", {}).get("id") == self.world.me
        if name in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and not (
            session.intents & MESSAGE_CONTENT or direct or named or mine
        ):
            return {**content, "content": "", "embeds": [], "attachments": [], "components": []}
        return content

    @property
    def listeners(self) -> int:
        """How many connections hear what happens now."""
        return sum(s.socket is not None and not s.socket.closed for s in self.sessions.values())

    @property
    def listening(self) -> bool:
        """Whether somebody does."""
        return self.listeners > 0

    async def drop(self) -> None:
        """Cut every connection without a word; sessions may be resumed."""
        for session in self.sessions.values():
            if session.socket is not None and (transport := session.socket._req and session.socket._req.transport):
                transport.abort()
            session.socket = None

    async def ask_to_reconnect(self) -> None:
        """Op 7."""
        for session in self.sessions.values():
            if session.socket is not None:
                await _send(session.socket, {"op": 7, "d": None, "s": None, "t": None})

    async def invalidate(self) -> None:
        """Op 9: the session is over; what happens until the next one, nobody is told."""
        sockets = [s.socket for s in self.sessions.values() if s.socket is not None]
        self.sessions = {}
        for socket in sockets:
            await _send(socket, {"op": 9, "d": False, "s": None, "t": None})


async def _send(socket: web.WebSocketResponse, frame: Json) -> None:
    await socket.send_str(json.dumps(frame))
