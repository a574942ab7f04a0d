"""Payments for keepers: collections, refunds that need a hand, and the ledger, by account, person or trip."""

from collections import Counter
from collections.abc import Callable

from bot.admin.finding import Finding
from bot.admin.pages import PAGE, cut, every, for_me, listed, split_page
from bot.capability import Confirmed, Effect, Text, capability
from bot.consent.confirm import confirm
from bot.content import Draft
from bot.errors import Explain
from bot.model import Entry
from bot.money import Money
from bot.ports import Ask, Reply, Store
from payments.ledger import BALANCES, TRANSACTIONS, TYPES, Balance, Ledger, Transaction
from payments.model import COLLECTIONS, REFUNDS, Collection, Refund
from payments.texts import say

_OPEN = ("open", "collecting", "covered", "committing", "expired", "releasing")


class PaymentsAdmin:
    """`/admin payments`, `/admin refunds`, `/admin ledger`."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store, self._ledger, self._finding = store, ledger, Finding(store)

    @capability("Collections and who has paid", command="admin payments", role="admin", private=True)
    async def admin_payments(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: open, a state, or a part of a title; the newest first."""
        wanted, page = split_page(words)
        found = [c async for c in every(self._store, COLLECTIONS, {}, "id") if _means(c, wanted.casefold())]
        shown, more = cut(sorted(found, key=lambda c: c.opened_at, reverse=True), page)
        lines = [_collection_line(c) for c in shown]
        draft = listed(
            ask, say("admin_payments"), lines, call="admin_payments", words=wanted, page=page, more=more
        )  # fmt: skip
        return Reply(drafts=(draft,))

    @capability("Refunds on their way, and those that failed", command="admin refunds", role="admin", private=True)
    async def admin_refunds(self, ask: Ask, *, words: Text = "") -> Reply:
        """`words`: a state; without any those that are not done."""
        wanted, page = split_page(words)
        found = [r async for r in every(self._store, REFUNDS, {}, "id") if r.state == wanted or not wanted]
        found = [r for r in found if wanted or r.state != "done"]
        shown, more = cut(sorted(found, key=lambda r: r.at, reverse=True), page)
        failed = [(n, r) for n, r in enumerate(shown, 1) if r.state == "failed"]
        buttons = [for_me(ask, say("admin_again", n=n), "admin_refund_again", refund=r.id) for n, r in failed]
        buttons += [for_me(ask, say("admin_otherwise", n=n), "admin_refund_otherwise", refund=r.id) for n, r in failed]
        lines = [f"{n}. {_refund_line(r)}" for n, r in enumerate(shown, 1)]
        draft = listed(
            ask, say("admin_refunds"), lines, call="admin_refunds", words=wanted, page=page, more=more, buttons=buttons
        )  # fmt: skip
        return Reply(drafts=(draft,))

    @capability("Ask for a refund once more", role="admin", private=True, effect=Effect.CHANGE, hidden=True)
    async def admin_refund_again(self, ask: Ask, *, refund: Text) -> Reply:
        found = await self._failed(refund)
        return Reply(
            entries=(_news(ask, found, "refund_again"),), drafts=(Draft(text=say("admin_refund_again"), notice=True),)
        )

    @capability("Say that a refund was paid in another way", role="admin", effect=Effect.CHANGE, hidden=True)
    async def admin_refund_otherwise(self, ask: Ask, *, refund: Text, confirmed: Confirmed = "") -> Reply:
        """What cannot be undone is confirmed: the ledger says then that the money is back."""
        found = await self._failed(refund)
        seal = f"{found.id} {found.amount}"
        if confirmed != seal:
            text = say("admin_otherwise_sure", amount=found.amount, id=found.id)
            return Reply(drafts=(confirm(ask, "admin_refund_otherwise", {"refund": refund}, text=text, seal=seal),))
        news = _news(ask, found, "refund_otherwise", by=ask.person.id, why="paid otherwise")
        done = Draft(text=say("admin_refund_done"), notice=True, only_for=(ask.person.id,))
        return Reply(entries=(news,), drafts=(done,))

    async def _failed(self, id: str) -> Refund:
        found = await self._store.get(REFUNDS, id)
        if found is None or found.state != "failed":
            raise Explain(say("gone"))
        return found

    @capability("The ledger of an account, a person or a trip", command="admin ledger", role="admin", private=True)
    async def admin_ledger(self, ask: Ask, *, words: Text = "") -> Reply:
        """Without words what all accounts hold, by type; it sums to zero."""
        wanted, page = split_page(words)
        if not wanted:
            return Reply(drafts=(listed(ask, say("admin_ledger"), await self._by_type(), call="", words=""),))
        title, balances, moves = await self._meant(wanted)
        head = [_balance_line(b) for b in balances if b.minor or b.pending]
        begin = (page - 1) * PAGE
        lines = [*(head if page == 1 else []), *(_move_line(t) for t in moves[begin : begin + PAGE])]
        draft = listed(
            ask, title, lines, call="admin_ledger", words=wanted, page=page, more=len(moves) > begin + PAGE
        )  # fmt: skip
        return Reply(drafts=(draft,))

    async def _meant(self, wanted: str) -> tuple[str, list[Balance], list[Transaction]]:
        """What is asked for: an account by its full name, a trip by id or title, else a person."""
        if wanted.partition(":")[0] in TYPES and ":" in wanted:
            return wanted, *await self._of_account(lambda account: account == wanted)
        threads = await self._finding.threads(wanted)
        if len(threads) == 1:
            moves = (await self._ledger.of_thread(threads[0].id))[::-1]
            return threads[0].title or threads[0].id, await self._ledger.balances(threads[0].id), moves
        person = await self._finding.person(wanted)
        return person.name, *await self._of_account(lambda account: account.rpartition(":")[2] == person.id)

    async def _of_account(self, is_meant: Callable[[str], bool]) -> tuple[list[Balance], list[Transaction]]:
        balances = [b async for b in every(self._store, BALANCES, {}, "id") if is_meant(b.account)]
        moves = [
            t async for t in every(self._store, TRANSACTIONS, {}, "-at") if any(is_meant(p.account) for p in t.postings)
        ]
        return balances, moves

    async def _by_type(self) -> list[str]:
        sums: Counter[tuple[str, str]] = Counter()
        async for balance in every(self._store, BALANCES, {}, "id"):
            sums[(balance.account.partition(":")[0], balance.currency)] += balance.minor
        return [
            say("admin_balance", account=a, amount=Money(m, c), pending="") for (a, c), m in sorted(sums.items()) if m
        ]


def _means(c: Collection, wanted: str) -> bool:
    if not wanted or wanted == "open":
        return not wanted or c.state in _OPEN
    return wanted == c.state or wanted in c.title.casefold() or wanted == c.id


def _collection_line(c: Collection) -> str:
    states = Counter(s.state.replace("_", " ") for s in c.shares)
    shares = ", ".join(f"{n} {state}" for state, n in sorted(states.items()))
    return say(
        "admin_collection", title=c.title, total=c.total, state=c.state, at=c.opened_at, shares=shares, id=c.id,
        why=c.why or "-",
    )  # fmt: skip


def _refund_line(r: Refund) -> str:
    return say("admin_refund", amount=r.amount, state=r.state, at=r.at, why=r.why or "-", attempt=r.attempt, id=r.id)


def _balance_line(b: Balance) -> str:
    pending = say("admin_pending", amount=Money(b.pending, b.currency)) if b.pending else ""
    return say("admin_balance", account=b.account, amount=Money(b.minor, b.currency), pending=pending)


def _move_line(t: Transaction) -> str:
    moved = "; ".join(f"{p.account} {p.money}" for p in t.postings) or "-"
    return say("admin_move", at=t.at, what=t.what, kind=t.kind, moved=moved)


def _news(ask: Ask, refund: Refund, topic: str, **value: str) -> Entry:
    """To the lane of the trip that the refund belongs to."""
    told = {"topic": topic, "collection": refund.collection, "refund": refund.id, **value}
    id = f"{refund.thread}:payment:{refund.id}:{topic}:{refund.attempt}:{ask.now.timestamp():.0f}"
    return Entry(id=id, thread=refund.thread, what="payment", at=ask.now, value=told)
