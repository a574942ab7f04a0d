"""When: dates as people say them, reckoned from a given today. Impossible and past ones are named."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.brains.offline.days import MONTHS, ORDINALS, WEEKDAYS, Look, When, exact, is_day, month_later, ordinal
from bot.brains.offline.feasts import FEASTS
from bot.brains.offline.numbers import find_numbers
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
_TO = word_set("to - – — until till through and")


def find_dates(words: Sequence[Word], today: date) -> list[When]:
    """The days a message names, in order. Never raises; days that cannot be carry a `problem`."""
    look = Look(words, today)
    found: list[When] = []
    i = 0
    while i < len(words):
        when = next((w for rule in _RULES if (w := rule(look, i))), None)
        if when:
            found.append(when)
        i = when.end if when else i + 1
    found = _share_weeks(look, _share_months(look, _told_twice(look, found)))
    return _go_on(look, _to_day(look, found), today)


def _in_figures(look: Look, i: int) -> When | None:
    """2026-03-05, 5/3 and 5/3/2026 (day first; month first where only that is a date)."""
    text = look.low(i)
    if text.count("-") == 2 and text[0].isdigit():
        year, month, day = (int(part) for part in text.split("-"))
        return exact(look, i, i + 1, year, month, day)
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
    return When(start, end, _weekday_on(look.today, WEEKDAYS[look.low(i)], lead))


def _is_aside(look: Look, i: int) -> bool:
    """ "Bus LA to Vegas sat 2 people": the day, and nobody who sat; nor "the sun"."""
    follows = look.low(i + 1)
    ends = not follows or follows[0].isdigit() or follows in _PARTS_OF_DAY
    ranged = follows in _TO and look.low(i + 2) in WEEKDAYS
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
    if low in ("this", "the", "next", "coming") and nxt == "weekend":
        saturday = _weekday_on(look.today, 5, "next" if low == "next" else "this")
        return When(i, i + 2, look.today if look.today.weekday() == 6 and low == "this" else saturday, note="weekend")
    if low == "next" and nxt == "week":
        return When(i, i + 2, _weekday_on(look.today, 0, "next"), note="week")
    if low == "next" and nxt == "month":
        first = month_later(look.today, 1)
        return When(i, i + 2, first, note=f"{first:%B}".lower())
    if low in ("next", "coming", "following") and (ahead := _days_long(look, i + 1))[0]:
        return When(i, ahead[1], look.today + timedelta(1), note="days")
    if low == "in" or low == "after":
        days, end = _days_long(look, i + 1)
        days = 0 if days == 1 and low == "in" else days  # "in one day" is how long it takes
        return _ahead(look, i, end, days) if days and look.low(end) not in _PLACED else None
    days, end = _days_long(look, i)
    if days and look.low(end) == "from" and look.low(end + 1) in ("now", "today", "tomorrow"):
        return _ahead(look, i, end + 2, days + (look.low(end + 1) == "tomorrow"))
    after = _weekday(look, end + 1) if days and look.low(end) == "from" else None
    return replace(after, start=i, day=after.day + timedelta(days)) if after and after.day else None


_PLACED = frozenset(("in", "at"))  # "in 3 days in Mombasa" counts nights, not days until then


def _days_long(look: Look, i: int) -> tuple[int, int]:
    """(days, where it ends) of "3 days", "a week", "two weeks"."""
    unit = {"day": 1, "days": 1, "week": 7, "weeks": 7}
    if look.low(i) in ("a", "one") and look.low(i + 1) in unit:
        return unit[look.low(i + 1)], i + 2
    number = next((n for n in find_numbers(look.words[i : i + 4]) if n.start == 0), None)
    if number is None or number.value > 400:
        return 0, i
    length = unit.get(look.low(i + number.end), 0)
    return number.value * length, i + number.end + 1


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
    for length in (4, 3, 2, 1):
        key = " ".join(look.low(i + k) for k in range(length)).replace(" 's", "s")
        day_of = FEASTS.get(key)
        if day_of:
            this_year = day_of(look.today.year)
            return When(i, i + length, this_year if this_year >= look.today else day_of(look.today.year + 1), note=key)
    return None


_RULES: tuple[Callable[[Look, int], When | None], ...] = (
    _in_figures, _near_days, _day_and_month, _of_this_month, _weekday, _spans, _feast, _month_alone,
)  # fmt: skip


def _share_months(look: Look, found: list[When]) -> list[When]:
    """ "5th to 8 March": the first day takes the second one's month; bare "5 to 8 March" and "5-8 March" too."""
    shared: list[When] = []
    for when in found:
        day, start = _day_before(look, when, shared)
        if day and when.day:
            if shared and shared[-1].end > start:
                shared.pop()
            shared.append(exact(look, start, when.start - 1, when.day.year, when.day.month, day))
        shared.append(when)
    return shared


def _share_weeks(look: Look, found: list[When]) -> list[When]:
    """ "Tuesday to Thursday next week" and "next Tuesday, back on Thursday" are days of one week, the second after the
    first."""
    shared: list[When] = []
    for when in found:
        before = shared[-1] if shared else None
        between = {look.low(i) for i in range(before.end, when.start)} if before else set()
        joined = before and len(between) < 5 and bool(between & (_TO | _HOME))
        days = before and before.day and when.day and _is_weekday(look, before) and _is_weekday(look, when)
        if before and before.day and when.day and joined and days:
            if (
                look.low(when.end - 1) == "week"
                and when.end - before.start > 2
                and before.day < when.day - timedelta(6)
            ):
                monday = when.day - timedelta(when.day.weekday())
                shared[-1] = replace(before, day=monday + timedelta(before.day.weekday()))
            elif when.day < before.day:
                when = replace(when, day=before.day + timedelta((when.day.weekday() - before.day.weekday()) % 7))
        shared.append(when)
    return shared


_HOME = word_set("return returning back leave leaving")


def _is_weekday(look: Look, when: When) -> bool:
    return any(look.low(i) in WEEKDAYS for i in range(when.start, when.end)) and not when.note


def _told_twice(look: Look, found: list[When]) -> list[When]:
    """ "Saturday 14 March" is one day, and a Christmas concert on the 20th is on the 20th."""
    kept: list[When] = []
    for i, when in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        joined = after is not None and after.start - when.end - (look.low(when.end) == ",") == 0
        weekday = look.low(when.end - 1) in WEEKDAYS and joined and after is not None and not after.note
        party = when.note in FEASTS and len(found) > 1 and look.low(when.end).isalpha() and not joined
        if not weekday and not (party and look.low(when.end) not in _AFTER_FEAST):
            kept.append(when)
    return kept


_AFTER_FEAST = word_set("in at on to till until for with and or from by near around if please we i day week is")


def _to_day(look: Look, found: list[When]) -> list[When]:
    """ "October 5 to 12": the bare number after a day is a day of its month."""
    more: list[When] = []
    for i, when in enumerate(found):
        more.append(when)
        number, end = ordinal(look, when.end + 1)
        taken = i + 1 < len(found) and found[i + 1].start < end
        plain = look.low(when.end) in ("to", "-", "–", "until", "till") and 0 < number < 32 and not taken
        bare = plain and (end >= len(look.words) or look.words[end].mark or look.low(end) in _AFTER_FEAST)
        exact_day = when.day and not when.note and not when.loose and look.low(when.end - 1) not in MONTHS
        if bare and exact_day and when.day and when.day.day < number <= _days_in(when.day):
            more.append(When(when.end + 1, end, when.day.replace(day=number)))
    return more


def _days_in(day: date) -> int:
    return next(n for n in (31, 30, 29, 28) if is_day(day.year, day.month, n))


def _go_on(look: Look, found: list[When], today: date) -> list[When]:
    """ "June 3rd, back on the 17th": a bare day of the month after a full date is the next one after that."""
    after = today
    for i, when in enumerate(found):
        before = found[i - 1].day if i else None
        weekday = look.low(when.end - 1) in WEEKDAYS and look.low(when.start - 1) in _TO
        if when.day and before and weekday and when.day <= before and found[i - 1].end == when.start - 1:
            found[i] = replace(when, day=when.day + timedelta(7))
            continue
        if when.day and when.loose and when.day < after:
            found[i] = replace(when, day=_next_such(after, when.day.day))
        elif when.day and not when.loose and not when.note:
            after = max(after, when.day)
    return found


def _next_such(after: date, day: int) -> date:
    firsts = (month_later(after, later) for later in range(3))
    days = (f.replace(day=day) for f in firsts if is_day(f.year, f.month, day))
    return next(d for d in days if d >= after)


def _day_before(look: Look, when: When, found: list[When]) -> tuple[int, int]:
    """(day of the month, start) said just before `when` and joined to it by "to" or a dash, or (0, 0)."""
    joined = look.low(when.start - 1)
    if when.loose or when.note or joined not in _TO or not _names_month(look, when):
        return 0, 0
    if found and found[-1].end == when.start - 1:
        number, _ = ordinal(look, found[-1].start + (look.low(found[-1].start) == "the"))
        return (number if found[-1].loose else 0), found[-1].start
    number, end = ordinal(look, when.start - 2)
    listed = joined == "and" and look.low(when.start - 3) in ("on", "from", "between", "the", "nights")
    plain = (joined in ("-", "–", "—", "to") or listed) and end == when.start - 1
    return (number if plain else 0), when.start - 2


def _names_month(look: Look, when: When) -> bool:
    return any(look.low(i) in MONTHS for i in range(when.start, when.end))
