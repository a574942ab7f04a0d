"""The composition root: settings -> adapters -> services -> registry -> run. Imports everything, imported by nobody."""

import argparse
import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from booking.declared import EXAMPLES
from booking.declared_sw import DECLARED as OF_BOOKING
from booking.holdings import BookingHoldings
from booking.inventory import Inventory
from booking.itinerary.editing import TripEditing
from booking.itinerary.keeping import PROPOSALS
from booking.itinerary.planning import TripPlanning
from booking.itinerary.purse import StoredRates
from booking.papers.desk import Desk
from booking.providers import PROVIDERS
from booking.providers.sandbox import DELAY, Sandbox
from booking.providers.sandbox import KINDS as SANDBOX_KINDS
from booking.sale.holdings import SaleHoldings
from booking.sale.house import KINDS as SALE_KINDS
from booking.sale.house import SaleHouse
from booking.sale.taking_over import BookingTakesOver
from booking.sale.travellers import Names
from booking.search import SearchService
from booking.trips import RATES, TRIP_VERSIONS, TRIPS
from bot.brains import BrainParts, brain_of
from bot.brains.offline.brain import OfflineBrain
from bot.brains.offline.swahili import Bilingual
from bot.brains.offline.understand import Understander
from bot.brains.offline.understand_cli import answer_lines
from bot.capability import capabilities_of
from bot.clock import SystemClock
from bot.core import Core, Ground, running
from bot.declared_sw import DECLARED as OF_CORE
from bot.documents import Kind
from bot.errors import Misconfigured
from bot.faultpoints import from_environment
from bot.faults import FAULTS, StoredFaults
from bot.file_links import FileLinks
from bot.files import Files
from bot.gazetteer import Gazetteer
from bot.holdings import CoreHoldings
from bot.kinds import KINDS
from bot.language import ENGLISH, SWAHILI
from bot.links import Links
from bot.locking import LOCKS
from bot.logs import configure_logs
from bot.metrics import metrics_of
from bot.minds import Brain, Closes
from bot.people import INSTALLATION
from bot.ports import Channel, ChannelParts, Holdings, HoldsPeople, Locks, Store
from bot.powers import KnowsItself
from bot.premises import Premises
from bot.sealed import Sealer
from bot.secret import secret_key
from bot.serve import serve
from bot.settings import Settings, read_settings
from bot.storage import STORES
from bot.strangers.guard import bounds
from bot.together import SeesItsEntry
from bot.tracing import Tracing, tracing_of
from bot.web import Health, Hooks, application
from channels import CHANNELS
from payments.declared_sw import DECLARED as OF_PAYMENTS
from payments.gateways.sandbox import KINDS as TILL_KINDS
from payments.gateways.sandbox import SandboxGateway
from payments.gateways.sandbox.pages import checkout_routes
from payments.holdings import PaymentHoldings
from payments.hooks import PaymentHooks
from payments.house import KINDS as PAYMENT_KINDS
from payments.house import PaymentHouse
from personas.admin import PersonasAdmin
from personas.company import Company
from personas.declared_sw import DECLARED as OF_PERSONAS
from personas.documents import KINDS as PERSONA_KINDS
from personas.editing import Editing
from personas.holdings import PersonaHoldings
from personas.library import Library
from personas.likes import Likes
from personas.memory import Remembering
from personas.onboarding import Onboarding
from personas.ranking import rank
from personas.sharing import Sharing
from personas.taking_over import PersonasTakeOver
from personas.voice import VoiceBook

STORED: tuple[Kind[Any], ...] = (
    *KINDS,
    FAULTS,
    *SANDBOX_KINDS,
    *TILL_KINDS,
    *PAYMENT_KINDS,
    *SALE_KINDS,
    *PERSONA_KINDS,
    TRIPS,
    TRIP_VERSIONS,
    PROPOSALS,
    RATES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The adapters that the settings choose."""

    settings: Settings
    clock: SystemClock
    store: Store
    locks: Locks
    faults: StoredFaults
    gazetteer: Gazetteer
    sandbox: Sandbox
    gateway: SandboxGateway
    links: Links
    channels: dict[str, Channel]
    tracing: Tracing
    files: Files

    def ground(self, role: str) -> Ground:
        """What the core of this process stands on."""
        return Ground(
            store=self.store, locks=self.locks, clock=self.clock, tracing=self.tracing,
            channels={name: self.tracing.channel(channel) for name, channel in self.channels.items()},
            points=from_environment(), owners=self.settings.owner_identities,
            shared=bool(self.settings.redis_url) or role != "all", worker=role != "web",
            secret=self.settings.secret_key, within=bounds(self.settings.messages_a_minute),
        )  # fmt: skip

    async def ready(self) -> dict[str, str]:
        """Each dependency and what is wrong with it, "" when well."""
        return {"store": await _wrong(self.store.get(INSTALLATION, "installation"))}


async def _wrong(question: Awaitable[object]) -> str:
    try:
        await asyncio.wait_for(question, 2)
    except Exception as error:
        return type(error).__name__
    return ""


def chosen_store(settings: Settings) -> Store:
    """MongoDB where its address is set, else the embedded one."""
    return STORES["mongo"](settings.mongo_url) if settings.mongo_url else STORES["sqlite"](str(settings.data_dir))


def base(
    settings: Settings, *, clock: SystemClock | None = None, store: Store | None = None, delay: tuple[int, int] = DELAY
) -> Base:
    """Choose from the tables; nothing is connected yet. `clock`, `store`: others than chosen; `delay`: how many

    milliseconds a sandbox supplier takes."""
    clock = clock or SystemClock()
    store = SeesItsEntry(store or chosen_store(settings))
    locks = LOCKS["redis"](settings.redis_url) if settings.redis_url else LOCKS["local"]("")
    faults, files = StoredFaults(store, clock), Files(store)
    parts = ChannelParts(
        store=store, clock=clock, faults=faults, environ=os.environ, simulated=settings.simulated,
        secret=settings.secret_key, address=settings.address, files=files, locks=locks,
    )  # fmt: skip
    made = {name: factory(parts) for name, factory in CHANNELS.items()}
    channels = {name: channel for name, channel in made.items() if channel is not None}
    gazetteer = Gazetteer()
    sandbox = Sandbox(
        settings.sandbox_seed, atlas=gazetteer, store=store, clock=clock, controls=faults, delay=delay
    )  # fmt: skip
    return Base(
        settings=settings, clock=clock, store=store, locks=locks, faults=faults, gazetteer=gazetteer,
        sandbox=sandbox, channels=channels, links=Links(settings.secret_key, settings.address, clock),
        gateway=SandboxGateway(store, clock, faults, settings.secret_key, settings.address),
        tracing=tracing_of(os.environ, store), files=files,
    )  # fmt: skip


def furnish(b: Base, core: Core) -> Brain:
    """Register every Capability and connect what thinks and works; the brain that was chosen."""
    memory = Remembering(b.store)
    suppliers = [b.tracing.supplier(s) for opened in PROVIDERS.values() for s in opened(b.sandbox)]
    inventory = Inventory(suppliers, b.clock)
    payments = PaymentHouse(b.store, b.clock, b.gateway, b.links, core.people)
    search, sale, *trips = _booking(b, core, inventory, payments)
    own = Premises(
        b.store, b.clock, core, b.channels, b.settings.secret_key, ready=lambda: well(b, inventory),
        holdings=holdings(b), takers=(PersonasTakeOver(b.store, core.log), BookingTakesOver(b.store)),
        counts=(payments.members_changed,), winners="add_to_cart",
    )  # fmt: skip
    topics = own.topics() | {
        "personas": _personas(b), "memory": (memory,), "search": (search,), "trip": tuple(trips),
        "book": sale.services, "payments": payments.services,
    }  # fmt: skip
    topics["admin"] += (PersonasAdmin(b.store, core.pauses), sale.admin, payments.admin)
    core.registry.translate(ENGLISH, EXAMPLES)
    core.registry.translate(SWAHILI, OF_CORE | OF_PERSONAS | OF_PAYMENTS | OF_BOOKING)
    for topic, services in topics.items():
        for service in services:
            core.registry.add(*(b.tracing.capability(c) for c in capabilities_of(service, topic)))
    understands = Bilingual(core.registry, b.gazetteer)
    brain = _brain(b, core, understands)
    core.connect(
        understands=understands, brain=b.tracing.brain(brain), memory=memory,
        work={
            "persona_switched": lambda job: core.turns.call_of(job, "rank_again"),
            "sandbox_notice": b.gateway.notify, "sandbox_alarm": b.gateway.alarm,
            **own.work(), **payments.work(), **sale.work(),
        },
        news={**own.news(), **payments.news(), **sale.news()},
    )  # fmt: skip
    return brain


def _brain(b: Base, core: Core, understands: Understander) -> Brain:
    faults = b.faults if b.settings.simulated else None
    parts = BrainParts(settings=b.settings, store=b.store, clock=b.clock, faults=faults, spend=core.floor.spend)
    return brain_of(parts, OfflineBrain(understands, VoiceBook()))


def holdings(b: Base) -> tuple[Holdings, ...]:
    """What each package holds about people; the networks' last, for they look at what the core has erased."""
    networks = (channel.holdings() for channel in b.channels.values() if isinstance(channel, HoldsPeople))
    sale = SaleHoldings(b.store, Sealer(b.settings.secret_key))
    own = BookingHoldings(b.store), sale, PaymentHoldings(b.store, [k.name for k in TILL_KINDS])
    return *own, PersonaHoldings(b.store), CoreHoldings(b.store, b.clock), *networks


def _booking(
    b: Base, core: Core, inventory: Inventory, payments: PaymentHouse
) -> tuple[SearchService, SaleHouse, TripPlanning, TripEditing, Desk]:
    search = SearchService(inventory, b.gazetteer, core.history.last_call, rank)
    sealer = Sealer(b.settings.secret_key)
    papers = Desk(b.store, Names(b.store, sealer), b.gazetteer.towns, sandbox=True)
    sale = SaleHouse(
        b.store, b.clock, inventory, b.gazetteer, payments.collections, core.people, sealer, papers, search.offer_of
    )  # fmt: skip
    planning = TripPlanning(b.store, inventory, b.gazetteer, rank, StoredRates(b.store), search.offer_of)
    return search, sale, planning, TripEditing(b.store, sale.spending), papers


def _personas(b: Base) -> tuple[object, ...]:
    return Onboarding(b.store), Library(b.store), Editing(b.store), Company(b.store), Likes(b.store), Sharing(b.store)


async def well(b: Base, inventory: Inventory) -> dict[str, str]:
    """What /status shows: each dependency and each supplier, with what is wrong with it, "" when well."""
    silent = {name: "" if state == "closed" else "does not answer" for name, state in inventory.health().items()}
    return {**await b.ready(), **silent}


@contextlib.asynccontextmanager
async def caravan(
    settings: Settings, role: str
) -> AsyncIterator[tuple[web.Application, Callable[[], Awaitable[None]]]]:
    """The whole of it, running: the web application, and what to do before it stops serving."""
    b = base(settings)
    ground = b.ground(role)
    core = Core(ground)
    brain = furnish(b, core)
    own = [kind for channel in b.channels.values() for kind in getattr(channel, "kinds", ())]
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(b.tracing.close)
        await b.store.open((*STORED, *own))
        stack.push_async_callback(b.store.close)
        await b.locks.open()
        stack.push_async_callback(b.locks.close)
        if isinstance(brain, Closes):
            stack.push_async_callback(brain.close)
        if "simulator" in b.channels:
            await stack.enter_async_context(_followed_clock(b))
        await stack.enter_async_context(running(core, ground))
        log = b.tracing.log(core.log)
        for channel in b.channels.values():
            await channel.open(log.append)
            if isinstance(channel, KnowsItself):
                core.log.ours.update(channel.ours())
            await channel.publish_commands(tuple(c for c in core.registry if c.role == "traveller"))
        await core.accounts.open()
        metrics = metrics_of(lambda: figures(b, core))
        app = application(Hooks(b.channels, log), Health(b.ready, metrics))
        app.add_routes(await _simulator_routes(b, core, ground, role))
        app.add_routes(_payment_routes(b, core))
        app.add_routes(_file_routes(b, core))
        app.add_routes([route for channel in b.channels.values() for route in getattr(channel, "routes", list)()])
        yield app, lambda: close_channels(b, core)


def _followed_clock(b: Base) -> contextlib.AbstractAsyncContextManager[object]:
    """Before anything is handled: the time is the simulator's."""
    from channels.simulator.wiring import FollowedClock

    return FollowedClock(b.store, b.locks, b.clock)


def _payment_routes(b: Base, core: Core) -> list[web.RouteDef]:
    b.gateway.started_by(core.start)
    hooks = PaymentHooks({b.gateway.name: b.gateway}, core.log, b.links, b.clock)
    return [*hooks.routes(), *checkout_routes(b.gateway)]


def _file_routes(b: Base, core: Core) -> list[web.RouteDef]:
    """What a network does not take is behind an address of ours."""
    files = FileLinks(b.files, b.links, b.clock)
    core.deliverer.packing.link = files.link
    return files.routes()


async def _simulator_routes(b: Base, core: Core, ground: Ground, role: str) -> list[web.RouteDef]:
    if "simulator" not in b.channels or role == "worker":
        return []
    from channels.simulator.hosts import Hosts
    from channels.simulator.wiring import simulator_routes

    hosts = Hosts(b.settings.host, b.settings.public_url)
    return await simulator_routes(core, ground, b.clock, b.channels["simulator"], b.faults, b.sandbox, hosts)


async def close_channels(b: Base, core: Core) -> None:
    """Stop listening, so that open requests end; what is not sent by now is sent after the next start."""
    core.deliverer.stopping = True
    for channel in b.channels.values():
        await channel.close()


def figures(b: Base, core: Core) -> dict[str, float]:
    """What /metrics shows."""
    counts = {f"caravan_deliveries_{name}_total": float(n) for name, n in core.deliverer.counts.items()}
    commits = float(getattr(b.store, "commits", 0))
    return {**counts, "caravan_store_commits_total": commits, "caravan_lanes_busy": float(core.lanes.threads)}


async def run(settings: Settings, role: str) -> None:
    """Serve until told to stop."""
    shared = bool(settings.mongo_url) or role != "all"
    settings = settings.model_copy(update={"secret_key": secret_key(settings, shared=shared)})
    async with caravan(settings, role) as (app, ending):
        await serve(app, settings.host, settings.port, ending)


def main(arguments: Sequence[str]) -> int:
    """Exit status 0 after an orderly end, 2 if a setting is missing or wrong."""
    parser = argparse.ArgumentParser(prog="app.py")
    parser.add_argument("what", nargs="?", choices=("run", "understand"), default="run")
    parser.add_argument("--role", choices=("all", "web", "worker"), default="all")
    chosen = parser.parse_args(arguments)
    if chosen.what == "understand":
        return understand()
    try:
        settings = read_settings()
        configure_logs(settings.log_level)
        with asyncio.Runner(loop_factory=_loop()) as runner:
            runner.run(run(settings, chosen.role))
    except Misconfigured as wrong:
        print(wrong, file=sys.stderr)
        return 2
    return 0


def understand() -> int:
    """`python app.py understand`: one JSON message a line in, {"intent", "slots"} a line out."""
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    for line in answer_lines(Bilingual(core.registry, b.gazetteer), sys.stdin):
        print(line, flush=True)
    return 0


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's loop where it is installed."""
    try:
        from uvloop import new_event_loop
    except ImportError:
        return None
    return new_event_loop


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
