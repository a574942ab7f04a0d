"""The Jobs that call suppliers for a checkout: price once more, place orders, look up, cancel, let holds go.

Each ends in one Entry `supplier`, whose handler (booking/settling.py) moves the documents; none changes a Thread.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import structlog

from booking.offers import Offer
from booking.ports import QuoteOver, Reservation, Sellable, SoldOut
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking
from booking.sale.pricing import Pricing
from booking.sale.travellers import Names
from bot.clock import Clock
from bot.codec import to_plain
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.model import Entry, Job
from bot.ports import Store

_TRIES = 4
_log = structlog.get_logger()


class Ordering:
    """What the Jobs `price_order`, `place_order`, `look_up_order`, `cancel_order` and `let_go` do."""

    def __init__(self, store: Store, sells: Sellable, pricing: Pricing, names: Names, clock: Clock) -> None:
        self._store, self._sells, self._pricing, self._names, self._clock = store, sells, pricing, names, clock

    async def price(self, job: Job) -> Entry:
        """How each line stands now; of what is held only whether its supplier keeps to it."""
        bookings = await self._bookings(job)
        found = await asyncio.gather(*(self._priced(b) for b in bookings))
        return self._told(job, "priced", round=job.args["round"], lines=found)

    async def _priced(self, booking: Booking) -> dict[str, Any]:
        if booking.hold is not None and await self._kept(booking, booking.hold):
            return {"booking": booking.id, "price": to_plain(booking.hold.price)}
        offer = await self._pricing.now(booking.offer)
        if offer == "sold_out":
            offer = await self._still_ours(booking) or offer
        if isinstance(offer, str):
            return {"booking": booking.id, "why": offer}
        return {"booking": booking.id, "price": to_plain(offer.price), "offer": to_plain(offer)}

    async def _kept(self, booking: Booking, hold: Reservation) -> bool:
        """Whether a hold's price still stands by the supplier's own word; its promise counts while it is silent."""
        if not self._promised(hold):
            return False
        try:
            found = await self._sells.look_up(booking.offer.ref, hold.key)
        except (RetryLater, Unknown, Undeliverable):
            return True
        return found is not None and found.state == "held" and self._promised(found)

    async def _still_ours(self, booking: Booking) -> Offer | None:
        """What is sold out for others is kept for us while a hold stands, at today's price."""
        if booking.hold is None or not _stands(booking.hold, self._clock.now()):
            return None
        try:
            found = await self._sells.look_up(booking.offer.ref, booking.hold.key)
        except (RetryLater, Unknown, Undeliverable):
            return None
        if found is None or found.state != "held":
            return None
        offer = await self._pricing.standing(booking.offer)
        return replace(offer or booking.offer, price=found.price)

    def _promised(self, hold: Reservation) -> bool:
        return hold.price_until is not None and self._clock.now() < hold.price_until

    async def place(self, job: Job) -> Entry:
        """Order these lines side by side, each once under its booking's key."""
        bookings = await self._bookings(job)
        found = await asyncio.gather(*(self._placed(b, again=job.attempts > 1) for b in bookings))
        return self._told(job, "placed", lines=found)

    async def _placed(self, booking: Booking, again: bool) -> dict[str, Any]:
        for n in range(_TRIES):
            try:
                return _answer(booking, await self._confirm(booking, again))
            except RetryLater:
                await self._clock.sleep(0.5 * 2**n)
            except Unknown:
                return {"booking": booking.id, "state": "unknown"}
            except (SoldOut, AskAgain, Undeliverable, Explain) as wrong:
                return {"booking": booking.id, "state": "refused", "why": _why(wrong)}
        return {"booking": booking.id, "state": "refused", "why": "down"}

    async def _confirm(self, booking: Booking, again: bool) -> Reservation:
        hold = booking.hold if booking.hold and _stands(booking.hold, self._clock.now()) else None
        return await self._sells.confirm(
            booking.offer.ref, key=booking.order_key, names=await self._given(booking), price=booking.price,
            held=hold.code if hold else "", again=again,
        )  # fmt: skip

    async def _given(self, booking: Booking) -> Sequence[str]:
        if not booking.offer.named:
            return ()
        checkout = await self._store.get(CHECKOUTS, booking.checkout)
        names = await self._names.open(booking.thread, checkout.names if checkout else "")
        return names[: booking.offer.travelers]

    async def look_up(self, job: Job) -> Entry:
        """What became of one order's key."""
        (booking,) = await self._bookings(job)
        try:
            placed = await self._sells.look_up(booking.offer.ref, booking.order_key)
        except (RetryLater, Unknown, Undeliverable):
            return self._told(job, "looked", booking=booking.id, state="silent")
        if placed is None:
            return self._told(job, "looked", booking=booking.id, state="none")
        return self._told(job, "looked", **{**_answer(booking, placed), "booking": booking.id})

    async def cancel(self, job: Job) -> Entry:
        """Cancel one order by the quote that was confirmed."""
        (booking,) = await self._bookings(job)
        quote = job.args["quote"]
        for n in range(_TRIES):
            try:
                given = await self._cancelled(booking, quote)
            except RetryLater:
                await self._clock.sleep(0.5 * 2**n)
            except Unknown:
                return self._told(job, "cancelled", booking=booking.id, state="unknown")
            except QuoteOver:
                return self._told(job, "cancelled", booking=booking.id, state="over")
            except (SoldOut, Undeliverable) as wrong:
                return self._told(job, "cancelled", booking=booking.id, state="refused", why=_why(wrong))
            else:
                return self._told(job, "cancelled", booking=booking.id, **_given_back(given))
        return self._told(job, "cancelled", booking=booking.id, state="unknown")

    async def _cancelled(self, booking: Booking, quote: str, *, again: bool = True) -> Reservation:
        """By that quote; where a newer one has taken its place, by that if it gives back the same."""
        ref, about = booking.offer.ref, f"booking:{booking.id}"
        try:
            return await self._sells.cancel(ref, booking.code, key=f"{about}:cancel:{quote}", quote=quote)
        except QuoteOver:
            if not again or booking.quote is None:
                raise
            newer = await self._sells.quote_cancel(ref, booking.code, key=f"{about}:quote_again:{quote}")
            if newer.refund != booking.quote.refund:
                raise
            return await self._cancelled(booking, newer.id, again=False)

    async def look_up_cancelled(self, job: Job) -> Entry:
        """Whether an order that was to be cancelled is."""
        (booking,) = await self._bookings(job)
        try:
            found = await self._sells.look_up(booking.offer.ref, booking.order_key)
        except (RetryLater, Unknown, Undeliverable):
            found = None
        state = _given_back(found) if found is not None else {"state": "unknown"}
        return self._told(job, "cancelled", booking=booking.id, looked=True, **state)

    async def let_go(self, job: Job) -> None:
        """Give holds back, of bookings and such as no booking came of; one that stays lapses by itself."""
        held = [(b.offer.ref, b.hold.code) for b in await self._bookings(job) if b.hold is not None]
        held += [(hold["ref"], hold["code"]) for hold in job.args.get("holds", ())]
        for ref, code in held:
            try:
                await self._sells.cancel(ref, code, key=f"hold:{code}:let_go")
            except (RetryLater, Unknown, Undeliverable, SoldOut, QuoteOver) as error:
                _log.info("hold left to lapse", code=code, error=type(error).__name__)

    async def orphan(self, job: Job) -> None:
        """An order that arrived after it was given up is given back."""
        for booking in await self._bookings(job):
            placed = await self._sells.look_up(booking.offer.ref, job.args["key"])
            if placed is not None and placed.state == "confirmed" and booking.code != placed.code:
                key = f"{job.args['key']}:orphan"
                quote = await self._sells.quote_cancel(booking.offer.ref, placed.code, key=key)
                await self._sells.cancel(booking.offer.ref, placed.code, key=key, quote=quote.id)
                _log.warning("late order given back", booking=booking.id, refund=str(quote.refund))

    async def tick(self, job: Job) -> Entry:
        """Time has come: the lane looks at it."""
        value = {**job.args, "topic": job.args["topic"]}
        id = f"{job.thread}:timer:{job.id}"
        return Entry(id=id, thread=job.thread, what="timer", at=self._clock.now(), value=value)

    async def _bookings(self, job: Job) -> list[Booking]:
        found = [await self._store.get(BOOKINGS, id) for id in job.args["bookings"]]
        return [b for b in found if b is not None]

    def _told(self, job: Job, topic: str, **value: Any) -> Entry:
        told = {"topic": topic, "checkout": job.args["checkout"], **value}
        id = f"{job.thread}:supplier:{job.id}"
        return Entry(id=id, thread=job.thread, what="supplier", at=self._clock.now(), value=told)


def _stands(hold: Reservation, now: datetime) -> bool:
    return hold.until is not None and now < hold.until


def _answer(booking: Booking, placed: Reservation) -> dict[str, Any]:
    if placed.state != "confirmed":
        return {"booking": booking.id, "state": "none" if placed.state in ("held", "lapsed") else placed.state}
    return {"booking": booking.id, "state": "confirmed", "code": placed.code, "price": to_plain(placed.price)}


def _given_back(given: Reservation) -> dict[str, Any]:
    if given.state != "cancelled":
        return {"state": "standing"}
    return {"state": "cancelled", "refund": to_plain(given.refund) if given.refund else None}


def _why(wrong: Exception) -> str:
    if isinstance(wrong, SoldOut):
        return "sold_out"
    if isinstance(wrong, AskAgain):
        return wrong.parameter if wrong.parameter in ("price", "names") else "refused"
    return "refused"
