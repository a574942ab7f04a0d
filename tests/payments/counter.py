"""A core with payments over SQLite and the sandbox service: where tests of collections pay, press and wait."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.brains.offline.understand import Understander
from bot.capability import capabilities_of
from bot.clock import SystemClock
from bot.consent.confirm import Confirmations
from bot.content import Button
from bot.core import Core, Ground, running
from bot.documents import Kind, Replace
from bot.faultpoints import FaultPoints
from bot.faults import FAULTS, StoredFaults
from bot.gazetteer import Gazetteer
from bot.kinds import KINDS
from bot.links import Links
from bot.locking.local import LocalLocks
from bot.model import TOKENS, Entry, Thread
from bot.money import Money
from bot.people import first_id
from bot.ports import Outgoing, Store
from bot.router import MEMBERS_CHANGED
from bot.storage.sqlite import SqliteStore
from bot.turn import Turn
from payments.collecting import collection_id
from payments.gateways.sandbox import KINDS as SANDBOX_KINDS
from payments.gateways.sandbox import SandboxGateway
from payments.gateways.sandbox.books import PAYMENTS
from payments.house import KINDS as PAYMENT_KINDS
from payments.house import PaymentHouse
from payments.model import COLLECTIONS, Collection, Payer, Share
from payments.steps import Step
from tests.bot.parlour import NoMemory, PaperChannel, Parlour, SilentBrain
from tests.payments.invariants import wrong_with
from tests.pinned import pinned_clock

SECRET = "a secret of the tests"
ALL_KINDS: tuple[Kind[Any], ...] = (*KINDS, FAULTS, *SANDBOX_KINDS, *PAYMENT_KINDS)
ABOUT = "checkout"
KES = "KES"
ALL = Money(30_000, KES)


class Counter(Parlour):
    """People of one trip "mombasa" with direct chats, a collection about one purchase, and ways to make things happen.

    `heard`: the news that went up, as (topic, value)."""

    def __init__(
        self, core: Core, store: Store, channel: PaperChannel, clock: SystemClock, house: PaymentHouse,
        faults: StoredFaults, gateway: SandboxGateway,
    ) -> None:  # fmt: skip
        super().__init__(core, store, {"paper": channel}, clock)
        self.house, self.faults, self.gateway = house, faults, gateway
        self.heard: list[tuple[str, dict[str, Any]]] = []
        self._then: dict[str, Callable[[Turn], Awaitable[None]]] = {}

    async def trip(self, *names: str) -> Thread:
        """A group in which everybody has spoken, and has a direct chat."""
        for name in names:
            await self.say("mombasa", name, "hello")
            await self.say(f"{name}-direct", name, "hello", value={"kind": "direct"})
        return await self.thread("mombasa")

    async def do(self, move: Callable[[Turn], Awaitable[Step] | Step]) -> Collection:
        """Something that booking would do in the lane of the trip."""
        thread = await self.thread("mombasa")
        id = f"{thread.id}:call:{self.clock.tick()}"

        async def handle(turn: Turn) -> None:
            step = move(turn)
            step = step if isinstance(step, Step) else await step
            turn.take(step.reply)

        self._then[id] = handle
        await self.hear(Entry(id=id, thread=thread.id, what="test", at=self.clock.now(), value={"move": id}))
        return await self.collection()

    async def handle(self, turn: Turn) -> None:
        await self._then[turn.entry.value["move"]](turn)

    async def told(self, turn: Turn) -> None:
        self.heard.append((turn.entry.value["topic"], turn.entry.value))

    async def call(self, name: str, capability: str, **args: object) -> Entry:
        """A person asks for a Capability, and all that follows is done."""
        heard = await self.hear(await self.asking(name, capability, **args))
        await self.quiet()
        return heard

    async def at_once(self, *asking: Entry) -> None:
        """Several ask before anything of it is done."""
        await self.core.log.append(asking)
        await self.settled()
        await self.quiet()

    async def asking(self, name: str, capability: str, **args: object) -> Entry:
        """What a person asks for, not heard yet."""
        thread = await self.thread("mombasa")
        id = f"{thread.id}:call:{self.clock.tick()}"
        value = {"call": capability, "args": args, "person": person(name), "persona": ""}
        return Entry(
            id=id, thread=thread.id, what="call", at=self.clock.now(), place="paper:main:mombasa", value=value
        )  # fmt: skip

    async def opened(
        self, *names: str, total: Money | None = None, minutes: float = 60, weights: Sequence[int] = ()
    ) -> Collection:  # fmt: skip
        """A collection that these people pay, the first of them its organiser."""
        total = total or Money(30_000, "KES")
        given = weights or [1] * len(names)
        payers = [Payer(person=person(n), name=n, weight=w) for n, w in zip(names, given, strict=True)]
        until = self.clock.now() + timedelta(minutes=minutes)
        return await self.do(
            lambda turn: self.house.collections.open(
                turn, about=ABOUT, title="Mombasa", total=total, payers=payers, deadline=until,
                organiser=person(names[0]),
            )
        )  # fmt: skip

    async def collection(self) -> Collection:
        """As it stands."""
        thread = await self.thread("mombasa")
        found = await self.store.get(COLLECTIONS, collection_id(thread.id, ABOUT))
        assert found is not None
        return found

    async def share(self, name: str, role: str = "own") -> Share:
        """The newest share of a person."""
        c = await self.collection()
        return next(s for s in reversed(c.shares) if s.person == person(name) and s.role == role)

    async def states(self) -> dict[str, str]:
        """Name -> state of everybody's newest share."""
        return {s.name: s.state for s in (await self.collection()).shares}

    async def pays(self, name: str, role: str = "own") -> None:
        """A person pays on the page they were sent, and the service tells us."""
        await self.gateway.pay((await self.share(name, role)).payment)
        await self.quiet()

    async def declines(self, name: str, role: str = "own") -> None:
        await self.gateway.decline((await self.share(name, role)).payment)
        await self.quiet()

    async def quiet(self) -> None:
        """Until all that is due is done."""
        await self.core.jobs.run_due()
        await self.settled()

    async def passes(self, **by: float) -> None:
        """Time goes by, in pieces, so that what falls due is done in its order."""
        left = timedelta(**by)
        end = self.clock.now() + left
        while (due := await self.core.jobs.next_due()) is not None and due <= end:
            self.clock.offset += max(timedelta(), due - self.clock.now())
            await self.quiet()
        self.clock.offset += max(timedelta(), end - self.clock.now())
        await self.quiet()

    async def covers(self, repriced: Money | None = None) -> Collection:
        """Booking's answer to covered: the price fits."""
        c = await self.collection()
        return await self.do(lambda turn: self.house.collections.fits(turn, c, repriced or c.total))

    async def takes(self, confirmed: Money) -> Collection:
        c = await self.collection()
        return await self.do(lambda turn: self.house.collections.take(turn, c, confirmed))

    async def releases(self, why: str = "sold out") -> Collection:
        c = await self.collection()
        return await self.do(lambda turn: self.house.collections.release(turn, c, why))

    async def refunds(self, amount: Money, key: str = "cancelled", why: str = "cancelled") -> Collection:
        c = await self.collection()
        by = c.organiser
        return await self.do(lambda turn: self.house.collections.refund(turn, c, amount, why, key, by=by))

    def shown(self, place: str) -> dict[str, Outgoing]:
        """The messages as they stand in a place, by the id shown."""
        return {o.shown: o for o in self.channel.sent if o.place == f"paper:main:{place}"}

    def buttons(self, place: str, who: str = "") -> dict[str, Button]:
        """The buttons that a person sees in a place, by label."""
        seen = [o for o in self.shown(place).values() if not o.reader or f"paper:{who}" in o.reader]
        return {b.label: b for o in seen for b in o.content.buttons}

    async def press(self, place: str, who: str, label: str) -> Entry:
        """Press a button that this person sees, here or in their direct chat."""
        where = place if label in self.buttons(place, who) else f"{who}-direct"
        return await self.presses(where, who, self.buttons(where, who)[label].id)

    async def presses(self, place: str, who: str, token: str) -> Entry:
        """Press what one may not even see."""
        found = await self.store.get(TOKENS, token)
        about = found.answer if found else ""
        entry = self.entry(place, who, "", what="press", object=about, value={"kind": "group", "token": token})
        return await self.hear(replace(entry, id=f"{entry.id}:press"))

    async def check(self) -> None:
        """No invariant is broken."""
        assert await wrong_with(self.store) == []


def person(name: str) -> str:
    """The Person's id."""
    return first_id(f"paper:{name}")


async def ready(shop: Counter, *names: str, **more: Any) -> None:
    """A trip whose people have their links."""
    await shop.trip(*names)
    await shop.opened(*names, **more)


async def committed(shop: Counter, *names: str, total: Money = ALL) -> None:
    """All have paid and it was booked."""
    await ready(shop, *names, total=total)
    for name in names:
        await shop.pays(name)
    await shop.covers()
    assert (await shop.takes(total)).state == "committed"


async def late(shop: Counter, payment: str) -> None:
    """A service that let somebody pay on a page that we closed, and tells us so."""
    held = await shop.store.get(PAYMENTS, payment)
    assert held is not None
    until = shop.clock.now() + timedelta(days=7)
    await shop.store.commit([Replace(PAYMENTS, replace(held, state="authorized", held_until=until))])
    thread = (await shop.thread("mombasa")).id
    value = {"topic": "notice", "payment": payment, "about": dict(held.about)}
    await shop.hear(Entry(id=f"{thread}:payment:late", thread=thread, what="payment", at=shop.clock.now(), value=value))


async def leaves(shop: Counter, name: str) -> None:
    """The network tells that somebody is no longer in the group."""
    gone = shop.entry("mombasa", name, "", what="member")
    removed = [{"identity": f"paper:{name}", "name": name}]
    await shop.hear(replace(gone, id=f"{gone.id}:member", author="", value={"kind": "group", "removed": removed}))
    assert (await shop.thread("mombasa")).member(person(name)) is None
    await shop.quiet()


@asynccontextmanager
async def counter(folder: Path, store: Store | None = None) -> AsyncIterator[Counter]:
    """A running core with payments."""
    clock, channel, own = pinned_clock(), PaperChannel(), store or SqliteStore(str(folder))
    core = Core(
        Ground(store=own, locks=LocalLocks(), clock=clock, channels={"paper": channel}, points=FaultPoints())
    )  # fmt: skip
    if store is None:
        await own.open(ALL_KINDS)
    faults = StoredFaults(own, clock)
    gateway = SandboxGateway(own, clock, faults, SECRET, "http://127.0.0.1:8080")
    links = Links(SECRET, "http://127.0.0.1:8080", clock)
    house = PaymentHouse(own, clock, gateway, links, core.people)
    made = Counter(core, own, channel, clock, house, faults, gateway)
    for service in (*house.services, house.admin, Confirmations(own)):
        core.registry.add(*capabilities_of(service, "payments"))
    core.connect(
        understands=Understander(core.registry, Gazetteer()), brain=SilentBrain(lambda scene: ()), memory=NoMemory(),
        work={**house.work(), "sandbox_notice": gateway.notify, "sandbox_alarm": gateway.alarm},
        news={**house.news(), "payment:covered": made.told, "payment:ended": made.told, "test": made.handle,
            MEMBERS_CHANGED: house.members_changed},
    )  # fmt: skip
    gateway.started_by(core.jobs.put)
    async with running(core, core._ground):
        yield made
    if store is None:
        await own.close()
