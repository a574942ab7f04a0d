"""Cancelling a booking: the supplier's quote first, one confirmation by who ordered or paid, then the refund."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from booking.offers import moment
from booking.ports import CancelQuote, Sellable, SoldOut
from booking.sale.bookings import BOOKINGS, STANDING, Booking, transition
from booking.sale.cards import CANCELLABLE, booking_facts, order_fact, pick_card, said_state
from booking.sale.cart_cards import ours
from booking.sale.naming import booking_named, bookings_of, check_member, meant
from booking.sale.paying import call_job
from booking.sale.sale import Sale, sale_of
from booking.sale.texts import say
from booking.sale.trip_bookings import TripBookings
from bot.capability import Confirmed, Effect, Text, capability
from bot.codec import from_plain, to_plain
from bot.consent.confirm import confirm
from bot.content import Card, Draft
from bot.documents import Replace
from bot.errors import Explain, NotAllowed, RetryLater, Undeliverable, Unknown
from bot.glossary import worded
from bot.language import both
from bot.model import Job
from bot.money import Money
from bot.ports import Ask, Call, Reply, Store
from bot.reading import all_of
from bot.turn import Turn
from payments.collecting import Collections
from payments.model import REFUNDS, Collection, Share
from payments.shares import within

_LONGEST_WAIT = 300
# What people call all their bookings; each is cancelled on its own, after its own quote.
_ALL = frozenset(("trip", "whole trip", "everything", "all", "all of it", "it all", "it", "bookings", "booking", "one"))
# A quote that is good for so long yet is shown to the next one who asks.
_LEFT = timedelta(minutes=2)
_CANCEL = (
    "cancel a booking", "cancel our booking", "cancel the booking {booking}", "cancel booking {booking}",
    "i want to cancel {booking}", "cancel our {booking} booking", "get a refund for {booking}", "give back {booking}",
    "cancel the {booking}", "cancel our {booking}", "cancel my {booking}", "can we cancel the {booking}",
    "can we cancel our {booking}", "can we get a refund for {booking}", "refund the {booking}",
    "can we get our money back for {booking}",
)  # fmt: skip


class Cancelling:
    """Capabilities and the handler of `supplier:cancelled`."""

    def __init__(self, store: Store, sells: Sellable, collections: Collections) -> None:
        self._store, self._sells, self._collections = store, sells, collections
        self._trips = TripBookings(store)

    @capability("Cancel a booking", effect=Effect.CHANGE, command="cancel", phrases=_CANCEL)
    async def cancel_booking(self, ask: Ask, *, booking: Text = "", confirmed: Confirmed = "") -> Reply:
        """`booking`: its number or a part of its title. First you see what comes back; then you confirm that."""
        booking = "" if meant(booking) in _ALL else booking
        if not booking and (choice := await self._choice(ask)):
            return Reply(drafts=(choice,), why="asks which booking")
        found = await self._cancellable(ask, booking)
        quote = found.quote if found.state == "cancel_quoted" else None
        if quote is not None and confirmed == _says(quote) and ask.now < quote.until:
            return self._cancel(ask, found, quote)
        if quote is not None and not confirmed and quote.until - ask.now > _LEFT:
            return await self._shown(ask, found, quote)
        note = (Draft(text=say("quote_over"), notice=True, only_for=(ask.person.id,)),) if confirmed else ()
        job = call_job(ask, "quote_cancel", {"booking": found.number})
        return Reply(drafts=note, jobs=(job,), why="asks what comes back")

    async def _choice(self, ask: Ask) -> Draft | None:
        """For the asker alone a button for each booking that can be cancelled, if there are several."""
        check_member(ask)
        fit = [b for b in await bookings_of(self._store, ask.thread.id) if b.state in CANCELLABLE]
        return replace(pick_card(fit, "cancel"), only_for=(ask.person.id,)) if len(fit) > 1 else None

    async def _cancellable(self, ask: Ask, said: str) -> Booking:
        """Explain if there is nothing to cancel, NotAllowed for somebody who neither ordered nor paid."""
        check_member(ask)
        found = await booking_named(self._store, ask.thread.id, said, ("confirmed", "cancel_quoted", *STANDING))
        if found.state not in ("confirmed", "cancel_quoted"):
            key = "cannot_cancel_yet" if found.state == "awaiting_payment" else "cannot_cancel"
            raise Explain(say(key, title=found.offer.title, state=said_state(found.state)))
        if found.payment == "none":
            raise Explain(say("cancel_soon", title=found.offer.title))
        collection = await self._collections.of(found.checkout)
        payers = {s.person for s in collection.shares if s.captured} if collection else set()
        if not any(map(ask.person.is_, {found.organiser, *payers})):
            raise NotAllowed(say("not_yours_to_cancel", title=found.offer.title))
        return found

    def _cancel(self, ask: Ask, found: Booking, quote: CancelQuote) -> Reply:
        moved = transition(found, "cancelling", cause=ask.key, at=ask.now, by=ask.person.id, looks=0)
        job = Job(
            id=f"{found.checkout}:cancel_order:{found.id}:{quote.id}", name="cancel_order", thread=ask.thread.id,
            due_at=ask.now, args={"checkout": found.checkout, "bookings": [found.id], "quote": quote.id},
        )  # fmt: skip
        told = Draft(text=say("cancelling", title=found.offer.title), notice=True)
        return Reply(drafts=(told,), ops=(Replace(BOOKINGS, moved),), jobs=(job,), why="cancels a booking")

    @capability("Ask what cancelling gives back", slow=True, hidden=True, private=True)
    async def quote_cancel(self, ask: Ask, *, booking: Text) -> Reply:
        """The supplier's quote; the lane shows it."""
        found = await self._cancellable(ask, booking)
        try:
            quote = await self._sells.quote_cancel(found.offer.ref, found.code, key=f"{ask.key}:quote")
        except (RetryLater, Unknown, Undeliverable) as cause:
            raise Explain(say("recheck_silent", supplier=found.supplier)) from cause
        except SoldOut as cause:
            raise Explain(say("cancel_unknown", supplier=found.supplier, title=found.offer.title)) from cause
        args = {"booking": found.number, "quote": json.dumps(to_plain(quote))}
        return Reply(then=Call(name="show_cancel", args=args))

    @capability("Show what cancelling gives back", effect=Effect.CHANGE, hidden=True)
    async def show_cancel(self, ask: Ask, *, booking: Text, quote: Text) -> Reply:
        """The lane's own door: the quote is kept with the booking, and confirmed by what it says."""
        try:
            found = await self._cancellable(ask, booking)
        except (Explain, NotAllowed) as kind:
            return Reply(drafts=(Draft(text=str(kind), only_for=(ask.person.id,)),))
        return await self._shown(ask, found, from_plain(json.loads(quote), CancelQuote))

    async def _shown(self, ask: Ask, found: Booking, offered: CancelQuote) -> Reply:
        """A quote for one person; what it says is what they confirm, whoever else has asked for one."""
        moved = transition(found, "cancel_quoted", cause=ask.key, at=ask.now, by=ask.person.id, quote=offered)
        collection = await self._collections.of(found.checkout)
        back, spare = self._divided(found, collection, offered.refund)
        routes = routes_of(found, collection, back)
        label = say("quote_ask", refund=offered.refund) if offered.refund.minor else say("quote_ask_none")
        minutes = max(1, round((offered.until - ask.now).total_seconds() / 60))
        card = confirm(
            ask, "cancel_booking", {"booking": found.number}, card=_quote_card(ask, moved, offered, routes, spare),
            label=label, seal=_says(offered), minutes=minutes,
        )  # fmt: skip
        return Reply(drafts=(card,), ops=(Replace(BOOKINGS, moved),), why="showed what comes back")

    async def cancelled(self, turn: Turn) -> None:
        """What the supplier said of a cancellation."""
        value = turn.entry.value
        sale = await sale_of(self._store, turn, value["checkout"])
        booking = sale.bookings.get(value["booking"]) if sale else None
        if sale is None or booking is None or booking.state != "cancelling":
            turn.because("that is known already")
            return
        state = value["state"]
        if state == "cancelled":
            await self._refund(sale, booking, from_plain(value["refund"], Money) if value["refund"] else None)
        elif state == "unknown":
            self._look_again(sale, booking, first=not value.get("looked"))
        elif state == "over":
            self._quote_again(sale, booking)
        else:
            sale.move(booking, "confirmed", "the supplier did not cancel it", quote=None)
            sale.say(Draft(text=say("cancel_refused", supplier=booking.supplier, title=booking.offer.title)))
        sale.write()

    async def _refund(self, sale: Sale, booking: Booking, given: Money | None) -> None:
        """Cancelled: what comes back goes to those who paid, in their shares; the plan loses it."""
        by = _who(booking)
        refund = given or Money(0, booking.price.currency)
        collection = await self._collections.of(booking.checkout)
        back, spare = self._divided(booking, collection, refund)
        sale.move(
            booking, "cancelled", by=by, refunded=refund, refund="requested" if back.minor else "none", quote=None
        )  # fmt: skip
        routes = routes_of(booking, collection, back)
        if collection is not None and refund.minor:
            why, key = f"{booking.number} cancelled", refund_key(booking)
            step = self._collections.refund(sale.turn, collection, back, why, key, by=by, spare=spare)
            sale.take(step.reply)
        if back.minor:
            self._watch_refund(sale, booking, 0)
        names = both(dict.fromkeys(name for name, _ in routes))
        lines = [say("cancelled_refund", refund=back, routes=names)] if back.minor else []
        lines += [say("quote_spare", amount=Money(spare, refund.currency))] if spare else []
        title = say("cancelled", title=booking.offer.title, number=booking.number)
        facts = (order_fact(booking, say("f_back"), refund, sale.turn.now),)
        sale.say(Draft(card=Card(title=title, lines=tuple(lines or [say("cancelled_none")]), facts=facts)))
        await self._trips.set_aside(sale.turn, booking)

    def _divided(self, booking: Booking, collection: Collection | None, refund: Money) -> tuple[Money, int]:
        """Of what its supplier gives back: what goes to who paid, and what makes good what could not be taken."""
        if collection is None:
            return Money(0, refund.currency), 0
        return self._collections.come_back(collection, refund, refund_key(booking))

    def _watch_refund(self, sale: Sale, booking: Booking, n: int) -> None:
        """Look in a while how far the money is."""
        due = sale.turn.now + timedelta(seconds=min(5 * 2**n, 3600))
        sale.job("booking_tick", f"{booking.id}:refund:{n}", due, topic="refund", booking=booking.id, n=n)

    async def refunded(self, turn: Turn) -> None:
        """Keep with the booking how far its refund is, until all of it is back or a part of it failed."""
        value = turn.entry.value
        sale = await sale_of(self._store, turn, value["checkout"])
        booking = sale.bookings.get(value["booking"]) if sale else None
        collection = await self._collections.of(value["checkout"])
        if sale is None or booking is None or collection is None:
            return
        found = await all_of(self._store, REFUNDS, {"collection": collection.id})
        states = {r.state for r in found if r.id.endswith(f":{refund_key(booking)}")}
        now = next((s for s in ("failed", "requested", "in_transit") if s in states), "done")
        sale.put(booking, refund=now)
        if now != "done":
            self._watch_refund(sale, booking, int(value["n"]) + 1)
        sale.write()

    def _look_again(self, sale: Sale, booking: Booking, *, first: bool) -> None:
        n = booking.looks + 1
        wait = timedelta(seconds=min(2**n, _LONGEST_WAIT) if not first else 0)
        sale.put(booking, looks=n)
        about = f"{booking.id}:{booking.quote.id if booking.quote else ''}:{n}"
        sale.job("look_up_cancelled", about, sale.turn.now + wait, bookings=[booking.id])
        if first:
            sale.say(
                Draft(text=say("cancel_silent", supplier=booking.supplier, title=booking.offer.title), notice=True)
            )

    def _quote_again(self, sale: Sale, booking: Booking) -> None:
        """The quote ran out on its way: ask again, for the same person."""
        by = _who(booking)
        sale.move(booking, "cancel_quoted", "the quote ran out", quote=None)
        sale.say(Draft(text=say("quote_over"), notice=True, only_for=(by,) if by else ()))
        asked = {
            "entry": sale.turn.entry.id, "person": by, "persona": "", "speaker": "", "place": sale.turn.entry.place,
            "call": "quote_cancel", "args": {"booking": booking.number},
        }  # fmt: skip
        id = f"{sale.turn.entry.id}.quote_cancel"
        sale.turn.jobs.append(
            Job(id=id, name="call", thread=booking.thread, due_at=sale.turn.now, busy=True, args=asked)
        )


def _says(quote: CancelQuote) -> str:
    """What somebody agrees to who confirms it."""
    return f"{quote.refund} of {quote.price}"


def refund_key(booking: Booking) -> str:
    """The request key of its refund; a booking is cancelled once."""
    return f"{booking.id}:cancelled"


def routes_of(booking: Booking, collection: Collection | None, refund: Money) -> list[tuple[str, Money]]:
    """(name, amount) of each payer to whom a refund goes back, exactly as it will be given back."""
    if collection is None or refund.minor <= 0:
        return []
    paid: Sequence[Share] = [s for s in collection.shares if s.refundable > 0]
    amount = min(refund, Money(sum(s.refundable for s in paid), refund.currency))
    seed = f"{collection.id}|{refund_key(booking)}"
    parts = within(amount, [s.captured for s in paid], [s.refundable for s in paid], seed) if paid else []
    back: dict[str, tuple[str, int]] = {}
    for s, part in zip(paid, parts, strict=True):
        back[s.person] = (s.name, back.get(s.person, ("", 0))[1] + part)
    return [(name, Money(minor, refund.currency)) for name, minor in back.values() if minor]


def _quote_card(
    ask: Ask, booking: Booking, quote: CancelQuote, routes: Sequence[tuple[str, Money]], spare: int
) -> Card:  # fmt: skip
    offer, about = booking.offer, f"trip:{booking.thread}:{booking.number}"
    until = moment(quote.until.astimezone(ZoneInfo(offer.venue.zone)))
    key = "quote_line" if quote.refund.minor else "quote_none"
    lines = [
        say(key, supplier=booking.supplier, refund=quote.refund, price=quote.price),
        *map(worded, offer.conditions),
    ]
    lines += [say("quote_route", amount=amount, name=name) for name, amount in routes]
    lines += [say("quote_spare", amount=Money(spare, quote.refund.currency))] if spare else []
    lines.append(say("quote_until", until=until))
    back = order_fact(booking, say("f_back"), quote.refund, ask.now)
    facts = [back, *(ours(say("f_back_to", name=name), amount, about, ask.now) for name, amount in routes)]
    facts += list(booking_facts(booking, ask.now))
    return Card(title=say("quote_title", title=offer.title), lines=tuple(lines), facts=tuple(facts))


def _who(booking: Booking) -> str:
    """The Person who confirmed the cancellation."""
    return next((m.by for m in reversed(booking.history) if m.to == "cancelling"), "")
