"""The bench's own Channel: POST in at /hooks/bench, POST out with the Delivery id to a counting receiver."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from aiohttp import ClientConnectorError, ClientError, ClientSession, ClientTimeout, TCPConnector

from bot.capability import Capability
from bot.clock import Clock
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.model import Entry
from bot.ports import Features, Inbox, Outgoing, RawRequest, Receipt

FEATURES = Features(replies=True, idempotent_sends=True, as_of="2026-11-20")


class Message(msgspec.Struct, frozen=True, rename={"author": "from"}):
    """What the generator posts: {"id","chat","from","text"}."""

    id: str
    chat: str
    author: str
    text: str


class Sent(msgspec.Struct, frozen=True):
    """What the receiver gets; `delivery` is the idempotence key, `reply_to` the generator's id or empty."""

    delivery: str
    place: str
    text: str
    reply_to: str


class Busy(Protocol):
    """What goes on by itself while the channel is open."""

    async def run(self) -> None: ...


class BenchChannel:
    """One account; places are `bench:main:{chat}`. It is not signed: the harness listens on loopback only."""

    name = "bench"

    def __init__(self, receiver: str, clock: Clock, busy: Callable[[Inbox], Busy] | None = None) -> None:
        self._receiver, self._busy = receiver, busy
        self._working: asyncio.Task[None] | None = None
        self._clock = clock
        self._session: ClientSession | None = None
        self._decode = msgspec.json.Decoder(Message).decode
        self._encode = msgspec.json.Encoder().encode

    def features(self, place: str) -> Features:
        return FEATURES

    async def open(self, inbox: Inbox) -> None:
        self._session = ClientSession(connector=TCPConnector(limit=0), timeout=ClientTimeout(total=10))
        if self._busy is not None:
            self._working = asyncio.create_task(self._busy(inbox).run())

    async def close(self) -> None:
        if self._working is not None:
            self._working.cancel()
        if self._session is not None:
            await self._session.close()

    async def receive(self, request: RawRequest) -> Receipt:
        try:
            message = self._decode(request.body)
        except msgspec.MsgspecError as wrong:
            return Receipt(status=400, body=str(wrong).encode())
        return Receipt(entries=(self._entry(message),))

    def _entry(self, message: Message) -> Entry:
        place = f"bench:main:{message.chat}"
        return Entry(
            id=f"{place}:message:{message.id}",
            thread="",
            what="message",
            at=self._clock.now(),
            place=place,
            author=f"bench:{message.author}",
            name=message.author,
            text=message.text,
        )

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        if self._session is None:
            raise RetryLater(0.1, "not open")
        card = outgoing.content.card
        sent = Sent(outgoing.id, outgoing.place, card.title if card else outgoing.content.text, outgoing.reply_to)
        headers = {"Content-Type": "application/json"}
        try:
            async with self._session.post(self._receiver, data=self._encode(sent), headers=headers) as response:
                await response.read()
        except ClientConnectorError as away:
            raise RetryLater(0.2, "the receiver is away") from away
        except (ClientError, TimeoutError) as silent:
            raise Unknown("the receiver did not answer") from silent
        if response.status >= 500:
            raise RetryLater(0.2, f"status {response.status}")
        if response.status >= 400:
            raise Undeliverable(f"status {response.status}")
        return (outgoing.id,)

    async def publish_commands(self, capabilities: Sequence[Capability]) -> None:
        return None
