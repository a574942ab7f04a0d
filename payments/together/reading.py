"""What somebody says they paid, read: "45 USD dinner @all", "3000 KES for dinner for Ben and me", "Ana 30 Ben 15"."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.brains.offline.words import Message, Word, read
from bot.errors import AskAgain
from bot.model import Member, Thread
from bot.money import Money
from bot.names import fold
from payments.together.sums import Sum, is_count, meant, sums_in
from payments.together.texts import say

_ALL = frozenset("all everybody everyone us".split())
_ME = frozenset("me myself i".split())
_FOR = frozenset("for between among with".split())
_SKIP = frozenset("i we paid pay spent for by and on of the a an at with between among , . ; : & + @ - is have".split())
_EDGE = _SKIP | frozenset("all us me my myself".split())


_Named = tuple[int, int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """An expense as said. `paid`: (Person id, amount); `people`: for whom it was; one currency."""

    title: str
    paid: tuple[tuple[str, Money], ...]
    people: tuple[str, ...]


def read_expense(text: str, thread: Thread, asker: str, home: str, other: str = "") -> Spent:
    """Who paid how much for whom and what. `home`: the currency of a bare number, unless `other` may be meant as well.

    AskAgain("what", ...) if unclear."""
    message = read(text)
    names = _names(message.words, thread.present, asker)
    sums = _sums(message, thread.present, home, names)
    if not sums:
        raise AskAgain("what", say("no_sum"))
    if other and all(s.bare for s in sums):
        raise AskAgain("what", _which_currency(message, sums[0], other))
    paid, payers = _paid(sums, names, message.words, asker)
    taken = [range(s.start, s.end) for s in sums] + payers
    people, where = _people(message.words, names, taken, thread.present, asker)
    title = _title(message, [*taken, *where])
    return Spent(title=title, paid=paid, people=people)


def names_a_sum(text: str) -> bool:
    """Whether words may tell what was paid: they name an amount, readable or not, and not just a count or a time."""
    message = read(text)
    try:
        found = sums_in(message, "KES", ())
    except AskAgain:
        return True
    return any(not _is_count(message.words, one) for one in found)


def read_settlement(text: str, thread: Thread, asker: str, home: str) -> tuple[Member, Money | None]:
    """Who was given money, and how much if it is said: "Ana 500 KES". AskAgain("who", ...) if unclear."""
    message = read(text)
    words = message.words
    try:
        named = [(end, m) for n in range(len(words)) for end, p in [_name_at(words, n, thread.present) or (0, "")]
                 if end and (m := thread.member(p))]  # fmt: skip
    except AskAgain as several:
        raise AskAgain("who", several.text) from several
    if len({m.person for _, m in named}) != 1:
        raise AskAgain("who", say("nobody", name=text[:40]) if not named else say("settle_one"))
    if named[0][1].person == asker:
        raise AskAgain("who", say("settle_self"))
    try:
        sums = sums_in(message, home, [m.name for m in thread.present])
    except AskAgain as wrong:
        raise AskAgain("who", wrong.text) from wrong
    return named[0][1], sums[0].money if len(sums) == 1 else None


def _sums(message: Message, here: Sequence[Member], home: str, names: Sequence[_Named]) -> list[Sum]:
    """What is money in it; a number beside it is not, unless it is somebody's part."""
    words = message.words
    said = sums_in(message, home, [m.name for m in here])
    found = [s for s in said if not _is_count(words, s)]
    return meant(found, [any(_pays(s, name, words) for name in names) for s in found])


def _is_count(words: Sequence[Word], one: Sum) -> bool:
    return is_count(one, words[one.start - 1].low if one.start else "", _after(words, one))


def _after(words: Sequence[Word], one: Sum) -> str:
    return words[one.end].low if one.end < len(words) else ""


def _which_currency(message: Message, one: Sum, other: str) -> str:
    figure = message.words[one.start].start
    again = f"{message.text[:figure]}{one.money.currency} {message.text[figure:]}"
    return say("which_currency", one=one.money, other=other, again=again)


def _pays(one: Sum, name: _Named, words: Sequence[Word]) -> bool:
    """Whether somebody is named as who paid a sum: "Ana 30", "Ana paid 30", "30 by Ana"."""
    start, end, _ = name
    if end <= one.start:
        return {w.low for w in words[end : one.start]} <= {"paid", "pays", "spent", "gave", ":", "=", "have"}
    return start == one.end + 1 and words[one.end].low == "by"


def _names(words: Sequence[Word], here: Sequence[Member], asker: str) -> list[_Named]:
    """Where people here are named: (start, end, Person id); the longest name counts."""
    found: list[_Named] = []
    n = 0
    while n < len(words):
        hit = _name_at(words, n, here) or ((n + 1, asker) if words[n].low in _ME else None)
        if hit is not None:
            found.append((n, hit[0], hit[1]))
        n = hit[0] if hit else n + 1
    return found


def _name_at(words: Sequence[Word], n: int, here: Sequence[Member]) -> tuple[int, str] | None:
    """AskAgain("what", ...) for the whole name of more than one."""
    best: tuple[int, str] | None = None
    whole = ""
    for member in here:
        parts = fold(member.name).split()
        for size in {len(parts), 1}:
            said = [fold(w.low) for w in words[n : n + size]]
            close = sum(fold(m.name).split()[:1] == said for m in here) == 1 if size < len(parts) else True
            if parts and said == parts[:size] and close and (best is None or n + size > best[0]):
                best, whole = (n + size, member.person), fold(member.name) if size == len(parts) else ""
    if whole and sum(fold(m.name) == whole for m in here) > 1 and best is not None:
        raise AskAgain("what", say("two_called", name=" ".join(w.text for w in words[n : best[0]])[:40]))
    return best


def _paid(
    sums: Sequence[Sum], names: Sequence[_Named], words: Sequence[Word], asker: str
) -> tuple[tuple[tuple[str, Money], ...], list[range]]:  # fmt: skip
    """Who paid each sum: "Ana 30", "Ana paid 30", "30 by Ana"; else who says it."""
    paid: dict[str, Money] = {}
    payers: list[range] = []
    for one in sums:
        who = asker
        for name in names:
            if _pays(one, name, words):
                who = name[2]
                payers.append(range(name[0], one.start) if name[1] <= one.start else range(one.end, name[1]))
        paid[who] = paid[who] + one.money if who in paid else one.money
    return tuple(paid.items()), payers


def _people(
    words: Sequence[Word], names: Sequence[_Named], taken: Sequence[range], here: Sequence[Member], asker: str
) -> tuple[tuple[str, ...], list[range]]:
    """For whom it was: those named besides the payers; "with Ben" means oneself too; nobody named is everybody."""
    used = {n for part in taken for n in part}
    named = [(s, e, p) for s, e, p in names if s not in used and not _subject(words, s)]
    where = [range(s, e) for s, e, _ in named]
    everybody = [n for n, w in enumerate(words) if w.low in _ALL and n not in used and _meant(words, n)]
    strange = _stranger(words, used, named)
    if strange:
        raise AskAgain("what", say("nobody", name=strange))
    if everybody or not named:
        return tuple(m.person for m in here), [*where, *(range(n, n + 1) for n in everybody)]
    people = [p for _, _, p in named]
    if any(words[s - 1].low == "with" for s, _, _ in named if s):
        people.insert(0, asker)
    return tuple(dict.fromkeys(people)), where


def _subject(words: Sequence[Word], n: int) -> bool:
    """ "I" of "I paid", which is for nobody."""
    return words[n].low == "i"


def _meant(words: Sequence[Word], n: int) -> bool:
    before = words[n - 1].low if n else ""
    return before in (*_FOR, "@", "of") or n == len(words) - 1


def _stranger(words: Sequence[Word], used: set[int], named: Sequence[_Named]) -> str:
    """A name after @ that nobody here has."""
    known = {n for s, e, _ in named for n in range(s, e)} | used
    for n, word in enumerate(words[:-1]):
        after = words[n + 1]
        if word.low == "@" and n + 1 not in known and after.low not in _ALL | _ME:
            return after.text[:40]
    return ""


def _title(message: Message, taken: Sequence[range]) -> str:
    """What is left, without the words at its edges that say nothing."""
    used = {n for part in taken for n in part}
    left = [n for n in range(len(message.words)) if n not in used]
    while left and message.words[left[0]].low in _EDGE:
        left.pop(0)
    while left and message.words[left[-1]].low in _EDGE:
        left.pop()
    kept: list[str] = []
    for n in left:
        word = message.words[n]
        if word.low not in "@()[]{}" and not (kept and word.low in _SKIP and (n + 1 not in left)):
            kept.append(word.text)
    return " ".join(kept)[:80] or say("title")
