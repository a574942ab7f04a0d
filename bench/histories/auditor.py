"""The referee of money: what is wrong with all books together, in words; nothing if all is well.

The invariants of payments are those of tests/payments/invariants.py; here they are joined to bookings, to suppliers'
orders and to the payment service's own books. The letters are those of domain.md 4, rule 12."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from bench.histories.books import Books, booking_of, by
from booking.providers.sandbox.orders import Order
from booking.sale.bookings import MOVES, STANDING, Booking, Checkout
from bot.model import ENTRIES, JOBS
from bot.ports import Store
from payments.model import Collection
from payments.shares import open_gap
from tests.payments.invariants import at_rest, wrong_with

_ASKED = frozenset(("placing", "unknown", "cancelling"))
_BOUGHT = STANDING | {"cancelled"}


async def wrong(books: Books) -> list[str]:
    """What breaks an invariant while the Threads are at rest, whatever is still to come."""
    return [
        *await wrong_with(books),  # type: ignore[arg-type]
        *_bookings(books), *_checkouts(books), *_shares(books), *_within(books),
    ]  # fmt: skip


async def wrong_at_the_end(books: Books) -> list[str]:
    """What is wrong when all trouble is over, every answer has come and every timer has rung; `books` with JOBS."""
    return [
        *await wrong(books),
        *await at_rest(books),  # type: ignore[arg-type]
        *_left(books),
        *_service(books),
        *(f"job {job.id} {job.state}: {job.why}" for job in books.found[JOBS.name] if job.state == "failed"),
    ]


async def without_cause(store: Store, books: Books) -> list[str]:
    """(h): what moved, of money or bookings, without an Entry that was handled."""
    moved = {t.cause: t.id for t in books.transactions}
    moved |= {m.cause: f"{b.number} {m.to}" for b in books.bookings for m in b.history}
    found = [(what, cause, await store.get(ENTRIES, cause)) for cause, what in moved.items()]
    return [f"{what}: by {cause}, which was never handled" for what, cause, e in found if e is None or not e.handled]


def _within(books: Books) -> Iterator[str]:
    """(d): by the service's own books nothing is taken beyond what was held, nor given back beyond what was taken."""
    back = by(books.given_back, "payment")
    for held in books.payments:
        given = sum(g.amount.minor for g in back.get(held.id, ()) if g.state != "failed")
        if not given <= held.captured <= held.amount.minor or held.refunded != given:
            yield f"{held.id}: {held.amount} held, {held.captured} taken, {held.refunded} and {given} given back"


def _bookings(books: Books) -> Iterator[str]:
    """(g): one supplier order for each booking; (h): every move of it is declared and has a cause."""
    orders = _by_booking(books.orders)
    known = {b.id for b in books.bookings}
    yield from (f"order {o.id}: of no booking" for id, found in orders.items() if id not in known for o in found)
    for booking in books.bookings:
        yield from (f"{booking.number}: {problem}" for problem in _booking(booking, orders.get(booking.id, [])))


def _booking(booking: Booking, orders: Sequence[Order]) -> Iterator[str]:
    standing = [o for o in orders if o.state == "confirmed"]
    if len(standing) > 1:
        yield f"{len(standing)} orders: {[o.code for o in standing]}"
    keys = Counter(_key(o) for o in orders)
    yield from (f"{n} orders under {key}" for key, n in keys.items() if n > 1)
    yield from _moved(booking)
    if booking.state in STANDING - _ASKED and [(o.code, o.price) for o in standing] != [(booking.code, booking.price)]:
        yield f"{booking.state} as {booking.code} at {booking.price}, the supplier has {standing}"
    if booking.state == "cancelled":
        yield from _cancelled(booking, orders)


def _cancelled(booking: Booking, orders: Sequence[Order]) -> Iterator[str]:
    order = next((o for o in orders if o.code == booking.code), None)
    if order is None or order.state != "cancelled" or order.kept is None:
        yield "cancelled here, not at the supplier"
    elif booking.refunded != order.price - order.kept:
        yield f"{booking.refunded} given back, the supplier gave back {order.price - order.kept}"


def _moved(booking: Booking) -> Iterator[str]:
    for before, after in pairwise(booking.history):
        if before.to != after.before:
            yield f"moved from {after.before} while {before.to}"
    for move in booking.history:
        if move.to not in MOVES[move.before] or not move.cause:
            yield f"moved from {move.before} to {move.to} by {move.cause!r}"
    if booking.history and booking.history[-1].to != booking.state:
        yield f"{booking.state}, but last moved to {booking.history[-1].to}"


def _checkouts(books: Books) -> Iterator[str]:
    """What was taken is what was bought; what suppliers gave back is given back."""
    bookings = by(books.bookings, "checkout")
    collections = by(books.collections, "about")
    for checkout in books.checkouts:
        for collection in collections.get(checkout.id, []):
            for problem in _checkout(books, checkout, collection, bookings.get(checkout.id, [])):
                yield f"{checkout.id} {checkout.title}: {problem}"
        if len(collections.get(checkout.id, [])) != 1:
            yield f"{checkout.id}: {len(collections.get(checkout.id, []))} collections"


def _checkout(books: Books, checkout: Checkout, c: Collection, bookings: Sequence[Booking]) -> Iterator[str]:
    bought = [b for b in bookings if b.state in _BOUGHT]
    due = sum(b.price.minor for b in bought) - _spared(books, c)
    if c.taken is not None and c.taken.minor != due:
        yield f"{c.taken} to be taken for what costs {due}"
    if c.state == "released" and checkout.state != "placing" and bought:
        yield f"bought and not paid for: {[b.number for b in bought]}"
    if c.state == "committed":
        taken = sum(s.captured for s in c.shares if s.role != "debt")
        paid = sum(s.captured or s.taking for s in c.shares if s.role == "debt" and s.state != "capture_failed")
        if taken + paid + open_gap(c) < due or taken > due:
            yield f"{taken} taken, {paid} paid later and {open_gap(c)} open of {due}"
    wanted = sum(b.refunded.minor for b in bookings if b.refunded)
    started = sum(r.amount.minor for r in books.refunds if r.collection == c.id)
    if started + _spared(books, c) + c.spare != wanted:
        yield f"{started} on its way back, {_spared(books, c)} forgiven, {c.spare} kept; given back were {wanted}"


def _spared(books: Books, c: Collection) -> int:
    """What was still open when the supplier gave it back: nobody owes it."""
    spared = [t for t in books.transactions if t.what == "spared" and t.about == c.id]
    return sum(p.minor for t in spared for p in t.postings if p.account.startswith("receivable:"))


def _shares(books: Books) -> Iterator[str]:
    """(f): even shares differ by one unit at most."""
    for c in books.collections:
        own = [s for s in c.shares if s.role == "own" and s.state != "voided" and not s.letting_go]
        amounts = [s.amount.minor for s in own]
        if len({s.weight for s in own}) == 1 and max(amounts) - min(amounts) > 1:
            yield f"{c.id}: even shares of {amounts}"


def _left(books: Books) -> Iterator[str]:
    """Nothing waits for ever: every booking is settled and every order is one that we know of."""
    orders = _by_booking(books.orders)
    for booking in books.bookings:
        if booking.state in _ASKED or booking.state in ("authorized", "awaiting_payment", "paid_late", "refunding"):
            yield f"{booking.number}: {booking.state} for ever"
        standing = [o for o in orders.get(booking.id, []) if o.state == "confirmed"]
        if standing and booking.state not in STANDING:
            yield f"{booking.number}: {booking.state}, and ordered as {standing[0].code}"
    yield from (f"{c.id}: {c.spare} kept for ever" for c in books.collections if c.spare)
    yield from (f"{c.id}: {c.state} for ever" for c in books.checkouts if c.state not in ("done", "over"))
    yield from (f"{r.id}: {r.state} for ever" for r in books.refunds if r.state in ("requested", "in_transit"))


def _service(books: Books) -> Iterator[str]:
    """Nothing is held for ever; what was taken is in the ledger, under its share, for something bought."""
    taken = {t.id: t for t in books.transactions if t.what == "capture"}
    shares = {s.id: s for c in books.collections for s in c.shares}
    for held in books.payments:
        share = shares.get(held.about.get("share", ""))
        written = taken.get(f"{share.id}:capture:1") if share else None
        if held.state == "authorized":
            yield f"{held.id}: {held.amount} held for ever"
        if held.state == "captured" and (share is None or share.captured != held.captured or written is None):
            yield f"{held.id}: {held.captured} taken, and not in the ledger"
        if held.state == "captured" and share is not None and held.refunded != share.refunded + share.refunding:
            yield f"{held.id}: {held.refunded} given back, {share.refunded} known"
        own = written is not None and share is not None and share.payment == held.id
        if written is not None and own and sum(p.minor for p in written.postings if p.minor > 0) != held.captured:
            yield f"{held.id}: {held.captured} taken, {written.postings} written"


def _by_booking(orders: Sequence[Order]) -> dict[str, list[Order]]:
    """Orders (not mere holds) by the id of the booking that their key names."""
    found: dict[str, list[Order]] = {}
    for order in orders:
        if booking := booking_of(order):
            found.setdefault(booking, []).append(order)
        elif order.state == "confirmed":
            found.setdefault(f"? {order.id}", []).append(order)
    return found


def _key(order: Order) -> str:
    """The request key that ordered it."""
    return order.confirmed_by or order.id
