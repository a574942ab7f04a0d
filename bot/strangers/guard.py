"""The guard: how fast people, conversations and accounts may ask for work. A polite word once, then silence."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.content import Draft
from bot.documents import Insert, Range, Replace
from bot.errors import Explain
from bot.model import Person
from bot.pacing import Claim, Pace, Pacing
from bot.people import KEEPERS
from bot.ports import Locks, Store
from bot.strangers.documents import LOCKOUTS, Lockout
from bot.strangers.texts import say
from bot.turn import Turn

COUNTED = frozenset(("message", "command", "press", "edit", "delete", "react"))
FIRST, LONGEST, FORGIVEN = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_TOPIC = "lockouts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a person, a conversation and one of our accounts may ask for: so many at once, so many a second for long.

    `work`: what costs: searches, other calls to the outside, a persona's answers."""

    person: Pace
    thread: Pace
    account: Pace
    work: Pace


MESSAGES, WORK = 240, 30


def bounds(messages: int = MESSAGES, work: int = WORK) -> Bounds:
    """Bounds for so many messages of a person a minute, and as many at once; five times that for a conversation. Work:
    so many a minute, twice as many at once."""
    return Bounds(
        person=Pace(burst=messages, per_second=messages / 60),
        thread=Pace(burst=5 * messages, per_second=messages / 12),
        account=Pace(burst=max(30_000, 100 * messages), per_second=max(1000.0, messages * 2.0)),
        work=Pace(burst=2 * work, per_second=work / 60),
    )


class Guard:
    """Counts in memory; who was locked out stays so across restarts and processes."""

    def __init__(self, store: Store, clock: Clock, locks: Locks, within: Bounds) -> None:
        self._store, self._clock, self._locks = store, clock, locks
        self._bounds, self._pacing = within, Pacing(clock)
        self._out: dict[str, Lockout] = {}
        locks.on_wake(_TOPIC, self._heard)
        self._stale = True

    async def refused(self, turn: Turn) -> bool:
        """Whether nothing is done for this Entry; the Turn says why, and to the person once."""
        entry, person = turn.entry, turn.person
        if entry.what not in COUNTED or person is None:
            return False
        if self._stale:
            await self._read()
        if self._out and (out := self._locked(person, turn.thread.id, turn.now)):
            turn.because(f"silent until {out.until:%H:%M:%S}: {out.id.partition(':')[0]} was too fast")
            return True
        claims = self._claims(person, turn.thread.id, entry.place)
        if not self._pacing.wait(claims, urgent=False) or person.role in KEEPERS:
            return False
        await self._too_fast(turn, person, claims)
        return True

    def _claims(self, person: Person, thread: str, place: str) -> list[Claim]:
        b = self._bounds
        account = place[: place.find(":", place.find(":") + 1)]
        return [(f"person:{person.id}", b.person), (f"thread:{thread}", b.thread), (f"account:{account}", b.account)]

    def _locked(self, person: Person, thread: str, now: datetime) -> Lockout | None:
        found = self._out.get(f"person:{person.id}") or self._out.get(f"thread:{thread}")
        if found is None or person.role in KEEPERS:
            return None
        return found if found.until > now else None

    async def _too_fast(self, turn: Turn, person: Person, claims: list[Claim]) -> None:
        """Whoever is over their bounds is locked out for a while; an account that is over sheds without a word."""
        over = [name for name, pace in claims if self._pacing.wait([(name, pace)], urgent=False)]
        what = next((name for name in over if not name.startswith("account:")), "")
        if not what:
            turn.because("silent: this account is asked too much at this moment")
            return
        out = await self._lock_out(turn, what)
        turn.because(f"slowed down: {what.partition(':')[0]} was too fast")
        mine = what.startswith("person:")
        seconds = int((out.until - turn.now).total_seconds())
        text = say("slow_down" if mine else "slow_down_all", name=person.name, minutes=max(1, seconds // 60))
        turn.say(Draft(text=text, notice=True, only_for=(person.id,) if mine and turn.thread.private else ()))

    async def _lock_out(self, turn: Turn, id: str) -> Lockout:
        before = await self._store.get(LOCKOUTS, id)
        times = before.times + 1 if before and turn.now - before.until < FORGIVEN else 1
        out = Lockout(
            id=id, since=turn.now, until=turn.now + min(FIRST * 2 ** (times - 1), LONGEST), times=times,
            version=before.version if before else 0,
        )  # fmt: skip
        turn.change(Replace(LOCKOUTS, out) if before else Insert(LOCKOUTS, out))
        return out

    def work(self, person: Person) -> None:
        """Count something that costs; Explain if they have had enough of it for now."""
        if person.role in KEEPERS:
            return
        wait = self._pacing.wait([(f"work:{person.id}", self._bounds.work)], urgent=False)
        if wait:
            raise Explain(say("enough_work", name=person.name))

    async def changed(self) -> None:
        """Tell every process that a commit has changed a lockout."""
        self._stale = True
        await self._locks.wake(_TOPIC)

    def _heard(self, message: str) -> None:
        self._stale = True

    async def _read(self) -> None:
        found = await self._store.find(LOCKOUTS, {"until": Range(gt=self._clock.now())}, limit=10_000)
        self._out, self._stale = {x.id: x for x in found}, False


def lifted(out: Lockout, now: datetime) -> Lockout:
    """A lockout that is over."""
    return replace(out, until=now)
