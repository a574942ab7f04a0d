"""How a traveller's word meets an offer: by its tags, the words of its title and what kind of thing it is."""

from functools import lru_cache

from booking.offers import Offer, OfferKind
from bot.names import fold

_KINDS = {
    OfferKind.FLIGHT: "flight fly flying plane",
    OfferKind.BUS: "bus coach",
    OfferKind.HOTEL: "hotel",
    OfferKind.EVENT: "event",
    OfferKind.ACTIVITY: "activity",
    OfferKind.RESTAURANT: "restaurant food meal dinner lunch",
    OfferKind.TRANSFER: "transfer taxi",
    OfferKind.WEATHER: "weather",
}
_KEPT = ("ss", "us", "is")
_IRREGULAR = {"buses": "bus", "safaris": "safari", "children": "child"}


def stem(word: str) -> str:
    """The singular, roughly: "beaches" and "beach", "galleries" and "gallery" meet."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or word.endswith(_KEPT) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("shes", "ches", "xes", "sses")):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=4096)
def key(phrase: str) -> tuple[str, ...]:
    """A phrase as compared: folded words in the singular."""
    return tuple(stem(word) for word in fold(phrase).split())


def matches(phrase: str, offer: Offer) -> bool:
    """Whether the phrase names the offer: its words stand together in the title or a tag, or name its kind."""
    wanted = key(phrase)
    if not wanted:
        return False
    if len(wanted) == 1 and wanted[0] in _KINDS[offer.kind].split():
        return True
    return any(_holds(key(text), wanted) for text in (offer.title, *offer.tags))


def any_matches(phrases: tuple[str, ...], offer: Offer) -> bool:
    """Whether one of the phrases names the offer."""
    return any(matches(phrase, offer) for phrase in phrases)


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[n : n + len(wanted)] == wanted for n in range(len(words) - len(wanted) + 1))
