"""How much longer or shorter than before: "one night less", "two days more", "cut a day"."""

import re
from collections.abc import Mapping

from bot.brains.offline.followup import merged
from bot.brains.offline.numbers import Number
from bot.brains.offline.pieces import Reading
from bot.capability import Registry
from bot.minds import LastCall, Understood

_LEAD = (
    r"(?:(?:ok|okay|and|but|no|yes|actually|sorry|please|then|maybe|just|what about|how about|make (?:it|the trip)|"
    r"can we|could we|can you|could you|let us|we want|we need|i want|stay|have|do|be|for|with) )*"
)
_IT = r"(?:it|that|the (?:trip|plan|stay|holiday))"
_COUNT, _UNIT = r"(?P<count>\d{1,2}|an?)", r"(?:day|night)s?"
_END = r"(?: (?:please|instead|then|off|off it|to it|there|to the trip|from the trip|to the plan|from the plan))*$"
_WAYS = tuple(
    (re.compile(rf"^{_LEAD}(?:{way}){_END}"), sign)
    for way, sign in (
        (rf"(?:add )?{_COUNT} (?:more|extra|additional|further) {_UNIT}", 1),
        (rf"(?:add )?{_COUNT} {_UNIT} (?:more|longer|extra)", 1),
        (rf"(?:add|(?:extend|lengthen|prolong) {_IT} by) {_COUNT} {_UNIT}", 1),
        (rf"{_COUNT} (?:less|fewer) {_UNIT}", -1),
        (rf"{_COUNT} {_UNIT} (?:less|fewer|shorter)", -1),
        (rf"(?:cut|drop|lose|shave|remove|take(?: off)?|(?:shorten|reduce|cut) {_IT} by) {_COUNT} {_UNIT}", -1),
    )
)


def longer_by(reading: Reading) -> int:
    """By how many days or nights a message makes longer what there is; less than 0 for shorter, 0 if it does not."""
    spoken = (p for p in reading.pieces if p.kind != "mark")
    said = " ".join(str(p.value.value) if isinstance(p.value, Number) else p.low for p in spoken)
    found = next(((m["count"], sign) for way, sign in _WAYS if (m := way.match(said))), None)
    return 0 if found is None else found[1] * (int(found[0]) if found[0].isdigit() else 1)


def lengthened(registry: Registry, last: LastCall, more: int) -> Understood | None:
    """The stay last searched for, or else the plan, so much longer; None where nobody knows how long it was."""
    capability, trip = registry.get(last.intent), _number(last.trip, "days")
    nights = _number(last.slots, "nights")
    if capability is not None and nights and not (trip and capability.parameter("days")):
        slots = {k: str(v) for k, v in last.slots.items() if capability.parameter(k) and isinstance(v, str | int)}
        slots = merged(slots, {"nights": str(nights + more)})
        return Understood(intent=capability.name, slots=slots, score=1.0) if nights + more > 0 else None
    for change in registry if trip + more > 0 and trip else ():
        if {p.name for p in change.parameters} == {"days", "nights"} and not change.hidden:
            return Understood(intent=change.name, slots={"days": str(trip + more)}, score=1.0)
    return None


def _number(slots: Mapping[str, object], name: str) -> int:
    value = str(slots.get(name) or "")
    return int(value) if value.isdigit() else 0
