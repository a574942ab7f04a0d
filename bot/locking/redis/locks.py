"""Locks on Redis. While it is away everybody gets every lease and hears only their own process."""

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from bot.cancelling import end
from bot.errors import Misconfigured
from bot.locking.redis.keys import PATIENCE, Keys
from bot.locking.redis.wakes import Wakes

_PREFIX = "caravan:"


class RedisLocks:
    """`ttl`: seconds after which the leases of a killed process are free again."""

    def __init__(self, url: str, ttl: float = 5.0) -> None:
        try:
            pool = BlockingConnectionPool.from_url(
                url,
                max_connections=32,
                timeout=PATIENCE,
                socket_connect_timeout=PATIENCE,
                retry=Retry(NoBackoff(), 0),
                decode_responses=True,
            )
        except ValueError as error:
            raise Misconfigured(f"REDIS_URL cannot be used: {error}") from error
        self._redis = Redis.from_pool(pool)
        self._keys = Keys(self._redis, ttl)
        self._wakes = Wakes(self._redis, f"{_PREFIX}wake:")
        self._tasks: list[asyncio.Task[None]] = []

    async def open(self) -> None:
        """Redis need not be there yet; returns as soon as we hear the others, or know that we do not."""
        self._tasks = [asyncio.create_task(self._keys.heartbeat()), asyncio.create_task(self._wakes.listen())]
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._wakes.listening.wait(), PATIENCE)

    async def close(self) -> None:
        await end(self._tasks)
        self._tasks = []
        await self._redis.aclose()

    def lease(self, key: str) -> AbstractAsyncContextManager[bool]:
        return self._keys.hold(f"{_PREFIX}lease:{key}")

    async def wake(self, topic: str, message: str = "") -> None:
        self._wakes.tell_own(topic, message)
        await self._keys.ask(self._wakes.tell_others(topic, message), otherwise=0)

    def on_wake(self, topic: str, heard: Callable[[str], None]) -> None:
        self._wakes.on_wake(topic, heard)
