"""Discord as a Channel: a bot for each account, heard at the gateway; interactions over HTTP where there is a key."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec
import structlog
from nacl.exceptions import CryptoError
from nacl.signing import VerifyKey

from bot.capability import Capability
from bot.errors import Misconfigured, NotAllowed, RetryLater, Undeliverable, Unknown
from bot.files import Files
from bot.model import Entry
from bot.pacing import Claim
from bot.patience import outlast
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.shown import ShownParts
from channels.background import Background
from channels.bots import Bots
from channels.discord import limits
from channels.discord.answering import PING, Answering
from channels.discord.bot import Bot
from channels.discord.commands import described
from channels.discord.inbound import address
from channels.discord.payloads import Event
from channels.discord.sdk import point
from channels.offering import by_name
from channels.received import decoded, taken

_BODY = 2 * 2**20
_SETTINGS = ("token", "public_key", "api_base", "gateway_url")
_log = structlog.get_logger()


class DiscordChannel:
    """Our bots on Discord; "main" is the one of the settings."""

    name = "discord"
    account_secrets = ("token",)

    def __init__(self, parts: ChannelParts) -> None:
        self._parts, self._files = parts, parts.files or Files(parts.store)
        self._clock, self._shown = parts.clock, ShownParts(parts.store, parts.clock)
        self._answering, self._working = Answering(parts.store, parts.clock), Background()
        self._offered: Sequence[Capability] = ()
        self._inbox: Inbox | None = None
        self._bots = Bots("Discord", self._made, self._begin, Bot.close)
        given = {name: parts.environ.get(f"DISCORD_{name.upper()}", "").strip() for name in _SETTINGS}
        point(given["api_base"], given["gateway_url"])
        self._bots["main"] = self._made(AccountKeys(name="main", secrets=given))
        self.account_added = self.account_rotated = self._bots.added
        self.account_removed = self._bots.removed
        self._files.fetchers[self.name] = self.fetch

    def features(self, place: str) -> Features:
        account, channel, direct = address(place)
        bot = None if direct else self._bots.get(account)
        return replace(limits.GROUP, file_limit=bot.rooms.file_limit(channel)) if bot else limits.DIRECT

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """The budget of the bot; what a route allows is told by the headers of each answer."""
        return ((f"discord:{address(outgoing.place)[0]}", limits.BOT_PACE),)

    async def open(self, inbox: Inbox) -> None:
        """Misconfigured for a token that Discord does not know; without an answer we go on trying."""
        self._inbox = inbox
        try:
            await self._bots["main"].open(inbox)
        except NotAllowed as wrong:
            raise Misconfigured(f"DISCORD_TOKEN: Discord does not know this bot ({wrong})") from wrong

    async def close(self) -> None:
        await self._working.end()
        await asyncio.gather(*(bot.close() for bot in self._bots.values()))
        await self._shown.close()

    async def receive(self, request: RawRequest) -> Receipt:
        """https://docs.discord.com/developers/interactions/overview: Ed25519 over time and raw bytes, 401 otherwise."""
        bot, body = self._bots.get(request.account), decoded(request.body) if len(request.body) <= _BODY else None
        if bot is None or bot.key is None or request.method != "POST":
            return Receipt(status=404, body=b"interactions come over the gateway")
        stamp = request.headers.get("x-signature-timestamp", "")
        if not _signed(bot.key, stamp, request):
            return Receipt(status=401, body=b"not signed by Discord")
        event = taken(Event, body) or Event()
        if event.type == PING:
            return _json({"type": 1})
        if not stamp.isdecimal() or abs(self._clock.tick() // 10**9 - int(stamp)) > limits.SIGNATURE_AGE:
            return Receipt(status=401, body=b"too old")
        if not event.is_interaction:
            return Receipt(status=400, body=b"not an interaction")
        try:
            return _json(*await self._answering.answer(bot, event))
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        return await self._bots.of(outgoing.place).post.send(outgoing, self.features(outgoing.place))

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The part ids of a Delivery that arrived whole, else None."""
        try:
            return await self._bots.of(outgoing.place).post.look_up(outgoing, self.features(outgoing.place))
        except Undeliverable:
            return None

    async def react(self, outgoing: Outgoing) -> None:
        """As `bot.powers.Reacts`."""
        await self._bots.of(outgoing.place).post.react(outgoing)

    def conversation(self, place: str) -> str:
        """As `bot.powers.Converses`: channels have one id for all."""
        _, channel, direct = address(place)
        return "" if direct else f"discord:{channel}"

    def ours(self) -> Sequence[str]:
        """As `bot.powers.KnowsItself`."""
        return [f"discord:{bot.post.me}" for bot in self._bots.values() if bot.post.me]

    async def typing(self, place: str) -> float:
        """As `bot.powers.Types`."""
        await self._bots.of(place).http.send_typing(address(place)[1])
        return limits.TYPING_LASTS - 2

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that somebody shared: `discord:{account}:{channel}/{message}/{attachment}`; its address
        is good for a day only, so it is asked for anew."""
        channel, message, attachment = (*address(key)[1].split("/"), "", "")[:3]
        http = self._bots.of(key).http
        told = taken(Event, await http.get_message(channel, message)) or Event()
        url = next((a.url for a in told.attachments if a.id == attachment), "")
        if not url:
            raise Undeliverable("the file is not there any more")
        return await http.asking.fetch(url, limits.LARGEST)

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Offer these commands; Discord is told only if that changes anything, later if it is away."""
        self._offered, self._answering.commands = capabilities, by_name(capabilities)
        for bot in self._bots.values():
            self._working.start(self._publish(bot))

    def _made(self, keys: AccountKeys) -> Bot:
        return Bot(keys, self._parts, self._shown, self._files, self._answering.answer)

    async def _begin(self, bot: Bot) -> None:
        await bot.open(self._inbox)
        self._working.start(self._publish(bot))

    async def _publish(self, bot: Bot) -> None:
        """One overwrite for all, and none where nothing changed."""
        try:
            await outlast(self._clock, partial(bot.offer, described(self._offered)), lambda: False)
        except Undeliverable as never:
            _log.error("commands are not offered", account=bot.account, why=str(never))


def _signed(key: VerifyKey, stamp: str, request: RawRequest) -> bool:
    try:
        key.verify(stamp.encode() + request.body, bytes.fromhex(request.headers.get("x-signature-ed25519", "")))
    except (CryptoError, ValueError):
        return False
    return True


def _json(answer: dict[str, Any], entries: Sequence[Entry] = ()) -> Receipt:
    return Receipt(entries=tuple(entries), body=msgspec.json.encode(answer), content_type="application/json")
