"""Tastes: from what people say about themselves ("beach, food, no museums") to weighted tags."""

import re
from dataclasses import dataclass, field

from personas.vocabulary import label, tags_in, words

SHUN = -80
"""At or below this weight a tag is not wanted at all."""
_LIKE, _LOVE, _LITTLE = 60, 90, 30
_MOST = 24
LONGEST = 500

_MARKS = frozenset(",.;:!?\n+/()-")
_LINKS = frozenset("and or nor & with plus also".split())
_TURNS = frozenset("but though however yet".split())
_ANYTHING = frozenset("anything everything all".split())
_NEGATING = {
    "no": SHUN, "not": SHUN, "never": SHUN, "without": SHUN, "avoid": SHUN, "skip": SHUN, "don't": SHUN, "dont": SHUN,
    "doesn't": SHUN, "can't": SHUN, "cannot": SHUN, "minus": SHUN, "except": SHUN, "nothing": SHUN, "hate": -100,
    "detest": -100, "loathe": -100, "dislike": SHUN, "afraid": SHUN, "scared": SHUN, "terrified": -100, "less": -40,
    "fewer": -40, "allergic": -100, "bored": SHUN, "tired": SHUN, "hakuna": SHUN, "sipendi": SHUN,
}  # fmt: skip
_LIKING = {
    "love": _LOVE, "adore": _LOVE, "crazy": _LOVE, "favourite": _LOVE, "favorite": _LOVE, "lots": _LOVE, "lot": _LOVE,
    "mostly": _LOVE, "mainly": _LOVE, "especially": _LOVE, "like": _LIKE, "enjoy": _LIKE, "prefer": _LIKE,
    "want": _LIKE, "into": _LIKE, "napenda": _LIKE, "some": _LITTLE, "bit": _LITTLE, "sometime": _LITTLE,
    "sometimes": _LITTLE, "occasional": _LITTLE, "maybe": _LITTLE, "little": _LITTLE,
}  # fmt: skip
_SOFTENED = frozenset("really so too much keen big fan".split())
_AFTERWARDS = frozenset("boring awful overrated tiring terrible dull".split())
_FUNCTION = frozenset("""
    a an the i we me my our us you your he she they it is are am be been to of for in on at as that this these those any
    all very really so too much many more most just only good great nice best lovely beautiful fun thing stuff place
    please do does did go going get getting have has having i'm we're i've would could can will big fan keen when where
    who what from by if then there here always often usually also plus with and or nor but though however yet except
    eat eating drink drinking anything everything
    trip travel holiday vacation day days time
""".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tastes:
    """What was understood. `weights`: tag -> -100..100; `unknown`: words that say nothing to us."""

    weights: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()


@dataclass(slots=True)
class _Reader:
    """Reads word by word; how strongly something is liked holds until the clause turns."""

    weights: dict[str, int] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    strength: int = _LIKE
    negated_at: int = -9
    last: tuple[str, ...] = ()
    rest: list[str] = field(default_factory=list)

    def turn(self) -> None:
        """A clause has ended: words that stood alone in it are tastes of their own."""
        self._keep_rest()
        self.strength, self.negated_at, self.last = _LIKE, -9, ()

    def word(self, at: int, said: str) -> None:
        if said in _NEGATING:
            self.strength, self.negated_at = _NEGATING[said], at
        elif said == "only" and self.negated_at == at - 1:
            self.strength, self.negated_at = _LIKE, -9
        elif said in _LIKING:
            self._liking(at, said)
        elif said in _SOFTENED and self.negated_at == at - 1 and self.strength == SHUN:
            self.strength, self.negated_at = -40, at
        elif said in _AFTERWARDS and self.last:
            self.weights.update(dict.fromkeys(self.last, SHUN))
        elif said not in _FUNCTION and len(said) > 2 and not said.isdigit():
            self.rest.append(said)

    def _liking(self, at: int, said: str) -> None:
        if at - self.negated_at > 2 or self.strength > 0:
            self.strength = _LIKING[said]

    def tag(self, tag: str) -> None:
        self.weights[tag] = self.strength
        self.last = (*self.last, tag)

    def _keep_rest(self) -> None:
        if 0 < len(self.rest) <= 2 and not self.last:
            self.weights["-".join(self.rest)[:24]] = self.strength
        else:
            self.unknown.extend(self.rest)
        self.rest.clear()


def read_tastes(text: str) -> Tastes:
    """Weighted tags of a free text of at most LONGEST characters; "no", "hate", "a bit of", "love" count."""
    said = words(text[:LONGEST])
    named = {start: (tag, end) for tag, start, end in tags_in(said)}
    reader, at = _Reader(), 0
    while at < len(said):
        if at in named:
            tag, end = named[at]
            reader.tag(tag)
            at = end
            continue
        if said[at] in _MARKS or said[at] in _TURNS:
            reader.turn()
            if said[at] == "but" and at and said[at - 1] in _ANYTHING:
                reader.word(at, "except")
        elif said[at] not in _LINKS:
            reader.word(at, said[at])
        at += 1
    reader.turn()
    return Tastes(dict(list(reader.weights.items())[:_MOST]), tuple(dict.fromkeys(reader.unknown)))


def without_traits(text: str, voice: str | None, budget: str | None) -> str:
    """A free text without the words that name a voice and a budget: those are no tastes."""
    about = "voice|tone|budget|persona"
    for trait in filter(None, (voice, budget)):
        text = re.sub(rf"\b(?:an? )?{re.escape(trait)}(?: (?:{about}))?\b", "", text, flags=re.IGNORECASE)
    return text


def likes_in_words(weights: dict[str, int]) -> str:
    """The liked tags as people read them, the strongest first: "beaches, good food"."""
    liked = sorted((t for t, w in weights.items() if w > 0), key=lambda t: -weights[t])
    return ", ".join(label(t) for t in liked)


def avoids_in_words(weights: dict[str, int]) -> str:
    """The avoided tags as people read them, the strongest first."""
    avoided = sorted((t for t, w in weights.items() if w < 0), key=lambda t: weights[t])
    return ", ".join(label(t) for t in avoided)
