"""The invariants of money: what is wrong with the documents of payments, in words; empty if all is well.

Called after every step of the random histories here, and by the soak over the whole app."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.documents import Document, Kind
from bot.model import JOBS
from bot.money import total
from bot.ports import Store
from payments.gateways.sandbox.books import PAYMENTS, REFUNDED, GivenBack, Held
from payments.ledger import BALANCES, TRANSACTIONS, Balance, Contradiction, Transaction, check, rebuilt
from payments.model import COLLECTIONS, COUNTED, REFUNDS, Collection, Refund

D = TypeVar("D", bound=Document)
_PAGE = 1000


async def every(store: Store, kind: Kind[D]) -> list[D]:
    """All documents of a kind."""
    found: list[D] = []
    while page := await store.find(kind, {}, order="id", limit=_PAGE, offset=len(found)):
        found += page
    return found


async def wrong_with(store: Store, *, sandbox: bool = True) -> list[str]:
    """What breaks an invariant of domain.md 4.12: (a), (b), (d), (f), (h), (i), (m). `sandbox`: the service's own

    books are compared too."""
    transactions = await every(store, TRANSACTIONS)
    collections, refunds = await every(store, COLLECTIONS), await every(store, REFUNDS)
    wrong = [*_zero(transactions), *_rebuilt(transactions, await every(store, BALANCES))]
    for collection in collections:
        wrong += _collection(collection, [r for r in refunds if r.collection == collection.id])
        wrong += _ledger_agrees(collection, [t for t in transactions if t.about == collection.id])
    if sandbox:
        wrong += _service(collections, await every(store, PAYMENTS), await every(store, REFUNDED), refunds)
    return wrong


async def at_rest(store: Store, *, sandbox: bool = True) -> list[str]:
    """What is wrong once nothing is due any more: money that is held for nothing, or that nobody will ever move."""
    wrong = []
    waiting = {j.args.get("collection") for j in await every(store, JOBS) if j.state in ("due", "claimed")}
    over = set()
    for c in await every(store, COLLECTIONS):
        if c.state in ("released", "committed"):
            over.add(c.id)
            live = [s.id for s in c.shares if s.state == "authorized" or s.letting_go]
            wrong += [f"{id}: held although {c.id} is {c.state}" for id in live]
        elif c.id not in waiting or c.state in ("expired", "releasing"):
            wrong.append(f"{c.id}: {c.state}, and nothing will ever happen")
    for held in await every(store, PAYMENTS) if sandbox else ():
        if held.state == "authorized" and held.about.get("collection") in over:
            wrong.append(f"{held.id}: the service still holds money of {held.about['share']}")
    return wrong


def _zero(transactions: Sequence[Transaction]) -> list[str]:
    """(a) and (b): each transaction and all together sum to zero; (h): each has a cause and an actor."""
    wrong, sums = [], Counter[str]()
    for transaction in transactions:
        try:
            check(transaction)
        except Contradiction as contradiction:
            wrong.append(str(contradiction))
        if transaction.kind == "post":
            for posting in transaction.postings:
                sums[posting.currency] += posting.minor
    return wrong + [f"all accounts sum to {minor} {currency}" for currency, minor in sums.items() if minor]


def _rebuilt(transactions: Sequence[Transaction], stored: Sequence[Balance]) -> list[str]:
    """(i): balances rebuilt from postings are those stored; a pending transaction is resolved at most once."""
    wrong, anew = [], rebuilt(transactions)
    for balance in stored:
        found = anew.pop(balance.id, None)
        if found is None or (found.minor, found.pending) != (balance.minor, balance.pending):
            wrong.append(f"balance {balance.id} is not what its postings say")
    wrong += [f"balance {id} is missing" for id, b in anew.items() if b.minor or b.pending]
    times = Counter(t.resolves for t in transactions if t.resolves)
    return wrong + [f"{id} resolved {n} times" for id, n in times.items() if n > 1]


def _collection(c: Collection, refunds: Sequence[Refund]) -> list[str]:
    """(d): captured within authorised, refunded within captured; (f): captures sum to what was taken."""
    wrong = []
    for s in c.shares:
        if s.captured > s.amount.minor or s.taking > s.amount.minor:
            wrong.append(f"{s.id}: more taken than authorised")
        mine = [r for r in refunds if r.share == s.id]
        done = sum(r.amount.minor for r in mine if r.state == "done")
        coming = sum(r.amount.minor for r in mine if r.state != "done")
        if (s.refunded, s.refunding) != (done, coming) or s.refunded + s.refunding > s.captured:
            wrong.append(f"{s.id}: refunds do not agree")
        if s.captured and c.taken is None:
            wrong.append(f"{s.id}: captured although nothing was confirmed")
    captured = sum(s.captured for s in c.shares)
    if c.taken is not None and captured > c.taken.minor:
        wrong.append(f"{c.id}: {captured} taken of {c.taken}")
    if c.state == "committed" and c.taken is not None:
        failed = [s for s in c.shares if s.state == "capture_failed"]
        short = sum(s.taking for s in c.shares if s.role in COUNTED) < c.taken.minor
        if captured < c.taken.minor and not failed and not short:
            wrong.append(f"{c.id}: {captured} taken of {c.taken} and nothing failed")
    untouched = all(s.state == "invited" and s.role == "own" for s in c.shares)
    summed = total([s.amount for s in c.shares], c.total.currency)
    if c.state in ("open", "collecting") and untouched and summed != c.total:
        wrong.append(f"{c.id}: the shares do not sum to the total")
    return wrong


def _ledger_agrees(c: Collection, transactions: Sequence[Transaction]) -> list[str]:
    """(h): money moved exactly where a share moved."""
    moved, held = Counter[str](), Counter[str]()
    resolved = {t.resolves for t in transactions if t.resolves}
    for t in transactions:
        for p in t.postings:
            if p.account.startswith("payer:"):
                if t.kind == "post":
                    moved[p.account] -= p.minor
                elif t.id not in resolved:
                    held[p.account] -= p.minor
    want_moved, want_held = Counter[str](), Counter[str]()
    inflight = sum(p.minor for t in transactions if t.kind == "post" for p in t.postings if "inflight:" in p.account)
    coming = sum(s.captured for s in c.shares) if c.state != "committed" else 0
    for s in c.shares:
        want_moved[f"payer:{s.person}"] += s.captured - s.refunded
        if s.state == "authorized":
            want_held[f"payer:{s.person}"] += s.amount.minor
    wrong = [] if inflight == coming else [f"{c.id}: {inflight} in flight, {coming} captured and not booked"]
    if {k: v for k, v in moved.items() if v} != {k: v for k, v in want_moved.items() if v}:
        wrong.append(f"{c.id}: the ledger moved {dict(moved)}, the shares {dict(want_moved)}")
    if {k: v for k, v in held.items() if v} != {k: v for k, v in want_held.items() if v}:
        wrong.append(f"{c.id}: the ledger holds {dict(held)}, the shares {dict(want_held)}")
    return wrong


def _service(
    collections: Sequence[Collection], held: Sequence[Held], given: Sequence[GivenBack], refunds: Sequence[Refund]
) -> list[str]:  # fmt: skip
    """(m): the service took and gave back what we know of, once: by its own books."""
    wrong: list[str] = []
    shares = {s.id: s for c in collections for s in c.shares}
    ours: dict[str, list[Any]] = {}
    for payment in held:
        ours.setdefault(payment.about.get("share", ""), []).append(payment)
    for id, payments in ours.items():
        captures = [p for p in payments if p.state == "captured"]
        share = shares.get(id)
        if share is None:
            wrong += [f"{p.id}: captured for no share" for p in captures]
        elif len(captures) > 1:
            wrong.append(f"{id}: captured {len(captures)} times")
        elif captures and captures[0].captured != share.taking:
            wrong.append(f"{id}: {captures[0].captured} captured, {share.taking} meant")
        elif share.captured and not captures:
            wrong.append(f"{id}: said to be captured, and is not")
    keys = {f"{r.id}:{n}" for r in refunds for n in range(1, r.attempt + 1)}
    wrong += [f"{g.id}: refunded for nothing of ours" for g in given if g.key not in keys]
    return wrong
