"""Card numbers typed into a chat are taken out before anything is stored or logged."""

import re
from itertools import accumulate, pairwise

# Thirteen digits or more with at most three marks or blanks between two of them.
_RUN = re.compile(r"\d(?:[\W_]{0,3}\d){12,}")
_GROUP = re.compile(r"\d+")
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


def redact(text: str) -> str:
    """The text without payment card numbers: 13 to 19 digits that pass the Luhn check, grouped as people write them."""
    if len(text) < 13 or _RUN.search(text) is None:
        return text
    return _RUN.sub(lambda run: _Run(run.group()).without_cards(), text)


class _Run:
    """A run of digits in which a card may stand between other numbers (its expiry, a phone)."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans = [g.span() for g in _GROUP.finditer(text)]
        self._digits = "".join(str(int(c)) for c in text if c.isdecimal())
        self._sums = [0, *accumulate(end - start for start, end in self._spans)]

    def without_cards(self) -> str:
        kept, at, done = [], 0, 0
        while at < len(self._spans):
            last = self._card_from(at)
            if last is not None:
                kept += [self._text[done : self._spans[at][0]], HIDDEN]
                done, at = self._spans[last][1], last
            at += 1
        return "".join((*kept, self._text[done:]))

    def _card_from(self, first: int) -> int | None:
        """The last group of the longest card that begins with group `first`."""
        found = None
        for last in range(first, len(self._spans)):
            length = self._sums[last + 1] - self._sums[first]
            if length > 19:
                break
            if length >= 13 and self._is_card(first, last):
                found = last
        return found

    def _is_card(self, first: int, last: int) -> bool:
        number = self._digits[self._sums[first] : self._sums[last + 1]]
        whole = first == 0 and last == len(self._spans) - 1
        return (
            bool(whole or _SCHEME.fullmatch(number)) and _luhn(number) and self._is_one(self._spans[first : last + 1])
        )

    def _is_one(self, spans: list[tuple[int, int]]) -> bool:
        """Whether these groups are written as one number: alike, with the same between them, no decimals."""
        start = spans[0][0]
        if len(spans) == 1:
            return not (start > 1 and self._text[start - 1] in ".," and self._text[start - 2].isdigit())
        between = {" ".join(self._text[a[1] : b[0]].split()) for a, b in pairwise(spans)}
        shape = tuple(end - start for start, end in spans)
        even = len(set(shape[:-1])) == 1 and shape[-1] <= shape[0]
        return len(between) == 1 and (even or shape in _KNOWN_SHAPES)


def _luhn(number: str) -> bool:
    """The Luhn check of ISO/IEC 7812-1 over ASCII digits."""
    digits = number.encode()
    plain, doubled = digits[-1::-2], digits[-2::-2].translate(_DOUBLED)
    return (sum(plain) - len(plain) * 48 + sum(doubled)) % 10 == 0 and len(set(number)) > 1
