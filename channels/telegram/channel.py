"""Telegram as a Channel: a webhook with a secret, or long polling without a public address; a bot for each account."""

import hmac
import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from aiohttp import ClientSession, TCPConnector
from telegram.error import Conflict, InvalidToken, TelegramError

from bot import doors
from bot.capability import Capability
from bot.errors import Misconfigured, NotAllowed, RetryLater, Unknown
from bot.files import Files
from bot.locking.local import LocalLocks
from bot.model import Entry
from bot.pacing import Claim, Paces
from bot.patience import outlast
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.shown import ShownParts
from channels import abouts, lenient
from channels.background import Background
from channels.bots import Bots
from channels.choosing import typed
from channels.listening import Listening
from channels.ordering import UpdateOrder
from channels.received import taken
from channels.telegram import inbound, models, outbound
from channels.telegram.client import Client
from channels.telegram.limits import FEATURES, PACES, SECRET, TYPING_SECONDS
from channels.telegram.menu import publish
from channels.telegram.sending import Sending, press_of

_UPDATES = [
    "message", "edited_message", "channel_post", "callback_query", "message_reaction", "my_chat_member", "chat_member"
]  # fmt: skip
_BODY = 2 * 2**20
_POLL_SECONDS = 25
_PRESS_SECONDS = 1.0
_AGAIN = 5.0
_Body = bytes | dict[str, Any]
_log = structlog.get_logger()


def telegram(parts: ChannelParts, paces: Paces | None = PACES) -> "TelegramChannel | None":
    """The channel as the settings ask for it; None without TELEGRAM_TOKEN."""
    return TelegramChannel(parts, paces) if parts.environ.get("TELEGRAM_TOKEN") else None


class TelegramChannel:
    """PUBLIC_URL is where Telegram reaches us; without it one process of all asks for the updates."""

    name = "telegram"
    account_secrets = ("token",)

    def __init__(self, parts: ChannelParts, paces: Paces | None = PACES) -> None:
        env, store, clock = parts.environ, parts.store, parts.clock
        self._public_url, self._secret = env.get("PUBLIC_URL", "").rstrip("/"), env.get("TELEGRAM_WEBHOOK_SECRET", "")
        if self._public_url and not self._secret:
            raise Misconfigured("TELEGRAM_WEBHOOK_SECRET: is needed together with PUBLIC_URL")
        if self._secret and not re.fullmatch(SECRET, self._secret):
            raise Misconfigured("TELEGRAM_WEBHOOK_SECRET: 1 to 256 of A-Z, a-z, 0-9, _ and -")
        self._clock, self._locks, self._files = clock, parts.locks or LocalLocks(), parts.files or Files(store)
        self._paces, self._parts = paces, ShownParts(store, clock)
        self._base, self._offered = env.get("TELEGRAM_API_BASE", ""), list[Capability]()
        self._clients = Bots("Telegram", self._made, self._begun, self._ended)
        self.account_added = self.account_rotated = self._clients.added
        self.account_removed = self._clients.removed
        self._sending: dict[str, Sending] = {}
        self._orders: dict[str, UpdateOrder] = {}
        self._clients["main"] = client = self._made(AccountKeys(name="main", secrets={"token": env["TELEGRAM_TOKEN"]}))
        self._add(client)
        self._presses: dict[str, str] = {}
        self._working = Background()
        self._session: ClientSession | None = None
        self._inbox: Inbox | None = None
        self._files.fetchers[self.name] = self.fetch

    def features(self, place: str) -> Features:
        return FEATURES

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """The budgets of bot, conversation and group that a send draws on."""
        if self._paces is None:
            return ()
        _, account, address = outgoing.place.split(":", 2)
        bot, chat = f"telegram:{account}", f"telegram:{account}:{address.partition('_')[0]}"
        claims = ((bot, self._paces.bot), (chat, self._paces.chat), (f"{chat}:group", self._paces.group))
        return claims if address.startswith("-") else claims[:2]

    def direct_link(self, place: str) -> str:
        """What opens a conversation with our bot."""
        client = self._clients.get(place.split(":")[1])
        return f"https://t.me/{client.me.username}?start=here" if client and client.me.username else ""

    async def open(self, inbox: Inbox) -> None:
        """Misconfigured for a token that Telegram does not know; without an answer we go on trying."""
        self._inbox = inbox
        for client in self._clients.values():
            try:
                await self._begin(client)
            except NotAllowed as wrong:
                raise Misconfigured("TELEGRAM_TOKEN: Telegram does not know this bot") from wrong
            except RetryLater as away:
                _log.warning("telegram is not reached yet", account=client.me.account, error=str(away))
                self._working.start(outlast(self._clock, partial(self._begin, client), lambda: False))

    async def close(self) -> None:
        await self._working.end()
        await self._parts.close()
        if self._session is not None:
            await self._session.close()
        self._session = None

    async def receive(self, request: RawRequest) -> Receipt:
        client = self._clients.get(request.account)
        given = request.headers.get("x-telegram-bot-api-secret-token", "")
        if not self._secret or not hmac.compare_digest(given.encode(errors="replace"), self._secret.encode()):
            return Receipt(status=401, body=b"wrong secret")
        if client is None or request.method != "POST":
            return Receipt(status=404, body=b"no such bot")
        if len(request.body) > _BODY:
            return Receipt(status=413, body=b"too large for an update")
        try:
            update = models.read(request.body)
            entries = await self._heard(client, update, request.body)
        except lenient.Unreadable:
            return Receipt(status=400, body=b"not an update")
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")
        if update is not None:
            await self._orders[request.account].turn(update.update_id)
        return Receipt(entries=entries)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        self._clients.of(outgoing.place)
        if self._presses and not outgoing.reader and (press := press_of(outgoing.shown)) in self._presses:
            self._working.start(self._answer(press, 0))
        if outgoing.reader:
            self._presses.pop(press_of(outgoing.shown), None)
        return await self._sending[outgoing.place.split(":")[1]].deliver(outgoing)

    async def react(self, outgoing: Outgoing) -> None:
        """As bot.powers.Reacts."""
        self._clients.of(outgoing.place)
        await self._sending[outgoing.place.split(":")[1]].react(outgoing)

    def _made(self, keys: AccountKeys) -> Client:
        return Client(keys.name, keys.secrets["token"], self._base, self._shared, self._files)

    async def _begun(self, client: Client) -> None:
        await self._begin(client)
        self._add(client)
        self._working.start(self._publish(client))

    async def _ended(self, client: Client) -> None:
        """Whatever it was told that is not stored, it will be told again."""
        if client.polling is not None:
            client.polling.cancel()

    def conversation(self, place: str) -> str:
        """The chat, whichever of our bots looks at it."""
        address = place.split(":", 2)[2]
        return f"telegram:{address}" if address.startswith("-") else ""

    def ours(self) -> Collection[str]:
        """Who our bots are."""
        return [inbound.identity(c.me.id) for c in self._clients.values() if c.me.id]

    def invite(self, code: str) -> str:
        """A link that opens our bot with the words ready to be sent."""
        name = next((c.me.username for c in self._clients.values()), "")
        return f"https://t.me/{name}?text=join%20{code}" if name else ""

    async def typing(self, place: str) -> float:
        """Show that we are at it; seconds until it has to be shown again."""
        to = outbound.target(place)
        if (client := self._clients.get(to.account)) is not None:
            try:
                await client.send(outbound.typing(to))
            except TelegramError as error:
                _log.debug("typing is not shown", error=type(error).__name__)
        return TYPING_SECONDS - 0.5

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        self._offered = list(capabilities)
        for client in self._clients.values():
            await self._publish(client)

    async def _publish(self, client: Client) -> None:
        try:
            await publish(client.ask, self._offered)
        except TelegramError as error:
            _log.warning("commands are not published", error=f"{type(error).__name__}: {error}")

    def _add(self, client: Client) -> None:
        name = client.me.account
        self._orders[name] = UpdateOrder()
        self._sending[name] = Sending(client, self._clock, self._parts, self._moved)

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that came by one of our bots."""
        file_id = key.split(":", 2)[2]
        return await self._clients.of(key).fetch(file_id)

    async def _heard(self, client: Client, update: models.Update | None, body: _Body) -> tuple[Entry, ...]:
        if update is None:
            _log.warning("an update of an unknown shape", kind=models.held(body)[0])
            return ()
        m = update.message or update.edited_message
        holds = () if m is None or m.text or m.caption else models.held(body)[1:]
        heard = inbound.heard(update, client.me, self._clock.now(), holds)
        if heard.press:
            self._presses[heard.press] = client.me.account
            self._working.start(self._answer(heard.press, _PRESS_SECONDS))
        if heard.entry is None:
            _log.info("ignored", why=heard.ignored, kind=models.held(body)[0])
            return ()
        entry = abouts.about(heard.entry, await self._parts.find(heard.about)) if heard.about else heard.entry
        entry = await typed(self._parts, entry)
        if entry.files and entry.what == "command":  # which needs them before it is handled
            await self._files.keep_all(entry.files, entry.place)
        elif entry.files and entry.what == "message" and not entry.value.get("refused"):
            self._working.start(self._files.keep_all(entry.files, entry.place))
        return (entry,)

    async def _answer(self, press: str, after: float) -> None:
        """Telegram shows that a press is being worked on until it is answered."""
        if after:
            await self._clock.sleep(after)
        account = self._presses.pop(press, "")
        if account:
            try:
                await self._clients[account].send(outbound.alert(press))
            except TelegramError as late:
                _log.debug("a press was not answered", error=type(late).__name__)

    def _moved(self, place: str, chat: int) -> None:
        to = inbound.place_of(place.split(":")[1], models.Chat(id=chat))
        self._working.start(self._tell([doors.moved(place, to, self._clock.now())]))

    async def _tell(self, entries: Sequence[Entry]) -> None:
        if entries and self._inbox is not None:
            await self._inbox(entries)

    def _shared(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(connector=TCPConnector(limit=0, keepalive_timeout=60))
        return self._session

    async def _begin(self, client: Client) -> None:
        """Telegram is told where to call a bot, or it is polled; NotAllowed, RetryLater."""
        try:
            await client.begin()
            ids = frozenset(c.me.id for c in (client, *self._clients.values()))
            for each in (client, *self._clients.values()):
                each.me = replace(each.me, ids=ids)
            await client.ask(*self._wanted(client.me.account))
        except InvalidToken as wrong:
            raise NotAllowed("Telegram does not know this bot") from wrong
        except TelegramError as away:
            raise RetryLater(_AGAIN, f"Telegram was not reached: {away}") from away
        if not self._public_url:
            listening = Listening(self._locks, self._clock, f"telegram:{client.me.account}")
            client.polling = self._working.start(listening.listen(partial(self._poll, client, listening)))

    def _wanted(self, account: str) -> tuple[str, dict[str, Any]]:
        """How updates come: to our address, or when we ask."""
        if not self._public_url:
            return "deleteWebhook", {}
        url = f"{self._public_url}/hooks/telegram" + ("" if account == "main" else f"/{account}")
        given = {"url": url, "secret_token": self._secret, "allowed_updates": _UPDATES, "max_connections": 40}
        return "setWebhook", given

    async def _poll(self, client: Client, listening: Listening) -> float:
        """Long polling until it fails. An update is confirmed by asking for the next one, when it is stored and not

        before: whatever is not comes again, to whoever asks next."""
        asked: dict[str, Any] = {"offset": 0, "timeout": _POLL_SECONDS, "allowed_updates": _UPDATES}
        try:
            while True:
                listening.begun()
                for found in await client.ask("getUpdates", asked, _POLL_SECONDS + 10):
                    await self._store(client, found)
                    asked["offset"] = int(found["update_id"]) + 1
        except Exception as away:
            _log.warning("polling goes on later", error=f"{type(away).__name__}: {away}")
            return _POLL_SECONDS if isinstance(away, Conflict) else 1.0

    async def _store(self, client: Client, found: dict[str, Any]) -> None:
        await self._tell(await self._heard(client, taken(models.Update, found), found))
