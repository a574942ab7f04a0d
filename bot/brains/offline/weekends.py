"""Weekends as people name them, each one its Saturday whatever day of it was said, and days beside another."""

from collections.abc import Callable
from datetime import date, timedelta

from bot.brains.offline.days import MONTHS, Look, When, month_later
from bot.brains.offline.joined_days import days_long

Rule = Callable[[Look, int], When | None]

_SATURDAY, _SUNDAY = 5, 6
_LAST = 5
_NTH = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "last": _LAST}
# How far the Saturday of the nearest weekend is from each day, Monday first.
_TO_SATURDAY = (-2, -3, 3, 2, 1, 0, -1)


def weekend(look: Look, i: int, day_at: Rule) -> When | None:
    """The weekend of the 14th, after next, before Christmas, the last one of May; None for plainer ones.

    `day_at` reads the day it lies at."""
    j = i + (look.low(i) == "the")
    nth = _NTH.get(look.low(j), 0)
    marked = not nth and look.low(j).isdigit() and look.low(j + 1) in ("st", "nd", "rd", "th")
    nth = int(look.low(j)) if marked else nth
    j += 1 + marked if nth else 0
    if look.low(j) not in ("weekend", "weekends") or nth > _LAST:
        return None
    if nth:
        return _of_month(look, i, j, nth)
    how, at = look.low(j + 1), j + 2
    if how == "after" and look.low(at) == "next":
        return _told(look, i, at + 1, _saturday_after(look.today + timedelta(14 - look.today.weekday())))
    near = _day(look, at, day_at) if how in ("of", "around", "before", "after") else None
    if near is None or near.day is None:
        return None
    return _told(look, i, near.end, _beside(look.today, near.day, how))


def day_beside(look: Look, i: int, day_at: Rule) -> When | None:
    """The day after Christmas, two days before 5 May."""
    start = i + (look.low(i) == "the")
    days, end = (1, start + 1) if look.low(start) == "day" else days_long(look, start)
    way = {"after": 1, "before": -1}.get(look.low(end), 0)
    near = day_at(look, end + 1) if days and way else None
    if near is None or near.day is None or (near.loose and look.low(start) != "day"):
        return None
    day = near.day + timedelta(way * days)
    return When(i, near.end, day) if day >= look.today else None


def _of_month(look: Look, start: int, j: int, nth: int) -> When | None:
    """The nth Saturday of a month and the day after it."""
    k = j + 2
    lead = look.low(k)
    month = MONTHS.get(lead, 0)
    months = 1 if month else 2
    if look.low(j + 1) not in ("of", "in") or (not month and lead not in ("this", "next", "the")):
        return None
    if not month and look.low(k + 1) != "month":
        return None
    first = month_later(look.today, int(lead == "next"))
    first = date(look.today.year + (month < look.today.month), month, 1) if month else first
    day = first + timedelta((_SATURDAY - first.weekday()) % 7 + 7 * (nth - 1))
    day -= timedelta(7 * (nth == _LAST and day.month != first.month))
    return _told(look, start, k + months, day)


def _day(look: Look, i: int, day_at: Rule) -> When | None:
    """The day named there; a bare number is one of the month."""
    return day_at(look, i) or (day_at(look, i + 1) if look.low(i) == "the" else None)


def _beside(today: date, day: date, how: str) -> date:
    if how == "before":
        before = day - timedelta((day.weekday() - _SATURDAY) % 7 or 7)
        return before - timedelta(7 if day.weekday() == _SUNDAY else 0)
    if how == "after":
        return _saturday_after(day + timedelta(1))
    saturday = day + timedelta(_TO_SATURDAY[day.weekday()])
    return saturday if saturday + timedelta(1) >= today else saturday + timedelta(7)


def _saturday_after(day: date) -> date:
    """The first Saturday from a day on."""
    return day + timedelta((_SATURDAY - day.weekday()) % 7)


def _told(look: Look, start: int, end: int, saturday: date) -> When:
    """Its Saturday; its Sunday where that is today."""
    if saturday + timedelta(1) < look.today:
        return When(start, end, None, f"{saturday:%-d %B} is in the past")
    return When(start, end, max(saturday, look.today), note="weekend")
