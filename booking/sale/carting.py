"""The Capabilities of the cart: add, show, remove, empty; a look at the suppliers first, then the lane's change."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from booking.itinerary.keeping import Trips
from booking.itinerary.outrun import outrun
from booking.offers import Offer
from booking.ports import Sellable, SoldOut, TooFew
from booking.queries import most_of
from booking.sale.bookings import STANDING, UNDER_WAY, Booking
from booking.sale.cart import Cart, Carts, Line, Quoted, kept, too_few
from booking.sale.cart_cards import cart_card, pick_card
from booking.sale.naming import bookings_of, meant
from booking.sale.paying import Paying
from booking.sale.texts import say
from booking.texts import count
from booking.texts import say as say_search
from bot.capability import Effect, Slot, Text, capability
from bot.content import Draft
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.language import listed
from bot.ports import Ask, Call, Reply, Store

Found = Callable[[Ask, str], Awaitable[Offer]]
Chosen = Annotated[str, Slot("text", say("ask_offer"))]
HowMany = Annotated[int, Slot("count", say("ask_party"))]
_ADD = (
    "add {offer} to the cart",
    "put {offer} in the cart",
    "put {offer} into our cart",
    "add {offer} to our basket",
    "we take {offer}",
    "i want to book {offer}",
    "book {offer} for us",
    "reserve {offer} for us",
    "book the {offer} one",
    "book number {offer}",
    "take the {offer} one",
    "we take the {offer} one",
    "we will take the {offer} one",
    "i will take the {offer} one",
)
_SHOW = (
    "show the cart", "show our cart", "what is in the cart", "what is in our cart", "open the cart",
    "what do we have in the basket", "what will each of us pay",
)  # fmt: skip
_TRIP = (
    "book this trip", "book the whole trip", "book the trip", "book everything on the plan", "book it all", "book it",
    "let us book it", "put the whole trip into the cart",
)  # fmt: skip
_EMPTY = ("empty the cart", "empty our cart", "clear the cart", "take everything out of the cart")
_REMOVE = ("remove {line} from the cart", "take {line} out of the cart", "delete {line} from the cart")


_PARTY = (
    "make the cart for {travelers}", "the cart is for {travelers}", "make it for {travelers} in the cart",
    "we are {travelers} in the cart", "change the cart to {travelers} people", "book it for {travelers} people",
    "make {line} in the cart for {travelers}",
)  # fmt: skip


class Carting:
    """`find` turns words or a reference into an offer as it stands now."""

    def __init__(self, store: Store, sells: Sellable, find: Found, paying: Paying) -> None:
        self._store, self._sells, self._find = store, sells, find
        self._carts, self._trips = Carts(store), Trips(store)
        self._paying = paying

    @capability("Put an offer into the cart", slow=True, phrases=_ADD)
    async def add_to_cart(self, ask: Ask, *, offer: Chosen) -> Reply:
        """`offer`: its reference, or its number in the last list."""
        found = await self._find(ask, offer)
        check_bookable(found)
        return await self._laid(ask, [Quoted(line="", offer=found)])

    @capability("Book an offer: into the cart and on to its payment", slow=True, hidden=True, pays=True)
    async def book_now(self, ask: Ask, *, offer: Chosen) -> Reply:
        """`offer`: its reference. Nothing is paid before each payer has pressed on a page that shows the amount."""
        found = await self._find(ask, offer)
        check_bookable(found)
        return await self._laid(ask, [Quoted(line="", offer=found)], pay=True)

    @capability("Put everything on the plan that can be booked into the cart", slow=True, phrases=_TRIP)
    async def book_trip(self, ask: Ask) -> Reply:
        """Each item as it stands now; what is free or paid on the spot stays on the plan alone."""
        plan = (await self._trips.current(ask)).plan
        known = await self._known(ask)
        there = [(i, i.offer) for i in plan.items() if i.offer is not None and i.offer.bookable and not i.booked]
        items = [(i, offer) for i, offer in there if offer.ref not in known]
        if not any(i.offer is not None and i.offer.bookable for i in plan.items()):
            raise Explain(say("no_bookable"))
        if not items:
            raise Explain(say("all_booked"))
        lines = [Line(id="", offer=offer, by="", at=ask.now, item=item.id) for item, offer in items]
        return await self._laid(ask, await self._asked(lines))

    @capability("Show the cart", command="cart", slow=True, phrases=_SHOW)
    async def show_cart(self, ask: Ask) -> Reply:
        """Every line with its price, what is no longer good asked anew."""
        cart = await self._carts.of(ask.thread.id)
        if not cart.lines:
            return replace(await self._paying.under_way(ask), data=told(cart))
        old = [line for line in cart.lines if line.offer.expired(ask.now)]
        if not old:
            return Reply(drafts=(cart_card(cart, ask.thread.present, ask.now),), data=told(cart))
        return await self._laid(ask, await self._asked(old))

    async def _laid(self, ask: Ask, quoted: Sequence[Quoted], *, pay: bool = False) -> Reply:
        suppliers = dict.fromkeys(q.offer.supplier for q in quoted if q.offer)
        note = Draft(text=say("quoted", suppliers=listed(suppliers)) if suppliers else say("all_gone"), notice=True)
        id = await self._carts.lay(ask, quoted)
        return Reply(drafts=(note,), then=Call(name="keep_in_cart", args={"quotation": id, "pay": pay}))

    @capability("Say for how many what is in the cart is", slow=True, phrases=_PARTY)
    async def set_party(self, ask: Ask, *, travelers: HowMany, line: Text = "") -> Reply:
        """`line`: one of them by number, id or title; everything in the cart if it is empty."""
        cart = await self._carts.of(ask.thread.id)
        chosen = _line(cart, line) if line else None
        if line and chosen is None:
            raise AskAgain("line", say("not_in_cart"))
        lines = [ln for ln in ([chosen] if chosen else cart.lines) if ln.offer.travelers != travelers]
        if not lines:
            return Reply(drafts=(cart_card(cart, ask.thread.present, ask.now),), data=told(cart))
        most = min(most_of(ln.offer.kind) for ln in lines)
        if not 1 <= travelers <= most:
            raise AskAgain("travelers", say_search("travelers", most=most))
        return await self._laid(ask, await asyncio.gather(*(self._for_party(ln, travelers) for ln in lines)))

    async def _for_party(self, line: Line, travelers: int) -> Quoted:
        """The line for so many, or as it was and why."""
        why = say("not_for_so_many", title=line.offer.title, count=travelers)
        try:
            offer = await self._sells.for_party(line.offer.ref, travelers)
        except TooFew as few:
            why, offer = too_few(few.offer, few.offer.needs), line.offer
        except SoldOut:
            offer = line.offer
        except (RetryLater, Unknown, Undeliverable):
            why, offer = say("recheck_silent", supplier=line.offer.supplier), line.offer
        else:
            why = ""
        return Quoted(line=line.id, offer=offer, item=line.item, why=why)

    @capability("Take another offer instead of one in the cart", slow=True, hidden=True)
    async def swap_line(self, ask: Ask, *, line: Text, offer: Text) -> Reply:
        """`line`: the id of the line that goes; `offer`: the reference of the one that comes."""
        cart = await self._carts.of(ask.thread.id)
        before = cart.line(line)
        found = await self._find(ask, offer)
        check_bookable(found)
        if before is None:
            raise Explain(say("not_in_cart"))
        why = say("swapped", title=found.title, before=before.offer.title) + await self._left_behind(ask, before, found)
        return await self._laid(ask, [Quoted(line=line, why=why), Quoted(line="", offer=found, item=before.item)])

    async def _left_behind(self, ask: Ask, before: Line, found: Offer) -> str:
        """A warning of what on the plan there is no time for with another way there or home, "" for nothing."""
        trip = await self._trips.of_thread(ask)
        lost = outrun(trip.plan, before.item, found) if trip is not None and before.item else []
        return f" {say('swap_outruns', names=listed([i.title for i in lost]))}" if lost else ""

    async def _asked(self, lines: Sequence[Line]) -> list[Quoted]:
        return list(await asyncio.gather(*(self._asked_one(line) for line in lines)))

    async def _asked_one(self, line: Line) -> Quoted:
        try:
            offer = await self._sells.quote(line.offer.ref)
        except TooFew as few:
            return Quoted(line=line.id, item=line.item, why=too_few(few.offer, few.offer.needs))
        except SoldOut:
            return Quoted(line=line.id, item=line.item, why=say("quoted_gone", title=line.offer.title))
        except (RetryLater, Unknown, Undeliverable):
            return Quoted(line=line.id, offer=line.offer, item=line.item)
        return Quoted(line=line.id, offer=offer, item=line.item)

    @capability("Keep in the cart what was asked of the suppliers", effect=Effect.CHANGE, hidden=True)
    async def keep_in_cart(self, ask: Ask, *, quotation: Text, pay: bool = False) -> Reply:
        """The lane's own door; the same quotation again changes nothing. `pay`: on to the payment at once."""
        taken = await self._carts.take_up(ask, quotation)
        if taken is None:
            return Reply(why="that was taken into the cart already")
        looked, gone = taken
        cart = await self._carts.of(ask.thread.id)
        known = await self._known(ask)
        lines = [q for q in looked.lines if q.line or q.offer is None or not _being_bought(known, q.offer)]
        notes = [*_changes(cart, lines), *(q.why for q in lines if q.why), *_twice(known, looked.lines)]
        cart = cart.without(q.line for q in lines if q.offer is None)
        cart = cart.exchanged({q.line: q.offer for q in lines if q.line and q.offer is not None})
        pairs = [(q.offer, q.item) for q in lines if q.offer is not None and not q.line]
        cart = cart.with_offers([o for o, _ in pairs], ask, [i for _, i in pairs])
        card = cart_card(cart, ask.thread.present, ask.now, notes)
        changed = Reply(drafts=(card,), ops=(kept(cart), gone), data=told(cart), why="changed the cart")
        return await self._on_to_pay(ask, cart, changed, lines) if pay and lines and not notes else changed

    async def _known(self, ask: Ask) -> dict[str, Booking]:
        """Reference -> what the Thread has bought or is buying of it."""
        found = await bookings_of(self._store, ask.thread.id)
        return {b.offer.ref: b for b in found if b.state in UNDER_WAY | STANDING}

    async def _on_to_pay(self, ask: Ask, cart: Cart, changed: Reply, lines: Sequence[Quoted]) -> Reply:
        """The question who pays; the cart too where it holds more, or where it cannot be paid, with the reason."""
        price = next((q.offer.price for q in lines if q.offer and q.offer.price), None)
        try:
            on = await self._paying.go_on(ask, cart, price.currency if price else "")
        except (Explain, AskAgain) as kind:
            return replace(changed, drafts=(*changed.drafts, Draft(text=str(kind))))
        shown = changed.drafts if len(cart.lines) > 1 else ()
        return replace(on, drafts=(*shown, *on.drafts), ops=(*changed.ops, *on.ops), data=changed.data)

    @capability("Choose what to take out of the cart", hidden=True)
    async def pick_line(self, ask: Ask) -> Reply:
        """A button for each line."""
        cart = await self._carts.of(ask.thread.id)
        return Reply(drafts=(pick_card(cart) if cart.lines else Draft(text=say("cart_empty")),))

    @capability("Take something out of the cart", effect=Effect.CHANGE, phrases=_REMOVE)
    async def remove_line(self, ask: Ask, *, line: Text) -> Reply:
        """`line`: its number in the cart, its id or a part of its title."""
        cart = await self._carts.of(ask.thread.id)
        found = _line(cart, line)
        if found is None:
            raise AskAgain("line", say("not_in_cart"))
        anew = cart.without([found.id])
        card = cart_card(anew, ask.thread.present, ask.now, [say("removed", title=found.offer.title)])
        return Reply(drafts=(card,), ops=(kept(anew),), data=told(anew), why="changed the cart")

    @capability("Empty the cart", effect=Effect.CHANGE, phrases=_EMPTY)
    async def empty_cart(self, ask: Ask) -> Reply:
        """Nothing is bought."""
        cart = await self._carts.of(ask.thread.id)
        anew = cart.without(line.id for line in cart.lines)
        ops = (kept(anew),) if cart.lines else ()
        return Reply(drafts=(Draft(text=say("emptied")),), ops=ops, data=told(anew), why="emptied the cart")


def check_bookable(offer: Offer) -> None:
    """Explain if there is nothing to book, and why."""
    if offer.bookable:
        return
    key = "on_the_spot" if offer.estimated else "no_ticket" if offer.price is not None else "only_knowledge"
    raise Explain(say(key, title=offer.title))


def told(cart: Cart) -> dict[str, object]:
    """A cart as JSON for brains and for the API."""
    return {
        "cart": [
            {"line": line.id, "ref": line.offer.ref, "title": line.offer.title, "price": str(line.price)}
            for line in cart.lines
        ]
    }  # fmt: skip


_NUMBER = re.compile(r"^(?:number|no\.?|line|item|namba|nambari|#)\s*(?=\d)")


def _line(cart: Cart, said: str) -> Line | None:
    word = _NUMBER.sub("", meant(said))
    if word.isdigit() and 1 <= int(word) <= len(cart.lines):
        return cart.lines[int(word) - 1]
    told = {line.id: f"{line.offer.title} {line.offer.kind}".casefold() for line in cart.lines}
    named = [line for line in cart.lines if word and word in told[line.id]]
    return cart.line(said) or (named[0] if len(named) == 1 else None)


def _being_bought(known: Mapping[str, Booking], offer: Offer) -> bool:
    return offer.ref in known and known[offer.ref].state in UNDER_WAY


def _twice(known: Mapping[str, Booking], lines: Sequence[Quoted]) -> Iterator[str]:
    """That something is being bought already, or was bought and would be once more."""
    for q in lines:
        booking = known.get(q.offer.ref) if q.offer and not q.line else None
        if booking is not None:
            key = "under_way" if booking.state in UNDER_WAY else "a_second_one"
            yield say(key, title=booking.offer.title, number=booking.number)


def _changes(cart: Cart, quoted: Sequence[Quoted]) -> list[str]:
    found = []
    for q in quoted:
        line = next((ln for ln in cart.lines if ln.id == q.line), None)
        if line and q.offer and q.offer.travelers != line.offer.travelers:
            party = count(q.offer.travelers, "traveller")
            found.append(say("line_new_party", title=line.offer.title, party=party, price=q.offer.price))
        elif line and q.offer and q.offer.price != line.offer.price:
            found.append(say("line_new_price", title=line.offer.title, price=q.offer.price, was=line.offer.price))
    return found
