"""Locks among processes, on Redis."""

from bot.locking.redis.locks import RedisLocks

__all__ = ["RedisLocks"]
