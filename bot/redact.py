"""Card numbers typed into a chat are taken out before anything is stored or logged."""

import re
from itertools import accumulate, groupby

# Thirteen digits or more with at most three marks or blanks between two of them.
_RUN = re.compile(r"\d(?:[\W_]{0,3}\d){12,}")
_GROUP = re.compile(r"(\d+)")
_SHORTEST, _LONGEST = 13, 19
# So many single digits or pairs in a row may still be one number between others.
_LONGEST_LIST = 40
# The first digits of the numbers below.
_BEGINNINGS = "234568"
# How the schemes' numbers begin and how long they are (ISO/IEC 7812-1, as the schemes publish it).
_SCHEME = re.compile(
    r"4\d{12}(?:\d{3}){0,2}"
    r"|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|220[0-4]\d{12,15}"
    r"|3[47]\d{13}|30[0-5]\d{11}|3[689]\d{12}|35\d{14,17}"
    r"|(?:5[06-8]|6\d|81)\d{11,17}",
    re.ASCII,
)
# The digit sum of twice a digit.
_DOUBLED = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_KNOWN_SHAPES = ((4, 6, 5), (4, 6, 4))
HIDDEN = "[card number removed]"
HIDDEN_CODE = "[security code removed]"
# A security code is named, or stands behind a card (and its expiry); it must never be kept (PCI DSS 3.3.1).
_NAMED_CODE = re.compile(r"(?i)\b(cv[cv]2?|csc|security code)(\W{1,3}(?:is\W)?)\d{3,4}\b")
_CODE_BEHIND = re.compile(
    rf"({re.escape(HIDDEN)}(?:[\s,;:]{{1,3}}(?:exp\w*\W{{1,2}})?\d{{1,2}}\s?[/.-]\s?\d{{2,4}})?[\s,;:]{{1,3}})\d{{3,4}}\b"
)


def redact(text: str) -> str:
    """The text without payment card numbers (13 to 19 digits that pass the Luhn check, grouped as people write them)

    and without the security codes beside them."""
    if len(text) >= _SHORTEST:
        text = _RUN.sub(lambda run: _Run(run.group()).without_cards(), text)
        if HIDDEN in text:
            text = _CODE_BEHIND.sub(rf"\1{HIDDEN_CODE}", text)
    return _NAMED_CODE.sub(rf"\1\2{HIDDEN_CODE}", text)


class _Run:
    """A run of digits in which a card may stand between other numbers (its expiry, a phone)."""

    def __init__(self, text: str) -> None:
        parts = _GROUP.split(text)  # in turn: what is between, a group of digits
        self._text = text
        self._ends = list(accumulate(map(len, parts)))
        groups, between = parts[1::2], parts[2::2]
        written = "".join(groups)
        self._digits = written if written.isascii() else "".join(str(int(c)) for c in written)
        self._lengths = list(map(len, groups))
        self._sums = [0, *accumulate(self._lengths)]
        alike = {one: " ".join(one.split()) for one in set(between)}
        self._between = [alike[one] for one in between]
        self._until = self._evenly_written()

    def _evenly_written(self) -> list[int]:
        """For each group the last one that can belong to a number written evenly from it on: groups of one length

        with the same between them, and one that may be shorter. Long lists of single digits or pairs are no number."""
        until: list[int] = []
        for (length, _), same in groupby(zip(self._lengths, self._between, strict=True)):
            count = len(list(same))
            far = length < 3 and count * length > _LONGEST_LIST
            until += [-1 if far else min(len(until) + count, len(self._lengths) - 1)] * count
        return until

    def without_cards(self) -> str:
        kept, done, behind = [], 0, 0
        for first in self._beginnings():
            last = self._card_from(first) if first >= behind else None
            if last is not None:
                kept += [self._text[done : self._ends[2 * first]], HIDDEN]
                done, behind = self._ends[2 * last + 1], last + 1
        return "".join((*kept, self._text[done:]))

    def _beginnings(self) -> list[int]:
        """The groups with which a card may begin."""
        digits = map(self._digits.__getitem__, self._sums)
        each = enumerate(zip(self._until, digits, strict=False))
        return [group for group, (until, digit) in each if until >= group and (digit in _BEGINNINGS or not group)]

    def _card_from(self, first: int) -> int | None:
        """The last group of the longest card that begins with group `first`."""
        cards = [last for last in self._numbers_from(first) if self._is_card(first, last)]
        return max(cards) if cards else None

    def _numbers_from(self, first: int) -> list[int]:
        """The groups with which a number of 13 to 19 digits that begins with group `first` can end."""
        length, until = self._lengths[first], self._until[first]
        if length >= _SHORTEST:
            return [first] if length <= _LONGEST and not self._is_decimal(first) else []
        sums, lengths, before = self._sums, self._lengths, self._sums[first]
        nearest = first + -(-(_SHORTEST - length) // length)
        ends = [
            last
            for last in range(nearest, min(until, first + _LONGEST // length) + 1)
            if _SHORTEST <= sums[last + 1] - before <= _LONGEST and lengths[last] <= length
        ]
        return [*ends, first + 2] if length == 4 and self._is_known_shape(first) else ends

    def _is_decimal(self, group: int) -> bool:
        """Whether these digits stand behind a decimal point."""
        start = self._ends[2 * group]
        return start > 1 and self._text[start - 1] in ".," and self._text[start - 2].isdigit()

    def _is_known_shape(self, first: int) -> bool:
        shape, between = tuple(self._lengths[first : first + 3]), self._between[first : first + 2]
        return shape in _KNOWN_SHAPES and between[0] == between[1]

    def _is_card(self, first: int, last: int) -> bool:
        number = self._digits[self._sums[first] : self._sums[last + 1]]
        whole = first == 0 and last == len(self._lengths) - 1
        return bool(whole or _SCHEME.fullmatch(number)) and _luhn(number)


def _luhn(number: str) -> bool:
    """The Luhn check of ISO/IEC 7812-1 over ASCII digits."""
    digits = number.encode()
    plain, doubled = digits[-1::-2], digits[-2::-2].translate(_DOUBLED)
    return (sum(plain) - len(plain) * 48 + sum(doubled)) % 10 == 0 and len(set(number)) > 1
