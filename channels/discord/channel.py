"""Discord as a Channel: a bot for each account, heard at the gateway; interactions over HTTP where there is a key."""

import asyncio
import re
from collections.abc import Coroutine, Sequence
from typing import Any

import msgspec
import structlog
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from bot.capability import Capability
from bot.errors import CaravanError, Misconfigured, NotAllowed, RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.model import Entry
from bot.pacing import Claim
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.shown import ShownParts
from channels.discord import limits
from channels.discord.answering import PING, Answering
from channels.discord.bot import Bot
from channels.discord.commands import by_name, described, same
from channels.discord.errors import Refused
from channels.discord.inbound import address
from channels.discord.payloads import Event
from channels.discord.sdk import point
from channels.received import decoded, taken

_BODY, _DURABLE_WITHIN, _AGAIN = 2 * 2**20, 1.5, 30.0
_log = structlog.get_logger()


def discord(parts: ChannelParts) -> "DiscordChannel | None":
    """The channel as the settings ask for it; None without DISCORD_TOKEN."""
    env = {k: parts.environ.get(f"DISCORD_{k}", "").strip() for k in ("TOKEN", "PUBLIC_KEY", "API_BASE", "GATEWAY_URL")}
    if not env["TOKEN"]:
        return None
    point(env["API_BASE"], env["GATEWAY_URL"])
    return DiscordChannel(
        parts, AccountKeys(name="main", secrets={"token": env["TOKEN"], "public_key": env["PUBLIC_KEY"]})
    )


class DiscordChannel:
    """`main`: the bot of the settings. `pause`: seconds before a bot identifies itself to the gateway again."""

    name = "discord"
    account_secrets = ("token",)

    def __init__(self, parts: ChannelParts, main: AccountKeys, *, pause: float = 5.0) -> None:
        self._parts, self._files, self._pause = parts, parts.files or Files(parts.store), pause
        self._shown = ShownParts(parts.store, parts.clock)
        self._answering = Answering(parts.store, parts.clock)
        self._bots: dict[str, Bot] = {}
        self._keys: dict[str, VerifyKey] = {}
        self._offered: Sequence[Capability] = ()
        self._tasks: set[asyncio.Task[None]] = set()
        self._inbox: Inbox | None = None
        self._add(main)
        self._files.fetchers[self.name] = self.fetch

    def features(self, place: str) -> Features:
        account, channel, direct = address(place)
        bot = self._bots.get(account)
        return limits.DIRECT if direct or bot is None else limits.with_files(bot.rooms.file_limit(channel))

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """The budget of the bot; what a route allows is told by the headers of each answer (sdk.py)."""
        return ((f"discord:{address(outgoing.place)[0]}", limits.BOT_PACE),)

    async def open(self, inbox: Inbox) -> None:
        """Misconfigured for a token that Discord does not know; without an answer we go on trying."""
        self._inbox = inbox
        try:
            await self._bots["main"].open(inbox)
        except Refused as wrong:
            raise Misconfigured(f"DISCORD_TOKEN: Discord does not know this bot ({wrong})") from wrong

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, *(bot.close() for bot in self._bots.values()), return_exceptions=True)
        await self._shown.close()

    async def receive(self, request: RawRequest) -> Receipt:
        """https://docs.discord.com/developers/interactions/overview: Ed25519 over time and raw bytes, 401 otherwise."""
        bot, body = self._bots.get(request.account), decoded(request.body) if len(request.body) <= _BODY else None
        if bot is None or request.method != "POST" or request.account not in self._keys:
            return Receipt(status=404, body=b"interactions come over the gateway")
        if not self._signed(request):
            return Receipt(status=401, body=b"not signed by Discord")
        event = taken(Event, body)
        if event is None:
            return Receipt(status=400, body=b"not an interaction")
        if event.type == PING:
            return _json({"type": 1})
        if not self._fresh(request):
            return Receipt(status=401, body=b"too old")
        if not (event.id.isdecimal() and event.token and event.channel_id and event.who):
            return Receipt(status=400, body=b"not an interaction")
        try:
            answer, entries = await self._answering.answer(bot, event)
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")
        return _json(answer, entries)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        return await self._bot(outgoing.place).post.send(outgoing, self.features(outgoing.place))

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The part ids of a Delivery that arrived whole, else None."""
        try:
            return await self._bot(outgoing.place).post.look_up(outgoing, self.features(outgoing.place))
        except Undeliverable:
            return None

    async def react(self, outgoing: Outgoing) -> None:
        """As `bot.powers.Reacts`."""
        await self._bot(outgoing.place).post.react(outgoing)

    def conversation(self, place: str) -> str:
        """As `bot.powers.Converses`: channels have one id for all."""
        _, channel, direct = address(place)
        return "" if direct else f"discord:{channel}"

    def ours(self) -> Sequence[str]:
        """As `bot.powers.KnowsItself`."""
        return [f"discord:{bot.post.me}" for bot in self._bots.values() if bot.post.me]

    async def typing(self, place: str) -> float:
        """As `bot.powers.Types`."""
        await self._bot(place).http.ask("POST", "/channels/{channel_id}/typing", channel_id=address(place)[1])
        return limits.TYPING_LASTS - 2

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that somebody shared: `discord:{account}:{channel}/{message}/{attachment}`; its address
        is good for a day only, so it is asked for anew."""
        channel, message, attachment = (*address(key)[1].split("/"), "", "")[:3]
        path, http = "/channels/{channel_id}/messages/{message_id}", self._bot(key).http
        told = taken(Event, await http.ask("GET", path, channel_id=channel, message_id=message)) or Event()
        url = next((a.url for a in told.attachments if a.id == attachment), "")
        if not url:
            raise Undeliverable("the file is not there any more")
        return await http.fetch(url)

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Offer these commands; Discord is told only if that changes anything, later if it is away."""
        self._offered, self._answering.commands = capabilities, by_name(capabilities)
        for bot in self._bots.values():
            self._later(self._publish(bot))

    async def account_added(self, keys: AccountKeys) -> str:
        """As `bot.powers.HasAccounts`."""
        before = self._bots.get(keys.name)
        if before is not None and before.token == keys.secrets["token"]:
            return before.name
        bot = self._made(keys)
        try:
            await bot.open(self._told)
        except Refused as wrong:
            await bot.close()
            raise NotAllowed(str(wrong)) from wrong
        await self.account_removed(keys.name)
        self._add(keys, bot)
        self._later(self._publish(bot))
        return bot.name

    account_rotated = account_added

    async def account_removed(self, name: str) -> None:
        """As `bot.powers.HasAccounts`."""
        self._keys.pop(name, None)
        if bot := self._bots.pop(name, None):
            await bot.close()

    def _bot(self, place: str) -> Bot:
        bot = self._bots.get(address(place)[0])
        if bot is None:
            raise Undeliverable("no such account on Discord", gone="account")
        return bot

    def _made(self, keys: AccountKeys) -> Bot:
        parts = self._parts
        bot = Bot(keys.name, keys.secrets["token"], parts.store, self._shown, self._files, parts.clock, self._pause)
        bot.asked = lambda found: self._later(self._asked(bot, found))
        return bot

    def _add(self, keys: AccountKeys, bot: Bot | None = None) -> None:
        self._bots[keys.name] = bot or self._made(keys)
        if key := keys.secrets.get("public_key", ""):
            if not re.fullmatch("[0-9a-fA-F]{64}", key):
                raise Misconfigured("DISCORD_PUBLIC_KEY: 64 hexadecimal digits, from the developer portal")
            self._keys[keys.name] = VerifyKey(bytes.fromhex(key))

    async def _told(self, entries: Sequence[Entry]) -> None:
        if self._inbox is not None:
            await self._inbox(entries)

    async def _asked(self, bot: Bot, found: dict[str, Any]) -> None:
        """An interaction by the gateway: stored, then answered; answered in time even where the Store is slow."""
        event = taken(Event, found)
        if event is None or not (event.id and event.token and event.channel_id and event.who):
            return
        answer, entries = await self._answering.answer(bot, event)
        stored = asyncio.create_task(bot.hearing.append(entries))
        await asyncio.wait((stored,), timeout=_DURABLE_WITHIN)
        path = "/interactions/{interaction_id}/{token}/callback"
        try:
            await bot.http.ask("POST", path, given={"json": answer}, interaction_id=event.id, token=event.token)
        except CaravanError as late:
            _log.info("an interaction was not answered", why=str(late))
        await stored

    async def _publish(self, bot: Bot) -> None:
        """One overwrite for all, and none where nothing changed."""
        path, ours = "/applications/{application_id}/commands", described(self._offered)
        while True:
            try:
                if application := bot.post.application:
                    if not same(ours, await bot.http.ask("GET", path, application_id=application)):
                        await bot.http.ask("PUT", path, given={"json": ours}, application_id=application)
                    return
            except Undeliverable as never:
                _log.error("commands are not offered", account=bot.account, why=str(never))
                return
            except (RetryLater, Unknown):
                pass
            await self._parts.clock.sleep(_AGAIN)

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _signed(self, request: RawRequest) -> bool:
        given = {k.lower(): v for k, v in request.headers.items()}
        signed = given.get("x-signature-timestamp", "").encode() + request.body
        try:
            self._keys[request.account].verify(signed, bytes.fromhex(given.get("x-signature-ed25519", "")))
        except (CryptoError, ValueError):
            return False
        return True

    def _fresh(self, request: RawRequest) -> bool:
        stamp = next(v for k, v in request.headers.items() if k.lower() == "x-signature-timestamp")
        now = self._parts.clock.tick() // 10**9
        return re.fullmatch(r"\d{1,12}", stamp) is not None and abs(now - int(stamp)) <= limits.SIGNATURE_AGE


def _json(answer: dict[str, Any], entries: Sequence[Entry] = ()) -> Receipt:
    return Receipt(entries=tuple(entries), body=msgspec.json.encode(answer), content_type="application/json")
