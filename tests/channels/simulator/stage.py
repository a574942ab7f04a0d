"""The simulator with a core that only listens: what tests of the simulator stand on."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.clock import SystemClock
from bot.content import Content
from bot.errors import Explain, NotAllowed
from bot.faults import FAULTS, StoredFaults
from bot.model import BLOBS, Entry
from bot.ports import Outgoing, Store
from bot.storage import STORES
from bot.storage.sqlite import SqliteStore
from channels.simulator.channel import SimulatorChannel
from channels.simulator.http import Simulator, World, routes
from tests.waiting import PATIENCE

Json = dict[str, Any]


class QuickClock(SystemClock):
    """The machine's time without its pauses, which are noted."""

    def __init__(self) -> None:
        super().__init__()
        self.pauses: list[float] = []

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        await asyncio.sleep(0.001)


class Stage:
    """One process: store, channel, HTTP client, and a core that remembers what it heard."""

    def __init__(self, where: Path | str, wrap: Callable[[Store], Store] = lambda store: store) -> None:
        self.store = wrap(SqliteStore(where, alone=False) if isinstance(where, Path) else STORES["mongo"](where))
        self.clock = QuickClock()
        self.faults = StoredFaults(self.store, self.clock)
        self.channel = SimulatorChannel(self.store, self.clock, self.faults)
        self.heard: list[Entry] = []
        self.asleep = False
        self.resting = True
        self.seated: list[str] = []
        self.forbidden: dict[str, Exception] = {}
        self.moved: list[timedelta] = []
        self.world: World | None = None
        self._sent = 0
        self._news = asyncio.Event()

    async def inbox(self, entries: Sequence[Entry]) -> None:
        if self.asleep:
            raise ConnectionError("the core is away")
        self.heard += [e for e in entries if e.id not in {h.id for h in self.heard}]
        self._news.set()

    async def hears(self, entry: str) -> None:
        """Until the core has heard that Entry."""
        while entry not in {e.id for e in self.heard}:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)

    async def open(self) -> None:
        await self.store.open([*SimulatorChannel.kinds, FAULTS, BLOBS])
        app = web.Application()
        app.add_routes(routes(self.simulator()))
        self.client = TestClient(TestServer(app))
        await self.client.start_server()
        await self.channel.open(self.inbox)

    def simulator(self) -> Simulator:
        return Simulator(
            store=self.store, clock=self.clock, channel=self.channel, thread_of=self.thread_of,
            may_press=self.may_press, idle=self.idle, advance=self.advance, faults=self.faults, world=self.world,
            personas=self.personas,
        )  # fmt: skip

    async def close(self) -> None:
        await self.channel.close()
        await self.client.close()
        await self.store.close()

    async def thread_of(self, place: str) -> str:
        return f"thread of {place}"

    async def may_press(self, token: str, person: str) -> None:
        if token in self.forbidden:
            raise self.forbidden[token]

    async def personas(self, thread: str) -> list[str]:
        return self.seated

    async def idle(self, thread: str) -> bool:
        return self.resting

    async def advance(self, by: timedelta) -> None:
        self.moved.append(by)
        self.clock.offset += by

    async def post(self, what: str, status: int = 200, **body: Any) -> Json:
        """POST /simulator/{what}; `as_` stands for "as"."""
        if "as_" in body:
            body["as"] = body.pop("as_")
        async with self.client.post(f"/simulator/{what}", json=body) as answer:
            found: Json = await answer.json()
            assert answer.status == status, found
        assert status == 200 or set(found) == {"error", "message"}
        return found

    async def get(self, what: str, status: int = 200, **query: Any) -> Json:
        if "as_" in query:
            query["as"] = query.pop("as_")
        async with self.client.get(f"/simulator/{what}", params=query) as answer:
            found: Json = await answer.json()
            assert answer.status == status, found
        return found

    async def place(self, *people: str, **more: Any) -> str:
        made = await self.post("places", title=more.pop("title", "Lamu"), people=list(people or ("Ana", "Ben")), **more)
        return str(made["place"])

    async def shown(self, place: str, as_: str = "", after: int = 0) -> list[Json]:
        found: list[Json] = (await self.get("transcript", place=place, as_=as_, after=after))["entries"]
        return found

    async def now_shown(self, place: str, as_: str = "") -> list[Json]:
        """Each message as it stands, in the order of its first appearance."""
        latest: dict[str, Json] = {}
        for entry in await self.shown(place, as_):
            latest[entry["id"]] = entry
        return list(latest.values())

    async def send(self, place: str, content: Content | str, **more: Any) -> tuple[str, ...]:
        return await self.channel.send(self.outgoing(place, content, **more))

    def outgoing(self, place: str, content: Content | str, **more: Any) -> Outgoing:
        self._sent += 1
        shown = more.pop("shown", f"answer{self._sent}")
        content = Content(text=content) if isinstance(content, str) else content
        return Outgoing(
            **{"id": f"{shown}@{place}", "place": place, "what": "send", "content": content, "shown": shown} | more
        )


@contextlib.asynccontextmanager
async def staged(where: Path | str, world: World | None = None) -> AsyncIterator[Stage]:
    """A Stage that is open, on SQLite in a folder or on MongoDB at a URL."""
    stage = Stage(where)
    stage.world = world
    await stage.open()
    try:
        yield stage
    finally:
        await stage.close()


NOT_YOURS = NotAllowed("That button is for somebody else.")
OVER = Explain("That button no longer works.")
