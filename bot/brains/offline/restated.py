"""What people say in a roundabout way, put plainly: where they are, that more come along, that it costs too much."""

import re

from bot.brains.offline.numbers import SMALL
from bot.minds import LastCall

# "We are three friends in Nairobi": from there they set out, where a town to go to is named as well.
_AT_HOME = re.compile(
    r"(?P<who>\b(?:(?:we|i)(?:['’](?:re|m)| are| am| live| both live| all live| sit)|(?:friends|family|wife|husband|"
    r"partner|sister|brother|group|team) and i (?:are|live))"
    r"(?: (?!(?:\w+ing|in|to|at|and|or|here|there|from|on|interested|off|back)\b)\w+){0,5}"
    r"(?: (?:living|based|residing|sitting|working|starting))?) (?:in|at|near) (?=\w)",
    re.IGNORECASE,
)
_DREAM = re.compile(r"\b(?:dream|are dreaming|am dreaming) of\b", re.IGNORECASE)
_COUNT = r"(?P<n>\w+)"
_PEOPLE = r"(?:persons?|people|friends?|adults?|travell?ers?|guests?|passengers?)"
_JOINS = (
    r"(?:(?:will |want to |wants to |would like to |is going to |are going to )?(?:join|come|travel)s?|"
    r"(?:is|are) (?:joining|coming|travelling|traveling)|(?:has |have )?joined)"
    r"(?: us| along| too| as well| with us| the trip| on the trip| now)*"
)
_MORE = (
    re.compile(
        rf"(?:there (?:is|are|will be) )?{_COUNT} (?:(?:more|extra|additional|other) )?{_PEOPLE}(?: more)? {_JOINS}"
    ),
    re.compile(rf"(?:add|count in|include|plus|and) {_COUNT} (?:more |extra |additional )?{_PEOPLE}"
               r"(?: to (?:the |our )?(?:trip|plan|party|group))?"),
    re.compile(rf"we (?:are|will be) {_COUNT} more(?: {_PEOPLE})?(?: now)?"),
)  # fmt: skip
_FEWER = (
    re.compile(rf"(?:there (?:is|are|will be) )?{_COUNT} (?:{_PEOPLE} |of us )?(?:less|fewer)(?: {_PEOPLE})?(?: now)?"),
    re.compile(rf"we (?:are|will be) {_COUNT} (?:{_PEOPLE} )?(?:less|fewer)(?: {_PEOPLE})?(?: now)?"),
    re.compile(
        rf"{_COUNT} (?:of us|{_PEOPLE}) (?:can ?not|can['’]t|will not|won['’]t|is not|are not|isn['’]t|aren['’]t) "
        r"(?:come|coming|make it|join|joining|travel|travelling)(?: with us| along| after all)*"
    ),
    re.compile(rf"{_COUNT} (?:of us |{_PEOPLE} )(?:drops?|dropped|has dropped|have dropped|is|are) out"),
)
_NOW = re.compile(
    r".*\b(?:joins?|joining|coming|comes|come|along|too|out)\b.*?[,.;]? (?:so|then|(?:that|which) makes us|and|now)"
    r"(?: now)? (?:we are |we['’]re |we will be |there are )?(?P<n>\w+)(?: of us)?(?: people| now| in all| in total)*"
)
_DEAR = re.compile(
    r"(?:(?:hmm|ok|okay|well|sorry|but|no|wow|ouch|oh|i think|i am afraid)[ ,]+)*"
    r"(?:that|this|it|the (?:whole )?(?:plan|trip|thing|total))(?:['’]s| is)"
    r" (?:still |way |much |far |a bit |a little |rather |quite |just )*too (?:expensive|pricey|dear|costly|much money)"
    r"(?: for (?:us|me))?"
)
_WHOLE = re.compile(
    r"\b(?:make|get|have) (?:the (?:whole |entire )?(?:thing|trip|plan|holiday)|everything|it all|all of it|this) "
    r"((?:a (?:bit|little) |much |even )?cheaper)\b",
    re.IGNORECASE,
)
_LET_US = re.compile(
    r"^\s*let(?:['’]s| us) (?=(?:book|reserve|take|choose|pick) (?:the|number|option)\b)", re.IGNORECASE
)
_ENDS = " .!?"


def plainly(text: str, last: LastCall | None) -> str:
    """A message as it would be said plainly; the same text where there is nothing roundabout in it."""
    said = _LET_US.sub("", _DREAM.sub("want", text))
    if last is None:
        return said
    low = " ".join(said.casefold().strip(_ENDS).removesuffix(" please").split())
    if _DEAR.fullmatch(low):
        return "make it cheaper"
    people = _people(low, last)
    return f"there will be {people} of us" if people else _WHOLE.sub(r"make it \1", said)


def from_home(text: str) -> str:
    """Where people are, said as where they set out from."""
    return _AT_HOME.sub(lambda m: f"{m['who']} from ", text, count=1)


def _people(said: str, last: LastCall) -> int:
    """How many they are, of who were so many until now; 0 if it says nothing of that."""
    if found := _NOW.fullmatch(said):
        return _number(found["n"])
    known = str(last.slots.get("travelers") or last.trip.get("travelers") or "")
    if not known.isdigit():
        return 0
    for patterns, way in ((_MORE, 1), (_FEWER, -1)):
        found = next((f for p in patterns if (f := p.fullmatch(said))), None)
        if found and (count := _number(found["n"])):
            return max(0, int(known) + way * count)
    return 0


def _number(word: str) -> int:
    if word in ("a", "an", "another", "some", "somebody"):
        return 1
    return int(word) if word.isdigit() and len(word) < 3 else SMALL.get(word, 0)
