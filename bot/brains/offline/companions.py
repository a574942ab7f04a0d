"""Who comes along: names after "with", which are no towns ("with Ben and Chi")."""

from collections.abc import Sequence

from bot.brains.offline.words import Word
from bot.names import word_set

_AND = word_set("and & ,")


def companions(words: Sequence[Word]) -> set[int]:
    """The words that name them."""
    found: set[int] = set()
    for i, word in enumerate(words):
        end = i + 1
        while word.low == "with" and end < len(words) and (words[end].name or words[end].low in _AND):
            end += 1
        found |= {n for n in range(i + 1, end) if words[n].name}
    return found
