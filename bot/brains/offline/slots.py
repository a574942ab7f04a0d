"""Which value belongs to which parameter, by the words around it and the parameters' kinds."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeGuard

from bot.brains.offline.days import When
from bot.brains.offline.money import Sum, is_negative
from bot.brains.offline.numbers import Number
from bot.brains.offline.party import PEOPLE, party
from bot.brains.offline.phrasebook import Cues, Phrasebook, neighbours
from bot.brains.offline.pieces import Piece, Reading, Value
from bot.brains.offline.places import Place
from bot.brains.offline.tastes import tastes_in
from bot.capability import Capability, Parameter
from bot.names import word_set

_ENOUGH, _COUNTED, _LED, _ASKED = 0.35, 1.0, 0.5, 5.0
_BASE = 20.0  # keeps fits positive: they are sums of logarithms
_TOLD = 8.0  # how far a value told beside a request stands behind those in it
_WELL_KNOWN = 100_000
_COUNTABLE = 4
_BREAKS = word_set("and or for to in on at from with by . , ? ! ; that which who is are")
_PAIRS = (("check_in_date", "check_out_date"), ("departure_date", "return_date"))
_BACK = word_set("""
    return returning returns back until till through checkout out leave leaving depart departing ending home end
""")
_AGED = word_set("turning turns turned aged age ages")
_BE = word_set("is are")
_YOUNG = word_set("kids children grandchildren grandkids kid child son sons daughter daughters boys girls twins baby")
_GROUPED = word_set("family group party team crew bunch class gang squad choir band club delegation")


@dataclass(slots=True)
class Filling:
    """Slots by parameter name, as strings; problems: (parameter, what cannot be)."""

    slots: dict[str, str] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)


def fill(
    capability: Capability, reading: Reading, book: Phrasebook, asked: str = "", beside: Collection[int] = ()
) -> Filling:
    """The arguments of a Capability in a message. `asked`: the parameter that a bare value answers.

    `beside`: pieces that are told beside the request, which give way to those of the request itself."""
    filling = Filling()
    for kind in ("location", "date", "count", "money"):
        parameters = [p for p in capability.parameters if p.kind == kind]
        if parameters:
            _assign(parameters, reading, kind, book.cues[(capability.name, kind)], filling, asked, beside)
    _weekend(capability, reading.pieces, filling.slots)
    for parameter in capability.parameters:
        if parameter.kind in ("choice", "flag", "text", "person") and parameter.name not in filling.slots:
            said = _said(parameter, capability, reading, asked)
            if said:
                filling.slots[parameter.name] = said
    return filling


def _assign(
    parameters: Sequence[Parameter], reading: Reading, kind: str, cues: Cues, filling: Filling, asked: str,
    beside: Collection[int],
) -> None:  # fmt: skip
    """Best fits first; what fits nothing goes to the parameters most often used, in their order."""
    pieces = reading.pieces
    around = {i: neighbours(pieces, i) for i, p in enumerate(pieces) if p.kind == kind}
    if kind in ("location", "date"):
        around = {i: near for i, near in around.items() if not _is_ruled_out(pieces, i)}
    if kind == "count":
        around = {i: _with_noun(pieces, i, near, cues) for i, near in around.items()}
        around = {i: near for i, near in around.items() if asked or _counts(pieces, i, cues, near)}
    names = [p.name for p in parameters]
    inside = any(i not in beside and _sure(pieces[i]) for i in around)
    told = set(beside) if inside and (kind == "date" or len(names) == 1) else set()
    less = _TOLD if len(names) == 1 else 0.0
    around = {i: near for i, near in around.items() if i not in told or kind != "date" or _is_told(names, near, cues)}
    fits = [
        (_fit(name, names, pieces[i], near, cues, asked) * _right(name, pieces, i) - less * (i in told), -i, name)
        for i, near in around.items()
        for name in names
    ]
    taken = _way(names, pieces, [i for i in around if _sure(pieces[i])]) if kind == "location" and not asked else {}
    for fit, at, name in sorted(fits, reverse=True):
        if fit > 0 and name not in taken and -at not in taken.values():
            taken[name] = -at
    if kind != "count":
        free = [p.name for p in parameters if p.name not in taken and (p.required or kind != "location")]
        left = [i for i in around if i not in taken.values() and i not in told]
        taken |= _leftover(free, left, pieces, around, cues)
    for name, i in sorted(taken.items(), key=lambda t: t[1]):
        _put(filling, name, pieces[i], reading)
    if kind == "date":
        _in_turn(names, pieces, filling)
    if kind == "count":
        _party(parameters, reading, filling)


def _way(names: Sequence[str], pieces: Sequence[Piece], places: Sequence[int]) -> dict[str, int]:
    """Whence and whither by where they stand: "we live in Oslo and want to see Bergen", "for two: Oslo to Bergen"."""
    if len(places) != 2 or not {"origin", "destination"} <= set(names):
        return {}
    start, end = places
    before = " ".join(p.low for p in pieces[max(0, start - 6) : start])
    between = " ".join(p.low for p in pieces[start + 1 : end])
    stands_first = start == 0 or (
        pieces[start - 1].low in (":", "-", "–", ".") and pieces[start + 1].start < pieces[end].start
    )
    way = stands_first and between == "to"
    home = _AT_HOME.search(before) and _OFF_TO.search(between)
    return {"origin": start, "destination": end} if way or home else {}


_AT_HOME = re.compile(r"\b(?:i|we) (?:live|am|are|am based|are based|am <count>|are <count>(?: \w+)?|are a \w+) in$")
_OFF_TO = re.compile(r"\b(?:see|visit|go to|travel to|fly to|explore|tour|trip to|head to)$")


def _is_told(names: Sequence[str], around: Sequence[str], cues: Cues) -> bool:
    """Whether a day beside a request is one of its days: "we check in on 5 April" is, "my exam is on Monday" is not."""
    return any(n[:2] == "N " and any(name in cues.counts[n] for name in names) for n in around if cues.knows(n))


def _in_turn(names: Sequence[str], pieces: Sequence[Piece], filling: Filling) -> None:
    """A stay or a journey begins before it ends; one day alone is its beginning unless it says that it is the end."""
    slots = filling.slots
    for start, end in _PAIRS:
        if end not in slots or start not in names:
            continue
        if start in slots and slots[end] < slots[start]:
            slots[start], slots[end] = slots[end], slots[start]
        elif start not in slots and not any(_says_end(pieces, i) for i in range(len(pieces))):
            slots[start] = slots.pop(end)


def _weekend(capability: Capability, pieces: Sequence[Piece], slots: dict[str, str]) -> None:
    """There and back on a weekend, and a trip of two days on one, of three on a long one, unless its length is told."""
    names = {p.name for p in capability.parameters}
    said = [i for i, p in enumerate(pieces) if p.low == "weekend" or _is_weekend(p.value)]
    if not said or not names >= {"departure_date", "return_date"}:
        return
    days = [p.value.day.isoformat() for p in pieces if _is_weekend(p.value) and p.value.day]
    if slots.get("return_date") in days and "departure_date" not in slots:
        slots["departure_date"] = slots["return_date"]
        sunday = date.fromisoformat(slots["return_date"])
        slots["return_date"] = (sunday + timedelta(6 - sunday.weekday())).isoformat()
    elif "days" in names and not slots.keys() & {"days", "nights", "return_date"}:
        slots["days"] = "3" if any(i and pieces[i - 1].low == "long" for i in said) else "2"


def _is_weekend(value: Value) -> TypeGuard[When]:
    return isinstance(value, When) and value.note == "weekend"


def _says_end(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a word tells of an end: "until", "back on"; "back to Nairobi" is a way."""
    way = i + 1 < len(pieces) and pieces[i + 1].low in ("to", "from") and pieces[i].low in ("back", "return", "home")
    return pieces[i].low in _BACK and not way


def _fit(name: str, names: Sequence[str], piece: Piece, around: Sequence[str], cues: Cues, asked: str) -> float:
    """How well a value fits, 0 if not at all; an unknown name must be led to by the very word before it."""
    seen = cues.seen(name, around)
    if name == asked:
        seen += _ASKED
    led = cues.seen(name, [n for n in around if n[:2] == "L "])
    if not _sure(piece) and led < _LED and not (_is_address(piece) and cues.knows("N address")):
        return 0.0
    if _is_address(piece):
        seen += _ENOUGH
    if seen < (_COUNTED if piece.kind == "count" else _ENOUGH):
        return 0.0
    return _BASE + cues.fit(name, names, around) + (_ASKED if name == asked else 0.0)


def _right(name: str, pieces: Sequence[Piece], i: int) -> float:
    """0 where people would be counted as rooms or nights; less for an unknown house where a town is named too."""
    piece, follows = pieces[i], [p.low for p in pieces[i + 1 : i + 3]]
    if piece.kind == "count" and name != "travelers" and (follows == ["of", "us"] or set(follows[:1]) & PEOPLE):
        return 0.0
    if name == "origin" and i and pieces[i - 1].low in ("in", "at", "the") and _is_only(pieces, "location"):
        return 0.5
    unknown = isinstance(piece.value, Place) and piece.value.spot is None
    towns = unknown and any(isinstance(p.value, Place) and p.value.spot for p in pieces)
    return 0.5 if name == "location" and (towns or _is_what(pieces, i)) else 1.0


def _is_ruled_out(pieces: Sequence[Piece], i: int) -> bool:
    """A place or day that is not meant: "Nakuru, not Naivasha", "rather than Nairobi", "instead of the 6th"."""
    before = [p.low for p in pieces[max(0, i - 3) : i] if p.low != "the"]
    said = bool(before) and (before[-1] in _NOT or " ".join(before[-2:]) in _NEITHER)
    return said or _is_corrected(pieces, i)


def _is_corrected(pieces: Sequence[Piece], i: int) -> bool:
    """Whether another of its kind comes after it in its stead: "tomorrow. Actually no, make it Thursday"."""
    later = [k for k in range(i + 1, len(pieces)) if pieces[k].kind == pieces[i].kind]
    if not later or _SECOND.isdisjoint(p.low for p in pieces[i + 1 :]):
        return False
    return any(_CORRECTION.search(" ".join(p.low for p in pieces[max(i + 1, k - 5) : k])) for k in later)


def _is_only(pieces: Sequence[Piece], kind: str) -> bool:
    return sum(p.kind == kind for p in pieces) == 1


def _is_what(pieces: Sequence[Piece], i: int) -> bool:
    """The name of a play or a house, its town coming after it: "for Hamilton in London", "at the Hilton in Nairobi"."""
    after, before = pieces[i + 1 : i + 3], [p.low for p in pieces[max(0, i - 2) : i] if p.low != "the"]
    led = before[-1:] in (["for"], ["at"], ["see"], ["watch"], ["hear"])
    return led and [p.low for p in after] == ["in", "<location>"] and _sure(after[1])


_SECOND = word_set("actually wait scratch make change mean meant sorry rather correction")
_CORRECTION = re.compile(
    r"\b(?:actually(?: ,)?(?: no)?|no wait|wait(?: ,)? no|scratch that|(?:make|change) (?:it|that)|i (?:mean|meant)|"
    r"sorry|or rather|correction)(?: ,| \.)*(?: make it)?(?: (?:to|on|for|the|from|in|at))*$"
)
_NOT = word_set("not than no")
_NEITHER = frozenset(("instead of", "not to", "not in", "not on", "not from", "not for"))


def _leftover(
    free: Sequence[str], values: Sequence[int], pieces: Sequence[Piece], around: dict[int, list[str]], cues: Cues
) -> dict[str, int]:
    """Values that no word speaks for, in order, to the free parameters that are used most."""
    values = [i for i in values if _sure(pieces[i]) and not _elsewhere(pieces[i], around[i], cues)]
    chosen = sorted(free, key=lambda name: -cues.often[name])[: len(values)]
    return dict(zip([name for name in free if name in chosen], values, strict=False))


def _elsewhere(piece: Piece, around: Sequence[str], cues: Cues) -> bool:
    """A small place said with "to" or "from" where neither is ever said: the name of something else."""
    spot = piece.value.spot if isinstance(piece.value, Place) else None
    led = next(n for n in around if n[:2] == "L ")
    return spot is not None and led in ("L to", "L from") and not cues.knows(led) and spot.population < _WELL_KNOWN


def _is_address(piece: Piece) -> bool:
    return isinstance(piece.value, Place) and piece.value.name[:1].isdigit()


def _sure(piece: Piece) -> bool:
    return not isinstance(piece.value, Place) or piece.value.sure


def _with_noun(pieces: Sequence[Piece], i: int, around: list[str], cues: Cues) -> list[str]:
    """Look past adjectives for the counted noun: "2 economy class tickets"."""
    noun = next(n for n in around if n[:2] == "R ")
    if noun == "R $" or cues.knows(noun):
        return around
    for piece in pieces[i + 1 : i + 1 + _COUNTABLE]:
        if piece.kind != "word" or piece.low in _BREAKS:
            break
        if cues.knows(f"R {piece.sign}"):
            return [n for n in around if n[:2] not in ("R ", "RR")] + [f"R {piece.sign}"]
    return around


def _counts(pieces: Sequence[Piece], i: int, cues: Cues, around: Sequence[str]) -> bool:
    """Whether a number counts something this Capability takes; "4 stars" and "2 years" do not."""
    noun = next(n for n in around if n[:2] == "R ")
    value = pieces[i].value
    if i and (pieces[i - 1].low in _AGED or _is_age(pieces, i)):
        return False
    if i + 1 < len(pieces) and pieces[i + 1].low in PEOPLE:
        return True
    if i > 1 and pieces[i - 1].low == "of" and pieces[i - 2].low in _GROUPED:
        return True
    if i and pieces[i - 1].low == "for" and i + 1 < len(pieces) and PEOPLE & {p.low for p in pieces[i + 1 : i + 3]}:
        return True
    if noun == "R $" and isinstance(value, Number) and value.pronoun:
        return i > 0 and pieces[i - 1].low in ("for", "of", "just", "only")
    if pieces[i - 1].low == "for" and i + 1 < len(pieces) and pieces[i + 1].low in _GOES_ON:
        return True
    return noun == "R $" or noun in _VALUES or cues.knows(noun)


def _is_age(pieces: Sequence[Piece], i: int) -> bool:
    """How old the children are: "my kids are 5 and 8"."""
    while i > 1 and pieces[i - 1].low == "and" and pieces[i - 2].kind == "count":
        i -= 2
    return i > 1 and pieces[i - 1].low in _BE and pieces[i - 2].low in _YOUNG


# "for 5 starting on Monday" counts people.
_GOES_ON = word_set(
    "starting leaving arriving departing beginning travelling traveling staying going returning under over"
)


_VALUES = frozenset(("R <date>", "R <location>", "R <time>", "R there"))


def _put(filling: Filling, name: str, piece: Piece, reading: Reading) -> None:
    value = piece.value
    if isinstance(value, When):
        if value.day is None:
            filling.problems.append((name, value.problem))
        else:
            filling.slots[name] = value.day.isoformat()
    elif isinstance(value, Place):
        filling.slots[name] = value.name
    elif isinstance(value, Number):
        below = is_negative(reading.message.words, value.start)
        filling.slots[name] = str(-value.value if below else value.value)
    elif isinstance(value, Sum):
        filling.slots[name] = str(value)


def _party(parameters: Sequence[Parameter], reading: Reading, filling: Filling) -> None:
    """People who are named and not counted: "just me", "for me and my wife", "a family of 5"."""
    if any(p.name == "travelers" for p in parameters) and (people := party(reading.pieces)):
        filling.slots["travelers"] = str(people)


def _said(parameter: Parameter, capability: Capability, reading: Reading, asked: str) -> str:
    text = reading.message.text
    low = f" {' '.join(p.low for p in reading.pieces)} "
    if parameter.kind == "choice":
        return next((c for c in parameter.choices if f" {c.replace('_', ' ').casefold()} " in low), "")
    if parameter.kind == "flag":
        each = any(isinstance(p.value, Sum) and p.value.each for p in reading.of("money"))
        return "yes" if each and parameter.name == "per_person" else ""
    if parameter.name == "tastes":
        return tastes_in(p.low for p in reading.pieces)
    if parameter.name == asked:
        return text
    return _after_lead(parameter, capability, reading)


def _after_lead(parameter: Parameter, capability: Capability, reading: Reading) -> str:
    """Free text that follows the words which stand before its hole in a phrase: "remember that {fact}"."""
    words = reading.message.words
    lows = [w.low for w in words]
    best = 0
    for lead in _leads(capability.phrases, parameter.name):
        for i in range(len(lows) - len(lead)):
            if tuple(lows[i : i + len(lead)]) == lead and len(lead) + i > best:
                best = len(lead) + i
                break
    end = best + 1 if parameter.kind == "person" else len(words)
    return reading.message.said(best, end) if best else ""


def _leads(phrases: Iterable[str], name: str) -> list[tuple[str, ...]]:
    found = {
        p.partition("{" + name + "}")[0].rpartition("}")[2].strip()
        for p in phrases
        if p.rstrip().endswith("{" + name + "}")
    }
    return sorted((tuple(lead.casefold().split()) for lead in found if lead), key=len, reverse=True)
