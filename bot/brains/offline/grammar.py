"""Is anything being asked for? The plain grammar of requests, wishes, questions and mere talk in English.

Nothing here knows what Caravan can do: that is learnt from the Capabilities' example phrases.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.brains.offline.pieces import Piece
from bot.brains.offline.turns import (
    ASKED,
    ASSENT,
    HELP,
    HINT,
    NOT_ASKED,
    OF_YOU,
    OWN,
    PLAIN,
    QUESTION,
    REQUESTS,
    SOCIAL,
    TOLD,
    VAIN,
)
from bot.brains.offline.words import root
from bot.names import word_set


class Act(StrEnum):
    """What a clause does: asks for something, asks about it, merely names it, hints at it clumsily, or just talks."""

    REQUEST = "request"
    QUESTION = "question"
    NAMING = "naming"
    HINT = "hint"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class Clause:
    """Pieces `start` up to `end` (exclusive); `open`: a request that does not say for what ("can you help?")."""

    start: int
    end: int
    act: Act


# Verbs by which one asks another to do something.
ASKING = word_set("""
    find search look show get give book reserve buy purchase order check tell help assist suggest recommend arrange
    schedule plan organise organize make hire rent call fetch list compare locate pull see try set need want provide
    advise turn send grab secure offer display google browse scout hunt pick drop take create build draft draw add hail
    sort figure put dig point propose design outline work collect fetch deliver research suggest quote
    verify request obtain change switch update confirm proceed
    inform notify hook select choose cancel remove rebook run checkin checkout
""")
# Verbs that one may want to do oneself and ask another's help for.
WANTING = ASKING | word_set("""
    fly travel stay visit eat dine attend watch leave depart return lodge rest ride drive head reach come spend do
    tour sightsee hike have try experience enjoy catch use meet view participate hear listen move relax celebrate be
    out learn inquire enquire ask discover rebook pay go place scan celebrate arrive proceed bring know let explore
    change continue gather describe prepare
""")
_OF_YOU = {root(verb) for verb in ASKING | word_set("know let scan gather place bring take describe explore change")}
_ASKING, _WANTING = ({root(verb) for verb in verbs} for verbs in (ASKING, WANTING))
_FILLERS = word_set("""
    ok okay yes yeah yep yup no nope nah thanks thank you great sounds sound good hi hello hey well so and also now
    then actually alright right sure perfect cool awesome fine please but or maybe oh hmm um uh wow nice wonderful
    excellent lovely amazing fantastic super ah dear just really kindly again morning evening afternoon there not
    too lets first too much very for that is works habari sasa mambo jambo asante sawa poa karibu guys folks team
    everyone friend buddy bro sir madam sorry oops apologies
""")
_LINKS = word_set("and but so because since or then as while , - – — : also plus")
_STARTS = word_set("""
    i we can could would will please let find book get show how what where which when is are do does help my our it
    he she they there also then maybe looking want need who you if search any anything preferably its this that be
    arrange organise organize suggest recommend call send plan order hire fetch
    feel look make give tell check me buy reserve am will would really could now needing require interested
""")
# After a comma these begin a request if one of `_ASKED_FOR` follows: "we love jazz, see if there is a concert".
_ORDERS = ASKING - word_set("drop take run work set make put")
_ASKED_FOR = word_set("""
    me us a an the if whether what when where which who how for some any my our something anything out up together
    for <date> <count> <location>
""")
_LED_BY = word_set("on in for at from to")
_PLACE_OR_DAY = word_set("<date> <location>")
_FINITE = word_set("""
    is are was were am be been being do does did have has had will would shall should could can may might must went
    broke came saw got said told thought felt left took made gave found booked bought paid loved liked hated enjoyed
    spent drove ran sat stood wrote brought gave kept rode swam paid spoke won sang drank visited stayed
    missed forgot knew heard met ate slept flew lost cost won kept tried called asked loves likes hates thinks says
    wants needs looks sounds feels seems means goes comes gets makes takes starts ends opens closes begins arrives
    works breaks costs charge take serve serves smell happens stays keeps runs lives plays sings love hate think
    hope guess believe suppose wonder wish remember forget agree promise swear know understand mean
""")


def clauses(pieces: Sequence[Piece], verbs: Collection[str], orders: Collection[str] = ()) -> list[Clause]:
    """The clauses of a message and what each does.

    `verbs`: more verbs of wishes, `orders`: more words that requests begin with, both learnt from phrases."""
    said = " ".join(p.low for p in pieces[:6])
    parts = [c for s, e in _apart(pieces) for c in _acting(pieces, s, e, verbs, orders)]
    return [_answering(c, pieces) for c in parts] if ASSENT.match(said) else parts


def _acting(
    pieces: Sequence[Piece], start: int, end: int, verbs: Collection[str], orders: Collection[str]
) -> list[Clause]:
    """A stretch of a message as one clause; "if we go on Friday will it rain?" as its condition and its question."""
    lows = [p.low for p in pieces[start:end]]
    asked = (k for k in range(3, len(lows) - 1) if lows[k] in _INVERTED and lows[k + 1] in _INVERSE)
    cut = next(asked, 0) if lows[0] in _CONDITIONS else _run_on(pieces[start:end])
    cut -= cut > 3 and lows[cut - 1] in _WH
    told = [Clause(start, start + cut, Act.TALK)] if cut else []
    return [*told, Clause(start + cut, end, _act(pieces[start + cut : end], verbs, orders))]


def _run_on(pieces: Sequence[Piece]) -> int:
    """Where a question begins that no mark sets off: "we are new in Nepal what are the places to visit"; 0 if none."""
    found = (
        i for i in range(3, len(pieces) - 2)
        if pieces[i].low in _WH and pieces[i - 1].kind in _SAID and pieces[i + 1].low in _INVERTED
    )  # fmt: skip
    return next(found, 0) if pieces[0].low in ("i", "we") else 0


_SAID = frozenset(("location", "date", "time"))
_CONDITIONS = word_set("if when while since because before after once until unless")
_INVERTED = word_set("did will would should can could shall may do does is are what where which how who")
_INVERSE = word_set("i we it there they you the")


def _answering(clause: Clause, pieces: Sequence[Piece]) -> Clause:
    """After "yes", "great" or "no" people tell what they want rather than talk."""
    said = " ".join(p.low for p in pieces[clause.start : clause.end])
    about_me = clause.act is Act.NAMING and OWN.search(said)
    if (clause.act is not Act.TALK and not about_me) or any(p.search(said) for p in (NOT_ASKED, SOCIAL, VAIN, TOLD)):
        return clause
    return Clause(clause.start, clause.end, Act.HINT)


def _apart(pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    found, start = [], 0
    for i, piece in enumerate(pieces):
        stop = piece.kind == "mark" and piece.low in ".!?;()"
        follows = pieces[i + 1].low if i + 1 < len(pieces) else ""
        ends = i + 2 >= len(pieces) or pieces[i + 2].kind == "mark"
        bound = piece.low == "as" and i > 0 and pieces[i - 1].low in ("long", "soon", "far", "well", "much")
        alone = follows == "i" and (ends or _is_company(pieces[start:i]))
        ordered = piece.low == "," and _is_order([p.low for p in pieces[i + 1 : i + 5]])
        bound = bound or (
            piece.low == "and" and i > 0 and pieces[i - 1].low in ("me", "us") and follows in ("my", "our")
        )
        link = (ordered or (piece.low in _LINKS and follows in _STARTS)) and i > start and not (alone or bound)
        other = piece.low == "or" and follows in _INVERTED and i + 2 < len(pieces) and pieces[i + 2].low in _INVERSE
        if stop or link or other:
            if i > start:
                found.append((start, i))
            start = i + 1
    if start < len(pieces):
        found.append((start, len(pieces)))
    return found


def _is_order(lows: Sequence[str]) -> bool:
    """ "See if there is", "just tell me": an order after what was said for a start."""
    soft = next((i for i, low in enumerate(lows) if low not in _SOFT), len(lows))
    return (
        lows[soft : soft + 1] != []
        and lows[soft] in _ORDERS
        and bool(_ASKED_FOR.intersection(lows[soft + 1 : soft + 2]))
    )


_SOFT = word_set("just please so then kindly now")


def _is_company(pieces: Sequence[Piece]) -> bool:
    """Who else, said before "and I": "my wife", "2 friends"."""
    return 1 < len(pieces) < 5 and (pieces[0].kind in ("count", "title") or pieces[0].low in ("my", "our", "a", "the"))


def _act(pieces: Sequence[Piece], verbs: Collection[str], orders: Collection[str]) -> Act:
    """Greetings, thanks and a leading day or place do not count, unless they are what makes it a request."""
    full = [p.low for p in pieces]
    said = " ".join(full)
    if SOCIAL.match(said) and not any(pattern.search(said) for pattern in (*OF_YOU, PLAIN)):
        return Act.TALK
    lead = 0
    while not _is_remark(full) and lead < len(full) and _is_filler(full, lead, pieces[lead].kind == "mark"):
        lead += 1
    after = lead + (lead < len(full) and full[lead] in _LED_BY)
    if after < len(full) and full[after] in _PLACE_OR_DAY and not set(full[after + 1 : after + 2]) & _FINITE:
        lead = after + 1
    acts = {_of(" ".join(full[start:]), pieces[start:], verbs, orders) for start in {0, lead, _after_aside(full)}}
    if NOT_ASKED.match(said):
        acts &= {Act.REQUEST, Act.QUESTION, Act.TALK}
    return next(act for act in Act if act in acts)


def _is_filler(lows: Sequence[str], i: int, mark: bool) -> bool:
    """ "Ok", "that is great"; the "is" of a question is none."""
    return mark or (lows[i] in _FILLERS and (lows[i] != "is" or lows[i - 1 : i] == ["that"]))


def _is_remark(lows: Sequence[str]) -> bool:
    """ "You are ...", "that is what happens": the first words belong to what is said; "you know any hotels?" asks."""
    told = lows[:1] == ["you"] and lows[1:2] != ["know"]
    return told or (lows[:2] == ["that", "is"] and bool(_WH.intersection(lows[2:3])))


_WH = word_set("what why how where when who")


def _after_aside(lows: Sequence[str]) -> int:
    """Where a clause goes on after what it begins with instead: "rather than the bus, ...", "instead of flying ..."."""
    aside = lows[:2] in (["instead", "of"], ["rather", "than"])
    return next((i for i in range(3, min(len(lows), 8)) if lows[i] in _STARTS and lows[i] != "is"), 0) if aside else 0


def _of(said: str, pieces: Sequence[Piece], verbs: Collection[str], orders: Collection[str]) -> Act:
    if not said:
        return Act.TALK
    if HELP.search(said):
        return Act.QUESTION
    if NOT_ASKED.match(said) or VAIN.search(said):
        return Act.TALK
    if any(_asked(pattern, found, orders) for pattern in ASKED if (found := pattern.search(said))):
        return Act.REQUEST
    if any(root(found.group("verb")) in _OF_YOU for pattern in OF_YOU if (found := pattern.search(said))):
        return Act.REQUEST
    if any(_wanted(found, verbs) for pattern in REQUESTS if (found := pattern.search(said))):
        return Act.REQUEST
    if QUESTION.search(said):
        return Act.QUESTION
    if not is_sentence(pieces):
        return Act.NAMING
    return Act.HINT if HINT.search(said) and not TOLD.search(said) else Act.TALK


def is_sentence(pieces: Sequence[Piece]) -> bool:
    """It has a verb that is not an infinitive."""
    lows = ["", *(p.low for p in pieces)]
    ofs = {i for i, low in enumerate(lows) if low == "of"}  # "the cost of"
    relative = {i + 1 for i, low in enumerate(lows) if low in _RELATIVE and i > 1 and lows[i - 1] not in _WH | _AUX}
    return any(
        low in _FINITE and lows[i] != "to" and i + 2 not in ofs and i + 1 not in relative
        for i, low in enumerate(lows[1:])
    )


_RELATIVE, _AUX = word_set("that which who"), word_set("is are was were and so hope think know says said")


def _asked(pattern: re.Pattern[str], found: re.Match[str], orders: Collection[str]) -> bool:
    """Whether another is asked to do something; at the start of a sentence only by the plain verb."""
    verb = found.group("verb") or "show"
    return verb in ASKING or verb in orders if pattern is ASKED[0] else root(verb) in _ASKING or verb in orders


def _wanted(found: re.Match[str], verbs: Collection[str]) -> bool:
    """Whether the verb of a wish, if it has one, is something that one may ask another's help for."""
    verb = found.groupdict().get("verb")
    return verb is None or root(verb) in _WANTING or verb in verbs
