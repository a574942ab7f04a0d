"""The door through which faults reach the sandboxes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong on demand. `match`: part of a supplier, offer or operation name, "" is any.

    `times`: how often it still strikes. `by`: percent for price_up, seconds for slow and late_notice.
    """

    id: str
    target: str
    kind: str
    match: str = ""
    times: int = 1
    by: int = 0
    version: int = 0


class SandboxControls(Protocol):
    """Faults for the sandboxes, kept in the Store: every process sees them and a restart keeps them."""

    async def add(self, target: str, kind: str, *, match: str = "", times: int = 1, by: int = 0) -> str:
        """Arrange a fault; its id. AskAgain names the parameter that is not possible."""
        ...

    async def list(self) -> list[Fault]:
        """Those that will still strike, oldest first."""
        ...

    async def clear(self) -> None:
        """Take all of them back."""
        ...

    async def take(self, target: str, *names: str, kinds: Sequence[str] = ()) -> Fault | None:
        """For a sandbox, once per operation: the oldest fault that matches one of the names, now used once.

        `kinds`: only one of these kinds; any when none is named."""
        ...
