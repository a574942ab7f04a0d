"""What happened to the sandbox world: prices put up, places sold to us and to others, kept for every process."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.providers.sandbox.market import Moment
from booking.providers.sandbox.orders import ORDERS, stood
from booking.providers.sandbox.refs import Ref
from bot.clock import Clock
from bot.documents import In, Index, Insert, Kind
from bot.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From `since` on, what this stem stands for costs `percent` more or, if `gone`, is sold out."""

    id: str
    stem: str
    since: datetime
    percent: int = 0
    gone: bool = False
    version: int = 0


CHANGES = Kind("sandbox_changes", Change, (Index(("stem",)),))
_MOST, _MOST_ORDERS = 1000, 10_000


class Changes:
    """Reads and writes them."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def moments(self, refs: Sequence[Ref], at: datetime) -> list[Moment]:
        """The moment as each reference sees it."""
        stems = [ref.stem for ref in refs]
        those = {"stem": In(list(dict.fromkeys(stems)))}
        changes = await self._store.find(CHANGES, those, limit=_MOST)
        taken: Counter[str | None] = Counter()
        for order in await self._store.find(ORDERS, those, limit=_MOST_ORDERS):
            taken[order.stem] += order.needs if stood(order, at) else 0
        return [_moment(at, [c for c in changes if c.stem == stem], taken[stem]) for stem in stems]

    async def add(self, refs: Iterable[Ref], at: datetime, *, percent: int = 0, gone: bool = False) -> None:
        """Let it happen to these at that moment."""
        tick = self._clock.tick()
        stems = dict.fromkeys(ref.stem for ref in refs)
        await self._store.commit(
            [
                Insert(CHANGES, Change(id=f"{tick:020d}-{n}", stem=stem, since=at, percent=percent, gone=gone))
                for n, stem in enumerate(stems)
            ]
        )


def _moment(at: datetime, changes: Sequence[Change], taken: int) -> Moment:
    past = [c for c in changes if c.since <= at]
    return Moment(at, raised=sum(c.percent for c in past), gone=any(c.gone for c in past), taken=taken)
