"""All of buying put together for app.py: services with Capabilities, handlers of news, work of Jobs, kinds."""

from collections.abc import Mapping
from typing import Any

from booking.inventory import Inventory
from booking.itinerary.keeping import PROPOSALS
from booking.leftovers import SWEEP, Leftovers
from booking.sale.admin import BookingAdmin
from booking.sale.booked import Booked
from booking.sale.bookings import BOOKINGS, CHECKOUTS
from booking.sale.cancelling import Cancelling
from booking.sale.cart import CARTS, QUOTATIONS
from booking.sale.carting import Carting, Found
from booking.sale.counter import Counter
from booking.sale.open_now import OpenNow
from booking.sale.opening import Opening
from booking.sale.ordering import Ordering
from booking.sale.paying import Paying
from booking.sale.ports import Papers
from booking.sale.pricing import Pricing
from booking.sale.settling import Settling
from booking.sale.spending import Spending
from booking.sale.travellers import TRAVELLERS, Names
from bot.clock import Clock
from bot.documents import Kind
from bot.gazetteer import Gazetteer
from bot.jobs import Work
from bot.people import People
from bot.ports import Store
from bot.router import News
from bot.sealed import Sealer
from payments.collecting import Collections

KINDS: tuple[Kind[Any], ...] = (CARTS, QUOTATIONS, BOOKINGS, CHECKOUTS, TRAVELLERS)


class SaleHouse:
    """`services` carry the Capabilities, `admin` those of /admin; `spending` is what /budget shows of bookings."""

    def __init__(
        self, store: Store, clock: Clock, inventory: Inventory, atlas: Gazetteer, collections: Collections,
        people: People, sealer: Sealer, papers: Papers, find: Found,
    ) -> None:  # fmt: skip
        counter = Counter(inventory.supplier)
        names, pricing = Names(store, sealer), Pricing(counter, inventory, atlas, clock)
        self.spending = Spending(store, collections)
        self._leftovers = Leftovers(store, clock, (PROPOSALS, QUOTATIONS))
        self._ordering = Ordering(store, counter, pricing, names, clock)
        self._settling = Settling(store, collections)
        self._cancelling = Cancelling(store, counter, collections)
        self._booked = Booked(store, counter, papers, self.spending, clock)
        open_now = OpenNow(store, collections)
        paying = Paying(store, pricing, names, Opening(store, collections), open_now)
        self.services: tuple[object, ...] = (
            Carting(store, counter, find, paying),
            paying,
            open_now,
            self._booked,
            self._cancelling,
        )
        self.admin = BookingAdmin(store, counter, collections)

    def work(self) -> Mapping[str, Work]:
        """Job name -> what to do."""
        o = self._ordering
        return {
            "price_order": o.price, "place_order": o.place, "look_up_order": o.look_up, "cancel_order": o.cancel,
            "look_up_cancelled": o.look_up_cancelled, "let_go": o.let_go, "orphan_order": o.orphan,
            SWEEP: self._leftovers.sweep, "checkout_tick": o.tick, "booking_tick": o.tick,
            "papers": self._booked.papers,
        }  # fmt: skip

    def news(self) -> Mapping[str, News]:
        """`"{what}:{topic}"` -> handler."""
        s = self._settling
        return {
            "payment:covered": s.covered, "payment:ended": s.ended, "supplier:priced": s.priced,
            "supplier:placed": s.placed, "supplier:looked": s.looked, "supplier:cancelled": self._cancelling.cancelled,
            "timer:checkout": s.checked, "timer:take_up": s.asked, "timer:refund": self._cancelling.refunded,
            "timer:begins": s.passed, "timer:ends": s.passed,
        }  # fmt: skip
