"""The simulator connected to a running core: what its HTTP side needs to know of Threads, buttons and time."""

import asyncio
import contextlib
from collections.abc import Coroutine, Sequence
from datetime import timedelta
from typing import Any

from aiohttp import web

from bot.calls import check_press
from bot.cancelling import end
from bot.clock import SystemClock
from bot.controls import SandboxControls
from bot.core import Core, Ground
from bot.errors import Explain, RetryLater
from bot.model import IDENTITIES, THREADS, TOKENS
from bot.ports import Channel, Locks, Store
from bot.texts import say
from channels.simulator.channel import SimulatorChannel
from channels.simulator.hosts import Hosts
from channels.simulator.http import Simulator, World, routes
from channels.simulator.inbound import identity
from channels.simulator.published import ClockOffset

_TOPIC = "clock"
_LOOK_EVERY = 5.0


class FollowedClock:
    """A process's clock that goes with the simulator's, wherever that was moved. Also an async context:

    inside it the clock is right from the first moment, whatever the role of this process."""

    def __init__(self, store: Store, locks: Locks, clock: SystemClock) -> None:
        self._offset, self._locks, self._clock = ClockOffset(store), locks, clock
        self._looking: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "FollowedClock":
        await self.look()
        self._locks.on_wake(_TOPIC, lambda message: self._keep(self.look()))
        self._keep(self._look_again())
        return self

    async def __aexit__(self, *error: object) -> None:
        await end(self._looking)

    async def look(self) -> None:
        """Take over the clock as it was last moved."""
        self._clock.offset = await self._offset.read()

    async def _look_again(self) -> None:
        """A process that was not told finds out."""
        while True:
            await self._clock.sleep(_LOOK_EVERY)
            with contextlib.suppress(RetryLater):
                await self.look()

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._looking.add(task)
        task.add_done_callback(self._looking.discard)


class Connected:
    """What the simulator asks the core."""

    def __init__(self, core: Core, ground: Ground, clock: SystemClock) -> None:
        self._core, self._ground, self._clock = core, ground, clock
        self._offset = ClockOffset(ground.store)

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

    async def language_of(self, person: str) -> str:
        """What somebody of this name is written to in, "" if that was never said."""
        known = await self._core.people.behind(identity(person))
        return known.language if known else ""

    async def advance(self, by: timedelta) -> None:
        """Move the clock of every process and run what is due before answering."""
        self._clock.offset = await self._offset.read()
        await self._ground.locks.wake(_TOPIC)
        await self._core.jobs.run_due()


async def simulator_routes(
    core: Core,
    ground: Ground,
    clock: SystemClock,
    channel: Channel,
    faults: SandboxControls,
    world: World,
    hosts: Hosts,
) -> list[web.RouteDef]:
    """The simulator's doors, for a process that serves the web."""
    if not isinstance(channel, SimulatorChannel):
        raise TypeError("these doors are the simulator's")
    connected = Connected(core, ground, clock)
    simulator = Simulator(
        store=ground.store, clock=clock, channel=channel, thread_of=connected.thread_of,
        may_press=connected.may_press, idle=core.idle, advance=connected.advance, faults=faults, world=world,
        personas=connected.personas, language_of=connected.language_of, hosts=hosts,
    )  # fmt: skip
    return routes(simulator)
