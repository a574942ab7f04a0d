"""Places told by what they are: house numbers and streets, mountains and lakes, forests and falls."""

from collections.abc import Collection, Sequence

from bot.brains.offline.words import Word
from bot.names import word_set

_STREETS = word_set(
    "street st avenue ave road rd boulevard blvd drive dr lane ln way court ct highway hwy plaza square parkway pkwy "
    "row circle terrace place close crescent"
)


def find_addresses(words: Sequence[Word], covered: Collection[int], leads: Collection[str]) -> list[tuple[int, int]]:
    """(start, end) of house numbers with streets: "2901 East Hastings Street", "560 Waverley Street # 13".

    `covered`: words that are already something else; `leads`: words that a lone name must follow."""
    found = []
    for i, word in enumerate(words):
        counted = i + 1 < len(words) and words[i + 1].low in _COUNTED  # "4 one way" tickets
        if word.text.isdigit() and i + 1 < len(words) and i + 1 not in covered and not counted:
            end = _street_end(words, i + 1)
            lone = end == i + 2 and words[i + 1].low not in _STREETS  # "2 SGR" tickets, "to 12 Riverside"
            street = any(w.low in _STREETS for w in words[i + 1 : end])
            counted = not street and i > 0 and words[i - 1].low == "for"  # "for 4 Mombasa Nairobi"
            if end and not counted and not (lone and (i == 0 or words[i - 1].low not in leads)):
                found.append((i, end))
    return found


_COUNTED = word_set("one way round return single")


def _street_end(words: Sequence[Word], i: int) -> int:
    """Where a street name that starts at word i ends, or 0; suite numbers belong to it."""
    start = i
    while i < len(words) and i - start < 7 and _street_word(words, i):
        i += 1
        if words[i - 1].low in _STREETS and i - start > 1:
            break
    named = i - start >= 1 and any(w.name or w.low in _STREETS for w in words[start:i])
    if not named or (i - start == 1 and words[start].low not in _STREETS and not words[start].name):
        return 0
    i += i < len(words) and words[i].low in ("north", "south", "east", "west") and words[i].name
    last = min(len(words), i + 12)
    while i < last and (words[i].low in _SUITES or words[i - 1].low in _SUITES or _glued(words, i)):
        i += 1
    return i - (words[i - 1].low in (".", ","))


def _street_word(words: Sequence[Word], i: int) -> bool:
    soon = any(w.low in _STREETS for w in words[i + 1 : i + 3])
    return (
        words[i].name or words[i].text.isdigit() or words[i].low in _STREET_WORDS or (soon and words[i].text.isalpha())
    )


def _glued(words: Sequence[Word], i: int) -> bool:
    """Letters and figures written in one: "5D"; not a full stop."""
    if words[i].start != words[i - 1].end:
        return False
    more = i + 1 < len(words) and words[i + 1].start == words[i].end and words[i + 1].text.isalnum()
    return (not words[i].mark and (words[i - 1].text[-1].isalnum() or words[i - 1].low == "-")) or (
        words[i].low == "-" and more
    )


_SUITES = word_set("# suite ste apt unit level")
_STREET_WORDS = _STREETS | word_set("north south east west th st nd rd n s e w el la san santa")


def find_landmarks(
    words: Sequence[Word], covered: Collection[int], vocabulary: Collection[str]
) -> list[tuple[int, int]]:
    """(start, end) of names with what they are: "Mount Longonot", "lake victoria", "Karura forest", "kenyatta avenue".

    `covered`: words that are already something else; `vocabulary`: words that are no names in small letters."""
    found = [at for i in range(len(words) - 1) if (at := _landmark_at(words, i, vocabulary))]
    return [(start, end) for start, end in found if not set(range(start, end)) & set(covered)]


def _landmark_at(words: Sequence[Word], i: int, vocabulary: Collection[str]) -> tuple[int, int] | None:
    if words[i].low in _NUMBERED and words[i + 1].text.isdigit():
        return i, i + 2
    if words[i].low in _LAND:
        dot = words[i + 1].low == "." and i + 2 < len(words)
        return (i, i + 2 + dot) if _names(words[i + 1 + dot], vocabulary) else None
    if words[i + 1].low in _GROUNDS and words[i].low not in _GENERAL and _names(words[i], vocabulary):
        return (i, i + 2) if words[i].low not in vocabulary else None
    return None


def _names(word: Word, vocabulary: Collection[str]) -> bool:
    """Whether a word can be a name: a capital letter, or no word that we know."""
    return word.text.isalpha() and len(word.low) > 2 and (word.name or word.low not in vocabulary)


_NUMBERED = word_set("pier wharf")
_LAND = word_set("mount mt lake fort cape")
_GROUNDS = word_set("""
    forest falls gorge hills island conservancy arboretum crater springs caves valley reserve avenue road street
""")
_GENERAL = word_set("national main high the back side open any every whole game nature marine rain")
