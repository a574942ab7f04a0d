"""A pleasant day: what the persona likes best, at hours people like, within what is left of time and money."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from booking.itinerary.ground import Window, local, minute
from booking.itinerary.schedule import Stop, Visit, timetable
from booking.itinerary.words import any_matches, matches
from booking.offers import OfferKind
from booking.trips import Wishes

_STEP = 15
_MORNING, _EVENING, _NIGHT = time(8, 30), time(17, 0), time(23, 59)
_SEE = (_MORNING, time(18, 30))
_OUT_LATE = (_EVENING, time(22, 0))
_LUNCH = (time(12, 0), time(14, 0))
_DINNER = (time(18, 30), time(20, 45))
_MEALS = {"lunch": (time(11, 0), time(15, 30)), "dinner": (time(17, 0), time(22, 30))}
_SEEING = ("see", "late")
_TRIED = 16
_ROUNDS = {
    "slow": "see dinner lunch see", "middle": "see dinner see lunch late", "fast": "see dinner see lunch see late",
}  # fmt: skip
_PACE = {
    "slow": "slow", "relaxed": "slow", "calm": "slow", "luxury": "slow", "packed": "fast", "fast": "fast",
    "active": "fast", "busy": "fast", "adventurous": "fast", "backpacker": "fast",
}  # fmt: skip


def pace(style: str) -> str:
    """How full a day should be for a travel style: slow, middle or fast."""
    return next((_PACE[word] for word in style.casefold().replace(",", " ").split() if word in _PACE), "middle")


@dataclass(slots=True)
class Course:
    """One day in the making: its free time, the visits kept so far and what there is to add.

    `theme`: words that come first on this day.
    """

    date: date
    free: Window | None
    choice: Sequence[Stop]
    kept: tuple[Stop, ...] = ()
    theme: tuple[str, ...] = ()


@dataclass(slots=True)
class Fill:
    """Fills days round by round, so that no day is left for last.

    `order`: attraction -> place in the persona's ranking. `left`: minor units that may still be spent, None
    for no limit. `used`: attractions that are on the plan already. `shunned`: those that come only where they
    are demanded.
    """

    zone: str
    wishes: Wishes
    order: Mapping[tuple[str, str, str], int]
    left: int | None
    used: set[tuple[str, str, str]] = field(default_factory=set)
    shunned: frozenset[tuple[str, str, str]] = frozenset()

    def days(self, courses: Sequence[Course], style: str = "") -> list[tuple[Visit, ...]]:
        """The timetable of each day, with its kept visits in any case."""
        self.used |= {s.name for c in courses for s in c.kept}
        rounds = _ROUNDS[pace(style)].split()
        self._wanted(courses)
        for n, role in enumerate(rounds):
            wanted = sum(r in _SEEING for r in rounds[: n + 1])
            for course in courses:
                if not self._has(course, role, wanted):
                    self._add(course, role, (len(rounds) - n) * len(courses), free=True)
        return [self._timed(course) for course in courses]

    def _wanted(self, courses: Sequence[Course]) -> None:
        """First what was asked for by name or taste, then the activities that were asked for by number."""
        for word in (*self.wishes.must, *self.wishes.likes):
            if not any(matches(word, s.offer) for c in courses for s in c.kept):
                self._one_of(courses, word)
        for course in courses:
            while sum(s.counts for s in course.kept) < self.wishes.per_day and self._add(course, "see", 1):
                pass
        while self._counted(courses) < self.wishes.activities and self._round(courses):
            pass

    def _round(self, courses: Sequence[Course]) -> bool:
        return any([self._add(c, "see", 1) for c in courses])  # noqa: C419  one for each day, not only the first

    @staticmethod
    def _counted(courses: Sequence[Course]) -> int:
        return sum(s.counts for c in courses for s in c.kept)

    def _has(self, course: Course, role: str, wanted: int) -> bool:
        """Whether a day has that meal, or so many visits, already."""
        if role in _SEEING:
            return sum(s.offer.kind != OfferKind.RESTAURANT for s in course.kept) >= wanted
        first, last = (minute(local(course.date, at, self.zone)) for at in _MEALS[role])
        meals = (s.starts for s in course.kept if s.offer.kind == OfferKind.RESTAURANT)
        return any(first <= a and b <= last for starts in meals for a, b in starts)

    def _one_of(self, courses: Sequence[Course], word: str) -> None:
        for course in sorted(courses, key=lambda c: len(c.kept)):
            for role in ("see", "late", "dinner", "lunch", "any"):
                if self._add(course, role, 1, word):
                    return

    def _add(self, course: Course, role: str, slots: int, word: str = "", *, free: bool = False) -> bool:
        """Keep the best visit that fits. `slots`: how many visits the money is to last for; `free`: none is due."""
        allowance = None if self.left is None else max(0, self.left * 3 // max(3, slots))
        for s in self._candidates(course, role, word):
            if (allowance is not None and s.cost > allowance) or (free and s.name in self.shunned):
                continue
            grown = (*course.kept, s)
            if self._short_enough(grown) and timetable(grown, course.free, _STEP) is not None:
                course.kept = grown
                self.used.add(s.name)
                self.left = None if self.left is None else self.left - s.cost
                return True
        return False

    def _short_enough(self, stops: Iterable[Stop]) -> bool:
        return self.wishes.minutes is None or sum(s.minutes for s in stops) <= self.wishes.minutes

    def _candidates(self, course: Course, role: str, word: str) -> list[Stop]:
        unused = (s for s in course.choice if s.name not in self.used and (not word or matches(word, s.offer)))
        fitting = [s for visit in unused if (s := at_good_hours(visit, role, course.date, self.zone))]
        last = len(self.order)
        fitting.sort(key=lambda s: (not any_matches(course.theme, s.offer), self.order.get(s.name, last)))
        return fitting[:_TRIED]

    def _timed(self, course: Course) -> tuple[Visit, ...]:
        table = timetable(course.kept, course.free, _STEP) or timetable(course.kept, course.free)
        if table is None:
            raise ValueError(f"kept visits do not fit on {course.date}")
        return table


def at_good_hours(s: Stop, role: str, day: date, zone: str) -> Stop | None:
    """The visit at hours that suit a role (see, late, lunch, dinner, any); None if it is not one for it."""
    eats = s.offer.kind == OfferKind.RESTAURANT
    if role == "any":
        return s
    if eats != (role in ("lunch", "dinner")):
        return None
    first, last = {"see": _SEE, "late": _OUT_LATE, "lunch": _LUNCH, "dinner": _DINNER}[role]
    return s.within(minute(local(day, first, zone)), minute(local(day, last, zone)))


def fixed(visit: Visit) -> Stop:
    """A visit as a stop that cannot move."""
    return replace(visit.stop, starts=((visit.start, visit.start),))


def cosy(stops: Sequence[Stop], day: date, zone: str, free: Window | None) -> tuple[Stop, ...]:
    """The same visits, each at good hours as far as the day allows it."""
    kept = tuple(stops)
    for n, s in enumerate(kept):
        for role in ("see", "late", "dinner", "lunch"):
            better = at_good_hours(s, role, day, zone)
            tried = (*kept[:n], better, *kept[n + 1 :]) if better else ()
            if better and timetable(tried, free, _STEP) is not None:
                kept = tried
                break
    return kept
