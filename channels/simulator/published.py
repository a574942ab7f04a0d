"""Small things the simulated network keeps once: the published commands and how far its clock was moved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.capability import Capability
from bot.documents import Insert, Replace
from bot.errors import Conflict, Explain
from bot.language import SWAHILI, speaking
from bot.ports import Store
from channels.simulator.records import SETTINGS, Setting

_MICROSECOND = timedelta(microseconds=1)
_MOST = timedelta(days=36_525) // _MICROSECOND
_REMEMBERED = 500
Value = dict[str, Any]


class Kept:
    """One setting in the Store, changed by a function of its value."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._name = name

    async def read(self) -> Value:
        """The value; empty if it was never set."""
        found = await self._store.get(SETTINGS, self._name)
        return found.value if found else {}

    async def change(self, make: Callable[[Value], Value]) -> Value:
        """Store what `make` turns the value into; it runs again if another process was quicker."""
        while True:
            found = await self._store.get(SETTINGS, self._name)
            value = make(found.value if found else {})
            if found and value == found.value:
                return value
            op = Replace(SETTINGS, replace(found, value=value)) if found else Insert(SETTINGS, self._first(value))
            try:
                await self._store.commit([op])
            except Conflict:
                continue
            return value

    def _first(self, value: Value) -> Setting:
        return Setting(id=self._name, value=value)


class Published:
    """The slash commands that people are offered."""

    def __init__(self, store: Store) -> None:
        self._kept = Kept(store, "commands")

    async def publish(self, capabilities: Sequence[Capability]) -> None:
        """Offer the commands of these capabilities."""
        commands = [_command(c) for c in capabilities if c.command and not c.hidden]
        await self._kept.change(lambda _: {"commands": commands})

    async def commands(self) -> list[dict[str, Any]]:
        """What is offered: [{"name", "summary", "parameters": [{"name", "kind", "required", "choices"}]}].

        With "summaries" by language where there are others."""
        found: list[dict[str, Any]] = (await self._kept.read()).get("commands", [])
        return found


class ClockOffset:
    """How far the clock of the sandboxes was moved forward, the same for every process."""

    def __init__(self, store: Store) -> None:
        self._kept = Kept(store, "clock")

    async def read(self) -> timedelta:
        """The offset from the machine's clock."""
        return int((await self._kept.read()).get("offset", 0)) * _MICROSECOND

    async def advance(self, by: timedelta, request: str = "") -> bool:
        """Move it further; False if a request of this id has done so before."""
        moved = False

        def further(now: Value) -> Value:
            nonlocal moved
            known = list(now.get("requests", ()))
            moved = not request or request not in known
            if not moved:
                return now
            total = int(now.get("offset", 0)) + by // _MICROSECOND
            if total > _MOST:
                raise Explain("the clock cannot be moved further than a hundred years")
            return {"offset": total, "requests": [*known, request][-_REMEMBERED:] if request else known}

        await self._kept.change(further)
        return moved


def _command(capability: Capability) -> dict[str, Any]:
    parameters = [
        {"name": p.name, "kind": p.kind, "required": p.required, "choices": list(p.choices)}
        for p in capability.parameters
    ]
    with speaking(SWAHILI):
        swahili = str(capability.told)
    others = {"summaries": {SWAHILI: swahili}} if swahili != capability.summary else {}
    return {"name": capability.command, "summary": capability.summary, "parameters": parameters, **others}
