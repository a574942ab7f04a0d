"""Search answers kept in memory for a short while, at most so many; old ones serve when suppliers are silent."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.offers import Offer
from booking.ports import Search


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search found. `at`: when it was asked. `silent`: suppliers that gave no answer.

    `stale`: nobody answered now and this is an earlier answer; its age is now - at.
    """

    wish: Search
    offers: tuple[Offer, ...]
    at: datetime
    silent: tuple[str, ...] = ()
    stale: bool = False


class Cache:
    """Answers by wish, the least recently used dropped first."""

    def __init__(self, *, fresh: timedelta, keep: timedelta, size: int = 300) -> None:
        self._fresh = fresh
        self._keep = keep
        self._size = size
        self._found: OrderedDict[Search, Found] = OrderedDict()

    def fresh(self, wish: Search, now: datetime) -> Found | None:
        """A complete answer that is young and of which no price has run out."""
        found = self._found.get(wish)
        if found is None or found.silent or not found.at <= now < found.at + self._fresh:
            return None
        if any(offer.expired(now) for offer in found.offers):
            return None
        self._found.move_to_end(wish)
        return found

    def old(self, wish: Search, now: datetime) -> Found | None:
        """Any answer young enough to show with its age."""
        found = self._found.get(wish)
        return found if found and found.at <= now < found.at + self._keep else None

    def put(self, found: Found) -> None:
        """Remember an answer."""
        self._found[found.wish] = found
        self._found.move_to_end(found.wish)
        if len(self._found) > self._size:
            self._found.popitem(last=False)
