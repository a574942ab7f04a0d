"""The words of taste: tags, what people call them and what else they mean. Written by hand."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from bot.language import ENGLISH, spoken
from personas.sayings_sw import LABELS as IN_SWAHILI

LABELS = {
    "beach": "beaches", "nature": "nature", "family": "family places", "romantic": "romantic places",
    "adventure": "adventure", "sport": "sports", "luxury": "luxury", "budget": "cheap places", "nightlife": "nightlife",
    "food": "good food", "culture": "culture", "history": "history", "museum": "museums", "art": "art",
    "music": "live music", "shopping": "shopping", "wellness": "wellness", "hiking": "hikes", "diving": "diving",
    "wildlife": "wildlife", "boat": "boat trips", "heights": "heights", "crowds": "crowds", "quiet": "quiet places",
    "park": "parks and gardens", "seafood": "seafood", "meat": "meat", "pork": "pork", "vegetarian": "vegetarian food",
    "spicy": "spicy food", "nuts": "nuts", "dairy": "dairy", "gluten": "gluten", "egg": "eggs", "alcohol": "alcohol",
    "street-food": "street food", "cafe": "cafés", "breakfast": "breakfast places", "fine-dining": "fine dining",
    "italian": "Italian food", "indian": "Indian food", "chinese": "Chinese food", "japanese": "Japanese food",
    "mexican": "Mexican food", "thai": "Thai food", "ethiopian": "Ethiopian food", "lebanese": "Lebanese food",
    "local": "local food", "flight": "flying", "bus": "long bus rides", "early": "early starts", "market": "markets",
    "wheelchair": "wheelchair access", "photography": "photography",
}  # fmt: skip
"""Tag -> how it is named to people after "you like"."""

# Tag -> what people (and titles) call it, phrases apart by commas. Swahili words of the coast are among them.
_NAMES = {
    "beach": "beach, sand, sea, seaside, coast, ocean, swimming, swim, sunbathing, beach club, pwani, ufuo, surf",
    "nature": "nature, outdoors, outdoor, scenery, landscape, mountain, lake, forest, waterfall, river, countryside",
    "family": "family, kid, kids, child, children, toddler, playground, family friendly, watoto",
    "romantic": "romantic, romance, couple, honeymoon, anniversary, sunset, candlelight",
    "adventure": "adventure, adventurous, thrill, adrenaline, extreme, rafting, quad, zip line, zipline, climbing, "
    "bungee, paragliding",
    "sport": "sport, sports, football, soccer, cycling, bike, bicycle, golf, tennis, running, marathon, kite, "
    "windsurf, gym",
    "luxury": "luxury, luxurious, fancy, posh, five star, 5 star, upscale, pampering, butler, first class, grand, "
    "palace",
    "budget": "budget, cheap, backpacking, hostel, free stuff, bargain, low cost, inexpensive",
    "nightlife": "nightlife, night life, club, clubs, clubbing, party, partying, bar, bars, pub, dancing, dance, "
    "dj, rooftop",
    "food": "food, eating, restaurant, cuisine, foodie, cooking, gastronomy, meal, chakula, dinner, lunch, tasting",
    "culture": "culture, cultural, tradition, traditional, local life, theatre, theater, temple, church, mosque, "
    "village, old town",
    "history": "history, historic, historical, heritage, ruins, fort, castle, archaeology, monument",
    "museum": "museum, museums, exhibition, exhibit, makumbusho",
    "art": "art, arts, gallery, galleries, painting, sculpture, street art",
    "music": "music, concert, live music, jazz, gig, orchestra, opera, taarab, acoustic",
    "shopping": "shopping, shop, shops, mall, boutique, souvenir",
    "market": "market, markets, bazaar, soko",
    "wellness": "wellness, spa, yoga, massage, meditation, hammam, sauna, retreat",
    "hiking": "hiking, hike, trekking, trek, walking trail, long walk",
    "diving": "diving, dive, snorkelling, snorkeling, snorkel, scuba, reef",
    "wildlife": "wildlife, safari, game drive, animal, elephant, lion, bird, birding, birdwatching, turtle, zoo",
    "boat": "boat, boats, boat trip, sailing, sail, dhow, cruise, kayak, ferry, catamaran",
    "heights": "height, heights, helicopter, canopy, cable car",
    "crowds": "crowd, crowds, crowded, touristy, queue, tourist trap",
    "quiet": "quiet, calm, peaceful, peace, silence, secluded, tranquil, relaxing, relax, chill",
    "park": "park, garden, botanical",
    "seafood": "seafood, fish, shellfish, prawn, shrimp, lobster, crab, oyster, oyster bar, sushi, octopus, samaki",
    "meat": "meat, grill, grills, smokehouse, steak, steakhouse, barbecue, bbq, nyama choma, nyama, beef, chicken, "
    "goat, burger",
    "pork": "pork, bacon, ham",
    "vegetarian": "vegetarian, veggie, vegan, plant based, meatless",
    "spicy": "spicy, chilli, chili, curry, hot food",
    "nuts": "nut, nuts, peanut, groundnut, cashew, tree nut",
    "dairy": "dairy, milk, cheese, lactose",
    "gluten": "gluten, wheat",
    "egg": "egg, eggs",
    "alcohol": "alcohol, beer, wine, cocktail, brewery, taproom, tapas bar, drinks",
    "street-food": "street food, food court, food truck, food stall",
    "cafe": "cafe, café, coffee, tea, bakery",
    "breakfast": "breakfast, brunch, breakfast bar",
    "fine-dining": "fine dining, tasting menu, michelin",
    "italian": "italian, pizza, pasta, trattoria, pizzeria",
    "indian": "indian, tandoor, thali, biryani",
    "chinese": "chinese, dumpling, dim sum",
    "japanese": "japanese, ramen, ramen bar",
    "mexican": "mexican, taco, taqueria, cantina",
    "thai": "thai",
    "ethiopian": "ethiopian, injera",
    "lebanese": "lebanese, mezze, hummus",
    "local": "local food, local dish, swahili food, kenyan food, pilau, ugali",
    "flight": "flight, flying, fly, plane, planes, aeroplane, airplane, airport",
    "bus": "bus, buses, coach, coaches, matatu",
    "early": "early start, early morning, early flight, getting up early, waking up early",
    "wheelchair": "wheelchair, step free, accessible, accessibility",
    "photography": "photography, photo, photos",
}  # fmt: skip

# Liking or avoiding one thing says something about another: tag -> (tag, percent).
IMPLIES: dict[str, tuple[tuple[str, int], ...]] = {
    "hiking": (("nature", 50), ("adventure", 40)), "diving": (("beach", 50), ("adventure", 40)),
    "wildlife": (("nature", 60),), "boat": (("beach", 30),), "park": (("nature", 60),),
    "quiet": (("wellness", 40), ("nature", 30), ("nightlife", -50)), "crowds": (("market", 40), ("nightlife", 30)),
    "market": (("shopping", 40),), "alcohol": (("bar", 60), ("nightlife", 40)), "street-food": (("food", 60),),
    "cafe": (("food", 40),), "fine-dining": (("luxury", 40), ("food", 40)), "local": (("culture", 30),),
    "photography": (("nature", 40), ("history", 20)), "art": (("museum", 30),), "history": (("museum", 30),),
    **dict.fromkeys("italian indian chinese japanese mexican thai ethiopian lebanese".split(), (("food", 40),)),
}  # fmt: skip

STYLES: dict[str, dict[str, int]] = {
    "relaxed": {"beach": 20, "wellness": 20, "nature": 10, "romantic": 10, "adventure": -20, "sport": -15,
                "early": -15},
    "adventurous": {"adventure": 30, "nature": 15, "sport": 15, "hiking": 15, "wellness": -10, "shopping": -10},
    "cultural": {"culture": 30, "history": 20, "museum": 20, "art": 15, "music": 10, "beach": -10, "nightlife": -10},
    "family": {"family": 35, "park": 10, "wildlife": 10, "nightlife": -40, "early": -10},
    "luxury": {"luxury": 35, "wellness": 15, "fine-dining": 15, "romantic": 10, "budget": -25, "bus": -25},
    "backpacker": {"budget": 30, "adventure": 15, "street-food": 20, "culture": 10, "nightlife": 10, "luxury": -30},
    "party": {"nightlife": 35, "music": 20, "food": 10, "museum": -15, "family": -20, "early": -20},
}  # fmt: skip
"""Travel style -> what it leans to."""

# How telling a tag is: a dislike is about the most telling one of an offer.
_BROAD = frozenset("culture family budget food nature luxury romantic adventure local".split())
_MIDDLE = frozenset("history art music sport wellness shopping nightlife beach market park".split())

_PICTURES = {
    "🏖": " beach ", "🌊": " sea ", "🍽": " food ", "🍜": " food ", "🍕": " pizza ", "🏛": " museum ", "🎨": " art ",
    "🎉": " party ", "🍸": " nightlife ", "🍷": " wine ", "🥾": " hiking ", "🐘": " wildlife ", "🦁": " safari ",
    "🎵": " music ", "🛍": " shopping ", "🧘": " yoga ", "⛵": " sailing ", "🤿": " diving ", "☕": " coffee ",
}  # fmt: skip
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[,.;:!?\n+&/()-]")
_LONGEST = 3


def words(text: str) -> list[str]:
    """A text as comparable words and marks: case, accents, plurals and pictures evened out."""
    for picture, word in _PICTURES.items():
        text = text.replace(picture, word)
    plain = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [singular(w) for w in _WORD.findall(plain)]


def singular(word: str) -> str:
    """Roughly: "beaches" and "beach", "galleries" and "gallery" meet."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("shes", "ches", "xes", "sses")) else word[:-1]


def _index() -> dict[tuple[str, ...], str]:
    phrases = [(phrase.strip(), tag) for tag, names in _NAMES.items() for phrase in names.split(",")]
    return {tuple(words(phrase)): tag for phrase, tag in phrases}


_TAG_OF = _index()


def tags_in(said: list[str]) -> Iterator[tuple[str, int, int]]:
    """Tags that words name, the longest name first, as (tag, start, end)."""
    at = 0
    while at < len(said):
        for length in range(_LONGEST, 0, -1):
            tag = _TAG_OF.get(tuple(said[at : at + length]))
            if tag is not None:
                yield tag, at, at + length
                break
        else:
            at += 1
            continue
        at += length


@lru_cache(maxsize=4096)
def tags_of(text: str) -> frozenset[str]:
    """All tags that a text names."""
    return frozenset(tag for tag, _, _ in tags_in(words(text)))


def label(tag: str) -> str:
    """How a tag is named to people."""
    labels = LABELS if spoken() == ENGLISH else IN_SWAHILI
    return labels.get(tag, tag.replace("-", " "))


def telling(tag: str) -> int:
    """How much a tag tells about one thing among others: 0 (culture) to 2 (museum)."""
    return 0 if tag in _BROAD else 1 if tag in _MIDDLE else 2
