"""Wake-ups through Redis publish/subscribe; those of this process are heard without it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from secrets import token_hex
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.client import PubSub

from bot.cancelling import honour_cancellation
from bot.locking.redis.keys import AWAY

_FIRST_PAUSE, _LONGEST_PAUSE, _SILENCE = 0.05, 1.0, 10.0


class Wakes:
    """`prefix`: the start of the names of our channels in Redis."""

    def __init__(self, redis: "Redis", prefix: str) -> None:
        self._redis = redis
        self._prefix = prefix
        self._own = token_hex(8)
        self._heard: defaultdict[str, list[Callable[[str], None]]] = defaultdict(list)
        self.listening = asyncio.Event()

    def on_wake(self, topic: str, heard: Callable[[str], None]) -> None:
        self._heard[topic].append(heard)

    def tell_own(self, topic: str, message: str) -> None:
        """Call who listens in this process."""
        loop = asyncio.get_running_loop()
        for heard in self._heard[topic]:
            loop.call_soon(heard, message)

    async def tell_others(self, topic: str, message: str) -> int:
        """Publish; raises when Redis is away."""
        return int(await self._redis.publish(self._prefix + topic, f"{self._own} {message}"))

    async def listen(self) -> None:
        """Hear the others, for ever; connects again whenever Redis was away."""
        pause = _FIRST_PAUSE
        while True:
            try:
                async with self._redis.pubsub() as pubsub:
                    await pubsub.psubscribe(f"{self._prefix}*")
                    await self._hear(pubsub)
            except AWAY:
                honour_cancellation()
            pause = _FIRST_PAUSE if self.listening.is_set() else min(pause * 2, _LONGEST_PAUSE)
            self.listening.clear()
            await asyncio.sleep(pause)

    async def _hear(self, pubsub: PubSub) -> None:
        """Until the connection breaks, or is silent for so long that it must be."""
        asked = False
        while True:
            news: dict[str, Any] | None = await pubsub.get_message(timeout=_SILENCE)
            honour_cancellation()
            if news is None and asked:
                raise TimeoutError("no answer to a ping")
            asked = news is None
            if news is None:
                await pubsub.ping()
            elif news["type"] == "psubscribe":
                self.listening.set()
            elif news["type"] == "pmessage":
                self._tell(news["channel"], news["data"])

    def _tell(self, channel: str, text: str) -> None:
        sender, _, message = text.partition(" ")
        if sender != self._own:
            self.tell_own(channel.removeprefix(self._prefix), message)
