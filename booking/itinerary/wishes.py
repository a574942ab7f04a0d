"""Wishes read from words: what a plan must have, must not have, at which hours and how much of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from booking.trips import Wishes
from bot.names import fold

_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_N = rf"(\d{{1,2}}|{'|'.join(_NUMBERS)})"
_AT = r"(noon|midday|midnight|\d{1,2}(?:[:.]\d\d)?\s*(?:am|pm|a\.m\.|p\.m\.|h|o'?clock)?)"
_A_DAY = r"(?:a|per|each|every)\s+day|daily"
_THINGS = r"(?:activities|activity|things(?: to do)?|sights|stops|visits)"
_ENDS = r"(?=$|[,.;!?]|\s+(?:but|and (?:no|not|without|must|at|never)|please|for|from|in|under|not)\b)"
_BEFORE = re.compile(
    rf"\b(?:(?:not|nothing|never|no(?:thing)?(?: \w+)?)\s+(?:\w+ )?(?:before|earlier than)|no earlier than|"
    rf"start(?:ing)? (?:not before|no earlier than|after|at))\s+{_AT}"
)
_AFTER = re.compile(
    rf"\b(?:(?:not|nothing|never|no(?:thing)?(?: \w+)?)\s+(?:\w+ )?(?:after|later than|past)|no later than|"
    rf"(?:back|home|in bed|done|finished) (?:by|before|at))\s+{_AT}"
)
_HOURS = re.compile(
    rf"\b(?:at most|max(?:imum)?(?: of)?|no more than|not more than|up to|under|less than|only)\s+{_N}\s*"
    rf"(?:hours?|hrs?|h)\b(?:\s+(?:of \w+\s+)?(?:{_A_DAY}))?"
)
_PER_DAY = re.compile(rf"\b(?:at least |with |minimum )?{_N}\s+{_THINGS}\s+(?:{_A_DAY})")
_ALL = re.compile(rf"\bat least {_N}\s+{_THINGS}(?!\s+(?:{_A_DAY}))")
_NO = re.compile(
    r"\b(?:no|without|avoid(?:ing)?|skip(?:ping)?|never|not|hates?|dislikes?|can'?t stand|don'?t (?:like|want)|"
    r"doesn'?t like|except|anything but)\s+(?!more than|less than|later|before|after|earlier)"
    rf"(?:any |the |too many |more )?([a-z][\w' -]*?){_ENDS}"
)
_MUST = re.compile(
    rf"\b(?:must[- ](?:have|see|do|visit|include)|has to (?:have|include)|have to (?:see|do|visit)|"
    rf"definitely(?! (?:not|no|never|be|go|come|leave)\b)|at least one|needs? to (?:have|include))\s+"
    rf"(?:a |an |the |some |one )?([a-z][\w' -]*?){_ENDS}"
)
_SPLIT = re.compile(r"\s*(?:,|;|/|&|\.|\band\b|\bor\b|\bplus\b|\bwith\b|\bbut\b)\s*")
_FILLERS = set(
    "i we us me my our you like love likes loves want wants would prefer really very much lots of a lot some the a an "
    "good great nice more mostly mainly into interested in things stuff to do go see also please maybe trip holiday "
    "for is are am be it that this something anything food-wise each kids people day days night nights".split()
)


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    name: str


def read(text: str, *, likes: bool = True) -> Wishes:
    """The wishes in a text; with `likes` the remaining words count as tastes, so pass nothing but tastes then."""
    rest = " ".join(text.casefold().replace("’", "'").split())
    found: dict[str, list[str]] = {}
    for rule in _RULES:
        found[rule.name] = [m.group(1).strip() for m in rule.pattern.finditer(rest)]
        rest = rule.pattern.sub(" , ", rest)
    return Wishes(
        not_before=max((_time(t) for t in found["before"]), default=None),
        not_after=min((_time(t, evening=True) for t in found["after"]), default=None),
        minutes=min((_number(n) * 60 for n in found["hours"]), default=None),
        per_day=max((_number(n) for n in found["per_day"]), default=0),
        activities=max((_number(n) for n in found["all"]), default=0),
        avoid=phrases(found["no"]), must=phrases(found["must"]), likes=phrases([rest]) if likes else (),
    )  # fmt: skip


_RULES = (
    _Rule(_BEFORE, "before"), _Rule(_AFTER, "after"), _Rule(_HOURS, "hours"), _Rule(_PER_DAY, "per_day"),
    _Rule(_ALL, "all"), _Rule(_MUST, "must"), _Rule(_NO, "no"),
)  # fmt: skip


def phrases(texts: Iterable[str]) -> tuple[str, ...]:
    """The things that texts list, each once, without the words around them."""
    parts = (part for text in texts for part in _SPLIT.split(text.casefold()))
    kept = (" ".join(w for w in fold(part).split() if w not in _FILLERS) for part in parts)
    return tuple(dict.fromkeys(k for k in kept if k))


def joined(a: Wishes, b: Wishes) -> Wishes:
    """Both sets of wishes at once; where they differ the stricter."""
    return Wishes(
        budget=a.budget or b.budget,
        must=_both(a.must, b.must), avoid=_both(a.avoid, b.avoid), likes=_both(a.likes, b.likes),
        not_before=max((t for t in (a.not_before, b.not_before) if t), default=None),
        not_after=min((t for t in (a.not_after, b.not_after) if t), default=None),
        minutes=min((m for m in (a.minutes, b.minutes) if m is not None), default=None),
        per_day=max(a.per_day, b.per_day), activities=max(a.activities, b.activities),
    )  # fmt: skip


def _both(a: tuple[str, ...], b: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*a, *b)))


def clock_time(text: str, *, evening: bool = False) -> time | None:
    """A time of day as people write it ("10", "7 pm", "14:30", "noon"); `evening`: a bare 5 to 11 is after noon."""
    match = re.fullmatch(_AT, text.strip().casefold())
    return _time(match.group(1), evening=evening) if match else None


def _time(text: str, *, evening: bool = False) -> time:
    if text in ("noon", "midday"):
        return time(12)
    if text == "midnight":
        return time(0)
    digits = re.findall(r"\d+", text)
    hour, minute = int(digits[0]) % 24, int(digits[1]) % 60 if len(digits) > 1 else 0
    late = "p" in text or (evening and "a" not in text and 5 <= hour <= 11)
    if late and hour < 12:
        hour += 12
    return time(0 if hour == 12 and "a" in text else hour, minute)


def _number(text: str) -> int:
    return int(text) if text.isdigit() else _NUMBERS.index(text) + 1
