"""The sandbox: a world of suppliers that ships with Caravan, deterministic from a seed. Nothing in it is real."""

from datetime import datetime
from typing import Any

from booking.providers.sandbox.catalogue import SELLERS, Catalogue
from booking.providers.sandbox.changes import CHANGES, Changes
from booking.providers.sandbox.orders import ORDERS, Orders
from booking.providers.sandbox.record import order_record, record
from booking.providers.sandbox.refs import Ref
from booking.providers.sandbox.supplier import SandboxSupplier
from bot.clock import Clock
from bot.controls import SandboxControls
from bot.gazetteer import Gazetteer
from bot.ports import Store

KINDS = (CHANGES, ORDERS)
# Milliseconds that a sandbox supplier takes to answer: a fast real one.
DELAY = (200, 400)


class Sandbox:
    """The world of a seed and its suppliers."""

    def __init__(
        self, seed: int, *, atlas: Gazetteer, store: Store, clock: Clock, controls: SandboxControls,
        delay: tuple[int, int] = DELAY,
    ) -> None:  # fmt: skip
        self._catalogue = Catalogue(seed, atlas)
        self._changes = Changes(store, clock)
        self._store = store
        self.suppliers = tuple(
            SandboxSupplier(
                seller, self._catalogue, self._changes, Orders(seller.code, store, self._catalogue.dice), controls,
                clock, delay,
            )
            for seller in SELLERS
        )  # fmt: skip

    async def record(self, ref: str, at: datetime) -> dict[str, Any] | None:
        """The supplier's own record of a reference at an aware moment, read from the world; None if there is none."""
        read = Ref.read(ref)
        if read is None:
            return None
        if read.kind == "order":
            return await self._order(read, at)
        (moment,) = await self._changes.moments([read], at)
        offer = self._catalogue.offer(read, moment)
        return record(offer) if offer else None

    async def _order(self, read: Ref, at: datetime) -> dict[str, Any] | None:
        """The supplier's record of one of its orders, by `supplier:order:code`."""
        found = await self._store.find(ORDERS, {"code": read.parts[0]}, limit=1)
        name = next((s.name for s in self.suppliers if s.code == read.seller), "")
        if not found or not name or not found[0].id.startswith(read.seller + ":"):
            return None
        return order_record(found[0], str(read), name, at)
