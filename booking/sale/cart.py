"""Cart: what a Thread wants to buy, line by line, and what each one's share of it would be."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from booking.leftovers import Sweeper
from booking.offers import Offer
from booking.ports import Reservation
from booking.sale.texts import say as say_sale
from booking.texts import say
from bot.documents import Delete, Index, Insert, Kind, Op, Replace
from bot.errors import Conflict, Explain
from bot.model import Member
from bot.money import Money
from bot.ports import Ask, Store
from payments.shares import each_bears

MOST_LINES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing in the cart. `by`: the Person who put it there; `item`: its id on the trip's plan, if it is on it."""

    id: str
    offer: Offer
    by: str
    at: datetime
    item: str = ""

    @property
    def price(self) -> Money:
        """The total for the whole party."""
        if self.offer.price is None:
            raise ValueError(f"{self.id} has no price")
        return self.offer.price


@dataclass(frozen=True, slots=True, kw_only=True)
class Cart:
    """A Thread's cart; id `"{thread}:cart"`. `made`: how many lines it ever had."""

    id: str
    thread: str
    lines: tuple[Line, ...] = ()
    made: int = 0
    version: int = 0

    @property
    def party(self) -> int:
        """For how many it all is; 0 if that differs from line to line."""
        parties = {line.offer.travelers for line in self.lines}
        return parties.pop() if len(parties) == 1 else 0

    @property
    def currencies(self) -> tuple[str, ...]:
        """The money of its lines, in the order in which they came; each makes a checkout of its own."""
        return tuple(dict.fromkeys(line.price.currency for line in self.lines))

    def of(self, currency: str) -> tuple[Line, ...]:
        """The lines in one currency."""
        return tuple(line for line in self.lines if line.price.currency == currency)

    def line(self, ref: str) -> Line | None:
        """The line of an offer's reference or of a line's id."""
        return next((line for line in self.lines if ref in (line.id, line.offer.ref)), None)

    def without(self, ids: Iterable[str]) -> "Cart":
        """The cart without some lines."""
        gone = frozenset(ids)
        return replace(self, lines=tuple(line for line in self.lines if line.id not in gone))

    def exchanged(self, lines: Mapping[str, Offer]) -> "Cart":
        """The cart with other offers in the place of those of some lines, by id; nothing is in it twice.

        Explain if that takes more of a thing than are left."""
        anew = [replace(ln, offer=lines.get(ln.id, ln.offer)) for ln in self.lines]
        once = {ln.offer.ref: ln for ln in reversed(anew)}
        if [ln.offer.ref for ln in anew] != [ln.offer.ref for ln in self.lines]:
            check_room([ln.offer for ln in once.values()])
        return replace(self, lines=tuple(ln for ln in anew if once[ln.offer.ref] is ln))

    def with_offers(self, offers: Sequence[Offer], ask: Ask, items: Sequence[str] = ()) -> "Cart":
        """The cart with these offers too; what is in it already is brought up to date.

        Explain if it is too full, or takes more of a thing than are left."""
        cart = self
        for offer, item in zip(offers, items or [""] * len(offers), strict=True):
            known = cart.line(offer.ref)
            if known is not None:
                lines = tuple(
                    replace(ln, offer=offer, item=item or ln.item) if ln == known else ln for ln in cart.lines
                )
                cart = replace(cart, lines=lines)
                continue
            line = Line(id=f"l{cart.made + 1}", offer=offer, by=ask.person.id, at=ask.now, item=item)
            cart = replace(cart, lines=(*cart.lines, line), made=cart.made + 1)
        if cart.made > self.made:
            check_room([line.offer for line in cart.lines])
        if len(cart.lines) > MOST_LINES:
            raise Explain(say_sale("full_cart", most=MOST_LINES))
        return cart


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """What a supplier said of one line: `offer` as it stands now, None if it is gone; the `hold` it gave.

    `why`: why there is no offer. `instead`: others that are held unpaid where this one is not.
    """

    line: str
    offer: Offer | None = None
    hold: Reservation | None = None
    item: str = ""
    why: str = ""
    instead: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """What a look at the suppliers came to and the lane has yet to take over. Id: the request key of the look."""

    id: str
    thread: str
    at: datetime
    lines: tuple[Quoted, ...] = ()
    version: int = 0


CARTS = Kind("carts", Cart, (Index(("thread",)),))
QUOTATIONS = Kind("quotations", Quotation, (Index(("thread",)), Index(("at",))))


def check_room(offers: Iterable[Offer]) -> None:
    """Explain if all these together take more of one thing than its supplier has left."""
    taken: Counter[tuple[object, ...]] = Counter()
    for offer in sorted(offers, key=lambda o: o.fetched_at):
        thing = (offer.supplier, *offer.product)
        taken[thing] += offer.needs
        if offer.left is not None and taken[thing] > offer.left:
            raise Explain(too_few(offer, taken[thing]))


def too_few(offer: Offer, needs: int) -> str:
    """That there are fewer left than are wanted, in words."""
    return say("too_few", title=offer.title, left=offer.left, needs=needs)


def totals(lines: Iterable[Line]) -> tuple[Money, ...]:
    """What lines come to, in each currency."""
    sums: dict[str, Money] = {}
    for line in lines:
        money = line.price
        sums[money.currency] = sums[money.currency] + money if money.currency in sums else money
    return tuple(sums.values())


def shares(total: Money, members: Sequence[Member]) -> list[tuple[str, Money]]:
    """(name, share) of each member if all pay alike, as they would be asked for it; the parts sum to the total."""
    parts = each_bears(total, [(m.person, 1) for m in members]) if members else []
    return [(m.name, part) for m, part in zip(members, parts, strict=True)]


class Carts:
    """Carts and quotations in the Store."""

    def __init__(self, store: Store) -> None:
        self._store, self._sweeper = store, Sweeper(store)

    async def of(self, thread: str) -> Cart:
        """The Thread's cart, a new one (version 0) if it has none."""
        id = f"{thread}:cart"
        return await self._store.get(CARTS, id) or Cart(id=id, thread=thread)

    async def lay(self, ask: Ask, lines: Sequence[Quoted]) -> str:
        """Keep what a look came to for the lane; the same look lays the same down again. Its id."""
        quotation = Quotation(id=ask.key, thread=ask.thread.id, at=ask.now, lines=tuple(lines))
        try:
            await self._store.commit([Insert(QUOTATIONS, quotation)])
        except Conflict:
            known = await self._store.get(QUOTATIONS, ask.key)
            if known is not None:
                await self._store.commit([Replace(QUOTATIONS, replace(quotation, version=known.version))])
        await self._sweeper.after(ask.now)
        return ask.key

    async def take_up(self, ask: Ask, id: str) -> tuple[Quotation, Op] | None:
        """A quotation and the change that ends it; None if it was taken up before."""
        found = await self._store.get(QUOTATIONS, id)
        if found is None or found.thread != ask.thread.id:
            return None
        return found, Delete(QUOTATIONS, found)


def kept(cart: Cart) -> Op:
    """The change that stores a cart."""
    return Replace(CARTS, cart) if cart.version else Insert(CARTS, cart)
