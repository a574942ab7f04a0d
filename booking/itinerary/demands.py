"""What wishes demand of the days' visits, met exactly: branch and bound over sets of visits with real timetables."""

from collections.abc import Iterable
from contextlib import suppress

from booking.itinerary.ground import Window
from booking.itinerary.problem import Problem
from booking.itinerary.schedule import Stop, Visit, inserted, timetable
from booking.itinerary.words import matches

Chosen = tuple[tuple[Stop, ...], ...]
Free = tuple[Window | None, ...]
_Name = tuple[str, str, str]
_Branches = list[tuple[int, Stop]]


class Undecided(Exception):
    """The search was given up: neither a plan nor a proof that there is none."""


class Demands:
    """Meets what the wishes demand, for one free time after another; what it learns of a day serves them all."""

    def __init__(self, p: Problem, steps: int) -> None:
        self.wishes = p.wishes
        self._stops = p.stops
        self._steps = steps
        self._tables: dict[tuple[Window | None, frozenset[Stop]], tuple[Visit, ...] | None] = {}
        self._possible: dict[tuple[int, Window | None], tuple[Stop, ...]] = {}
        self._least: dict[tuple[int, Window | None], int | None] = {}
        self.musts = {m: frozenset(s for day in p.stops for s in day if matches(m, s.offer)) for m in p.wishes.must}
        self.least = _Search(self, p.free(None, None)).floor()

    def met(self, free: Free, most: int | None = None) -> tuple[int, Chosen] | None:
        """Price and visits of days that meet the demands for at most `most`; None if that is impossible.

        Undecided if the steps ran out."""
        search = _Search(self, free, None if most is None else most + 1, first=True)
        search.run()
        return search.found

    def best(self, free: Free, below: int | None = None) -> tuple[int, Chosen] | None:
        """The cheapest such days below a price, or the cheapest found before the steps ran out."""
        search: _Search | None = None
        with suppress(Undecided):
            search = _Search(self, free, below)
            search.run()
        return search.found if search else None

    @property
    def tired(self) -> bool:
        """Whether the steps ran out."""
        return self._steps < 0

    def refill(self, steps: int) -> None:
        """Allow more steps."""
        self._steps = max(self._steps, 0) + steps

    def possible(self, n: int, free: Window | None) -> tuple[Stop, ...]:
        """The demanded kinds of stops that fit into a day, each alone, cheapest first."""
        if (n, free) not in self._possible:
            wanted = (s for s in self._stops[n] if self._wanted(s))
            self._possible[n, free] = tuple(s for s in wanted if self.fits(free, (), s))
        return self._possible[n, free]

    def _wanted(self, s: Stop) -> bool:
        counted = self.wishes.per_day > 0 or self.wishes.activities > 0
        return (counted and s.counts) or any(s in found for found in self.musts.values())

    def fits(self, free: Window | None, stops: tuple[Stop, ...], s: Stop) -> bool:
        """Whether one more visit has its place in a timetable of that day and does not make it too long."""
        if self.wishes.minutes is not None and sum(t.minutes for t in stops) + s.minutes > self.wishes.minutes:
            return False
        key = free, frozenset((*stops, s))
        if key not in self._tables:
            self._tables[key] = self._table(free, stops, s)
        return self._tables[key] is not None

    def _table(self, free: Window | None, stops: tuple[Stop, ...], s: Stop) -> tuple[Visit, ...] | None:
        before = self._tables.get((free, frozenset(stops)), ())
        if free is not None and before:
            if len(stops) > 1 and not all(self.fits(free, (t,), s) for t in stops):
                return None
            if easily := inserted(before, s, free):
                return easily
        self.step((1 << len(stops)) * (len(stops) + 1))
        return timetable((*stops, s), free)

    def day_least(self, n: int, free: Window | None) -> int | None:
        """What the number of activities demanded of each day costs at least on this one; None if it cannot be had."""
        if (n, free) not in self._least:
            counted = [s for s in self.possible(n, free) if s.counts]
            self._least[n, free] = self._cheapest_set(free, counted, (), 0, None)
        return self._least[n, free]

    def _cheapest_set(
        self, free: Window | None, rest: list[Stop], kept: tuple[Stop, ...], cost: int, below: int | None
    ) -> int | None:
        lacking = self.wishes.per_day - len(kept)
        if not lacking:
            return cost
        for k, s in enumerate(rest[: len(rest) - lacking + 1]):
            if below is not None and cost + sum(t.cost for t in rest[k : k + lacking]) >= below:
                break
            if all(s.name != t.name for t in kept) and self.fits(free, kept, s):
                found = self._cheapest_set(free, rest[k + 1 :], (*kept, s), cost + s.cost, below)
                below = found if found is not None else below
                if below is not None and len(kept) == 0 and below == 0:
                    break
        return below

    def step(self, weight: int = 1) -> None:
        """So much work of a search."""
        self._steps -= weight
        if self._steps < 0:
            raise Undecided


class _Search:
    """Depth-first over sets of visits per day; `below`: only cheaper ones; `first`: any such one will do."""

    def __init__(self, demands: Demands, free: Free, below: int | None = None, *, first: bool = False) -> None:
        self._demands, self._wishes = demands, demands.wishes
        self._free, self._below, self._first = free, below, first
        self._stops = tuple(demands.possible(n, w) for n, w in enumerate(free))
        self._counted = self._by_name()
        self._day_least = [demands.day_least(n, w) for n, w in enumerate(free)]
        self._all = sorted(((n, s) for n, day in enumerate(self._stops) for s in day), key=lambda b: b[1].cost)
        self._seen: set[frozenset[Stop]] = set()
        self.found: tuple[int, Chosen] | None = None

    def _by_name(self) -> list[tuple[int, _Name]]:
        """Every activity once with its lowest price, cheapest first."""
        costs: dict[_Name, int] = {}
        for day in self._stops:
            for s in day:
                if s.counts:
                    costs[s.name] = min(s.cost, costs.get(s.name, s.cost))
        return sorted((cost, name) for name, cost in costs.items())

    def run(self) -> None:
        """Leaves what it finds in `found`."""
        if None not in self._day_least and self._enough_for_each_day():
            self._visit(tuple(() for _ in self._stops), 0, frozenset())

    def floor(self) -> int | None:
        """A price below which the demands cannot be met, None if they cannot be met at all."""
        if None in self._day_least or not self._enough_for_each_day():
            return None
        return self._bound(tuple(() for _ in self._stops), frozenset())

    def _visit(self, chosen: Chosen, cost: int, used: frozenset[_Name]) -> bool:
        """True once there is nothing more to look for."""
        state = frozenset(s for day in chosen for s in day)
        if state in self._seen:
            return False
        self._seen.add(state)
        self._demands.step(8)
        rest = self._bound(chosen, used)
        if rest is None or (self._below is not None and cost + rest >= self._below):
            return False
        branches = self._branches(chosen, used)
        if branches is None:
            self.found, self._below = (cost, chosen), cost
            return self._first
        for n, s in branches:
            if self._demands.fits(self._free[n], chosen[n], s):
                grown = (*chosen[:n], (*chosen[n], s), *chosen[n + 1 :])
                if self._visit(grown, cost + s.cost, used | {s.name}):
                    return True
        return False

    def _branches(self, chosen: Chosen, used: frozenset[_Name]) -> _Branches | None:
        """All visits that could meet the first unmet demand, cheapest first; None if all demands are met."""
        unmet = self._unmet(chosen)
        if unmet:
            wanted = self._demands.musts[min(unmet, key=lambda m: len(self._demands.musts[m]))]
            return [(n, s) for n, s in self._all if s in wanted and s.name not in used]
        counts = [sum(s.counts for s in day) for day in chosen]
        short = [n for n, count in enumerate(counts) if count < self._wishes.per_day]
        if short:
            n = min(short, key=lambda n: (len(self._stops[n]), -counts[n]))
            return self._spread((n, s) for s in self._stops[n] if s.counts and s.name not in used)
        if sum(counts) < self._wishes.activities:
            return self._spread((n, s) for n, s in self._all if s.counts and s.name not in used)
        return None

    def _spread(self, branches: Iterable[tuple[int, Stop]]) -> _Branches:
        """Cheapest first; where any plan will do, short visits first, for they leave room for more."""
        found = list(branches)
        if self._first and self._below is None:
            found.sort(key=lambda b: b[1].minutes)
        return found

    def _unmet(self, chosen: Chosen) -> list[str]:
        musts = self._demands.musts
        return [m for m in musts if not any(s in musts[m] for day in chosen for s in day)]

    def _bound(self, chosen: Chosen, used: frozenset[_Name]) -> int | None:
        """What the unmet demands cost at least; None if they cannot be met."""
        least = [0]
        for must in self._unmet(chosen):
            wanted = self._demands.musts[must]
            cost = next((s.cost for _, s in self._all if s in wanted and s.name not in used), None)
            if cost is None:
                return None
            least.append(cost)
        counts = [sum(s.counts for s in day) for day in chosen]
        lacking = [max(0, self._wishes.per_day - c) for c in counts]
        needed = max(0, sum(lacking), self._wishes.activities - sum(counts))
        cheap = [cost for cost, name in self._counted if name not in used][:needed] if needed else []
        if len(cheap) < needed:
            return None
        untouched = [cost or 0 for cost, day in zip(self._day_least, chosen, strict=True) if not day]
        return max(*least, sum(cheap), sum(untouched))

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
