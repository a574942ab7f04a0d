"""Questions about what people have already: "when is our flight?", "where do we sleep on day 2?"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from bot.brains.offline.pieces import Piece, Reading
from bot.capability import Capability, Registry
from bot.minds import LastCall, Understood
from bot.names import fold, word_set

_LONGEST = 22
_BEFORE = re.compile(
    r"^(?:(?:ok|okay|and|but|so|hey|hi|hello|please|sorry|wait|by the way|btw|quick question|one question|again|then|"
    r"(?:can|could|would|will) you (?:please )?(?:tell|remind|show)(?: (?:me|us))?|(?:tell|remind) (?:me|us)|"
    r"do you know|does (?:anyone|anybody|somebody) know|remember|i forgot|i wonder|what about) )+"
)
_AFTER = re.compile(
    r"(?: (?:again|please|exactly|then|by the way|now|actually|thanks|anyway|though|guys|if|for us|for me|for))+$"
)
_DAY = re.compile(
    r" ?(?:on |for |of )?(?:(?:the )?(?P<nth>first|second|third|fourth|fifth|sixth|seventh|last) (?:day|night|evening)|"
    r"day (?P<n>\d{1,2}|one|two|three|four|five|six|seven))\b"
)
_OURS = word_set("our my we i us")
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_VAGUE = word_set("it this")
_SUBJECT = re.compile(r"^(when|where|what time|which|how long|how much|what) ((?:our|my|the) .*) (is|are)$")


@dataclass(frozen=True, slots=True)
class _Question:
    capability: Capability
    parameter: str
    about: str
    pattern: re.Pattern[str]


class OwnQuestions:
    """Finds the Capability that answers a question about what is there; `Capability.questions` say how it is asked."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    @cached_property
    def _known(self) -> tuple[_Question, ...]:
        return tuple(self._declared())

    def _declared(self) -> Iterator[_Question]:
        for c in self._registry:
            first = next((p.name for p in c.parameters if p.kind == "choice"), "")
            for about, patterns in c.questions.items():
                yield from (_Question(c, first, about, re.compile(pattern)) for pattern in patterns)

    def asked(self, reading: Reading, last: LastCall | None) -> Understood | None:
        """The Capability with what is asked about, of which thing and day; None for any other message."""
        words = [w for w in reading.message.words if not w.mark]
        if not 2 <= len(words) <= _LONGEST or not self._is_of_trip(reading, last):
            return None
        said, day = _split(reading)
        said = _SUBJECT.sub(r"\1 \3 \2", said)
        if not _heard(set(said.split()), last):
            return None
        for question in self._known:
            found = question.pattern.fullmatch(said)
            if found and (day or "day" not in question.pattern.groupindex):
                return _understood(question, found, day)
        return None

    def _is_of_trip(self, reading: Reading, last: LastCall | None) -> bool:
        """Whether it names no other place than where the plan goes, and no sum."""
        there = fold((last.trip.get("destination") or "") if last is not None else "")
        places = [fold(str(getattr(p.value, "name", ""))) for p in _towns(reading)]
        return not reading.of("money") and all(there and name == there for name in places)


def _towns(reading: Reading) -> list[Piece]:
    return [p for p in reading.of("location") if getattr(p.value, "spot", None) is not None]


def _heard(words: set[str], last: LastCall | None) -> bool:
    """Whether it can be about what they have: said as theirs, or of "the" thing while a plan is there."""
    planned = last is not None and bool(last.trip)
    if words & _OURS:
        return True
    return planned and not (words & _VAGUE and last is not None and last.offers)


def _split(reading: Reading) -> tuple[str, str]:
    """A question in plain words, without its day; and that day: an ISO date, a weekday, a number or "last"."""
    days, towns = reading.of("date"), _towns(reading)
    gone = {i for p in (*days, *towns) for i in range(p.start, p.end)}
    words = reading.message.words
    gone |= {p.start - 1 for p in (*days, *towns) if p.start and words[p.start - 1].low in ("on", "for", "to", "in")}
    said = " ".join(w.low for i, w in enumerate(words) if not w.mark and i not in gone)
    named = [_day_of([w.low for w in words[p.start : p.end]], p) for p in days]
    said = _BEFORE.sub("", said)
    if found := _DAY.search(said):
        named.append(found["nth"] or found["n"])
        said = _DAY.sub("", said, count=1)
    return _AFTER.sub("", said.strip()), named[0] if named else ""


def _day_of(words: list[str], piece: Piece) -> str:
    """A weekday by its name, for it is the trip's own; any other day as an ISO date."""
    weekday = next((w for w in words if w in _WEEKDAYS), "")
    return weekday if weekday and len(words) < 3 else str(getattr(piece.value, "day", None) or "")


def _understood(question: _Question, found: re.Match[str], day: str) -> Understood:
    thing = next((v for n, v in found.groupdict().items() if v and n.rstrip("_") == "of"), "")
    known = {p.name for p in question.capability.parameters}
    slots = {question.parameter: question.about, "of": thing, "day": day}
    kept = {name: value for name, value in slots.items() if value and name in known}
    return Understood(intent=question.capability.name, slots=kept, score=1.0)
