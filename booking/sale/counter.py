"""The counter at which offers of suppliers are bought: Sellable over every supplier, with a deadline for each call."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

from booking.offers import Offer
from booking.ports import CancelQuote, InventoryProvider, Reservation, SoldOut, TooFew
from bot.errors import Undeliverable, Unknown
from bot.money import Money

T = TypeVar("T")


class Counter:
    """Sellable for the offers of suppliers. `supplier_of`: whose reference it is; `deadline`: real seconds a call may
    take. What an order came to is never guessed: no answer in time is Unknown."""

    def __init__(self, supplier_of: Callable[[str], InventoryProvider | None], *, deadline: float = 20.0) -> None:
        self._supplier_of, self._deadline = supplier_of, deadline

    async def quote(self, ref: str) -> Offer:
        return _roomy(await self._within(self._of(ref).reprice(ref)))

    async def for_party(self, ref: str, travelers: int) -> Offer:
        return _roomy(await self._within(self._of(ref).for_party(ref, travelers)))

    async def hold(self, ref: str, *, key: str, names: Sequence[str], price: Money) -> Reservation:
        supplier = self._of(ref)
        try:
            return await self._within(supplier.hold(ref, key=key, names=names, price=price))
        except Unknown:
            held = await self._within(supplier.look_up(key))
            if held is None:
                raise
            return held

    async def confirm(
        self, ref: str, *, key: str, names: Sequence[str], price: Money, held: str = "", again: bool = False
    ) -> Reservation:  # fmt: skip
        supplier = self._of(ref)
        if again:
            placed = await self._within(supplier.look_up(key))
            if placed is not None:
                return placed
        if held:
            return await self._within(supplier.confirm(held, key=key, price=price))
        return await self._within(supplier.reserve(ref, key=key, names=names, price=price))

    async def quote_cancel(self, ref: str, code: str, *, key: str) -> CancelQuote:
        return await self._within(self._of(ref).quote_cancel(code, key=key))

    async def cancel(self, ref: str, code: str, *, key: str, quote: str = "") -> Reservation:
        return await self._within(self._of(ref).cancel(code, key=key, quote=quote))

    async def look_up(self, ref: str, key: str) -> Reservation | None:
        return await self._within(self._of(ref).look_up(key))

    def _of(self, ref: str) -> InventoryProvider:
        supplier = self._supplier_of(ref)
        if supplier is None:
            raise Undeliverable(f"nobody sells {ref}")
        return supplier

    async def _within(self, call: Awaitable[T]) -> T:
        try:
            return await asyncio.wait_for(call, self._deadline)
        except TimeoutError as cause:
            raise Unknown("the supplier did not answer in time") from cause


def _roomy(offer: Offer) -> Offer:
    """The same; SoldOut or TooFew if it has no room for the party."""
    if not offer.roomy:
        raise TooFew(offer) if offer.left else SoldOut(offer.ref, offer)
    return offer
