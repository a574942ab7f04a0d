"""When a vote closes, from words: "until 18:00", "in 2 hours", "by Friday", by the trip's clock; Swahili: saa.py."""

import re
from datetime import UTC, date, datetime, time, timedelta

from bot.brains.offline.dates import find_dates
from bot.brains.offline.words import words_of
from bot.consent import saa
from bot.consent.texts import say
from bot.errors import AskAgain
from bot.language import ENGLISH, said, spoken
from bot.zones import clock_of, told

USUAL, SHORTEST, LONGEST = timedelta(hours=24), timedelta(minutes=1), timedelta(days=14)

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10, "twelve": 12}
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)"
)
_DAY = (
    rf"(?:the )?(?:today|tonight|tomorrow|yesterday|(?:this |next |on )?{_WEEKDAY}|\d{{4}}-\d\d?-\d\d?|"
    rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?: \d{{4}})?)"
    r"(?: morning| afternoon| evening| night)?"
)
_CLOCK = r"(?:\d{1,2}[:.]\d\d ?(?:[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?|\d{1,2} ?o['’]clock|noon|midday|midnight)"
_MOMENT = rf"(?:{_DAY}(?:,? (?:at )?{_CLOCK})?|(?:at )?{_CLOCK}(?:,? (?:on )?{_DAY})?)(?: utc| gmt)?"
_LENGTH = (
    r"(?P<half>half an? )?(?P<n>\d{1,4}|an?|one|two|three|four|five|six|ten|twelve)? ?"
    r"(?P<unit>m(?:in(?:ute)?s?)?|h(?:(?:ou)?rs?)?|days?|weeks?)"
)
_UNTIL = re.compile(
    rf"[,;]?\s*\b(?:until|till|til|by|before|no later than|(?:that )?clos(?:es?|ing)(?: at)?|deadline:?)\s+"
    rf"(?P<moment>{_MOMENT})(?=[\s,;.!?]|$)",
    re.IGNORECASE,
)
_WITHIN = re.compile(rf"[,;]?\s*\b(?:in|for|within|open for)\s+{_LENGTH}(?=[\s,;.!?]|$)", re.IGNORECASE)
_BARE_MOMENT, _BARE_LENGTH = re.compile(_MOMENT, re.IGNORECASE), re.compile(_LENGTH, re.IGNORECASE)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d\d))? ?(?:([ap])\.?m\b|o['’]clock)?", re.IGNORECASE)
_NAMED = {"noon": time(12), "midday": time(12), "midnight": time(23, 59)}


def taken_out(text: str) -> tuple[str, str]:
    """A text without its deadline, and the deadline's words, "" if none is named."""
    for pattern in (_UNTIL, _WITHIN, saa.HADI, saa.NDANI):
        found = pattern.search(text)
        if found:
            rest = f"{text[: found.start()]} {text[found.end() :]}"
            return " ".join(rest.split()), found[0].strip(" ,;")
    return text, ""


def deadline(words: str, now: datetime, zone: str = "") -> datetime:
    """The moment that these words name, by the clock of a zone (IANA, "" is UTC). AskAgain("deadline") if they name
    none, or one that is past or too far."""
    said_utc = re.search(r"\b(?:utc|gmt)\b", words, re.IGNORECASE)
    at = _moment(" ".join(words.split()).strip(" .!?"), now.astimezone(UTC if said_utc else clock_of(zone)))
    if at is None:
        raise AskAgain("deadline", say("no_deadline", words=words[:60]))
    if at - now < SHORTEST:
        raise AskAgain("deadline", say("past_deadline", at=written(at, zone)))
    if at - now > LONGEST:
        raise AskAgain("deadline", say("far_deadline", at=written(at, zone), days=LONGEST.days))
    return at


def written(at: datetime, zone: str = "") -> str:
    """A moment as people write it: "Fri 20 Nov 18:00 EAT"; it can be told again in another language."""
    if spoken() != ENGLISH:
        return said(saa.told(at, zone), written, at, zone)
    return said(told(at, zone, "%a %d %b %H:%M"), written, at, zone)


def _moment(words: str, now: datetime) -> datetime | None:
    found = _UNTIL.search(words)
    if found:
        return _named(found["moment"], now)
    within = _WITHIN.search(words) or _BARE_LENGTH.fullmatch(words)
    if within and (within["n"] or within["half"]):
        return (now + _length(within)).astimezone(UTC)
    if _BARE_MOMENT.fullmatch(words):
        return _named(words, now)
    return saa.moment_of(words, now) or _stamp(words)


def _stamp(words: str) -> datetime | None:
    """ISO 8601, as models write it."""
    try:
        at = datetime.fromisoformat(words)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _length(found: re.Match[str]) -> timedelta:
    number = (found["n"] or "1").casefold()
    count = int(number) if number.isdecimal() else _NUMBERS[number]
    unit = found["unit"][:1].casefold()
    whole = timedelta(**{{"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[unit]: count})
    return whole / 2 if found["half"] else whole


def _named(words: str, now: datetime) -> datetime | None:
    """A day with a time, a day (its end), or a time of today."""
    low = words.casefold()
    day, rest = _day(low, now.date())
    at = _clock(rest)
    if day is None:
        return None
    return datetime.combine(day, at or time(23, 59), now.tzinfo).astimezone(UTC) if at or rest != low else None


def _day(low: str, today: date) -> tuple[date | None, str]:
    """The day and what is left of the words; today if none is named, None for a day that cannot be."""
    found = re.search(_DAY, low)
    if found is None:
        return today, low
    if "yesterday" in found[0]:
        return today - timedelta(days=1), low.replace(found[0], " ")
    if re.fullmatch(r"\d{4}-\d\d?-\d\d?", found[0]):
        return _exact(found[0]), low.replace(found[0], " ")
    named = find_dates(words_of(found[0].title()), today)
    return (named[0].day if named else None), low.replace(found[0], " ")


def _exact(figures: str) -> date | None:
    try:
        return date(*map(int, figures.split("-")))
    except ValueError:
        return None


def _clock(words: str) -> time | None:
    for name, at in _NAMED.items():
        if name in words:
            return at
    found = _TIME.search(words)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else 99
    return time(hour, minute) if hour < 24 and minute < 60 else None
