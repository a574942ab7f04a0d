"""The whole application in this process, with Claude at an emulator and a channel of paper to talk through."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app import STORED, base, furnish
from bot.capability import Capability, Effect, Registry, capabilities_of
from bot.controls import SandboxControls
from bot.core import Core, running
from bot.minds import Closes
from bot.ports import Ask, Reply
from bot.settings import Settings
from tests.bot.parlour import PaperChannel, Parlour
from tests.emulators.anthropic import Emulator, running_emulator
from tests.emulators.anthropic.minds import polite
from tests.emulators.anthropic.replies import Mind
from tests.emulators.anthropic.server import KEY


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """A Capability that spends was run so that it does: `what` kind of Entry let it."""

    name: str
    person: str
    what: str


class Watched(Registry):
    """A Registry that writes down every spending: whatever is registered later joins by its effect."""

    def __init__(self) -> None:
        self.spent: list[Spent] = []
        super().__init__()

    def add(self, *capabilities: Capability) -> None:
        super().add(*(self._watched(c) if c.effect is Effect.SPEND else c for c in capabilities))

    def _watched(self, c: Capability) -> Capability:
        async def run(ask: Ask, **given: Any) -> Reply:
            if given.get("confirmed") or not c.confirms:
                self.spent.append(Spent(name=c.name, person=ask.person.id, what=ask.entry.what if ask.entry else ""))
            reply: Reply = await c.run(ask, **given)
            return reply

        return replace(c, run=run)

    @property
    def unapproved(self) -> list[Spent]:
        """What was spent without the press of a button."""
        return [s for s in self.spent if s.what != "press"]


class Whole(Parlour):
    """`registry`: watched; `claude`: the emulator."""

    registry: Watched
    claude: Emulator
    faults: SandboxControls


@asynccontextmanager
async def whole(folder: Path, mind: Mind = polite, *more: object) -> AsyncIterator[Whole]:
    """Everything that `app.py` registers, and `more` services."""
    async with running_emulator(mind) as claude:
        settings = Settings(
            data_dir=folder, secret_key="for-tests-on-loopback-only-0123456789", owners="paper:Olga", simulator=True,
            anthropic_api_key=KEY, anthropic_base_url=claude.url,
        )  # fmt: skip
        b = base(settings)
        own = [kind for channel in b.channels.values() for kind in getattr(channel, "kinds", ())]
        paper = PaperChannel()
        b.channels.clear()
        b.channels["paper"] = paper
        ground = b.ground("all")
        core = Core(ground)
        core.registry = registry = Watched()
        for service in more:
            registry.add(*capabilities_of(service))
        brain = furnish(b, core)
        await b.store.open((*STORED, *own))
        await b.locks.open()
        async with running(core, ground):
            here = Whole(core, b.store, {"paper": paper}, b.clock)
            here.registry, here.claude, here.faults = registry, claude, b.faults
            yield here
        if isinstance(brain, Closes):
            await brain.close()
        await b.locks.close()
        await b.store.close()
