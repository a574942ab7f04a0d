"""Deliveries of several messages: what was sent before an error is not sent again, what arrived is found again."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import TypeVar

from bot.ports import Outgoing
from channels.received import keep

M = TypeVar("M")
W = TypeVar("W")


def key_of(out: Outgoing, part: int) -> str:
    """The same 24 characters for the same part of the same Delivery, for networks that then show it once."""
    return blake2b(f"{out.id}|{out.reader}|{part}".encode(), digest_size=12).hexdigest()


class Begun:
    """Parts sent so far, by the id of their Delivery; in memory, for a Delivery is repeated by who began it."""

    def __init__(self) -> None:
        self._parts: OrderedDict[str, list[str]] = OrderedDict()

    def of(self, id: str) -> list[str]:
        """The parts of a Delivery, to be added to."""
        return keep(self._parts, id, self._parts.get(id, []))

    def done(self, *ids: str) -> None:
        """All of it is sent."""
        for id in ids:
            self._parts.pop(id, None)


def matched(wanted: Iterable[W], there: Sequence[M], says: Callable[[M, W], bool]) -> list[M]:
    """For each message wanted the first one there that says it, each once; up to the first that is not there."""
    left, found = list(there), list[M]()
    for one in wanted:
        match = next((m for m in left if says(m, one)), None)
        if match is None:
            break
        left.remove(match)
        found.append(match)
    return found
