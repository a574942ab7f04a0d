"""What buying holds about a Person: bookings they ordered, names they gave, what they put into carts."""

from collections.abc import Mapping, Sequence
from typing import Any

from booking.sale.admin import STUCK
from booking.sale.bookings import BOOKINGS, CHECKOUTS
from booking.sale.cards import said_state
from booking.sale.cart import CARTS, QUOTATIONS
from booking.sale.texts import say
from booking.sale.travellers import TRAVELLERS
from bot.ports import Store, Subject
from bot.privacy.scrubbing import Scrubber, change_all
from bot.reading import all_of
from bot.sealed import Sealer

_MOST = 1000


class SaleHoldings:
    """Holdings of carts, checkouts, bookings and travellers' names. What was bought stays, under the pseudonym."""

    def __init__(self, store: Store, sealer: Sealer) -> None:
        self._store, self._sealer = store, sealer

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(k.name for k in (CARTS, QUOTATIONS, BOOKINGS, CHECKOUTS, TRAVELLERS))

    async def blocks(self, subject: Subject) -> Sequence[str]:
        found = await all_of(self._store, BOOKINGS, {"organiser": subject.person})
        return [
            say("block", number=b.number, title=b.offer.title, state=said_state(b.state))
            for b in found if b.state in (*STUCK, "awaiting_payment")
        ]  # fmt: skip

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        booked = await all_of(self._store, BOOKINGS, {"organiser": subject.person})
        given = await self._store.find(TRAVELLERS, {"person": subject.person}, limit=_MOST)
        names = [{"thread": t.thread, "names": (self._sealer.open(t.sealed) or "").split("\n")} for t in given]
        return {say("held_bookings"): booked, say("held_names"): names, say("held_cart"): await self._cart(subject)}

    async def _cart(self, subject: Subject) -> list[Any]:
        carts = [await self._store.get(CARTS, f"{t}:cart") for t in (*subject.private, *subject.shared)]
        return [line for cart in carts if cart for line in cart.lines if line.by == subject.person]

    async def erase(self, subject: Subject) -> None:
        scrub = Scrubber(subject)
        await change_all(self._store, TRAVELLERS, {"person": subject.person}, lambda names: None)
        for thread in subject.private:
            await change_all(self._store, CARTS, {"thread": thread}, lambda cart: None)
        for thread in (*subject.private, *subject.shared):
            await change_all(self._store, QUOTATIONS, {"thread": thread}, lambda quotation: None)
            await change_all(self._store, CARTS, {"thread": thread}, scrub.document)
            await change_all(self._store, CHECKOUTS, {"thread": thread}, scrub.document)
            await change_all(self._store, BOOKINGS, {"thread": thread}, scrub.document)
