"""Asides: words that answer no question, because they fill a pause, go on about something else or ask themselves."""

import re

_FILLERS = frozenset("""
    hm hmm hmmm hmmmm mm mmm mhm uh um umm er erm ah aah ahh oh ooh aha eh wow whoa cool ok okay okey kk nice great good
    lovely awesome perfect super wonderful brilliant excellent fine sure alright right yes yeah yep yup ya no nope nah
    lol lmao haha hahaha hehe thanks thank thx ty asante sawa sawasawa poa fiti safi haya ndio ndiyo hapana la aisee
    enyewe kabisa true indeed really well so anyway maybe perhaps dunno idk please wait sorry hey hi hello jambo mambo
    vipi sasa niaje habari let me see think us you it that this is the a bit one moment second sec looks sounds i we
    do not dont don't know sure yet
""".split())  # fmt: skip
# What alone is no filler, however short the rest.
_TELLING = frozenset("one second this that it is the a i we us you let me".split())
_SIGNS = frozenset(" .,!?…-😂🤣😅😊😀😁😍🥰🙏👍👌👏💯🔥🎉❤\ufe0f")
_GOES_ON = re.compile(
    r"(?:(?:and|but|ok|okay|so|hmm+|oh|no|yes|na|je)[,\s]+)*"
    r"(?:(?:what|how) about\b|what if\b|and (?:the|what|how|when|where|why|who|which|is|are|if)\b|the (?:day|week) "
    r"(?:after|before)\b|na bei\b|(?:na|vipi) kuhusu\b|je,?\s)",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:(?:and|but|ok|okay|so|hmm+|oh|na|je|guys|hey)[,\s]+)*"
    r"(?:what|what's|whats|where|where's|when|why|who|who's|whose|which|how|how's|is|are|am|was|were|do|does|did|can|"
    r"could|will|would|should|shall|have|has|may|might|"
    r"nini|wapi|lini|gani|nani|vipi|kwa nini|kwanini|mbona|je|ni nini|kuna|tunaweza|unaweza|naweza)\b",
    re.IGNORECASE,
)
_WISHES = re.compile(
    r"\b(?:please|tafadhali|nataka|tunataka|naomba|tunaomba|nisaidie|tusaidie|(?:i|we)(?: would|['’]d)? "
    r"(?:want|need|like|prefer|wish)|let['’]?s|let us)\b"
    r"|^\W*(?:(?:and|but|ok|okay|so|no|now|then)[,\s]+)*(?:show|find|book|cancel|change|give|tell|add|remove|make|take|"
    r"get|swap|search|help|explain|another|a different|something|cheaper|earlier|later|not)\b",
    re.IGNORECASE,
)
_SWAHILI = re.compile(r"\b(?:nini|wapi|lini|gani|nani|ngapi|mbona|kwanini)\W*$", re.IGNORECASE)
_LISTS = re.compile(r"\bor\b|\bau\b|[:;|]|,.*,|\d", re.IGNORECASE)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def is_filler(text: str) -> bool:
    """Nothing but sounds, thanks and assent: "hmm", "ok cool", "let me see"."""
    words = _WORDS.findall(text.casefold().replace("’", "'"))
    if not words:
        return not set(text) - _SIGNS
    return set(words) <= _FILLERS and not set(words) <= _TELLING and not any(c.isdigit() for c in text)


def is_question(text: str) -> bool:
    """Whether a text asks something: by its mark, or by how it begins."""
    return text.rstrip().endswith(("?", "؟")) or bool(_ASKS.match(text)) or bool(_SWAHILI.search(text))


def is_wish(text: str) -> bool:
    """Whether a text wants something done."""
    return bool(_WISHES.search(text))


def is_aside(text: str) -> bool:
    """Whether words say nothing that could be a name, a wish or a choice; a question that lists things may be one."""
    if is_filler(text) or _GOES_ON.match(text):
        return True
    return bool(_ASKS.match(text)) and is_question(text) and not _LISTS.search(text)
