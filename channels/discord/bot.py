"""One bot of ours: listens at the gateway, tells what happened in order, reads what was said while it was away."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import discord
import structlog
from discord.http import Route
from msgspec import structs
from nacl.signing import VerifyKey

from bot import doors
from bot.errors import CaravanError, NotAllowed, RetryLater, Unknown
from bot.files import Files
from bot.locking.local import LocalLocks
from bot.model import ENTRIES, PLACES, Entry
from bot.patience import outlast
from bot.ports import ChannelParts, Inbox
from bot.powers import AccountKeys
from bot.shown import ShownParts
from channels.answers import Refused
from channels.asks import Asks
from channels.background import Background
from channels.choosing import typed
from channels.discord import inbound
from channels.discord.commands import same
from channels.discord.inbound import About
from channels.discord.limits import HISTORY, TOKEN_LASTS
from channels.discord.payloads import Event, Room
from channels.discord.post import Post
from channels.discord.rooms import Rooms
from channels.discord.sdk import Gateway, OneTry
from channels.hearing import Hearing
from channels.listening import Listening
from channels.missed import direct_places, missed
from channels.received import listed, taken

_CHANNELS = frozenset(("CHANNEL_CREATE", "CHANNEL_UPDATE", "THREAD_CREATE", "THREAD_UPDATE"))
_CLOSED = frozenset(("CHANNEL_DELETE", "THREAD_DELETE", "GUILD_DELETE"))
_SWEEP, _AGAIN, _REFUSED, _DURABLE_WITHIN = 5.0, 5.0, 300.0, 1.5
Answer = Callable[["Bot", Event], Awaitable[tuple[dict[str, Any], tuple[Entry, ...]]]]
_log = structlog.get_logger()


class Bot:
    """`key`: what interactions over HTTP are signed with; `answer`: what to answer to one, and what it becomes."""

    def __init__(self, keys: AccountKeys, parts: ChannelParts, shown: ShownParts, files: Files, answer: Answer) -> None:
        self.account, self.token, self.name = keys.name, keys.secrets["token"], ""
        self.key = VerifyKey(bytes.fromhex(key)) if (key := keys.secrets.get("public_key", "")) else None
        self._store, self._shown, self._clock, self._answer = parts.store, shown, parts.clock, answer
        locks = parts.locks or LocalLocks()
        self._listening = Listening(locks, parts.clock, f"discord:{self.account}")
        self.http, self.rooms = OneTry(self.token), Rooms()
        asks = Asks(parts.clock, TOKEN_LASTS, locks, f"asks:discord:{self.account}")
        self.post = Post(self.http, self.rooms, shown, files, parts.clock, asks)
        self.hearing = Hearing(parts.clock, self._entries)
        self._working = Background()
        self._client: Gateway | None = None
        self._privileged, self._guilds = True, set[str]()

    async def open(self, inbox: Inbox | None) -> None:
        """NotAllowed for a token that Discord does not know; without an answer we go on trying."""
        self.hearing.inbox, self.hearing.closing = inbox, False
        try:
            await self.introduced()
        except (RetryLater, Unknown) as away:
            _log.warning("Discord is not reached yet", account=self.account, error=str(away))
        except Refused as wrong:
            await self.close()
            raise NotAllowed(str(wrong)) from wrong
        for work in (self._listening.listen(self._session), self.hearing.work(), self._sweep()):
            self._working.start(work)

    async def close(self) -> None:
        """Stop listening, let go of all connections."""
        self.hearing.closing = True
        await self._working.end()
        await self.http.asking.end()

    async def about(self, kind: str, event: Event, unique: str = "") -> About:
        """What is known beside an event."""
        found = {id: await self._shown.find(f"discord:{id}") for id in inbound.wanted(kind, event)}
        gone = [f"{inbound.place_of(self.account, event)}:message:{id}" for id in inbound.deleted_ids(kind, event)]
        said = [e for e in [await self._store.get(ENTRIES, id) for id in gone] if e]
        return About(
            account=self.account, me=self.post.me, application=self.post.application, at=self._clock.now(),
            unique=unique, title=self.rooms.find(event.channel_id).name, names=self.rooms.speakers.names,
            shown={id: part for id, part in found.items() if part}, authors={e.id: (e.author, e.name) for e in said},
        )  # fmt: skip

    async def introduced(self) -> str:
        """The id of our application, when it is known who we are."""
        if not self.post.me:
            me, application = await self.http.request(Route("GET", "/users/@me")), await self.http.application_info()
            self.post.me, self.name, self.post.application = str(me["id"]), me["username"], str(application["id"])
        return self.post.application

    async def offer(self, commands: list[Any]) -> None:
        """One overwrite for all, and none where nothing changes."""
        application = await self.introduced()
        if not same(commands, await self.http.get_global_commands(application)):
            await self.http.bulk_upsert_global_commands(application, commands)

    async def _session(self) -> float:
        """Hear until we cannot any more; seconds until the next attempt."""
        try:
            await self.introduced()
            async with Gateway(self._put, self.http, self._clock, privileged=self._privileged) as self._client:
                await self._client.start(self.token)
        except discord.PrivilegedIntentsRequired:
            self._privileged = False
            _log.error("not told what people say: switch on the privileged intents", account=self.account)
            return 0.0
        except (Refused, discord.ConnectionClosed) as refused:
            _log.error("Discord refuses this bot", account=self.account, why=str(refused))
            return _REFUSED
        except Exception as error:
            _log.warning("no connection with Discord", account=self.account, error=repr(error)[:200])
        return _AGAIN

    def _put(self, kind: str, found: dict[str, Any]) -> None:
        """An event of the gateway; never raises. The same when it is replayed: session and number."""
        if kind == "READY":
            self._listening.begun()
        event = taken(Event, found) if kind == "INTERACTION_CREATE" else None
        if event is not None and event.is_interaction:
            self._working.start(self._answered(event))
        elif isinstance(found, dict):
            ws = self._client.ws if self._client else None
            self.hearing.put((kind, found, f"{ws.session_id}.{ws.sequence}" if ws else ""))

    async def _answered(self, event: Event) -> None:
        """An interaction: stored, then answered; answered in time even where the Store is slow."""
        again = partial(self._answer, self, event)
        answer, entries = await outlast(self._clock, again, lambda: self.hearing.closing)
        stored = asyncio.create_task(self.hearing.append(entries))
        await asyncio.wait((stored,), timeout=_DURABLE_WITHIN)
        try:
            await self.http.respond(event.id, event.token, answer)
        except CaravanError as late:
            _log.info("an interaction was not answered", why=str(late))
        await stored

    async def _entries(self, told: tuple[str, dict[str, Any], str]) -> Sequence[Entry]:
        kind, found, unique = told
        if kind == "READY":
            self._guilds = {g.id for g in (taken(Room, f) for f in listed(found, "guilds")) if g}
            alone = await direct_places(self._store, f"discord:{self.account}:@")
            return [entry for place in alone for entry in await self._missed(place)]
        if kind == "GUILD_CREATE":
            there = self.rooms.guild(found)
            new = [] if found.get("id") in self._guilds else [c.id for c in there]
            newest = {f"discord:{self.account}:{c.id}": c.last_message_id for c in there}
            said = [entry for place, last in newest.items() for entry in await self._missed(place, last)]
            return [*await self._status("opened", new, unique), *said]
        if kind in _CHANNELS:
            self.rooms.keep(taken(Room, found) or Room())
            return ()
        if kind in _CLOSED and not found.get("unavailable"):
            id = str(found.get("id"))
            self._guilds.discard(id)
            return await self._status("closed", self.rooms.of_guild(id) if kind == "GUILD_DELETE" else [id], unique)
        event = taken(Event, found) or Event()
        if kind == "GUILD_MEMBER_REMOVE":
            return await self._gone(event, unique)
        if kind == "THREAD_MEMBERS_UPDATE":
            event = structs.replace(event, channel_id=event.id)
            return (await self.about(kind, event, unique)).thread_members(event)
        self.rooms.seen(event)
        about = await self.about(kind, event, unique)
        return [await typed(self._shown, e) for e in about.entries_of(kind, event)]

    async def _known(self, channels: Iterable[str]) -> list[str]:
        places = [f"discord:{self.account}:{c}" for c in channels]
        return [p for p in places if await self._store.get(PLACES, p) is not None]

    async def _status(self, topic: str, channels: Iterable[str], unique: str) -> Sequence[Entry]:
        """Conversations that are closed to us, or open again because we were added to a server anew."""
        why, now, places = "deleted, or we were removed", self._clock.now(), await self._known(channels)
        told = [doors.closed(place, f"{topic}:{unique}", why, now) for place in places]
        return [replace(entry, value={**entry.value, "topic": topic}) for entry in told]

    async def _gone(self, event: Event, unique: str) -> Sequence[Entry]:
        """Who left a server is no longer in any of its conversations."""
        if event.user is None or event.user.id == self.post.me:
            return ()
        about = await self.about("GUILD_MEMBER_REMOVE", Event(), unique)
        channels = [inbound.address(p)[1] for p in await self._known(self.rooms.of_guild(event.guild_id))]
        left = [structs.replace(event, channel_id=channel) for channel in channels]
        return [about.membership(e, f"{event.user.id}:{unique}", [], [event.user]) for e in left]

    async def _missed(self, place: str, newest: int | None = None) -> list[Entry]:
        """What was said in a Place since the last that is stored."""
        found = missed(self._store, self._clock, place, self._page, newest)
        return [entry async for message in found for entry in await self.hearing.told(("MESSAGE_CREATE", message, ""))]

    async def _page(self, place: str, after: int) -> Sequence[tuple[int, dict[str, Any]]]:
        channel = inbound.address(place)[1]
        page: Sequence[Any] = await self.http.logs_from(channel, HISTORY, after=after)
        where = {"channel_id": channel, "guild_id": self.rooms.find(channel).guild_id or None}
        return sorted(((int(m["id"]), {**m, **where}) for m in page), key=lambda found: found[0])

    async def _sweep(self) -> None:
        while True:
            await self._clock.sleep(_SWEEP)
            for ask in self.post.asks.overdue():
                await self.post.resolve(ask)
