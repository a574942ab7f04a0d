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
_NOT_AFTER = word_set("live local street quiet family")


def tastes_in(words: Iterable[str]) -> str:
    """The likings a message names, in its order, comma separated; empty when there are none."""
    found: list[str] = []
    for word in words:
        if word in _TASTES and word not in found:
            found.append(word)
    telling = [w for w in found if w not in _NOT_AFTER] or []
    return ", ".join(telling)
