"""All books read at one moment: ours, the payment service's and the suppliers'; and what was counted in them."""

import asyncio
from collections import Counter
from collections.abc import Collection as Collection_
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from booking.providers.sandbox.orders import ORDERS, Order
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout
from bot.consent.ballots import POLLS, BallotBox
from bot.documents import Document, Kind, Where
from bot.ports import Store
from payments.gateways.sandbox.books import PAYMENTS, REFUNDED, GivenBack, Held
from payments.ledger import BALANCES, TRANSACTIONS, Balance, Transaction
from payments.model import COLLECTIONS, REFUNDS, Collection, Refund

D = TypeVar("D", bound=Document)
_PAGE = 2000
OURS: tuple[Kind[Any], ...] = (TRANSACTIONS, BALANCES, COLLECTIONS, REFUNDS, CHECKOUTS, BOOKINGS, POLLS)
READ: tuple[Kind[Any], ...] = (*OURS, PAYMENTS, REFUNDED, ORDERS)


async def every(store: Store, kind: Kind[D]) -> list[D]:
    """All documents of a kind."""
    found: list[D] = []
    while len(found) % _PAGE == 0 and (page := await store.find(kind, {}, order="id", limit=_PAGE, offset=len(found))):
        found += page
    return found


@dataclass(slots=True)
class Books:
    """Documents by the name of their kind; also as much of a Store as those need who read all of a kind."""

    found: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    async def read(cls, store: Store, *more: Kind[Any]) -> "Books":
        """As they stand now."""
        return cls({kind.name: await every(store, kind) for kind in (*READ, *more)})

    async def refresh(self, store: Store, touched: Mapping[str, Collection_[str]]) -> None:
        """Read again what commits have touched: ids by the name of their kind."""
        for kind in READ:
            ids = sorted(touched.get(kind.name, ()))
            if not ids:
                continue
            anew = await asyncio.gather(*(store.get(kind, id) for id in ids))
            kept = {d.id: d for d in self.found.get(kind.name, [])}
            for id, document in zip(ids, anew, strict=True):
                kept.pop(id, None)
                if document is not None:
                    kept[id] = document
            self.found[kind.name] = list(kept.values())

    def of(self, threads: Collection_[str]) -> "Books":
        """What belongs to these Threads, and orders that belong to none."""
        found = {k.name: [d for d in self.found[k.name] if d.thread in threads] for k in OURS}
        payments = [p for p in self.payments if p.about.get("thread") in threads]
        ids, others = {p.id for p in payments}, {b.id for b in self.bookings if b.thread not in threads}
        found[PAYMENTS.name] = payments
        found[REFUNDED.name] = [g for g in self.given_back if g.payment in ids]
        found[ORDERS.name] = [o for o in self.orders if booking_of(o) not in others]
        return Books(found)

    async def find(self, kind: Kind[D], where: Where, *, order: str = "", limit: int = 100, offset: int = 0) -> list[D]:
        """All of a kind, whatever the order."""
        if where:
            raise ValueError("these books are read whole")
        return self.found[kind.name][offset : offset + limit]

    @property
    def transactions(self) -> Sequence[Transaction]:
        return self.found[TRANSACTIONS.name]

    @property
    def balances(self) -> Sequence[Balance]:
        return self.found[BALANCES.name]

    @property
    def collections(self) -> Sequence[Collection]:
        return self.found[COLLECTIONS.name]

    @property
    def refunds(self) -> Sequence[Refund]:
        return self.found[REFUNDS.name]

    @property
    def payments(self) -> Sequence[Held]:
        """What the payment service has written down."""
        return self.found[PAYMENTS.name]

    @property
    def given_back(self) -> Sequence[GivenBack]:
        return self.found[REFUNDED.name]

    @property
    def checkouts(self) -> Sequence[Checkout]:
        return self.found[CHECKOUTS.name]

    @property
    def bookings(self) -> Sequence[Booking]:
        return self.found[BOOKINGS.name]

    @property
    def orders(self) -> Sequence[Order]:
        """What the suppliers have written down."""
        return self.found[ORDERS.name]

    @property
    def polls(self) -> Sequence[BallotBox]:
        return self.found[POLLS.name]

    def digest(self) -> tuple[Any, ...]:
        """Where all money and all orders are: the same after anything that is only said again."""
        return (
            sorted(t.id for t in self.transactions),
            sorted((b.id, b.minor, b.pending) for b in self.balances),
            sorted((c.id, c.state, str(c.taken), tuple(map(_standing, c.shares))) for c in self.collections),
            sorted((r.id, r.state) for r in self.refunds),
            sorted((p.id, p.state, p.captured, p.refunded) for p in self.payments),
            sorted((b.id, b.state, b.code, str(b.refunded)) for b in self.bookings),
            sorted((o.id, o.state, str(o.price)) for o in self.orders),
        )

    def counts(self) -> Counter[str]:
        """How often what happened, by the books."""
        kinds = Counter(t.what for t in self.transactions)
        moves = Counter(m.to if m.to != "awaiting_payment" else m.why for b in self.bookings for m in b.history)
        return Counter({
            "authorise": kinds["authorize"], "capture": kinds["capture"], "release": kinds["void"],
            "price rise": moves["dearer"], "unknown": moves["unknown"], "confirmed": moves["confirmed"],
            "cancelled": moves["cancelled"], "paid late": moves["paid_late"],
            "vote tie": sum(_tied(box) for box in self.polls),
            "refund": sum(r.state == "done" for r in self.refunds),
            "debt": sum(s.role == "debt" for c in self.collections for s in c.shares),
            "covered": sum(s.role == "cover" for c in self.collections for s in c.shares),
            "checkouts": len(self.checkouts), "votes": len(self.polls),
            "orders": sum(bool(booking_of(o)) for o in self.orders),
            "bookings ordered": len({booking_of(o) for o in self.orders} - {""}),
        })  # fmt: skip


def booking_of(order: Order) -> str:
    """The id of the booking that ordered it, "" for a mere hold."""
    mere_hold = order.state != "confirmed" and not order.confirmed_by and order.until is not None
    key = order.confirmed_by or order.id
    return "" if mere_hold else key.partition("booking:")[2].partition(":")[0]


def _standing(share: Any) -> tuple[Any, ...]:
    return share.id, share.state, share.captured, share.refunded, share.refunding, share.payment


def _tied(box: BallotBox) -> int:
    return sum(bool(e.counts) and _leaders(e.counts) > 1 for e in box.ended)


def _leaders(counts: dict[str, int]) -> int:
    most = max(counts.values())
    return sum(n == most for n in counts.values()) if most else 0


def by(documents: Sequence[D], key: str) -> dict[str, list[D]]:
    """Documents by the value of a field."""
    found: dict[str, list[D]] = {}
    for document in documents:
        found.setdefault(getattr(document, key), []).append(document)
    return found
