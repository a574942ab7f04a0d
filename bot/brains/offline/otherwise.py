"""Something else than what is shown or planned: "another hotel", "a later flight", "something closer to the beach"."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.brains.offline.followup import as_text
from bot.brains.offline.phrasebook import Phrasebook
from bot.brains.offline.pieces import Reading
from bot.brains.offline.words import stem
from bot.capability import Capability, Parameter, Registry
from bot.minds import LastCall, Understood

_THAN = {
    "cheap": "cheaper|less expensive|less pricey|more affordable",
    "early": "earlier|sooner",
    "late": "later",
    "near": "closer|nearer|more central",
    "rated": "better rated|higher rated|better|nicer|fancier",
    "fast": "faster|quicker|shorter",
    "other": "another|different|other|others|new|alternative|else",
}
_WORDS = {
    "cheap": "cheaper",
    "early": "earlier",
    "late": "later",
    "near": "closer",
    "rated": "better",
    "fast": "faster",
}
_LEAD = (
    r"(?:(?:ok|okay|and|but|no|yes|well|hmm|please|then|so|actually|sorry|now|what about|how about|or) )*"
    r"(?:(?:can|could|may|shall) (?:we|you|i) (?:please )?(?:have|get|find|see|take|show|try|pick|choose|look for|do)"
    r"(?: me| us)? |(?:please )?(?:show|find|get|give|suggest|pick|choose|take|try|look for|search for)(?: me| us)? |"
    r"(?:is|are) there |do you have |have you got |got |(?:i|we) (?:want|need|would like|prefer|would prefer|"
    r"would rather have)(?: to see| to have| to take)? |let us (?:take|have|try|see) |make it |rather |any )?"
)
_ANY = r"(?:(?:an?|some|the|any|something|anything|somewhere|one that is|that is|is|much|even|bit|little) )*"
_ONE = "|".join(f"(?P<{name}>{words})" for name, words in _THAN.items())
_SAID = re.compile(
    rf"^{_LEAD}{_ANY}(?:{_ONE})(?: and (?P<also>{'|'.join(w for n, w in _THAN.items() if n != 'other')}))?"
    r"(?: (?P<noun>(?!one\b|ones\b|please\b|instead\b|then\b|thanks\b|to\b|by\b|near\b|on\b|at\b|with\b|in\b|than\b|"
    r"option)[^\W\d]+(?: [^\W\d]+)?))??(?: (?:ones?|options?))?"
    r"(?: (?P<like>(?:by|near|close to|next to|at|on|with|to) (?:the |a |an )?[^\W\d]+(?: [^\W\d]+)?))?"
    r"(?: for (?P<meal>lunch|dinner|breakfast|supper))?$"
)
_PLEASE = re.compile(r"(?: (?:please|instead|then|thanks|though|maybe|if possible|you have|there))+$")
# "Actually a bus": another thing for the same way or stay.
_RATHER = re.compile(
    r"^(?:(?:ok|okay|no|and|but|or|so|hmm|well|actually|maybe|rather|what about|how about|take|go|then) )*"
    r"(?P<led>actually|maybe|rather|what about|how about|go|take|or)?(?: ?(?:an?|the|by|with|some))? "
    r"(?P<noun>[^\W\d]+)(?: (?:instead|rather|then))*$"
)
_BARE = frozenset(("another", "different", "other", "new", "alternative"))
_WAYS = frozenset(("back", "home", "out", "there"))
_MEALS = frozenset(("lunch", "dinner", "breakfast", "supper", "meal"))


@dataclass(frozen=True, slots=True)
class Otherwise:
    """Reads such a wish in the light of what was last shown; knows no other words for things than the phrasebook's."""

    registry: Registry
    book: Phrasebook

    def wanted(self, reading: Reading, last: LastCall) -> Understood | None:
        """The last search in another order or further on, or another thing in the place of one on the plan."""
        said = " ".join(w.low for w in reading.message.words if not w.mark)
        values = [p for p in reading.pieces if p.kind in ("location", "date", "money", "count", "time")]
        if len(values) > said.split().count("one"):
            return None
        found = _SAID.match(_PLEASE.sub("", said))
        if found is None:
            return self._rather(said, last)
        than = next(name for name in _THAN if found[name])
        noun, like = found["noun"] or found["meal"] or "", found["like"] or ""
        owners = self._owners(noun)
        if (noun and not owners) or (than == "other" and not noun and found["other"] in _BARE and "one" not in said):
            return None
        capability = self.registry.get(last.intent)
        if capability is None:
            return None
        if self._searched(capability) and (not noun or capability.name in owners) and not last.edit:
            return self._again(capability, than, last)
        words = [] if than == "other" else [_WORDS[than]]
        words += [w for w in (found["also"], like) if w]
        if last.trip and not noun and self._whole(capability, than) and not (last.edit.get("item") and "one" in said):
            return self._again(capability, than, last)
        return self._swapped(noun, words, last) if last.trip else self._beside(owners, than, last)

    def _rather(self, said: str, last: LastCall) -> Understood | None:
        """Another kind of search with what was said for the last one."""
        capability, found = self.registry.get(last.intent), _RATHER.match(said)
        if capability is None or found is None or not self._searched(capability):
            return None
        owners = self._owners(found["noun"])
        return self._beside(owners, "", last) if owners and capability.name not in owners else None

    def is_bare(self, reading: Reading) -> bool:
        """Whether a text says no more than such a wish, and not of what: by itself it means nothing."""
        said = " ".join(w.low for w in reading.message.words if not w.mark)
        found = _SAID.match(_PLEASE.sub("", said))
        return found is not None and not (found["noun"] or found["like"] or found["meal"])

    def _beside(self, owners: Collection[str], than: str, last: LastCall) -> Understood | None:
        """Another search with what was said for the last one: "a later bus" after flights."""
        for capability in (c for c in self.registry if c.name in owners):
            known = as_text(capability, last.slots)
            order = capability.parameter("order")
            named = _choice(order, than) if order is not None and than else ""
            if all(p.name in known for p in capability.parameters if p.required):
                chosen = {"order": named} if named else {}
                return Understood(intent=capability.name, slots={**known, **chosen}, score=1.0)
        return None

    def _owners(self, noun: str) -> frozenset[str]:
        """The searches for what a noun means."""
        if noun in _MEALS:
            return self.book.things.owners(stem("restaurant"))
        words = [stem(w) for w in noun.split()]
        words = [w for w in words if w not in _WAYS] or words
        joined = self.book.things.joined(words)
        return self.book.things.owners(joined[-1]) if len(joined) == 1 or len(words) == 1 else frozenset()

    def _searched(self, capability: Capability) -> bool:
        """Whether it lists offers in an order."""
        return capability.parameter("order") is not None and capability.name not in self.book.umbrellas

    def _whole(self, capability: Capability, than: str) -> bool:
        """ "Cheaper", said of the whole plan."""
        order = capability.parameter("order")
        return order is not None and bool(_choice(order, than))

    def _again(self, capability: Capability, than: str, last: LastCall) -> Understood | None:
        order = capability.parameter("order")
        if than == "other":
            more = self.registry.get("show_more")
            return Understood(intent=more.name, score=1.0) if more and last.offers else None
        slots = as_text(capability, last.slots)
        named = _choice(order, than) if order is not None else ""
        return Understood(intent=capability.name, slots={**slots, "order": named}, score=1.0) if named else None

    def _swapped(self, noun: str, words: list[str], last: LastCall) -> Understood | None:
        """The Capability that puts another thing in an item's place; the item of the last such change where none is
        named."""
        for capability in self.registry:
            required = [p.name for p in capability.parameters if p.required]
            if required == ["item"] and capability.parameter("wish") and not capability.hidden:
                before = str(last.edit.get("item", "")) if last.edit.get("call") == capability.name else ""
                item = noun or re.split(r"\s(?:for|with)\s|,", before)[0]
                wish = {"wish": ", ".join(words)} if words else {}
                slots = {"item": item, **wish} if item else wish
                return Understood(intent=capability.name, slots=slots, score=1.0)
        return None


def _choice(order: Parameter, than: str) -> str:
    """The order that begins with what compares best, "" if there is none."""
    return next((c for c in order.choices if c.startswith(than)), "")
