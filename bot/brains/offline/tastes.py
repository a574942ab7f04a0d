"""What people like on a journey, picked out of a message: "beach and food"."""

from collections.abc import Iterable

from bot.names import word_set

_TASTES = word_set("""
    beach beaches food culture cultural history historical wildlife safari hiking hikes nightlife shopping museums
    museum music diving snorkelling snorkeling swimming adventure adventures spa art nature birds birding
    photography romance romantic luxury fishing surfing kitesurfing dancing party parties clubbing architecture
    local seafood wine coffee mountains lakes forest sunsets sunset relaxation relaxing relax quiet family sports
    golf yoga wellness cycling sailing boats dhow street markets live cooking elephants giraffes lions waterfalls
    vegetarian vegan halal
""")
_UNWANTED = word_set("no not without avoid avoiding skip hate hates dislike dislikes except never nothing neither nor")
_WANTED = word_set(", . ; ! but love loves like likes want wants with enjoy enjoys only rather more than please")
_NOT_AFTER = word_set("live local street quiet family")


def tastes_in(words: Iterable[str]) -> str:
    """The likings a message names, in its order, comma separated; empty when there are none. What it does not want
    ("no museums, hates crowds") is none."""
    found: list[str] = []
    unwanted = False
    for word in words:
        unwanted = word in _UNWANTED or (unwanted and word not in _WANTED)
        if word in _TASTES and word not in found and not unwanted:
            found.append(word)
    telling = [w for w in found if w not in _NOT_AFTER] or []
    return ", ".join(telling)
