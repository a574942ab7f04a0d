"""Opening a checkout in the lane: Bookings and one Collection, if what is sold is kept long enough to be paid for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import blake2b
from zoneinfo import ZoneInfo

from booking.itinerary.cards import restored
from booking.offers import Offer, OfferKind, moment
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout, number_of, transition
from booking.sale.cart import Cart, Line, Quotation, Quoted, check_room, kept
from booking.sale.cart_cards import MANY, offer_facts, ours, refund_lines, short_lines, titles
from booking.sale.pricing import GONE
from booking.sale.texts import say
from booking.trips import TRIP
from bot.content import Card, Draft, Press
from bot.documents import Insert
from bot.errors import Explain, NotAllowed
from bot.glossary import worded
from bot.language import both
from bot.members import require_member
from bot.model import Job
from bot.money import Money, total
from bot.ports import Ask, Reply, Store
from payments.cards import when
from payments.collecting import Collections
from payments.model import Payer

# What is sold must outlive the payers' links by so much, and their links must live so long; one payer pays at once.
MARGIN = timedelta(minutes=10)
LINK = timedelta(minutes=30)
AT_ONCE = timedelta(minutes=10)
LONGEST = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Priced:
    """A line with what its supplier said last."""

    line: Line
    quoted: Quoted
    offer: Offer
    price: Money

    @property
    def kept_until(self) -> datetime | None:
        """Until when it can be had as it is: the space of its hold, else its price."""
        return self.quoted.hold.until if self.quoted.hold else self.offer.expires_at


class Opening:
    """`collections`: where the money is put together."""

    def __init__(self, store: Store, collections: Collections) -> None:
        self._store, self._collections = store, collections

    def check(self, due: Money, payers: Sequence[Payer]) -> None:
        """Explain if it cannot be paid so: a share too small, a currency that is not taken."""
        self._collections.shares(due, payers)

    def opened(self, ask: Ask, cart: Cart, looked: Quotation, payers: Sequence[Payer], who: str) -> Reply:
        """The checkout, or why there is none and what can be done. Explain if the cart was changed meanwhile."""
        if any(cart.line(q.line) is None for q in looked.lines):
            raise Explain(say("open_already"))
        missing = [q for q in looked.lines if q.offer is None]
        if missing:
            return self._not_to_be_had(ask, cart, missing, who)
        priced = [_priced(cart, q) for q in looked.lines]
        check_room([p.offer for p in priced])
        first = min(priced, key=lambda p: p.kept_until or ask.now + LONGEST)
        until = min(first.kept_until or ask.now + LONGEST, ask.now + LONGEST + MARGIN)
        if len(payers) > 1 and until - ask.now < LINK + MARGIN:
            return self._too_short(first, until, total([p.price for p in priced], first.price.currency))
        return self._open(ask, cart, priced, payers, until)

    async def called_off(self, ask: Ask, id: str) -> Reply:
        """End an open checkout: who started it, or anybody here once they have left. What becomes of its bookings
        follows from the news that the money is let go."""
        require_member(ask.thread, ask.person)
        checkout = await self._store.get(CHECKOUTS, id)
        collection = await self._collections.of(id)
        if checkout is None or collection is None or checkout.thread != ask.thread.id:
            raise Explain(say("open_already"))
        if not ask.person.is_(checkout.organiser) and ask.thread.member(checkout.organiser) is not None:
            raise NotAllowed(say("not_yours_to_call_off"))
        if checkout.state != "open":
            raise Explain(say("too_late_to_call_off", state=say(f"checkout_{checkout.state}")))
        told = Draft(text=say("called_off", name=ask.person.name), notice=True)
        reply = self._collections.release(ask, collection, "called off").reply
        return replace(reply, drafts=(told, *reply.drafts))

    def _open(
        self, ask: Ask, cart: Cart, priced: Sequence[_Priced], payers: Sequence[Payer], until: datetime
    ) -> Reply:  # fmt: skip
        lines = [p.line for p in priced]
        due = total([p.price for p in priced], priced[0].price.currency)
        deadline = max(until - MARGIN, ask.now + AT_ONCE)
        checkout = Checkout(
            id=_id("checkout", ask.key), thread=ask.thread.id, organiser=ask.person.id, currency=due.currency,
            bookings=tuple(_id("booking", ask.key, p.line.id) for p in priced), at=ask.now, deadline=deadline,
            title=titles(lines), names=ask.person.id if any(p.offer.named for p in priced) else "",
        )  # fmt: skip
        bookings = [_booking(ask, checkout, p) for p in priced]
        step = self._collections.open(
            ask, about=checkout.id, title=checkout.title, total=due, payers=payers, deadline=deadline,
            organiser=ask.person.id, zone=_zone(priced),
        )  # fmt: skip
        paid = step.reply
        ops = (Insert(CHECKOUTS, checkout), *(Insert(BOOKINGS, b) for b in bookings), kept(_less(cart, lines)))
        card = _opened_card(checkout, priced, due, ask.now, alone=len(payers) == 1)
        return Reply(
            drafts=(card, *paid.drafts), ops=(*ops, *paid.ops), jobs=(*paid.jobs, _look_later(checkout)),
            entries=paid.entries, why=f"opened {checkout.title}; {paid.why}",
            data={"checkout": checkout.id, "bookings": [b.number for b in bookings], "total": str(due)},
        )  # fmt: skip

    def _not_to_be_had(self, ask: Ask, cart: Cart, missing: Sequence[Quoted], who: str) -> Reply:
        """What is gone leaves the cart; who is silent is named. Nothing is opened."""
        by_line = {line.id: line for line in cart.lines}
        texts = [
            say("supplier_silent", supplier=by_line[q.line].offer.supplier, title=by_line[q.line].offer.title)
            for q in missing if q.why != GONE
        ]  # fmt: skip
        gone = [by_line[q.line] for q in missing if q.why == GONE]
        rest = cart.without(line.id for line in gone)
        if gone:
            names = both(line.offer.title for line in gone)
            texts.insert(0, say("some_gone", titles=names) if rest.lines else say("all_gone"))
        args = {"who": who, "currency": cart.lines[0].price.currency if cart.lines else ""}
        buttons = (Press(label=say("pay_for_rest"), call="pay", args=args),) if gone and rest.lines else ()
        ops = (kept(rest),) if gone else ()
        return Reply(drafts=(Draft(text="\n".join(texts), buttons=buttons),), ops=ops, why="not to be had")

    def _too_short(self, first: _Priced, until: datetime, due: Money) -> Reply:
        """Several payers need more time than it is kept for; ways out as buttons."""
        offer, at = first.offer, moment(until.astimezone(ZoneInfo(first.offer.venue.zone)))
        key = "too_short" if first.quoted.hold else "no_hold"
        others = [o for o in first.quoted.instead if o.ref != offer.ref]
        swaps = tuple(
            Press(label=say("take_instead", title=o.title, price=o.price, hours=o.holds // 60)[:80], call="swap_line",
                  args={"line": first.line.id, "offer": o.ref})
            for o in others
        )  # fmt: skip
        alone = Press(label=say("i_pay", total=due), call="pay", args={"who": "me", "currency": due.currency})
        text = say(key, title=offer.title, until=at)
        return Reply(drafts=(Draft(text=text, buttons=(alone, *swaps)),), why="kept for too short a time")


def _priced(cart: Cart, quoted: Quoted) -> _Priced:
    line = cart.line(quoted.line)
    if line is None or quoted.offer is None or quoted.offer.price is None:
        raise Explain(say("open_already"))
    if line.offer.travelers != quoted.offer.travelers:
        raise Explain(say("open_already"))
    price = quoted.hold.price if quoted.hold else quoted.offer.price
    return _Priced(line=line, quoted=quoted, offer=quoted.offer, price=price)


def _booking(ask: Ask, checkout: Checkout, p: _Priced) -> Booking:
    id = _id("booking", ask.key, p.line.id)
    booking = Booking(
        id=id, thread=ask.thread.id, checkout=checkout.id, number=number_of(id), organiser=ask.person.id, offer=p.offer,
        price=p.price, at=ask.now, hold=p.quoted.hold, item=p.line.item, trip=ask.thread.facts.get(TRIP, ""),
    )  # fmt: skip
    for to in ("priced", "awaiting_payment"):
        booking = transition(booking, to, cause=ask.key, at=ask.now, by=ask.person.id)
    return booking


def _less(cart: Cart, lines: Sequence[Line]) -> Cart:
    return cart.without(line.id for line in lines)


def _id(*parts: str) -> str:
    return parts[0][0] + blake2b("|".join(parts).encode(), digest_size=9).hexdigest()


def _full_lines(p: _Priced) -> list[str]:
    told = (*map(worded, p.offer.conditions), *refund_lines(p.offer), *_held(p))
    at = f" · {restored(p.offer).when}" if p.offer.when else ""
    return [f"**{p.offer.title}** · {p.price}{at} · {p.offer.supplier}", *(f"   {text}" for text in told)]


def _opened_card(checkout: Checkout, priced: Sequence[_Priced], due: Money, now: datetime, *, alone: bool) -> Draft:
    """What is about to be bought, under which conditions; prices that changed are named."""
    lines: list[str] = []
    for p in priced:
        if p.line.price != p.price:
            lines.append(say("dearer", title=p.offer.title, price=p.price, was=p.line.price))
        lines += short_lines("", p.offer) if len(priced) > MANY else _full_lines(p)
    until = when(checkout.deadline, _zone(priced))
    lines.append(say("alone_at_once", until=until) if alone else say("opened", total=due))
    about = f"trip:{checkout.thread}:{checkout.id}"
    facts = [fact for p in priced for fact in offer_facts(p.offer)]
    facts += [ours(say("f_before"), p.line.price, about, now) for p in priced if p.line.price != p.price]
    facts.append(ours(say("f_total"), due, about, now))
    press = Press(label=say("call_off"), call="call_off", args={"checkout": checkout.id}, who=(checkout.organiser,))
    return Draft(card=Card(title=checkout.title, lines=tuple(lines), facts=tuple(facts)), buttons=(press,))


def _held(p: _Priced) -> list[str]:
    hold = p.quoted.hold
    if hold is None or hold.until is None or hold.price_until is None:
        return []
    there = ZoneInfo(p.offer.venue.zone)
    until, price = hold.until.astimezone(there), hold.price_until.astimezone(there)
    return [say("until_held", until=moment(until), price_until=moment(price))]


def _zone(priced: Sequence[_Priced]) -> str:
    """Where the group will be: at its hotel, else where the first line goes to."""
    first = next((p.offer for p in priced if p.offer.kind is OfferKind.HOTEL), priced[0].offer)
    return (first.until_venue or first.venue).zone


def _look_later(checkout: Checkout) -> Job:
    """After the links have ended somebody looks whether the checkout has too."""
    return Job(
        id=f"{checkout.id}:checkout_tick:open", name="checkout_tick", thread=checkout.thread,
        due_at=checkout.deadline + MARGIN, args={"checkout": checkout.id, "topic": "checkout", "n": 0},
    )  # fmt: skip
