"""Sums of money in what people say they paid, read exactly or not at all: what can be misread is asked for again."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from bot.brains.offline.money import currency_of
from bot.brains.offline.words import Message
from bot.errors import AskAgain
from bot.money import Money, exponent
from payments.together.texts import say

MOST = 10**12
_PIECE = re.compile(
    r"(?P<sign>[-−–+]*)(?P<before>[^\W\d_]{1,12}\.?|[^\w\s])?(?P<number>\d(?:[\d.,]*\d)?)"
    r"(?P<after>[^\W\d_]{1,12}|[^\w\s])?(?P<slash>/[=-])?"
)
_ENGLISH = re.compile(r"(?:\d+|\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})(?:\.\d+)?")
# A comma before the last two digits, or points between thousands: what no English figure looks like.
_CONTINENTAL = re.compile(r"\d+,\d{2}|\d{1,3}(?:\.\d{3})+,\d{1,2}|\d{1,3}(?:\.\d{3}){2,}")
_ARITHMETIC = re.compile(r"[-−–+]*\d[\d.,'_/%^*xXeE+-]*")
_NO_SUM = re.compile(r"\d{1,2}[:h]\d{2}|\d{1,2}[./]\d{1,2}[./]?(?:\d{2,4})?|\d{4}-\d{2}-\d{2}")
_TIMES = {"k": 10**3, "thousand": 10**3, "grand": 10**3, "m": 10**6, "million": 10**6}
_COUNTED = frozenset(
    """people persons person pax guests friends nights night days day hours hour rooms room tickets seats places km kids
    adults adult children child cents of travelers travellers members weeks week minutes min hrs am pm star stars
    january february march april may june july august september october november december jan feb mar apr jun jul aug
    sep sept oct nov dec""".split()
)
# "For" so few is for people.
_FEW = 100
# What a number stands after that counts people or tells a time.
_COUNTING = frozenset(
    """are be am were becoming became we're we’re they're they’re day days room rooms night nights party group team
    until till at on in tuko tupo wako wapo tumekuwa tutakuwa watu siku saa vyumba chumba tarehe""".split()
)
_MARKS = "()[]{}\"'“”„«»,;:!?."


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Words `start` up to `end` (exclusive) name money; `bare`: without a currency."""

    start: int
    end: int
    money: Money
    bare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """What stands between two spaces, without the marks around it."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A figure as written in pieces `first` to `last`, its currency ("" if none is named)."""

    first: int
    last: int
    digits: str
    times: int
    currency: str


def sums_in(message: Message, home: str, names: Sequence[str]) -> list[Sum]:
    """All sums that a message names. `home`: the currency of a bare number; `names`: of people, who are no currency.

    AskAgain("what", ...) for what is no exact amount of a currency we know, and for several currencies."""
    pieces = list(_pieces(message.text))
    found = list(_reads(pieces, home))
    _check_odd(pieces, found, home)
    _check_currency(pieces, found, {part for name in names for part in name.casefold().split()})
    named = {r.currency for r in found if r.currency}
    if len(named) > 1:
        raise AskAgain("what", say("mixed"))
    currency = named.pop() if named else home
    sums = [_sum(message, pieces, r, currency) for r in found]
    if sum(s.money.minor for s in sums) > MOST:
        raise AskAgain("what", say("too_much"))
    return sums


def _pieces(text: str) -> Iterator[_Piece]:
    for found in re.finditer(r"\S+", text):
        bare = found[0].strip(_MARKS)
        start = found.start() + found[0].find(bare)
        yield _Piece(text=bare, start=start, end=start + len(bare))


def _reads(pieces: Sequence[_Piece], home: str) -> Iterator[_Read]:
    taken = -1  # the last piece that belongs to a sum
    for n, piece in enumerate(pieces):
        found = _figure(piece.text, n, home)
        if found is None:
            continue
        read = _with_neighbours(pieces, found, taken, home)
        if _minus(piece.text) or _hanging_minus(pieces, n):
            raise AskAgain("what", say("nothing"))
        taken = read.last
        yield read


def _figure(text: str, n: int, home: str) -> _Read | None:
    """Piece `n` alone: "45", "$45.50", "20k", "KES45", "45usd", "300/=" can be an amount; None for anything else."""
    found = _PIECE.fullmatch(text)
    if found is None:
        return None
    before, after = (found["before"] or "").rstrip("."), (found["after"] or "").casefold()
    times = 1
    if after and not currency_of(after, home) and after[0] in "km":
        times, after = _TIMES[after[0]], after[1:]
    named = [word for word in (before, after) if word]
    currencies = [currency_of(word, home) or _unknown(word) for word in named]
    if not all(currencies) or len(currencies) > 1:
        return None
    currency = currencies[0] if currencies else home if found["slash"] else ""
    return _Read(first=n, last=n, digits=found["number"], times=times, currency=currency)


def _unknown(word: str) -> str:
    """AskAgain for the sign of a currency that nobody here knows."""
    if unicodedata.category(word[0]) == "Sc":
        raise AskAgain("what", say("no_currency", said=word))
    return ""


def _with_neighbours(pieces: Sequence[_Piece], read: _Read, taken: int, home: str) -> _Read:
    """With "thousand" after it, and the currency that is written before or after it."""
    n, last, times, currency = read.first, read.last, read.times, read.currency
    following = pieces[last + 1].text.casefold() if last + 1 < len(pieces) else ""
    if times == 1 and following in _TIMES and following != "m":
        times, last = _TIMES[following], last + 1
    if not currency and n - 1 > taken and currency_of(pieces[n - 1].text, home):
        return replace(read, first=n - 1, last=last, times=times, currency=currency_of(pieces[n - 1].text, home))
    if not currency and last + 1 < len(pieces) and currency_of(pieces[last + 1].text, home):
        currency, last = currency_of(pieces[last + 1].text, home), last + 1
    return replace(read, last=last, times=times, currency=currency)


def _minus(text: str) -> bool:
    return text[0] in "-−–"


def _hanging_minus(pieces: Sequence[_Piece], n: int) -> bool:
    return n == 1 and pieces[0].text in ("-", "−", "–")


def _check_odd(pieces: Sequence[_Piece], found: Sequence[_Read], home: str) -> None:
    """AskAgain for figures that are no amount as anybody writes them, where an amount may be meant."""
    used = {n for read in found for n in range(read.first, read.last + 1)}
    named = any(read.currency for read in found)
    for n, piece in enumerate(pieces):
        if n in used or not any(c.isdigit() for c in piece.text):
            continue
        beside = [pieces[m].text for m in (n - 1, n + 1) if 0 <= m < len(pieces) and m not in used]
        meant = any(currency_of(word, home) for word in beside)
        if meant or not (named or _NO_SUM.fullmatch(piece.text) or not _ARITHMETIC.fullmatch(piece.text)):
            raise AskAgain("what", say("unreadable", said=piece.text[:40]))
    for one, two in pairwise(found):
        apart = one.last + 1 == two.first and not one.currency and len(two.digits) == 3 and two.digits.isdigit()
        if apart and len(one.digits) < 4:
            raise AskAgain("what", say("unreadable", said=f"{one.digits} {two.digits}"))


def _check_currency(pieces: Sequence[_Piece], found: Sequence[_Read], names: set[str]) -> None:
    """AskAgain for three capital letters beside a number that are no currency: "45 XXX"."""
    for read in found:
        beside = [pieces[m].text for m in (read.first - 1, read.last + 1) if 0 <= m < len(pieces)]
        for word in beside if not read.currency else ():
            if re.fullmatch(r"[A-Z]{3}", word) and not currency_of(word) and word.casefold() not in names:
                raise AskAgain("what", say("no_currency", said=word))


def _sum(message: Message, pieces: Sequence[_Piece], read: _Read, currency: str) -> Sum:
    money = exact(read.digits, read.times, currency)
    start, end = pieces[read.first].start, pieces[read.last].end
    inside = [n for n, w in enumerate(message.words) if start <= w.start and w.end <= end]
    bare = not read.currency and read.times == 1
    return Sum(start=inside[0], end=inside[-1] + 1, money=money, bare=bare)


def exact(digits: str, times: int, currency: str) -> Money:
    """An amount as people write it. AskAgain("what", ...) if it is none, or not one of that currency."""
    if _ENGLISH.fullmatch(digits):
        figure = digits.replace(",", "")
    elif _CONTINENTAL.fullmatch(digits):
        figure = digits.replace(".", "").replace(",", ".")
    else:
        raise AskAgain("what", say("unreadable", said=digits[:40]))
    if len(figure) > 20:
        raise AskAgain("what", say("too_much"))
    minor = (Decimal(figure) * times).scaleb(exponent(currency))
    if minor != minor.to_integral_value():
        raise AskAgain("what", say("not_exact", sum=digits, currency=currency))
    if minor <= 0:
        raise AskAgain("what", say("nothing"))
    return Money(int(minor), currency)


def is_count(one: Sum, before: str, after: str) -> bool:
    """Whether a bare number counts people, days or rooms, or tells a time: "we are 4 now", "day 2", "for 4".

    `before`, `after`: the words beside it, in lower case."""
    few = before == "for" and one.money.major < _FEW
    return one.bare and (before in _COUNTING or after in _COUNTED or few)


def meant(sums: Sequence[Sum], attached: Sequence[bool]) -> list[Sum]:
    """The sums that are money: a bare number beside a sum with its currency is none unless it is somebody's part.

    `attached`: whether somebody is named as its payer. AskAgain if it is not clear."""
    if len(sums) < 2:
        return list(sums)
    if any(not s.bare for s in sums):
        parts = all(a for s, a in zip(sums, attached, strict=True) if not s.bare)
        return [s for s, a in zip(sums, attached, strict=True) if not s.bare or (a and parts)]
    if not all(attached):
        raise AskAgain("what", say("which_sum", one=sums[0].money, other=sums[1].money))
    return list(sums)
