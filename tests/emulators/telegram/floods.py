"""Flood control by the table of paces, and trouble that a test arranges: 429, 5xx, broken connections, slowness."""

from dataclasses import dataclass

from channels.telegram.limits import PACES
from tests.emulators.telegram.tables import Refused

_COUNTED = ("sendMessage", "sendPhoto", "sendDocument", "editMessageText", "editMessageCaption")
_SLACK = 2.0


@dataclass(slots=True)
class Trouble:
    """`kind`: flood, error, refuse, drop_before, drop_after, slow or stuck (taken, but answered later). `by`: seconds,

    or the status of an error."""

    method: str = ""
    kind: str = "flood"
    by: float = 1
    times: int = 1
    chat: int = 0


class Floods:
    """Counts sends by bot, chat and group; `troubles` come first. `strict`: whether limits are imposed at all."""

    def __init__(self) -> None:
        self.troubles: list[Trouble] = []
        self.strict = True
        self.refused = 0
        self._left: dict[tuple[str, int], tuple[float, float]] = {}

    def take(self, method: str, chat: object) -> Trouble | None:
        """The trouble arranged for a call, used up by it."""
        for trouble in self.troubles:
            if trouble.times and trouble.method in ("", method) and trouble.chat in (0, chat):
                trouble.times -= 1
                return trouble
        return None

    def check(self, method: str, chat: int, bot: int, now: float) -> None:
        """Refused with 429 if this is too fast."""
        if not self.strict or method not in _COUNTED:
            return
        paces = [("bot", bot, PACES.bot), ("chat", chat, PACES.chat)]
        for kind, id, pace in [*paces, ("group", chat, PACES.group)] if chat < 0 else paces:
            tokens, at = self._left.get((kind, id), (pace.burst + _SLACK, now))
            tokens = min(pace.burst + _SLACK, tokens + (now - at) * pace.per_second)
            if tokens < 1:
                self.refused += 1
                after = max(1, round((1 - tokens) / pace.per_second))
                raise Refused(429, f"Too Many Requests: retry after {after}", retry_after=after)
            self._left[kind, id] = (tokens - 1, now)
