"""The table of locks: name -> factory, which takes REDIS_URL ("" for local). Only the chosen one is imported."""

from collections.abc import Callable, Mapping

from bot.ports import Locks


def _local(url: str) -> Locks:
    from bot.locking.local import LocalLocks

    return LocalLocks()


def _redis(url: str) -> Locks:
    from bot.locking.redis import RedisLocks

    return RedisLocks(url)


LOCKS: Mapping[str, Callable[[str], Locks]] = {"local": _local, "redis": _redis}
