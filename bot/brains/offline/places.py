"""Where: the places a message names, known ones from the gazetteer and unknown ones by their capitals."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.brains.offline.addresses import find_addresses, find_landmarks
from bot.brains.offline.companions import companions
from bot.brains.offline.days import MONTHS, WEEKDAYS
from bot.brains.offline.words import Message, Word
from bot.gazetteer import Gazetteer, Span, Spot
from bot.names import fold, word_set

CUES = word_set(
    "in to from at near around into toward towards via visit visiting reach leaving departing outside of for between "
    "through over across inside within exploring explore reaching"
)
_CORE = word_set("in to from at near around visit visiting between via")
_FAMILIAR = frozenset({"KE", "UG", "TZ", "RW"})  # towns at home are known without a capital letter
# Words that are towns somewhere and yet are hardly ever meant so.
_ORDINARY = word_set("""
    of to in is a the and or for at on by as an any are am can could will would may march sun best most more much
    some same nice good great bar bat bath beach bed bear best big bath board book boom bright brook bus but call
    cat center centre change chop city come cot day days deal dig eagle early east eat egg end enter far fare farm
    fast father field find fine fish flat food fort friend from full fun gap gate gift gill give glad go god gold
    got grand grants grave gray green guide half hall hand hang hard hat head hill hit hold holiday home hook hop
    hope hot hotel hour house how hue human imperial isle kind king kite la lake land lane large last late law lead
    least left lens less life light like lima limit line list live lone long look lot love low man manage many mark
    market media meet mill mine mission mobile moon move name near need new next night nine no noise none normal
    north note of off oil old one open opera opportunity orange order other our out page paper par park past pay
    peak peer per perm phoenix pin place plan plane play please plus pool poor pop port post power price pride
    progress queen race rain ran reading ready real red rent resort rest retreat return rich ride right ring river
    road rock rome room rose round run safe sale salt same sand save say scott sea see send set she ship shop short
    show side sight silver single sky small snow some song soon sort south split spring star start station stay
    stone stop store street success sum summer sun sure swan tale talk tan tar tell than that there they thing think
    this time tip tis today top tour tower town tree trim trip troy tune turn two una union university us van via
    view visit wake walk walker wall want war water way we wed week welcome well west what when where white who why
    wide win wind wine winter wish with wood work world worth yes york you your young yet zero asap ok okay hey hi
    hello sorry thanks thank great sounds sound perfect awesome economy business premium delta united regular luxury
    shared sports music pets wifi breakfast lunch dinner downtown uptown midtown
""") - word_set("phoenix rome lima")  # fmt: skip
_JOINERS = word_set("of the and de la du del da al & - ' . / 's st d")
_CALENDAR = frozenset(MONTHS) | frozenset(WEEKDAYS)
_ENDING = _CALENDAR | {"i"}
_NOT_PLACES = word_set("airlines airline airways air class economy vs v premium")
_LEADS = word_set("the downtown central greater beautiful sunny lovely old nearby city")
_OWNED = word_set("my our your his her their a an some any")  # "our chama wants": nobody owns a town
_WELL_KNOWN = 100_000
_DOUBLED = re.compile(r"([^aeiou])\1")
_DOORS = word_set("airport station terminus terminal port stage")
_KINDS = word_set("city town area cbd county airport international beach region")
_NO_NAMES = _KINDS | _CALENDAR


@dataclass(frozen=True, slots=True)
class Place:
    """Words `start` up to `end` (exclusive) name a place, qualifier ("Ontario", "CA") included.

    `name` is what to call it; `spot` is None when the gazetteer does not know it. `sure`: known, and said
    as a place. An unsure one needs fitting words around it. `coded`: said by an airport's code.
    """

    start: int
    end: int
    name: str
    spot: Spot | None
    sure: bool
    coded: bool = False


def find_places(
    message: Message, gazetteer: Gazetteer, taken: Collection[int], vocabulary: Collection[str]
) -> list[Place]:
    """The places of a message in order. `taken`: words that are already part of a date, number or sum.

    `vocabulary`: words that are never a misspelt place.
    """
    words = message.words
    shouted = one_case(words)
    taken = {*taken, *companions(words)}
    spans = [s for s in gazetteer.spans([_in_a_name(w) for w in words]) if not set(range(s.start, s.end)) & set(taken)]
    found = [Place(*at, message.said(*at), None, False) for at in find_addresses(words, taken, CUES)]
    covered = {i for p in found for i in range(p.start, p.end)} | set(taken)
    spans += [
        s
        for s in _codes(words, gazetteer, shouted, vocabulary)
        if not any(s.start < k.end and k.start < s.end for k in spans)
    ]
    spans = [s for s in spans if not covered & set(range(s.start, s.end))]
    beside = {*taken, *_qualifiers(message, gazetteer, spans)}
    found += [_known(message, gazetteer, s) for s in spans if _meant(words, s, spans, shouted, beside, vocabulary)]
    covered |= {i for p in found for i in range(p.start, p.end)}
    found += [_landmark(message, gazetteer, *at) for at in find_landmarks(words, covered, vocabulary)]
    covered |= {i for p in found for i in range(p.start, p.end)}
    found += _unknown(message, gazetteer, covered, shouted, vocabulary)
    found += [] if shouted else _origins(message, gazetteer, found, vocabulary)
    found += _ends(message, gazetteer, found, {*taken}, vocabulary)
    return sorted(_without_overlaps(found), key=lambda p: p.start)


def _in_a_name(word: Word) -> str:
    """A word as names are looked up: no English name ends in "by" ("to Zanzibar by air")."""
    return "," if word.low == "by" else word.text


def _codes(words: Sequence[Word], gazetteer: Gazetteer, shouted: bool, vocabulary: Collection[str]) -> list[Span]:
    """Airport codes in capitals: "leaving LAX"."""
    capitals = [i for i, w in enumerate(words) if len(w.text) == 3 and w.text.isupper() and w.text.isalpha()]
    capitals = [i for i in capitals if not shouted and words[i].low not in vocabulary]
    found = [(i, gazetteer.airport(words[i].text)) for i in capitals]
    return [Span(i, i + 1, spot, True) for i, spot in found if spot]


def one_case(words: Sequence[Word]) -> bool:
    """Whether capitals tell nothing: all letters small, or nearly all words capitalised."""
    letters = [w for w in words if w.text[:1].isalpha() and w.low != "i"]
    names = sum(w.name for w in letters[1:])
    return names == 0 or (len(letters) > 3 and names >= 0.8 * (len(letters) - 1))


def _meant(
    words: Sequence[Word],
    span: Span,
    spans: Sequence[Span],
    shouted: bool,
    taken: Collection[int],
    vocabulary: Collection[str],
) -> bool:
    """Whether a name that the gazetteer knows is said as a place here."""
    said = words[span.start : span.end]
    opening = _opens(words, span.start)
    short = len(said) == 1
    capital = said[0].name and all(w.name or w.low in _JOINERS for w in said) and not (opening and short)
    cue = cue_before(words, span.start)
    low = said[0].low
    known = span.nickname and said[0].text.isupper() and not shouted
    if short and (low in _ORDINARY or low in vocabulary) and not known and (not capital or shouted or cue not in _CORE):
        return False
    if short and (
        low in MONTHS or low in WEEKDAYS or len(low) < 2 or (low in vocabulary and span.spot.population < 50_000)
    ):
        return False
    if short and span.nickname and len(low) < 3 and not (said[0].text.isupper() or cue in _CORE):
        return False
    if not shouted and _inside_a_name(words, span, spans, {*taken}, vocabulary):
        return False
    if cue == "to" and short and not said[0].name and _is_object(words, span.end):
        return False
    if short and not cue and not said[0].name and span.start and words[span.start - 1].low in _OWNED:
        return False
    people, familiar = span.spot.population, span.spot.country in _FAMILIAR
    plain = not capital and all(w.low in _ORDINARY or w.low in vocabulary for w in said)
    if plain and not short and span.start and words[span.start - 1].low == "the" and people < _WELL_KNOWN:
        return False  # "the old town"
    if span.nickname or not short:
        return bool(cue) or capital or people > 100_000
    if cue:
        enough = 3_000 if familiar or (cue in _CORE and len(low) > 5) else 15_000
        return (capital and not shouted) or people >= enough
    return people >= (50_000 if capital and not shouted else 200_000) or (familiar and people >= 20_000)


def _is_object(words: Sequence[Word], i: int) -> bool:
    """What follows a verb: "to surprise my mother" is no way to Surprise."""
    return i < len(words) and words[i].low in _OBJECTS


_OBJECTS = word_set("my our your his her their me us him them it you the everyone")


def _opens(words: Sequence[Word], i: int) -> bool:
    return i == 0 or words[i - 1].mark


def cue_before(words: Sequence[Word], i: int) -> str:
    """The preposition or verb that makes a place of what follows, "" if there is none."""
    i -= 1
    while i >= 0 and words[i].low in _LEADS:
        i -= 1
    return words[i].low if i >= 0 and words[i].low in CUES else ""


def _inside_a_name(
    words: Sequence[Word], span: Span, spans: Sequence[Span], taken: Collection[int], vocabulary: Collection[str]
) -> bool:
    """Part of a longer name, as in "Atlanta United" or "Hotel Nairobi Serena"."""
    beside = {i for s in spans for i in range(s.start, s.end)} | set(taken)
    after, before = span.end, span.start - 1
    if after < len(words) and after not in beside and _goes_on(words[after]):
        return True
    if before < 0 or before in beside or words[before].low in CUES:
        return False
    opening = (before == 0 or words[before - 1].mark) and words[before].low in vocabulary
    named = words[before].name and words[span.start].name and not opening and words[before].low != "i"
    return words[before].low == "vs" or named


def _goes_on(word: Word) -> bool:
    """A word after a place that makes it part of a longer name; "CA" and "BC" do not."""
    abbreviated = word.text.isupper() and len(word.text) <= 3
    named = word.name and word.low != "i" and len(word.low) > 1
    return word.low not in _NO_NAMES and not abbreviated and (named or word.low in ("vs", "v", "&"))


def _known(message: Message, gazetteer: Gazetteer, span: Span) -> Place:
    words = message.words
    end = span.end
    while end < len(words) and words[end].low in _KINDS and words[end].low not in ("airport", "international", "beach"):
        end += 1
    if end < len(words) and words[end].low in ("airport", "airstrip"):
        return _airport(message, gazetteer, span, end + 1)
    said = message.said(span.start, span.end)
    qualifier = _qualifier(words, end, gazetteer, span.spot, said)
    spot = span.spot
    name = _called(said, spot, span)
    if qualifier > end:
        region = message.said(end + (words[end].low == ","), qualifier)
        spot = gazetteer.find(f"{said}, {region}") or spot
        name = _called(said, spot, span)
        name = name if gazetteer.find(name) == spot else f"{_titled(said)}, {_titled(region)}"
        end = qualifier
    return Place(span.start, end, name, spot, True, coded=said in spot.airports)


def _titled(said: str) -> str:
    """A name in small letters with its capitals."""
    return said if said != said.lower() else said.title() if len(said) > 3 else said.upper()


def _airport(message: Message, gazetteer: Gazetteer, span: Span, end: int) -> Place:
    """The airport of a town, under the name people gave it."""
    said = message.said(span.start, end)
    return Place(
        span.start,
        end,
        said if span.nickname else _called(said, span.spot, span),
        gazetteer.find(said) or span.spot,
        True,
    )


def _called(said: str, spot: Spot, span: Span) -> str:
    """What people said, in the usual spelling ("Mombassa"); short forms and codes in full, but "New Delhi" as it is."""
    mixed = any(c.isupper() for c in said) and not said.isupper()
    key, name = fold(said), fold(spot.name)
    if mixed and f" {name} " in f" {key} ":
        return said
    if span.nickname or _DOUBLED.sub(r"\1", key) == _DOUBLED.sub(r"\1", name):
        return spot.name
    return said if mixed or (said.isupper() and len(said) < 5) else said.title()


def _qualifier(words: Sequence[Word], i: int, gazetteer: Gazetteer, spot: Spot, said: str) -> int:
    """Where a qualifier such as ", Ontario" ends, or i."""
    comma = i < len(words) and words[i].low == ","
    start = i + comma
    for end in range(min(start + 3, len(words)), start, -1):
        key = " ".join(w.low for w in words[start:end] if w.low != ".")
        plain = len(key) <= 3 and not comma and not words[start].text.isupper()
        if plain or (key in ("in", "or", "me", "hi", "ok", "us") and not words[start].text.isupper()):
            continue
        if any(_within(spot, name, gazetteer, said) for name in gazetteer.in_region(fold(key))):
            return end
    return i


def _qualifiers(message: Message, gazetteer: Gazetteer, spans: Sequence[Span]) -> set[int]:
    """The words that only say which of several namesakes is meant: "Cambridge Massachusetts"."""
    ends = ((s.end, _qualifier(message.words, s.end, gazetteer, s.spot, message.said(s.start, s.end))) for s in spans)
    return {i for start, end in ends for i in range(start, end)}


def _within(spot: Spot, region: tuple[str, str], gazetteer: Gazetteer, said: str) -> bool:
    country, code = region
    if spot.country == country and code in ("", spot.region):
        return spot.kind != "country"
    return any(s.country == country and code in ("", s.region) for s in gazetteer.candidates(said))


def _unknown(
    message: Message, gazetteer: Gazetteer, covered: Collection[int], shouted: bool, vocabulary: Collection[str]
) -> list[Place]:
    """Names after a preposition that the gazetteer has not, and well-known names with a slip of the pen."""
    words, found = message.words, []
    for i, word in enumerate(words):
        if word.low not in _CORE:
            continue
        start = i + 1
        while start < len(words) and words[start].low in ("the", "downtown"):
            start += 1
        if start >= len(words) or words[start].mark or (start in covered and not words[start].name):
            continue
        if words[start].low in _DOORS or (words[start].low == "sgr" and start + 1 < len(words)):
            end = start + 1 + (words[start].low == "sgr" and words[start + 1].low in _DOORS)
            found.append(Place(start, end, message.said(start, end), None, False))
        elif words[start].name and not shouted:
            found += _by_capitals(message, gazetteer, start, covered, vocabulary)
        elif len(words[start].low) >= 5 and words[start].low not in vocabulary and word.low in ("in", "to", "from"):
            spot = gazetteer.find(words[start].low)
            if spot and spot.population >= 100_000:
                found.append(Place(start, start + 1, spot.name, spot, True))
    return found


def _landmark(message: Message, gazetteer: Gazetteer, start: int, end: int) -> Place:
    name = message.said(start, end)
    return Place(start, end, name if message.words[start].name else name.title(), gazetteer.find(name), True)


def _origins(
    message: Message, gazetteer: Gazetteer, found: Sequence[Place], vocabulary: Collection[str]
) -> list[Place]:
    """Names before "to" and a place: "pickup Charles de Gaulle to Montmartre"."""
    words, origins = message.words, []
    taken = {i for p in found for i in range(p.start, p.end)}
    for place in found:
        end = start = place.start - 1
        while start > 0 and start - 1 not in taken and (words[start - 1].name or _joins(words, start - 1)):
            start -= 1
        said = words[start:end]
        if not said or words[end].low != "to" or not said[0].name or said[0].low in _CALENDAR:
            continue
        if not any(w.low in vocabulary or w.low == "i" for w in (said[0], said[-1])):
            name = message.said(start, end)
            origins.append(Place(start, end, name, gazetteer.find(name), True))
    return origins


def _ends(
    message: Message, gazetteer: Gazetteer, found: Sequence[Place], taken: Collection[int], vocabulary: Collection[str]
) -> list[Place]:
    """A word that nobody knows after a place and "to" is where one goes: "nairobi to suswa 21 march"."""
    words, ends = message.words, []
    covered = {i for p in found for i in range(p.start, p.end)} | set(taken)
    for place in found:
        at = place.end + 1
        dash = at < len(words) and words[at - 1].low in _DASHES
        if at >= len(words) or not (dash or words[at - 1].low == "to") or at in covered or not place.sure:
            continue
        word, after = words[at], words[at + 1].low if at + 1 < len(words) else ""
        plain = word.text.isalpha() and len(word.low) > 3 and word.low not in vocabulary
        if dash:
            spot = gazetteer.find(word.text) if plain else None
            ends += [Place(at, at + 1, spot.name, spot, True)] if spot else []
        elif plain and (at + 1 in covered or after in _AFTER_END or not after[:1].isalpha()):
            ends.append(Place(at, at + 1, word.text if word.name else word.text.title(), None, True))
    return ends


_DASHES = word_set("- – — → >")
_AFTER_END = word_set("on for by at in from please tomorrow today tonight and with this next")


def _by_capitals(
    message: Message, gazetteer: Gazetteer, start: int, covered: Collection[int], vocabulary: Collection[str]
) -> list[Place]:
    words, end = message.words, start
    while end < len(words) and words[end].low not in _ENDING and (words[end].name or _joins(words, end)):
        end += 1
    while end - start > 1 and (words[end - 1].low in _JOINERS or words[end - 1].mark):
        end -= 1
    said = {w.low for w in words[start:end]}
    if (
        end == start
        or said <= set(vocabulary)
        or said & _NOT_PLACES
        or words[start].low in MONTHS
        or words[start].low in WEEKDAYS
        or words[start].low == "i"
    ):
        return []
    name = message.said(start, end)
    alone = (
        end - start == 1 and words[start - 1].low != "the" and not (end < len(words) and words[end].low in ("vs", "v"))
    )
    spot = (
        gazetteer.find(name)
        if alone and name.casefold() not in vocabulary
        else next(iter(gazetteer.exactly(name)), None)
    )
    return [Place(start, end, spot.name if spot else name, spot, spot is not None)]


def _joins(words: Sequence[Word], i: int) -> bool:
    """A small word inside a name: "Sons of Liberty"."""
    if i + 1 >= len(words) or not words[i + 1].name:
        return False
    if words[i].low == ".":
        return len(words[i - 1].text) == 1 or words[i - 1].low in ("st", "dr", "mt")
    return (words[i].low in _JOINERS and words[i].low != "and") or (words[i].low == "on" and words[i + 1].low == "the")


def _without_overlaps(found: Sequence[Place]) -> list[Place]:
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.start - p.end, p.start)):
        if all(place.end <= k.start or place.start >= k.end for k in kept):
            kept.append(place)
    return kept
