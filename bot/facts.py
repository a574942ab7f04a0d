"""The fact check: an amount, time, date or reference in a persona's words must stand in a record."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

_FIGURE = re.compile(r"\d[\d,.:]*\d|\d")
_REFERENCE = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,}\b")
_TELLING = re.compile(r"[$€£¥]\s*\d|\d\s*(?:%|(?:am|pm|[A-Z]{3})\b)", re.IGNORECASE)
# Only from its first digit on: a long row of figures is read once, not from every one of them.
_NUMBER = r"(?<!\d)(?<!\d,)(?<!,,)\d[\d,]*(?:\.\d+)?"
_AMOUNT = re.compile(rf"(?:\b([A-Z]{{3}})\s?|([$€£¥])\s?)({_NUMBER})|({_NUMBER})\s?(?:([A-Z]{{3}})\b|([$€£¥]))")
_SIGNS = {"€": "EUR", "£": "GBP", "¥": "JPY"}
_TIME = re.compile(r"(?<![\d:])(\d{1,2}):(\d{2})(?::\d{2})?(?!\d)(?:\.\d+)?(?:\s?([ap])\.?m\b)?", re.IGNORECASE)
_HOUR = re.compile(r"(?<![\d:.])(\d{1,2})\s?([ap])\.?m\b", re.IGNORECASE)
_MONTHS = {m: n for n, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTHS |= {"mac": 3, "mei": 5, "ago": 8, "okt": 10, "des": 12}  # of Swahili, where they are not the same
_MONTH = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_ISO = re.compile(r"\b\d{4}-(\d{2})-(\d{2})(?!\d)")
_DAY_FIRST = re.compile(rf"\b(?:{_DAY}\s*(?:to|and|until|till|[-–/])\s*)?{_DAY}(?: of)?\s+{_MONTH}(?![a-z])", re.I)
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+{_DAY}(?:\s*(?:to|and|until|till|[-–/])\s*{_DAY})?\b", re.I)
# What was done with money or a booking: only a record of ours may say so, whoever else does.
_DEEDS = re.compile(
    r"\b(?:charged|paid|booked|refunded|cancell?ed|reserved|confirmed|transferred|wired|purchased|bought|received|sold|"
    r"authori[sz]ed|captured|debited|credited|deducted|withdrawn|"
    r"\w*(?:lipwa|lipia|melipa|katwa|tozwa|rudishwa|rudishiwa|thibitishwa|nunuliwa|ghairiwa|wekewa nafasi))\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """What may be told. `amounts`: (currency or sign, number); `times`: HH:MM; `dates`: (month, day)."""

    figures: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)
    amounts: set[tuple[str, str]] = field(default_factory=set)
    times: set[str] = field(default_factory=set)
    dates: set[tuple[int, int]] = field(default_factory=set)
    said: frozenset[str] = frozenset()


def known(results: Iterable[Any], said: Iterable[str]) -> Known:
    """All that stands in this Turn's results and in people's words; people need not name a currency."""
    words = " ".join(said)
    found = _read(" ".join([*(json.dumps(r, default=str, ensure_ascii=False) for r in results), words]))
    whole = {f.split(".")[0] for f in found.figures if f.endswith((".0", ".00"))}
    return Known(
        found.figures | whole, found.references, found.amounts, found.times, found.dates, frozenset(_figures(words))
    )


def checked(text: str, allowed: Known, recorded: Known | None = None) -> tuple[str, list[str]]:
    """The text without the sentences that tell what no record holds, and those sentences.

    `recorded`: what stands in facts and in what was changed, `allowed` if left out. A sentence about money that moved
    or a booking that was made may tell nothing else: that somebody said so, or wrote it into a title, is no record."""
    kept: list[str] = []
    dropped: list[str] = []
    for line in text.split("\n"):
        sentences = re.split(r"(?<=[.!?…])\s+", line)
        good = [s for s in sentences if _holds(s, allowed if recorded is None or not _DEEDS.search(s) else recorded)]
        dropped.extend(s for s in sentences if s not in good)
        if good or not line:
            kept.append(" ".join(good))
    return "\n".join(kept).strip(), dropped


def _holds(sentence: str, allowed: Known) -> bool:
    told = _read(sentence)
    if not told.figures:
        return told.references <= allowed.references
    amounts = {a for a in told.amounts if a[1] not in allowed.said}
    if not (amounts <= allowed.amounts and told.times <= allowed.times and told.dates <= allowed.dates):
        return False
    tells = bool(told.amounts or _TELLING.search(sentence))
    rest = {f for f in told.figures if tells or len(f) > 1} - _typed(sentence, told)
    return rest <= allowed.figures and told.references <= allowed.references


def _typed(sentence: str, told: Known) -> set[str]:
    """The figures that were held against more than themselves already."""
    times = _figures(" ".join(m.group() for p in (_TIME, _HOUR) for m in p.finditer(sentence)))
    days = {
        g for p in (_DAY_FIRST, _MONTH_FIRST) for m in p.finditer(sentence) for g in m.groups() if g and g.isdigit()
    }
    amounts = _figures(" ".join(m[3] or m[4] for m in _AMOUNT.finditer(sentence)))
    return times | days | amounts


def _read(text: str) -> Known:
    if not any(c.isdigit() for c in text):
        return Known(references=set(_REFERENCE.findall(text)))
    return Known(
        _figures(text), set(_REFERENCE.findall(text)), set(_amounts(text)), set(_times(text)), set(_dates(text))
    )


def _figures(text: str) -> set[str]:
    """Without thousands separators."""
    return {f.replace(",", "").rstrip(".:") for f in _FIGURE.findall(text)}


def _amounts(text: str) -> Iterator[tuple[str, str]]:
    """A sign stands for its currency, $ for any dollar; 4,500.00 is 4500."""
    for m in _AMOUNT.finditer(text):
        code, number = m[1] or m[2] or m[5] or m[6], (m[3] or m[4]).replace(",", "")
        whole = number.rstrip("0").rstrip(".") if "." in number else number
        yield _SIGNS.get(code, code), whole
        if code.endswith("D"):
            yield "$", whole


def _times(text: str) -> Iterator[str]:
    for m in _TIME.finditer(text):
        hour = int(m[1]) % 12 + (12 if m[3] in "pP" else 0) if m[3] else int(m[1])
        yield f"{hour:02}:{m[2]}"
    for m in _HOUR.finditer(text):
        yield f"{int(m[1]) % 12 + (12 if m[2] in 'pP' else 0):02}:00"


def _dates(text: str) -> Iterator[tuple[int, int]]:
    for m in _ISO.finditer(text):
        yield int(m[1]), int(m[2])
    for m in _DAY_FIRST.finditer(text):
        yield from ((_MONTHS[m[3].casefold()], int(day)) for day in (m[1], m[2]) if day)
    for m in _MONTH_FIRST.finditer(text):
        yield from ((_MONTHS[m[1].casefold()], int(day)) for day in (m[2], m[3]) if day)
