"""What the group's own book says where the house has a part in it, and where there is nothing to settle."""

from dataclasses import replace

import pytest

from bot.content import Draft
from bot.errors import AskAgain, Explain, NotAllowed
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


async def test_who_presses_twice_that_they_have_paid_asks_once() -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 700)
    paid = {"person": "ben", "amount": Money(700, "KES")}
    first = await sharing.settle_with(replace(ask(t), key="one"), **paid)
    await t.store.commit(first.ops)
    with pytest.raises(Explain, match="has not answered yet"):
        await sharing.settle_with(replace(ask(t), key="two"), **paid)
    with pytest.raises(Explain, match="has not answered yet"):
        await sharing.settle(replace(ask(t), key="three"), who="ben")


async def test_an_old_button_does_not_settle_a_debt_that_is_settled() -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 700)
    paid = {"person": "ben", "amount": Money(700, "KES")}
    first = await sharing.settle_with(replace(ask(t), key="one"), **paid)
    await t.store.commit(first.ops)
    ben = replace(ask(t), person=Person(id="ben", name="ben"), key="two")
    settlement = only(first).buttons[0].args["settlement"]
    await t.store.commit((await sharing.confirm_settlement(ben, settlement=settlement, right=True)).ops)
    with pytest.raises(Explain, match="any more"):
        await sharing.settle_with(replace(ask(t), key="three"), **paid)


async def test_who_is_no_member_notes_sees_and_settles_nothing() -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 700)
    stranger = replace(ask(t), person=Person(id="zed", name="zed"))
    for refused in (
        sharing.note_expense(stranger, what="45 dinner"),
        sharing.balances(stranger),
        sharing.settle(stranger, who="ben 5"),
        sharing.settle_with(stranger, person="ben", amount=Money(1, "KES")),
    ):
        with pytest.raises(NotAllowed):
            await refused


async def test_a_third_expense_abroad_needs_no_currency_either() -> None:
    t = table("ana", "ben")
    sharing = Sharing(t.store, Ledger(t.store))
    for n, said in enumerate(("20 USD snacks", "30 USD dinner", "15 USD taxi")):
        await t.store.commit((await sharing.note_expense(replace(ask(t), key=str(n)), what=said)).ops)
    assert (await sharing.note_expense(replace(ask(t), key="last"), what="12 coffee")).data["total"] == "USD 12"


async def test_what_is_taken_back_and_that_all_are_even_is_only_noticed() -> None:
    t = table("ana", "ben")
    sharing = Sharing(t.store, Ledger(t.store))
    noted = await sharing.note_expense(ask(t), what="Ana 30 Ben 15 fuel @all")
    card = only(noted).card
    assert card is not None and card.lines == (
        "Paid by ana (KES 30), ben (KES 15)",
        "For ana (KES 22.50), ben (KES 22.50)",
    )
    await t.store.commit(noted.ops)
    undone = await sharing.undo_expense(replace(ask(t), key="u"), expense=noted.data["expense"])
    assert only(undone).notice
    await t.store.commit(undone.ops)
    even = await sharing.balances(ask(t))
    assert (only(even).text, only(even).notice, even.data) == (say("even"), True, {"balances": []})


async def test_settling_in_words_takes_the_one_debt_or_what_is_said() -> None:
    t = table("ana", "ben", "cleo")
    sharing = await owed(t, "ben", 700)
    assert await asked_about(t, sharing, "ben") == Money(700, "KES")
    assert await asked_about(t, sharing, "ben 3") == Money(300, "KES")
    assert await asked_about(t, sharing, "cleo 5 USD") == Money(500, "USD")
    with pytest.raises(AskAgain, match="You owe cleo nothing"):
        await sharing.settle(ask(t), who="cleo")


async def asked_about(t: Table, sharing: Sharing, who: str) -> Money:
    (settled,) = (op.value for op in (await sharing.settle(ask(t), who=who)).ops)
    amount: Money = settled.amount
    return amount


async def test_debts_in_two_currencies_need_a_sum() -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 700)
    ben = replace(ask(t), person=Person(id="ben", name="ben"))
    await t.store.commit((await sharing.note_expense(ben, what="10 USD taxi")).ops)
    with pytest.raises(AskAgain, match="How much did you give ben"):
        await sharing.settle(ask(t), who="ben")
    assert await asked_about(t, sharing, "ben 2 USD") == Money(200, "USD")


async def test_the_smallest_debt_can_be_settled_and_nothing_or_a_stranger_cannot() -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 1)
    for person, minor in (("ben", 0), ("zed", 1), ("zed", 0)):
        with pytest.raises(Explain, match="answered already"):
            await sharing.settle_with(ask(t), person=person, amount=Money(minor, "KES"))
    assert (await sharing.settle_with(ask(t), person="ben", amount=Money(1, "KES"))).ops


@pytest.mark.parametrize(("right", "state"), [(True, "confirmed"), (False, "refused")])
async def test_the_receivers_word_is_kept_and_only_noticed(right: bool, state: str) -> None:
    t = table("ana", "ben")
    sharing = await owed(t, "ben", 700)
    first = await sharing.settle_with(ask(t), person="ben", amount=Money(700, "KES"))
    await t.store.commit(first.ops)
    ben = replace(ask(t), person=Person(id="ben", name="ben"), key="two")
    settlement = only(first).buttons[0].args["settlement"]
    answered = await sharing.confirm_settlement(ben, settlement=settlement, right=right)
    assert only(answered).notice and answered.ops[0].value.state == state


async def test_another_payer_or_receiver_of_the_same_sum_may_be_asked_about() -> None:
    t = table("ana", "ben", "cleo")
    sharing = await owed(t, "ben", 700)
    await t.store.commit((await sharing.settle(replace(ask(t), key="one"), who="ben 7 KES")).ops)
    cleo = replace(ask(t), person=Person(id="cleo", name="cleo"), key="two")
    assert (await sharing.settle(cleo, who="ben 7 KES")).ops
    assert (await sharing.settle(replace(ask(t), key="three"), who="cleo 7 KES")).ops
