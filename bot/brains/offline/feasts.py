"""Days with a name that people travel on: the same day every year, or reckoned from Easter."""

from collections.abc import Callable
from datetime import date, timedelta


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Gauss's reckoning as refined by Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)


def _fixed(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _from_easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days)


def _weekday_of(month: int, weekday: int, nth: int) -> Callable[[int], date]:
    """The nth such weekday of a month; Monday is 0."""
    return lambda year: date(year, month, 1) + timedelta((weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth - 1))


FEASTS: dict[str, Callable[[int], date]] = {
    "christmas eve": _fixed(12, 24),
    "christmas day": _fixed(12, 25),
    "christmas": _fixed(12, 25),
    "boxing day": _fixed(12, 26),
    "new years eve": _fixed(12, 31),
    "new year eve": _fixed(12, 31),
    "new years day": _fixed(1, 1),
    "new years": _fixed(1, 1),
    "valentines day": _fixed(2, 14),
    "valentines": _fixed(2, 14),
    "valentine day": _fixed(2, 14),
    "labour day": _fixed(5, 1),
    "madaraka day": _fixed(6, 1),
    "mashujaa day": _fixed(10, 20),
    "jamhuri day": _fixed(12, 12),
    "halloween": _fixed(10, 31),
    "st patricks day": _fixed(3, 17),
    "womens day": _fixed(3, 8),
    "earth day": _fixed(4, 22),
    "may day": _fixed(5, 1),
    "bastille day": _fixed(7, 14),
    "independence day": _fixed(7, 4),
    "thanksgiving": _weekday_of(11, 3, 4),
    "mothers day": _weekday_of(5, 6, 2),
    "fathers day": _weekday_of(6, 6, 3),
    "memorial day": lambda year: _weekday_of(6, 0, 1)(year) - timedelta(7),
    "labor day": _weekday_of(9, 0, 1),
    "ash wednesday": _from_easter(-46),
    "palm sunday": _from_easter(-7),
    "pentecost": _from_easter(49),
    "good friday": _from_easter(-2),
    "easter monday": _from_easter(1),
    "easter sunday": _from_easter(0),
    "easter weekend": _from_easter(-1),
    "easter": _from_easter(0),
}
