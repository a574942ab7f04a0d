"""A message said word for word as an example phrase: "switch to Kai", "remember that I am vegetarian".

Only Capabilities that take names, choices and free text; places, days and numbers need a closer reading.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from bot.brains.offline.words import LONGEST, clean
from bot.capability import Capability, Parameter
from bot.minds import WORD_FOR_WORD, Understood
from bot.names import word_set

Known = Callable[[str], bool]
"""Whether a word in lower case means something else than a name."""

_POLITE = re.compile(
    r"(?:(?:@?caravan|hey|hi|hello|ok|okay|please|so|and|now)\b[\s,:!]*)*"
    r"(?:(?:can|could|would|will) you (?:please )?|(?:i want|i would like|i['’]d like) you to |please )?",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:[\s,]*(?:please|thanks|thank you|asante|now|then))*[\s.!?]*$", re.IGNORECASE)
# "remove Fort Jesus" is about a plan; after so few letters a name is one word.
_SHORT = 8
_KEY = 2  # phrases are looked up by so many letters
_HOLE = re.compile(r"\{(\w+)\}")
_KINDS = {"text", "person", "choice"}
_NAME = r"@?[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*)?"
# Free text that begins so is chatter ("remember that time in Lamu"), and alone it says nothing ("forget it").
_CHATTER = word_set(
    "me us time times day days night nights year summer when how what where who why which if whether one"
)
_QUESTIONS = ("can we ", "let's vote", "let us vote", "shall we vote", "what is ", "what are ", "what happens ")
_EMPTY = word_set("it that this them those him her me us you all everything about what")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """An example phrase as a pattern; `letters`: how much of it is not a hole; `question`: it asks.

    `start`: the letters that all it matches begins with, "" for any."""

    capability: Capability
    pattern: re.Pattern[str]
    letters: int
    question: bool = False
    start: str = ""


class Verbatim:
    """Finds the Capability one of whose phrases a message is. `known`: words that are no names."""

    def __init__(self, capabilities: Iterable[Capability], known: Known) -> None:
        self._known = known
        plain = [c for c in capabilities if not c.hidden and all(p.kind in _KINDS for p in c.parameters)]
        phrases = [_phrase(c, text) for c in plain for text in c.phrases]
        found = sorted((p for p in phrases if p), key=lambda p: -p.letters)
        self._any = [p for p in found if not p.start]
        self._phrases = {start: [p for p in found if p.start in ("", start)] for start in {p.start for p in found}}

    def match(self, text: str) -> Understood | None:
        """The Capability and the values of its holes as they were written; None if no phrase is the whole message."""
        whole = clean(text[:LONGEST])
        begin = _polite(whole)
        said = _AFTER.sub("", whole[begin:])
        if not said:
            return None
        asked = whole.endswith("?") and "you" not in whole[:begin].casefold()
        for phrase in self._phrases.get(said[:_KEY].casefold(), self._any):
            found = phrase.pattern.fullmatch(said)
            if found and all(self._fits(phrase, n, v, asked) for n, v in _said(found).items()):
                return Understood(intent=phrase.capability.name, slots=_slots(found), score=WORD_FOR_WORD)
        return None

    def _fits(self, phrase: _Phrase, name: str, said: str, asked: bool) -> bool:
        parameter = phrase.capability.parameter(name)
        if parameter is None:
            return False
        if parameter.kind == "choice":
            return said.casefold() in (c.casefold() for c in parameter.choices)
        words = said.casefold().split()
        if parameter.kind == "person":
            short = phrase.letters < _SHORT and len(words) > 1
            return said.startswith("@") or (said[0].isupper() and not short and not any(map(self._known, words)))
        return (
            (not asked or phrase.question)
            and words[0] not in _CHATTER
            and not (len(words) < 3 and set(words) <= _EMPTY)
        )


def _polite(text: str) -> int:
    found = _POLITE.match(text)
    return found.end() if found else 0


def _slots(found: re.Match[str]) -> dict[str, str]:
    return {name: said.strip(' ,"“”') for name, said in _said(found).items()}


def _said(found: re.Match[str]) -> dict[str, str]:
    return {name.rstrip("_"): said for name, said in found.groupdict().items() if said is not None}


def _phrase(capability: Capability, text: str) -> _Phrase | None:
    holes = [capability.parameter(name) for name in _HOLE.findall(text)]
    known = {p.name: p for p in holes if p is not None}
    parts = [_part(word, known) for word in text.split()]
    if text.startswith("can we "):
        parts[0] = "(?:can|could|may|shall)"
    letters = sum(len(part) for part in _HOLE.sub("", text).split())
    pattern = r"\s+".join(parts) + _more(capability, text, known)
    pattern = pattern.replace(r"what\s+is", r"what(?:\s+is|['’]?s)")
    start = text[:_KEY].casefold() if text[:_KEY].isalpha() and not text.startswith("can we ") else ""
    found = _Phrase(capability, re.compile(pattern, re.IGNORECASE), letters, text.startswith(_QUESTIONS), start)
    return found if letters >= 3 else None


def _more(capability: Capability, text: str, known: Collection[str]) -> str:
    """A form's phrase that ends with what is wanted may go on about it: "a persona called Kito who loves museums"."""
    about = [p.name for p in capability.parameters if p.kind == "text" and not p.required and p.name not in known]
    if not (capability.form and known and about and text.endswith("}")):
        return ""
    return rf"(?:(?:\s*[,:;]\s*|\s+)(?:who|that|which|with)\s+(?P<{about[0]}>.+)|\s*[,:;]\s*(?P<{about[0]}_>.+))?"


def _part(word: str, holes: dict[str, Parameter]) -> str:
    found = _HOLE.search(word)
    if found is None:
        return re.escape(word).replace("'", "['’]")
    hole = _NAME if holes[found[1]].kind == "person" else r".+?"
    return re.escape(word[: found.start()]) + rf"(?P<{found[1]}>{hole})" + re.escape(word[found.end() :])
