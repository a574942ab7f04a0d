"""A running core in which Claude speaks, at an emulator, with the offline brain behind it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from bot.brains.backed import Backed
from bot.brains.claude import ClaudeBrain
from bot.brains.offline.brain import OfflineBrain
from bot.brains.offline.understand import Understander
from bot.gazetteer import Gazetteer
from bot.kinds import KINDS
from bot.minds import Brain, Scene, Step
from bot.ports import Outcome
from bot.storage.sqlite import SqliteStore
from personas.company import Company
from personas.documents import KINDS as PERSONA_KINDS
from personas.editing import Editing
from personas.library import Library
from personas.likes import Likes
from personas.memory import Remembering
from personas.onboarding import Onboarding
from personas.voice import VoiceBook
from tests.bot.parlour import parlour
from tests.emulators.anthropic import Emulator, running_emulator
from tests.emulators.anthropic.minds import polite
from tests.emulators.anthropic.replies import Mind
from tests.emulators.anthropic.server import KEY
from tests.personas.salon import Salon


class Later:
    """A brain that is known only when the core exists that it stands on."""

    name = "claude"
    brain: Brain

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        async for step in self.brain.think(scene, done):
            yield step


class Lounge(Salon):
    """A Salon, and `claude`, the emulator. What a persona says is `said`; it shows words as soon as they are true."""

    claude: Emulator

    async def ask(self, who: str, text: str, place: str = "trip") -> str:
        """Say something to Zuri in the trip; what was answered, as one text."""
        before = len(self.room.channel.sent)
        await self.say(place, who, f"Zuri, {text}")
        sent = [o for o in self.room.channel.sent[before:] if o.kind != "person" and not o.partial]
        return "\n".join(o.content.text for o in sent)

    async def spent(self) -> int:
        """What the model has cost in the trip today."""
        return (await self.room.thread("trip")).floor.spent


@asynccontextmanager
async def lounge(
    folder: Path, *services: object, mind: Mind = polite, begin: float = 5.0, end: float = 20.0, spend: int = 2_000_000
) -> AsyncIterator[Lounge]:
    """A core with everything about personas, and with `services`; Ana is in the trip with her persona Zuri."""
    store = SqliteStore(str(folder))
    await store.open((*KINDS, *PERSONA_KINDS))
    memory, later = Remembering(store), Later()
    kept = (Onboarding(store), Library(store), Company(store), Editing(store), Likes(store), memory)
    async with (
        running_emulator(mind) as claude,
        parlour(folder, *kept, *services, brain=later, store=store, memory=memory) as room,
    ):
        offline = OfflineBrain(Understander(room.core.registry, Gazetteer()), VoiceBook())
        first = ClaudeBrain(store, KEY, claude.url)
        later.brain = Backed(first, offline, room.clock, spend=spend, begin=begin, end=end)
        room.core.floor.spend = spend
        room.core.turns.pace = timedelta()
        here = Lounge(room, memory, [])
        here.claude = claude
        await here.make("trip", "Ana", "Zuri", voice="dry", tastes="quiet beaches, no museums")
        room.channel.sent.clear()
        yield here
        await first.close()
    await store.close()
