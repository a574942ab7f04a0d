"""Which item people mean: by id, number, a word of its title or tags, or what meal it is."""

import re
from collections.abc import Sequence
from datetime import time

from booking.itinerary.instead import Instead, read
from booking.itinerary.texts import say
from booking.itinerary.words import key, matches
from booking.trips import Item, Plan
from bot.errors import AskAgain, Explain
from bot.names import fold

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ORDINALS = "first second third fourth fifth sixth seventh eighth".split()
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_ON_DAY = re.compile(r"\b(?:on|of|from)\s+(?:the\s+)?((?:day\s+\w+)|(?:\w+\s+day))\b", re.IGNORECASE)
MEALS = {"breakfast": (5, 11), "lunch": (11, 16), "dinner": (17, 24), "supper": (17, 24)}
KINDS = {"activity": ("see",), "sight": ("see",), "visit": ("see",), "thing": ("see", "eat", "idea"),
          "item": ("see", "eat", "idea"), "one": ("see", "eat", "idea"), "stop": ("see", "eat", "idea"),
          "hotel": ("stay",), "flight": ("arrive", "leave"), "bus": ("arrive", "leave"), "restaurant": ("eat",),
          "meal": ("eat",), "transfer": ("ride",), "taxi": ("ride",), "ride": ("ride",), "room": ("stay",),
          "lodge": ("stay",), "accommodation": ("stay",), "coach": ("arrive", "leave"), "plane": ("arrive", "leave"),
          "back": ("leave",), "return": ("leave",), "home": ("leave",), "outbound": ("arrive",),
          "there": ("arrive",)}  # fmt: skip
_ARTICLES = re.compile(r"^(?:(?:the|a|an|our|my) )+")
_SKIPPED = set("the a an my our that this please number no on of in day to".split())


def day_index(plan: Plan, day: str, parameter: str = "day") -> int | None:
    """Index of a day as people name it: "2", "two", "the second", "last", "Saturday". None for "".

    AskAgain if the trip has no such day."""
    if _ISO.fullmatch(day.strip()):
        found = next((n for n, d in enumerate(plan.days) if d.date.isoformat() == day.strip()), None)
        if found is None:
            raise AskAgain(parameter, say("which_day", count=len(plan.days)))
        return found
    words = [w for w in fold(day).split() if w not in _SKIPPED]
    if not words:
        return None
    found = _day(plan, words[0])
    if found is None or not 0 <= found < len(plan.days):
        raise AskAgain(parameter, say("which_day", count=len(plan.days)))
    return found


def _day(plan: Plan, word: str) -> int | None:
    number = re.match(r"\d+", word)
    if number:
        return int(number.group()) - 1
    if word in ("last", "final"):
        return len(plan.days) - 1
    for names in (_ORDINALS, _NUMBERS):
        if word in names:
            return names.index(word)
    return next(
        (n for n, d in enumerate(plan.days) if len(word) > 2 and f"{d.date:%A}".casefold().startswith(word)), None
    )


_EXCHANGE = re.compile(r"(?:\s+|^)(?:for|with|by|against|kwa)\s+(?=\S)", re.IGNORECASE)
_COMMA = re.compile(r"\s*[,;–-]\s+")


def exchanged(plan: Plan, words: str, n: int | None = None) -> tuple[str, Instead]:
    """What goes and what comes of “the market for a museum”; what comes is anything where nothing is said of it."""
    for split in (_EXCHANGE, _COMMA):
        parts = split.split(words.strip(), maxsplit=1)
        if len(parts) == 2 and (not candidates(plan, words, n) or (not parts[0] or candidates(plan, parts[0], n))):
            wish = read(parts[1])
            if wish != Instead() or _ANYTHING.fullmatch(parts[1]):
                return parts[0], wish
    return words, Instead()


_ANYTHING = re.compile(r"(?:something|anything|somewhere|another|a new|a different|others?)\b.*", re.IGNORECASE)
_WHOLE = re.compile(
    r"(?:the |our |my |this |whole |entire )*(?:trip|plan|itinerary|holiday|journey|everything|it all|all)"
)


def find(plan: Plan, words: str, n: int | None = None) -> Item:
    """The item that words name, on day index `n` or anywhere. AskAgain("item") if there is none or more than one."""
    found = candidates(plan, words, n)
    if len(found) == 1:
        return found[0]
    if _WHOLE.fullmatch(words.strip().casefold()):
        raise Explain(say("whole_trip"))
    listed = found or sorted(_pool(plan, n), key=lambda i: i.role not in ("see", "eat", "idea"))
    names = "; ".join(i.title for i in listed[:8])
    raise AskAgain("item", say("which_item" if found else "no_such_item", word=words[:60], names=names))


def candidates(plan: Plan, words: str, n: int | None) -> list[Item]:
    """Every item that the words may mean."""
    exact = plan.item(words.strip())
    if exact:
        return [exact]
    entitled = [i for i in _pool(plan, n) if _bare(i.title) == _bare(words)]
    if entitled:
        return entitled
    said = _ON_DAY.search(words)
    if said and n is None:
        words, n = _ON_DAY.sub(" ", words), day_index(plan, said.group(1), "item")
    pool = _pool(plan, n)
    wanted = [w for w in key(words) if w not in _SKIPPED]
    place, rest = _place(wanted)
    named = _named(pool, rest) if rest else [i for i in pool if i.role in KINDS["item"]]
    if place is None:
        return named
    return named[place : place + 1] if place >= 0 else named[-1:]


def _bare(title: str) -> str:
    """A title without articles at its front."""
    return _ARTICLES.sub("", fold(title.strip()))


def _pool(plan: Plan, n: int | None) -> list[Item]:
    return list(plan.days[n].items) if n is not None else [*plan.items(), *plan.aside]


def _place(wanted: Sequence[str]) -> tuple[int | None, list[str]]:
    """An ordinal among the words ("second", "2", "last") and the other words."""
    place: int | None = None
    rest = []
    for word in wanted:
        if word in _ORDINALS:
            place = _ORDINALS.index(word)
        elif word == "last":
            place = -1
        elif word.isdigit() and 0 < int(word) < 20:
            place = int(word) - 1
        else:
            rest.append(word)
    return place, rest


def _named(pool: Sequence[Item], rest: Sequence[str]) -> list[Item]:
    phrase = " ".join(rest)
    if phrase in MEALS:
        first, last = MEALS[phrase]
        return [i for i in pool if i.role == "eat" and time(first) <= i.begins.time() and i.begins.hour < last]
    by_title = [i for i in pool if _says(i, phrase)]
    if by_title:
        return by_title
    said = [set(KINDS[w]) for w in rest if w in KINDS]
    kinds = set.intersection(*said) if said else set()
    by_kind = [i for i in pool if i.role in kinds]
    return by_kind or [i for i in pool if i.offer and matches(phrase, i.offer)]


def _says(item: Item, phrase: str) -> bool:
    title = [w for w in key(item.title) if w not in _SKIPPED]
    return f" {phrase} " in f" {' '.join(title)} "
