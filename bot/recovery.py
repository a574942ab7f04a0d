"""Recovery: what is still open in the Store goes on, after a restart or when its owner has gone."""

from collections.abc import Callable

from bot.clock import Clock
from bot.deliver import Deliverer
from bot.jobs import Jobs
from bot.lane import Lanes
from bot.model import ENTRIES, Entry
from bot.ports import Locks, Store

OLD = 5_000_000_000
_PAGE = 2000


class Recovery:
    """Looks for Entries whose `open` flag is set. `shared`: other processes may be at work on them.

    `worker`: this process handles Entries; one that does not leaves what it hears of to those that do."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, lanes: Lanes, deliverer: Deliverer, jobs: Jobs, shared: bool,
        worker: bool = True,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._locks = store, clock, locks
        self._lanes, self._deliverer, self._jobs, self._shared = lanes, deliverer, jobs, shared
        if shared and worker:
            locks.on_wake("thread", self._woken)

    async def restart(self) -> None:
        """After a start: handle and deliver what an earlier process left, in order, then run what is due."""
        if not self._shared:
            await self._jobs.reclaim()
            for entry in await self._open(lambda entry: True):
                self._again(entry)
        await self._jobs.start_due()

    async def sweep(self) -> None:
        """Now and then: take up what has been open for seconds and nobody here works on."""
        old = self._clock.tick() - OLD
        for entry in await self._open(lambda e: e.arrival < old and not self._at_work(e)):
            if not entry.handled:
                self._lanes.put(entry)
                continue
            await self._deliver_again(entry)

    async def _deliver_again(self, entry: Entry) -> None:
        """Only if nobody is sending to its Place now, and it is open even so."""
        pending = next((d.place for d in entry.deliveries if d.state == "pending"), "")
        async with self._locks.lease(f"place:{pending}") as mine:
            latest = await self._store.get(ENTRIES, entry.id) if mine else None
        if latest is not None and latest.open:
            self._deliverer.put(latest, again=True)

    def _at_work(self, entry: Entry) -> bool:
        return self._lanes.busy(entry.thread) or self._deliverer.busy(entry.thread)

    def _again(self, entry: Entry) -> None:
        if entry.handled:
            self._deliverer.put(entry, again=True)
        else:
            self._lanes.put(entry)

    def _woken(self, thread: str) -> None:
        if thread and not self._lanes.stopping:
            self._lanes.look(thread)

    async def _open(self, wanted: Callable[[Entry], bool]) -> list[Entry]:
        found: list[Entry] = []
        while len(found) % _PAGE == 0:
            page = await self._store.find(ENTRIES, {"open": True}, order="thread", limit=_PAGE, offset=len(found))
            found.extend(page)
            if not page:
                break
        return sorted((e for e in found if wanted(e)), key=lambda e: (e.seq is None, e.seq or 0, e.arrival))
