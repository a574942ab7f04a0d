"""A stall with suppliers and a payment service where nothing runs by itself: every Job and Entry waits for its turn."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from booking.inventory import Inventory
from booking.ports import InventoryProvider
from booking.providers.sandbox import Sandbox
from booking.sale.house import SaleHouse
from booking.search import SearchService
from bot.errors import AskAgain, CaravanError
from bot.locking.local import LocalLocks
from bot.model import Entry, Job, Person
from bot.people import People
from bot.ports import Ask
from bot.sealed import Sealer
from bot.turn import Turn
from tests.booking.bazaar import ATLAS
from tests.booking.shop import NoPapers
from tests.payments.table import THREAD, Table, table

WORLD = 1


@dataclass(slots=True)
class Stall(Table):
    """A table at which booking sells, too. `told`: news that came already, to come again."""

    sale: Any = None
    sale_suppliers: Sequence[InventoryProvider] = ()
    told: list[Entry] = field(default_factory=list)

    async def handle(self) -> None:
        """The oldest waiting Entry goes through the lane, to whom it is for."""
        entry = self.entries.pop(0)
        self.told.append(entry)
        if entry.what == "result":
            if "then" in entry.value:
                await self._turn(entry, self._followed)
            return
        news = {**self.house.news(), **self.sale.news()}
        await self._turn(entry, news[f"{entry.what}:{entry.value['topic']}"])

    async def press(self, person: str, call: str, **args: Any) -> bool:
        """A Capability behind a button; whether it was possible."""
        run = self._capability(call)

        async def handle(turn: Turn) -> None:
            turn.take(await run(self._ask(turn, person), **args))

        try:
            return await self._turn(self._entry("press", {}), handle)
        except AskAgain:
            return False

    async def look(self, person: str, call: str, **args: Any) -> None:
        """Ask for a Capability that calls out."""
        id = f"look-{self.clock.tick()}"
        asked = {"call": call, "args": args, "person": person}
        self.append(await self.call(Job(id=id, name="call", thread=THREAD, due_at=self.clock.now(), args=asked)))

    async def call(self, job: Job) -> Entry | None:
        """What a Capability that calls out comes to."""
        asked, person = job.args, Person(id=job.args["person"], name=job.args["person"])
        ask = Ask(person=person, thread=self.thread, now=self.clock.now(), key=job.id)
        try:
            reply = await self._capability(asked["call"])(ask, **asked["args"])
        except CaravanError:
            return None
        if reply.then is None:
            return None
        value = {"then": reply.then.name, "args": dict(reply.then.args), "person": person.id}
        id = f"{THREAD}:result:{job.id}"
        return Entry(id=id, thread=THREAD, what="result", at=self.clock.now(), value=value)

    async def _followed(self, turn: Turn) -> None:
        value = turn.entry.value
        turn.take(await self._capability(value["then"])(self._ask(turn, value["person"]), **value["args"]))

    def _ask(self, turn: Turn, person: str) -> Ask:
        who = Person(id=person, name=person)
        return Ask(person=who, thread=turn.thread, now=turn.now, key=turn.entry.id, entry=turn.entry)

    def _capability(self, call: str) -> Callable[..., Awaitable[Any]]:
        services = (*self.house.services, *self.sale.services)
        found: Callable[..., Awaitable[Any]] = next(getattr(s, call) for s in services if hasattr(s, call))
        return found


def stall(*names: str) -> Stall:
    """A trip of these people, and suppliers of the sandbox."""
    t = table(*names)
    made = Stall(t.store, t.clock, t.gateway, t.faults, t.house, t.thread, work=t.work)
    world = Sandbox(WORLD, atlas=ATLAS, store=t.store, clock=t.clock, controls=t.faults, delay=(0, 0))
    inventory = Inventory(world.suppliers, t.clock)
    search = SearchService(inventory, ATLAS, _nothing_before)
    made.sale = SaleHouse(
        t.store, t.clock, inventory, ATLAS, t.house.collections, People(t.store, LocalLocks(), ()),
        Sealer("secret of a bench"), NoPapers(), search.offer_of,
    )  # fmt: skip
    made.sale_suppliers = world.suppliers
    made.work = {**t.work, **made.sale.work(), "call": made.call}
    made.gateway.started_by(lambda job: None)
    return made


async def _nothing_before(thread: str) -> None:
    return None
