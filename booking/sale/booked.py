"""What people can ask of their bookings later: all of them, the papers again, how the supplier has them."""

from collections.abc import Sequence
from typing import Literal

from booking.ports import Sellable
from booking.sale.bookings import STANDING, UNDER_WAY, Booking
from booking.sale.cards import bookings_card, pick_card, said_state
from booking.sale.cart import Carts, kept
from booking.sale.cart_cards import cart_card
from booking.sale.naming import booking_named, bookings_of, check_member
from booking.sale.ports import Papers
from booking.sale.spending import Spending
from booking.sale.texts import say
from booking.sale.trip_bookings import TripBookings
from bot.capability import Effect, Text, capability
from bot.clock import Clock
from bot.codec import to_plain
from bot.content import Draft
from bot.errors import Explain, RetryLater, Undeliverable, Unknown
from bot.language import spoken
from bot.model import Entry, Job
from bot.ports import Ask, Reply, Store

_LIST = (
    "show our bookings", "show the bookings", "what have we booked", "what is booked", "our reservations",
    "list our bookings", "show my bookings", "which bookings do we have",
)  # fmt: skip
_PAPERS = (
    "show the papers", "send the vouchers again", "show the voucher for {booking}", "send our tickets again",
    "send the papers of {booking}", "give me the booking code of {booking}", "can i get the tickets again",
    "can i have my tickets again", "show me our tickets", "where is my voucher",
)  # fmt: skip


class Booked:
    """Capabilities over what was booked, and the Job `papers`."""

    def __init__(
        self, store: Store, sells: Sellable, papers: Papers, spending: Spending, clock: Clock
    ) -> None:  # fmt: skip
        self._store, self._sells, self._papers = store, sells, papers
        self._spending, self._clock = spending, clock
        self._carts, self._trips = Carts(store), TripBookings(store)

    @capability("Show all bookings", command="bookings", phrases=_LIST)
    async def bookings(self, ask: Ask) -> Reply:
        """Each with its number, the supplier's reference and its state."""
        check_member(ask)
        known = await bookings_of(self._store, ask.thread.id)
        if not known:
            return Reply(drafts=(Draft(text=say("no_bookings")),))
        data = [{"number": b.number, "title": b.offer.title, "state": b.state, "code": b.code} for b in known]
        return Reply(drafts=(bookings_card(known, ask.now),), data={"bookings": data})

    @capability("Choose which booking", hidden=True)
    async def pick_booking(self, ask: Ask, *, action: Literal["cancel", "papers", "recheck"]) -> Reply:
        """A button for each booking that the action makes sense for."""
        check_member(ask)
        return Reply(drafts=(pick_card(await bookings_of(self._store, ask.thread.id), action),))

    @capability("Show the papers of a booking again", slow=True, phrases=_PAPERS)
    async def show_papers(self, ask: Ask, *, booking: Text = "") -> Reply:
        """Vouchers, calendar and route; `booking`: its number, a part of its title, or nothing for all of them."""
        check_member(ask)
        wanted = await self._wanted(ask, booking)
        drafts = await self._drafts(wanted)
        return Reply(drafts=drafts or (Draft(text=say("papers_none")),))

    async def _wanted(self, ask: Ask, said: str) -> list[Booking]:
        known = await bookings_of(self._store, ask.thread.id)
        of_checkout = [b for b in known if said and b.checkout == said]
        if of_checkout or not said:
            return [b for b in of_checkout or known if b.state in STANDING]
        return [await booking_named(self._store, ask.thread.id, said, sorted(STANDING))]

    async def _drafts(self, bookings: Sequence[Booking]) -> tuple[Draft, ...]:
        if not bookings:
            return ()
        trip = await self._trips.trip_of(bookings[0])
        files = await self._papers.files(bookings, trip, spoken())
        title = ", ".join(f"{b.offer.title} ({b.number})" for b in bookings)
        return (Draft(text=say("papers_ready", title=title), files=files),) if files else ()

    async def papers(self, job: Job) -> Entry | None:
        """After a confirmation: the papers, the itinerary and the budget as they are now, for every Place."""
        known = await bookings_of(self._store, job.thread)
        bookings = [b for b in known if b.id in job.args["bookings"]]
        drafts = [*await self._drafts(bookings)]
        drafts += await self._spending.drafts(job.thread, bookings, self._clock.now())
        if not drafts:
            return None
        value = {"job": "papers", "drafts": to_plain(drafts)}
        id = f"{job.thread}:result:{job.id}"
        return Entry(id=id, thread=job.thread, what="result", at=self._clock.now(), value=value)

    @capability("Ask a supplier how it has a booking", slow=True)
    async def recheck_booking(self, ask: Ask, *, booking: Text = "") -> Reply:
        """The supplier's own word on it now."""
        check_member(ask)
        found = await booking_named(self._store, ask.thread.id, booking, sorted(STANDING))
        try:
            told = await self._sells.look_up(found.offer.ref, found.order_key)
        except (RetryLater, Unknown, Undeliverable) as cause:
            raise Explain(say("recheck_silent", supplier=found.supplier)) from cause
        state = said_state(told.state) if told and told.state in ("confirmed", "cancelled") else said_state("released")
        text = say("recheck_same", supplier=found.supplier, title=found.offer.title, state=state)
        return Reply(drafts=(Draft(text=text),), data={"state": told.state if told else "unknown"})

    @capability("Put what was not bought back into the cart", effect=Effect.CHANGE, hidden=True)
    async def cart_again(self, ask: Ask, *, checkout: Text) -> Reply:
        """The offers of a checkout that are not booked; prices that have run out are asked anew."""
        known = await bookings_of(self._store, ask.thread.id)
        bought = {b.offer.ref for b in known if b.state in UNDER_WAY | STANDING}
        lost = [b for b in known if b.checkout == checkout and b.state in ("expired", "released")]
        back = [b for b in lost if b.offer.ref not in bought]
        cart = await self._carts.of(ask.thread.id)
        anew = cart.with_offers([b.offer for b in back], ask, [b.item for b in back])
        card = cart_card(anew, ask.thread.present, ask.now)
        return Reply(drafts=(card,), ops=(kept(anew),) if back else (), why="put back into the cart")
