"""Asking suppliers about lines before they are paid for: how each stands now, and having it held where that can be."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from booking.cache import Found
from booking.offers import Offer, OfferKind
from booking.ports import CannotHold, FlightSearch, Reservation, Search, Sellable, SoldOut
from booking.sale.cart import Line, Quoted
from bot.clock import Clock
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.gazetteer import Gazetteer

SILENT = "silent"
GONE = "gone"
_ROUNDS = 3


class Searches(Protocol):
    """What it needs of booking.inventory.Inventory."""

    async def search(self, wish: Search) -> Found:
        """Offers of all suppliers. Explain if none answers."""
        ...


class Pricing:
    """Looks, side by side; nothing of it changes a Thread."""

    def __init__(self, sells: Sellable, searches: Searches, atlas: Gazetteer, clock: Clock) -> None:
        self._sells, self._searches, self._atlas, self._clock = sells, searches, atlas, clock

    async def held(self, lines: Sequence[Line], key: str, names: Sequence[str]) -> list[Quoted]:
        """Each line priced and, where its supplier does that, held; `why` is GONE or SILENT where there is no offer."""
        return list(await asyncio.gather(*(self._one(line, f"{key}:{line.id}:hold", names) for line in lines)))

    async def _one(self, line: Line, key: str, names: Sequence[str]) -> Quoted:
        try:
            offer, hold = await self._hold(line.offer, key, names)
        except SoldOut:
            return Quoted(line=line.id, item=line.item, why=GONE)
        except (RetryLater, Unknown, Undeliverable, Explain):
            return Quoted(line=line.id, item=line.item, why=SILENT)
        return Quoted(line=line.id, offer=offer, hold=hold, item=line.item)

    async def _hold(self, offer: Offer, key: str, names: Sequence[str]) -> tuple[Offer, Reservation | None]:
        """At the price that was shown if it still holds, else at today's."""
        fresh = not offer.expired(self._clock.now())
        if not offer.holds or not fresh:
            offer = await self._sells.quote(offer.ref)
        given = names[: offer.travelers] if offer.named else ()
        for n in range(_ROUNDS if offer.holds and offer.price else 0):
            assert offer.price is not None
            try:
                hold = await self._sells.hold(offer.ref, key=f"{key}:{n}", names=given, price=offer.price)
                return replace(offer, terms=hold.terms), hold
            except AskAgain as wrong:
                if wrong.parameter != "price":
                    raise Explain(wrong.text) from wrong
                offer = await self._sells.quote(offer.ref)
            except CannotHold:
                break
        return offer, None

    async def now(self, offer: Offer) -> Offer | str:
        """One offer as it stands now; why not: "sold_out", "down" or "refused"."""
        for n in range(_ROUNDS):
            try:
                return await self._sells.quote(offer.ref)
            except SoldOut:
                return "sold_out"
            except Undeliverable:
                return "refused"
            except (RetryLater, Unknown):
                await self._clock.sleep(0.5 * 2**n)
        return "down"

    async def standing(self, offer: Offer) -> Offer | None:
        """One offer as it stands now, sold out for others or not; None if nobody can say."""
        try:
            return await self._sells.quote(offer.ref)
        except SoldOut as gone:
            return gone.standing
        except (RetryLater, Unknown, Undeliverable):
            return None

    async def can_be_held(self, offer: Offer) -> tuple[Offer, ...]:
        """Up to two other flights on the same way and day that are held unpaid, those nearest in time first."""
        wish = self._same_way(offer)
        try:
            found = (await self._searches.search(wish)).offers if wish else ()
        except Explain:
            return ()
        fit = [(_apart(o, offer), o.ref, o) for o in found if o.holds and o.bookable]
        return tuple(o for _, _, o in sorted(fit, key=lambda f: f[:2])[:2])

    def _same_way(self, offer: Offer) -> FlightSearch | None:
        if offer.kind is not OfferKind.FLIGHT or not offer.until_venue or not offer.starts_at or not offer.price:
            return None
        start, end = self._atlas.airport(offer.venue.code), self._atlas.airport(offer.until_venue.code)
        day = offer.starts_at.astimezone(ZoneInfo(offer.venue.zone)).date()
        if start is None or end is None:
            return None
        return FlightSearch(
            origin=start, destination=end, day=day, travelers=offer.travelers, currency=offer.price.currency
        )  # fmt: skip


def _apart(offer: Offer, other: Offer) -> timedelta:
    """How far from each other they leave."""
    return abs(offer.starts_at - other.starts_at) if offer.starts_at and other.starts_at else timedelta.max
