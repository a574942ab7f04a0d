"""Months, weekdays and days of the month as words: what every way to name a day is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.brains.offline.words import Word

_MONTHS = (
    ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
    ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
    ("december", "dec"),
)  # fmt: skip
MONTHS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_DAYS = (
    ("monday", "mon"), ("tuesday", "tue", "tues"), ("wednesday", "wed", "weds"), ("thursday", "thu", "thur", "thurs"),
    ("friday", "fri"), ("saturday", "sat"), ("sunday", "sun"),
)  # fmt: skip
WEEKDAYS = {name: number for number, names in enumerate(_DAYS) for name in names}
TO = frozenset(("to", "-", "–", "—", "until", "till", "through", "and"))
_NTH = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth"
)
ORDINALS = {word: number for number, word in enumerate(_NTH.split(), 1)} | {"thirtieth": 30}


@dataclass(frozen=True, slots=True)
class When:
    """Words `start` up to `end` (exclusive) name a day.

    `day` is None when it cannot be: `problem` then says why, as the end of a sentence. `note` keeps what
    a single day loses: "march", "weekend". `loose`: a bare day of the month, such as "the 5th".
    """

    start: int
    end: int
    day: date | None
    problem: str = ""
    note: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    words: Sequence[Word]
    today: date

    def low(self, i: int) -> str:
        return self.words[i].low if 0 <= i < len(self.words) else ""


def exact(look: Look, start: int, end: int, year: int, month: int, day: int) -> When:
    """The day itself; without a year the next one to come."""
    said = " ".join(w.text for w in look.words[start:end]).replace(" th", "th").replace(" st", "st")
    said = said.replace(" nd", "nd").replace(" rd", "rd")
    try:
        when = date(year or look.today.year, month, day)
        if not year and when < look.today:
            when = _next_year(when)
    except ValueError:
        leap = next((y for y in range(look.today.year, look.today.year + 8) if not year and is_day(y, month, day)), 0)
        return When(start, end, date(leap, month, day)) if leap else When(start, end, None, f"{said} is not a date")
    if when < look.today:
        return When(start, end, None, f"{said} is in the past")
    return When(start, end, when)


def _next_year(when: date) -> date:
    for year in range(when.year + 1, when.year + 9):
        if is_day(year, when.month, when.day):
            return when.replace(year=year)
    return when


def is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= (date(year + month // 12, month % 12 + 1, 1) - timedelta(1)).day


def month_later(today: date, months: int) -> date:
    """The first of this month or of a later one."""
    count = today.year * 12 + today.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)


def ordinal(look: Look, i: int, marked: bool = False) -> tuple[int, int]:
    """(number, where it ends) of "5", "5th", "fifth", "twenty first"; marked: only with its ending."""
    low = look.low(i)
    if low in ORDINALS:
        return ORDINALS[low], i + 1
    if low in ("twenty", "thirty"):
        j = i + 2 if look.low(i + 1) == "-" else i + 1
        ones = ORDINALS.get(look.low(j), 99)
        return (20 if low == "twenty" else 30) + ones if ones < 10 else 0, j + 1
    if low.isascii() and low.isdigit() and len(low) <= 2:
        if look.low(i + 1) in ("st", "nd", "rd", "th"):
            return int(low) or 99, i + 2
        return (0 if marked else int(low) or 99), i + 1
    return 0, i
