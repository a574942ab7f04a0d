"""The table of locks: name -> factory, which takes REDIS_URL (local takes no notice). Only the chosen one is imported."""

from collections.abc import Callable, Mapping

from bot.ports import Locks


def _local(url: str = "") -> Locks:
    from bot.locking.local import LocalLocks

    return LocalLocks()


LOCKS: Mapping[str, Callable[[str], Locks]] = {"local": _local}
