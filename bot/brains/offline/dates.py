"""When: dates as people say them, reckoned from a given today. Impossible and past ones are named."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.brains.offline.days import MONTHS, ORDINALS, TO, WEEKDAYS, Look, When, exact, is_day, month_later, ordinal
from bot.brains.offline.feasts import FEASTS
from bot.brains.offline.joined_days import days_long, together, told_about
from bot.brains.offline.weekends import day_beside, weekend
from bot.brains.offline.words import Word
from bot.names import word_set

_VERBS_TOO = word_set("may march mar sun sat wed")  # also ordinary words: they need company
_COUNTED = word_set(
    "people days nights of rooms tickets adults k thousand dollars euros pounds bob usd kes eur each per"
)
_SEEING = word_set("see seeing do visit visiting cover explore exploring")
_DAY_LEADS = word_set("on by until till from to - –")
_SUBJECTS = word_set("i we he she they you who it the and a my everyone nobody people in of more some")
_MONTH_LEADS = word_set("in of by this next late early mid during for around until since last through")
_PARTS_OF_DAY = word_set("morning afternoon evening night")


def find_dates(words: Sequence[Word], today: date, about: date | None = None) -> list[When]:
    """The days a message names, in order. Never raises; days that cannot be carry a `problem`.

    `about`: the first day of what the message goes on about, in whose month a bare "the 5th" is."""
    look = Look(words, today)
    found: list[When] = []
    i = 0
    while i < len(words):
        when = next((w for rule in _RULES if (w := rule(look, i))), None)
        if when:
            found.append(when)
        i = when.end if when else i + 1
    found = together(look, [w for w in found if not _is_any_week(look, w)] if len(found) > 1 else found)
    return found if about is None else told_about(look, found, about)


def _is_any_week(look: Look, when: When) -> bool:
    """ "Cheaper on a Tuesday": no day in particular where another one is named."""
    return look.low(when.start - 1) in ("a", "any") and look.low(when.start) in WEEKDAYS


def _in_figures(look: Look, i: int) -> When | None:
    """2026-03-05, 5/3 and 5/3/2026 (day first; month first where only that is a date)."""
    text = look.low(i)
    if text.count(".") == 2 and text[0].isdigit() and look.low(i - 1) not in ("at", "by", "around", "about", "pay"):
        text = text.rstrip(".").replace(".", "/")
    if text.count("-") == 2 and text[0].isdigit():
        year, month, day = (int(part) for part in text.split("-"))
        return exact(look, i, i + 1, *((day, month, year) if day > 31 else (year, month, day)))
    if "/" not in text or not text[0].isdigit():
        return None
    day, month, *rest = (int(part) for part in text.split("/"))
    if month > 12 >= day:
        day, month = month, day
    year = rest[0] + (2000 if rest[0] < 100 else 0) if rest else 0
    return exact(look, i, i + 1, year, month, day)


def _day_and_month(look: Look, i: int) -> When | None:
    """March 5th, March the 5th, 5 March, the 5th of March 2026."""
    start = i
    if look.low(i) == "the":
        i += 1
    number, j = ordinal(look, i)
    if number:
        j += look.low(j) == "of"
        j += look.low(j) == "the"
        month = MONTHS.get(look.low(j), 0)
        return _with_year(look, start, j + 1, month, number) if month else None
    month = MONTHS.get(look.low(i), 0)
    if not month:
        return None
    j = i + 1
    j += look.low(j) in (".", ",", "the")
    number, j = ordinal(look, j)
    named_hour = look.low(j) in ("am", "pm", ":")
    counted = look.low(j) in _COUNTED
    return _with_year(look, start, j, month, number) if number and not named_hour and not counted else None


def _with_year(look: Look, start: int, end: int, month: int, day: int) -> When | None:
    comma = look.low(end) == ","
    year = look.low(end + comma)
    if len(year) == 4 and year.isascii() and year.isdigit() and 1900 <= int(year) <= 2100:
        return exact(look, start, end + comma + 1, int(year), month, day)
    return exact(look, start, end, 0, month, day)


def _of_this_month(look: Look, i: int) -> When | None:
    """The 5th, 14th of this month, the 3rd of next month, on the first."""
    start = i
    article = look.low(i) == "the"
    i += article
    i += look.low(i) == "the"
    number, j = ordinal(look, i, marked=True)
    if not number:
        return None
    tail = [look.low(j), look.low(j + 1), look.low(j + 2)]
    if tail[0] in ("of", ",") and tail[1] in ("this", "next", "the") and tail[2] == "month":
        return _in_month(look, start, j + 3, int(tail[1] == "next"), number)
    in_words = look.words[i].low in ORDINALS
    if in_words and (not article or look.low(start - 1) != "on" or _is_noun(look, j)):
        return None
    if _is_noun(look, j) and not article:
        return None
    return _loose_day(look, start, j, number)


def _is_noun(look: Look, i: int) -> bool:
    """What follows "the first" when it is not a day: "the first one", "2nd floor"."""
    follows = word_set(
        "one option floor street st avenue ave time hotel flight bus class thing half edition birthday row"
    )
    return look.low(i) in follows


def _in_month(look: Look, start: int, end: int, later: int, day: int) -> When:
    first = month_later(look.today, later)
    if not is_day(first.year, first.month, day):
        return When(start, end, None, f"there is no day {day} in {first:%B}")
    when = first.replace(day=day)
    if when < look.today:
        return When(start, end, None, f"{when:%-d %B} is in the past")
    return When(start, end, when)


def _loose_day(look: Look, start: int, end: int, day: int) -> When:
    """A bare "the 5th": of this month, or of the first month to come that has such a day."""
    for later in range(3):
        first = month_later(look.today, later)
        if is_day(first.year, first.month, day) and first.replace(day=day) >= look.today:
            return When(start, end, first.replace(day=day), loose=True)
    return When(start, end, None, f"there is no day {day} in a month")


def _near_days(look: Look, i: int) -> When | None:
    """Today, tonight, tomorrow evening, the day after tomorrow, yesterday."""
    ahead = [look.low(i + k) for k in range(4)]
    lead = 1 if ahead[0] == "the" else 0
    if ahead[lead : lead + 3] == ["day", "after", "tomorrow"]:
        return _ahead(look, i, i + lead + 3, 2)
    if ahead[0] == "tomorrow":
        return _ahead(look, i, i + 1 + (ahead[1] in _PARTS_OF_DAY), 1)
    if ahead[0] in ("today", "tonight"):
        return _ahead(look, i, i + 1 + (ahead[1] in _PARTS_OF_DAY), 0)
    if ahead[0] == "later" and ahead[1] in ("today", "tonight"):
        return _ahead(look, i, i + 2, 0)
    if ahead[0] == "this" and ahead[1] in _PARTS_OF_DAY:
        return _ahead(look, i, i + 2, 0)
    if ahead[0] == "yesterday" or (ahead[0] == "last" and (ahead[1] in WEEKDAYS or ahead[1] in ("night", "week"))):
        end = i + 1 + (ahead[0] == "last")
        return When(i, end, None, f"{' '.join(w.text for w in look.words[i:end])} is in the past")
    return None


def _nth_weekday(look: Look, i: int) -> When | None:
    """The last Saturday of March, first Monday of next month."""
    j = i + (look.low(i) == "the")
    nth = _NTH.get(look.low(j), 0)
    weekday = WEEKDAYS.get(look.low(j + 1).removesuffix("s"), WEEKDAYS.get(look.low(j + 1), -1))
    if not nth or weekday < 0 or look.low(j + 2) not in ("of", "in"):
        return None
    k = j + 3
    lead = look.low(k)
    month = MONTHS.get(lead, 0)
    if not month and look.low(k + (lead in ("this", "next", "the"))) != "month":
        return None
    first = month_later(look.today, int(lead == "next"))
    first = date(look.today.year + (month < look.today.month), month, 1) if month else first
    day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    if nth == _LAST:
        day = first + timedelta((weekday - first.weekday()) % 7 + 28)
        day -= timedelta(7 * (day.month != first.month))
    end = k + 1 + (lead in ("this", "next", "the"))
    return When(i, end, day) if day >= look.today else When(i, end, None, f"{day:%-d %B} is in the past")


_LAST = 5
_NTH = {"first": 1, "1st": 1, "second": 2, "third": 3, "fourth": 4, "last": _LAST}


def _ahead(look: Look, start: int, end: int, days: int) -> When:
    return When(start, end, look.today + timedelta(days))


def _weekday(look: Look, i: int) -> When | None:
    """Friday, this Friday, next Friday, Friday next week, next week Friday, Saturday this week."""
    start, lead = i, look.low(i)
    if lead in ("this", "next", "coming", "following"):
        i += 1
        i += look.low(i) in ("coming", "week")
        i += look.low(i) in ("'s", ",", "on")
    if look.low(i) not in WEEKDAYS or (
        look.low(i) in _VERBS_TOO
        and not (look.words[i].name or lead in ("this", "next") or look.low(i - 1) in _DAY_LEADS or _is_aside(look, i))
    ):
        return None
    end = i + 1
    comma = look.low(end) == ","
    week = look.low(end + comma)
    if week in ("this", "next", "of") and "week" in (look.low(end + comma + 1), look.low(end + comma + 2)):
        lead = "next" if "next" in (week, look.low(end + comma + 1)) else "this"
        end += comma + 2 + (week == "of")
    end += look.low(end) in _PARTS_OF_DAY
    if look.low(end) == "week" and end == i + 1:  # "Saturday week"
        return When(start, end + 1, _weekday_on(look.today, WEEKDAYS[look.low(i)], "") + timedelta(7))
    return When(start, end, _weekday_on(look.today, WEEKDAYS[look.low(i)], lead))


def _is_aside(look: Look, i: int) -> bool:
    """ "Bus LA to Vegas sat 2 people": the day, and nobody who sat; nor "the sun"."""
    follows = look.low(i + 1)
    ends = not follows or follows[0].isdigit() or follows in _PARTS_OF_DAY
    ranged = follows in TO and look.low(i + 2) in WEEKDAYS
    return ranged or (i > 0 and look.low(i - 1) not in _SUBJECTS and ends)


def _weekday_on(today: date, weekday: int, lead: str) -> date:
    """ "next" is the one in the calendar week to come (weeks begin on Monday), else the first to come."""
    if lead == "next":
        return today + timedelta(7 - today.weekday() + weekday)
    return today + timedelta((weekday - today.weekday()) % 7)


def _spans(look: Look, i: int) -> When | None:
    """In 3 days, two weeks from now, in a week, next week, this weekend, next month."""
    low, nxt = look.low(i), look.low(i + 1)
    if low == "in" and _SEEING & {look.low(k) for k in range(max(0, i - 8), i)}:
        return None  # "see Rome in 2 days"
    if low in ("this", "the", "next", "coming", "following") and nxt == "weekend":
        saturday = _weekday_on(look.today, 5, "next" if low in ("next", "following") else "this")
        return When(i, i + 2, look.today if look.today.weekday() == 6 and low == "this" else saturday, note="weekend")
    if low == "next" and nxt == "week":
        return When(i, i + 2, _weekday_on(look.today, 0, "next"), note="week")
    if low == "week" and nxt == "after" and look.low(i + 2) == "next":
        week = next((k for k in range(i + 3, i + 6) if look.low(k) in WEEKDAYS), 0)
        told = week and all(look.low(k) in (",", "on") for k in range(i + 3, week))
        days = 14 - look.today.weekday() + (WEEKDAYS[look.low(week)] if told else 0)
        return replace(_ahead(look, i, week + 1 if told else i + 3, days), note="" if told else "week")
    if low == "next" and nxt == "month":
        first = month_later(look.today, 1)
        return When(i, i + 2, first, note=f"{first:%B}".lower())
    if low in ("next", "coming", "following") and (ahead := days_long(look, i + 1))[0]:
        return When(i, ahead[1], look.today + timedelta(1), note="days")
    if low == "in" or low == "after":
        days, end = days_long(look, i + 1)
        days = 0 if days == 1 and low == "in" else days  # "in one day" is how long it takes
        return _ahead(look, i, end, days) if days and look.low(end) not in _PLACED else None
    days, end = days_long(look, i)
    if days and look.low(end) == "from" and look.low(end + 1) in ("now", "today", "tomorrow"):
        return _ahead(look, i, end + 2, days + (look.low(end + 1) == "tomorrow"))
    after = _weekday(look, end + 1) if days and look.low(end) == "from" else None
    return replace(after, start=i, day=after.day + timedelta(days)) if after and after.day else None


_PLACED = frozenset(("in", "at"))  # "in 3 days in Mombasa" counts nights, not days until then


def _month_alone(look: Look, i: int) -> When | None:
    """In March, next July, early May: the first day of it that is still to come."""
    start, part = i, look.low(i)
    early = part in ("early", "mid", "late", "end", "beginning", "middle", "start")
    if early:
        i += 1
        i += look.low(i) in ("-", "of")
    month, lead = MONTHS.get(look.low(i), 0), look.low(i - 1)
    if not month or (look.low(i) in _VERBS_TOO and not early and lead not in _MONTH_LEADS):
        return None
    if look.low(i) == "may" and not look.words[i].name and look.low(i + 1) in ("i", "be", "we", "have", "not", "you"):
        return None
    end, year = i + 1, look.low(i + 1)
    if len(year) == 4 and year.isascii() and year.isdigit() and 2000 <= int(year) <= 2100:
        end, first = i + 2, date(int(year), month, 1)
    else:
        first = date(look.today.year + (month < look.today.month), month, 1)
    day = {"mid": 11, "middle": 11, "late": 21, "end": 25}.get(part, 1)
    when = max(first.replace(day=day), look.today + timedelta(1))
    if when.month != month:
        when = when if first >= look.today.replace(day=1) else first
    past = first < look.today.replace(day=1)
    problem = f"{first:%B %Y} is in the past" if past else ""
    return When(start, end, None if past else when, problem, note=f"{first:%B}".lower())


def _feast(look: Look, i: int) -> When | None:
    """Christmas, New Year's Eve, Easter, Jamhuri Day and the like."""
    for length in (4, 3, 2, 1) if look.low(i) in _FEASTS_BEGIN else ():
        key = " ".join(look.low(i + k) for k in range(length)).replace(" 's", "s")
        day_of = FEASTS.get(key)
        if day_of:
            this_year = day_of(look.today.year)
            return When(i, i + length, this_year if this_year >= look.today else day_of(look.today.year + 1), note=key)
    return None


def _weekend(look: Look, i: int) -> When | None:
    """The weekend of the 14th, the last weekend of May, the day after Christmas and the like."""
    return weekend(look, i, _a_day) or day_beside(look, i, _named_day)


def _named_day(look: Look, i: int) -> When | None:
    """A day of its own: "12 December", "the 14th", "Christmas"."""
    rules = (_in_figures, _day_and_month, _of_this_month, _feast)
    return next((w for rule in rules if (w := rule(look, i))), None)


def _a_day(look: Look, i: int) -> When | None:
    """A day of its own, a bare number of the month too: "of 12 December", "of the 14"."""
    found = _named_day(look, i)
    number, end = ordinal(look, i)
    return found or (_loose_day(look, i, end, number) if 0 < number < 32 else None)


_FEASTS_BEGIN = frozenset(key.split()[0].removesuffix("s") for key in FEASTS) | {key.split()[0] for key in FEASTS}
_RULES: tuple[Callable[[Look, int], When | None], ...] = (
    _in_figures, _weekend, _nth_weekday, _near_days, _day_and_month, _of_this_month, _weekday, _spans, _feast,
    _month_alone,
)  # fmt: skip
