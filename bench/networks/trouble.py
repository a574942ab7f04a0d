"""What networks do to those who live on them: broken connections, 429, 5xx, lost answers, replayed and lost events."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random

from tests.emulators.discord.door import Fault
from tests.emulators.four import Four

_APART = 6.0
_MESSAGES = r"POST /api/v10/(channels/\d+/messages|webhooks/\d+/[^/]+)$"


@dataclass(slots=True)
class Trouble:
    """Arranges something every so often; `made` counts what."""

    four: Four
    random: Random
    made: Counter[str] = field(default_factory=Counter)
    _calm_until: float = 0.0

    async def run(self) -> None:
        """Until it is cancelled."""
        acts = (self._telegram, self._whatsapp, self._slack, self._discord, self._gateway)
        self.four.telegram.hooks.twice = self.four.whatsapp.hooks.doubled = True
        self.four.telegram.hooks.shuffled = True
        while True:
            await asyncio.sleep(self.random.uniform(0.05, 0.25))
            act: Callable[[], Awaitable[str]] = self.random.choice(acts)
            self.made[await act()] += 1

    def over(self) -> None:
        """From now on all is well."""
        self.four.telegram.floods.troubles.clear()
        self.four.whatsapp.trouble.clear()
        self.four.slack.faults.clear()
        self.four.discord.api.faults.clear()

    async def _telegram(self) -> str:
        """Nobody can look up what came there: what goes unanswered four times is given up, so two at a time."""
        kind = self.random.choice(("flood", "error", "drop_before", "drop_after", "slow"))
        if kind.startswith(("drop", "error")):
            if any(t.times for t in self.four.telegram.floods.troubles if t.kind.startswith(("drop", "error"))):
                self._calm_until = time.monotonic() + _APART  # it waits for a Caravan that is down
            if time.monotonic() < self._calm_until:
                return "telegram nothing"
            self._calm_until = time.monotonic() + _APART
        times = self.random.choice((1, 2)) if kind.startswith(("drop", "error")) else 1
        self.four.telegram.trouble("sendMessage", kind, by={"error": 502, "slow": 0.2}.get(kind, 1), times=times)
        return f"telegram {kind}{' twice' if times > 1 else ''}"

    async def _whatsapp(self) -> str:
        kind: tuple[int, int] | str = self.random.choice(((500, 20500), (429, 20429), "drop", "lost"))
        self.four.whatsapp.trouble.append(kind)
        return f"whatsapp {kind if isinstance(kind, str) else kind[0]}"

    async def _slack(self) -> str:
        kind = self.random.choice(("5xx", "ratelimited", "drop before", "drop after", "slow"))
        self.four.slack.faults.append(("chat.postMessage", kind))
        return f"slack {kind}"

    async def _discord(self) -> str:
        kind = self.random.choice((500, 503, 429, 0))
        if kind == 429:
            told = {"message": "You are being rate limited.", "retry_after": 0.3, "global": False}
            fault = Fault(_MESSAGES, 429, told, {"Retry-After": "0.3", "X-RateLimit-Scope": "shared"})
        else:
            fault = Fault(_MESSAGES, kind or 500, lost=not kind)
        self.four.discord.api.faults.append(fault)
        return f"discord {kind or 'lost'}"

    async def _gateway(self) -> str:
        gateway = self.four.discord.gateway
        kind = self.random.choice(("drop", "drop", "ask_to_reconnect", "invalidate"))
        await getattr(gateway, kind)()
        return f"gateway {kind}"
