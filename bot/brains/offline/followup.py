"""Short follow-ups: "make it two nights", "what about the day after", "to Kisumu instead", a bare "4"."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.brains.offline.bare import bare_value
from bot.brains.offline.numbers import Number
from bot.brains.offline.phrasebook import FUNCTION, Phrasebook
from bot.brains.offline.pieces import Reading
from bot.brains.offline.slots import Filling, fill
from bot.brains.offline.turns import VAIN
from bot.capability import Capability, Registry
from bot.gazetteer import Gazetteer
from bot.minds import LastCall, Understood
from bot.money import Money
from bot.names import word_set

_LONGEST = 14
_OPENER = (
    r"(?:ok|okay|and|but|no|yes|yeah|well|hmm|actually|sorry|please|then|so|also|oh|even|maybe|or|what if|just|now|"
    r"fine|nah|nope|wait|oops)"
)
_LEAD = re.compile(
    rf"^(?:{_OPENER} )*"
    r"(?:make (?:it|that|them|this)|change (?:it|that|this|the|to)|what about|how about|and (?:for|on|to|from|in|with)|"
    r"instead|rather|for|on|to|from|in|with|only|at|by|under|below|until|till|try|switch|move (?:it|that)|"
    r"let us (?:make|do|try|go|leave|start)|"
    r"(?:can|could|shall|may) (?:we|you|i|it|the trip) (?:all )?"
    r"(?:make|do|change|try|be|go|leave|start|travel|fly|come)|"
    r"<count> (?:days|nights|weeks) (?:later|earlier|sooner)|"
    r"(?:(?:can|could|shall|may) (?:we|you|i) |let us )?(?:please )?(?:postpone|delay|push|move|shift|bring)|"
    r"better|same|the same|leave|"
    r"leaving|return|returning|checkin|checkout|starting|arriving|there (?:are|will be)|it (?:is|will be) for|not|"
    r"(?:we|i) (?:will |would |want to |are going to )?(?:start|leave|depart|come|fly|travel|set (?:off|out)) "
    r"(?:out )?from|"
    r"i (?:meant|mean|said)|we (?:are|will be)|the day|next day|a day|one day|two days|cheaper|earlier|later|sooner|"
    r"something|anything|more|less|fewer|as|budget|max|no more than|not more than)\b"
)
_WITHOUT = re.compile(
    rf"^(?:{_OPENER} )*(?:no|without|avoid|skip|leave out|do not want) (?:any |more |the )?"
    r"(?!thank|problem|worr|idea|way|need|rush|one|more|it|that|this|hurry|sorry|please)"
    r"(?P<what>(?:[^\W\d]+ ?){1,3}?)(?: ?(?:please|thanks))?$"
)
# Another town for what was last asked for, however outright it is said.
ELSEWHERE = re.compile(
    rf"^(?:{_OPENER} )*(?:let us (?:go|do|try|take it)(?: to)?|"
    r"change (?:it|that|the (?:trip|plan|town|city|destination)) to|switch (?:it |that )?to|make (?:it|that)|"
    r"(?:i|we) (?:meant|mean|said)|rather) <location>(?: instead| then| please)*$"
)
_LENGTH = r"(?:(?P<count>\d{1,3}) )?(?:full |whole )?(?P<unit>day|night|week)s?"
_SHIFTS = (
    (re.compile(rf"\b{_LENGTH} (?:after|later)\b(?! tomorrow)"), 1),
    (re.compile(rf"\b{_LENGTH} (?:before|earlier|sooner)\b"), -1),
    (re.compile(r"\b(?:next (?P<unit>day)|following (?P<also>day|week))\b"), 1),
    (re.compile(r"\bprevious (?P<unit>day|week)\b"), -1),
    (
        re.compile(
            rf"\b(?:postpone|delay|push|move|shift)\b(?:(?! forward).)*? (?:back |off |out )?by (?:an? )?{_LENGTH}"
        ),
        1,
    ),
    (re.compile(rf"\bpush (?:\w+ ){{1,3}}back (?:an? )?{_LENGTH}"), 1),
    (re.compile(rf"\bbring (?:\w+ ){{1,3}}forward (?:by )?(?:an? )?{_LENGTH}"), -1),
)
_ORDINAL = re.compile(
    r"^(?:(?:ok|okay|yes|and|what about|how about|tell me about|let us take|i like|i prefer|i will take|show me|"
    r"more about|book|take|choose|pick|i want|we want|we will take|give me|give us|make it) )*"
    r"((?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
    r"(?: one| option| offer)?|(?:number|option|offer|no) \d{1,2}|\d{1,2}|"
    r"the (?:cheap|cheapest|best|best rated|early|earliest|late|latest|fast|fastest|quickest|shortest)"
    r"(?: one| option| offer| hotel| flight| bus| place| room| restaurant| event| activity| ride| taxi)?)"
    r"(?: please| then| instead)*$"
)
# A question about one of the offers shown: its details tell.
_OF_ONE = re.compile(
    r"^(?:(?:ok|okay|and|but|so|please) )*(?:is|does|has|can we cancel|where is|how (?:far|good|big|much|long) is|"
    r"(?:what time|when) (?:does|is)|what is (?:the )?\w+ (?:of|at|for))"
    r" (the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
    r" (?:one|option|offer|hotel|flight|bus|place|restaurant)|(?:number|option|offer) \d{1,2})\b"
)
_COMPARED = {"cheaper": "cheap", "cheapest": "cheap", "less expensive": "cheap", "earlier": "early", "later": "late",
             "sooner": "early", "faster": "fast", "better": "best", "nearer": "near", "closer": "near"}  # fmt: skip
_AGAIN = re.compile(
    r"^(?:please |ok |and |can you |could you )*(?:(?:try|search|look|check|do (?:it|that)|show me) )?"
    r"(?:again|once more|one more time|cheaper|something cheaper|anything cheaper|cheaper ones|more)(?: please)?$"
)
_COMPARING = word_set("""
    a an the it this that something anything any one ones please is there are do you have show find get me us can could
    we i want need would like prefer make go be but and what about how less expensive cheaper cheapest earlier later
    even sooner faster better nearer closer much little bit hotel flight bus room option options with for to in instead
""")
_THERE = re.compile(r"\b(?:there|that (?:city|town|place)|same (?:city|town|place|dates?))\b")
_PAST = word_set("was were had did went saw said told thought felt got came been loved liked hated enjoyed")
# Setting one of these undoes the others: they say the same in another way.
_INSTEAD_OF = {
    "nights": ("check_out_date", "days", "return_date"),
    "days": ("nights", "return_date"),
    "check_out_date": ("nights",),
    "return_date": ("days", "nights"),
}
_FRAME = frozenset(("nights", "days", "departure_date", "return_date"))
_FIRST = ("departure_date", "check_in_date", "date")
_MOVES = {"check_in_date": "check_out_date", "departure_date": "return_date"}


@dataclass(frozen=True, slots=True)
class FollowUps:
    """Reads a message in the light of what was last understood."""

    registry: Registry
    gazetteer: Gazetteer
    home: str

    def refine(self, reading: Reading, book: Phrasebook, last: LastCall) -> Understood | None:
        """The last Capability with what the message changes, or None if it is not about that."""
        capability = self.registry.get(last.intent)
        if capability is None:
            return None
        said = " ".join(p.low for p in reading.pieces if p.kind != "mark")
        if last.asked and (answer := self._answer(capability, reading, book, last)):
            return answer
        if not _is_short(reading, book) or VAIN.search(said):
            return None
        if last.offers and (found := _ORDINAL.match(" ".join(w.low for w in reading.message.words if not w.mark))):
            return self._pointed(found.group(1))
        if last.offers and (found := _OF_ONE.match(" ".join(w.low for w in reading.message.words if not w.mark))):
            return self._pointed(found.group(1))
        if (without := _WITHOUT.match(said)) and capability.parameter("avoid"):
            slots = as_text(capability, last.slots)
            avoided = ", ".join(filter(None, (slots.get("avoid"), without["what"].strip())))
            return Understood(intent=capability.name, slots={**slots, "avoid": avoided}, score=1.0)
        filling = fill(capability, reading, book)
        compared = _compared(capability, said) if _COMPARING.issuperset(said.split()) else {}
        days = _days_moved(reading)
        led = bool(_LEAD.match(said)) or bool(compared)
        if led and days and not any(map(_is_day, as_text(capability, last.slots).values())):
            dated = any(p.kind == "date" for p in capability.parameters)
            return None if dated else self._moved(last.trip, days)
        if not (led or _only_values(reading, book, last.intent)) or not (
            filling.slots or filling.problems or days or compared
        ):
            return self._again(capability, last) if _AGAIN.match(said) else None
        slots = shifted(as_text(capability, last.slots), days) if days else as_text(capability, last.slots)
        moved = ("days", "nights") if days else ()
        changed = {k: v for k, v in filling.slots.items() if not (days and k.endswith("date")) and k not in moved}
        if last.edit and not compared and set(changed) <= _FRAME:
            return self._moved(last.trip, days) if days else None  # what was changed by hand since is kept
        return _understood(capability, merged(slots, {**changed, **compared}), filling)

    def carry(self, understood: Understood, said: str, last: LastCall) -> Understood:
        """A new request that says "there" or leaves out what the same request said before."""
        capability = self.registry.get(understood.intent or "")
        if capability is None:
            return understood
        before = as_text(capability, last.slots)
        if understood.intent == last.intent:
            whole = not _has_place(capability, understood.slots)
            kept = {p.name for p in capability.parameters if whole or p.required or p.name == "travelers"}
            slots = merged({k: v for k, v in before.items() if k in kept}, understood.slots)
            return replace(understood, slots=slots)
        if _THERE.search(said) and not _has_place(capability, understood.slots):
            where = last.slots.get("destination") or last.slots.get("location")
            places = [p.name for p in capability.parameters if p.kind == "location" and p.name != "origin"]
            if where and places:
                return replace(understood, slots={places[0]: str(where), **understood.slots})
        return understood

    def _answer(self, capability: Capability, reading: Reading, book: Phrasebook, last: LastCall) -> Understood | None:
        filling = answered(capability, reading, book, last.asked, self.gazetteer, self.home)
        if last.asked not in filling.slots and not any(name == last.asked for name, _ in filling.problems):
            return None
        return _understood(capability, merged(as_text(capability, last.slots), filling.slots), filling)

    def _pointed(self, ordinal: str) -> Understood | None:
        """ "The second one" of the offers shown: the Capability that takes one offer."""
        for capability in self.registry:
            required = [p.name for p in capability.parameters if p.required]
            if required == ["offer"] and not capability.hidden and capability.effect == "look":
                return Understood(intent=capability.name, slots={"offer": ordinal}, score=1.0)
        return None

    def _moved(self, trip: Mapping[str, str], days: int) -> Understood | None:
        """ "What about the day after", said of the plan: the Capability that takes nothing but a first day."""
        for capability in self.registry if trip.get("departure_date") else ():
            required = [p.name for p in capability.parameters if p.required]
            if required == ["departure_date"] and not capability.hidden:
                slots = shifted({"departure_date": trip["departure_date"]}, days)
                return Understood(intent=capability.name, slots=slots, score=1.0)
        return None

    def _again(self, capability: Capability, last: LastCall) -> Understood:
        """The same once more: "try again", or "cheaper" where nothing can be told to be cheap."""
        return Understood(intent=capability.name, slots=as_text(capability, last.slots), score=1.0)


def _days_moved(reading: Reading) -> int:
    """By how many days a message moves what was last meant: "two days later" 2, "a week earlier" -7; 0 for none."""
    spoken = (p for p in reading.pieces if p.kind != "mark")
    said = " ".join(str(p.value.value) if isinstance(p.value, Number) else p.low for p in spoken)
    for pattern, way in _SHIFTS:
        if found := pattern.search(said):
            named = found.groupdict()
            count = int(named.get("count") or 1)
            return way * count * (7 if "week" in (named["unit"], named.get("also")) else 1)
    return 0


def answered(
    capability: Capability, reading: Reading, book: Phrasebook, asked: str, gazetteer: Gazetteer, home: str
) -> Filling:
    """The arguments in a message that answers a question for one of them; a bare value will do."""
    filling = fill(capability, reading, book, asked)
    parameter = capability.parameter(asked)
    if parameter and asked in filling.slots and len(reading.of(parameter.kind)) == 1:
        others = [p.name for p in capability.parameters if p.kind == parameter.kind and p.name != asked]
        filling.slots = {k: v for k, v in filling.slots.items() if k not in others}
    if parameter and asked not in filling.slots and not filling.problems:
        value = bare_value(parameter.kind, reading, gazetteer, home)
        if value:
            filling.slots[asked] = value
    return filling


def first_day(last: LastCall | None) -> date | None:
    """The day on which what was last searched or planned begins, None if nobody knows."""
    named = (slots.get(name) for slots in (last.slots, last.trip) for name in _FIRST) if last is not None else ()
    return next((_day(day) for day in map(_text, named) if _is_day(day)), None)


def merged(before: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str]:
    """Slots with the changed ones set, and without those that the changes make void.

    A stay that begins on another day keeps its length."""
    slots = dict(before)
    for start, end in _MOVES.items():
        if start in changed and end not in changed and start in slots and end in slots:
            length = _day(slots[end]) - _day(slots[start])
            slots[end] = (_day(changed[start]) + length).isoformat()
    for name in changed:
        for other in _INSTEAD_OF.get(name, ()):
            if other not in changed:
                slots.pop(other, None)
    return {**slots, **changed}


def shifted(slots: Mapping[str, str], days: int) -> dict[str, str]:
    """Slots with every day moved by so many days."""
    return {k: (_day(v) + timedelta(days)).isoformat() if _is_day(v) else v for k, v in slots.items()}


def _understood(capability: Capability, slots: dict[str, str], filling: Filling) -> Understood:
    return Understood(intent=capability.name, slots=slots, score=1.0, problems=tuple(filling.problems))


def _is_short(reading: Reading, book: Phrasebook) -> bool:
    """Few words, at most one of them unknown, and nothing about what once was."""
    words = [p for p in reading.pieces if p.kind == "word"]
    strange = [p for p in words if p.low not in book.ordinary and p.low not in _COMPARED]
    return len(words) <= _LONGEST and len(strange) <= 1 and not any(p.low in _PAST for p in words)


def _only_values(reading: Reading, book: Phrasebook, about: str) -> bool:
    """Nothing but values and what leads to them: "4 people", "tomorrow", "Kisumu". `about`: the last Capability, whose
    own nouns may stand beside them ("3 rooms"); another's ask for something else ("the weather tomorrow")."""
    spoken = [p for p in reading.pieces if p.kind != "mark"]
    own = (cues for (name, _), cues in book.cues.items() if name == about)
    nouns = {sign[2:] for cues in own for sign in cues.counts if sign.startswith("R ")}
    return len(spoken) <= 6 and all(
        p.kind not in ("word", "title")
        or p.low in FUNCTION - _SUBJECTS | _SECOND_THOUGHTS
        or p.stem in nouns & book.nouns
        for p in spoken
    )


_SECOND_THOUGHTS = word_set("actually wait oops sorry rather nah")
_SUBJECTS = word_set("i we you he she they it am is are was were be who where why how")


def _compared(capability: Capability, said: str) -> dict[str, str]:
    """Choices that a comparison names: "cheaper" chooses "cheap" where that is one."""
    for words, choice in _COMPARED.items():
        if f" {words} " in f" {said} ":
            for p in capability.parameters:
                named = next((c for c in p.choices if c.startswith(choice)), None)
                if named:
                    return {p.name: named}
    return {}


def _has_place(capability: Capability, slots: Collection[str]) -> bool:
    return any(p.name in slots for p in capability.parameters if p.kind == "location")


def as_text(capability: Capability, slots: Mapping[str, Any]) -> dict[str, str]:
    """Slots as they were, as text, for the parameters that the Capability has."""
    known = {p.name for p in capability.parameters}
    texts = {name: _text(value) for name, value in slots.items() if name in known}
    return {name: text for name, text in texts.items() if text}


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return value.isoformat()[:10]
    if isinstance(value, Mapping) and {"minor", "currency"} <= set(value):
        value = Money(value["minor"], value["currency"])
    if isinstance(value, Money):
        return f"{value.major:f} {value.currency}"
    return str(value) if isinstance(value, (str, int)) else ""


def _is_day(text: str) -> bool:
    return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text))


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])
