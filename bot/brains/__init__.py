"""The table of models: name -> factory. Only the chosen one is imported; the offline brain stands behind each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.brains.backed import Backed
from bot.brains.struck import Struck
from bot.clock import Clock
from bot.controls import SandboxControls
from bot.errors import Misconfigured
from bot.minds import Brain
from bot.ports import Store
from bot.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class BrainParts:
    """What a brain is built from. `faults`: None outside sandboxes. `spend`: what a model may cost a Thread a day."""

    settings: Settings
    store: Store
    clock: Clock
    faults: SandboxControls | None
    spend: int


def _claude(parts: BrainParts) -> Brain:
    try:
        from bot.brains.claude import ClaudeBrain
    except ModuleNotFoundError as missing:
        raise Misconfigured("ANTHROPIC_API_KEY: needs the extra claude (make install EXTRAS=claude)") from missing
    given = parts.settings
    return ClaudeBrain(parts.store, given.anthropic_api_key, given.anthropic_base_url, given.anthropic_model)


MODELS: Mapping[str, Callable[[BrainParts], Brain]] = {"claude": _claude}


def brain_of(parts: BrainParts, offline: Brain) -> Brain:
    """The model whose key is set with the offline brain behind it, else the offline brain.

    Where there are sandboxes, faults strike the first one; the offline brain behind it always answers."""
    first = MODELS["claude"](parts) if parts.settings.anthropic_api_key else offline
    if parts.faults is not None:
        first = Struck(first, parts.faults, parts.clock)
    elif first is offline:
        return offline
    return Backed(first, offline, parts.clock, spend=parts.spend)
