"""When a trip or a search begins and ends instead: "leave on the 3rd", "until the 16th", "push it back by a day"."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from bot.brains.offline.days import When, is_day
from bot.brains.offline.followup import as_text, first_day, merged, shifted
from bot.brains.offline.joined_days import next_such
from bot.brains.offline.numbers import Number
from bot.brains.offline.pieces import Reading
from bot.capability import Capability, Registry
from bot.minds import LastCall, Understood

_LEAD = (
    r"(?:(?:ok|okay|and|but|no|yes|well|hmm|actually|sorry|please|then|so|oh|maybe|rather|wait|what if|how about|"
    r"what about|can you|could you|let us|can we|could we|shall we|should we|may we|we want to|i want to|we need to|"
    r"i need to|we have to|i have to|we must|we will|i will|we would like to|i would like to|we would rather|"
    r"i would rather|we can|we could|we|i|just|better) )*"
)
_IT = (
    r"(?:it|that|this|them|everything|it all|all of it|all|(?:the|our) (?:whole |entire )?"
    r"(?:trip|plan|thing|holiday|journey|travel|dates?|days?|start|stay|booking))"
)
_END = r"(?: (?:instead|then|please|rather|though|too|as well|if possible))*$"
_LENGTH = r"(?:(?P<count>\d{1,3}|an?) )?(?:full |whole )?(?P<unit>day|night|week)s?"
_AWAY = r"(?:leave|start|depart|begin|go|set off|set out|head out|fly out|travel|arrive|come|fly)"
_STARTS = (
    re.compile(rf"^{_LEAD}(?:to )?{_AWAY}(?: {_IT})?(?: (?:only|already))?(?: (?:on|from))? <date>{_END}"),
    re.compile(rf"^{_LEAD}(?:start|begin|leaving|starting|departing|beginning) (?:on |from )?<date>{_END}"),
)
_LEAVES = re.compile(
    rf"^{_LEAD}(?:to )?(?:leave|depart|go|leaving|departing|checkout)(?: (?:only|already))? (?:on )?<date>{_END}"
)
_KEEP = rf"(?:stay|remain|be there|(?:keep|extend|make|have|prolong) {_IT})"
_ENDS = (
    re.compile(rf"^{_LEAD}(?:(?:to )?{_KEEP} )?(?:there )?(?:until|till|through|up to) <date>{_END}"),
    re.compile(rf"^{_LEAD}(?:extend|prolong|lengthen|shorten|cut) {_IT} (?:to|until|till) <date>{_END}"),
    re.compile(
        rf"^{_LEAD}(?:to )?(?:come|go|get|fly|be|travel|head|drive) (?:back|home)(?: home)?(?: only)? "
        rf"(?:on |by )?<date>{_END}"
    ),
    re.compile(rf"^{_LEAD}(?:to )?(?:return|end|finish)(?: {_IT})?(?: only)? (?:on |by )?<date>{_END}"),
)
_ON = r"(?: (?:back|off|out|forward|ahead|up))?"
_SHIFTS = (
    (
        re.compile(
            rf"^{_LEAD}(?:to )?(?:move|push|shift|put|bring|make|do|have|start|leave|go|depart|travel|fly|come|arrive|"
            rf"set off|begin|take)(?: {_IT})?{_ON}(?: by)? {_LENGTH} (?:later|after){_END}"
        ),
        1,
    ),
    (
        re.compile(
            rf"^{_LEAD}(?:to )?(?:move|push|shift|put|bring|pull|make|do|have|start|leave|go|depart|travel|fly|come|"
            rf"arrive|set off|begin|take)(?: {_IT})?{_ON}(?: by)? {_LENGTH} (?:earlier|sooner|before){_END}"
        ),
        -1,
    ),
    (re.compile(rf"^{_LEAD}(?:postpone|delay|defer)(?: {_IT})?(?: by| for)? {_LENGTH}{_END}"), 1),
    (re.compile(rf"^{_LEAD}(?:push|move|shift|put)(?: {_IT})? (?:back|off|out)(?: by)? {_LENGTH}{_END}"), 1),
    (re.compile(rf"^{_LEAD}(?:bring|pull|move|shift|put)(?: {_IT})? (?:forward|ahead|up)(?: by)? {_LENGTH}{_END}"), -1),
    (re.compile(rf"^{_LEAD}(?:push|shift)(?: {_IT})? by {_LENGTH}{_END}"), 1),
)
_ANEW = re.compile(rf"^{_LEAD}(?:(?:make|change) (?:it|that) (?:to |for |on )?<date>{_END}|<date> (?:instead|rather)$)")
_BEGINS = ("departure_date", "check_in_date", "date")
_OVER = {"departure_date": "return_date", "check_in_date": "check_out_date"}
_THERE = re.compile(r"\b(?:arrive|come|start|begin|starting)\b")


@dataclass(frozen=True, slots=True)
class Moved:
    """Reads such a wish in the light of what was last searched or planned."""

    registry: Registry

    def meant(self, reading: Reading, last: LastCall, today: date) -> Understood | None:
        """What was last asked for on other days, or the change of a plan that was edited since; None for others."""
        capability = self.registry.get(last.intent)
        begins = first_day(last)
        if capability is None or begins is None:
            return None
        spoken = [p for p in reading.pieces if p.kind != "mark"]
        said = " ".join(str(p.value.value) if isinstance(p.value, Number) else p.low for p in spoken)
        if days := _days(said):
            return self._shifted(capability, last, days)
        when = next((p.value for p in spoken if isinstance(p.value, When)), None)
        if when is None or when.day is None or said.count("<date>") != 1:
            return None
        if last.edit and last.trip and _ANEW.match(said):
            return self._plan("departure_date", when.day.isoformat())
        stays = "check_in_date" in last.slots
        if any(p.match(said) for p in _ENDS) or (stays and _LEAVES.match(said)):
            return self._ended(capability, last, next_such(begins, when.day.day) if when.loose else when.day, begins)
        if any(p.match(said) for p in _STARTS) and not (stays and not _THERE.search(said)):
            return self._begun(capability, last, _same_month(when.day, begins, today) if when.loose else when.day)
        return None

    def _shifted(self, capability: Capability, last: LastCall, days: int) -> Understood | None:
        known = as_text(capability, last.slots)
        if last.edit or not any(name in known for name in _BEGINS):
            start = last.trip.get("departure_date")
            return (
                self._plan("departure_date", (date.fromisoformat(start) + timedelta(days)).isoformat())
                if start
                else None
            )
        return Understood(intent=capability.name, slots=shifted(known, days), score=1.0)

    def _begun(self, capability: Capability, last: LastCall, day: date) -> Understood | None:
        known = as_text(capability, last.slots)
        name = next((n for n in _BEGINS if n in known), "")
        if (last.edit and last.trip) or not name:
            return self._plan("departure_date", day.isoformat()) if last.trip else None
        return Understood(intent=capability.name, slots=merged(known, {name: day.isoformat()}), score=1.0)

    def _ended(self, capability: Capability, last: LastCall, day: date, begins: date) -> Understood | None:
        known = as_text(capability, last.slots)
        name = next((_OVER[n] for n in _OVER if n in known and capability.parameter(_OVER[n])), "")
        if day < begins:
            return None
        if (last.edit and last.trip) or not name:
            return self._plan("days", str((day - begins).days + 1)) if last.trip else None
        return Understood(intent=capability.name, slots=merged(known, {name: day.isoformat()}), score=1.0)

    def _plan(self, name: str, value: str) -> Understood | None:
        """The Capability that changes a plan's beginning, or its length, and nothing else."""
        wanted = {"departure_date"} if name == "departure_date" else {"days", "nights"}
        for change in self.registry:
            if {p.name for p in change.parameters} == wanted and not change.hidden:
                return Understood(intent=change.name, slots={name: value}, score=1.0)
        return None


def _days(said: str) -> int:
    """By how many days; less than 0 for earlier, 0 if it moves nothing."""
    for pattern, way in _SHIFTS:
        if found := pattern.match(said):
            count = found["count"] or "1"
            return way * (int(count) if count.isdigit() else 1) * (7 if found["unit"] == "week" else 1)
    return 0


def _same_month(day: date, begins: date, today: date) -> date:
    """The bare day of the month in which it was to begin; a later one where that is over."""
    same = begins.replace(day=day.day) if is_day(begins.year, begins.month, day.day) else None
    return same if same and same >= today else next_such(max(begins, today), day.day)
