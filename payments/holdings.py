"""What payments hold about a Person: what they paid, owe and agreed to. Money stays on record, under the pseudonym."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.documents import Delete, Insert, Kind, Op, Replace
from bot.errors import Conflict
from bot.money import Money
from bot.ports import Store, Subject
from bot.privacy.scrubbing import ERASED, Scrubber, change_all
from bot.reading import all_of
from payments.booked import group
from payments.ledger import BALANCES, TRANSACTIONS, Balance, Ledger, Transaction
from payments.mandates import MANDATES
from payments.model import COLLECTIONS, REFUNDS, Collection, Share
from payments.texts import say
from payments.together.model import EXPENSES, SETTLEMENTS, Expense

_FLOWING = ("invited", "link_sent", "declined", "authorized", "auth_expired")
_TRIES = 20


class PaymentHoldings:
    """Holdings of payments/. `also`: names of kinds in which services keep their own books; they name nobody."""

    def __init__(self, store: Store, also: Sequence[str] = ()) -> None:
        self._store, self._ledger, self._also = store, Ledger(store), tuple(also)

    @property
    def kinds(self) -> tuple[str, ...]:
        own = (COLLECTIONS, REFUNDS, TRANSACTIONS, BALANCES, MANDATES, EXPENSES, SETTLEMENTS)
        return (*(k.name for k in own), *self._also)

    async def blocks(self, subject: Subject) -> Sequence[str]:
        """Money in flight, and what they owe the others."""
        found = []
        for thread in (*subject.shared, *subject.private):
            for c, share in await self._shares(thread, subject.person):
                if _flows(c, share):
                    found.append(say("block_flowing", title=c.title, amount=share.amount))
            for balance in await self._ledger.balances(thread):
                if balance.account == group(thread, subject.person) and balance.minor < 0:
                    found.append(say("block_owing", amount=Money(-balance.minor, balance.currency)))
        return found

    async def _shares(self, thread: str, person: str) -> list[tuple[Collection, Share]]:
        found = await all_of(self._store, COLLECTIONS, {"thread": thread})
        return [(c, s) for c in found for s in c.shares if s.person == person]

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        threads, me = (*subject.shared, *subject.private), subject.person
        paid = [
            {
                "title": c.title, "role": s.role, "amount": str(s.amount), "state": s.state, "asked_at": c.opened_at,
                "taken": str(Money(s.captured, s.amount.currency)),
                "given_back": str(Money(s.refunded, s.amount.currency)),
            }
            for t in threads for c, s in await self._shares(t, me)
        ]  # fmt: skip
        return {
            say("held_shares"): paid,
            say("held_mandates"): await all_of(self._store, MANDATES, {"person": me}),
            say("held_expenses"): [e for t in threads for e in await self._in(EXPENSES, t) if _concerns(e, me)],
            say("held_settlements"): [
                s for t in threads for s in await self._in(SETTLEMENTS, t) if me in (s.payer, s.receiver)
            ],
            say("held_ledger"): [_line(t, me) for thread in threads for t in await self._moves(thread, me)],
        }

    async def _in(self, kind: Kind[Any], thread: str) -> list[Any]:
        return await all_of(self._store, kind, {"thread": thread})

    async def _moves(self, thread: str, person: str) -> list[Transaction]:
        every = await self._ledger.of_thread(thread)
        return [t for t in every if any(p.account.rpartition(":")[2] == person for p in t.postings)]

    async def erase(self, subject: Subject) -> None:
        scrub, them = Scrubber(subject), (subject.person, subject.pseudonym)

        def under_pseudonym(document: Any) -> Any:
            return replace(scrub.document(document), id=document.id)

        def untitled(expense: Expense) -> Expense:
            """What they called it is theirs; who paid how much for whom is everybody's."""
            found: Expense = under_pseudonym(expense)
            return replace(found, title=ERASED) if found.by in them else found

        def entry(transaction: Transaction) -> Transaction:
            return replace(
                transaction, actor=scrub.ids(transaction.actor), cause=scrub.ids(transaction.cause),
                title=ERASED if _wrote(transaction, them) else scrub.words(transaction.title),
                postings=tuple(replace(p, account=scrub.ids(p.account)) for p in transaction.postings),
            )  # fmt: skip

        for thread in (*subject.shared, *subject.private):
            for kind in (COLLECTIONS, REFUNDS, SETTLEMENTS):
                await change_all(self._store, kind, {"thread": thread}, under_pseudonym)
            await change_all(self._store, EXPENSES, {"thread": thread}, untitled)
            await change_all(self._store, TRANSACTIONS, {"thread": thread}, entry)
            for balance in await self._ledger.balances(thread):
                await self._moved(balance, scrub)
        await change_all(self._store, MANDATES, {"person": subject.person}, under_pseudonym)

    async def _moved(self, balance: Balance, scrub: Scrubber) -> None:
        """A balance goes to the pseudonym's account, together with what may stand there already."""
        account = scrub.ids(balance.account)
        if account == balance.account:
            return
        for _ in range(_TRIES):
            latest = await self._store.get(BALANCES, balance.id)
            if latest is None:
                return
            id = f"{latest.thread}|{account}|{latest.currency}"
            there = await self._store.get(BALANCES, id)
            into = there or Balance(id=id, thread=latest.thread, account=account, currency=latest.currency)
            into = replace(into, minor=into.minor + latest.minor, pending=into.pending + latest.pending)
            ops: list[Op] = [Delete(BALANCES, latest), Replace(BALANCES, into) if there else Insert(BALANCES, into)]
            try:
                await self._store.commit(ops)
                return
            except Conflict:
                continue


def _flows(c: Collection, share: Share) -> bool:
    """Whether money of a share is held, asked for, or on its way back."""
    asked = share.state in _FLOWING and (c.state not in ("released", "committed") or share.role == "debt")
    return asked or share.state == "authorized" or share.refunding > 0 or share.letting_go


def _wrote(transaction: Transaction, them: tuple[str, ...]) -> bool:
    """Whether its title is what they typed: an expense of theirs."""
    return transaction.actor in them and bool(transaction.title) and transaction.id.startswith("expense:")


def _concerns(expense: Any, person: str) -> bool:
    return any(part.person == person for part in (*expense.paid, *expense.parts))


def _line(transaction: Transaction, person: str) -> dict[str, object]:
    mine = [p for p in transaction.postings if p.account.rpartition(":")[2] == person]
    amounts = [f"{p.account.partition(':')[0]} {p.money}" for p in mine]
    return {"at": transaction.at, "what": transaction.what, "kind": transaction.kind, "amounts": amounts}
