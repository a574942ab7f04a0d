"""WhatsApp through Twilio as a Channel: direct conversations only; a group is several of them in one Thread."""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode
from xml.sax.saxutils import escape

import structlog

from bot.afterwards import reachable
from bot.calls import ANSWER
from bot.capability import Capability
from bot.documents import Kind
from bot.errors import NotAllowed, RetryLater, Undeliverable, Unknown
from bot.file_links import FileLinks
from bot.files import Files
from bot.links import Links
from bot.model import TOKENS, Entry
from bot.pacing import Claim
from bot.ports import ChannelParts, Features, Holdings, Inbox, Outgoing, RawRequest, Receipt
from bot.powers import AccountKeys
from bot.shown import ShownParts
from channels.choosing import TYPED, about, noticed, picked
from channels.holdings import PlaceHoldings
from channels.whatsapp import inbound
from channels.whatsapp.accounts import Account, made
from channels.whatsapp.client import Http, Twilio
from channels.whatsapp.contacts import Contacts
from channels.whatsapp.limits import FEATURES, MEDIA, NUMBER, PAIR, TYPING_SECONDS
from channels.whatsapp.records import CONTACTS, KINDS, PASSAGES, TEMPLATES, Contact
from channels.whatsapp.sender import Sender, shown_id
from channels.whatsapp.signing import is_signed
from channels.whatsapp.statuses import Statuses
from channels.whatsapp.templates import Templates
from channels.whatsapp.texts import say

_LARGEST, _MOST_FIELDS = 1 << 20, 500
_log = structlog.get_logger()


class WhatsAppChannel:
    """Our numbers on WhatsApp; "main" is the one of the settings."""

    name = "whatsapp"
    kinds: tuple[Kind[Any], ...] = KINDS
    account_secrets = ("account_sid", "auth_token", "number")

    def __init__(self, parts: ChannelParts, account: Account) -> None:
        self._clock, self._store, self._address = parts.clock, parts.store, parts.address.rstrip("/")
        self._http = Http(parts.environ.get("TWILIO_API_BASE", ""))
        self._accounts = {account.name: Twilio(self._http, account)}
        files = parts.files or Files(parts.store)
        files.fetchers[self.name] = self.fetch
        media = FileLinks(files, Links(parts.secret, parts.address, parts.clock), parts.clock)
        self._contacts = Contacts(parts.store, parts.clock)
        self._templates = Templates(parts.store, parts.clock)
        self._shown = ShownParts(parts.store, parts.clock)
        self._sender = Sender(self._contacts, self._templates, self._shown, media, parts.clock, self._address)
        self._statuses = Statuses(parts.store, self._contacts)
        self._preparing: set[asyncio.Task[None]] = set()

    def features(self, place: str) -> Features:
        return FEATURES

    def holdings(self) -> Holdings:
        """What it knows of people."""
        return PlaceHoldings(self._store, self.name, (CONTACTS,), (PASSAGES,), (TEMPLATES,))

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """Budgets of the number and of the pair of number and person."""
        return ((outgoing.place.rpartition(":")[0], NUMBER), (outgoing.place, PAIR))

    def ours(self) -> Collection[str]:
        """Our own numbers."""
        return {t.account.sender for t in self._accounts.values()}

    def direct_link(self, place: str) -> str:
        """What opens a conversation with our number."""
        found = self._accounts.get(place.split(":", 2)[1])
        return found.account.link() if found else ""

    def invite(self, code: str) -> str:
        """What opens a conversation with "join <code>" ready to send."""
        found = next(iter(self._accounts.values()), None)
        return found.account.link(f"join {code}") if found else ""

    async def open(self, inbox: Inbox) -> None:
        for twilio in self._accounts.values():
            self._prepare(twilio)

    async def prepared(self) -> None:
        """Wait until the templates are there, or could not be made."""
        await asyncio.gather(*self._preparing)

    async def close(self) -> None:
        for task in self._preparing:
            task.cancel()
        await asyncio.gather(*self._preparing, return_exceptions=True)
        await self._shown.close()
        await self._http.close()

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """WhatsApp has no menu of commands: they are typed, and /help lists them."""

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if outgoing.partial:
            return outgoing.parts
        return await self._sender.deliver(self._twilio(outgoing.place), outgoing)

    async def look_up(self, outgoing: Outgoing) -> tuple[str, ...] | None:
        """The ids of a Delivery that arrived whole, else None."""
        return await self._sender.look_up(self._twilio(outgoing.place), outgoing)

    async def typing(self, place: str, name: str = "") -> float:
        """Show it, which marks their last message as read too."""
        contact = await self._contacts.find(place)
        if contact is not None and contact.latest:
            await self._twilio(place).typing(contact.latest)
        return TYPING_SECONDS - 1

    async def fetch(self, key: str) -> bytes:
        """The bytes of a file that somebody sent."""
        _, account, media = key.split(":", 2)
        found = self._accounts.get(account)
        if found is None:
            raise Undeliverable("no such number of ours")
        return await found.download(media, MEDIA)

    async def account_added(self, keys: AccountKeys) -> str:
        account = made(keys.name, *(keys.secrets.get(name, "") for name in self.account_secrets))
        twilio = Twilio(self._http, account)
        try:
            await twilio.who()
        except Undeliverable as refused:
            raise NotAllowed("Twilio refuses the account id or the token") from refused
        self._accounts[keys.name] = twilio
        self._prepare(twilio)
        return account.sender.removeprefix("whatsapp:")

    account_rotated = account_added

    async def account_removed(self, name: str) -> None:
        self._accounts.pop(name, None)

    async def receive(self, request: RawRequest) -> Receipt:
        twilio = self._accounts.get(request.account)
        if twilio is None:
            return Receipt(status=404, body=b"no such number of ours")
        if request.method != "POST":
            return Receipt(status=405, body=b"POST only")
        if len(request.body) > _LARGEST:
            return Receipt(status=413, body=b"too large")
        fields = _fields(request.body)
        if fields is None or not self._signed(request, twilio.account, fields):
            return Receipt(status=403, body=b"not signed by Twilio")
        try:
            return await self._taken(request, twilio.account, dict(fields))
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")

    def _signed(self, request: RawRequest, account: Account, fields: Sequence[tuple[str, str]]) -> bool:
        headers = {k.lower(): v for k, v in request.headers.items()}
        url = self._address + request.path + (f"?{urlencode(request.query)}" if request.query else "")
        settings = headers.get("x-twilio-webhooks-signature-settings", "")
        return is_signed(account.token, url, fields, headers.get("x-twilio-signature", ""), settings)

    async def _taken(self, request: RawRequest, account: Account, form: Mapping[str, str]) -> Receipt:
        if inbound.is_status(form):
            if (status := inbound.status_of(form)) is None:
                _log.info("ignored", why="a step of a message that is new to us", step=form["MessageStatus"][:40])
                return _answer(()) if inbound.sid_of(form) else Receipt(status=400, body=b"not understood")
            return _answer(await self._statuses.heard(status, request.query, self._clock.now()))
        if not inbound.sid_of(form) or not inbound.native(form):
            return Receipt(status=400, body=b"not understood")
        senders = {t.account.sender: t.account for t in self._accounts.values() if t.account.sid == account.sid}
        if form["From"].strip() in senders:
            return _answer(())  # what we say ourselves
        account = senders.get(form.get("To", "").strip(), account)
        contact, opened = await self._contacts.wrote(form, account, self._clock.now())
        heard = inbound.heard(form, account, contact.id.split(":", 2)[2], self._clock.now())
        first = (reachable(contact.id, inbound.sid_of(form), heard.entry.at),) if opened or heard.opens else ()
        entries, said = await self._heard(heard, contact, bool(form.get("OptOutType")))
        return _answer((*first, *entries), said)

    async def _heard(self, heard: inbound.Heard, contact: Contact, answered: bool) -> tuple[tuple[Entry, ...], str]:
        """The Entries of a message, and what its author is told at once. `answered`: Twilio has told them already."""
        entry, out = heard.entry, contact.opted == "out"
        if heard.leaves:
            await self._contacts.opted(contact, "out", entry.text, entry.at)
            return (noticed(entry, "they asked for no more messages"),), "" if answered else say("stopped")
        if out and heard.returns:
            await self._contacts.opted(contact, "in", entry.text, entry.at)
            came = reachable(entry.place, entry.id.rpartition(":")[2], entry.at)
            return (came, noticed(entry, "they want messages again")), "" if answered else say("started")
        if heard.about:
            entry = about(entry, await self._shown.find(shown_id(heard.about)))
        if entry.what == "message" and 0 < len(entry.text) <= TYPED and not entry.files:
            quoted = await self._shown.find(shown_id(heard.about)) if heard.about else None
            parts = [quoted] if quoted else await self._shown.recent(entry.place)
            entry = await self._meant(entry, picked(entry, parts))
        return (entry,), say("still_stopped") if out else ""

    async def _meant(self, entry: Entry, press: Entry) -> Entry:
        """A typed label of an answer that a question offers is that answer in words, whichever question is open now."""
        token = await self._store.get(TOKENS, str(press.value.get("token", ""))) if press is not entry else None
        words = token is not None and token.call == ANSWER and not entry.text.strip(" #.)").isdecimal()
        return entry if words else press

    def _twilio(self, place: str) -> Twilio:
        found = self._accounts.get(place.split(":", 2)[1])
        if found is None:
            raise Undeliverable("that number is not ours any more", gone="account")
        return found

    def _prepare(self, twilio: Twilio) -> None:
        """Templates are made in the background: a start waits for nobody."""
        task = asyncio.create_task(self._templates.prepare(twilio))
        self._preparing.add(task)
        task.add_done_callback(self._preparing.discard)


def _fields(body: bytes) -> list[tuple[str, str]] | None:
    """The fields of a form with the blank ones; None if it is none."""
    try:
        return parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=_MOST_FIELDS,
            errors="strict",
        )  # fmt: skip
    except ValueError:
        return None


def _answer(entries: Sequence[Entry], said: str = "") -> Receipt:
    """TwiML: nothing, or words for who wrote."""
    message = f"<Message>{escape(said)}</Message>" if said else ""
    body = f'<?xml version="1.0" encoding="UTF-8"?><Response>{message}</Response>'
    return Receipt(entries=tuple(entries), body=body.encode(), content_type="text/xml")
