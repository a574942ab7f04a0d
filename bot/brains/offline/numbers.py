"""How many: numbers in figures and in words, and the clock times that are not counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.brains.offline.words import Word
from bot.names import word_set

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
)
SMALL = {word: value for value, word in enumerate(_ONES.split())}
_TENS = {
    word: 10 * value for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_GROUPS = {"couple": 2, "pair": 2, "dozen": 12, "single": 1}
_HALVES = word_set("am pm a.m. p.m. a.m p.m oclock o'clock hrs hours")
_NOT_COUNTED = word_set("way stop star stars")  # "one way", "4 stars"
_AGES = word_set("year years yr yrs month months")
_NUMBERED = word_set("big formula route gate terminal platform")  # "the big five", "terminal 3"
_PARTS_OF_DAY = word_set("morning afternoon evening night noon midday")
_BOUNDS, _NEVER = word_set("before after past"), word_set("not nothing never no one")
_ENDS = ("", ".", ",", "!", "?", ";", "and", "or", "but", "please", "each", "every", "on", "in")
_BEFORE_CLOCK = word_set("at by around before after till until from about")


@dataclass(frozen=True, slots=True)
class Number:
    """Words `start` up to `end` (exclusive) say the whole number `value`.

    `pronoun`: it is the word "one", which often stands for a thing.
    """

    start: int
    end: int
    value: int
    pronoun: bool = False


def find_numbers(words: Sequence[Word]) -> list[Number]:
    """Whole numbers up to 9,999 in figures or words, "a couple of" and "a dozen" among them."""
    found: list[Number] = []
    i = 0
    while i < len(words):
        number = _number_at(words, i)
        if number:
            found.append(number)
        i = number.end if number else i + 1
    return found


def _number_at(words: Sequence[Word], i: int) -> Number | None:
    low = words[i].low
    if low not in _BEGINS and not low[:1].isdigit():
        return None
    after = [w.low for w in words[i + 1 : i + 5] if w.low != "-"][:2]
    if (after and after[0] in _NOT_COUNTED) or (i and words[i - 1].low in _NUMBERED):
        return None
    if after[:1] and after[0] in _AGES and after[1:] in (["old"], ["olds"]):
        return None
    if low.isascii() and low.isdigit() and len(low) <= 4:
        return Number(i, i + 1, int(low))
    if low in _TENS:
        return _tens(words, i)
    if low in SMALL:
        return Number(i, i + 1, SMALL[low], low == "one")
    if low == "half" and [w.low for w in words[i + 1 : i + 3]] == ["a", "dozen"]:
        return Number(i, i + 3 + (i + 3 < len(words) and words[i + 3].low == "of"), 6)
    if low == "a" and i + 1 < len(words) and words[i + 1].low in _GROUPS:
        return _group(words, i + 1, i)
    if low == "a" and i and words[i - 1].low == "for" and words[i + 1 : i + 2] and words[i + 1].low == "night":
        return Number(i, i + 1, 1)
    if low in ("couple", "dozen"):
        return _group(words, i, i)
    return None


def _tens(words: Sequence[Word], i: int) -> Number:
    j = i + 2 if i + 1 < len(words) and words[i + 1].low == "-" else i + 1
    ones = SMALL.get(words[j].low, 0) if j < len(words) else 0
    if 0 < ones < 10:
        return Number(i, j + 1, _TENS[words[i].low] + ones)
    return Number(i, i + 1, _TENS[words[i].low])


def _group(words: Sequence[Word], i: int, start: int) -> Number:
    end = i + 2 if i + 1 < len(words) and words[i + 1].low == "of" else i + 1
    return Number(start, end, _GROUPS[words[i].low])


def in_words(words: Sequence[Word], i: int) -> tuple[int, int]:
    """(number, where it ends) of "two thousand five hundred", "a hundred and fifty"; (0, i) for none."""
    total, part, j = 0, 0, i
    while j < len(words):
        low, nxt = words[j].low, words[j + 1].low if j + 1 < len(words) else ""
        if low in SMALL or low in _TENS:
            part += SMALL.get(low, 0) + _TENS.get(low, 0)
        elif low == "hundred" and part < 100:
            part = 100 * (part or 1)
        elif low == "thousand":
            total, part = total + 1000 * (part or 1), 0
        elif not ((low == "a" and nxt in _ROUND) or (j > i and low in ("and", "-") and nxt in _SPELT)):
            break
        j += 1
    return (total + part, j) if total + part else (0, i)


_ROUND = word_set("hundred thousand")
_BEGINS = frozenset(SMALL) | frozenset(_TENS) | word_set("a half couple dozen")
_SPELT = frozenset(SMALL) | frozenset(_TENS) | _ROUND


def find_times(words: Sequence[Word]) -> list[tuple[int, int]]:
    """(start, end) of clock times: "7 pm", "19:30", "half past 3", "morning 11:30", "at 6 in the evening"."""
    found: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        end = _time_at(words, i)
        if end:
            found.append((i, end))
        i = end or i + 1
    return found


def _time_at(words: Sequence[Word], i: int) -> int:
    """Where a clock time that starts at word i ends, or 0."""
    low = words[i].low
    nxt = [w.low for w in words[i + 1 : i + 5]] + [""] * 4
    if low in ("half", "quarter") and nxt[0] in ("past", "to", "after") and _hour(nxt[1]):
        return _part_of_day(words, i + 3)
    if low in _PARTS_OF_DAY and _hour(nxt[0]) and (":" in nxt[0] or nxt[1] in (*_HALVES, *_ENDS)):
        return _with_half(words, i + 2)
    if ":" in low and low[0].isdigit():
        return _part_of_day(words, _with_half(words, i + 1))
    if not _hour(low):
        return 0
    if nxt[0] in _HALVES:
        return _part_of_day(words, i + 2)
    if (nxt[0] == "o" and nxt[1] in ("'", '"')) or (nxt[0] == "in" and nxt[1] == "the" and nxt[2] in _PARTS_OF_DAY):
        return _part_of_day(words, i + 4)
    if i > 1 and words[i - 1].low in _BOUNDS and words[i - 2].low in _NEVER and nxt[0] in _ENDS:
        return i + 1
    if i and words[i - 1].low in ("before", "after") and nxt[0] in ("", ".", ",", "?", "!", "in", "on", "at", "please"):
        return i + 1
    if i > 1 and words[i - 1].low == "by" and low.isdigit() and nxt[0] in ("", ".", ",", "?", "!", "tomorrow", "today"):
        return i + 1
    if (
        i
        and words[i - 1].low == "at"
        and nxt[0] in ("", ".", ",", "?", "!", "on", "tomorrow", "tonight", "today", "for", "and", "but", "so")
    ):
        return i + 1
    return 0


def _hour(low: str) -> bool:
    value = low.replace(":", "").replace(".", "")
    if value.isascii() and value.isdigit():
        return ":" in low or int(value) <= 24
    return low != "zero" and SMALL.get(low, 99) <= 12


def _with_half(words: Sequence[Word], end: int) -> int:
    return end + 1 if end < len(words) and words[end].low in _HALVES else end


def _part_of_day(words: Sequence[Word], end: int) -> int:
    """Past a trailing "in the morning"."""
    rest = [w.low for w in words[end : end + 3]]
    if len(rest) == 3 and rest[0] == "in" and rest[2] in _PARTS_OF_DAY:
        return end + 3
    return end
