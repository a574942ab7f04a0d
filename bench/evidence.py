"""What a dead process left behind, read from its store before it starts again."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

WINDOWS = {
    "append": "request in hand, Entry not stored",
    "answer": "Entry stored, 200 not out",
    "turn": "Entry stored, Turn not committed",
    "send": "Turn committed, Delivery not at the receiver",
    "mark": "Delivery at the receiver, mark not committed",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """An Entry found open: `said` is the generator's id, `pending` the ids of Deliveries not known to be sent."""

    said: str
    handled: bool
    pending: tuple[str, ...] = ()


class Evidence(Protocol):
    """A store read from outside, without our own code."""

    async def open_entries(self) -> Sequence[Left]:
        """Entries still to be handled or with a Delivery under way."""
        ...

    async def stored(self, said: Collection[str]) -> set[str]:
        """Which of these messages have an Entry."""
        ...


def windows(left: Sequence[Left], cut_off: Collection[str], stored: set[str], received: Collection[str]) -> set[str]:
    """Between which commit boundaries messages stood at that moment: keys of WINDOWS."""
    found = {"answer" if key in stored else "append" for key in cut_off}
    for entry in left:
        if not entry.handled:
            found.add("turn")
        found.update("mark" if delivery in received else "send" for delivery in entry.pending)
    return found


def counts(left: Sequence[Left]) -> bool:
    """Whether a kill at that moment had something to break: an Entry unhandled or a Delivery pending."""
    return any(not entry.handled or entry.pending for entry in left)
