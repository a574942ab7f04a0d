"""Which clauses of a message ask for something, and which only tell why, how one likes it, or nothing at all."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.brains.offline.days import When
from bot.brains.offline.grammar import Act, Clause, clauses, is_sentence
from bot.brains.offline.hints import PLAINLY, VALUES
from bot.brains.offline.phrasebook import FUNCTION, Phrasebook
from bot.brains.offline.pieces import Piece
from bot.brains.offline.turns import INTENT, LACK, NOT_ASKED, PAST, PERSONAL, REPORTED, SOCIAL, TASTE, TOLD, VAIN
from bot.names import word_set

ENOUGH = {Act.REQUEST: 1.35, Act.QUESTION: 1.8, Act.NAMING: 2.2, Act.HINT: 4.5, Act.TALK: 1.0}
_VAGUE, _BARE = 1.0, 0.5
# A thing, a town and one more value told together are a wish, unless it is a report.
_NAMED_WITH, _TOLD_BY = 2, frozenset(("location", "date", "count", "money", "time"))
_PEOPLE = word_set("i we he she they it my our your his her their its me us him them you who")
_STRESS = word_set(
    "so very really totally completely just now right already quite pretty kind of a bit little getting super too !"
)
_MINE = word_set("i we me")
_WITH = frozenset(("for", "with"))
_OTHERS_OWN = word_set(
    "my our your his her their remember nobody everybody everyone someone who the that i we it he she they"
)


@dataclass(frozen=True, slots=True)
class Asks:
    """Tells the clauses of a message apart by what a phrasebook knows."""

    book: Phrasebook

    def sorted_out(self, pieces: Sequence[Piece]) -> tuple[list[Clause], list[Clause]]:
        """(clauses that ask, clauses beside them)."""
        parts = self._led(pieces, clauses(pieces, self.book.verbs, self.book.orders))
        parts = [self._as_question(pieces, c) for c in self._told_in_passing(pieces, parts)]
        asking = [c for c in parts if self._is_asking(pieces, c)]
        if any(self.search(pieces, c) for c in asking if c.act in (Act.REQUEST, Act.QUESTION)):
            asking = [c for c in asking if c.act not in (Act.TALK, Act.HINT)]
        only_told = self._only_told(pieces, asking)
        wished = [c for c in asking if c not in only_told]
        if any(self._tells(pieces, c) for c in wished if c.act is not Act.HINT):
            asking = wished
        asking = asking or [c for c in parts if self._names_plainly(pieces, c)]
        return asking, [c for c in parts if c not in asking]

    def _names_plainly(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Where nothing else asks: no sentence, but a thing with a town or a day, in whatever words."""
        said = pieces[clause.start : clause.end]
        if clause.act is not Act.NAMING or said[0].low in _OTHERS_OWN or not self.search(pieces, clause):
            return False
        days = [p.value for p in said if isinstance(p.value, When)]
        told = any(p.kind == "location" for p in said) or any(when.day for when in days)
        return told and not any(_is_over(when) for when in days) and not PAST.search(spoken(pieces, clause))

    def _only_told(self, pieces: Sequence[Piece], asking: Sequence[Clause]) -> list[Clause]:
        """Of several clauses those that say where one goes, what one likes, or why one asks."""
        if len(asking) < 2:
            return []
        told = [c for c in asking if self._is_plan(pieces, c)]
        tastes = [c for c in asking if TASTE.match(spoken(pieces, c))]
        told += tastes if len(tastes) < len(asking) else []
        if any(self.search(pieces, c) for c in asking if c not in told):
            told += [c for c in asking if c not in told and self._is_reason(pieces, c)]
        return told

    def search(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Whether a clause names something that one searches for, rather than a whole trip."""
        return any(not self.book.is_umbrella(name) for name in self.book.names(signs(pieces, clause)))

    def enough(self, pieces: Sequence[Piece], clause: Clause) -> float:
        """What must speak for a Capability; more if a question holds unknown words and no value."""
        said = pieces[clause.start : clause.end]
        strange = any(p.kind == "word" and p.low not in self.book.ordinary for p in said)
        told = any(p.kind in VALUES for p in said) or bool(self.book.names(signs(pieces, clause)))
        bare = clause.act is Act.QUESTION and not told
        return ENOUGH[clause.act] + ((_VAGUE if strange else _BARE) if bare else 0.0)

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
        scores = self.book.scores([signs(pieces, head)])
        full = {"location", "count"} <= kinds or (kinds & {"location"} and first.act is Act.TALK)
        if not full or max(scores.values(), default=0.0) < ENOUGH[Act.NAMING]:
            return parts
        return [head, Clause(comma + 1, first.end, Act.TALK), *parts[1:]]

    def _told_in_passing(self, pieces: Sequence[Piece], parts: Sequence[Clause]) -> list[Clause]:
        """What is named with its town after a comma of talk: "it is raining, so indoor activities in Seattle?"."""
        found: list[Clause] = []
        for part in parts:
            comma = max((i for i in range(part.start, part.end) if pieces[i].low == ","), default=0)
            tail = replace(part, start=comma + 1, act=Act.NAMING)
            talk = part.act is Act.TALK and comma and not PAST.search(spoken(pieces, part))
            found += [replace(part, end=comma), tail] if talk and self._names_with_town(pieces, tail) else [part]
        return found

    def _as_question(self, pieces: Sequence[Piece], clause: Clause) -> Clause:
        """Talk that ends in a question mark and names a thing and a town or a day is a question about them, unless it
        is about people or what was."""
        mark = pieces[clause.end].low if clause.end < len(pieces) else ""
        if clause.act is not Act.TALK or mark != "?" or not self.search(pieces, clause):
            return clause
        said, words = pieces[clause.start : clause.end], spoken(pieces, clause)
        told = any(p.kind in ("location", "date") for p in said)
        if not told or PERSONAL.search(words) or any(p.search(words) for p in (PAST, VAIN, SOCIAL)):
            return clause
        return replace(clause, act=Act.QUESTION)

    def _names_with_town(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        said = pieces[clause.start : clause.end]
        town = any(p.kind == "location" for p in said)
        return town and not is_sentence(said) and self.search(pieces, clause) and self._names(pieces, clause)

    def _tells(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        return any(self.book.tells(sign) for sign in signs(pieces, clause))

    def _is_plan(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Where one wants to go, told before the request: "I want to go to Napa. Find me a bus"."""
        lows = [p.low for p in pieces[clause.start : clause.end]]
        mine = bool(_MINE & set(lows[:3]))
        return mine and not self._tells(pieces, clause)

    def _is_reason(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """Why somebody asks: "I am planning a trip" before "find me a bus"."""
        lows = [p.low for p in pieces[clause.start : clause.end]]
        return bool(_MINE & set(lows[:3])) and not self.search(pieces, clause)

    def _is_asking(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        if clause.act is Act.NAMING:
            return self._names(pieces, clause)
        return clause.act is not Act.TALK or self._is_phrase(pieces, clause) or self._is_intent(pieces, clause)

    def _is_intent(self, pieces: Sequence[Piece], clause: Clause) -> bool:
        """What somebody is about to do, told with a place, a day and a number."""
        said = pieces[clause.start : clause.end]
        words = spoken(pieces, clause)
        values = {p.kind for p in said} & {*VALUES, "money"}
        plain = len(values) >= PLAINLY and "location" in values and INTENT.match(words)
        if plain and not any(p.search(words) for p in (NOT_ASKED, SOCIAL, VAIN, TOLD)):
            return True
        known = values - {"count"} and "location" in values and len({p.kind for p in said} & _TOLD_BY) >= _NAMED_WITH
        lacks = LACK.search(words) and self.search(pieces, clause)
        if lacks and any(p.kind in ("location", "date") for p in pieces):
            return not any(p.search(words) for p in (NOT_ASKED, SOCIAL))
        return bool(known and self.search(pieces, clause)) and not any(
            p.search(words) for p in (NOT_ASKED, SOCIAL, VAIN, REPORTED)
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
        kinds = [p.kind for p in said if p.kind in (*VALUES, "money")]
        if any(isinstance(p.value, When) and p.value.day is None and _is_over(p.value) for p in said):
            return False
        if len(kinds) >= PLAINLY and "location" in kinds and lows[0] not in _PEOPLE:
            return True
        if lows[0] in ("my", "our") and len(kinds) > 1 and self.search(pieces, clause):
            return not PAST.search(" ".join(lows)) and not REPORTED.search(" ".join(lows))
        if any(low in _PEOPLE and not _is_object(lows, i) for i, low in enumerate(lows)):
            return False
        return self._is_known(pieces, clause, lows, kinds)

    def _is_known(self, pieces: Sequence[Piece], clause: Clause, lows: Sequence[str], kinds: Sequence[str]) -> bool:
        """Whether the words of a clause are known, all but a few beside a thing or a town."""
        said = pieces[clause.start : clause.end]
        strange = [i for i, p in enumerate(said) if p.kind == "word" and p.low not in self.book.ordinary]
        telling = [i for i, p in enumerate(said) if p.low in self.book.vocabulary and p.low not in FUNCTION]
        about = len(telling) > 1 or "there" in lows or any(p.kind in VALUES for p in said)
        somewhere = kinds or any(p.kind == "location" for p in pieces)
        if self.search(pieces, clause) and somewhere and len(strange) <= 1 + len(kinds):
            return not any(said[i].low.endswith("ed") for i in strange)
        if not strange:
            about = about or (bool(_NOW & set(lows)) and self.search(pieces, clause))
            return about or " ".join(lows) in self.book.named
        if said[strange[0]].low.endswith("ed"):
            return False
        before = bool(telling) and (strange[0] < telling[-1] or "location" in kinds)
        return len(strange) == 1 and before and about


_NOW = word_set("please this now current")


def _is_object(lows: Sequence[str], i: int) -> bool:
    """Somebody for whom something is meant: "a room for my mother and me", "a cab to take me to town"."""
    return bool(_WITH & set(lows[max(0, i - 4) : i])) or (i > 1 and lows[i - 2] == "to" and lows[i] in ("me", "us"))


def spoken(pieces: Sequence[Piece], clause: Clause) -> str:
    """The words of a clause as they are compared."""
    return " ".join(p.low for p in pieces[clause.start : clause.end])


def signs(pieces: Sequence[Piece], clause: Clause) -> list[str]:
    """What the pieces of a clause count as."""
    return [p.sign for p in pieces[clause.start : clause.end]]


def _is_over(when: When) -> bool:
    """Whether a day that cannot be was named as past: "last week"."""
    return when.problem.startswith("last")
