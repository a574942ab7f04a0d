"""Understanding without a model: which Capability a message asks for, and with which arguments.

Generic over Capabilities: all it knows of them are their example phrases and typed parameters.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from bot.brains.offline.days import When
from bot.brains.offline.distance import apart
from bot.brains.offline.durations import in_days
from bot.brains.offline.followup import FollowUps, answered
from bot.brains.offline.grammar import Act, Clause, clauses, is_sentence
from bot.brains.offline.nouns import UMBRELLAS
from bot.brains.offline.phrasebook import FUNCTION, Phrasebook
from bot.brains.offline.pieces import Piece, Reader, Reading
from bot.brains.offline.places import Place
from bot.brains.offline.shorthand import in_english
from bot.brains.offline.slots import fill
from bot.brains.offline.spelling import Spelling
from bot.brains.offline.turns import ADVICE, INTENT, NOT_ASKED, PAST, REPORTED, SOCIAL, TASTE, TOLD, VAIN
from bot.brains.offline.verbatim import Verbatim
from bot.capability import Capability, Registry
from bot.gazetteer import Gazetteer
from bot.minds import LastCall, Understood
from bot.names import word_set

_ENOUGH = {Act.REQUEST: 1.35, Act.QUESTION: 1.8, Act.NAMING: 2.2, Act.HINT: 4.5, Act.TALK: 1.0}
_ASIDE, _TELLING, _VAGUE, _BARE = 0.25, 0.6, 1.0, 0.5
_VALUES = ("location", "date", "count")
# So many values, a town among them, are a request even beside words we do not know.
_PLAINLY = 3
# A thing, a town and one more value told together are a wish, unless it is a report.
_NAMED_WITH, _TOLD_BY = 2, frozenset(("location", "date", "count", "money", "time"))
_PEOPLE = word_set("i we he she they it my our your his her their its me us him them you who")
_CHANGES = re.compile(r"(?:please |and |ok |okay )*(?:make (?:it|that)|change (?:it|that)|what about|how about)\b")
_STRESS = word_set(
    "so very really totally completely just now right already quite pretty kind of a bit little getting super too !"
)
_FAR, _BY_AIR = ["far", "apart"], 700  # kilometres
_TRIP, _AIRPORT = ["trip", "plan"], ["airport", "place"]
_ORDERED = frozenset(("", ".", ",", "and", "please", "you", "us", "me"))
_LASTING = 1.5  # how much a length in days speaks for a whole trip
_PLANNED = word_set("plan planning organise organize")
_WITH = frozenset(("for", "with"))
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
    def _reader(self) -> Reader:
        return Reader(self._gazetteer, self.book.ordinary, Spelling(self.book.ordinary), self._home)

    @cached_property
    def _verbatim(self) -> Verbatim:
        return Verbatim(self._registry, self._no_name)

    def _no_name(self, word: str) -> bool:
        """Whether a word means a thing or a well-known town rather than a persona."""
        spot = None if word in self.book.vocabulary else self._gazetteer.find(word)
        return word in self.book.vocabulary or (spot is not None and spot.population >= _WELL_KNOWN)

    def understand(self, text: str, today: date, last: LastCall | None = None) -> Understood:
        """The Capability a text asks for; with `last`, short follow-ups refine it. None for chatter."""
        said = self._verbatim.match(text)
        if said is not None:
            return self._with_choices(said, text, today)
        reading = self._read(text, today)
        plain = self._plain(reading)
        if last is None:
            return plain
        ups = FollowUps(self._registry, self._gazetteer, self._home)
        if plain.intent in (None, last.intent) or self._outdone(plain, last) or not self._asks(reading):
            refined = ups.refine(reading, self.book, last)
            if refined is not None:
                return refined
        return ups.carry(plain, reading.message.text.casefold(), last)

    def fill(self, capability: Capability, text: str, today: date, asked: str = "") -> Understood:
        """The arguments of a known Capability in a text; `asked` takes a bare value."""
        reading = self._read(text if asked else self._with_codes(capability, text), today)
        if not asked:
            return self._filled(capability, reading, 1.0)
        filling = answered(capability, reading, self.book, asked, self._gazetteer, self._home)
        return Understood(intent=capability.name, slots=filling.slots, score=1.0, problems=tuple(filling.problems))

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
        intent, score = self._intent(reading)
        capability = self._registry.get(intent) if intent else None
        return self._filled(capability, reading, score) if capability else NOTHING

    def _asks(self, reading: Reading) -> bool:
        """Whether a message asks in so many words; if not, it may go on with what was said before."""
        return any(
            c.act in (Act.REQUEST, Act.QUESTION) for c in clauses(reading.pieces, self.book.verbs, self.book.orders)
        )

    def _outdone(self, plain: Understood, last: LastCall) -> bool:
        """After a search, "make it two nights" is about the search and not about a plan made earlier."""
        meant = self._registry.get(plain.intent or "")
        searched = bool(last.offers) or last.intent.startswith(_SEARCHES)
        return searched and meant is not None and not any(p.kind == "location" for p in meant.parameters)

    def _filled(self, capability: Capability, reading: Reading, score: float) -> Understood:
        filling = fill(capability, reading, self.book)
        return Understood(intent=capability.name, slots=filling.slots, score=score, problems=tuple(filling.problems))

    def _read(self, text: str, today: date) -> Reading:
        return self._reader.read(in_days(in_english(text)), today)

    def _intent(self, reading: Reading) -> tuple[str | None, float]:
        """The Capability that the asking clauses speak for; mere talk beside them counts a little."""
        pieces, book = reading.pieces, self.book
        parts = self._told_in_passing(pieces, self._led(pieces, clauses(pieces, book.verbs, book.orders)))
        asking = [c for c in parts if self._is_asking(pieces, c)]
        plainly = [c for c in asking if c.act in (Act.REQUEST, Act.QUESTION)]
        if any(self._search(pieces, c) for c in plainly):
            asking = [c for c in asking if c.act not in (Act.TALK, Act.HINT)]
        if not asking:
            return None, 0.0
        aside = [c for c in parts if c not in asking]
        plans = [c for c in asking if len(asking) > 1 and self._is_plan(pieces, c)]
        tastes = [c for c in asking if len(asking) > 1 and TASTE.match(_text(pieces, c))]
        plans += tastes if len(tastes) < len(asking) else []
        if any(self._search(pieces, c) for c in asking if c not in plans):
            plans += [c for c in asking if c not in plans and self._is_reason(pieces, c)]
        if any(self._tells(pieces, c) for c in asking if c not in plans and c.act is not Act.HINT):
            asking, aside = [c for c in asking if c not in plans], aside + plans
        named_things = any(self._search(pieces, c) for c in asking)
        open_request = any(_is_open(pieces, c) for c in asking)
        scores = book.scores([_signs(pieces, c) for c in asking] + self._apart(pieces) + self._bundle(pieces))
        for clause in aside:
            share = 1.0 if open_request else min(_share(pieces, clause), _ASIDE if named_things else 1.0)
            for name, weight in book.scores([_signs(pieces, clause)]).items():
                if name in scores or open_request:
                    scores[name] = scores.get(name, 0.0) + weight * share
        said = [sign for c in asking for sign in _signs(pieces, c)]
        named = any(book.tells(sign) or sign in ("<location>", "<title>") for sign in said)
        vague = not named and any(_CHANGES.match(" ".join(p.low for p in pieces[c.start : c.end])) for c in asking)
        somewhere = any(isinstance(p.value, Place) and p.value.sure for p in pieces)
        lasting = _lasts(pieces)
        for name in UMBRELLAS & set(scores):
            scores[name] += _LASTING if lasting else 0.0
        fitting = [n for n in scores if book.covers(n, said) and not (vague and book.is_full(n))]
        fitting = [n for n in fitting if not somewhere or self._goes_anywhere(n)]
        name = max(fitting, key=lambda n: scores[n], default="")
        enough = min(self._enough(pieces, c) for c in asking)
        return (name, scores[name]) if name and scores[name] >= enough else (None, 0.0)

    def _apart(self, pieces: Sequence[Piece]) -> list[list[str]]:
        """That two towns lie far apart, where no way to travel is named: nobody goes from Oslo to Rome by bus."""
        led = {before.low for before, p in pairwise(pieces) if isinstance(p.value, Place)}
        towns = [p.value.spot for p in pieces if isinstance(p.value, Place) and p.value.spot and led & {"to", "from"}]
        if not 1 < len(towns) < 4 or self.book.heads([p.sign for p in pieces]):
            return []
        if any(p.name.casefold().endswith("airport") for p in (q.value for q in pieces) if isinstance(p, Place)):
            return [_AIRPORT]
        return [_FAR] if max(apart(towns[0], town) for town in towns) > _BY_AIR else []

    def _goes_anywhere(self, name: str) -> bool:
        """Whether a Capability can take a place."""
        capability = self._registry.get(name)
        return capability is not None and any(p.kind in ("location", "text") for p in capability.parameters)

    def _bundle(self, pieces: Sequence[Piece]) -> list[list[str]]:
        """A town with money and with days or people, and nothing named, is a whole trip: "Nakuru, 3 adults, 45k"."""
        kinds = [p.kind for p in pieces if p.kind in (*_VALUES, "money")]
        whole = kinds.count("location") == 1 and "money" in kinds and len(kinds) > _PLAINLY
        bare = "location" in kinds and not self.book.names([p.sign for p in pieces])
        planned = (_lasts(pieces) or bare) and _is_order(pieces)
        return [_TRIP] if planned or (whole and not self.book.names([p.sign for p in pieces])) else []

    def _led(self, pieces: Sequence[Piece], parts: list[Clause]) -> list[Clause]:
        """Clauses, one that merely names things cut where its beginning names enough by itself: after "5 days in Mumbai
        for 4", "food and shopping" are tastes and no other wish."""
        first = parts[0] if parts else None
        comma = next((i for i in range(first.start, first.end) if pieces[i].low == ","), 0) if first else 0
        if first is None or first.act not in (Act.NAMING, Act.TALK) or not comma:
            return parts
        if is_sentence(pieces[first.start : comma]):
            return parts
        head = replace(first, end=comma, act=Act.NAMING)
        if not self._names(pieces, head):
            return parts
        kinds = {p.kind for p in pieces[head.start : head.end]}
        scores = self.book.scores([_signs(pieces, head)])
        full = {"location", "count"} <= kinds or (kinds & {"location"} and first.act is Act.TALK)
        if not full or max(scores.values(), default=0.0) < _ENOUGH[Act.NAMING]:
            return parts
        return [head, Clause(comma + 1, first.end, Act.TALK), *parts[1:]]

    def _told_in_passing(self, pieces: Sequence[Piece], parts: Sequence[Clause]) -> list[Clause]:
        """What is named with its town after a comma of talk: "it is raining, so indoor activities in Seattle?"."""
        found: list[Clause] = []
        for part in parts:
            found.append(part)
            comma = max((i for i in range(part.start, part.end) if pieces[i].low == ","), default=0)
            tail = replace(part, start=comma + 1, act=Act.NAMING)
            town = any(p.kind == "location" for p in pieces[tail.start : tail.end])
            plain = part.act is Act.TALK and comma and town and not is_sentence(pieces[tail.start : tail.end])
            if (
                plain
                and self._search(pieces, tail)
                and self._names(pieces, tail)
                and not PAST.search(_text(pieces, part))
            ):
                found[-1:] = [replace(part, end=comma), tail]
        return found

    def _tells(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        return any(self.book.tells(sign) for sign in _signs(pieces, clause))

    def _is_plan(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Where one wants to go, told before the request: "I want to go to Napa. Find me a bus"."""
        lows = [p.low for p in pieces[clause.start : clause.end]]
        mine = bool({"i", "we"} & set(lows[:3]))
        return mine and not self._tells(pieces, clause)

    def _is_reason(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Why somebody asks: "I am planning a trip" before "find me a bus"."""
        lows = [p.low for p in pieces[clause.start : clause.end]]
        return bool({"i", "we"} & set(lows[:3])) and not self._search(pieces, clause)

    def _search(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Whether a clause names something that one searches for, rather than a whole trip."""
        return any(not self.book.is_umbrella(name) for name in self.book.names(_signs(pieces, clause)))

    def _enough(self, pieces: Sequence[Piece], clause: Clause) -> float:
        """What must speak for a Capability; more if a question holds unknown words and no value."""
        said = pieces[clause.start : clause.end]
        strange = any(p.kind == "word" and p.low not in self.book.ordinary for p in said)
        vague = clause.act is Act.QUESTION and strange and not any(p.kind in _VALUES for p in said)
        vague = vague and not self.book.names(_signs(pieces, clause))
        bare = clause.act is Act.QUESTION and not vague and not any(p.kind in _VALUES for p in said)
        bare = bare and not self.book.names(_signs(pieces, clause))
        return _ENOUGH[clause.act] + (_VAGUE if vague else _BARE if bare else 0.0)

    def _is_asking(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        if clause.act is Act.NAMING:
            return self._names(pieces, clause)
        return clause.act is not Act.TALK or self._is_phrase(pieces, clause) or self._is_intent(pieces, clause)

    def _is_intent(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """What somebody is about to do, told with a place, a day and a number."""
        said = pieces[clause.start : clause.end]
        text = " ".join(p.low for p in said)
        values = {p.kind for p in said} & {*_VALUES, "money"}
        plain = len(values) >= _PLAINLY and "location" in values and INTENT.match(text)
        if plain and not any(p.search(text) for p in (NOT_ASKED, SOCIAL, VAIN, TOLD)):
            return True
        known = values - {"count"} and "location" in values and len({p.kind for p in said} & _TOLD_BY) >= _NAMED_WITH
        return bool(known and self._search(pieces, clause)) and not any(
            p.search(text) for p in (NOT_ASKED, SOCIAL, VAIN, REPORTED)
        )

    def _is_phrase(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Word for word an example phrase, stress apart: "I am so hungry"."""
        lows = [p.low for p in pieces[clause.start : clause.end]]
        return " ".join(low for low in lows if low not in _STRESS) in self.book.named

    def _names(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Whether a clause without a verb merely names what is wanted: known words, values, nobody's."""
        said = pieces[clause.start : clause.end]
        if not said:
            return False
        lows = [p.low for p in said]
        kinds = [p.kind for p in said if p.kind in (*_VALUES, "money")]
        if any(isinstance(p.value, When) and p.value.day is None and _is_over(p.value) for p in said):
            return False
        if len(kinds) >= _PLAINLY and "location" in kinds and lows[0] not in _PEOPLE:
            return True
        if lows[0] in ("my", "our") and len(kinds) > 1 and self._search(pieces, clause):
            return True
        if any(low in _PEOPLE and not _WITH & set(lows[max(0, i - 4) : i]) for i, low in enumerate(lows)):
            return False
        strange = [i for i, p in enumerate(said) if p.kind == "word" and p.low not in self.book.ordinary]
        telling = [i for i, p in enumerate(said) if p.low in self.book.vocabulary and p.low not in FUNCTION]
        about = len(telling) > 1 or "there" in lows or any(p.kind in _VALUES for p in said)
        somewhere = kinds or any(p.kind == "location" for p in pieces)
        if self._search(pieces, clause) and somewhere and len(strange) <= 1 + len(kinds):
            return not any(said[i].low.endswith("ed") for i in strange)
        if not strange:
            return about or " ".join(lows) in self.book.named
        if said[strange[0]].low.endswith("ed"):
            return False
        before = bool(telling) and (strange[0] < telling[-1] or "location" in kinds)
        return len(strange) == 1 and before and about


def _is_order(pieces: Sequence[Piece]) -> bool:
    """Whether somebody is told to plan: "plan something for us", "can you organise ..."."""
    lows = ["", *(p.low for p in pieces)]
    return any(low in _PLANNED and before in _ORDERED for before, low in pairwise(lows))


def _lasts(pieces: Sequence[Piece]) -> bool:
    """Whether days or nights are counted: "3 nights", "a 3-day trip"."""
    said = [p for p in pieces if p.low != "-"]
    return any(p.kind == "count" and after.stem in ("day", "night") for p, after in pairwise(said))


def _text(pieces: Sequence[Piece], clause: Clause) -> str:
    return " ".join(p.low for p in pieces[clause.start : clause.end])


def _is_over(when: When) -> bool:
    """Whether a day that cannot be was named as past: "last week"."""
    return when.problem.startswith("last")


def _signs(pieces: Sequence[Piece], clause: Clause) -> list[str]:
    return [p.sign for p in pieces[clause.start : clause.end]]


def _share(pieces: Sequence[Piece], clause: Clause) -> float:
    """How much talk beside a request counts: more if it tells a day, a place or a number."""
    said = pieces[clause.start : clause.end]
    return _TELLING if any(p.kind in _VALUES for p in said) else _ASIDE


def _is_open(pieces: Sequence[Piece], clause: Clause) -> bool:
    """A request that does not say for what: "can you help me?", "any suggestions?"."""
    said = pieces[clause.start : clause.end]
    plain = all(p.kind != "word" or p.low in FUNCTION or p.stem in FUNCTION for p in said)
    advice = clause.act is Act.QUESTION and ADVICE.search(" ".join(p.low for p in said))
    return plain and (clause.act is Act.REQUEST or bool(advice))
