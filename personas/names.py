"""A persona's name: typeable, addressable in a chat, and nobody else's."""

import re
import unicodedata
from collections.abc import Iterable

from bot.errors import AskAgain
from bot.names import alphabets, fold
from personas.texts import say

LONGEST = 24
_ALLOWED = re.compile(r"[^\W\d_](?:[^\W_]|[ '’.\-])*")
# Names by which people mean somebody else, or words with which messages begin, end or answer a question.
_RESERVED = frozenset("""
    caravan everyone everybody all here channel group anyone nobody me you us we they it i he she bot admin system
    skip cancel yes no ok okay help start stop hi hello hey thanks please the and persona personas trip what where when
    who why how book find search show plan add remove forget remember
""".split())  # fmt: skip


def clean(name: str) -> str:
    """A name as it is kept: one Unicode form, single blanks, no @ or quotes around it."""
    unified = unicodedata.normalize("NFKC", name)
    return " ".join(unified.split()).strip("@\"“”'‘’ .,!?:")


def same(one: str, other: str) -> bool:
    """Whether two names are the same to a reader: case, accents and punctuation do not count."""
    return fold(clean(one)) == fold(clean(other))


def checked(name: str, parameter: str = "name") -> str:
    """The clean name; AskAgain for that parameter if it cannot be a persona's name."""
    tidy = clean(name)
    letters = sum(c.isalpha() for c in tidy)
    if letters < 2:
        raise AskAgain(parameter, say("name_empty"))
    if len(tidy) > LONGEST:
        raise AskAgain(parameter, say("name_long", most=LONGEST))
    if not all(_ALLOWED.fullmatch(word) for word in _apart(tidy)):
        raise AskAgain(parameter, say("name_letters"))
    if len(alphabets(tidy)) > 1:
        raise AskAgain(parameter, say("name_scripts"))
    if fold(tidy).replace(" ", "") in _RESERVED:
        raise AskAgain(parameter, say("name_reserved", name=tidy))
    return tidy


def untaken(name: str, mine: Iterable[str], here: Iterable[str], parameter: str = "name") -> str:
    """The name; AskAgain if I have a persona of that name, or somebody of the Thread is called so."""
    if any(same(name, other) for other in mine):
        raise AskAgain(parameter, say("name_mine", name=name))
    if any(same(name, other) for other in here):
        raise AskAgain(parameter, say("name_here", name=name))
    return name


def _apart(name: str) -> list[str]:
    """The name without marks that belong to letters (vowel signs, accents), whole."""
    return ["".join(c for c in name if unicodedata.category(c) not in ("Mn", "Mc"))]
