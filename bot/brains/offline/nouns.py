"""Names that say by themselves what is wanted: "guest house", "boat ride". A phrase with commas lists them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from bot.brains.offline.words import stem, words_of
from bot.names import word_set

_LONGEST = 4
_BESIDE = word_set("to near from at by with around beside via before after inside close next like for on during of")
_DENIED = word_set("not no without never avoid hate skip besides except")
_GENERAL = word_set("ride")  # says little beside what is ridden
_WHEN = word_set("before after during until till since")
_TOLD_ABOUT = frozenset((
    "when it", "because of", "case it", "case of", "instead of", "not afford", "not want", "scar of", "scared of",
    "afraid of", "tir of", "tired of", "sick of", "ideally with", "preferably with",
))  # fmt: skip
_VERBS = word_set("fly eat dine stay hike trek camp")


def is_list(phrase: str) -> bool:
    """Whether an example phrase is a list of names."""
    return "," in phrase and "{" not in phrase


def named(phrase: str) -> list[tuple[str, ...]]:
    """The names that a list holds, as stems."""
    return [tuple(stem(word.low) for word in words_of(name)) for name in phrase.split(",") if name.strip()]


class Nouns:
    """The names of all Capabilities. A name of several words counts as one word from then on.

    `umbrellas`: Capabilities that hold the others, as a trip does."""

    def __init__(self, owners: Mapping[tuple[str, ...], set[str]], umbrellas: Collection[str]) -> None:
        self._umbrellas = frozenset(umbrellas)
        self._owners = {" ".join(name): frozenset(who) for name, who in owners.items()}
        self._lengths: dict[str, int] = defaultdict(int)
        for name in owners:
            self._lengths[name[0]] = max(self._lengths[name[0]], len(name))

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return ((name, owner) for name, owners in self._owners.items() for owner in owners)

    def owners(self, sign: str) -> frozenset[str]:
        """The Capabilities that a sign names, none if it is no name."""
        return self._owners.get(sign, frozenset())

    def joined(self, signs: Sequence[str]) -> list[str]:
        """Signs with each name of several words made one, the longest first."""
        found: list[str] = []
        i = 0
        while i < len(signs):
            most = min(self._lengths.get(signs[i], 1), _LONGEST)
            name = next((n for k in range(most, 1, -1) if (n := " ".join(signs[i : i + k])) in self._owners), signs[i])
            found.append(name)
            i += name.count(" ") + 1
        return found

    def beside(self, clauses: Iterable[Sequence[str]]) -> set[str]:
        """Names that only tell where or with what: "the concert" in "a cab to the concert"."""
        heads: set[frozenset[str]] = set()
        led: set[str] = set()
        for signs in clauses:
            for i, sign in enumerate(signs):
                if not (owners := self.owners(sign)):
                    continue
                if self._is_when(signs, i) or self._is_kind(signs, i) or self._has_kind(signs, i):
                    led.add(sign)
                elif self._is_led(signs, i) and sign not in _VERBS:
                    led |= {sign} if heads - {owners} else set()
                elif not owners <= self._umbrellas:
                    heads.add(owners)
        return led

    def _is_when(self, signs: Sequence[str], i: int) -> bool:
        """It only tells when, or what it shall not be: "before our flight home", "not the bus", "when it rains",
        "rather than take the train"."""
        near = signs[max(0, i - 3) : i]
        told = " ".join(near[-2:]) in _TOLD_ABOUT or "than" in near
        return bool(near) and (near[-1] in _WHEN or near[-1] in _DENIED or told)

    def _is_kind(self, signs: Sequence[str], i: int) -> bool:
        """It only tells of what kind the next one is: the beach of "beach cottages"."""
        after = self.owners(signs[i + 1]) if i + 1 < len(signs) else frozenset()
        if signs[i] in _GENERAL and signs[i + 1 : i + 2] == ["on"]:
            return any(self.owners(sign) for sign in signs[i + 2 : i + 4])  # "a ride on the train"
        if signs[i] in _GENERAL:
            return i > 0 and bool(self.owners(signs[i - 1]))
        if i + 1 < len(signs) and signs[i + 1] in _GENERAL:
            return False
        return bool(after - self._umbrellas) and not after & self.owners(signs[i])

    def _has_kind(self, signs: Sequence[str], i: int) -> bool:
        """A trip of which the word before says what kind it is: "a snorkelling trip"."""
        return i > 0 and bool(self.owners(signs[i - 1]) - self._umbrellas) and self.owners(signs[i]) <= self._umbrellas

    def _is_led(self, signs: Sequence[str], i: int) -> bool:
        """Said after a preposition, a word between at most: "for a short trip"."""
        before, between = (signs[i - 1] if i else "", signs[i - 2] if i > 1 else "")
        return before in _BESIDE or (between in _BESIDE and not self.owners(before) and before[:1] != "<")
