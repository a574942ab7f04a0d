"""Pauses: what those who run Caravan have stopped for now; stored, so that every process keeps to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.capability import Capability, Effect
from bot.clock import Clock
from bot.documents import Kind
from bot.errors import Explain
from bot.model import Seat
from bot.ports import Locks, Store
from bot.texts import say

SPENDING = "spending"
WHAT = ("thread", "persona", "capability", SPENDING)
# What works in a paused Thread: asking what is wrong, and looking after one's own data.
ALWAYS = frozenset("help status why ping privacy export_me erase_me sharing not_now".split())
_TOPIC = "pauses"
_FRESH_FOR = 5_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """Something that is stopped; id `"{what}:{which}"`, "spending:" for everything that spends. `by`: a Person id."""

    id: str
    name: str
    by: str
    at: datetime
    why: str = ""
    version: int = 0

    @property
    def what(self) -> str:
        """thread, persona, capability or spending."""
        return self.id.partition(":")[0]


PAUSES = Kind("pauses", Pause)


class Pauses:
    """What is paused, read again when another process says so and every few seconds besides."""

    def __init__(self, store: Store, clock: Clock, locks: Locks) -> None:
        self._store, self._clock, self._locks = store, clock, locks
        self._kept: Mapping[str, Pause] = {}
        self._until = 0
        locks.on_wake(_TOPIC, self._forget)

    async def all(self, *, fresh: bool = False) -> Mapping[str, Pause]:
        """By id. `fresh`: as stored now."""
        if fresh or self._clock.tick() > self._until:
            found = await self._store.find(PAUSES, {}, order="id", limit=1000)
            self._kept, self._until = {p.id: p for p in found}, self._clock.tick() + _FRESH_FOR
        return self._kept

    async def changed(self) -> None:
        """Tell every process that a commit changed something."""
        self._forget()
        await self._locks.wake(_TOPIC)

    async def check(self, found: Capability, thread: str, persona: str = "") -> None:
        """Explain if this Capability may not run here now; what keeps order always may."""
        if found.name in ALWAYS or found.role != "traveller":
            return
        spends = found.pays or found.effect is Effect.SPEND
        paused = await self.all(fresh=spends)
        if not paused:
            return
        for id in (f"thread:{thread}", f"persona:{persona}", f"capability:{found.name}"):
            if id in paused:
                raise Explain(told(paused[id]))
        if spends and f"{SPENDING}:" in paused:
            raise Explain(told(paused[f"{SPENDING}:"]))

    async def spending(self) -> bool:
        """Whether nothing new may be spent now; what is under way is finished even so."""
        return f"{SPENDING}:" in await self.all(fresh=True)

    async def silenced(self, thread: str, speakers: Sequence[Seat]) -> str:
        """What to say instead of letting these personas speak; "" if they may."""
        paused = await self.all()
        ids = [f"thread:{thread}", *(f"persona:{s.persona}" for s in speakers)]
        return next((told(paused[id]) for id in ids if id in paused), "") if paused and speakers else ""

    def _forget(self, message: str = "") -> None:
        self._until = 0


def told(pause: Pause) -> str:
    """A pause in words for the people who meet it."""
    text = say(f"paused_{pause.what}", name=pause.name)
    return f"{text} {say('paused_why', why=pause.why)}" if pause.why else text
