"""The fact check: an amount, time, date or reference in a persona's words must stand in a record."""

import json
import re
from collections.abc import Iterable
from typing import Any

_FIGURE = re.compile(r"\d[\d,.:]*\d|\d")
_REFERENCE = re.compile(r"\b(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-Z0-9]{5,}\b")
# What was done with money or a booking: only a record of ours may say so, whoever else does.
_DEEDS = re.compile(
    r"\b(?:charged|paid|booked|refunded|cancell?ed|reserved|confirmed|transferred|wired|purchased|bought|received|sold|"
    r"authori[sz]ed|captured|debited|credited|deducted|withdrawn)\b",
    re.IGNORECASE,
)
_TELLING = re.compile(r"[$€£¥]\s*\d|\d\s*(?:am|pm|%|[A-Z]{3})\b", re.IGNORECASE)


def figures(text: str) -> set[str]:
    """The figures in a text, without thousands separators."""
    return {f.replace(",", "").rstrip(".:") for f in _FIGURE.findall(text)}


def known(results: Iterable[Any], said: Iterable[str]) -> set[str]:
    """What may be told: every figure and reference in this Turn's results and in people's words."""
    text = " ".join([*(json.dumps(r, default=str) for r in results), *said])
    found = figures(text)
    return found | {f.split(".")[0] for f in found if f.endswith((".0", ".00"))} | set(_REFERENCE.findall(text))


def checked(text: str, allowed: set[str], recorded: set[str] | None = None) -> tuple[str, list[str]]:
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


def _holds(sentence: str, allowed: set[str]) -> bool:
    tells = bool(_TELLING.search(sentence))
    facts = {f for f in figures(sentence) if tells or len(f) > 1}
    return facts <= allowed and set(_REFERENCE.findall(sentence)) <= allowed
