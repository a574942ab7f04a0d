"""Who pays: read from words ("split", "I pay", "Ana 2 and Ben"), and the part that each one bears."""

import re
from collections.abc import Sequence

from booking.sale.texts import say
from bot.errors import AskAgain
from bot.model import Member, Thread
from bot.names import fold
from payments.model import Payer

MOST_WEIGHT = 99
_DIGITS = 4
# Words that name nobody: said alone, with one of _ALL among them, they mean everybody.
_SAYING = frozenset(
    "split share divide cut pay pays it this that everything the cost costs bill price total in into equally evenly "
    "equal fairly parts shares ways way between among by for with of and our own their part a just lets let's we'll "
    "gawanya gawa lipa tulipe alipe alipie walipe sisi sawa kwa kati yetu ya mtu sehemu".split()
)
_ALL = frozenset(
    "split share all us we everybody everyone together each both half equally evenly ways way everyone's "
    "sote wote kila pamoja tugawane".split()
)
_COUNTS = {
    "both": 2, "half": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "wawili": 2, "watatu": 3, "wanne": 4, "watano": 5,
}  # fmt: skip
_ME = frozenset("me i i'll i'm myself mimi".split())
_WEIGHT = re.compile(r"(\d{1,4}) ?[x×]?$")
_TIMES = (" x", " ×")
_FACTOR = re.compile(r"[x×:=]?\d{0,4}[x×]?")
_LEAD = re.compile(r"^(?:(?:split|share|put|let|just|only|it|between|among|by|on)\b *)+", re.IGNORECASE)
_PAYS = re.compile(
    r"(?<=[\w'])(?:'ll| will| is| are| can)? (?:pays?|paying|covers?|covering)(?: for)?(?: it| all| us| everything)*$"
    r"|(?<=[\w'])(?: alone| only)$",
    re.IGNORECASE,
)
_BUT = re.compile(r"^(.+?) (?:but|except|apart from|without|isipokuwa|bila) (?:for )?(.+)$", re.IGNORECASE)


def payers_of(said: str, thread: Thread, person: str) -> tuple[Payer, ...]:
    """Those who pay, with weights. AskAgain("who", ...) for a name that not one here has, or a bad part."""
    words = " ".join(said.replace("’", "'").split()).strip(" .!")
    here: Sequence[Member] = thread.present
    if without := _BUT.match(words):
        left_out = {m.person for m, _ in _named(without[2], here, person)}
        here, words = [m for m in here if m.person not in left_out], without[1]
    found = [(m, 1) for m in here] if _everybody(words, here) else _named(words, here, person)
    if not found:
        raise AskAgain("who", say("nobody_pays"))
    return tuple(_payer(member, weight) for member, weight in found)


def _everybody(words: str, here: Sequence[Member]) -> bool:
    """Whether these words mean all who are here: "split it between the three of us". AskAgain for another number."""
    said = re.findall(r"[\w']+", words.casefold())
    counts = [_COUNTS.get(w) or int(w[:_DIGITS]) for w in said if w in _COUNTS or (w.isascii() and w.isdigit())]
    known = all(w in _SAYING or w in _ALL or w in _COUNTS or w.isdigit() for w in said)
    if not known or not any(w in _ALL or w in _COUNTS for w in said):
        return False
    if any(n != len(here) for n in counts):
        raise AskAgain("who", say("other_number", names=", ".join(m.name for m in here), n=len(here)))
    return True


def _named(said: str, here: Sequence[Member], person: str) -> list[tuple[Member, int]]:
    rest = _PAYS.sub("", _LEAD.sub("", said)).strip()
    parts = [part for part in re.split(r",|&|\+|\b(?:and|na)\b", rest) if part.strip()]
    return [_part(one, here, person) for part in parts for one in _apart(part, here)]


def _apart(said: str, here: Sequence[Member]) -> list[str]:
    """Payers whom no comma divides: "Ana 1 Ben 2" begins anew with the name of one who is here."""
    names = {name for m in here for name in (fold(m.name), *fold(m.name).split()[:1]) if name} | _ME
    words, longest = said.split(), max(len(name.split()) for name in names)
    parts: list[str] = []
    n, over = 0, False  # whether a name or a part has just ended
    while n < len(words):
        size = next((k for k in range(longest, 0, -1) if fold(" ".join(words[n : n + k]).rstrip(":=")) in names), 0)
        piece = " ".join(words[n : n + max(size, 1)])
        begins = bool(size) and over
        parts = [*parts, piece] if begins or not parts else [*parts[:-1], f"{parts[-1]} {piece}"]
        over = bool(size) or (over and bool(_FACTOR.fullmatch(piece)))
        n += max(size, 1)
    return parts


def _part(said: str, here: Sequence[Member], person: str) -> tuple[Member, int]:
    name, weight = _weighed(said.strip())
    if not 1 <= weight <= MOST_WEIGHT:
        raise AskAgain("who", say("weights"))
    wanted = fold(name)
    close = [m for m in here if m.person == person] if wanted in _ME else [m for m in here if wanted == fold(m.name)]
    if len(close) > 1:
        raise AskAgain("who", say("two_payers", name=name[:40]))
    close = close or [m for m in here if wanted and fold(m.name).split()[:1] == [wanted]]
    if len(close) != 1:
        raise AskAgain("who", say("no_such_payer", name=name[:40]))
    return close[0], weight


def _weighed(said: str) -> tuple[str, int]:
    """A name and its part: "Ana 2", "Ana: 2", "Ana x2", "Ana 2x"; a name alone bears one."""
    found = _WEIGHT.search(said)
    if found is None:
        return said, 1
    name = said[: found.start()].rstrip(" :=")
    name = name[:-2].rstrip(" :=") if name.endswith(_TIMES) else name
    return name, int(found[1])


def _payer(member: Member, weight: int) -> Payer:
    return Payer(person=member.person, name=member.name, weight=weight)
