"""A core in which a group buys: real suppliers of the sandbox, the sandbox payment service, the whole sale house."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from booking.inventory import Inventory
from booking.itinerary.editing import TripEditing
from booking.itinerary.keeping import PROPOSALS
from booking.offers import Offer, OfferKind
from booking.ports import InventoryProvider
from booking.providers.sandbox import KINDS as SUPPLIER_KINDS
from booking.providers.sandbox import Sandbox
from booking.providers.sandbox.orders import ORDERS, Order
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout
from booking.sale.cart import CARTS, Cart
from booking.sale.house import KINDS as SALE_KINDS
from booking.sale.house import SaleHouse
from booking.sale.ports import Papers
from booking.search import SearchService
from booking.trips import TRIP_VERSIONS, TRIPS
from bot.brains.offline.understand import Understander
from bot.capability import capabilities_of
from bot.clock import SystemClock
from bot.consent.confirm import Confirmations
from bot.content import File
from bot.core import Core, Ground, running
from bot.faultpoints import FaultPoints
from bot.faults import FAULTS, StoredFaults
from bot.gazetteer import Gazetteer
from bot.kinds import KINDS
from bot.links import Links
from bot.locking.local import LocalLocks
from bot.money import Money
from bot.ports import Store
from bot.router import MEMBERS_CHANGED
from bot.sealed import Sealer
from bot.storage.sqlite import SqliteStore
from payments.gateways.sandbox import KINDS as TILL_KINDS
from payments.gateways.sandbox import SandboxGateway
from payments.house import KINDS as PAYMENT_KINDS
from payments.house import PaymentHouse
from payments.model import COLLECTIONS, Collection
from tests.booking.bazaar import ATLAS, MARCH, wish
from tests.bot.parlour import NoMemory, PaperChannel, SilentBrain
from tests.payments.counter import SECRET, Counter
from tests.pinned import pinned_clock

GROUP = "mombasa"


class NoPapers:
    """Papers of an installation that makes none."""

    async def files(self, bookings: Sequence[Booking], trip: object, language: str) -> tuple[File, ...]:
        return ()


class Shop(Counter):
    """The group of `Counter.trip`, who buy. `sandbox`: their suppliers; `sale`: what sells."""

    sandbox: Sandbox
    sale: SaleHouse

    async def offers(self, kind: OfferKind) -> list[Offer]:
        """What the suppliers sell of a kind for two people in March, the cheapest first."""
        found = await self.suppliers_offers(kind)
        bookable = [(o.price.minor, o.ref, o) for o in found if o.bookable and o.price]
        return [o for _, _, o in sorted(bookable, key=lambda f: f[:2])]

    async def suppliers_offers(self, kind: OfferKind) -> list[Offer]:
        """All they know of a kind."""
        return [o for s in self.sandbox.suppliers if kind in s.kinds for o in await s.search(wish(kind))]

    async def hotel(self, n: int = 0, conditions: str = "") -> Offer:
        """One that can be held and has those words in its conditions; another `n`, another house."""
        found = {o.title: o for o in await self.offers(OfferKind.HOTEL) if conditions in " ".join(o.conditions)}
        return list(found.values())[n]

    async def cart(self, *offers: Offer, who: str = "Ana") -> Cart:
        """Put these into the cart."""
        for offer in offers:
            await self.call(who, "add_to_cart", offer=offer.ref)
        return await self.the_cart()

    async def the_cart(self) -> Cart:
        """The cart as it stands."""
        id = f"{(await self.thread(GROUP)).id}:cart"
        return await self.store.get(CARTS, id) or Cart(id=id, thread="")

    async def checkout(self, *offers: Offer, who: str = "split", by: str = "Ana") -> Collection:
        """Put these into the cart and go to pay."""
        await self.cart(*offers, who=by)
        await self.call(by, "pay", who=who, currency=offers[0].price.currency if offers[0].price else "")
        return await self.collection()

    async def collection(self) -> Collection:
        """The newest one of the group."""
        thread = await self.thread(GROUP)
        found = await self.store.find(COLLECTIONS, {"thread": thread.id}, limit=50)
        return max(found, key=lambda c: c.opened_at)

    async def all_pay(self) -> None:
        """Everybody pays what is asked of them."""
        for share in (await self.collection()).shares:
            if share.state in ("link_sent", "declined"):
                await self.gateway.pay(share.payment)
        await self.quiet()

    async def bought(self, *offers: Offer, who: str = "split") -> list[Booking]:
        """Bought, paid and settled."""
        await self.checkout(*offers, who=who)
        await self.all_pay()
        return await self.bookings()

    async def bookings(self) -> list[Booking]:
        """All of the group, in the order in which they were opened."""
        thread = await self.thread(GROUP)
        found = await self.store.find(BOOKINGS, {"thread": thread.id}, limit=100)
        return sorted(found, key=lambda b: (b.at, b.price.minor))

    async def states_of(self) -> list[str]:
        """The states of all bookings."""
        return [b.state for b in await self.bookings()]

    async def the_checkout(self) -> Checkout:
        """The newest one."""
        thread = await self.thread(GROUP)
        return max(await self.store.find(CHECKOUTS, {"thread": thread.id}, limit=50), key=lambda c: c.at)

    async def orders(self, state: str = "confirmed") -> list[Order]:
        """What the suppliers' books hold."""
        return [o for o in await self.store.find(ORDERS, {}, limit=1000) if o.state == state]

    async def captured(self) -> Money:
        """What was taken from everybody together."""
        c = await self.collection()
        return Money(sum(s.captured for s in c.shares), c.total.currency)

    def said(self, place: str = GROUP) -> str:
        """All that can be read in a place now, newest last."""
        return "\n".join(_words(o) for o in self.shown(place).values())

    def supplier(self, offer: Offer) -> InventoryProvider:
        return next(s for s in self.sandbox.suppliers if offer.ref.startswith(s.code + ":"))


def _words(outgoing: object) -> str:
    content = getattr(outgoing, "content")  # noqa: B009
    card = content.card
    return "\n".join(filter(None, (content.text, *((card.title, *card.lines) if card else ()))))


@asynccontextmanager
async def shop(
    folder: Path, *, papers: Papers | None = None, clock: SystemClock | None = None, own: Store | None = None
) -> AsyncIterator[Shop]:  # fmt: skip
    """A running one over the SQLite folder, or over a store of one's own that is not open yet."""
    clock, channel, store = clock or pinned_clock(), PaperChannel(), own or SqliteStore(str(folder))
    core = Core(
        Ground(store=store, locks=LocalLocks(), clock=clock, channels={"paper": channel}, points=FaultPoints())
    )  # fmt: skip
    await store.open(
        (*KINDS, FAULTS, *TILL_KINDS, *PAYMENT_KINDS, *SALE_KINDS, *SUPPLIER_KINDS, PROPOSALS, TRIPS, TRIP_VERSIONS)
    )  # fmt: skip
    faults = StoredFaults(store, clock)
    gateway = SandboxGateway(store, clock, faults, SECRET, "http://127.0.0.1:8080")
    house = PaymentHouse(store, clock, gateway, Links(SECRET, "http://127.0.0.1:8080", clock), core.people)
    sandbox = Sandbox(1, atlas=ATLAS, store=store, clock=clock, controls=faults, delay=(0, 0))
    inventory = Inventory(sandbox.suppliers, clock)
    search = SearchService(inventory, ATLAS, core.history.last_call)
    sale = SaleHouse(
        store, clock, inventory, ATLAS, house.collections, core.people, Sealer(SECRET), papers or NoPapers(),
        search.offer_of,
    )  # fmt: skip
    made = Shop(core, store, channel, clock, house, faults, gateway)
    made.sandbox, made.sale = sandbox, sale
    services = (*house.services, *sale.services, sale.admin, TripEditing(store, sale.spending), Confirmations(store))
    for service in services:
        core.registry.add(*capabilities_of(service, "book"))
    core.connect(
        understands=Understander(core.registry, Gazetteer()), brain=SilentBrain(lambda scene: ()), memory=NoMemory(),
        work={**house.work(), **sale.work(), "sandbox_notice": gateway.notify, "sandbox_alarm": gateway.alarm},
        news={**house.news(), **sale.news(), "test": made.handle, MEMBERS_CHANGED: house.members_changed},
    )  # fmt: skip
    gateway.started_by(core.jobs.put)
    async with running(core, core._ground):
        yield made
    await store.close()


def shares(total: Money, n: int) -> list[Money]:
    """An even split."""
    return total.split([1] * n)


__all__ = ["GROUP", "MARCH", "Sequence", "Shop", "replace", "shares", "shop", "timedelta"]
