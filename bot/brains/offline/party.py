"""How many travel where they are named rather than counted: "me and two colleagues", "a family of 5"."""

import itertools
from collections.abc import Sequence

from bot.brains.offline.numbers import Number
from bot.brains.offline.pieces import Piece
from bot.names import word_set

_COMPANION = word_set("""
    wife husband partner girlfriend boyfriend friend mother father mum mom mama dad baba sister brother son daughter
    boss colleague cousin aunt uncle fiance fiancee spouse client roommate buddy mate granny grandma grandmother grandpa
    grandfather nephew niece flatmate hubby kid child baby dog
""")
_AGES = word_set("""
    adult adults kid kids child children baby babies infant infants toddler toddlers teen teens teenager teenagers
    senior seniors grandparents
""")
PEOPLE = _AGES | word_set("""
    person people persona persons friends friend girls guys ladies gentlemen men women boys mates colleagues students
    tourists visitors travellers travelers passengers guests pax couples cousins siblings workmates classmates folks
    lads chaps gals staff employees workers schoolmates pupils teachers players singers doctors nurses bikers runners
    seniors elders newlyweds relatives in-laws parents aunties uncles nephews nieces mates delegates climbers hikers
    beginners grownups heads us participants members golfers hikers
""")
_GROUPS = word_set("family group party team crew bunch class gang squad choir band club delegation total maximum")
_ALONE = ("just me", "only me", "just myself", "by myself", "alone", "solo", "just be me", "i am single")
_ME = word_set("me myself i")
_SELF = word_set("i me my we")
_NEVER = word_set("for of")


def party(pieces: Sequence[Piece]) -> int:
    """The number of travellers that the people named make, 0 if they are not named."""
    lows = [p.low for p in pieces]
    named = _together(pieces, lows) or _ages(pieces) or _group(pieces, lows) or _with(pieces, lows) or _pair(lows)
    return named or _counted(pieces)


def _together(pieces: Sequence[Piece], lows: Sequence[str]) -> int:
    """ "My wife and I", "me and two colleagues", "for me and my wife", "2 friends and I"."""
    for i, low in enumerate(lows):
        if low not in ("and", "&", "plus", "with") or not 0 < i < len(lows) - 1:
            continue
        if lows[i - 1] in _ME and not (lows[i - 1] == "i" and low == "with"):
            others = _people(pieces, i + 1)
        elif lows[i + 1] in _ME and low != "with" and _closes(lows, i + 1):
            others = _people_before(pieces, i - 1)
        else:
            continue
        if others:
            return others + 1
    return 0


def _closes(lows: Sequence[str], i: int) -> bool:
    """After "my husband and I" comes what they do together, or nothing."""
    return lows[i] != "i" or i + 1 == len(lows) or lows[i + 1] not in ("am",)


def _people(pieces: Sequence[Piece], i: int) -> int:
    """How many are named from piece i on: "my wife" is one, "two colleagues" are two."""
    after = [p.low for p in pieces[i : i + 4]]
    value = pieces[i].value
    if isinstance(value, Number) and len(after) > 1 and (after[1] in PEOPLE or after[1] in ("other", "others", "more")):
        return value.value
    if len(after) > 2 and after[0] in ("my", "our") and isinstance(count := pieces[i + 1].value, Number):
        return count.value if after[2] in PEOPLE else 0
    if after[0] in ("my", "a", "our", "the") and any(low in _COMPANION for low in after[1:3]):
        return 1
    return 0


def _listed(lows: Sequence[str], i: int) -> int:
    """ "Mum, dad and I": each of a list."""
    named = 0
    while i >= 0 and (lows[i] in _COMPANION or lows[i] in (",", "my", "our")):
        named += lows[i] in _COMPANION
        i -= 1
    return named if i < 0 or lows[i] in (".", "!", "?", "for", "and") else 0


def _people_before(pieces: Sequence[Piece], i: int) -> int:
    lows = [p.low for p in pieces[max(0, i - 2) : i + 1]]
    value = pieces[i - 1].value if i else None
    if isinstance(value, Number) and lows[-1] in PEOPLE:
        return value.value
    listed = _listed([p.low for p in pieces], i)
    return max(listed, int(lows[-1] in _COMPANION and bool({"my", "our", "a", "the"} & set(lows))))


def _ages(pieces: Sequence[Piece]) -> int:
    """Two or more ages: "2 adults and 2 kids" are four."""
    named = [
        piece.value.value if isinstance(piece.value, Number) else 1
        for piece, noun in itertools.pairwise(pieces)
        if (isinstance(piece.value, Number) or piece.low in ("a", "an")) and noun.low in _AGES
    ]
    return sum(named) if len(named) > 1 else 0


def _group(pieces: Sequence[Piece], lows: Sequence[str]) -> int:
    """ "A family of 5", "the six of us", "there's 6 of us", "we are four", "two couples"."""
    for i, piece in enumerate(pieces):
        if not isinstance(piece.value, Number):
            continue
        before, after = lows[max(0, i - 2) : i], lows[i + 1 : i + 3]
        if len(before) > 1 and before[1] == "of" and before[0] in _GROUPS:
            return piece.value.value
        if after == ["of", "us"] or (after[:1] == ["couples"]):
            return piece.value.value * (2 if after[0] == "couples" else 1)
        if before == ["we", "are"] and (not after or after[0] in _CLOSING or PEOPLE & set(lows[i + 1 : i + 4])):
            return piece.value.value
    return 0


_CLOSING = word_set(". , ! ? ; and with in from for going travelling traveling so but")


def _with(pieces: Sequence[Piece], lows: Sequence[str]) -> int:
    """ "I want to go with 3 friends": they and me."""
    for i, low in enumerate(lows[:-1]):
        mine = bool(_SELF & set(lows[:i])) or lows[i + 1] == "my"
        if low == "with" and mine and (others := _people(pieces, i + 1)):
            return others + 1 + _and_more(pieces, i + 2)
    return 0


def _and_more(pieces: Sequence[Piece], i: int) -> int:
    """The baby in "with my husband and our baby"."""
    ands = [j for j in range(i, min(i + 3, len(pieces) - 2)) if pieces[j].low in ("and", "&")]
    return _people(pieces, ands[0] + 1) if ands else 0


def _counted(pieces: Sequence[Piece]) -> int:
    """ "4 guys": one number of people."""
    said = [
        p.value.value for p, noun in itertools.pairwise(pieces) if isinstance(p.value, Number) and noun.low in PEOPLE
    ]
    return said[0] if len(said) == 1 else 0


def _pair(lows: Sequence[str]) -> int:
    said = f" {' '.join(lows)} "
    if any(f" {alone} " in said for alone in _ALONE):
        return 1
    couple = any(f" {words} " in said for words in ("we are a couple", "for a couple", "for couple", "as a couple"))
    return 2 if couple else 0
