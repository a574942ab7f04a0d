"""How the core hears of what happened: once it is written down, in order per place, again after a restart."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from bot.documents import Delete, Replace
from bot.errors import Conflict
from bot.model import Entry
from bot.ports import Inbox, SandboxControls, Store
from channels.simulator.records import HAPPENED, Happened

_log = structlog.get_logger()


class Notices:
    """Hands events to the core's inbox. What the core did not take before we stopped is told at the next start."""

    def __init__(self, store: Store, faults: SandboxControls | None) -> None:
        self._store = store
        self._faults = faults
        self._inbox: Inbox | None = None

    async def open(self, inbox: Inbox) -> None:
        """Tell what is still waiting, oldest first."""
        self._inbox = inbox
        while waiting := await self._store.find(HAPPENED, {"waiting": True}, order="made", limit=100):
            for event in waiting:
                await self.tell(event)

    async def tell(self, event: Happened) -> None:
        """Returns when the core has it durably; an event that it has already is left alone."""
        if not event.waiting or event.news is None:
            return
        if self._inbox is None:
            raise RuntimeError("the simulator is not open")
        await self._hand_over(self._inbox, (event.news,))
        told = Replace(HAPPENED, replace(event, news=None, waiting=False)) if event.kept else Delete(HAPPENED, event)
        try:
            await self._store.commit([told], hurry=False)
        except Conflict as conflict:
            _log.debug("told by another process", event=event.id, clash=str(conflict))

    async def _hand_over(self, inbox: Inbox, entries: Sequence[Entry]) -> None:
        """Once; twice where a fault says so, as networks do."""
        doubled = self._faults and await self._faults.take("channel", entries[0].id, kinds=("doubled_notice",))
        await inbox(entries)
        if doubled:
            await inbox(entries)
