"""Understanding without a model: which Capability a message asks for, and with which arguments.

Generic over Capabilities: all it knows of them are their example phrases and typed parameters.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from bot.brains.offline.asked import Asks, signs, spoken
from bot.brains.offline.durations import in_days
from bot.brains.offline.followup import ELSEWHERE, FollowUps, answered, first_day
from bot.brains.offline.grammar import Act, Clause, clauses
from bot.brains.offline.hints import VALUES, hints, in_a_day, lasts, somewhere
from bot.brains.offline.lengths import lengthened, longer_by
from bot.brains.offline.moved import Moved
from bot.brains.offline.otherwise import Otherwise
from bot.brains.offline.own import OwnQuestions
from bot.brains.offline.party import PEOPLE
from bot.brains.offline.phrasebook import FUNCTION, Phrasebook
from bot.brains.offline.pieces import Piece, Reader, Reading
from bot.brains.offline.restated import from_home, plainly
from bot.brains.offline.several import parts_of
from bot.brains.offline.shorthand import in_english
from bot.brains.offline.slots import fill
from bot.brains.offline.spelling import CALENDAR, Spelling
from bot.brains.offline.turns import ADVICE, PAST, PREFERENCE, UNWANTED, WHICH
from bot.brains.offline.verbatim import Verbatim
from bot.brains.offline.words import stem
from bot.capability import Capability, Registry
from bot.gazetteer import Gazetteer
from bot.minds import LastCall, Understood, going_to
from bot.names import word_set

_ASIDE, _TELLING = 0.25, 0.6
_LASTING = 1.5  # how much a length in days speaks for a whole trip
_CHANGES = re.compile(r"(?:please |and |ok |okay )*(?:make (?:it|that)|change (?:it|that)|what about|how about)\b")
_NOW = re.compile(r"^(\W*(?:we|there) (?:are|will be) \d+) now\b", re.IGNORECASE)
_INDEFINITE = word_set("a an some any another")
_WELL_KNOWN = 100_000
_SEARCHES = ("search_", "get_weather")
_CODE = re.compile(r"\b(?!(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun)\b)[a-z]{3}\b")
NOTHING = Understood(intent=None)


class Understander:
    """Reads messages by a registry's phrases. Pure, quick and safe to share by threads.

    `home`: ISO 4217 code of the money meant by "shillings" and by bare sums.
    """

    def __init__(self, registry: Registry, gazetteer: Gazetteer, home: str = "KES") -> None:
        self._registry, self._gazetteer, self._home = registry, gazetteer, home

    @cached_property
    def book(self) -> Phrasebook:
        """What the phrases teach; learnt at the first message."""
        return Phrasebook(self._registry)

    @cached_property
    def _asks(self) -> Asks:
        return Asks(self.book)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._gazetteer, self.book.ordinary, Spelling(self.book.ordinary | CALENDAR | PEOPLE), self._home)

    @cached_property
    def _own(self) -> OwnQuestions:
        return OwnQuestions(self._registry)

    @cached_property
    def _verbatim(self) -> Verbatim:
        return Verbatim(self._registry, self._no_name)

    def _no_name(self, word: str) -> bool:
        """Whether a word means a thing or a well-known town rather than a persona."""
        spot = None if word in self.book.vocabulary else self._gazetteer.find(word)
        return word in self.book.vocabulary or (spot is not None and spot.population >= _WELL_KNOWN)

    def understand(self, text: str, today: date, last: LastCall | None = None) -> Understood:
        """The Capability a text asks for; with `last`, short follow-ups refine it. None for chatter."""
        text = plainly(text, last)
        if (own := self._own.asked(self._read(text, today, about=first_day(last)), last)) is not None:
            return own
        if (
            last is not None
            and (moved := Moved(self._registry).meant(self._read(text, today), last, today)) is not None
        ):
            return moved
        said = self._verbatim.match(text)
        if (said is None or said.slots) and (more := longer_by(self._read(text, today))):
            return (lengthened(self._registry, last, more) if last is not None else None) or NOTHING
        if said is not None and not self._is_search(said, today, last) and not self._goes_on(said, text, today):
            return self._with_choices(said, text, today)
        said_now = text if last is None else _NOW.sub(r"\1", text)
        reading = self._read(said_now, today, going_to(last.slots) if last is not None else "", first_day(last))
        plain = self._plain(reading)
        otherwise = Otherwise(self._registry, self.book)
        if last is None:
            return NOTHING if otherwise.is_bare(reading) else plain
        if (other := otherwise.wanted(reading, last)) is not None:
            return other
        ups = FollowUps(self._registry, self._gazetteer, self._home)
        elsewhere = ELSEWHERE.match(" ".join(p.low for p in reading.pieces if p.kind != "mark"))
        goes_on = plain.intent in (None, last.intent) or elsewhere or self._outdone(plain, last)
        if goes_on or not self._asks_outright(reading):
            refined = ups.refine(reading, self.book, last)
            if refined is not None:
                return refined
        return ups.carry(plain, reading.message.text.casefold(), last)

    def _is_search(self, said: Understood, today: date, last: LastCall | None) -> bool:
        """ "Book a hotel" looks for one, and so does "book the hotel" while none has been shown; "book the second one"
        and "book the Serena" do not."""
        offer = said.slots.get("offer", "")
        pieces = self._read(offer, today).pieces if offer else ()
        shown = last is not None and bool(last.offers)
        if len(pieces) < 2:
            return bool(pieces) and not shown and bool(self.book.things.owners(pieces[0].stem))
        if pieces[0].kind == "count" or pieces[0].low in _INDEFINITE:
            return True
        return not shown and any(self.book.tells(p.sign) and p.low in self.book.vocabulary for p in pieces)

    def _is_named_across(self, text: str, value: str) -> bool:
        """ "Day trips" is one name and no day called "trips"."""
        before, _, _ = text.rpartition(value)
        words = [*before.split()[-1:], *value.split()[:1]]
        return len(words) == 2 and bool(self.book.things.owners(" ".join(stem(w.casefold()) for w in words)))

    def _goes_on(self, said: Understood, text: str, today: date) -> bool:
        """ "Forget the plane. Bus to Eldoret on Saturday": a search follows what a phrase would take for its text."""
        if any(self._is_named_across(text, value) for value in said.slots.values()):
            return True
        rest = text.partition(". ")[2]
        found = self._plain(self._read(rest, today)) if rest else NOTHING
        return (found.intent or "").startswith(_SEARCHES) and len(found.slots) > 1

    def parts(self, text: str, today: date) -> tuple[str, ...]:
        """The texts of several changes asked for in one text, in order; none where it is one request or no change."""
        return parts_of(text, self._registry, lambda part: self.understand(part, today))

    def fill(self, capability: Capability, text: str, today: date, asked: str = "", there: str = "") -> Understood:
        """The arguments of a known Capability in a text; `asked` takes a bare value; `there`: the place known."""
        reading = self._read(text if asked else self._with_codes(capability, text), today, there)
        if not asked:
            said = self._filled(capability, reading, 1.0)
            lacks = capability.parameter("location") is not None and "location" not in said.slots
            return (
                self._filled(capability, self._read(f"in {text}", today), 1.0)
                if lacks and self._begins_with_place(text)
                else said
            )
        filling = answered(capability, reading, self.book, asked, self._gazetteer, self._home)
        return Understood(intent=capability.name, slots=filling.slots, score=1.0, problems=tuple(filling.problems))

    def _begins_with_place(self, text: str) -> bool:
        """ "/hotels Reykjavik 4 July": a command's first words are its place, however small it is."""
        words = text.split()[:3]
        return any(self._gazetteer.find(" ".join(words[:n])) for n in range(1, len(words) + 1))

    def _with_codes(self, capability: Capability, text: str) -> str:
        """A command's text with airport codes in capitals, as in "nbo mba 12 dec"; a lone one may be a word."""
        if capability.parameter("origin") is None:
            return text
        codes = {w for w in _CODE.findall(text) if w not in self.book.ordinary and self._gazetteer.airport(w)}
        return _CODE.sub(lambda m: m[0].upper() if m[0] in codes else m[0], text) if len(codes) > 1 else text

    def _with_choices(self, said: Understood, text: str, today: date) -> Understood:
        """A form's request with the choices that it names in passing: "a persona called Kito, dry voice"."""
        capability = self._registry.get(said.intent or "")
        if capability is None or not capability.form or len(said.slots) < 2:
            return said
        named = self.fill(capability, text, today).slots
        choices = {p.name: named[p.name] for p in capability.parameters if p.kind == "choice" and p.name in named}
        return replace(said, slots={**choices, **said.slots})

    def _plain(self, reading: Reading) -> Understood:
        asking, aside = self._asks.sorted_out(reading.pieces)
        intent, score = self._intent(reading, asking, aside)
        capability = self._registry.get(intent) if intent else None
        beside = {i for c in aside for i in range(c.start, c.end)}
        return self._filled(capability, reading, score, beside) if capability else NOTHING

    def _asks_outright(self, reading: Reading) -> bool:
        """Whether a message asks in so many words; if not, it may go on with what was said before."""
        return any(
            c.act in (Act.REQUEST, Act.QUESTION) for c in clauses(reading.pieces, self.book.verbs, self.book.orders)
        )

    def _outdone(self, plain: Understood, last: LastCall) -> bool:
        """After a search, "make it two nights" is about the search and not about a plan made earlier."""
        meant = self._registry.get(plain.intent or "")
        searched = bool(last.offers) or last.intent.startswith(_SEARCHES)
        return searched and meant is not None and not any(p.kind == "location" for p in meant.parameters)

    def _filled(
        self, capability: Capability, reading: Reading, score: float, beside: Collection[int] = ()
    ) -> Understood:
        filling = fill(capability, reading, self.book, beside=beside)
        return Understood(intent=capability.name, slots=filling.slots, score=score, problems=tuple(filling.problems))

    def _read(self, text: str, today: date, there: str = "", about: date | None = None) -> Reading:
        plain = in_days(in_english(text))
        reading = self._reader.read(plain, today, there, about)
        if len(reading.of("location")) > 1 and (moved := from_home(plain)) != plain:
            return self._reader.read(moved, today, there, about)
        return reading

    def _intent(self, reading: Reading, asking: Sequence[Clause], aside: Sequence[Clause]) -> tuple[str | None, float]:
        """The Capability that the asking clauses speak for; mere talk beside them counts a little."""
        pieces, book = reading.pieces, self.book
        if not asking:
            return None, 0.0
        scores = book.scores([signs(pieces, c) for c in asking] + hints(pieces, book))
        self._add_aside(scores, pieces, asking, aside)
        for name in book.umbrellas & set(scores):
            scores[name] += _LASTING if lasts(pieces) else -_LASTING if in_a_day(pieces) else 0.0
        name = max(self._fitting(scores, pieces, asking), key=lambda n: scores[n], default="")
        enough = min(self._asks.enough(pieces, c) for c in asking)
        return (name, scores[name]) if name and scores[name] >= enough else (None, 0.0)

    def _add_aside(
        self, scores: dict[str, float], pieces: Sequence[Piece], asking: Sequence[Clause], aside: Sequence[Clause]
    ) -> None:
        """What is told beside a request, more of it where the request does not say for what."""
        opened = any(_is_open(pieces, c) for c in asking)
        most = _ASIDE if any(self._asks.search(pieces, c) for c in asking) else 1.0
        for clause in aside:
            if UNWANTED.match(spoken(pieces, clause)):
                continue
            most = 1.0 if PREFERENCE.match(spoken(pieces, clause)) else most
            share = 1.0 if opened and not PAST.search(spoken(pieces, clause)) else min(_share(pieces, clause), most)
            for name, weight in self.book.scores([signs(pieces, clause)]).items():
                if name in scores or opened:
                    scores[name] = scores.get(name, 0.0) + weight * share

    def _fitting(self, scores: Iterable[str], pieces: Sequence[Piece], asking: Sequence[Clause]) -> list[str]:
        """The Capabilities that can be meant: those of few phrases by most of one, and those that take a place."""
        said = [sign for c in asking for sign in signs(pieces, c)]
        named = any(self.book.tells(sign) or sign in ("<location>", "<title>") for sign in said)
        vague = not named and any(_CHANGES.match(spoken(pieces, c)) for c in asking)
        fitting = [n for n in scores if self.book.covers(n, said) and not (vague and self.book.is_full(n))]
        return [n for n in fitting if not somewhere(pieces) or self._goes_anywhere(n)]

    def _goes_anywhere(self, name: str) -> bool:
        """Whether a Capability can take a place."""
        capability = self._registry.get(name)
        return capability is not None and any(p.kind in ("location", "text") for p in capability.parameters)


def _share(pieces: Sequence[Piece], clause: Clause) -> float:
    """How much talk beside a request counts: more if it tells a day, a place or a number."""
    said = pieces[clause.start : clause.end]
    return _TELLING if any(p.kind in VALUES for p in said) else _ASIDE


def _is_open(pieces: Sequence[Piece], clause: Clause) -> bool:
    """A request that does not say for what: "can you help me?", "any suggestions?", "where can we go?"."""
    said = pieces[clause.start : clause.end]
    plain = all(p.kind != "word" or p.low in FUNCTION or p.stem in FUNCTION for p in said)
    words = spoken(pieces, clause)
    asked = WHICH.match(words) and not any(p.kind in VALUES for p in said)
    advice = clause.act is Act.QUESTION and (ADVICE.search(words) or asked)
    return plain and (clause.act is Act.REQUEST or bool(advice))
