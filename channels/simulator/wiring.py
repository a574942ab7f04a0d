"""The simulator connected to a running core: what its HTTP side needs to know of Threads, buttons and time."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from aiohttp import web

from bot.calls import check_press
from bot.clock import SystemClock
from bot.controls import SandboxControls
from bot.core import Core, Ground
from bot.errors import Explain
from bot.model import IDENTITIES, THREADS, TOKENS
from bot.ports import Channel
from bot.texts import say
from channels.simulator.channel import SimulatorChannel
from channels.simulator.http import Simulator, World, routes
from channels.simulator.inbound import identity
from channels.simulator.published import ClockOffset

_TOPIC = "clock"


class Connected:
    """What the simulator asks the core."""

    def __init__(self, core: Core, ground: Ground, clock: SystemClock) -> None:
        self._core, self._ground, self._clock = core, ground, clock
        self._offset = ClockOffset(ground.store)
        self._tasks: set[asyncio.Task[None]] = set()
        ground.locks.on_wake(_TOPIC, lambda message: self._later())

    async def open(self) -> None:
        """Take over the clock as it was last moved."""
        self._clock.offset = await self._offset.read()

    async def thread_of(self, place: str) -> str:
        """The Thread that a Place speaks to."""
        found = await self._core.places.get(place)
        return (found.focus or found.thread) if found else ""

    async def may_press(self, token: str, person: str) -> None:
        """NotAllowed or Explain if this person cannot press that button now."""
        button = await self._ground.store.get(TOKENS, token)
        known = await self._ground.store.get(IDENTITIES, identity(person))
        human = await self._core.people.get(known.person) if known else None
        if button is None or human is None:
            raise Explain(say("expired"))
        check_press(button, human, self._clock.now())

    async def personas(self, thread: str) -> Sequence[str]:
        """Who sits in a Thread."""
        found = await self._ground.store.get(THREADS, thread)
        return [s.name for s in found.seats] if found else []

    async def advance(self, by: timedelta) -> None:
        """Move the clock of every process and run what is due before answering."""
        await self.open()
        await self._ground.locks.wake(_TOPIC)
        await self._core.jobs.run_due()

    def _later(self) -> None:
        task = asyncio.create_task(self.open())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def simulator_routes(
    core: Core, ground: Ground, clock: SystemClock, channel: Channel, faults: SandboxControls, world: World
) -> list[web.RouteDef]:
    """The simulator's doors, for a process that serves the web."""
    if not isinstance(channel, SimulatorChannel):
        raise TypeError("these doors are the simulator's")
    connected = Connected(core, ground, clock)
    await connected.open()
    simulator = Simulator(
        store=ground.store, clock=clock, channel=channel, thread_of=connected.thread_of,
        may_press=connected.may_press, idle=core.idle, advance=connected.advance, faults=faults, world=world,
        personas=connected.personas,
    )  # fmt: skip
    return routes(simulator)
