"""What the lane does when money or a supplier has news: the saga of a checkout, one declared move after the other.

covered → priced once more → fits: placed, most reversible first → every answer known → taken and confirmed. An answer
that does not come is `unknown` and looked up until it is known; an order is never sent again.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from booking.offers import Offer, kept_of
from booking.sale.bookings import STANDING, UNDER_WAY, Booking
from booking.sale.cards import BOOKED, ended_draft, order_card
from booking.sale.naming import bookings_of
from booking.sale.opening import MARGIN
from booking.sale.sale import Sale, sale_of
from booking.sale.texts import say
from booking.sale.trip_bookings import TripBookings
from bot.codec import from_plain
from bot.content import Draft
from bot.language import listed
from bot.money import Money
from bot.ports import Store
from bot.turn import Turn
from payments.collecting import Collections
from payments.model import Collection
from payments.moves import open_gap

WATCH = timedelta(minutes=2)
# How long after two looks that find nothing an order counts as never arrived, and when a last look is taken.
GRACE, ORPHAN = timedelta(seconds=10), timedelta(minutes=10)
_LONGEST_WAIT = 300


class Settling:
    """Handlers of the Entries `payment:covered`, `payment:ended`, `supplier:priced|placed|looked`, `timer:checkout`."""

    def __init__(self, store: Store, collections: Collections) -> None:
        self._store, self._collections = store, collections
        self._trips = TripBookings(store)

    async def covered(self, turn: Turn) -> None:
        """The shares cover the total: ask the suppliers once more. Money after the end tries again."""
        sale = await self._sale(turn, turn.entry.value.get("about", ""))
        late = bool(turn.entry.value.get("late"))
        if sale is None or sale.checkout.state not in ("open", "over") or (sale.checkout.state == "over" and not late):
            turn.because("that checkout waits for no money")
            return
        collection = await self._collections.of(sale.checkout.id)
        if collection is None or collection.state != "covered":
            turn.because("what covered it is gone again")
            return
        if sale.checkout.state == "over" and not await self._still_wanted(sale):
            sale.say(Draft(text=say("late_twice", title=sale.checkout.title)))
            sale.take(self._collections.release(sale.turn, collection, "bought otherwise").reply)
            return
        self._begin(sale)
        sale.write()

    async def _still_wanted(self, sale: Sale) -> bool:
        """Whether nothing of a checkout that was over has been bought otherwise since, or is being bought."""
        others = [b for b in await bookings_of(self._store, sale.checkout.thread) if b.checkout != sale.checkout.id]
        bought = {b.offer.ref for b in others if b.state in UNDER_WAY | STANDING}
        return not any(b.offer.ref in bought for b in sale.of("expired", "released"))

    def _begin(self, sale: Sale) -> None:
        late = sale.checkout.state == "over"
        for booking in sale.of("expired", "released") if late else []:
            sale.move(booking, "paid_late", attempt=booking.attempt + 1, looks=0, hold=None)
        for booking in sale.of("awaiting_payment"):
            sale.move(booking, "authorized")
        sale.say(Draft(text=say("late" if late else "covered"), notice=True))
        self._ask_prices(sale)
        self._watch(sale, 0)

    def _watch(self, sale: Sale, n: int) -> None:
        """Look in a while whether it goes on."""
        sale.job("checkout_tick", f"{sale.checkout.rounds}:{n}", sale.turn.now + WATCH, topic="checkout", n=n)

    def _ask_prices(self, sale: Sale) -> None:
        n = sale.checkout.rounds + 1
        sale.step("pricing", rounds=n)
        ids = [b.id for b in sale.of("authorized", "paid_late")]
        sale.job("price_order", str(n), round=n, bookings=ids)

    async def priced(self, turn: Turn) -> None:
        """The suppliers have said how it stands: place it if the money covers that."""
        value = turn.entry.value
        sale = await self._sale(turn, value["checkout"])
        if sale is None or sale.checkout.state != "pricing" or sale.checkout.rounds != value["round"]:
            turn.because("priced too late")
            return
        self._reprice(sale, value["lines"])
        collection = await self._collections.of(sale.checkout.id)
        open_ = sale.of("authorized", "paid_late")
        if collection is None or not open_:
            self._give_up(sale, collection, "nothing_left")
        elif sale.of("paid_late") and collection.authorized < sale.sum(open_):
            self._give_up(sale, collection, "late_nothing")
        else:
            self._fit(sale, collection, open_, asked=any(line.get("offer") for line in value["lines"]))
        sale.write()

    def _reprice(self, sale: Sale, lines: Sequence[dict[str, Any]]) -> None:
        for told in lines:
            booking = sale.bookings.get(told["booking"])
            if booking is None or booking.state not in ("authorized", "paid_late"):
                continue
            if told.get("why"):
                why = say(f"why_{told['why']}", supplier=booking.supplier)
                sale.move(booking, "released" if booking.state == "authorized" else "refunding", why)
                sale.say(Draft(text=say("one_gone", title=booking.offer.title, why=why), notice=True))
            elif told.get("offer"):
                offer = from_plain(told["offer"], Offer)
                sale.put(booking, offer=offer, price=from_plain(told["price"], Money))

    def _fit(self, sale: Sale, collection: Collection, open_: list[Booking], *, asked: bool) -> None:
        due = sale.sum(open_)
        step = self._collections.fits(sale.turn, collection, due, deadline=_deadline(sale, open_))
        sale.take(step.reply)
        if step.collection.state == "committing":
            self._place(sale, together=asked)
            return
        for booking in sale.of("authorized"):
            sale.move(booking, "awaiting_payment", "dearer")
        sale.step("open")
        if step.collection.state == "collecting" and due > collection.authorized:
            was, rise = collection.total, due - collection.authorized
            sale.say(Draft(text=say("too_dear_now", was=was, total=due, rise=rise)))

    def _place(self, sale: Sale, *, together: bool) -> None:
        """First, side by side, what costs nothing to give back; what does not come back when that is known.

        `together`: suppliers have said just now that it can be had; one more round would only make people wait."""
        for booking in sale.of("paid_late"):
            sale.move(booking, "authorized")
        for booking in sale.of("refunding"):  # gone meanwhile: its money is not taken with the others'
            sale.move(booking, "released", booking.why)
        placing = [sale.move(b, "placing") for b in sale.of("authorized")]
        safe = [b for b in placing if _reversible(b, sale.turn)]
        first = safe if safe and not together else placing
        later = [b for b in placing if b not in first]
        sale.step("placing", later=tuple(b.id for b in later))
        suppliers = listed(dict.fromkeys(b.supplier for b in placing))
        sale.say(Draft(text=say("placing", suppliers=suppliers), notice=True))
        self._order(sale, first)

    def _order(self, sale: Sale, bookings: Sequence[Booking]) -> None:
        about = f"{sale.checkout.rounds}:{bookings[0].id}"
        sale.job("place_order", about, bookings=[b.id for b in bookings])

    async def placed(self, turn: Turn) -> None:
        """Suppliers have answered orders, or not."""
        sale = await self._sale(turn, turn.entry.value["checkout"])
        if sale is None:
            return
        for told in turn.entry.value["lines"]:
            self._answered(sale, told)
        await self._go_on(sale)
        sale.write()

    async def looked(self, turn: Turn) -> None:
        """What became of an order nobody had answered."""
        sale = await self._sale(turn, turn.entry.value["checkout"])
        told = turn.entry.value
        booking = sale.bookings.get(told["booking"]) if sale else None
        if sale is None or booking is None or booking.state != "unknown":
            turn.because("that is known already")
            return
        if told["state"] in ("silent", "none") and not self._never_came(booking, told["state"]):
            self._look_again(sale, booking, found_none=told["state"] == "none")
        elif told["state"] == "none":
            self._answered(sale, {**told, "state": "refused", "why": "never"})
            key = booking.order_key
            sale.job("orphan_order", key, turn.now + ORPHAN, bookings=[booking.id], key=key)
        else:
            self._answered(sale, told)
        await self._go_on(sale)
        sale.write()

    def _never_came(self, booking: Booking, state: str) -> bool:
        """Two looks in a row found nothing of it."""
        return state == "none" and booking.why == "none"

    def _look_again(self, sale: Sale, booking: Booking, *, found_none: bool = False) -> None:
        n = booking.looks + 1
        wait = GRACE if found_none else timedelta(seconds=min(2**n, _LONGEST_WAIT))
        due = sale.turn.now + (wait if n > 1 or found_none else timedelta())
        sale.put(booking, looks=n, why="none" if found_none else "")
        sale.job("look_up_order", f"{booking.order_key}:{n}", due, bookings=[booking.id])

    def _answered(self, sale: Sale, told: dict[str, Any]) -> None:
        """One supplier's answer to one order."""
        booking = sale.bookings.get(told["booking"])
        if booking is None or booking.state not in ("placing", "unknown"):
            sale.turn.because("that order is settled already")
            return
        if told["state"] == "confirmed":
            price = from_plain(told["price"], Money)
            sale.move(booking, "confirmed", code=told["code"], price=price)
        elif told["state"] != "unknown":
            key = told.get("why") or "refused"
            sale.move(booking, "released", say(f"why_{key}", supplier=booking.supplier))
        elif booking.state == "placing":
            sale.move(booking, "unknown", "no answer")
            sale.say(Draft(text=say("waiting", supplier=booking.supplier, title=booking.offer.title), notice=True))
            self._look_again(sale, sale.bookings[booking.id])

    async def _go_on(self, sale: Sale) -> None:
        """Order what was kept for later, or finish when every answer is known."""
        if sale.checkout.state != "placing":
            return
        later = [b for b in sale.of("placing") if b.id in sale.checkout.later]
        if later and not [b for b in sale.of("placing") if b not in later]:
            sale.checkout = replace(sale.checkout, later=())
            self._order(sale, later)
        elif not later and sale.settled:
            await self._finish(sale)

    async def _finish(self, sale: Sale) -> None:
        """Take what was confirmed, let the rest go, and tell everybody."""
        turn, booked = sale.turn, sale.confirmed
        collection = await self._collections.of(sale.checkout.id)
        if collection is not None:
            step = self._collections.take(turn, collection, sale.sum(booked))
            sale.take(step.reply)
        sale.step("settling" if booked else "over", card=f"{turn.entry.id}/{BOOKED}")
        sale.say(order_card(sale, turn.now))
        if booked:
            await self._trips.book(turn, booked)
            sale.job("papers", str(sale.checkout.rounds), bookings=[b.id for b in booked])
            for booking in booked:
                self._time_passes(sale, booking)
        self._let_go(sale)

    def _time_passes(self, sale: Sale, booking: Booking) -> None:
        for topic, at in (("begins", booking.offer.starts_at), ("ends", booking.offer.ends_at)):
            if at is not None:
                about = f"{booking.id}:{topic}"
                sale.job("booking_tick", about, max(at, sale.turn.now), topic=topic, booking=booking.id)

    def _give_up(self, sale: Sale, collection: Collection | None, key: str) -> None:
        """Nothing of it is bought: every hold on money is let go."""
        for booking in sale.of("authorized"):
            sale.move(booking, "released", key)
        for booking in sale.of("paid_late"):
            sale.move(booking, "refunding", key)
        sale.step("over")
        sale.say(Draft(text=say(key)))
        if collection is not None:
            sale.take(self._collections.release(sale.turn, collection, key).reply)
        self._let_go(sale)

    async def ended(self, turn: Turn) -> None:
        """The money is taken, or will never be."""
        value = turn.entry.value
        sale = await self._sale(turn, value.get("about", ""))
        if sale is None:
            turn.because("nothing of ours was paid for with that")
            return
        if value.get("state") == "committed":
            self._paid(sale, int(value.get("taken") or 0), int(value.get("open") or 0))
        else:
            self._unpaid(sale)
        sale.write()

    def _paid(self, sale: Sale, confirmed: int, gap: int) -> None:
        """`confirmed`: what was to be taken, `gap`: what of it is open; minor units."""
        if gap or any(b.payment == "partial" for b in sale):
            self._tell_gap(sale, confirmed - gap, gap)
        for booking in sale:
            bought = booking.state in ("confirmed", "cancel_quoted", "cancelling", "in_service")
            if bought and booking.payment in ("none", "partial"):
                sale.put(booking, payment="partial" if gap else "full")
        if sale.checkout.state == "settling":
            sale.step("done")

    def _tell_gap(self, sale: Sale, taken: int, gap: int) -> None:
        """What could not be taken, has been since or is not owed any more, on the card that says what was booked."""
        currency = sale.checkout.currency
        if sale.checkout.card and sale.of(*STANDING, "cancelled"):
            sale.say(order_card(sale, sale.turn.now, Money(taken, currency), Money(gap, currency)))

    def _unpaid(self, sale: Sale) -> None:
        for booking in sale.of("awaiting_payment"):
            sale.move(booking, "expired")
        for booking in sale.of("authorized", "refunding"):
            sale.move(booking, "released", booking.why)
        if sale.checkout.state in ("open", "pricing"):
            sale.step("over")
            sale.say(ended_draft(sale.checkout))
            self._let_go(sale)

    def _let_go(self, sale: Sale) -> None:
        held = [b.id for b in sale if b.hold is not None and not b.code]
        if held:
            sale.job("let_go", str(sale.checkout.rounds), bookings=held)

    async def checked(self, turn: Turn) -> None:
        """The reconciler: now and then a checkout under way is looked at, and what stands still is taken up again."""
        value = turn.entry.value
        sale = await self._sale(turn, value["checkout"])
        if sale is None or sale.checkout.state in ("done", "over"):
            turn.because("nothing stands still")
            return
        collection = await self._collections.of(sale.checkout.id)
        state = collection.state if collection else ""
        if sale.checkout.state == "open" and state == "covered":
            self._begin(sale)
        elif sale.checkout.state == "open" and state == "released":
            self._unpaid(sale)
        elif sale.checkout.state == "settling" and collection is not None and state == "committed":
            self._paid(sale, collection.taken.minor if collection.taken else 0, open_gap(collection))
        else:
            self.take_up(sale)
            self._watch(sale, int(value["n"]) + 1)
        sale.write()

    def take_up(self, sale: Sale) -> None:
        """Ask prices again, or look up orders that nobody answered; an order is never sent a second time."""
        if sale.checkout.state == "pricing":
            n = sale.checkout.rounds + 1
            sale.checkout = replace(sale.checkout, rounds=n)
            ids = [b.id for b in sale.of("authorized", "paid_late")]
            sale.job("price_order", str(n), round=n, bookings=ids)
        for booking in sale.of("placing"):
            if booking.id not in sale.checkout.later:
                self._answered(sale, {"booking": booking.id, "state": "unknown"})

    async def asked(self, turn: Turn) -> None:
        """An admin wants a checkout taken up now: what stands still, and what waits for a supplier's answer."""
        sale = await self._sale(turn, turn.entry.value["checkout"])
        if sale is None:
            return
        waiting = sale.of("unknown", "cancelling")
        if sale.checkout.state in ("pricing", "placing"):
            self.take_up(sale)
        for booking in waiting:
            n = booking.looks + 1
            sale.put(booking, looks=n)
            name = "look_up_order" if booking.state == "unknown" else "look_up_cancelled"
            sale.job(name, f"{booking.order_key}:{n}", bookings=[booking.id])
        sale.write()

    async def passed(self, turn: Turn) -> None:
        """A booking begins or is over."""
        value = turn.entry.value
        sale = await self._sale(turn, value["checkout"])
        booking = sale.bookings.get(value["booking"]) if sale else None
        if sale is None or booking is None:
            return
        to = {"begins": ("confirmed", "in_service"), "ends": ("in_service", "completed")}[value["topic"]]
        if value["topic"] == "begins" and booking.state == "cancel_quoted":
            booking = sale.move(booking, "confirmed", "begun")
        if booking.state == to[0]:
            sale.try_move(booking, to[1])
        sale.write()

    async def _sale(self, turn: Turn, checkout: str) -> Sale | None:
        return await sale_of(self._store, turn, checkout)


def _reversible(booking: Booking, turn: Turn) -> bool:
    """Whether cancelling it at once would cost nothing."""
    return kept_of(booking.offer.terms, booking.price, turn.now).minor == 0


def _deadline(sale: Sale, bookings: Sequence[Booking]) -> datetime:
    """Until when a rise in price may be paid: as long as it is kept for us, at least as long as one payer has."""
    ends = [b.hold.until if b.hold and b.hold.until else b.offer.expires_at for b in bookings]
    known = [at for at in ends if at is not None]
    soonest = sale.turn.now + MARGIN
    return max(min(known) - MARGIN, soonest) if known else soonest
