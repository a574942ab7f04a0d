"""What the group's own book says where the house has a part in it, and where there is nothing to settle."""

import pytest

from bot.content import Draft
from bot.model import Person
from bot.money import Money
from bot.ports import Ask, Reply
from payments.booked import CARAVAN, group
from payments.ledger import Ledger, Posting, Transaction
from payments.together.reading import read_expense
from payments.together.sharing import Sharing
from payments.together.texts import say
from tests.payments.table import THREAD, Table, table

ANA = Person(id="ana", name="ana")


def ask(t: Table) -> Ask:
    return Ask(person=ANA, thread=t.thread, now=t.clock.now(), key="e")


async def owed(t: Table, creditor: str, minor: int) -> Sharing:
    """Ana owes somebody so much."""
    ledger = Ledger(t.store)
    accounts = {group(THREAD, "ana"): -minor, group(THREAD, creditor): minor}
    postings = tuple(Posting(account=a, minor=m, currency="KES") for a, m in accounts.items() if m)
    moved = Transaction(id="x", thread=THREAD, what="w", at=t.clock.now(), cause="e", actor="ana", postings=postings)
    await t.store.commit(await ledger.ops([moved]) if postings else [])
    return Sharing(t.store, ledger)


def only(reply: Reply) -> Draft:
    (draft,) = reply.drafts
    return draft


async def test_what_is_owed_to_the_house_is_told_as_that() -> None:
    t = table("ana", "ben")
    told = only(await (await owed(t, CARAVAN, 500)).balances(ask(t)))
    line = say("owes", debtor="ana", creditor=say("house"), amount=Money(500, "KES"))
    assert told.card is not None and told.card.lines == (line,)


async def test_who_owes_nobody_has_nothing_to_settle() -> None:
    t = table("ana", "ben")
    told = only(await (await owed(t, "ben", 0)).settle(ask(t)))
    assert (told.text, told.notice, told.buttons) == (say("settle_none"), True, ())


async def test_who_owes_is_offered_to_settle_with_each() -> None:
    t = table("ana", "ben")
    told = only(await (await owed(t, "ben", 700)).settle(ask(t)))
    (button,) = told.buttons
    assert (button.call, button.who) == ("settle_with", ("ana",))
    assert button.args == {"person": "ben", "amount": {"minor": 700, "currency": "KES"}}


@pytest.mark.parametrize("said", ["3 thousand KES dinner", "KES 3 thousand dinner", "3 thousand dinner"])
def test_thousand_is_a_part_of_the_sum(said: str) -> None:
    spent = read_expense(said, table("ana", "ben").thread, "ana", "KES")
    assert (spent.paid, spent.title) == ((("ana", Money(300_000, "KES")),), "dinner")
