"""Load from outside: closed loop (N in flight) and open loop (a fixed rate) over many chats."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from math import ceil

from bench.alarm import Alarm
from bench.receiver import Receipt
from bench.wire import Client

HOOK = "/hooks/bench"
_HOTELS = re.compile(r"Hotels in Mombasa from \w+ (\d+ \w+ \d+)")
PATIENCE = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The `number`-th message of a chat; its text comes back behind `pong`.

    `look`: a day to search hotels for instead; a slow call, and the answer names the day."""

    chat: str
    number: int
    look: date | None = None

    @property
    def id(self) -> str:
        return f"{self.chat}-{self.number}"

    @property
    def text(self) -> str:
        if self.look is None:
            return f"/ping {self.id}"
        return f"/hotels Mombasa from {self.look} to {self.look + timedelta(days=1)}"

    @property
    def body(self) -> bytes:
        """What the bench channel takes: {"id","chat","from","text"}."""
        return json.dumps({"id": self.id, "chat": self.chat, "from": f"{self.chat}-ana", "text": self.text}).encode()

    @property
    def answer(self) -> str:
        """What `answer_in` finds in the reply to this message, and in no other."""
        return f"pong {self.id}" if self.look is None else f"{self.chat} hotels {self.look}"


def answer_in(receipt: Receipt) -> str:
    """Which message a receipt answers, as Said.answer names it; the text itself where it answers none."""
    found = _HOTELS.match(receipt.text)
    if found is None:
        return receipt.text
    return f"{receipt.place.rpartition(':')[2]} hotels {datetime.strptime(found[1], '%d %b %Y').date()}"


@dataclass(slots=True)
class Timings:
    """Seconds from the moment a message was due to its 200 and to its receipt; `took` is the whole run."""

    answered: list[float] = field(default_factory=list)
    replied: list[float] = field(default_factory=list)
    took: float = 0.0

    def replied_ms(self, share: float) -> float:
        return percentile(self.replied, share) * 1000

    def answered_ms(self, share: float) -> float:
        return percentile(self.answered, share) * 1000

    @property
    def rate(self) -> float:
        """Round trips a second."""
        return len(self.replied) / self.took


def percentile(values: list[float], share: float) -> float:
    """Nearest rank: the smallest value that at least `share` of all do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, ceil(len(ordered) * share) - 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """How a network delivers what was said: where to, with which headers, in which shape."""

    path: str = HOOK
    headers: Callable[[bytes], str] = lambda body: ""
    body: Callable[[Said], bytes] = lambda said: said.body


class Load:
    """Sends numbered messages to one target and matches the receipts by text; tell it of receipts with `arrived`."""

    def __init__(self, client: Client, name: str, chats: int, post: Post | None = None) -> None:
        self._client, self._post = client, post or Post()
        self._turns = self._messages(name, chats)
        self._awaited: dict[str, asyncio.Future[float]] = {}

    @staticmethod
    def _messages(name: str, chats: int) -> Iterator[Said]:
        for number in count():
            for chat in range(chats):
                yield Said(chat=f"{name}{chat}", number=number)

    def arrived(self, receipt: Receipt) -> None:
        """A first receipt: ends the round trip it belongs to."""
        waiting = self._awaited.pop(receipt.text, None)
        if waiting is not None and not waiting.done():
            waiting.set_result(receipt.at)

    async def in_flight(self, number: int, seconds: float) -> Timings:
        """Closed loop: `number` round trips at any moment, each followed by the next one."""
        timings, started = Timings(), time.monotonic()

        async def one_after_another() -> None:
            while time.monotonic() < started + seconds:
                await self._round_trip(timings, time.monotonic())

        async with asyncio.timeout(seconds + PATIENCE), asyncio.TaskGroup() as lines:
            for _ in range(number):
                lines.create_task(one_after_another())
        timings.took = time.monotonic() - started
        return timings

    async def at_rate(self, per_second: float, seconds: float, answered: bool = True) -> Timings:
        """Open loop: messages leave when they are due, whatever is still under way; waiting counts.

        `answered`: whether to wait for the replies as well as for the 200s."""
        timings, started = Timings(), time.monotonic()
        with closing(Alarm()) as alarm:
            async with asyncio.timeout(seconds + PATIENCE), asyncio.TaskGroup() as trips:
                for n in range(int(per_second * seconds)):
                    due = started + n / per_second
                    await alarm.wait(due)
                    trips.create_task(self._round_trip(timings, due, answered))
        timings.took = time.monotonic() - started
        return timings

    async def _round_trip(self, timings: Timings, due: float, answered: bool = True) -> None:
        said = next(self._turns)
        receipt = self._awaited[f"pong {said.id}"] = asyncio.get_running_loop().create_future()
        body = self._post.body(said)
        if (status := await self._client.post(self._post.path, body, self._post.headers(body))) != 200:
            raise RuntimeError(f"{said.id} was answered with {status}")
        timings.answered.append(time.monotonic() - due)
        if answered:
            timings.replied.append(await receipt - due)
