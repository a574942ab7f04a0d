"""Named points at which a crash test may kill the process: CARAVAN_KILL_AT="turn.after_commit:3"."""

import os
import signal


class FaultPoints:
    """Counts passages of one named point and dies by SIGKILL at the chosen one; free of cost when unset."""

    def __init__(self, wanted: str = "") -> None:
        name, _, count = wanted.partition(":")
        self._name = name
        self._left = int(count or 1)

    def at(self, name: str) -> None:
        """Pass a point."""
        if name != self._name:
            return
        self._left -= 1
        if self._left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)


def from_environment() -> FaultPoints:
    """The points as the environment asks for them."""
    return FaultPoints(os.environ.get("CARAVAN_KILL_AT", ""))
