"""What the Capabilities' example phrases teach: which words speak for which, and which words lead to a hole."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.brains.offline.grammar import ASKING, WANTING
from bot.brains.offline.nouns import Nouns, is_list, named
from bot.brains.offline.numbers import find_times
from bot.brains.offline.pieces import Piece, in_order, titled
from bot.brains.offline.words import stem, words_of
from bot.capability import Capability, Registry
from bot.names import word_set

_HOLE = re.compile(r"\{(\w+)\}")
VALUES = frozenset(("location", "date", "count", "money", "time"))
_FEW, _MOSTLY = 40, 0.65
_RARE, _PHRASES, _MANY, _PAIR, _WHOLE = 0.004, 25, 70, 0.7, 3.0
_UNLIKELY = -0.3  # what is rarely said with something does not speak much against it
_WAYS = frozenset(("to", "from"))
_NAMED, _BESIDE, _HINTED, _GOAL = 2.6, 0.3, 0.6, 0.6
_FILLED = word_set(
    "a an the some any please me us just really also kindly possibly exactly very so too my our , ' \" this that"
)
_DROPPED = _FILLED | {stem(word) for word in _FILLED}
_TELLING = word_set("checkin checkout plan organise organize")  # asking words that say for what, too
# Words that every request has: they tell nothing about which Capability is meant.
FUNCTION = (ASKING - _TELLING) | _DROPPED | word_set("""
    i we you he she it they am is are was were be been being do does did have has had will would shall should can
    could may might must not no yes and or but if then than so as at by for from in into of off on onto out over to
    up with without about around near there here what which where when who how why whether like love want need wish
    would please help thanks thank hi hello hey ok okay great good nice cool all both each few more most other
    another such person only own same his her him their them your yours its mine ours one someone am pm us today now
    soon later again still yet ever even much many lot bit let make made get got getting going go goes gone come
    coming came take taking took put know think see seem look looking search searching find finding try trying day
    night week month year weekend home new old far near next last first left right work use start stop keep long
    short big small high low early late soon hour minute man woman guy bad nice best better people friend around
    together way under below above within per instead rather maybe probably always never every everything nothing
    none else ever since during while before after until till between against through because back away down again
    too well yes no number name word question answer idea money matter recommendation recommendations suggestion
    suggestions ideas option options advice wife husband partner girlfriend boyfriend mum dad mom brother sister son
    daughter fact case point part side end kind type sort reason problem issue hand head eye face love hate feel
    feeling believe guess suppose remember forget live talk speak hear listen read write call open close turn move
    run walk sit stand wait meet bring carry hold keep lose win send receive happy sad glad sorry tired busy ready
    sleep full empty hard easy real true wrong same different everyone sure wonder wondering able willing mind
    possible kind closest closer 's - . ? ! ; : / ( ) & + # * @ % < > = _ “ ” … | ~ [ ] { } $ ^
""")  # fmt: skip
_PREPOSITIONS = word_set("to from in of at with by as for on and or is are be . , ? !")
_MEANT_TO = word_set("going likely expect suppos want like need about plan")  # "going to snow" is no way to anywhere
_RESTING = ("sleep", "stay")
_PHRASAL = word_set("go get pick drop hang come take eat fly head going")
_PARTICLES = word_set("on out off up back away")


@dataclass(slots=True)
class Cues:
    """For one kind of value of one Capability: how often each neighbouring word belongs to each parameter."""

    counts: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    often: Counter[str] = field(default_factory=Counter)

    def learn(self, parameter: str, around: Iterable[str], share: int) -> None:
        """One hole of a phrase; `share`: how much it counts."""
        self.often[parameter] += share
        for neighbour in around:
            self.counts[neighbour][parameter] += share

    def seen(self, parameter: str, around: Iterable[str]) -> float:
        """How much of what is around a value was ever seen around a parameter; 0 for none of it."""
        total = 0.0
        for neighbour in around:
            seen = self.counts.get(neighbour)
            if seen and parameter in seen:
                total += _WEIGHT[neighbour[:2]] * seen[parameter] / (sum(seen.values()) + 0.5)
        return total

    def fit(self, parameter: str, parameters: Sequence[str], around: Iterable[str]) -> float:
        """How much likelier a parameter is than its fellows with these words around; 0 for even."""
        total = _PRIOR * math.log((self.often[parameter] + 1) / (sum(self.often.values()) + 1))
        for neighbour in around:
            seen = self.counts.get(neighbour)
            if seen:
                rates = {p: (seen[p] + _DOUBT) / (self.often[p] + 2 * _DOUBT) for p in parameters}
                even = sum(rates.values()) / len(rates)
                trust = _EDGE if neighbour in _EDGES else _TRUST[neighbour[:2]]
                total += trust * math.log(rates[parameter] / even)
        return total

    def knows(self, neighbour: str) -> bool:
        """Whether it was ever seen."""
        return neighbour in self.counts


_WEIGHT = {"LL": 3.0, "L ": 2.0, "R ": 3.0, "RR": 3.0, "N ": 0.8}
_TRUST = {"LL": 0.7, "L ": 1.0, "R ": 3.0, "RR": 0.7, "N ": 0.8}
_DOUBT, _PRIOR, _EDGE = 0.5, 0.3, 0.3
_EDGES = frozenset(("R $", "L ^", "R <date>", "R <time>", "R <money>"))  # what stands there tells little
_OWN, _SHARED = 3, 1  # a phrase of one's own counts more than another Capability's with the same parameter


class Phrasebook:
    """Learnt once from a registry's phrases (milliseconds, no files); read-only afterwards."""

    def __init__(self, registry: Registry) -> None:
        self.cues: dict[tuple[str, str], Cues] = defaultdict(Cues)
        self.vocabulary: set[str] = set()
        self.named: set[str] = set()  # phrases in full
        self.verbs: set[str] = set()
        self.orders: set[str] = set()  # how phrases of Capabilities that have few begin: "mute", "lock"
        self.plain: dict[str, str] = {}  # phrases without a telling word: they count as a whole
        self._seen: dict[str, Counter[str]] = {}
        self._holes: list[tuple[str, str, str, list[str]]] = []
        self._phrases: Counter[str] = Counter()
        self._whole: dict[str, list[frozenset[str]]] = defaultdict(list)
        heard = [c for c in registry if c.phrases and not c.hidden]
        self.umbrellas = frozenset(c.name for c in heard if _holds_all(c))
        self.things = _things(heard, self.umbrellas)
        for capability in heard:
            self._learn(capability)
        self._lead(registry)
        self.weights = self._weigh()
        self.nouns = {n[2:] for cues in self.cues.values() for n in cues.counts if n[:2] == "R "} - FUNCTION
        self.ordinary = frozenset(self.vocabulary | FUNCTION | WANTING)

    def scores(self, signs: Sequence[Sequence[str]]) -> dict[str, float]:
        """How much the sign lists (one per clause) speak for each Capability that they speak for at all."""
        total: dict[str, float] = defaultdict(float)
        for some in signs:
            for name in self._plainly(some):
                total[name] += _WHOLE
        kept = [self._kept(some) for some in signs]
        beside = self.things.beside(kept)
        goals = {
            s
            for some in kept
            for led, before, s in zip(["", *some], some, some[1:], strict=False)
            if before in _WAYS and led not in _MEANT_TO and self.things.owners(s)
        }
        for feature in {f for some in kept for f in self._features(some)}:
            share = _BESIDE if feature in beside else _GOAL if feature in goals else 1.0
            for name, weight in self.weights.get(feature, ()):
                total[name] += weight * share
        for name in {s for some in kept for s in some if " " in s and s not in beside}:
            self._add_parts(total, name)
        named = self._named(kept, beside)
        if not named - self.umbrellas:
            return total
        return {n: w if n in named else w * _HINTED for n, w in total.items()}

    def _named(self, kept: Sequence[Sequence[str]], beside: Collection[str]) -> set[str]:
        """The Capabilities whose things are named: they outdo those that are only hinted at."""
        return {who for some in kept for s in some if s not in beside for who in self.things.owners(s)}

    def _features(self, kept: Sequence[str]) -> Iterator[str]:
        yield from features(kept)
        yield from (sign for sign in kept if self.things.owners(sign))

    def _add_parts(self, total: dict[str, float], name: str) -> None:
        """The words of a longer name speak for its owners too: "ticket" in "plane ticket"."""
        owners = self.things.owners(name)
        for part in name.split():
            for owner, weight in self.weights.get(part, ()):
                if owner in owners:
                    total[owner] += weight

    def names(self, signs: Sequence[str]) -> list[str]:
        """The names of things among signs."""
        return [sign for sign in self._kept(signs) if self.things.owners(sign)]

    def heads(self, signs: Sequence[str]) -> set[str]:
        """The names among signs that are no place to go to and no company of another name."""
        kept = self._kept(signs)
        led = {s for before, s in pairwise(kept) if before in _WAYS}
        return {s for s in kept if self.things.owners(s) - self.umbrellas} - led - self.things.beside([kept])

    def is_umbrella(self, name: str) -> bool:
        """Whether a name is of what holds all the others: a trip."""
        return self.things.owners(name) <= self.umbrellas

    def _kept(self, signs: Sequence[str]) -> list[str]:
        return self.things.joined([s for s in signs if s not in _DROPPED])

    def _plainly(self, signs: Sequence[str]) -> Iterator[str]:
        said = f" {' '.join(s for s in signs if s not in _DROPPED)} "
        return (n for phrase, n in self.plain.items() if phrase == said or (phrase in said and _is_long(phrase)))

    def is_full(self, name: str) -> bool:
        """Whether a Capability has phrases enough for single words to tell."""
        return len(self._whole[name]) >= _FEW

    def tells(self, sign: str) -> bool:
        """Whether a word says by itself what is wanted."""
        return _tells(sign)

    def covers(self, name: str, signs: Collection[str]) -> bool:
        """Whether a Capability of few phrases has one that is mostly there; with many phrases words tell enough."""
        said = set(signs)
        return self.is_full(name) or any(len(p & said) >= _MOSTLY * len(p) for p in self._whole[name])

    def _learn(self, capability: Capability) -> None:
        seen = self._seen.setdefault(capability.name, Counter())
        for phrase in capability.phrases:
            if is_list(phrase):
                self.vocabulary.update(w.low for w in words_of(phrase) if not w.mark)
                continue
            pieces, holes = parse(phrase, capability)
            seen.update(set(features(self._kept([p.sign for p in pieces]))))
            self._phrases[capability.name] += 1
            kept = [p.sign for p in pieces if p.sign not in _DROPPED]
            self._whole[capability.name].append(frozenset(sign for sign in kept if not _value(sign)))
            if kept and not any(_tells(sign) or _value(sign) for sign in kept[:2]) and not any(map(_tells, kept)):
                self.plain[f" {' '.join(kept)} "] = capability.name
            self.named.add(" ".join(p.low for p in pieces))
            self.vocabulary.update(p.low for p in pieces if p.kind == "word")
            self.verbs.update(_wanted(pieces))
            if len(capability.phrases) < _FEW and pieces[0].kind == "word" and pieces[0].low not in FUNCTION:
                self.orders.add(pieces[0].low)
            for at, parameter in holes:
                self._holes.append((capability.name, pieces[at].kind, parameter, neighbours(pieces, at)))

    def _lead(self, registry: Registry) -> None:
        """What surrounds each parameter, in its own phrases and in others' with a parameter of that name."""
        kinds = {c.name: {p.name: p.kind for p in c.parameters} for c in registry}
        for owner, kind, parameter, around in self._holes:
            for name, parameters in kinds.items():
                if parameters.get(parameter) == kind and (name == owner or kind != "location"):
                    self.cues[(name, kind)].learn(parameter, around, _OWN if name == owner else _SHARED)

    def _weigh(self) -> dict[str, list[tuple[str, float]]]:
        """Feature -> (Capability, weight): the logarithm of how much likelier it is there than elsewhere."""
        likely: dict[str, dict[str, float]] = defaultdict(dict)
        for name, seen in self._seen.items():
            for feature, count in seen.items():
                likely[feature][name] = min(1.0, count / (min(self._phrases[name], _MANY) + _PHRASES))
        for feature, owner in self.things:
            likely[feature].setdefault(owner, 0.0)
        others = max(1, len(self._seen) - 1)
        weights: dict[str, list[tuple[str, float]]] = {}
        for feature, by_name in likely.items():
            everywhere = sum(by_name.values())
            pair = _PAIR if " " in feature else 1.0
            owners = self.things.owners(feature)
            weights[feature] = [
                (name, max(w, _NAMED if name in owners else _UNLIKELY))
                for name, p in by_name.items()
                for w in (pair * math.log((p + _RARE) / ((everywhere - p) / others + _RARE)),)
            ]
        return weights


def _holds_all(capability: Capability) -> bool:
    """Whether it takes a place for a number of days: a whole trip."""
    return capability.parameter("days") is not None and any(p.kind == "location" for p in capability.parameters)


def _things(capabilities: Iterable[Capability], umbrellas: Collection[str]) -> Nouns:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for capability in capabilities:
        for name in (name for phrase in capability.phrases if is_list(phrase) for name in named(phrase)):
            owners[tuple(s for s in name if s not in _DROPPED)].add(capability.name)
    return Nouns({name: who for name, who in owners.items() if name}, umbrellas)


def _is_long(phrase: str) -> bool:
    """Enough plain words to be recognised inside a sentence."""
    return sum(not _value(sign) for sign in phrase.split()) >= 4


def parse(phrase: str, capability: Capability) -> tuple[list[Piece], list[tuple[int, str]]]:
    """A phrase as pieces, and (position, parameter) of its holes."""
    pieces: list[Piece] = []
    holes: list[tuple[int, str]] = []
    for i, part in enumerate(_HOLE.split(phrase)):
        if i % 2:
            parameter = capability.parameter(part)
            kind = parameter.kind if parameter else _guess(part)
            if parameter:
                holes.append((len(pieces), part))
            pieces.append(Piece(kind, f"<{kind}>", f"<{kind}>", 0, 0))
        else:
            words = words_of(part)
            times = [("time", None, start, end) for start, end in find_times(words)]
            pieces += titled(words, in_order(words, times), ())
    return pieces, holes


def _guess(hole: str) -> str:
    """The kind of a hole that this Capability does not take as a parameter."""
    if hole.endswith("date"):
        return "date"
    if hole in ("travelers", "rooms", "nights", "days"):
        return "count"
    if hole in ("origin", "destination", "location"):
        return "location"
    return "money" if hole in ("budget", "amount") else "text"


_SILENT = FUNCTION | {stem(word) for word in FUNCTION}


def features(kept: Sequence[str]) -> Iterator[str]:
    """What speaks for a Capability: telling words, and pairs of neighbours of which one tells something."""
    for i, sign in enumerate(kept):
        if _tells(sign):
            yield sign
        if i + 1 < len(kept) and _pairs(sign, kept[i + 1]):
            yield f"{sign} {kept[i + 1]}"
        if i + 2 < len(kept) and kept[i + 1] in _PREPOSITIONS and not _value(sign):
            if _tells(sign) and (_tells(kept[i + 2]) or kept[i + 2] in _RESTING):
                yield f"{sign} {kept[i + 2]}"
            if kept[i + 2] == "<location>":
                yield f"{sign} {kept[i + 1]} <location>"


def _pairs(sign: str, after: str) -> bool:
    """Two neighbours that tell something together: "to <location>", "go out", "concert ticket"."""
    if after == "<time>":
        return sign in ("at", "for")
    if "<title>" in (sign, after):
        return not (_value(sign) and _value(after))
    if after == "<location>" or after == "<date>":
        return not _value(sign) and (after == "<location>" or sign in ("from", "until", "till"))
    if sign == "<count>" and not _value(after) and after not in _PREPOSITIONS:
        return True
    if sign in _PHRASAL and after in _PARTICLES:
        return True
    return (_tells(sign) and after not in _PREPOSITIONS) or (_tells(after) and sign not in _PREPOSITIONS)


def _value(sign: str) -> bool:
    return sign[:1] == "<" and sign[-1:] == ">"


def _tells(sign: str) -> bool:
    return sign not in _SILENT and not _value(sign)


def neighbours(pieces: Sequence[Piece], at: int) -> list[str]:
    """The words around a value: just before, just after, and within a few words before it."""
    kind, found = pieces[at].kind, []
    left = [p.sign for p in reversed(pieces[max(0, at - 7) : at]) if p.sign not in _DROPPED]
    after = at + 1 + (at + 2 < len(pieces) and pieces[at + 1].low in ("please", "pls", "thanks"))
    ended = after < len(pieces) and pieces[after].kind == "mark"
    right = [] if ended else [p.sign for p in pieces[at + 1 : at + 6] if p.sign not in _DROPPED]
    found.append(f"L {left[0] if left else '^'}")
    found.append(f"LL{' '.join(left[1::-1]) if len(left) > 1 else '^ ' + (left[0] if left else '')}")
    follows = right[0] if right and right[0] not in _ENDS else "$"
    found.append(f"R {follows}")
    if len(right) > 1 and right[1] not in _ENDS:
        found.append(f"RR{right[0]} {right[1]}")
    for sign in left[:5]:
        if sign == f"<{kind}>" or sign in (".", "?", "!", ";"):
            break
        if sign not in _LIGHT:
            found.append(f"N {sign}")
    return found


_ENDS = word_set(". , ? ! ; and or but to from for in on at please with by so if as i we")
_LIGHT = word_set(
    "i we it is are be will would and to of on in for at the <count> <location> <date> <money> <time> need want like"
)


def _wanted(pieces: Sequence[Piece]) -> Iterator[str]:
    """Verbs that a phrase wants done: "i want to fly", "where can we eat"."""
    lows = [p.low for p in pieces]
    for i in range(2, len(lows)):
        wished = lows[i - 1] == "to" and lows[i - 2] in ("want", "like", "need")
        able = lows[i - 1] in ("we", "i") and lows[i - 2] == "can"
        if (wished or able) and lows[i] not in FUNCTION and lows[i].isalpha():
            yield lows[i]
