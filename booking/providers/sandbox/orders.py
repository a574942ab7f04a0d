"""The order books of the sandbox suppliers, kept in the Store."""

from dataclasses import dataclass, replace
from datetime import datetime

from booking.offers import Offer
from booking.ports import Reservation, SoldOut
from booking.providers.sandbox.dice import Dice
from bot.documents import Index, Insert, Kind, Replace
from bot.errors import Conflict, Undeliverable
from bot.money import Money
from bot.ports import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order at one supplier; id `"{supplier}:{request key}"`. `state`: confirmed or cancelled."""

    id: str
    code: str
    key: str
    ref: str
    state: str
    price: Money
    at: datetime
    version: int = 0


ORDERS = Kind("sandbox_orders", Order, (Index(("code",), unique=True),))
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Orders:
    """The book of one supplier."""

    def __init__(self, seller: str, store: Store, dice: Dice) -> None:
        self._seller = seller
        self._store = store
        self._dice = dice

    async def place(self, key: str, offer: Offer, price: Money, at: datetime) -> Reservation:
        """Write an order; the one that is there if the key was used for the same before."""
        id = f"{self._seller}:{key}"
        code = "".join(self._dice.pick(_LETTERS, "code", id, n) for n in range(7))
        order = Order(id=id, code=code, key=key, ref=offer.ref, state="confirmed", price=price, at=at)
        try:
            await self._store.commit([Insert(ORDERS, order)])
        except Conflict:
            return await self.same(key, offer.ref) or _reservation(order)
        return _reservation(order)

    async def same(self, key: str, ref: str) -> Reservation | None:
        """The order of a key, or None; Undeliverable if it was placed for something else."""
        order = await self._store.get(ORDERS, f"{self._seller}:{key}")
        if order is not None and order.ref != ref:
            raise Undeliverable(f"request key {key} was used for {order.ref}")
        return _reservation(order) if order else None

    async def find(self, key: str) -> Reservation | None:
        """What became of a request key."""
        order = await self._store.get(ORDERS, f"{self._seller}:{key}")
        return _reservation(order) if order else None

    async def cancel(self, code: str) -> Reservation:
        """Give an order back; the same answer when it is given back already."""
        while True:
            order = next(iter(await self._store.find(ORDERS, {"code": code}, limit=1)), None)
            if order is None or not order.id.startswith(self._seller + ":"):
                raise SoldOut(code)
            if order.state == "cancelled":
                return _reservation(order)
            try:
                await self._store.commit([Replace(ORDERS, replace(order, state="cancelled"))])
            except Conflict:
                continue


def _reservation(order: Order) -> Reservation:
    return Reservation(
        code=order.code, key=order.key, ref=order.ref, state=order.state, price=order.price, at=order.at
    )  # fmt: skip
