"""When a vote closes, in Swahili: "hadi kesho saa mbili usiku". Its clock begins at six: saa mbili usiku is 20:00.

Times are East Africa's, where it is spoken: three hours before UTC all year (IANA: Africa/Nairobi). Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, timezone

from bot.language import formed
from bot.zones import told as told_in

EAST_AFRICA = timezone(timedelta(hours=3))

_COUNTED = {
    "moja": 1, "mbili": 2, "tatu": 3, "nne": 4, "tano": 5, "sita": 6, "saba": 7, "nane": 8, "tisa": 9, "kumi": 10,
    "kumi na moja": 11, "kumi na mbili": 12, "kumi na tano": 15, "ishirini": 20, "ishirini na tano": 25,
    "thelathini": 30, "arobaini": 40, "arobaini na tano": 45, "hamsini": 50,
}  # fmt: skip
_WEEKDAYS = ("jumatatu", "jumanne", "jumatano", "alhamisi", "ijumaa", "jumamosi", "jumapili")
_MONTHS = (
    "januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba", "oktoba", "novemba",
    "desemba",
)  # fmt: skip
_AHEAD = {"leo": 0, "kesho": 1, "kesho kutwa": 2, "keshokutwa": 2}
# The end of each part of a day, for one without a clock.
_PARTS = {
    "alfajiri": time(6), "asubuhi": time(12), "mchana": time(16), "alasiri": time(16), "jioni": time(19),
    "usiku": time(23, 59),
}  # fmt: skip


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_N = rf"(?:\d{{1,2}}|{_one_of(_COUNTED)})"
_PART = rf"(?:(?:ya |za |wa )?(?:{_one_of(_PARTS)})(?: wa manane)?)"
_DAY = (
    rf"(?:(?:ya |wa |siku ya )?(?:{_one_of(_AHEAD)}|{_one_of(_WEEKDAYS)})(?: hii| ijayo)?"
    rf"|(?:tarehe )?\d{{1,2}} (?:{_one_of(_MONTHS)})(?: \d{{4}})?|tarehe \d{{1,2}})"
)
_CLOCK = (
    rf"(?:saa (?P<hour>\d{{1,2}}(?!\d)|{_one_of(_COUNTED)})(?:[:.](?P<minute>\d\d))?"
    rf"(?: (?P<more>na (?:nusu|robo|dakika {_N})|kasorobo))?)"
)
_FIGURES = r"(?:\d{1,2}[:.]\d\d)"
_PIECE = rf"(?:{_DAY}|{re.sub('[?]P<[a-z]+>', '', _CLOCK)}|{_FIGURES}|{_PART})"
_MOMENT = rf"{_PIECE}(?:,? {_PIECE}){{0,3}}"
_LENGTH = rf"(?P<half>nusu saa)|(?P<unit>dakika|saa|siku|wiki) (?P<n>{_N})(?P<nusu> na nusu)?"
_END = r"(?=[\s,;.!?]|$)"
HADI = re.compile(
    rf"[,;]?\s*\b(?:hadi|mpaka|kabla ya|ifikapo|ifungwe|itafungwa|until|till|by)\s+(?P<moment>{_MOMENT}){_END}",
    re.IGNORECASE,
)
NDANI = re.compile(
    rf"[,;]?\s*\b(?:ndani ya|baada ya|kwa muda wa|kwa(?= (?:dakika|saa|nusu)))\s+(?:{_LENGTH}){_END}", re.IGNORECASE
)
_BARE = re.compile(_MOMENT, re.IGNORECASE)
_BARE_LENGTH = re.compile(_LENGTH, re.IGNORECASE)


def moment_of(words: str, now: datetime) -> datetime | None:
    """The moment (UTC) that Swahili words name; None if they name none."""
    if within := NDANI.search(words):
        return now + _length(within)
    found = HADI.search(words)
    said = (found["moment"] if found else words).casefold()
    if _BARE.fullmatch(said):
        at = _named(said, now.astimezone(EAST_AFRICA))
        return at.astimezone(UTC) if at else None
    bare = _BARE_LENGTH.fullmatch(said)
    return now + _length(bare) if bare else None


def told(at: datetime, zone: str = "") -> str:
    """ "Jumamosi 21 Nov, saa 2 usiku (17:00 UTC)"; in brackets by the clock of a zone, as all others read it."""
    here = at.astimezone(EAST_AFRICA)
    minutes = f":{here:%M}" if here.minute else ""
    clock = f"saa {(here.hour - 6) % 12 or 12}{minutes} {_part_of(here.hour)}"
    return f"{formed(here, '%a %d %b')}, {clock} ({told_in(at, zone, '%H:%M')})"


def _part_of(hour: int) -> str:
    ends = ((4, "usiku"), (6, "alfajiri"), (12, "asubuhi"), (16, "mchana"), (19, "jioni"), (24, "usiku"))
    return next(part for end, part in ends if hour < end)


def _number(word: str) -> int:
    return int(word) if word.isdecimal() else _COUNTED[word.casefold()]


def _length(found: re.Match[str]) -> timedelta:
    if found["half"]:
        return timedelta(minutes=30)
    named = {"dakika": "minutes", "saa": "hours", "siku": "days", "wiki": "weeks"}[found["unit"].casefold()]
    one = timedelta(**{named: 1})
    return one * _number(found["n"]) + (one / 2 if found["nusu"] else timedelta())


def _named(said: str, now: datetime) -> datetime | None:
    day_words, clock = re.search(_DAY, said), re.search(_CLOCK, said)
    part = next((p for p in _PARTS if re.search(rf"\b{p}\b", said)), "")
    day = _day(day_words[0], now.date()) if day_words else now.date()
    if day is None:
        return None
    figures = None if clock else re.search(r"(\d\d?)[:.](\d\d)", said)
    if clock is None and figures is None:
        return datetime.combine(day, _PARTS[part or "usiku"], EAST_AFRICA)
    named = _times(clock, part) if clock else _figured(figures)
    on = [day]
    if day == now.date() and (not day_words or part in ("usiku", "alfajiri")):
        on.append(day + timedelta(days=1))  # "leo saa nane usiku" is of the night that comes
    times = [datetime.combine(d, t, EAST_AFRICA) for d in on for t in named]
    return next((at for at in times if at > now), times[0] if times else None)


def _times(clock: re.Match[str], part: str) -> list[time]:
    """What a clock's words may mean: one time with the part of the day, else by day and then by night."""
    hour, minute = _number(clock["hour"]), int(clock["minute"] or 0) + _minutes(clock["more"] or "")
    if not 0 <= hour < 24 or minute > 59:
        return []
    if hour > 12 or not hour:
        return [] if minute < 0 else [time(hour, minute)]
    by_day = (hour % 12) + 6
    if by_day == 6 and part in ("mchana", "alasiri"):
        return []
    whole = (by_day, (by_day + 12) % 24) if not part else (_in_part(by_day, part),)
    return [_clock_at(h * 60 + minute) for h in whole]


def _figured(figures: re.Match[str] | None) -> list[time]:
    """ "18:30" without the word saa is a clock of twenty-four hours."""
    if figures is None or int(figures[1]) > 23 or int(figures[2]) > 59:
        return []
    return [time(int(figures[1]), int(figures[2]))]


def _in_part(by_day: int, part: str) -> int:
    """The hour of this part of the day: a clock's hour by day (6 to 17), or twelve later."""
    by_night = {
        "usiku": True, "alfajiri": by_day != 6, "jioni": by_day < 14, "asubuhi": by_day > 15,
        "mchana": by_day < 9, "alasiri": by_day < 9,
    }[part]  # fmt: skip
    return (by_day + 12) % 24 if by_night else by_day


def _minutes(more: str) -> int:
    named = {"": 0, "kasorobo": -15, "na nusu": 30, "na robo": 15}
    return named[more] if more in named else _number(more.removeprefix("na dakika "))


def _clock_at(minutes: int) -> time:
    """Midnight ends the day that is named."""
    minutes %= 24 * 60
    return time(minutes // 60, minutes % 60) if minutes else time(23, 59)


def _day(said: str, today: date) -> date | None:
    words = re.sub(r"^(?:siku ya|ya|wa|tarehe) ", "", said)
    for name in sorted(_AHEAD, key=len, reverse=True):
        if words.startswith(name):
            return today + timedelta(days=_AHEAD[name])
    for n, name in enumerate(_WEEKDAYS):
        if words.startswith(name):
            days = (n - today.weekday()) % 7
            return today + timedelta(days=days or (7 if "ijayo" in words else 0))
    return _date(words.split(), today)


def _date(words: list[str], today: date) -> date | None:
    """ "25", "25 novemba", "25 novemba 2026": the next one that is."""
    month = _MONTHS.index(words[1]) + 1 if len(words) > 1 else today.month
    year = int(words[2]) if len(words) > 2 else today.year
    try:
        found = date(year, month, int(words[0]))
        if found >= today or len(words) > 2:
            return found
        return date(year + 1, month, found.day) if len(words) > 1 else _next_month(found)
    except ValueError:
        return None


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, day.day)
