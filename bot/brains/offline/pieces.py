"""A message in pieces: its words, with days, places, sums, counts and clock times recognised."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.brains.offline.currencies import is_money_name
from bot.brains.offline.dates import find_dates
from bot.brains.offline.days import When
from bot.brains.offline.money import Sum, find_money
from bot.brains.offline.numbers import Number, find_numbers, find_times
from bot.brains.offline.places import Place, find_places, one_case
from bot.brains.offline.spelling import Spelling
from bot.brains.offline.words import Message, Word, read, stem
from bot.gazetteer import Gazetteer
from bot.names import word_set

Value = When | Place | Sum | Number | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One word, or several that are one value. `kind`: word, mark, date, location, money, count, time or title.

    `start`, `end`: its words in the message.
    """

    kind: str
    low: str
    stem: str
    start: int
    end: int
    value: Value = None

    @property
    def sign(self) -> str:
        """What it counts as when sentences are compared: the stem, the kind of a value, <title> for an unknown name."""
        if isinstance(self.value, Place) and not self.value.sure:
            return "<title>"
        return self.stem if self.kind in ("word", "mark") else f"<{self.kind}>"


@dataclass(frozen=True, slots=True)
class Reading:
    """A message read once: its words and its pieces in order."""

    message: Message
    pieces: tuple[Piece, ...]

    def of(self, kind: str) -> list[Piece]:
        """The pieces of one kind in order."""
        return [p for p in self.pieces if p.kind == kind]


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads messages. `vocabulary`: words that are never misspelt places; `home`: the currency of a bare sum."""

    gazetteer: Gazetteer
    vocabulary: Collection[str]
    spelling: Spelling
    home: str

    def read(self, text: str, today: date, there: str = "", about: date | None = None) -> Reading:
        """A message with all that it names, slips of the pen put right. `there`, `about`: the place and the first day
        spoken of before."""
        message = read(text)
        if _is_shouted(message.words):
            message = read(text.casefold())
        message = self._corrected(message)
        reading = take_apart(message, today, self.gazetteer, self.vocabulary, self.home, about)
        return self._priced(reading, there)

    def _priced(self, reading: Reading, there: str) -> Reading:
        """Names of money that several lands use are the land's to which people go: "dollars" in Perth."""
        if not reading.of("money"):
            return reading
        near = [c for country in self._lands(reading, there) if (c := self.gazetteer.currency(country))]
        sums = {(s.start, s.end): s for s in find_money(reading.message.words, self.home, near)}
        pieces = (
            replace(p, value=sums.get((p.start, p.end), p.value)) if p.kind == "money" else p for p in reading.pieces
        )
        return replace(reading, pieces=tuple(pieces))

    def _lands(self, reading: Reading, there: str) -> list[str]:
        """The countries of the places named, where people come from last; else that of the place named before."""
        pieces = reading.pieces
        found: list[tuple[bool, str]] = []
        for i, piece in enumerate(pieces):
            if isinstance(piece.value, Place) and piece.value.spot:
                found.append((i > 0 and pieces[i - 1].low == "from", piece.value.spot.country))
        before = self.gazetteer.find(there) if there and not found else None
        return [before.country] if before else [country for _, country in sorted(found, key=lambda f: f[0])]

    def _corrected(self, message: Message) -> Message:
        words = list(message.words)
        for i, word in enumerate(words):
            opens = i == 0 or words[i - 1].mark
            if word.low == "fine" and i + 1 < len(words) and words[i + 1].low in ("me", "us"):
                words[i] = replace(word, low="find")
            elif is_money_name(word.low):
                continue
            elif word.low not in self.vocabulary and (opens or not word.name) and not self._is_place(word):
                words[i] = replace(word, low=self.spelling.meant(word.low))
        return Message(message.text, tuple(words))

    def _is_place(self, word: Word) -> bool:
        return any(s.population > _TOWN for s in self.gazetteer.exactly(word.text)) if len(word.low) > 3 else True


def _is_shouted(words: Sequence[Word]) -> bool:
    """Nearly every word has a capital letter, a few numbers apart, so that none of them tells a name."""
    letters = [w for w in words if w.text[:1].isalpha()]
    return len(letters) > _FEW and one_case(words) and sum(w.name for w in letters) > 1


_FEW = 3
_TOWN = 15_000  # smaller places are less likely than a slip of the pen


def take_apart(
    message: Message, today: date, gazetteer: Gazetteer, vocabulary: Collection[str], home: str,
    about: date | None = None,
) -> Reading:  # fmt: skip
    """The values and the words of a message in order."""
    words = message.words
    taken: set[int] = set()
    values: list[tuple[str, Value, int, int]] = []
    for kind, value, start, end in _values(words, today, home, about):
        if not taken & set(range(start, end)):
            taken |= set(range(start, end))
            values.append((kind, value, start, end))
    fixed = frozenset(i for kind, _, start, end in values if kind != "count" for i in range(start, end))
    for place in find_places(message, gazetteer, fixed, vocabulary):
        values = [v for v in values if v[3] <= place.start or v[2] >= place.end]
        values.append(("location", place, place.start, place.end))
    pieces = _joined(list(in_order(words, values)))
    return Reading(message, tuple(pieces if one_case(words) else titled(words, pieces, vocabulary)))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """Places joined by a dash, or side by side, are a way: "Nairobi - Kisumu" goes from the first to the second."""
    said = [p for i, p in enumerate(pieces) if p.low != "-" or not _is_hyphen(pieces, i)]
    found: list[Piece] = []
    for i, piece in enumerate(said):
        before, after = (said[i - 1] if i else None), (said[i + 1] if i + 1 < len(said) else None)
        if before and after and before.kind == "money" and piece.low in ("a", "/") and after.low in _PER:
            piece = replace(piece, kind="word", low="per", stem="per")
        if before and after and piece.low in _DASHES and before.kind == after.kind == "location":
            piece = replace(piece, kind="word", low="to", stem="to")
        if before and before.kind == piece.kind == "location" and _known(before) and _known(piece):
            found.append(Piece("word", "to", "to", piece.start, piece.start))
        found.append(piece)
    return found


def _known(piece: Piece) -> bool:
    return isinstance(piece.value, Place) and piece.value.sure


def _is_hyphen(pieces: Sequence[Piece], i: int) -> bool:
    """The one of "a 4-day trip"."""
    return (
        0 < i < len(pieces) - 1 and pieces[i - 1].kind == "count" and pieces[i + 1].stem in ("day", "night", "person")
    )


_PER = word_set("night day person head room")
_DASHES = word_set("- – — > → /")


def titled(words: Sequence[Word], pieces: Iterable[Piece], vocabulary: Collection[str]) -> Iterator[Piece]:
    """Unknown capitalised words in a row become one title: the name of a band, a house, an airline."""
    run: list[Piece] = []
    for piece in pieces:
        opens = piece.start == 0 or words[piece.start - 1].mark
        plain = piece.kind != "word" or piece.low in vocabulary or piece.low == "i" or (opens and not run)
        if not plain and words[piece.start].name:
            run.append(piece)
            continue
        if run:
            yield Piece("title", "<title>", "<title>", run[0].start, run[-1].end)
            run = []
        yield piece
    if run:
        yield Piece("title", "<title>", "<title>", run[0].start, run[-1].end)


def _values(words: Sequence[Word], today: date, home: str, about: date | None) -> Iterator[tuple[str, Value, int, int]]:
    """Dates before sums before times before counts: "5 March" is no count and "7 pm" no number of people."""
    for when in find_dates(words, today, about):
        yield "date", when, when.start, when.end
    for amount in find_money(words, home):
        yield "money", amount, amount.start, amount.end
    for start, end in find_times(words):
        yield "time", None, start, end
    for number in find_numbers(words):
        yield "count", number, number.start, number.end


def in_order(words: Sequence[Word], values: Sequence[tuple[str, Value, int, int]]) -> Iterator[Piece]:
    starts = {v[2]: v for v in values}
    i = 0
    while i < len(words):
        if i in starts:
            kind, value, _, end = starts[i]
            yield Piece(kind, f"<{kind}>", f"<{kind}>", i, end, value)
            i = end
        elif (low := _two_in_one(words, i)) and (i + 2 not in starts or starts[i + 2][0] != "location"):
            end = i + 2 + (words[i + 1].low == "-")
            yield Piece("word", low, low, i, end)
            i = end
        else:
            low = "performance" if _is_show(words, i) else "see" if _is_call(words, i) else words[i].low
            yield Piece("mark" if words[i].mark else "word", low, low if words[i].mark else stem(low), i, i + 1)
            i += 1


_PAIRS = {
    ("check", "in"): "checkin", ("checking", "in"): "checkin",
    ("check", "out"): "checkout", ("checking", "out"): "checkout",
    ("one", "way"): "oneway", ("round", "trip"): "roundtrip", ("round", "trips"): "roundtrip",
    ("must", "see"): "mustsee",
}  # fmt: skip


def _two_in_one(words: Sequence[Word], i: int) -> str:
    """ "check in", "check-out", "one way" as the one word that they are; "" for anything else ("check out some")."""
    j = i + 2 if i + 1 < len(words) and words[i + 1].low == "-" else i + 1
    looks = j + 1 < len(words) and words[j + 1].low in _LOOKED_AT
    return "" if j >= len(words) or looks else _PAIRS.get((words[i].low, words[j].low), "")


_LOOKED_AT = word_set("some a an any these those what")
_FOLKS = word_set("me us him her them my our his their friends family relatives grandma grandpa mum mom dad")


def _is_call(words: Sequence[Word], i: int) -> bool:
    """Visiting people, which is nothing to see: "visit my aunt in Kisii"."""
    return words[i].low in ("visit", "visiting") and i + 1 < len(words) and words[i + 1].low in _FOLKS


_BEFORE_SHOW = word_set(
    "a the that this live some any good great comedy music theater theatre next another new for of magic talk"
)
_AFTER_SHOW = word_set("ticket tickets tonight in at on")


def _is_show(words: Sequence[Word], i: int) -> bool:
    """A show to go to, not the asking "show me"."""
    if words[i].low not in ("show", "shows"):
        return False
    before = words[i - 1].low if i else ""
    after = words[i + 1].low if i + 1 < len(words) else ""
    return words[i].low == "shows" or before in _BEFORE_SHOW or after in _AFTER_SHOW
