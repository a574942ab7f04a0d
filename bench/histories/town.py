"""The whole application in this process, in one life after the other: it is closed or dies, and is opened again."""

import asyncio
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import structlog

from app import STORED, base, chosen_store, furnish
from bot.capability import Capability
from bot.clock import SystemClock
from bot.core import Core
from bot.documents import Document, Kind, Op, Where
from bot.model import ENTRIES
from bot.ports import Features, Inbox, Outgoing, RawRequest, Receipt, Store
from bot.settings import Settings

D = TypeVar("D", bound=Document)
BEGINNING = datetime(2026, 11, 20, 12, tzinfo=UTC)
FEATURES = Features(
    edits=True, deletes=True, replies=True, private_replies=True, own_names=True, streams=True, buttons=9,
    idempotent_sends=True,
)  # fmt: skip
_SECRET = "bench-secret-key-for-loopback-only-0123456789"
_REMEMBERED = 60
_PATIENCE = 30.0


class StoryClock(SystemClock):
    """Time that goes by only when it is told to; whoever sleeps is awake at once, and later."""

    def now(self) -> datetime:
        return BEGINNING + self.offset

    async def sleep(self, seconds: float) -> None:
        self.offset += timedelta(seconds=min(seconds, 5.0))
        await asyncio.sleep(0)


class CoreClock(StoryClock):
    """The same time for the core, whose pauses between tries are real ones."""

    def __init__(self, story: StoryClock) -> None:
        super().__init__()
        self._story = story

    def now(self) -> datetime:
        return self._story.now()

    def tick(self) -> int:
        return self._story.tick()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Wall:
    """A network that outlives every process: what hangs in a place, by the id shown, the newest last."""

    name = "paper"

    def __init__(self) -> None:
        self.places: defaultdict[str, dict[str, Outgoing]] = defaultdict(dict)

    def features(self, place: str) -> Features:
        return FEATURES

    async def open(self, inbox: Inbox) -> None: ...
    async def close(self) -> None: ...
    async def publish_commands(self, capabilities: Sequence[Capability]) -> None: ...

    async def receive(self, request: RawRequest) -> Receipt:
        return Receipt(status=404)

    async def send(self, outgoing: Outgoing) -> tuple[str, ...]:
        hanging = self.places[outgoing.place]
        hanging[outgoing.shown] = outgoing
        if len(hanging) > _REMEMBERED:
            del hanging[next(iter(hanging))]
        return (outgoing.shown,)


class DeadError(Exception):
    """A process that was killed does nothing any more."""


class Mortal:
    """The Store as one life sees it; `dead`: nothing that this life still wants takes effect.

    `touched`: which documents somebody wanted to change, by kind."""

    def __init__(self, store: Store, touched: defaultdict[str, set[str]]) -> None:
        self._store, self._touched, self.dead = store, touched, False

    async def open(self, kinds: Sequence[Kind[Any]]) -> None:
        await self._store.open(kinds)

    async def close(self) -> None:
        await self._store.close()

    async def get(self, kind: Kind[D], id: str) -> D | None:
        self._alive()
        return await self._store.get(kind, id)

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        self._alive()
        return await self._store.find(kind, where, order=order, limit=limit, offset=offset)

    async def commit(self, ops: Sequence[Op], *, hurry: bool = True) -> None:
        self._alive()
        for op in ops:
            self._touched[op.kind.name].add(op.value.id)
        await self._store.commit(ops)  # nobody waits for company here

    def _alive(self) -> None:
        if self.dead:
            raise DeadError


class Mishaps(list[str]):
    """What the application logs as an error: something nobody had thought of. Not what a killed life still says."""

    def __call__(self, logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        error = sys.exc_info()[1]
        if method in ("error", "exception", "critical") and not _dead(error):
            self.append(f"{event.get('event')} {event.get('job', event.get('entry', ''))}: {error!r}")
        raise structlog.DropEvent

    @contextmanager
    def noticed(self) -> Iterator[None]:
        """While nothing else is logged."""
        processors = structlog.get_config()["processors"]
        kept = processors[:]
        processors[:] = [self]
        try:
            yield
        finally:
            processors[:] = kept


def _dead(error: BaseException | None) -> bool:
    while error is not None and not isinstance(error, DeadError):
        error = error.__cause__ or error.__context__
    return error is not None


class Town:
    """`wall`, `clock`, `touched` and what is stored outlive the application; all else is of its present life."""

    def __init__(self, folder: Path, *, mongo_url: str = "", seed: int = 1) -> None:
        self._settings = Settings(
            data_dir=folder, secret_key=_SECRET, owners="paper:Ana", simulator=True, mongo_url=mongo_url,
            sandbox_seed=seed, anthropic_api_key="",
        )  # fmt: skip
        self.wall, self.clock = Wall(), StoryClock()
        self.touched: defaultdict[str, set[str]] = defaultdict(set)

    async def open(self) -> None:
        """Start, and take up what an earlier life left."""
        self._mortal = Mortal(chosen_store(self._settings), self.touched)
        b = base(self._settings, clock=self.clock, store=self._mortal, delay=(0, 0))
        b.channels.clear()
        b.channels[self.wall.name] = self.wall
        self.store, self.faults, self.gateway, self.sandbox = b.store, b.faults, b.gateway, b.sandbox
        self.core = core = Core(replace(b.ground("all"), clock=CoreClock(self.clock)))
        furnish(b, core)
        self.gateway.started_by(core.start)
        await self.store.open(STORED)
        await core.recovery.restart()

    async def close(self) -> None:
        """End it in order."""
        await self.core.close()
        self._mortal.dead = True
        await self.store.close()

    async def die(self) -> None:
        """As by SIGKILL: what was on its way to the store may arrive there; nothing else happens any more."""
        self._mortal.dead = True
        mine = [task for task in asyncio.all_tasks() if task is not asyncio.current_task() and not _of_store(task)]
        for task in mine:
            task.cancel()
        await asyncio.gather(*mine, return_exceptions=True)
        await self.store.close()

    async def quiet(self) -> None:
        """Until everything that is due is done."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            await self.core.jobs.start_due()
            await self._settled(until)
            first = await self.core.jobs.next_due()
            if first is None or first > self.clock.now():
                return
        raise AssertionError("it does not come to rest")

    async def _settled(self, until: float) -> None:
        core = self.core
        while time.monotonic() < until:
            while core.lanes.threads or core.deliverer.places or core.jobs.running:
                await asyncio.sleep(0.0005)
                if time.monotonic() > until:
                    break
            if not await self.store.find(ENTRIES, {"open": True}, limit=1):
                return
            await asyncio.sleep(0.001)
        left = await self.store.find(ENTRIES, {"open": True}, limit=5)
        raise AssertionError(f"still open: {[(e.id, e.handled) for e in left]}, jobs {core.jobs.running}")

    async def passes(self, **by: float) -> None:
        """Time goes by, in pieces, so that what falls due is done in its order."""
        end = self.clock.now() + timedelta(**by)
        await self.quiet()
        while (due := await self.core.jobs.next_due()) is not None and due <= end:
            self.clock.offset += max(timedelta(), due - self.clock.now())
            await self.quiet()
        self.clock.offset += max(timedelta(), end - self.clock.now())
        await self.quiet()


def _of_store(task: asyncio.Task[object]) -> bool:
    code = getattr(task.get_coro(), "cr_code", None)
    where = code.co_filename if code else ""
    return "pymongo" in where or "/storage/" in where
