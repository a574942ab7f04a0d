"""A message as words: contractions spelt out, clauses apart, hostile or endless text tamed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LONGEST = 1_000
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # D.C.
    r"|\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}(?:/\d{2,4})?"  # dates in figures
    r"|\d{1,2}-\d{1,2}-\d{4}|\d{1,2}\.\d{1,2}\.(?:\d{4}(?!\d)|(?=\s|$))"
    r"|2(?:mo?r+o?w?|day|nite)\b|some1\b"
    r"|\d{1,2}:\d{2}(?!\d)|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*"
    r"|[^\w\s]|_",
    re.IGNORECASE,
)
_ENDINGS = {"d": "would", "ll": "will", "re": "are", "m": "am", "ve": "have"}
_BE_AFTER = frozenset("what how where who when why it there that here he she which everything".split(" "))
_WHOLE = {
    "wanna": ("want", "to"),
    "gonna": ("going", "to"),
    "gotta": ("have", "to"),
    "checkin": ("check", "in"),
    "checkout": ("check", "out"),
    "lemme": ("let", "me"),
    "wan": ("want",),
    "gimme": ("give", "me"),
    "whats": ("what", "is"),
    "hows": ("how", "is"),
    "wheres": ("where", "is"),
    "im": ("i", "am"),
    "id": ("i", "would"),
    "ive": ("i", "have"),
    "dont": ("do", "not"),
    "cant": ("can", "not"),
    "cannot": ("can", "not"),
    "can't": ("can", "not"),
    "won't": ("will", "not"),
    "let's": ("let", "us"),
    "lets": ("let", "us"),
    "pls": ("please",),
    "plz": ("please",),
    "u": ("you",),
    "ur": ("your",),
    "r": ("are",),
    "tmrw": ("tomorrow",),
    "tomorow": ("tomorrow",),
    "tommorow": ("tomorrow",),
    "tommorrow": ("tomorrow",),
    "tonite": ("tonight",),
    "nite": ("night",),
    "2nite": ("tonight",),
    "kesho": ("tomorrow",),
    "pax": ("people",),
    "ppl": ("people",),
    "peeps": ("people",),
    "nites": ("nights",),
    "dys": ("days",),
    "dayz": ("days",),
    "tix": ("tickets",),
    "flite": ("flight",),
    "flyt": ("flight",),
    "restraunt": ("restaurant",),
    "resteraunt": ("restaurant",),
    "tmr": ("tomorrow",),
    "tmw": ("tomorrow",),
    "tmrow": ("tomorrow",),
    "2moro": ("tomorrow",),
    "2morrow": ("tomorrow",),
    "2mrw": ("tomorrow",),
    "2day": ("today",),
    "wana": ("want", "to"),
    "wna": ("want", "to"),
    "gf": ("girlfriend",),
    "bf": ("boyfriend",),
    "n": ("and",),
    "abt": ("about",),
    "wat": ("what",),
    "wats": ("what", "is"),
    "wht": ("what",),
    "hw": ("how",),
    "wea": ("where",),
    "gud": ("good",),
    "frm": ("from",),
    "d": ("the",),
    "da": ("the",),
    "lyk": ("like",),
    "resto": ("restaurant",),
    "accom": ("accommodation",),
    "wknd": ("weekend",),
    "bday": ("birthday",),
    "nyt": ("night",),
    "arnd": ("around",),
    "asap": ("now",),
    "some1": ("someone",),
    "thx": ("thanks",),
    "nxt": ("next",),
    "pple": ("people",),
    "sth": ("something",),
    "dis": ("this",),
    "nts": ("nights",),
    "rm": ("room",),
    "rms": ("rooms",),
    "lookin": ("looking",),
    "goin": ("going",),
    "bout": ("about",),
    "wif": ("with",),
    "b4": ("before",),
    "cuz": ("because",),
    "coz": ("because",),
    "cos": ("because",),
    "hpw": ("how",),
    "hwo": ("how",),
    "waht": ("what",),
    "whta": ("what",),
    "wich": ("which",),
    "wiht": ("with",),
    "wtih": ("with",),
    "teh": ("the",),
    "hte": ("the",),
    "adn": ("and",),
    "nad": ("and",),
    "yuo": ("you",),
    "wnat": ("want",),
    "wnt": ("want",),
    "nedd": ("need",),
    "neeed": ("need",),
    "ned": ("need",),
    "fnd": ("find",),
    "fidn": ("find",),
    "serch": ("search",),
    "bok": ("book",),
    "boook": ("book",),
    "hotl": ("hotel",),
    "htl": ("hotel",),
    "flght": ("flight",),
    "flt": ("flight",),
    "tckt": ("ticket",),
    "tkt": ("ticket",),
    "tkts": ("tickets",),
    "rsvn": ("reservation",),
    "resv": ("reservation",),
    "shud": ("should",),
    "cud": ("could",),
    "wud": ("would",),
    "kno": ("know",),
    "ret": ("return",),
    "towards": ("to",),
    "toward": ("to",),
    "luv": ("love",),
    "gr8": ("great",),
    "ther": ("there",),
    "somethin": ("something",),
    "anythin": ("anything",),
    "smth": ("something",),
    "smthing": ("something",),
}
_CAPITALS = frozenset(("NAD",))  # the Namibian dollar is no slip of "and"
_STOPS = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Word:
    """One word: as written, in comparable form, and where it stands in the clean text."""

    text: str
    low: str
    start: int = 0
    end: int = 0

    @property
    def name(self) -> bool:
        """Written with a capital letter."""
        return self.text[:1].isupper()

    @property
    def mark(self) -> bool:
        """A punctuation mark."""
        return not self.text[:1].isalnum() and self.low != "'s"


@dataclass(frozen=True, slots=True)
class Message:
    """A message and its words in order, marks included."""

    text: str
    words: tuple[Word, ...]

    def said(self, start: int, end: int) -> str:
        """What was written from word `start` up to word `end` (exclusive)."""
        return self.text[self.words[start].start : self.words[end - 1].end] if end > start else ""


def read(text: str) -> Message:
    """The words of a message; at most its first 1,000 characters count."""
    short = clean(text)
    return Message(short, tuple(w for found in _TOKEN.finditer(short) for w in _spelt_out(found)))


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text."""
    return read(text).words


def clean(text: str) -> str:
    """Without control and direction characters, compatibility forms unified, line ends kept as stops."""
    short = text[: 2 * LONGEST].replace("`", "'").replace("´", "'")
    if not short.isascii():
        short = unicodedata.normalize("NFKC", short.replace("’", "'"))
        short = "".join(c for c in short if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Mn") or c == "\n")
    return re.sub(r"\s*\n+\s*", " ; ", short[:LONGEST].strip())


def _spelt_out(found: re.Match[str]) -> Iterator[Word]:
    token, start, end = found[0], found.start(), found.end()
    for text, low in _parts(token):
        yield Word(text, low, start, end)


def _parts(token: str) -> list[tuple[str, str]]:
    low = token.casefold()
    if low in _WHOLE and token not in _CAPITALS:
        return [(token if i == 0 else part, part) for i, part in enumerate(_WHOLE[low])]
    head, apostrophe, tail = low.partition("'")
    if not apostrophe:
        return [(token, low)]
    if tail == "t" and head.endswith("n"):
        return [(token[: len(head) - 1], head[:-1]), ("not", "not")]
    if tail in _ENDINGS:
        return [(token[: len(head)], head), (tail, _ENDINGS[tail])]
    if tail == "s":
        return [(token[: len(head)], head), ("is", "is") if head in _BE_AFTER else ("'s", "'s")]
    return [(token, low)]


def sentences(words: Sequence[Word]) -> list[tuple[int, int]]:
    """(start, end) of each sentence; marks that end it are left out."""
    found, start = [], 0
    for i, word in enumerate([*words, Word(".", ".")]):
        if word.low in _STOPS:
            if i > start:
                found.append((start, i))
            start = i + 1
    return found


_PERSONS = frozenset(
    ("people person persons guest guests adult adults passenger passengers traveller travellers traveler travelers "
    "individual individuals rider riders folks pax persona").split(" ")
)  # fmt: skip


def root(verb: str) -> str:
    """A verb without its ending: "purchase", "purchases" and "purchasing" share one."""
    if verb in ("plane", "planes"):
        return verb
    for ending in ("ing", "ed", "es", "s", "e"):
        if len(verb) > len(ending) + 1 and verb.endswith(ending):
            base = verb[: -len(ending)]
            return base[:-1] if ending == "ing" and base[-1] == base[-2] and base[-1] not in "ls" else base.rstrip("e")
    return verb


def stem(word: str) -> str:
    """Without the commonest endings, so that "flights" and "flight" count as one; all people are persons."""
    if word in _PERSONS:
        return "person"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if word in ("buses", "busses") or (len(word) > 4 and word.endswith(("sses", "xes", "shes", "ches"))):
        return "bus" if word[0] == "b" and len(word) < 7 else word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if len(word) > len(ending) + 3 and word.endswith(ending):
            base = word[: -len(ending)]
            word = base[:-1] if base[-1] == base[-2] and base[-1] not in "ls" else base
    return word[:-1] if len(word) > 4 and word.endswith("e") and word != "plane" else word
