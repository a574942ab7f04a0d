"""What people say about themselves in passing ("I'm vegetarian"), and what it means for what suits them."""

import re
from collections.abc import Iterable, Mapping

from personas.tastes import SHUN, read_tastes
from personas.vocabulary import LABELS, tags_in, tags_of, words

LONGEST = 2000
_RELATIVE = (
    "wife|husband|partner|son|daughter|mother|mum|mom|father|dad|sister|brother|friend|kids?|children|child|baby"
)
_WHO = rf"(?:i|we|(?:my|our) (?:{_RELATIVE})|(?:both|all) of us)"
_BE = r"(?:['’]m|['’]re|['’]s| am| are| is)"
_VERY = r"(?:very |severely |strictly |really |absolutely |both |all |also |a |an |mostly )*"
DIETS: dict[str, dict[str, int]] = {
    "vegetarian": {"meat": -100, "seafood": -100, "vegetarian": 60},
    "vegan": {"meat": -100, "seafood": -100, "dairy": -100, "egg": -100, "vegetarian": 60},
    "pescatarian": {"meat": -100, "seafood": 30, "vegetarian": 30},
    "pescetarian": {"meat": -100, "seafood": 30, "vegetarian": 30},
    "halal": {"pork": -100, "alcohol": SHUN}, "muslim": {"pork": -100, "alcohol": SHUN},
    "kosher": {"pork": -100, "seafood": -60}, "jain": {"meat": -100, "seafood": -100, "egg": -100, "vegetarian": 60},
    "coeliac": {"gluten": -100}, "celiac": {"gluten": -100}, "gluten-free": {"gluten": -100},
    "gluten free": {"gluten": -100}, "gluten intolerant": {"gluten": -100}, "lactose intolerant": {"dairy": -100},
    "lactose-intolerant": {"dairy": -100}, "teetotal": {"alcohol": -100}, "diabetic": {},
}  # fmt: skip
"""What people call how they eat -> what follows for tags."""
_DIET = "|".join(re.escape(d) for d in sorted(DIETS, key=len, reverse=True))
_WORDS = r"[\w'’-]+(?: [\w'’-]+)?"
_MORE = (
    rf"(?:, (?:(?:and|or) )?{_WORDS}(?= and | or |,|[.!;\n]|$))*"
    rf"(?:,? (?:and|or) (?!(?:i|we|my|our)\b){_WORDS})?"
)
_THING = r"[^.!?;,\n]{2,60}?"
_START = r"(?:^\W*(?:\w+[\s,:]+)?|[.!?;,:\n]\s*|\b(?:and|but|because|since|that)\s+)"
_END = rf"(?=$|[.!?;,\n]|\s(?:and|but|so) {_WHO}\b)"

_PATTERNS = tuple(
    re.compile(rf"{_START}({_WHO}{form}){_END}", re.IGNORECASE)
    for form in (
        rf"{_BE} {_VERY}(?:{_DIET})s?(?: and {_VERY}(?:{_DIET})s?)?",
        rf"{_BE} {_VERY}allergic to {_THING}{_MORE}",
        r" (?:have|has) (?:an? |the )?[\w ]{2,30}? allerg(?:y|ies)",
        rf" (?:do not|don['’]?t|does not|doesn['’]t|can['’]?t|can ?not|never|only) (?:eats?|drinks?)"
        rf"(?: {_THING}{_MORE})?",
        r" get(?:s)? (?:very |really |badly )?(?:sea|car|motion|air|travel)[ -]?sick",
        rf"(?: use|{_BE} (?:in|using)) a wheelchair",
    )
)
_OPINION = re.compile(
    rf"{_START}({_WHO}(?: (?:really |absolutely |just |all |both )*"
    rf"(?:hate|can['’]?t stand|cannot stand|love|adore|dislike)"
    rf"|{_BE} (?:really |so |very )*(?:afraid|scared|terrified|frightened) of)"
    rf" (?:the |a |an |going to )?[\w'’ -]{{3,40}}?){_END}",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(r"\b(?:if|whether|imagine|suppose|say)\s+$", re.IGNORECASE)
_STOP = frozenset("""
    the and for are was not that this with from have has had our we're i'm you your they them she her his him its my
    mine who whom what when where which can can't cannot don't dont doesn't does did will would could should very really
    also just only always never please remember keep mind know about like love hate dislike enjoy prefer eat eating
    drink drinking want need am is been being all both any some each than then too but because since into out get
    forget correct change no yes instead
""".split())  # fmt: skip


_NOT_IN_PASSING = re.compile(r"\b(?:remember|forget|keep in mind|bear in mind|note that|correct)\b", re.IGNORECASE)


def in_passing(text: str) -> tuple[str, ...]:
    """The statements of a text that does not itself ask to remember or to forget."""
    return () if _NOT_IN_PASSING.search(text) else statements(text)


def statements(text: str) -> tuple[str, ...]:
    """Lasting things that the author of a text says about themselves, in their own words; questions are none."""
    found: list[tuple[int, str]] = []
    text = _spaced(text[:LONGEST])
    for pattern in (*_PATTERNS, _OPINION):
        for match in pattern.finditer(text):
            if _asked(text, match) or (pattern is _OPINION and not _about_taste(match[1])):
                continue
            found.append((match.start(1), match[1].strip()))
    return tuple(dict.fromkeys(said for _, said in sorted(found)))


def _spaced(text: str) -> str:
    """With single blanks and line ends, so that endless ones cost nothing."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _asked(text: str, match: re.Match[str]) -> bool:
    """A question, or only supposed."""
    rest = re.search(r"[.!?;\n]", text[match.end(1) :])
    return bool(rest and rest[0] == "?") or bool(_CONDITIONAL.search(text[: match.start(1)]))


def _about_taste(said: str) -> bool:
    return bool(tags_of(said)) and len(said.split()) <= 7


def leanings(fact: str, *, own: bool = True) -> dict[str, int]:
    """What a fact means for ranking: tag -> weight. Of others than the owner only what must never be counts."""
    firm = {**_diets(fact), **dict.fromkeys(_never_eaten(fact), -100)}
    if not own:
        return {tag: weight for tag, weight in firm.items() if weight <= -100}
    tastes = {tag: weight for tag, weight in read_tastes(fact).weights.items() if tag in LABELS}
    return {**tastes, **_sick(fact), **firm}


def _diets(fact: str) -> dict[str, int]:
    folded = " ".join(words(fact))
    leans: dict[str, int] = {}
    for diet, meant in DIETS.items():
        if re.search(rf"(?<!not )(?<!not a )\b{re.escape(diet)}\b", folded):
            leans.update(meant)
    return leans


def _sick(fact: str) -> dict[str, int]:
    folded = fact.casefold().replace("-", " ").replace(" ", "")
    return {tag: SHUN for sick, tag in (("seasick", "boat"), ("carsick", "bus")) if sick in folded}


_NEVER_EATEN = re.compile(
    r"allergic to (.+)|(?:n['’]?t|not|never) eats? (.+)|(?:an?|have|has) ([\w ]+?) allerg", re.IGNORECASE
)


def _never_eaten(fact: str) -> frozenset[str]:
    """Tags, and words without a tag, of what somebody is allergic to or does not eat."""
    match = _NEVER_EATEN.search(fact)
    if match is None:
        return frozenset()
    said = next(group for group in match.groups() if group)
    named = [word for tag, start, end in tags_in(words(said)) for word in words(said)[start:end]]
    return tags_of(said) | (telling_words(said) - frozenset(named))


def merged(several: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Several facts together: what must not be outweighs what is liked."""
    result: dict[str, int] = {}
    for leans in several:
        for tag, weight in leans.items():
            both = (weight, result.get(tag, weight))
            result[tag] = min(both) if min(both) < 0 else max(both)
    return result


def telling_words(text: str) -> frozenset[str]:
    """The words by which a fact can be recognised in what was said elsewhere."""
    return frozenset(w for w in words(text) if len(w) > 2 and w not in _STOP and not w.isdigit())


def tells(text: str, fact: str) -> bool:
    """Whether a text gives a fact away: at least half of its telling words occur in it."""
    wanted = telling_words(fact)
    if not wanted:
        return " ".join(words(fact)) in " ".join(words(text))
    return 2 * len(wanted & frozenset(words(text))) >= len(wanted)
