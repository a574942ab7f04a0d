"""What Twilio calls at the other side: messages of people and status callbacks, signed; late, doubled, out of order."""

import asyncio
import base64
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from urllib.parse import urlencode

import aiohttp

_AGAIN = 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the other side said to a delivery."""

    status: int
    body: str


class Hooks:
    """Delivers signed forms. `doubled`: every delivery comes twice. `keep_statuses`: status callbacks wait for
    `release`, in the order that the test wants. `steps`: through which each message goes by itself. `patient`: what is
    not taken is brought again until it is, as the overrides in a webhook's address can have it."""

    def __init__(self) -> None:
        self.doubled = False
        self.keep_statuses = self.patient = False
        self.steps: tuple[str, ...] = ("queued", "sent", "delivered")
        self.waiting: list[tuple[str, str, dict[str, str]]] = []
        self.answers: list[Answer] = []
        self._session: aiohttp.ClientSession | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(self, url: str, token: str, form: dict[str, str], *, twice: bool = False) -> Answer:
        """POST a form; retried once if the connection fails, as Twilio does. The last answer."""
        answer = Answer(status=0, body="")
        for _ in range(2 if twice or self.doubled else 1):
            answer = await self._post(url, token, form)
            while self.patient and not 200 <= answer.status < 300:
                await asyncio.sleep(_AGAIN)
                answer = await self._post(url, token, form)
            self.answers.append(answer)
        return answer

    def tell(self, url: str, token: str, form: dict[str, str]) -> None:
        """A status callback, in the background or when it is released."""
        if self.keep_statuses:
            self.waiting.append((url, token, form))
            return
        task = asyncio.create_task(self._told(url, token, form))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def release(self, order: Sequence[int] | None = None) -> None:
        """Deliver the callbacks that wait, in this order of theirs."""
        waiting, self.waiting = self.waiting, []
        for n in order if order is not None else range(len(waiting)):
            await self.deliver(*waiting[n])

    async def settled(self) -> None:
        """Until no callback is on its way."""
        while self._tasks:
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def close(self) -> None:
        await self.settled()
        if self._session is not None:
            await self._session.close()

    async def _told(self, url: str, token: str, form: dict[str, str]) -> None:
        await self.deliver(url, token, form)

    async def _post(self, url: str, token: str, form: dict[str, str]) -> Answer:
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=15, connect=5))
        headers = {"X-Twilio-Signature": signed(token, url, form), "I-Twilio-Idempotency-Token": form["MessageSid"],
                   "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}  # fmt: skip
        for _ in range(2):
            try:
                async with self._session.post(url, data=urlencode(form).encode(), headers=headers) as answer:
                    return Answer(status=answer.status, body=await answer.text())
            except (TimeoutError, aiohttp.ClientError):
                continue
        return Answer(status=0, body="")


def signed(token: str, url: str, form: dict[str, str]) -> str:
    """X-Twilio-Signature, written down from https://www.twilio.com/docs/usage/security and not from our adapter."""
    text = url
    for name in sorted(form):
        text += name + form[name]
    return base64.b64encode(hmac.new(token.encode(), text.encode(), sha1).digest()).decode()
