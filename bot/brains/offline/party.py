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
    bro sis missus wifey bestie bf gf stepson stepdaughter godson goddaughter fiancé fiancée neighbour neighbor
""")
_AGES = word_set("""
    adult adults kid kids child children baby babies infant infants toddler toddlers teen teens teenager teenagers
    senior seniors grandparents
""")
PEOPLE = _AGES | word_set("""
    person people persona persons friends friend girls guys ladies gentlemen men women boys mates colleagues students
    tourists visitors travellers travelers passengers guests pax couples cousins siblings workmates classmates folks
    buddies pals lads chaps gals staff employees workers schoolmates pupils teachers players singers doctors nurses
    bikers runners seniors elders newlyweds relatives in-laws parents aunties uncles nephews nieces delegates
    climbers beginners grownups heads us participants members golfers hikers youths teens elders pensioners retirees
    soldiers officers lawyers engineers managers gents dudes blokes mums moms dads cyclists divers campers pilgrims
    musicians dancers fans interns volunteers missionaries attendees speakers journalists housemates roommates flatmates
    sisters brothers sons daughters mothers fathers wives husbands partners grandkids grandchildren bosses clients
    neighbours customers riders rider passenger guest traveller traveler
""")
_GROUPS = word_set("family group party team crew bunch class gang squad choir band club delegation total maximum")
_ALONE = (
    "just me",
    "only me",
    "just myself",
    "by myself",
    "alone",
    "solo",
    "just be me",
    "i am single",
    "just for me",
    "only for me",
    "single traveller",
    "single traveler",
    "single passenger",
    "single person",
    "single adult",
    "single rider",
)
_PAIRS = ("parents", "in-laws", "grandparents", "newlyweds")
_ME = word_set("me myself i")
_SELF = word_set("i me my we")


def party(pieces: Sequence[Piece]) -> int:
    """The number of travellers that the people named make, 0 if they are not named."""
    lows = [p.low for p in pieces]
    named = _listed(pieces, lows) or _ages(pieces) or _group(pieces, lows) or _with(pieces, lows) or _pair(lows)
    return named or _counted(pieces)


def _listed(pieces: Sequence[Piece], lows: Sequence[str]) -> int:
    """The first list of people: "my wife and I", "me and two colleagues", "mum, dad and 2 kids".

    Whoever says "with my husband and our baby" of their own journey comes along."""
    for start in range(len(pieces)):
        members: list[str] = []
        people, i = 0, start
        while (item := _member(pieces, lows, i))[0] and not (_ME & set(members) and lows[i] in _ME):
            members, people = [*members, lows[i]], people + item[0]
            i = _past_link(pieces, lows, item[1])
        if len(members) > 1:
            along = start and lows[start - 1] == "with" and _SELF & set(lows[: start - 1])
            return people + 1 if along and not _ME & set(members) else people
    return 0


def _member(pieces: Sequence[Piece], lows: Sequence[str], i: int) -> tuple[int, int]:
    """(how many, where it ends) of "me", "my wife", "our 2 kids", "an infant", "2 other friends"; (0, i) for none."""
    if i >= len(lows):
        return 0, i
    if lows[i] in _ME:
        speaks = lows[i] == "i" and lows[i + 1 : i + 2] in (["am"], ["was"])
        return (0, i) if speaks else (1, i + 1)
    i += lows[i] in _WHOSE
    value = pieces[i].value if i < len(pieces) else None
    for j in range(i + isinstance(value, Number), min(i + 3, len(lows))):
        if isinstance(value, Number) and (lows[j] in PEOPLE or lows[j] in _MORE):
            return value.value * (2 if lows[j] == "couples" else 1), j + 1 + (lows[j + 1 : j + 2] == ["friends"])
        if value is None and lows[j] in _PAIRS:
            return 2, j + 1
        if value is None and lows[j] in _COMPANION | _ONE_OF_AGE:
            return 1, j + 1 + (j + 1 < len(pieces) and pieces[j + 1].kind == "title")
        if pieces[j].kind != "word" or lows[j] in _LINKS:
            break
    return 0, i


def _past_link(pieces: Sequence[Piece], lows: Sequence[str], i: int) -> int:
    """Past ", and" and the like to the next of a list, or past its end; a number needs no link: "2 adults 1 child".

    After so many people "and I" begins something else: "for 3 people and I would like"."""
    end = i
    while end < len(lows) and lows[end] in _LINKS:
        end += 1
    counted = end < len(lows) and (lows[end] in _ME or lows[end] in _COMPANION) and lows[i - 1] in _ANYBODY
    linked = end > i or (end < len(pieces) and isinstance(pieces[end].value, Number))
    return end if linked and not counted else len(lows)


_WHOSE = word_set("my our a an the his her their")
_MORE = word_set("other others more")
_LINKS = word_set("and & plus + , with")
_ANYBODY = word_set("people person persons us guests passengers pax adults travelers travellers tickets")
_ONE_OF_AGE = word_set("adult infant toddler teen teenager senior")


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
        if after in (["of", "us"], ["of", "them"]) or (after[:1] == ["couples"]):
            return piece.value.value * (2 if after[0] == "couples" else 1)
        if before == ["we", "are"] and (not after or after[0] in _CLOSING or PEOPLE & set(lows[i + 1 : i + 4])):
            return piece.value.value
    return 0


_CLOSING = word_set("""
    . , ! ? ; and with in from for going travelling traveling so but flying driving coming leaving looking needing
    wanting planning staying searching
""")


def _with(pieces: Sequence[Piece], lows: Sequence[str]) -> int:
    """ "I want to go with 3 friends": they and me."""
    for i, low in enumerate(lows[:-1]):
        mine = bool(_SELF & set(lows[:i])) or lows[i + 1] == "my"
        if low == "with" and mine and (others := _people(pieces, i + 1)):
            return others + 1
    return 0


def _counted(pieces: Sequence[Piece]) -> int:
    """ "4 guys": one number of people."""
    said = [
        p.value.value for p, noun in itertools.pairwise(pieces) if isinstance(p.value, Number) and noun.low in PEOPLE
    ]
    return said[0] if len(said) == 1 else 0


def _pair(lows: Sequence[str]) -> int:
    said = f" {' '.join(lows)} "
    if any(f" for {whose} {pair} " in said for whose in ("my", "our", "his", "her") for pair in _PAIRS):
        return 2
    if any(f" {alone} " in said for alone in _ALONE):
        return 1
    couple = any(f" {words} " in said for words in ("we are a couple", "for a couple", "for couple", "as a couple"))
    return 2 if couple else 0
