"""The order books of the sandbox suppliers, kept in the Store."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from booking.offers import Offer, Term, kept_of
from booking.ports import CancelQuote, QuoteOver, Reservation, SoldOut
from booking.providers.sandbox.dice import Dice
from booking.providers.sandbox.refs import Ref
from bot.documents import Index, Insert, Kind, Replace
from bot.errors import Conflict, Undeliverable
from bot.money import Money
from bot.ports import Store

QUOTE_HOLDS = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order at one supplier; id `"{supplier}:{request key}"`. `state`: held, confirmed or cancelled.

    `asked`: what the key was used for. `confirmed_by`: the key that turned a hold into an order. `quote`: the newest
    number of a cancellation quote, good until `quoted_until`. `kept`: what the supplier keeps after a cancellation.
    `stem`: what was sold (refs.Ref.stem); it is the `n`-th order of that, and takes `needs` of what there is.
    """

    id: str
    code: str
    key: str
    ref: str
    state: str
    price: Money
    at: datetime
    asked: str = ""
    until: datetime | None = None
    price_until: datetime | None = None
    terms: tuple[Term, ...] = ()
    confirmed_by: str | None = None
    quote: int = 0
    quoted: Money | None = None
    quoted_until: datetime | None = None
    kept: Money | None = None
    cancelled_at: datetime | None = None
    stem: str | None = None
    n: int = 0
    needs: int = 0
    version: int = 0


ORDERS = Kind(
    "sandbox_orders", Order,
    (Index(("code",), unique=True), Index(("confirmed_by",), unique=True), Index(("stem", "n"), unique=True)),
)  # fmt: skip
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Orders:
    """The book of one supplier."""

    def __init__(self, seller: str, store: Store, dice: Dice) -> None:
        self._seller = seller
        self._store = store
        self._dice = dice

    async def newest(self, ref: Ref) -> int:
        """The number of the newest order of what a reference stands for, 0 if there is none."""
        found = await self._store.find(ORDERS, {"stem": ref.stem}, order="-n", limit=1)
        return found[0].n if found else 0

    async def place(
        self, key: str, offer: Offer, price: Money, at: datetime, *, asked: str, ref: Ref, n: int,
        hold: tuple[int, int] | None = None,
    ) -> Reservation | None:  # fmt: skip
        """Write the n-th order of it, or a hold of (minutes of space, minutes of price); the one that is there if the
        key was used for the same before. None if another one was written meanwhile: look again what is left."""
        id = f"{self._seller}:{key}"
        code = "".join(self._dice.pick(_LETTERS, "code", id, n) for n in range(7))
        space, firm = (at + timedelta(minutes=m) for m in hold) if hold else (None, None)
        order = Order(
            id=id, code=code, key=key, ref=offer.ref, state="held" if hold else "confirmed", price=price, at=at,
            asked=asked, until=space, price_until=firm, terms=offer.terms, stem=ref.stem, n=n, needs=offer.needs,
        )  # fmt: skip
        try:
            await self._store.commit([Insert(ORDERS, order)])
        except Conflict:
            return await self.same(key, asked, at)
        return _reservation(order, at)

    async def same(self, key: str, asked: str, at: datetime) -> Reservation | None:
        """The order of a key, or None; Undeliverable if the key was used for something else."""
        order = await self._keyed(key)
        if order is None:
            return None
        used_for = f"confirm {order.code}" if order.confirmed_by == self._own(key) else order.asked
        if used_for != asked:
            raise Undeliverable(f"duplicate: request key {key} was used for {used_for}")
        return _reservation(order, at)

    async def find(self, key: str, at: datetime) -> Reservation | None:
        """What became of a request key."""
        order = await self._keyed(key)
        return _reservation(order, at) if order else None

    async def coded(self, code: str) -> Order:
        """The order of a code. SoldOut if it is none of this supplier's."""
        order = next(iter(await self._store.find(ORDERS, {"code": code}, limit=1)), None)
        if order is None or not order.id.startswith(self._seller + ":"):
            raise SoldOut(code)
        return order

    async def held(self, code: str, at: datetime) -> Order:
        """The hold of a code. SoldOut if it ran out or was let go, Undeliverable if it is an order already."""
        order = await self.coded(code)
        if order.state == "cancelled" or _lapsed(order, at):
            raise SoldOut(order.ref)
        if order.state == "confirmed":
            raise Undeliverable(f"duplicate: {code} is confirmed already")
        return order

    async def holding(self, key: str, at: datetime) -> Order | None:
        """The hold of a request key while it stands, else None."""
        order = await self._keyed(key)
        return order if order is not None and order.state == "held" and not _lapsed(order, at) else None

    async def broken(self, key: str, at: datetime, *, gone: bool) -> None:
        """From now on a hold keeps no price, and no space either if it is gone."""
        while (order := await self.holding(key, at)) is not None:
            try:
                await self._store.commit(
                    [Replace(ORDERS, replace(order, price_until=at, until=at if gone else order.until))]
                )
            except Conflict:
                continue
            return

    async def confirm(self, code: str, key: str, price: Money, at: datetime) -> Reservation:
        """Turn a hold into an order. SoldOut if it ran out or was let go."""
        while True:
            order = await self.held(code, at)
            anew = replace(order, state="confirmed", price=price, confirmed_by=self._own(key))
            try:
                await self._store.commit([Replace(ORDERS, anew)])
            except Conflict:
                continue
            return _reservation(anew, at)

    async def quote(self, code: str, at: datetime) -> CancelQuote:
        """A new quote; it takes the place of the one before. SoldOut for what is no order any more."""
        while True:
            order = await self.coded(code)
            if order.state != "confirmed":
                raise SoldOut(code)
            refund = order.price - kept_of(order.terms, order.price, at)
            until = min([at + QUOTE_HOLDS, *(t.until for t in order.terms if at < t.until)])
            anew = replace(order, quote=order.quote + 1, quoted=refund, quoted_until=until)
            try:
                await self._store.commit([Replace(ORDERS, anew)])
            except Conflict:
                continue
            return CancelQuote(id=_quote_id(anew), code=code, price=order.price, refund=refund, until=until)

    async def cancel(self, code: str, quote: str, at: datetime) -> Reservation:
        """Give an order back; the same answer when it is given back already. QuoteOver for another than its newest."""
        while True:
            order = await self.coded(code)
            if order.state == "cancelled":
                return _reservation(order, at)
            kept = None
            if order.state == "confirmed":
                if quote != _quote_id(order) or order.quoted_until is None or at >= order.quoted_until:
                    raise QuoteOver(quote)
                kept = order.price - (order.quoted or order.price)
            anew = replace(order, state="cancelled", kept=kept, cancelled_at=at)
            try:
                await self._store.commit([Replace(ORDERS, anew)])
            except Conflict:
                continue
            return _reservation(anew, at)

    async def _keyed(self, key: str) -> Order | None:
        placed = await self._store.get(ORDERS, self._own(key))
        if placed is not None:
            return placed
        return next(iter(await self._store.find(ORDERS, {"confirmed_by": self._own(key)}, limit=1)), None)

    def _own(self, key: str) -> str:
        return f"{self._seller}:{key}"


def stood(order: Order, at: datetime) -> bool:
    """Whether an order or a hold took its part of what there is at that moment."""
    cancelled = order.state == "cancelled" and (order.cancelled_at is None or at >= order.cancelled_at)
    lapsed = order.until is not None and at >= order.until and order.confirmed_by is None
    return order.at <= at and not cancelled and not lapsed


def _quote_id(order: Order) -> str:
    return f"{order.code}-{order.quote}"


def _lapsed(order: Order, at: datetime) -> bool:
    return order.state == "held" and order.until is not None and at >= order.until


def _reservation(order: Order, at: datetime) -> Reservation:
    return Reservation(
        code=order.code, key=order.key, ref=order.ref, state="lapsed" if _lapsed(order, at) else order.state,
        price=order.price, at=order.at, until=order.until, price_until=order.price_until, terms=order.terms,
        refund=order.price - order.kept if order.kept is not None else None,
    )  # fmt: skip
