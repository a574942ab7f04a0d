"""What the values of a message hint at where nothing is named: a flight, a ride from the airport, a whole trip."""

from collections.abc import Sequence
from itertools import pairwise

from bot.brains.offline.distance import apart
from bot.brains.offline.numbers import Number
from bot.brains.offline.phrasebook import Phrasebook
from bot.brains.offline.pieces import Piece
from bot.brains.offline.places import Place
from bot.names import word_set

VALUES = ("location", "date", "count")
# So many values, a town among them, are a request even beside words we do not know.
PLAINLY = 3
_DOORS = ("airport", "airstrip", "terminus", "train station", "railway station", "bus station", "pier", "jetty")
_FAR, _BY_AIR = ["far", "apart"], 700  # kilometres
_FLOWN, _JOURNEY = ["plane", "ticket"], word_set("trip travel vacation holiday journey onward oneway roundtrip")
_TRIP, _AIRPORT = ["trip", "plan"], ["airport", "place"]
_LEAVING = word_set("leave leaving depart departing head heading bound")
_LENGTHS = word_set("day days night nights")
_PLANNED = word_set("plan planning organise organize")
_ORDERED = frozenset(("", ".", ",", "and", "please", "you", "us", "me"))


def hints(pieces: Sequence[Piece], book: Phrasebook) -> list[list[str]]:
    """Signs, as names are, that speak beside those of a message."""
    return _way(pieces, book) + _whole(pieces, book) + _tickets(pieces, book)


def lasts(pieces: Sequence[Piece]) -> bool:
    """Whether days or nights are counted: "3 nights", "a 3-day trip"; what is done "in one day" is no trip."""
    said = [p for p in pieces if p.low != "-"]
    return any(p.kind == "count" and after.low in _LENGTHS and not _is_one_day(p, after) for p, after in pairwise(said))


def in_a_day(pieces: Sequence[Piece]) -> bool:
    """Whether it is done in one day: "what can we see in one day?"."""
    said = " ".join(p.low for p in pieces)
    return any(f"{have} a day" in said for have in ("have", "have got", "only", "in", "for half")) or any(
        before.low == "in" and p.kind == "count" and _is_one_day(p, after)
        for before, p, after in zip(pieces, pieces[1:], pieces[2:], strict=False)
    )


def _is_one_day(piece: Piece, after: Piece) -> bool:
    return isinstance(piece.value, Number) and piece.value.value == 1 and after.low == "day"


def somewhere(pieces: Sequence[Piece]) -> bool:
    """Whether a place is named that we know."""
    return any(isinstance(p.value, Place) and p.value.sure for p in pieces)


def _way(pieces: Sequence[Piece], book: Phrasebook) -> list[list[str]]:
    """Between airports or far towns nobody goes by bus, and from an airport one takes a taxi."""
    places = [p.value for p in pieces if isinstance(p.value, Place)]
    led = {before.low for before, p in pairwise(pieces) if isinstance(p.value, Place)}
    towns = [place.spot for place in places if place.spot]
    leaving = "for" in led and any(p.low in _LEAVING for p in pieces)
    if not (led & {"to", "from"} or leaving) or book.heads([p.sign for p in pieces]):
        return []
    if "to" in led and any(place.name[:1].isdigit() for place in places):
        return [_AIRPORT]  # to a door in a street one rides
    if any(place.name.casefold().endswith(_DOORS) for place in places):
        return [_AIRPORT]
    if not 1 < len(towns) < 4:
        return []
    if all(place.coded for place in places):
        return [_FAR]
    return [_FAR] if max(apart(towns[0], town) for town in towns) > _BY_AIR else []


def _tickets(pieces: Sequence[Piece], book: Phrasebook) -> list[list[str]]:
    """Tickets for a journey of which nothing else is told are for a plane: "for our trip", "we like travelling"."""
    stems = {p.stem for p in pieces if p.kind == "word"}
    places = sum(p.kind == "location" for p in pieces)
    bare = not book.heads([p.sign for p in pieces if p.stem not in _JOURNEY])
    return [_FLOWN] if "ticket" in stems and stems & _JOURNEY and places < 2 and bare else []


def _whole(pieces: Sequence[Piece], book: Phrasebook) -> list[list[str]]:
    """A town with money and with days or people, or told to be planned, is a whole trip: "Nakuru, 3 adults, 45k"."""
    kinds = [p.kind for p in pieces if p.kind in (*VALUES, "money")]
    bare = not book.names([p.sign for p in pieces])
    priced = bare and kinds.count("location") == 1 and "money" in kinds and len(kinds) > PLAINLY
    planned = _is_order(pieces) and (lasts(pieces) or (bare and "location" in kinds))
    return [_TRIP] if priced or planned else []


def _is_order(pieces: Sequence[Piece]) -> bool:
    """Whether somebody is told to plan: "plan something for us", "can you organise ..."."""
    lows = ["", *(p.low for p in pieces)]
    return any(low in _PLANNED and before in _ORDERED for before, low in pairwise(lows))
