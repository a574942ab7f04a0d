"""Days that lean on one another: months and weeks that two of them share, and days that come after others."""

from dataclasses import replace
from datetime import date, timedelta

from bot.brains.offline.days import MONTHS, TO, WEEKDAYS, Look, When, exact, is_day, month_later, ordinal
from bot.brains.offline.feasts import FEASTS
from bot.brains.offline.numbers import find_numbers
from bot.names import word_set


def together(look: Look, found: list[When]) -> list[When]:
    """The days of one message, each read in the light of the others."""
    found = _with_later(look, found)
    found = _share_weeks(look, _share_months(look, _told_twice(look, found)))
    return _go_on(look, _to_day(look, found), look.today)


def days_long(look: Look, i: int) -> tuple[int, int]:
    """(days, where it ends) of "3 days", "a week", "two weeks"."""
    unit = {"day": 1, "days": 1, "week": 7, "weeks": 7}
    if look.low(i) in ("a", "one") and look.low(i + 1) in unit:
        return unit[look.low(i + 1)], i + 2
    number = next((n for n in find_numbers(look.words[i : i + 4]) if n.start == 0), None)
    if number is None or number.value > 400:
        return 0, i
    length = unit.get(look.low(i + number.end), 0)
    return number.value * length, i + number.end + 1


def _with_later(look: Look, found: list[When]) -> list[When]:
    """With days told from the one before: "on the 5th and back a week later", "the following day"."""
    if not found or _LATER.isdisjoint(w.low for w in look.words):
        return found
    more = list(found)
    for i in range(len(look.words)):
        before = [w for w in found if w.end <= i and w.day]
        if not before or any(w.start <= i < w.end for w in found):
            continue
        days, end = days_long(look, i)
        if days and look.low(end) in ("later", "afterwards"):
            more.append(When(i, end + 1, _plus(before[-1], days)))
        elif look.low(i) in ("next", "following") and look.low(i + 1) == "day":
            more.append(When(i, i + 2, _plus(before[-1], 1)))
    return sorted(more, key=lambda w: w.start)


_LATER = word_set("later afterwards next following")


def _plus(when: When, days: int) -> date | None:
    return when.day + timedelta(days) if when.day else None


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
        joined = before and len(between) < 5 and bool(between & (TO | _HOME))
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


_HOME = word_set("return returning back leave leaving home")


def _is_weekday(look: Look, when: When) -> bool:
    return any(look.low(i) in WEEKDAYS for i in range(when.start, when.end)) and not when.note


def _told_twice(look: Look, found: list[When]) -> list[When]:
    """ "Saturday 14 March" is one day, and a Christmas concert on the 20th is on the 20th."""
    kept: list[When] = []
    start = -1
    for i, when in enumerate(found):
        after = found[i + 1] if i + 1 < len(found) else None
        joined = after is not None and after.start - when.end - (look.low(when.end) == ",") == 0
        weekday = look.low(when.end - 1) in WEEKDAYS and joined and after is not None and not after.note
        party = when.note in FEASTS and len(found) > 1 and look.low(when.end).isalpha() and not joined
        if not weekday and not (party and look.low(when.end) not in _AFTER_FEAST):
            kept.append(replace(when, start=start) if start >= 0 else when)
        start = when.start if weekday else -1
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
        weekday = look.low(when.end - 1) in WEEKDAYS and look.low(when.start - 1) in TO
        if when.day and before and weekday and when.day <= before and found[i - 1].end == when.start - 1:
            found[i] = replace(when, day=when.day + timedelta(7))
            continue
        if when.day and when.loose and when.day < after:
            found[i] = replace(when, day=_near(look, when, after))
        elif when.day and not when.loose and (not when.note or when.note in FEASTS):
            after = max(after, when.day)
    return found


def told_about(look: Look, found: list[When], about: date) -> list[When]:
    """ "And back on the 9th?" after a flight on 4 November: bare days of the month alone are of the month of `about`,
    the day to which the message goes on, or of the next one if they end what begins then."""
    if about < look.today or not all(w.loose and w.day for w in found):
        return found
    told: list[When] = []
    for when in found:
        about = _near(look, when, about)
        told.append(replace(when, day=about))
    return told


def _near(look: Look, when: When, after: date) -> date:
    """The bare day that is meant beside a full date: the next one if it ends something, else one of its month, earlier
    ones too: "the wedding is on 21 May, so fly us on the 19th"."""
    day = when.day.day if when.day else 0
    led = {look.low(k) for k in range(max(0, when.start - 6), when.start)}
    ends = bool(led & _ENDINGS) or look.low(when.start - 1) in TO
    same = is_day(after.year, after.month, day) and after.replace(day=day) >= look.today
    return next_such(after, day) if ends or not same else after.replace(day=day)


_ENDINGS = word_set("return returning returns back leave leaving depart departing checkout out home until till end")


def next_such(after: date, day: int) -> date:
    """The first day of that number from `after` on."""
    firsts = (month_later(after, later) for later in range(3))
    days = (f.replace(day=day) for f in firsts if is_day(f.year, f.month, day))
    return next(d for d in days if d >= after)


def _day_before(look: Look, when: When, found: list[When]) -> tuple[int, int]:
    """(day of the month, start) said just before `when` and joined to it by "to" or a dash, or (0, 0)."""
    joined = look.low(when.start - 1)
    if when.loose or when.note or joined not in TO or not _names_month(look, when):
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
