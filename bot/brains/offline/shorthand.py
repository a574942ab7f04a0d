"""How people write in a hurry or mix in Swahili, put into plain English before anything is read."""

import re

from bot.brains.offline.days import MONTHS
from bot.names import word_set

_FOR = re.compile(
    r"\b4 (?!one[- ]way)(?=(?:an?|the|my|us|me|one|two|three|four|five|six|seven|eight|ten|\d+)\b)", re.IGNORECASE
)
_TO = re.compile(r"\b2 (?=(?:go|get|fly|travel|book|buy|see|visit|eat|stay|spend|find|do|be)\b)", re.IGNORECASE)
# "Fly 2 Lamu" is a way, "fly 2 people" is not.
_TO_TOWN = re.compile(
    r"\b(go|going|fly|flying|travel|travelling|drive|flight|flights|bus|train|trip|ride|cab|taxi) 2 "
    r"(?=[^\W\d])(?!(?:people|pax|ppl|adults?|persons?|passengers?|seats?|tickets?|tix|kids?|children|friends|guests|"
    rf"of|or|and|days?|nights?|weeks?|hours|am|pm|way|for|rooms?|in|on|at|from|{'|'.join(MONTHS)})\b)",
    re.IGNORECASE,
)
_ONE_WAY = re.compile(r"\b1[ -]?way\b", re.IGNORECASE)
_SIGNS = {"w/o": "without", "w/": "with ", "b/w": "between", "@": "at "}
_SIGNED = re.compile(r"(?<![\w/])(?:w/o\b|w/(?=\s|[a-z])|b/w\b|@(?=\s|\d))", re.IGNORECASE)
# Cut words whose full stop ends no sentence: "info. on flights".
_CUT = re.compile(r"\b(info|approx|incl|dept|accom|apt|max|min)\.(?=\s+[a-z\d])")
_UNDER_NAME = re.compile(r"(?:,? ?\bunder (?:the )?name (?:of )?\w+)|\buse the name \w+ to ", re.IGNORECASE)
_LED = re.compile(
    r"^\s*(?:(?:a |one |just a |just one |another )?(?:quick |small |last )?(?:question|thing|request|one)|"
    r"urgent|fyi|btw)"
    r"\s*[:–-]\s*(?=\w+ )",
    re.IGNORECASE,
)
_THANKED = re.compile(
    r"[\s,.!-]*\b(?:many thanks|thanks|thank you|thx|cheers)(?: (?:so much|very much|a lot|in advance|all))*[\s.!]*$",
    re.IGNORECASE,
)
_SHORT = 3  # so few words may be thanks and no request
_TIMES = re.compile(r"(?<=\s)x ?(?=\d{1,2}\b(?!:))", re.IGNORECASE)  # "tickets x4"
_GO_AND = re.compile(r"\bgo (?:and|&) (?=(?:see|do|eat|visit|watch|try|find|explore)\b)", re.IGNORECASE)
_SEARCH = re.compile(r"\b(i|we) (?:search|seek)(?: for| to find)? (?=\w)", re.IGNORECASE)
# "From Bangkok I must arrive in Chiang Mai": a way, its towns said the other way round.
_REACH = re.compile(
    r"^\s*from (?P<start>[^\W\d][\w' -]{1,30}?),? (?P<who>i|we) (?:must|have to|need to|want to|would like to|should) "
    r"(?:arrive (?:in|at|to)|be in|get to|reach|come to|go to) ",
    re.IGNORECASE,
)
_FIGHTS = re.compile(r"\bfights? (?=(?:to|from)\b)", re.IGNORECASE)  # nobody fights to Dubai
# Towns as they are called in messages at home.
_TOWNS = {
    "msa": "mombasa", "mbsa": "mombasa", "nrb": "nairobi", "nrbi": "nairobi", "ksm": "kisumu", "eldy": "eldoret",
    "naks": "nakuru", "nax": "nakuru", "vasha": "naivasha",
}  # fmt: skip
_CALLED = re.compile(rf"\b(?:{'|'.join(_TOWNS)})\b", re.IGNORECASE)

_NUMBERS = {
    "moja": 1, "mmoja": 1, "mbili": 2, "wawili": 2, "tatu": 3, "watatu": 3, "nne": 4, "wanne": 4, "tano": 5,
    "watano": 5, "sita": 6, "saba": 7, "nane": 8, "wanane": 8, "tisa": 9, "kumi": 10, "kimoja": 1, "viwili": 2,
    "vitatu": 3, "vinne": 4, "vitano": 5, "vinane": 8,
}  # fmt: skip
_COUNTED = {"siku": "days", "usiku": "nights", "watu": "people", "vyumba": "rooms", "chumba": "room",
            "tiketi": "tickets", "viti": "seats", "wiki": "weeks", "marafiki": "friends"}  # fmt: skip
_WORDS = {
    "kesho kutwa": "day after tomorrow", "wiki ijayo": "next week", "wiki hii": "this week",
    "mwezi ujao": "next month", "wikendi hii": "this weekend", "wikendi": "weekend", "sasa hivi": "now",
    "hali ya hewa": "weather", "bei gani": "how much", "safari ya kwenda": "trip to", "safari ya": "trip to",
    "ya kwenda": "to", "ya kuelekea": "to", "kwenda": "to", "kuelekea": "to", "hadi": "to", "mpaka": "to",
    "kutoka": "from", "kesho": "tomorrow", "leo usiku": "tonight", "leo": "today", "asubuhi": "morning",
    "jioni": "evening", "mchana": "afternoon", "jumatatu": "Monday", "jumanne": "Tuesday", "jumatano": "Wednesday",
    "alhamisi": "Thursday", "ijumaa": "Friday", "jumamosi": "Saturday", "jumapili": "Sunday",
    "mvua itanyesha": "will it rain",
    "bas": "bus",
    "itanyesha": "will it rain", "kutanyesha": "will it rain", "mvua": "rain", "baridi": "cold", "joto": "hot",
    "ndege ya": "flight to", "ndege za": "flights to", "basi la": "bus to", "basi ya": "bus to", "treni ya": "train to",
    "hoteli za": "hotels in", "hoteli ya": "hotel in", "mabasi": "buses",
    "makumbusho": "museum", "tembelea": "visit", "chumba": "room", "jua litawaka": "will it be sunny", "nauli": "fare",
    "usafiri": "transport", "uwanja wa ndege": "airport", "mwisho wa wiki": "weekend",
    "hoteli nzuri": "good hotel", "mahali pazuri": "a good place", "mahali": "a place", "pa kula": "to eat",
    "pa kulala": "to sleep", "vyakula": "food", "burudani": "entertainment", "mbuga": "national park", "ufuo": "beach",
    "pwani": "beach", "matembezi": "tour", "bora": "best", "nzuri": "good", "mzuri": "good", "kurudi": "return",
    "tukio": "event", "matukio": "events", "inaondoka": "leaves", "zinaondoka": "leave", "usiku wa leo": "tonight",
    "basi": "bus", "treni": "train", "reli": "train", "ndege": "flight", "teksi": "taxi", "gari": "car",
    "hoteli": "hotel", "malazi": "accommodation", "mahali pa kulala": "place to sleep", "chakula": "food",
    "mkahawa": "restaurant", "mahali pa kula": "place to eat", "tamasha": "festival", "mechi": "match",
    "tafadhali": "please", "nipe": "give me", "nipatie": "give me", "tupatie": "give us", "nitafutie": "find me",
    "tutafutie": "find us", "nitafute": "find me", "natafuta": "i am looking for", "tunatafuta": "we are looking for",
    "nataka": "i want", "tunataka": "we want", "ningependa": "i would like", "tungependa": "we would like",
    "naomba": "i would like", "kuenda": "to go to", "kusafiri": "to travel", "kula": "to eat", "kulala": "to sleep",
    "tupange": "plan", "panga": "plan", "kupanga": "plan", "nisaidie": "help me", "tusaidie": "help us",
    "nahitaji": "i need", "tunahitaji": "we need", "kuanzia": "from",
    "nipangie": "plan me", "tupangie": "plan us", "kuna": "is there",
    "wapi": "where", "gani": "which", "ngapi": "how much", "pesa": "money", "shilingi": "shillings",
    "nafuu": "cheap", "rahisi": "cheap", "karibu na": "near", "huko": "there", "katika": "in", "kwa": "for",
    "mambo ya kufanya": "activities", "mambo gani ya kufanya": "activities", "kitu cha kufanya": "activities",
     "cha kufanya": "activities", "na": "and", "niko peke yangu": "just me", "peke yangu": "just me",
    "mimi peke yangu": "just me", "kutakuwa na jua": "will it be sunny", "kutakuwa na mvua": "will it rain",
    "wapi tutakula": "where can we eat", "tutakula wapi": "where can we eat", "nitakula wapi": "where can i eat",
    "tutalala wapi": "where can we sleep", "wapi tutalala": "where can we sleep", "tutafanya nini": "what can we do in",
    "kutakuwa na joto": "will it be hot", "kutakuwa na baridi": "will it be cold",
}  # fmt: skip
# Words that by themselves do not show that somebody writes Swahili.
_SHARED = word_set("na kwa leo safari karibu rahisi kula wapi gani wiki kuna sita huko basi jua kumi bas")
_SHOWS = frozenset(w for phrase in (*_WORDS, *_COUNTED) for w in phrase.split()) - _SHARED - {"ya"}
_COUNTS = re.compile(rf"\b({'|'.join(_COUNTED)}) ({'|'.join(_NUMBERS)}|\d+)\b", re.IGNORECASE)
# "Tuko watatu", "tupo watu wanne".
_WE_ARE = re.compile(rf"\b(?:tuko|tupo|tutakuwa|ni sisi) (?:watu )?({'|'.join(_NUMBERS)}|\d+)\b", re.IGNORECASE)
_SAID = re.compile(rf"\b({'|'.join(sorted(_WORDS, key=len, reverse=True))})\b", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]+")


def in_english(text: str) -> str:
    """ "Cab 4 two" as "cab for two", "basi ya kwenda Nyeri kesho, watu wawili" as "bus to Nyeri tomorrow, 2 people"."""
    if "4 " in text or "2 " in text:
        text = _TO_TOWN.sub(r"\1 to ", _TO.sub("to ", _FOR.sub("for ", text)))
    text = _LED.sub("", text)
    text = _THANKED.sub("", text) if text.count(" ") > _SHORT else text
    text = _UNDER_NAME.sub("", text) if " name " in text else text
    text = _TIMES.sub("for ", text) if " x" in text or " X" in text else text
    text = _GO_AND.sub("", _ONE_WAY.sub("one way", _FIGHTS.sub("flights ", text)))
    if "." in text or "/" in text or "@" in text:
        text = _SIGNED.sub(lambda m: _SIGNS[m[0].casefold()], _CUT.sub(r"\1", text))
    text = _REACH.sub(r"\g<who> want to travel from \g<start> to ", text)
    text = _SEARCH.sub(r"\1 want ", text)
    text = _CALLED.sub(lambda m: _TOWNS[m[0].casefold()], text)
    if _SHOWS.isdisjoint(_LETTERS.findall(text.casefold())):
        return text
    text = _WE_ARE.sub(lambda m: f"we are {_NUMBERS.get(m[1].casefold(), m[1])} people", text)
    text = _COUNTS.sub(lambda m: f"{_NUMBERS.get(m[2].casefold(), m[2])} {_COUNTED[m[1].casefold()]}", text)
    return _SAID.sub(lambda m: _WORDS[m[1].casefold()], text)
