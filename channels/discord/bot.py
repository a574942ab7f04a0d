"""One bot of ours: listens at the gateway, tells what happened in order, reads what was said while it was away."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import discord
import structlog
from msgspec import structs

from bot.clock import Clock
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.model import ENTRIES, PLACES, THREADS, Entry
from bot.ports import Inbox, Store
from bot.shown import ShownParts
from channels.choosing import picked
from channels.discord import inbound
from channels.discord.errors import Refused
from channels.discord.inbound import About
from channels.discord.limits import HISTORY
from channels.discord.payloads import Channel, Event, Guild, Named
from channels.discord.post import Post
from channels.discord.rooms import Rooms
from channels.discord.sdk import Gateway, OneTry
from channels.hearing import Hearing
from channels.missed import last_stored
from channels.received import taken

_CHANNELS = frozenset(("CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE"))
_CLOSED = frozenset(("CHANNEL_DELETE", "THREAD_DELETE", "GUILD_DELETE"))
_LOGIN, _SWEEP, _AGAIN, _REFUSED = 15.0, 5.0, 5.0, 300.0
_DIRECT = 500
_log = structlog.get_logger()


class Bot:
    """`asked`: who answers the interactions that come by the gateway; `wait`: seconds before a second IDENTIFY."""

    def __init__(
        self, account: str, token: str, store: Store, shown: ShownParts, files: Files, clock: Clock, wait: float
    ) -> None:
        self.account, self.token, self._pause, self.name = account, token, wait, ""
        self._store, self._shown, self._clock = store, shown, clock
        self.http, self.rooms = OneTry(), Rooms()
        self.post = Post(account, self.http, self.rooms, shown, files, clock)
        self.asked: Callable[[dict[str, Any]], None] = lambda found: None
        self.hearing = Hearing(clock, self._entries)
        self._tasks: list[asyncio.Task[None]] = []
        self._client: Gateway | None = None
        self._privileged, self._guilds = True, set[str]()

    async def open(self, inbox: Inbox) -> None:
        """Refused for a token that Discord does not know; without an answer we go on trying."""
        self.hearing.inbox, self.hearing.closing = inbox, False
        try:
            await self._login()
        except (RetryLater, Unknown, TimeoutError) as away:
            _log.warning("Discord is not reached yet", account=self.account, error=str(away))
        self._tasks = [asyncio.create_task(work()) for work in (self._listen, self.hearing.work, self._sweep)]

    async def close(self) -> None:
        """Stop listening, let go of all connections."""
        self.hearing.closing = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._left()
        await self.http.end()

    async def about(self, kind: str, event: Event, unique: str = "") -> About:
        """What is known beside an event."""
        found = {id: await self._shown.find(f"discord:{id}") for id in inbound.wanted(kind, event) if id}
        ids = {
            f"{inbound.place_of(self.account, event)}:message:{id}" for id in (event.id, *event.ids) if "DELETE" in kind
        }
        said = [e for e in [await self._store.get(ENTRIES, id) for id in ids] if e]
        return About(
            account=self.account, me=self.post.me, application=self.post.application, at=self._clock.now(),
            unique=unique, title=self.rooms.title(event.channel_id), names=self.rooms.speakers.names,
            parts={id: p.shown for id, p in found.items() if p}, places={id: p.place for id, p in found.items() if p},
            authors={e.id: (e.author, e.name) for e in said},
        )  # fmt: skip

    async def _login(self) -> None:
        client = Gateway(self._put, self.http, privileged=self._privileged, pause=self._pause)
        try:
            await asyncio.wait_for(client.login(self.token), _LOGIN)
        except BaseException:
            await client.close()
            raise
        self._client = client
        self.post.me, self.post.application = str(getattr(client.user, "id", "")), str(client.application_id or "")
        self.name = client.user.name if client.user else ""

    async def _left(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _listen(self) -> None:
        while not self.hearing.closing:
            wait = _AGAIN
            try:
                if self._client is None:
                    await self._login()
                assert self._client is not None
                await self._client.connect()
            except discord.PrivilegedIntentsRequired:
                self._privileged, wait = False, 0.0
                _log.error("not told what people say: switch on the privileged intents", account=self.account)
            except (Refused, discord.ConnectionClosed) as refused:
                wait = _REFUSED
                _log.error("Discord refuses this bot", account=self.account, why=str(refused))
            except Exception as error:
                _log.warning("no connection with Discord", account=self.account, error=repr(error)[:200])
            await self._left()
            await self._clock.sleep(wait)

    def _put(self, kind: str, found: dict[str, Any]) -> None:
        """An event of the gateway; never raises. The same when it is replayed: session and number."""
        if kind == "INTERACTION_CREATE":
            self.asked(found)
        elif isinstance(found, dict):
            ws = self._client.ws if self._client else None
            self.hearing.put((kind, found, f"{ws.session_id}.{ws.sequence}" if ws else ""))

    async def _entries(self, told: tuple[str, dict[str, Any], str]) -> Sequence[Entry]:
        kind, found, unique = told
        if kind == "READY":
            self._guilds = {g.id for g in (taken(Guild, f) for f in found.get("guilds") or ()) if g}
            return await self._missed_alone()
        if kind == "GUILD_CREATE":
            opened = await self._status("opened", [c.id for c in self.rooms.guild(found)], unique, found)
            return [*opened, *[e for c in self.rooms.guild(found) for e in await self._missed(c)]]
        if kind in _CHANNELS:
            self.rooms.channel(taken(Channel, found) or Channel())
            return ()
        if kind in _CLOSED and not found.get("unavailable"):
            id = str(found.get("id"))
            self._guilds.discard(id)
            return await self._status("closed", self.rooms.of_guild(id) if kind == "GUILD_DELETE" else [id], unique, {})
        event = taken(Event, found) or Event()
        if kind == "GUILD_MEMBER_REMOVE":
            return await self._gone(event, unique)
        if kind == "THREAD_MEMBERS_UPDATE":
            event = structs.replace(event, channel_id=event.id)
            return inbound.thread_members(event, await self.about(kind, event, unique))
        self.rooms.seen(event)
        about = await self.about(kind, event, unique)
        return [await self._typed(e) for e in inbound.entries_of(kind, event, about)]

    async def _typed(self, entry: Entry) -> Entry:
        """A number or label that answers what we said last is a press."""
        last = await self._shown.last(entry.place) if entry.what == "message" and len(entry.text) <= 200 else None
        return picked(entry, [last]) if last else entry

    async def _known(self, channels: Iterable[str]) -> list[str]:
        places = [f"discord:{self.account}:{c}" for c in channels]
        return [p for p in places if await self._store.get(PLACES, p) is not None]

    async def _status(self, topic: str, channels: Iterable[str], unique: str, guild: dict[str, Any]) -> Sequence[Entry]:
        """Conversations that are closed to us, or open again because we were added to a server anew."""
        if topic == "opened" and guild.get("id") in self._guilds:
            return ()
        value, at = {"topic": topic, "why": "deleted, or we were removed"}, self._clock.now()
        return [
            Entry(id=f"{place}:status:{topic}:{unique}", thread="", what="status", at=at, place=place, value=value)
            for place in await self._known(channels)
        ]

    async def _gone(self, event: Event, unique: str) -> Sequence[Entry]:
        """Who left a server is no longer in any of its conversations."""
        if event.user is None or event.user.id == self.post.me:
            return ()
        who = (Named(id=event.user.id, name=event.user.called),)
        about = await self.about("GUILD_MEMBER_REMOVE", Event(), unique)
        places = await self._known(self.rooms.of_guild(event.guild_id))
        events = [Event(channel_id=inbound.address(p)[1], guild_id=event.guild_id) for p in places]
        return [inbound.membership(e, about, f"{event.user.id}:{unique}", (), who) for e in events]

    async def _missed(self, channel: Channel) -> Sequence[Entry]:
        """What was said in a channel since the last that is stored."""
        place = f"discord:{self.account}:{channel.id}"
        last = await last_stored(self._store, place) if channel.last_message_id else 0
        if not last or int(channel.last_message_id) <= last:
            return ()
        guild = channel.guild_id or getattr(self.rooms.find(channel.id), "guild_id", "")
        return await self._history(channel.id, guild, last)

    async def _missed_alone(self) -> Sequence[Entry]:
        """The same of direct conversations, which the gateway does not list."""
        start = f"discord:{self.account}:@"
        threads = await self._store.find(THREADS, {"private": True}, limit=_DIRECT)
        found: list[Entry] = []
        for place in (p for t in threads for p in t.places if p.startswith(start)):
            if last := await last_stored(self._store, place):
                found += await self._history(place.removeprefix(start), "", last)
        return found

    async def _history(self, channel: str, guild: str, after: int) -> Sequence[Entry]:
        entries: list[Entry] = []
        while True:
            asked = {"params": {"after": str(after), "limit": str(HISTORY)}}
            try:
                page = await self.http.ask("GET", "/channels/{channel_id}/messages", given=asked, channel_id=channel)
            except RetryLater as busy:
                await self._clock.sleep(busy.after)
                continue
            except Undeliverable as closed:
                _log.warning("the history cannot be read", channel=channel, why=str(closed))
                return entries
            for found in sorted(page, key=lambda m: int(m["id"])):
                after = max(after, int(found["id"]))
                more = {"guild_id": guild} if guild else {}
                entries += await self.hearing.told(("MESSAGE_CREATE", {**found, "channel_id": channel, **more}, ""))
            if len(page) < HISTORY:
                return entries

    async def _sweep(self) -> None:
        while True:
            await self._clock.sleep(_SWEEP)
            for ask in self.post.asks.overdue():
                await self.post.resolve(ask)
