"""The double-entry ledger: one immutable document for each transaction, whose postings sum to zero.

Amounts are minor units, positive into an account. A pending transaction moves nothing until it is posted (at most in
its amounts) or voided, once. Balances are stored per Thread, so that the lanes of two Threads never meet in one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.documents import Index, Insert, Kind, Op, Replace
from bot.money import Money
from bot.ports import Store

# The types of accounts; what follows the colon says whose.
TYPES = (
    "payer", "inflight", "supplier_payable", "processor_fee", "platform_fee", "receivable", "refund_payable", "group",
    "user_wallet", "provider_held", "provider_payable", "tax", "fx", "promo",
)  # fmt: skip
KINDS_OF = ("post", "pending", "void")
_PAGE = 500


class Contradiction(ValueError):
    """The same key with other content, or a transaction that cannot be: an error of ours, nothing is written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """What one account gets (positive) or gives (negative). `account`: `"{type}:{whose}"`."""

    account: str
    minor: int
    currency: str

    @property
    def money(self) -> Money:
        """The amount."""
        return Money(self.minor, self.currency)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transaction:
    """One movement of money. `id`: the deterministic key of what it records. `kind`: post, pending or void.

    `resolves`: the pending transaction that this one posts or voids, None if none; unique, so it happens once.
    `cause`: the Entry in whose handling it was written; `actor`: the Person who set it off, or "caravan".
    `about`: the collection, refund or expense it belongs to; `what` says it in a word.
    """

    id: str
    thread: str
    what: str
    at: datetime
    cause: str
    actor: str
    postings: tuple[Posting, ...] = ()
    kind: str = "post"
    resolves: str | None = None
    about: str = ""
    title: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What an account holds as far as one Thread moved it; id `"{thread}|{account}|{currency}"`.

    `minor`: posted; `pending`: what waits to be posted or voided."""

    id: str
    thread: str
    account: str
    currency: str
    minor: int = 0
    pending: int = 0
    version: int = 0


TRANSACTIONS = Kind(
    "transactions", Transaction,
    (Index(("resolves",), unique=True), Index(("thread", "at")), Index(("about",)), Index(("at",))),
)  # fmt: skip
BALANCES = Kind("balances", Balance, (Index(("thread",)), Index(("account",))))


class Ledger:
    """Writes and reads it. The writing is Ops that join the commit of the Turn that caused it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def ops(self, transactions: Sequence[Transaction]) -> tuple[Op, ...]:
        """The Ops of all transactions of one Turn: call it once for each Turn, with all of them.

        What is written already under the same key is left out; Contradiction if it says something else."""
        new: dict[str, Transaction] = {}
        for transaction in transactions:
            check(transaction)
            before = new.get(transaction.id) or await self._store.get(TRANSACTIONS, transaction.id)
            if before is None:
                new[transaction.id] = transaction
            elif content(before) != content(transaction):
                raise Contradiction(f"{transaction.id} was written with other content")
        pending = await self._resolved(new)
        changes = _sum(_effects(new.values(), pending))
        return (*(Insert(TRANSACTIONS, t) for t in new.values()), *[await self._kept(b) for b in changes.values()])

    async def _resolved(self, new: Mapping[str, Transaction]) -> dict[str, Transaction]:
        """The pending transactions that the new ones post or void."""
        found: dict[str, Transaction] = {}
        for transaction in new.values():
            key = transaction.resolves
            if key is None:
                continue
            pending = new.get(key) or await self._store.get(TRANSACTIONS, key)
            taken = key in found or await self._store.find(TRANSACTIONS, {"resolves": key}, limit=1)
            if pending is None or pending.kind != "pending" or taken:
                raise Contradiction(f"{transaction.id} cannot resolve {key}")
            if not _within(transaction, pending):
                raise Contradiction(f"{transaction.id} takes more than {key} held")
            found[key] = pending
        return found

    async def _kept(self, change: Balance) -> Op:
        stored = await self._store.get(BALANCES, change.id)
        if stored is None:
            return Insert(BALANCES, change)
        return Replace(
            BALANCES, replace(stored, minor=stored.minor + change.minor, pending=stored.pending + change.pending)
        )

    async def of_thread(self, thread: str) -> list[Transaction]:
        """Every transaction of a Thread, oldest first."""
        return await self._all({"thread": thread}, "at")

    async def about(self, about: str) -> list[Transaction]:
        """Every transaction about one collection, refund or expense."""
        return sorted(await self._all({"about": about}, ""), key=lambda t: (t.at, t.id))

    async def _all(self, where: Mapping[str, str], order: str) -> list[Transaction]:
        found: list[Transaction] = []
        while page := await self._store.find(TRANSACTIONS, where, order=order, limit=_PAGE, offset=len(found)):
            found += page
        return found

    async def balances(self, thread: str) -> list[Balance]:
        """The stored balances of a Thread."""
        found: list[Balance] = []
        while page := await self._store.find(BALANCES, {"thread": thread}, limit=_PAGE, offset=len(found)):
            found += page
        return found

    async def balance(self, account: str) -> dict[str, int]:
        """What an account holds over all Threads, by currency."""
        sums: dict[str, int] = {}
        found: list[Balance] = []
        while page := await self._store.find(BALANCES, {"account": account}, limit=_PAGE, offset=len(found)):
            found += page
        for balance in found:
            sums[balance.currency] = sums.get(balance.currency, 0) + balance.minor
        return sums


def check(transaction: Transaction) -> None:
    """Contradiction unless it can be: known accounts and kinds, postings that sum to zero in each currency."""
    sums: dict[str, int] = {}
    for posting in transaction.postings:
        if posting.account.partition(":")[0] not in TYPES:
            raise Contradiction(f"{transaction.id}: no such account: {posting.account}")
        sums[posting.currency] = sums.get(posting.currency, 0) + posting.money.minor
    if any(sums.values()):
        raise Contradiction(f"{transaction.id} does not sum to zero")
    if transaction.kind not in KINDS_OF or (transaction.kind == "pending" and transaction.resolves):
        raise Contradiction(f"{transaction.id}: no such kind: {transaction.kind}")
    if transaction.kind == "void" and (transaction.postings or not transaction.resolves):
        raise Contradiction(f"{transaction.id}: a void resolves and moves nothing")
    if transaction.kind != "void" and not transaction.postings:
        raise Contradiction(f"{transaction.id} moves nothing")
    if not transaction.actor or not transaction.cause:
        raise Contradiction(f"{transaction.id} has no cause or no actor")


def content(transaction: Transaction) -> tuple[object, ...]:
    """What must be the same under the same key."""
    return transaction.thread, transaction.what, transaction.kind, transaction.resolves, transaction.postings


def rebuilt(transactions: Iterable[Transaction]) -> dict[str, Balance]:
    """All balances reckoned anew from the postings, by id."""
    every = list(transactions)
    resolved = {t.resolves for t in every if t.resolves}
    return _sum(_effects(every, {t.id: t for t in every if t.id in resolved}))


def _effects(new: Iterable[Transaction], pending: Mapping[str, Transaction]) -> Iterable[Balance]:
    """What each posting changes; a resolved pending transaction waits no longer."""
    for transaction in new:
        held = pending.get(transaction.resolves or "")
        for posting in held.postings if held else ():
            yield _change(transaction.thread, posting, pending=-posting.minor)
        for posting in transaction.postings:
            if transaction.kind == "pending":
                yield _change(transaction.thread, posting, pending=posting.minor)
            else:
                yield _change(transaction.thread, posting, minor=posting.minor)


def _change(thread: str, posting: Posting, minor: int = 0, pending: int = 0) -> Balance:
    id = f"{thread}|{posting.account}|{posting.currency}"
    return Balance(
        id=id, thread=thread, account=posting.account, currency=posting.currency, minor=minor, pending=pending
    )  # fmt: skip


def _sum(changes: Iterable[Balance]) -> dict[str, Balance]:
    sums: dict[str, Balance] = {}
    for change in changes:
        so_far = sums.get(change.id)
        sums[change.id] = change if so_far is None else replace(
            so_far, minor=so_far.minor + change.minor, pending=so_far.pending + change.pending
        )  # fmt: skip
    return sums


def _within(post: Transaction, pending: Transaction) -> bool:
    """Whether a post moves at most what was pending, account by account and in the same direction."""
    held = {(p.account, p.currency): p.minor for p in pending.postings}
    for posting in post.postings:
        most = held.get((posting.account, posting.currency), 0)
        if not min(0, most) <= posting.minor <= max(0, most):
            return False
    return True
