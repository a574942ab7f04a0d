"""Traffic: which Threads take more than their share, so that a flooded chat waits and the others do not."""

from collections import Counter

_SECOND = 1_000_000_000
# More Entries in a second than people in one chat write.
_MOST = 30


class Traffic:
    """Counts Entries by Thread over the present second and the one before; moments are Clock ticks.

    A Thread crowds others while it is over the limit and somebody else is talking. If all are over it, none crowds."""

    def __init__(self) -> None:
        self._began = 0
        self._now: Counter[str] = Counter()
        self._before: Counter[str] = Counter()
        self._crowding: set[str] = set()

    def note(self, thread: str, now: int) -> None:
        """One more Entry."""
        self._turn(now)
        self._now[thread] += 1
        if self._now[thread] > _MOST:
            self._crowding.add(thread)

    def crowds(self, thread: str, now: int) -> bool:
        """Whether this Thread takes more than its share from others."""
        return thread in self._crowding and self.others(thread, now)

    def others(self, thread: str, now: int) -> bool:
        """Whether a Thread talks besides this one that does not crowd itself."""
        self._turn(now)
        return any(t != thread and t not in self._crowding for seen in (self._now, self._before) for t in seen)

    def _turn(self, now: int) -> None:
        if now - self._began < _SECOND:
            return
        late = now - self._began >= 2 * _SECOND
        self._began, self._before, self._now = now, Counter() if late else self._now, Counter()
        self._crowding = {thread for thread, count in self._before.items() if count > _MOST}
