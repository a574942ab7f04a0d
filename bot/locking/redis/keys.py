"""Keys in Redis that expire unless they are renewed: taken, renewed and given back by who holds the token only."""

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from secrets import token_hex
from typing import TypeVar

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.cancelling import honour_cancellation

T = TypeVar("T")
# Longer than this nobody waits for Redis; then it is left alone for a while.
PATIENCE, REST = 0.4, 1.0
AWAY = (RedisError, OSError, TimeoutError)

_RENEW = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0"
_GIVE_BACK = "if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0"
_log = structlog.get_logger()


class Keys:
    """`ttl` in seconds: how long a key outlives its holder. Calls while Redis is away end soon and harmlessly."""

    def __init__(self, redis: "Redis", ttl: float) -> None:
        self._redis = redis
        self._ttl = round(ttl * 1000)
        self._renew = redis.register_script(_RENEW)
        self._give_back = redis.register_script(_GIVE_BACK)
        self._held: dict[str, str] = {}
        self._rests_until = 0.0

    @asynccontextmanager
    async def hold(self, key: str) -> AsyncIterator[bool]:
        """Yields whether the key is ours; True as well when Redis is away."""
        if key in self._held:
            yield False
            return
        self._held[key] = token = token_hex(8)
        try:
            # None: taken by somebody else. No answer: perhaps taken by us, so it is renewed and given back.
            mine = await self.ask(self._redis.set(key, token, nx=True, px=self._ttl), otherwise=True) is not None
            if not mine:
                del self._held[key]
            yield mine
        finally:
            if self._held.get(key) == token:
                del self._held[key]
                await self.ask(self._give_back(keys=[key], args=[token]), otherwise=0)

    async def heartbeat(self) -> None:
        """Renew all that is held, for ever. A key that was lost stays lost: the Store's fence decides then."""
        while True:
            await asyncio.sleep(self._ttl / 3000)
            if self._held:
                await self.ask(self._renew_all(), otherwise=None)

    async def _renew_all(self) -> None:
        async with self._redis.pipeline(transaction=False) as pipeline:
            for key, token in self._held.items():
                await self._renew(keys=[key], args=[token, self._ttl], client=pipeline)
            await pipeline.execute()

    async def ask(self, call: Awaitable[T], otherwise: T) -> T:
        """What Redis answers; `otherwise` when it is away."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._rests_until:
            _forget(call)
            return otherwise
        try:
            async with asyncio.timeout(PATIENCE):
                return await call
        except AWAY as error:
            honour_cancellation()
            if loop.time() >= self._rests_until:
                _log.warning("redis is away", error=type(error).__name__)
            self._rests_until = loop.time() + REST
            return otherwise


def _forget(call: Awaitable[T]) -> None:
    """A call that is never awaited must be told so."""
    if asyncio.iscoroutine(call):
        call.close()
