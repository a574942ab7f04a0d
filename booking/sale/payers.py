"""Who pays: read from words ("split", "I pay", "Ana 2 and Ben"), and the part that each one bears."""

import re
from collections.abc import Sequence

from booking.sale.texts import say
from bot.errors import AskAgain
from bot.model import Member, Thread
from bot.names import fold
from payments.collecting import Payer

MOST_WEIGHT = 99
_ALL = frozenset(
    "split|all|all of us|us|everybody|everyone|together|each|equally|evenly|split it|share it|split between us|"
    "between us|split evenly|split equally|among us|we all|we".split("|")
)
_ME = frozenset(
    "me|i|myself|i pay|i pay all|i pay it all|i pay everything|i pay for all|on me|just me|alone".split("|")
)
_WEIGHT = re.compile(r"(\d{1,4}) ?[x×]?$")
_TIMES = (" x", " ×")
_LEAD = re.compile(r"^(split|share)?( it)?( between| among| by)? ", re.IGNORECASE)


def payers_of(said: str, thread: Thread, person: str) -> tuple[Payer, ...]:
    """Those who pay, with weights. AskAgain("who", ...) for a name that not one here has, or a bad part."""
    words = " ".join(said.casefold().split()).strip(" .!")
    here = thread.present
    if words in _ME:
        return tuple(_payer(m, 1) for m in here if m.person == person)
    if words in _ALL:
        return tuple(_payer(m, 1) for m in here)
    rest = _LEAD.sub("", " ".join(said.split()) + " ").strip()
    found = [_part(part, here, person) for part in re.split(r",|&|\+|\band\b", rest) if part.strip()]
    if not found:
        raise AskAgain("who", say("nobody_pays"))
    return tuple(_payer(member, weight) for member, weight in found)


def _part(said: str, here: Sequence[Member], person: str) -> tuple[Member, int]:
    name, weight = _weighed(said.strip())
    if not 1 <= weight <= MOST_WEIGHT:
        raise AskAgain("who", say("weights"))
    wanted = fold(name)
    if wanted in ("me", "i"):
        close = [m for m in here if m.person == person]
    else:
        close = [m for m in here if wanted == fold(m.name)]
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


def written(payers: Sequence[Payer]) -> str:
    """The same in words that `payers_of` reads again."""
    return ", ".join(f"{p.name} {p.weight}" for p in payers)
