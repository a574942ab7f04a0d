"""Any other messenger as a Channel: its webhook brings what people do, ours takes there what Caravan says."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from hashlib import blake2b

import msgspec

from bot.capability import Capability
from bot.errors import CaravanError, Misconfigured, RetryLater, Undeliverable, Unknown
from bot.model import Entry
from bot.ports import ChannelParts, Features, Inbox, Outgoing, RawRequest, Receipt
from bot.shown import ShownParts
from channels.abouts import about
from channels.answers import Answer, Refused, reaction
from channels.asking import Asking
from channels.begun import key_of
from channels.choosing import picked
from channels.growing import EditFloor
from channels.offering import Command, by_name, name_of
from channels.received import decoded, taken
from channels.webhook import inbound, outbound, signing

_BODY, _EDIT_EVERY = 1 << 20, 1.0


class WebhookChannel:
    """`url`: where what Caravan says is brought to; `secret`: what both sides sign with."""

    name = "webhook"

    def __init__(self, parts: ChannelParts, url: str, secret: str) -> None:
        try:
            self._key = signing.key_of(secret)
        except ValueError as wrong:
            raise Misconfigured(f"WEBHOOK_SECRET: {wrong}") from wrong
        self._url, self._clock = url, parts.clock
        self._shown, self._floor = ShownParts(parts.store, parts.clock), EditFloor(parts.clock, _EDIT_EVERY)
        self._asking = Asking("the other messenger", _reaction)
        self._offered: list[outbound.Body] = []
        self._commands: Mapping[str, Command] = {}

    def features(self, place: str) -> Features:
        return outbound.FEATURES

    async def open(self, inbox: Inbox) -> None:
        """Nothing to do: all news comes by `receive`."""

    async def close(self) -> None:
        await self._shown.close()
        await self._asking.end()

    async def receive(self, request: RawRequest) -> Receipt:
        if request.method != "POST" or request.account != "main":
            return Receipt(status=404, body=b"POST to /hooks/webhook")
        if len(request.body) > _BODY:
            return Receipt(status=413, body=b"too large")
        if not signing.is_signed(self._key, request.headers, request.body, self._clock.tick() // 10**9):
            return Receipt(status=401, body=b"not signed, or too old")
        news = taken(inbound.News, decoded(request.body))
        if news is None or not news.whole:
            return Receipt(status=400, body=b"not understood")
        try:
            return Receipt(entries=(await self._heard(news, request.account),))
        except (RetryLater, Unknown):
            return Receipt(status=503, body=b"not now")

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        direct, parts = inbound.address(outgoing.place)[1], list(outgoing.parts)
        if outgoing.reader and not direct:
            raise Undeliverable("nothing in a group is for one person alone here")
        if outgoing.what == "delete":
            return await self._taken_back(outgoing, parts)
        if outgoing.what == "edit" and parts and outgoing.partial and not self._floor.passed(parts[0]):
            return outgoing.parts
        said = outbound.messages(outgoing)
        ids = [*parts, *(key_of(outgoing, n) for n in range(len(parts), len(said)))]
        for n, (id, part) in enumerate(zip(ids, said, strict=False)):
            reply_to = outgoing.reply_to.rpartition(":")[2] if n == 0 else ""
            await self._tell(
                outgoing, "edit" if n < len(parts) else "message", id, outbound.shown(outgoing, part, reply_to)
            )
        await self._taken_back(outgoing, parts[len(said) :])
        choices = [(c.number, c.id, c.label) for c in said[-1].choices]
        self._shown.note([f"webhook:{id}" for id in ids[: len(said)]], outgoing.place, outgoing.shown, choices)
        return tuple(ids[: len(said)])

    async def react(self, outgoing: Outgoing) -> None:
        """As `bot.powers.Reacts`."""
        message = outgoing.parts[0].rpartition(":")[2]
        await self._tell(outgoing, outgoing.what, message, {"emoji": outgoing.content.text})

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        """Told in one request; who is away then is told at the next start."""
        self._commands = by_name(capabilities)
        offered = [
            {"command": name_of(c), "description": c.summary, "arguments": {p.name: p.kind for p in c.parameters}}
            for c in capabilities if c.command and not c.hidden
        ]  # fmt: skip
        if offered != self._offered:
            self._offered = offered
            with suppress(CaravanError):
                await self._post("commands", {"kind": "commands", "commands": offered})

    async def _heard(self, news: inbound.News, account: str) -> Entry:
        entry = inbound.entry_of(news, account, self._clock.now(), self._commands)
        of = news.message if news.kind in ("press", "react") else news.reply_to
        entry = about(entry, await self._shown.find(f"webhook:{of}") if of else None)
        last = await self._shown.last(entry.place) if entry.what == "message" else None
        return picked(entry, [last]) if last else entry

    async def _taken_back(self, outgoing: Outgoing, parts: Sequence[str]) -> tuple[str, ...]:
        for id in parts:
            await self._tell(outgoing, "delete", id, {})
        return outgoing.parts

    async def _tell(self, outgoing: Outgoing, kind: str, id: str, more: outbound.Body) -> None:
        conversation = inbound.address(outgoing.place)[0]
        await self._post(outgoing.id, {"kind": kind, "conversation": conversation, "id": id, **more})

    async def _post(self, delivery: str, body: outbound.Body) -> None:
        """One signed request; done again it changes nothing, for its ids are the same."""
        raw = msgspec.json.encode(body)
        id = blake2b(delivery.encode() + raw, digest_size=12).hexdigest()
        headers = signing.signed(self._key, id, self._clock.tick() // 10**9, raw)
        headers |= {"Content-Type": "application/json"}
        await self._asking.ask(
            "POST", self._url, repeats=True, route="POST", data=raw, headers=headers, allow_redirects=False
        )


def _reaction(answer: Answer) -> CaravanError:
    """Who does not know a conversation any more says 404 or 410, once and for all."""
    return Refused(answer, "place") if answer.status in (404, 410) else reaction(answer, {}, ())
