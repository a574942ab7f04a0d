"""Conversation context: what a new request leaves out is taken from what was last searched or planned."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bot.capability import Capability, Parameter
from bot.minds import LastCall

_WHERE = ("destination", "location")
_WHEN = ("departure_date", "check_in_date", "date")


def carried(capability: Capability, slots: Mapping[str, Any], last: LastCall | None, today: date) -> dict[str, Any]:
    """The slots of a request for another Capability than the last one, completed.

    A town that has to be known and was not said is the last one, or else the plan's; then its first day, if still to
    come, and its travellers hold too. An origin is never guessed."""
    if last is None:
        return dict(slots)
    found = {name: _in_full(str(said), last) if _is_place(capability, name) else said for name, said in slots.items()}
    if last.intent == capability.name:
        return found
    before = last.slots if any(last.slots.get(n) for n in _WHERE) else last.trip
    town = next((str(before[n]) for n in _WHERE if before.get(n)), "")
    missing = [p for p in capability.parameters if p.name not in found]
    if not town or not any(_is_town(p) for p in missing):
        return found
    return found | dict(_from_last(missing, before, town, today))


def _is_place(capability: Capability, name: str) -> bool:
    parameter = capability.parameter(name)
    return parameter is not None and parameter.kind == "location"


def _in_full(said: str, last: LastCall) -> str:
    """A town as it was told from its namesakes before: "Cambridge" after "Cambridge, Massachusetts"."""
    known = (str(slots.get(name, "")) for slots in (last.slots, last.trip) for name in (*_WHERE, "origin"))
    bare = said.strip().casefold()
    return next((town for town in known if bare == town.partition(",")[0].strip().casefold()), said)


def _is_town(parameter: Parameter) -> bool:
    return parameter.required and parameter.kind == "location" and parameter.name != "origin"


def _from_last(
    missing: list[Parameter], before: Mapping[str, Any], town: str, today: date
) -> Iterator[tuple[str, str]]:
    day = next((str(before[n])[:10] for n in _WHEN if before.get(n)), "")
    nights = before.get("nights") or int(before.get("days") or 1) - 1
    begins = any(p.name == "check_in_date" for p in missing) and any(p.name == "check_out_date" for p in missing)
    for p in missing:
        if _is_town(p):
            yield p.name, town
        elif p.name in _WHEN and day >= today.isoformat():
            yield p.name, day
        elif p.name == "travelers" and before.get("travelers"):
            yield p.name, str(before["travelers"])
        elif p.name == "nights" and nights and begins and day >= today.isoformat():
            yield p.name, str(nights)
