"""Shared expenses: /paid notes one, /balances shows who owes whom, /settle makes it even."""

from collections import Counter, defaultdict
from dataclasses import replace
from typing import Annotated

from bot.capability import Amount, Effect, Slot, Text, capability
from bot.content import Card, Draft, Press
from bot.documents import Insert, Replace
from bot.errors import AskAgain, Explain, NotAllowed
from bot.members import require_member
from bot.model import Member, Thread
from bot.money import Money, total
from bot.ports import Ask, Reply, Store
from bot.reading import all_of
from payments.booked import CARAVAN, group
from payments.ledger import Ledger, Posting, Transaction
from payments.model import document_id
from payments.together.model import EXPENSES, SETTLEMENTS, Expense, Part, Settlement
from payments.together.reading import Spent, names_a_sum, read_expense, read_settlement
from payments.together.reckoning import divided, owed, transfers
from payments.together.texts import say

HOME = "KES"
What = Annotated[str, Slot("text", ask=say("ask_what"), like=names_a_sum)]


class Sharing:
    """Capabilities about money among the people of a Thread. The ledger's group accounts know what each is owed."""

    def __init__(self, store: Store, ledger: Ledger) -> None:
        self._store, self._ledger = store, ledger

    @capability(
        "Note what you paid for the group, and for whom", command="paid", effect=Effect.CHANGE,
        phrases=("I paid {what}", "I have paid {what}", "we paid {what}", "note an expense of {what}"),
    )  # fmt: skip
    async def note_expense(self, ask: Ask, *, what: What) -> Reply:
        """Several may have paid: "Ana 30 Ben 15 fuel @all"."""
        require_member(ask.thread, ask.person)
        spent = read_expense(what, ask.thread, ask.person.id, *await self._homes(ask))
        expense = self._expense(ask, spent)
        changes = owed(expense.paid, expense.parts)
        ops = await self._ledger.ops(
            [_booked(ask, f"expense:{expense.id}", "expense", expense, changes)] if any(changes.values()) else []
        )
        press = Press(label=say("undo"), call="undo_expense", args={"expense": expense.id}, who=(ask.person.id,))
        data = {"expense": expense.id, "total": str(expense.total), "title": expense.title}
        return Reply(
            ops=(Insert(EXPENSES, expense), *ops), drafts=(Draft(card=_card(expense), buttons=(press,)),), data=data
        )  # fmt: skip

    async def _homes(self, ask: Ask) -> tuple[str, str]:
        """The currency of a bare number, and another that may as well be meant ("" for none): the person's own, or the

        one in which two expenses in a row were noted here."""
        own = ask.person.currency or HOME
        last = await self._store.find(EXPENSES, {"thread": ask.thread.id}, order="-at", limit=2)
        latest = [expense.total.currency for expense in last]
        if not latest or latest[0] == own:
            return own, ""
        abroad = latest[0]
        return (abroad, "") if latest == [abroad] * 2 else (own, abroad)

    def _expense(self, ask: Ask, spent: Spent) -> Expense:
        names = {m.person: m.name for m in ask.thread.present}
        amount = total([m for _, m in spent.paid], spent.paid[0][1].currency)
        paid = tuple(Part(person=p, name=names[p], minor=m.minor) for p, m in spent.paid)
        parts = divided(amount, [(p, names[p]) for p in spent.people], ask.key)
        return Expense(
            id=document_id("expense", ask.key), thread=ask.thread.id,
            title=spent.title, total=amount, paid=paid, parts=parts,
            by=ask.person.id, at=ask.now,
        )  # fmt: skip

    @capability("Take back an expense", effect=Effect.CHANGE, hidden=True)
    async def undo_expense(self, ask: Ask, *, expense: Text) -> Reply:
        found = await self._store.get(EXPENSES, expense)
        if found is None or found.thread != ask.thread.id or found.state != "kept":
            raise Explain(say("undone_already"))
        if not ask.person.is_(found.by):
            raise NotAllowed(say("not_yours"))
        back = {who: -minor for who, minor in owed(found.paid, found.parts).items()}
        ops = await self._ledger.ops(
            [_booked(ask, f"expense:{found.id}:undone", "undone", found, back)] if any(back.values()) else []
        )
        text = say("undone", name=ask.person.name, title=found.title, total=found.total)
        gone = Replace(EXPENSES, replace(found, state="undone"))
        return Reply(ops=(gone, *ops), drafts=(Draft(text=text, notice=True),))

    @capability(
        "Show who owes whom", command="balances",
        phrases=("who owes whom", "who owes what", "show the balances", "how do we stand", "what do we owe each other"),
    )  # fmt: skip
    async def balances(self, ask: Ask) -> Reply:
        require_member(ask.thread, ask.person)
        lines = []
        for currency, sums in sorted((await self.standing(ask.thread)).items()):
            for debtor, creditor, minor in transfers(sums):
                lines.append(
                    say(
                        "owes", debtor=_name(ask.thread, debtor), creditor=_name(ask.thread, creditor),
                        amount=Money(minor, currency),
                    )
                )  # fmt: skip
        if not lines:
            return Reply(drafts=(Draft(text=say("even"), notice=True),), data={"balances": []})
        press = Press(label=say("settle"), call="settle")
        card = Card(title=say("balances"), lines=tuple(lines))
        return Reply(drafts=(Draft(card=card, buttons=(press,)),), data={"balances": lines})

    async def standing(self, thread: Thread) -> dict[str, dict[str, int]]:
        """Currency -> Person id -> what they are owed (negative: they owe); each currency sums to zero.

        Accounts of one Person under several ids count together."""
        found: defaultdict[str, Counter[str]] = defaultdict(Counter)
        start = group(thread.id, "")
        for balance in await self._ledger.balances(thread.id):
            if balance.account.startswith(start) and balance.minor:
                found[balance.currency][_now_called(thread, balance.account.removeprefix(start))] += balance.minor
        return {currency: {p: minor for p, minor in sums.items() if minor} for currency, sums in found.items()}

    @capability(
        "Settle up with somebody", command="settle", effect=Effect.CHANGE,
        phrases=("settle up", "settle up with {who}"),
    )  # fmt: skip
    async def settle(self, ask: Ask, *, who: Text = "") -> Reply:
        """ "Ana", "Ana 500 KES"; without words whom the asker owes."""
        require_member(ask.thread, ask.person)
        debts = await self._debts(ask)
        if not who.strip():
            return self._which(ask, debts)
        to, given = read_settlement(who, ask.thread, ask.person.id, (await self._homes(ask))[0])
        mine = [Money(m, c) for c, creditor, m in debts if creditor == to.person]
        if given is None and len(mine) != 1:
            raise AskAgain("who", say("settle_sum" if mine else "settle_nothing", name=to.name))
        return await self._asked(ask, to, given or mine[0])

    @capability("Say that you gave somebody money", effect=Effect.CHANGE, hidden=True)
    async def settle_with(self, ask: Ask, *, person: Text, amount: Amount) -> Reply:
        """It counts once they have confirmed it."""
        require_member(ask.thread, ask.person)
        to = ask.thread.member(person)
        if to is None or amount.minor <= 0:
            raise Explain(say("settle_over"))
        owed = [m for c, creditor, m in await self._debts(ask) if (c, creditor) == (amount.currency, to.person)]
        if amount.minor > sum(owed):
            raise Explain(say("settle_changed", name=to.name, amount=amount))
        return await self._asked(ask, to, amount)

    async def _debts(self, ask: Ask) -> list[tuple[str, str, int]]:
        """(currency, to whom, minor units) that the asker owes."""
        standing = await self.standing(ask.thread)
        return [
            (currency, creditor, minor)
            for currency, sums in sorted(standing.items())
            for debtor, creditor, minor in transfers(sums)
            if debtor == ask.person.id
        ]

    def _which(self, ask: Ask, debts: list[tuple[str, str, int]]) -> Reply:
        if not debts:
            return Reply(drafts=(Draft(text=say("settle_none"), notice=True),))
        buttons = tuple(
            Press(
                label=say("settle_button", name=_name(ask.thread, to), amount=Money(minor, currency)),
                call="settle_with",
                args={"person": to, "amount": {"minor": minor, "currency": currency}},
                who=(ask.person.id,),
            )
            for currency, to, minor in debts if ask.thread.member(to)
        )  # fmt: skip
        return Reply(drafts=(Draft(text=say("settle_which"), buttons=buttons),))

    async def _asked(self, ask: Ask, to: Member, amount: Money) -> Reply:
        """The question to the receiver; it is put once for the same money until they have answered."""
        waiting = await all_of(self._store, SETTLEMENTS, {"thread": ask.thread.id, "state": "asked"})
        if any(ask.person.is_(s.payer) and (s.receiver, s.amount) == (to.person, amount) for s in waiting):
            raise Explain(say("settle_waits", receiver=to.name, amount=amount))
        settlement = Settlement(
            id=document_id("settlement", ask.key), thread=ask.thread.id,
            payer=ask.person.id, payer_name=ask.person.name, receiver=to.person,
            receiver_name=to.name, amount=amount, at=ask.now,
        )  # fmt: skip
        buttons = tuple(
            Press(
                label=say(f"settle_{word}"), call="confirm_settlement", who=(to.person,),
                args={"settlement": settlement.id, "right": word},
            )
            for word in ("yes", "no")
        )  # fmt: skip
        text = say("settle_ask", payer=ask.person.name, receiver=to.name, amount=amount)
        return Reply(ops=(Insert(SETTLEMENTS, settlement),), drafts=(Draft(text=text, buttons=buttons),))

    @capability("Say whether money was received", effect=Effect.CHANGE, hidden=True)
    async def confirm_settlement(self, ask: Ask, *, settlement: Text, right: bool) -> Reply:
        """Only the receiver's word counts."""
        found = await self._store.get(SETTLEMENTS, settlement)
        if found is None or found.thread != ask.thread.id or found.state != "asked":
            raise Explain(say("settle_over"))
        if not ask.person.is_(found.receiver):
            raise NotAllowed(say("not_yours"))
        told = {"payer": found.payer_name, "receiver": found.receiver_name, "amount": found.amount}
        if not right:
            refused = Replace(SETTLEMENTS, replace(found, state="refused"))
            return Reply(ops=(refused,), drafts=(Draft(text=say("settle_refused", **told), notice=True),))
        changes = {found.payer: found.amount.minor, found.receiver: -found.amount.minor}
        ops = await self._ledger.ops([_booked(ask, f"settlement:{found.id}", "settled", found, changes)])
        done = Replace(SETTLEMENTS, replace(found, state="confirmed"))
        return Reply(ops=(done, *ops), drafts=(Draft(text=say("settled", **told), notice=True),))


def _booked(ask: Ask, id: str, what: str, about: Expense | Settlement, changes: dict[str, int]) -> Transaction:
    """What an expense or a settlement writes into the group's own book."""
    currency = about.total.currency if isinstance(about, Expense) else about.amount.currency
    postings = tuple(
        Posting(account=group(ask.thread.id, who), minor=minor, currency=currency)
        for who, minor in sorted(changes.items()) if minor
    )  # fmt: skip
    return Transaction(
        id=id, thread=ask.thread.id, what=what, at=ask.now, cause=ask.entry.id if ask.entry else ask.key,
        actor=ask.person.id, postings=postings, about=about.id,
        title=about.title if isinstance(about, Expense) else "",
    )  # fmt: skip


def _card(expense: Expense) -> Card:
    def told(parts: tuple[Part, ...]) -> str:
        return ", ".join(say("one_paid", name=p.name, amount=Money(p.minor, expense.total.currency)) for p in parts)

    lines = (say("noted_paid", who=told(expense.paid)), say("noted_for", who=told(expense.parts)))
    return Card(title=say("noted", title=expense.title, total=expense.total), lines=lines)


def _name(thread: Thread, person: str) -> str:
    if person == CARAVAN:
        return say("house")
    return next((m.name for m in thread.members if m.person == person), say("gone"))


def _now_called(thread: Thread, person: str) -> str:
    """The present id of a member under whatever id of theirs."""
    return next((m.person for m in thread.members if person in m.also), person)
