"""Suppliers' words that we know, in the reader's language: labels of facts, and what stands in them. The rest stays as
the supplier said it."""

import re
from datetime import UTC, datetime

from bot.glossary_sw import KINDS, LABELS, SENTENCES, WORDS
from bot.language import SWAHILI, formed, spoken

_SENTENCES = tuple((re.compile(english), told) for english, told in SENTENCES)
_KNOWN = re.compile(rf"(?<![\w-])(?:{'|'.join(sorted(map(re.escape, WORDS), key=len, reverse=True))})(?![\w-])")

_DAY = re.compile(r"\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d{2} [A-Z][a-z]{2} \d{4}\b")

_MONTHS = {datetime(2000, n, 1, tzinfo=UTC).strftime("%B"): n for n in range(1, 13)}
_MONTH = re.compile(rf"(?<=\d )(?:{'|'.join(_MONTHS)})\b|\b(?:{'|'.join(_MONTHS)})(?= \d{{4}}\b)")


def worded(text: str) -> str:
    """What a supplier says of an offer, such as "2 nights, 1 room" or "Not refundable"."""
    if spoken() != SWAHILI or not text:
        return text
    if text in WORDS:
        return WORDS[text]
    for english, told in _SENTENCES:
        text = english.sub(told, text)
    return _KNOWN.sub(lambda found: WORDS[found[0]], _MONTH.sub(_month, _DAY.sub(_day, text)))


def _day(found: re.Match[str]) -> str:
    return formed(datetime.strptime(found[0], "%a %d %b %Y").replace(tzinfo=UTC), "%A, %d %B %Y")


def _month(found: re.Match[str]) -> str:
    return formed(datetime(2000, _MONTHS[found[0]], 1, tzinfo=UTC), "%B")


def labelled(label: str) -> str:
    """The label of a fact; what stands before its last " · " or " – " is a number or a title."""
    if spoken() != SWAHILI:
        return label
    before, mark, last = max((label.rpartition(m) for m in ("· ", "– ")), key=lambda p: len(p[0]))
    told = LABELS.get(last) or (worded(last) if last.startswith("Back until ") else last)
    return f"{before}{mark}{told}"


def kind_named(kind: str) -> str:
    """What a kind of offer is called: "hotel"."""
    return KINDS.get(kind, kind) if spoken() == SWAHILI else kind


def means(label: str, english: str) -> bool:
    """Whether a label as it was shown, in whichever language, is this one of ours."""
    last = label.rpartition("· ")[2].rpartition("– ")[2]
    return last in (english, LABELS[english])
