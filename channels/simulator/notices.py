"""How the core hears of what happened: once it is written down, in order per place, again until it has it."""

import asyncio
import contextlib
from dataclasses import replace

import structlog

from bot.clock import Clock
from bot.documents import Delete, Replace
from bot.errors import Conflict
from bot.ports import Inbox, SandboxControls, Store
from channels.simulator.records import HAPPENED, Happened

_log = structlog.get_logger()
_PAUSE = 1.0


class Notices:
    """Hands events to the core's inbox. What the core did not take is told again, after a restart too."""

    def __init__(self, store: Store, clock: Clock, faults: SandboxControls) -> None:
        self._store, self._clock, self._faults = store, clock, faults
        self._inbox: Inbox | None = None
        self._again: asyncio.Task[None] | None = None
        self._closing = False
        self._marking: set[asyncio.Task[None]] = set()

    async def open(self, inbox: Inbox) -> None:
        """Tell what is still waiting, oldest first."""
        self._inbox, self._closing = inbox, False
        await self._tell_waiting()

    async def close(self) -> None:
        """Stop trying again and marking; what is not marked is told after the next start."""
        self._closing = True
        if self._again is not None:
            self._again.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._again
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
        try:
            await self._tell(event)
        except Exception:
            self._try_again()
            raise
        if self._closing:
            return
        task = asyncio.create_task(self._mark(event))
        self._marking.add(task)
        task.add_done_callback(self._marking.discard)

    async def _tell(self, event: Happened) -> None:
        if event.news is None:
            return
        if self._inbox is None:
            raise RuntimeError("the simulator is not open")
        doubled = await self._faults.take("channel", event.news.place, kinds=("doubled_notice",))
        for _ in range(2 if doubled else 1):
            await self._inbox((event.news,))

    async def _mark(self, event: Happened) -> None:
        told = Replace(HAPPENED, replace(event, news=None, waiting=False)) if event.kept else Delete(HAPPENED, event)
        try:
            await self._store.commit([told], hurry=False)
        except Conflict as conflict:
            _log.debug("told by another process", clash=str(conflict))

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
