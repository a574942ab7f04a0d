"""How the core hears of what happened: once it is written down, in order per place, again until it has it."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any

import structlog

from bot.clock import Clock
from bot.controls import SandboxControls
from bot.documents import Delete, Replace
from bot.errors import Conflict, RetryLater, Unknown
from bot.ports import Inbox, Store
from channels.simulator.records import HAPPENED, Happened

_log = structlog.get_logger()
_PAUSE = 1.0
# What can happen to news on its way to the core: it comes twice, late, or not before the network tries again.
FAULTS = ("doubled_notice", "late_notice", "lost_notice")


class Notices:
    """Hands events to the core's inbox. What the core did not take is told again, after a restart too.

    `told(place)` is called when the core has heard of something there."""

    def __init__(self, store: Store, clock: Clock, faults: SandboxControls, told: Callable[[str], None]) -> None:
        self._store, self._clock, self._faults, self._told = store, clock, faults, told
        self._inbox: Inbox | None = None
        self._again: asyncio.Task[None] | None = None
        self._closing = False
        self._marking: set[asyncio.Task[None]] = set()
        self._later: set[asyncio.Task[None]] = set()

    async def open(self, inbox: Inbox) -> None:
        """Tell what is still waiting, oldest first; what the core does not take now is told again later."""
        self._inbox, self._closing = inbox, False
        try:
            await self._tell_waiting()
        except Exception as error:
            _log.warning("the core does not take what happened", error=type(error).__name__)
            self._try_again()

    async def close(self) -> None:
        """Stop trying again and marking; what is not marked is told after the next start."""
        self._closing = True
        waiting = [task for task in (self._again, *self._later) if task is not None]
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        await self.settle()

    async def settle(self) -> None:
        """Until it is written down what the core has heard."""
        if self._marking:
            await asyncio.wait(self._marking)

    async def tell(self, event: Happened) -> None:
        """Returns when the core has it durably; an event that it has already is left alone.

        That it was told is written down a little later: the core knows what it has heard before."""
        if not event.waiting:
            return
        place = event.news.place if event.news else ""
        fault = await self._faults.take("channel", place, kinds=FAULTS)
        if fault and fault.kind != "doubled_notice":
            return self._keep(self._later, self._tell_late(event, fault.by or _PAUSE))
        try:
            for _ in range(2 if fault else 1):
                await self._tell(event)
        except Exception:
            self._try_again()
            raise
        if not self._closing:
            self._keep(self._marking, self._mark(event))

    async def _tell_late(self, event: Happened, seconds: float) -> None:
        """A network that was late or had to try again; the other news of the place overtakes it."""
        await self._clock.sleep(seconds)
        try:
            await self._tell(event)
        except Exception:
            self._try_again()
            raise
        await self._mark(event)

    @staticmethod
    def _keep(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    async def _tell(self, event: Happened) -> None:
        if event.news is None:
            return
        if self._inbox is None:
            raise RuntimeError("the simulator is not open")
        await self._inbox((event.news,))
        self._told(event.news.place)

    async def _mark(self, event: Happened) -> None:
        told = Replace(HAPPENED, replace(event, news=None, waiting=False)) if event.kept else Delete(HAPPENED, event)
        try:
            await self._store.commit([told], hurry=False)
        except Conflict as conflict:
            _log.debug("told by another process", clash=str(conflict))
        except (RetryLater, Unknown):
            self._try_again()

    async def _tell_waiting(self) -> None:
        while waiting := await self._store.find(HAPPENED, {"waiting": True}, order="made", limit=100):
            for event in waiting:
                await self._tell(event)
                await self._mark(event)

    def _try_again(self) -> None:
        if self._again is None or self._again.done():
            self._again = asyncio.create_task(self._until_told())

    async def _until_told(self) -> None:
        while True:
            await self._clock.sleep(_PAUSE)
            try:
                return await self._tell_waiting()
            except Exception as error:
                _log.warning("the core does not take what happened", error=type(error).__name__)
