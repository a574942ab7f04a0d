"""The cheapest plan that keeps every hard wish, found exactly: only if there is none, there is none."""

from collections.abc import Iterable
from dataclasses import dataclass

from booking.itinerary.ground import Window
from booking.itinerary.problem import Frame, Priced, Problem
from booking.itinerary.schedule import Stop, timetable
from booking.itinerary.words import matches

Chosen = tuple[tuple[Stop, ...], ...]
Free = tuple[Window | None, ...]
_Name = tuple[str, str, str]


class Undecided(Exception):
    """The search was given up: neither a plan nor a proof that there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The cheapest feasible plan: rides, hotel and the visits of each day that the wishes demand."""

    frame: Frame
    stay: Priced
    days: Chosen
    cost: int


def cheapest(p: Problem, steps: int = 40_000) -> Solution | None:
    """The cheapest plan whatever the budget, or None if there is none. Undecided after so many steps.

    A hotel takes no part in the timetable, so the cheapest is right for every frame. Frames come cheapest
    first; no later one can win once its price and the least price of the demanded visits exceed the best.
    """
    demands = Demands(p, steps)
    least = demands.least
    if not p.stays or least is None:
        return None
    best: Solution | None = None
    for frame in p.frames():
        base = frame.cost + p.stays[0].cost
        if best and base + least >= best.cost:
            break
        visits = demands.met(frame.free, best.cost - base if best else None)
        if visits is not None:
            best = Solution(frame=frame, stay=p.stays[0], days=visits[1], cost=base + visits[0])
    return best


class Demands:
    """Meets what the wishes demand of visits at the least price, for one free time after another."""

    def __init__(self, p: Problem, steps: int = 40_000) -> None:
        self.wishes = p.wishes
        self._stops = p.stops
        self._steps = steps
        self._fits: dict[tuple[Window | None, frozenset[Stop]], bool] = {}
        self._possible: dict[tuple[int, Window | None], tuple[Stop, ...]] = {}
        self.least = _Search(self, tuple(self.possible(n, w) for n, w in enumerate(p.free(None, None))), ()).floor()

    def met(self, free: Free, below: int | None = None) -> tuple[int, Chosen] | None:
        """Price and visits of each day, None unless some are cheaper than `below`. Undecided if it takes too long."""
        stops = tuple(self.possible(n, w) for n, w in enumerate(free))
        return _Search(self, stops, free, below).run()

    def possible(self, n: int, free: Window | None) -> tuple[Stop, ...]:
        """The demanded kinds of stops that fit into a day, each alone."""
        if (n, free) not in self._possible:
            wanted = (s for s in self._stops[n] if self._wanted(s))
            self._possible[n, free] = tuple(s for s in wanted if self.fits(free, (s,)))
        return self._possible[n, free]

    def _wanted(self, s: Stop) -> bool:
        counted = self.wishes.per_day > 0 or self.wishes.activities > 0
        return (counted and s.counts) or any(matches(m, s.offer) for m in self.wishes.must)

    def fits(self, free: Window | None, stops: tuple[Stop, ...]) -> bool:
        """Whether these visits have a timetable on that day and are not too long together."""
        if self.wishes.minutes is not None and sum(s.minutes for s in stops) > self.wishes.minutes:
            return False
        key = free, frozenset(stops)
        if key not in self._fits:
            self._fits[key] = timetable(stops, free) is not None
        return self._fits[key]

    def step(self) -> None:
        """One step of a search."""
        self._steps -= 1
        if self._steps < 0:
            raise Undecided


class _Search:
    """Depth-first branch and bound over sets of visits per day."""

    def __init__(self, demands: Demands, stops: Chosen, free: Free, below: int | None = None) -> None:
        self._demands, self._wishes = demands, demands.wishes
        self._stops, self._free, self._below = stops, free, below
        self._seen: set[frozenset[Stop]] = set()
        self._best: tuple[int, Chosen] | None = None

    def run(self) -> tuple[int, Chosen] | None:
        if self._enough_for_each_day():
            self._visit(tuple(() for _ in self._stops), 0)
        return self._best

    def floor(self) -> int | None:
        """A price below which the demands cannot be met, None if they cannot be met at all."""
        return self._bound(tuple(() for _ in self._stops))

    def _visit(self, chosen: Chosen, cost: int) -> None:
        state = frozenset(s for day in chosen for s in day)
        if state in self._seen:
            return
        self._seen.add(state)
        self._demands.step()
        rest = self._bound(chosen)
        if rest is None or (self._below is not None and cost + rest >= self._below):
            return
        branches = self._branches(chosen)
        if branches is None:
            self._best, self._below = (cost, chosen), cost
            return
        for n, s in branches:
            grown = (*chosen[n], s)
            if self._demands.fits(self._free[n], grown):
                self._visit((*chosen[:n], grown, *chosen[n + 1 :]), cost + s.cost)

    def _branches(self, chosen: Chosen) -> list[tuple[int, Stop]] | None:
        """All visits that could meet the first unmet demand, cheapest first; None if all demands are met."""
        if unmet := self._unmet(chosen):
            return self._unused(chosen, range(len(chosen)), unmet[0])
        counts = [sum(s.counts for s in day) for day in chosen]
        short = [n for n, count in enumerate(counts) if count < self._wishes.per_day]
        if short:
            return self._unused(chosen, [min(short, key=lambda n: len(self._stops[n]))])
        return self._unused(chosen, range(len(chosen))) if sum(counts) < self._wishes.activities else None

    def _unused(self, chosen: Chosen, days: Iterable[int], must: str = "") -> list[tuple[int, Stop]]:
        used = {s.name for day in chosen for s in day}
        found = [
            (n, s) for n in days for s in self._stops[n]
            if s.name not in used and (matches(must, s.offer) if must else s.counts)
        ]  # fmt: skip
        return sorted(found, key=lambda branch: branch[1].cost)

    def _unmet(self, chosen: Chosen) -> list[str]:
        return [m for m in self._wishes.must if not any(matches(m, s.offer) for day in chosen for s in day)]

    def _bound(self, chosen: Chosen) -> int | None:
        """What the unmet demands cost at least; None if they cannot be met."""
        all_days = range(len(chosen))
        musts = [min((s.cost for _, s in self._unused(chosen, all_days, m)), default=None) for m in self._unmet(chosen)]
        counts = [sum(s.counts for s in day) for day in chosen]
        lacking = sum(max(0, self._wishes.per_day - c) for c in counts)
        needed = max(0, lacking, self._wishes.activities - sum(counts))
        names: dict[_Name, int] = {}
        for _, s in self._unused(chosen, all_days) if needed else ():
            names.setdefault(s.name, s.cost)
        if None in musts or needed > len(names):
            return None
        return max([sum(sorted(names.values())[:needed]), *(m for m in musts if m is not None)])

    def _enough_for_each_day(self) -> bool:
        """Whether every day can get its number of different activities: a matching of days to attractions."""
        names = [{s.name for s in day if s.counts} for day in self._stops]
        taken: dict[_Name, int] = {}

        def find(n: int, tried: set[_Name]) -> bool:
            for name in names[n] - tried:
                tried.add(name)
                if name not in taken or find(taken[name], tried):
                    taken[name] = n
                    return True
            return False

        return all(find(n, set()) for n in range(len(names)) for _ in range(self._wishes.per_day))
