"""All suppliers asked as one: side by side, with a deadline, a cache, a breaker each, and an old answer at need."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from booking.breaker import Breaker
from booking.cache import Cache, Found
from booking.offers import Offer
from booking.ports import AllSilent, InventoryProvider, Search, SoldOut, TooFew
from booking.texts import say
from bot.clock import Clock
from bot.errors import Explain, RetryLater, Undeliverable, Unknown
from bot.language import both

_FRESH = timedelta(minutes=5)
_KEEP = timedelta(hours=24)


class Inventory:
    """Searches every supplier that sells a kind. `deadline`: real seconds that one search may take."""

    def __init__(self, suppliers: Sequence[InventoryProvider], clock: Clock, *, deadline: float = 2.0) -> None:
        self._suppliers = tuple(suppliers)
        self._clock = clock
        self._deadline = deadline
        self._cache = Cache(fresh=_FRESH, keep=_KEEP)
        self._breakers = {s.code: Breaker(clock) for s in suppliers}
        self._running: dict[Search, asyncio.Task[Found]] = {}

    async def search(self, wish: Search) -> Found:
        """Offers of all suppliers, the cheaper where two sell the same; identical searches share one call.

        AllSilent if no supplier answers and no earlier answer is kept."""
        found = self._cache.fresh(wish, self._clock.now())
        if found is not None:
            return found
        task = self._running.get(wish)
        if task is None:
            task = self._running[wish] = asyncio.create_task(self._ask(wish))
            task.add_done_callback(lambda _: self._running.pop(wish, None))
        return await asyncio.shield(task)

    async def offer(self, ref: str) -> Offer:
        """One offer as it stands now. SoldOut, TooFew for the party; Explain if its supplier does not answer."""
        supplier = self.supplier(ref)
        if supplier is None:
            raise SoldOut(ref)
        breaker = self._breakers[supplier.code]
        if not breaker.allows():
            raise Explain(say("silent", supplier=supplier.name))
        try:
            offer = await asyncio.wait_for(supplier.reprice(ref), self._deadline)
        except (TimeoutError, RetryLater, Unknown, Undeliverable) as cause:
            breaker.failed()
            raise Explain(say("silent", supplier=supplier.name)) from cause
        except SoldOut:
            breaker.worked()
            raise
        breaker.worked()
        if not offer.roomy:
            raise TooFew(offer)
        return offer

    def supplier(self, ref: str) -> InventoryProvider | None:
        """Whose reference it is."""
        return next((s for s in self._suppliers if ref.startswith(s.code + ":")), None)

    def health(self) -> dict[str, str]:
        """Supplier name -> closed, open or half-open (for /status)."""
        return {s.name: self._breakers[s.code].state for s in self._suppliers}

    async def _ask(self, wish: Search) -> Found:
        asked = [s for s in self._suppliers if wish.kind in s.kinds]
        at = self._clock.now()
        answers = await asyncio.gather(*(self._one(s, wish) for s in asked))
        silent = tuple(s.name for s, answer in zip(asked, answers, strict=True) if answer is None)
        if len(silent) == len(asked):
            return self._earlier(wish, silent)
        offers = _cheapest(offer for answer in answers for offer in answer or ())
        found = Found(wish=wish, offers=offers, at=at, silent=silent)
        self._cache.put(found)
        return found

    async def _one(self, supplier: InventoryProvider, wish: Search) -> tuple[Offer, ...] | None:
        breaker = self._breakers[supplier.code]
        if not await breaker.allows_in_turn():
            return None
        try:
            offers = await asyncio.wait_for(supplier.search(wish), self._deadline)
        except (TimeoutError, RetryLater, Unknown, Undeliverable):
            breaker.failed()
            return None
        except BaseException:
            breaker.failed()
            raise
        breaker.worked()
        return offers

    def _earlier(self, wish: Search, silent: tuple[str, ...]) -> Found:
        found = self._cache.old(wish, self._clock.now())
        if found is None:
            raise AllSilent(silent, say("all_silent", suppliers=both(silent) or say("nobody")))
        return replace(found, stale=True, silent=silent)


def _cheapest(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    best: dict[tuple[object, ...], Offer] = {}
    for offer in offers:
        kept = best.get(offer.product)
        if kept is None or _less(offer, kept):
            best[offer.product] = offer
    return tuple(best.values())


def _less(offer: Offer, other: Offer) -> bool:
    if offer.price is None or other.price is None or offer.price.currency != other.price.currency:
        return False
    return offer.price < other.price
