"""Messages that grow by edits: not more often than a network likes."""

from collections import OrderedDict

from bot.clock import Clock
from channels.received import keep


class EditFloor:
    """Seconds between two edits of one message; the next edit brings what the one left out would have brought."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self._clock, self._nanoseconds = clock, seconds * 1e9
        self._edited: OrderedDict[str, int] = OrderedDict()

    def passed(self, message: str) -> bool:
        """Whether it may be edited now; if so it counts as edited."""
        now = self._clock.tick()
        if now - self._edited.get(message, 0) < self._nanoseconds:
            return False
        keep(self._edited, message, now)
        return True
