"""Who paid for whom: noted in words, kept in the ledger, settled by the receiver's word."""

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import AskAgain
from bot.model import Member, Thread
from bot.money import Money
from payments.ledger import Posting, Transaction, check, rebuilt
from payments.together.model import Part
from payments.together.reading import names_a_sum, read_expense, read_settlement
from payments.together.reckoning import divided, owed, transfers
from payments.together.sums import Sum, meant
from tests.payments.counter import Counter, counter, person

NOW = datetime(2026, 11, 20, tzinfo=UTC)
PEOPLE = ("Ana", "Ben", "Cleo Otieno")
THREAD = Thread(id="t", members=tuple(Member(person=n.split()[0], name=n, joined_at=NOW) for n in PEOPLE))
ALL = ("Ana", "Ben", "Cleo")


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Counter]:
    async with counter(tmp_path) as made:
        yield made
        await made.check()


@pytest.mark.parametrize(
    ("said", "paid", "people", "title"),
    [
        ("45 dinner @all", {"Ana": "KES 45"}, ALL, "dinner"),
        ("3000 KES for dinner for Ben and me", {"Ana": "KES 3,000"}, ("Ben", "Ana"), "dinner"),
        ("$45.50 taxi to the airport", {"Ana": "USD 45.50"}, ALL, "taxi to the airport"),
        ("dinner 1,200 for @Ben", {"Ana": "KES 1,200"}, ("Ben",), "dinner"),
        ("45 KES lunch with Ben", {"Ana": "KES 45"}, ("Ana", "Ben"), "lunch"),
        ("Ana 30 Ben 15 fuel @all", {"Ana": "KES 30", "Ben": "KES 15"}, ALL, "fuel"),
        ("Cleo Otieno paid 800 KES for the boat", {"Cleo": "KES 800"}, ALL, "boat"),
        ("800 KES by Cleo for the boat for Ana and Ben", {"Cleo": "KES 800"}, ("Ana", "Ben"), "boat"),
        ("5000 yen ramen", {"Ana": "JPY 5,000"}, ALL, "ramen"),
        ("1.234 KWD dates", {"Ana": "KWD 1.234"}, ALL, "dates"),
        ("20k KES hotel between Ana and Ben", {"Ana": "KES 20,000"}, ("Ana", "Ben"), "hotel"),
        ("45", {"Ana": "KES 45"}, ALL, "an expense"),
        ("12 €", {"Ana": "EUR 12"}, ALL, "an expense"),
        ("3000 KES groceries for everybody", {"Ana": "KES 3,000"}, ALL, "groceries"),
        ("room 204 for 3000 KES", {"Ana": "KES 3,000"}, ALL, "room 204"),
        ("2 beers 500 KES", {"Ana": "KES 500"}, ALL, "2 beers"),
        ("45 dinner 2 people", {"Ana": "KES 45"}, ALL, "dinner 2 people"),
        ("12:30 lunch 450", {"Ana": "KES 450"}, ALL, "12:30 lunch"),
        ("KWD 1.234 dates", {"Ana": "KWD 1.234"}, ALL, "dates"),
        ("€ 45,50 dinner", {"Ana": "EUR 45.50"}, ALL, "dinner"),
        ("1.000,50 EUR boat", {"Ana": "EUR 1,000.50"}, ALL, "boat"),
        ("12,34,567 INR hall", {"Ana": "INR 1,234,567"}, ALL, "hall"),
        ("taxi 45/= for Ben", {"Ana": "KES 45"}, ("Ben",), "taxi"),
        ("ANA 30 BEN 15 fuel", {"Ana": "KES 30", "Ben": "KES 15"}, ALL, "fuel"),
        ("45 KES 50 cents", {"Ana": "KES 45"}, ALL, "50 cents"),
        ("dinner (45)", {"Ana": "KES 45"}, ALL, "dinner"),
        ("20kusd hotel", {"Ana": "USD 20,000"}, ALL, "hotel"),
        ("0.01 KES stamp", {"Ana": "KES 0.01"}, ALL, "stamp"),
        ("Ana 30 KES Ben 15 fuel", {"Ana": "KES 30", "Ben": "KES 15"}, ALL, "fuel"),
        ("Ana 30 KES for 4 of us", {"Ana": "KES 30"}, ALL, "4"),
        ("10000000000 KES villa", {"Ana": "KES 10,000,000,000"}, ALL, "villa"),
        ("dinner 3 thousand", {"Ana": "KES 3,000"}, ALL, "dinner"),
        ("dinner for 100", {"Ana": "KES 100"}, ALL, "dinner"),
        ("1.000000000000000000 KES stamp", {"Ana": "KES 1"}, ALL, "stamp"),
    ],
)
def test_words_say_who_paid_what_for_whom(said: str, paid: dict[str, str], people: tuple[str, ...], title: str) -> None:
    spent = read_expense(said, THREAD, "Ana", "KES")
    assert {who: str(m) for who, m in spent.paid} == paid
    assert (spent.people, spent.title) == (people, title)


def test_a_name_that_two_have_pays_gets_and_owes_nothing() -> None:
    other = (Member(person="Ana2", name="ana", joined_at=NOW), Member(person="AM", name="Ana Maria", joined_at=NOW))
    two = Thread(id="t", members=(*THREAD.members, *other))
    for said in ("Ana 30 Ben 15 dinner", "45 KES dinner for Ana"):
        with pytest.raises(AskAgain, match="More than one here is called “Ana”"):
            read_expense(said, two, "Ben", "KES")
    with pytest.raises(AskAgain) as again:
        read_settlement("Ana 500 KES", two, "Ben", "KES")
    assert again.value.parameter == "who"
    assert read_settlement("Ana Maria 500 KES", two, "Ben", "KES")[0].person == "AM"
    assert read_expense("me 30 dinner for Ben", two, "Ana", "KES").people == ("Ben",)


@pytest.mark.parametrize(
    "said",
    ["dinner @all", "0 dinner", "-45 KES dinner", "45 dinner @Zed", "45 USD and 30 KES", "4.5 JPY ramen", "",
     "99999999999999 KES", "@all", "four five"],
)  # fmt: skip
def test_what_is_no_expense_is_asked_for_again(said: str) -> None:
    with pytest.raises(AskAgain):
        read_expense(said, THREAD, "Ana", "JPY" if "JPY" in said else "KES")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("1e9 dinner", "I cannot read “1e9”"),
        ("1e9 KES dinner", "I cannot read “1e9”"),
        ("1,2,3 dinner", "I cannot read “1,2,3”"),
        ("10,5 EUR dinner", "I cannot read “10,5”"),
        ("1 000 KES dinner", "I cannot read “1 000”"),
        ("400-500 KES dinner", "I cannot read “400-500”"),
        ("45% dinner", "I cannot read “45%”"),
        ("45.5.5 dinner", "I cannot read “45.5.5”"),
        ("0x10 KES dinner", "I cannot read “0x10”"),
        ("1/2 KES dinner", "I cannot read “1/2”"),
        ("45 XXX dinner", "I know no currency “XXX”"),
        ("BTC 45 dinner", "I know no currency “BTC”"),
        ("₿45 dinner", "I know no currency “₿”"),
        ("-45 dinner", "more than nothing"),
        ("- 45 dinner", "more than nothing"),
        ("KES -45 dinner", "more than nothing"),
        ("1.2345 KWD dates", "1.2345 cannot be an amount in KWD"),
        ("10.5 JPY ramen", "10.5 cannot be an amount in JPY"),
        ("45.678 KES dinner", "45.678 cannot be an amount in KES"),
        ("45 dinner and 30 taxi", "Is it KES 45 or KES 30?"),
        ("1500 250 dinner", "Is it KES 1,500 or KES 250?"),
        ("KES 1/2 dinner", "I cannot read “1/2”"),
        ("45 KES 1/2 USD dinner", "I cannot read “1/2”"),
        ("$45KES dinner", "How much was it?"),
        ("1e" + "9" * 50, f"I cannot read “1e{'9' * 38}”"),
        ("1," + "2" * 50, f"I cannot read “1,{'2' * 38}”"),
        ("10000000000.01 KES villa", "more than I can note"),
        ("1.0000000000000000000 KES stamp", "more than I can note"),
        ("dinner for two KES", "How much was it?"),
    ],
)  # fmt: skip
def test_a_sum_that_can_be_misread_is_named_and_asked_for_again(said: str, told: str) -> None:
    with pytest.raises(AskAgain, match=re.escape(told)):
        read_expense(said, THREAD, "Ana", "KES")


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_words_are_read_or_asked_for_again(said: str) -> None:
    try:
        spent = read_expense(said, THREAD, "Ana", "KES")
    except AskAgain:
        return
    assert spent.people and all(m.minor > 0 for _, m in spent.paid) and spent.title


def test_balances_of_ten_thousand_ledgers_sum_to_zero_and_few_payments_settle_them() -> None:
    dice = Random(7)
    for _ in range(10_000):
        sums: dict[str, int] = {}
        written = []
        currency = dice.choice(("KES", "JPY", "KWD", "USD"))
        for n in range(dice.randint(1, 6)):
            payers = [(dice.randint(0, 5), dice.randint(1, 10**9)) for _ in range(dice.randint(1, 3))]
            people = dice.sample(range(6), dice.randint(1, 6))
            parts = divided(Money(sum(m for _, m in payers), currency), [(f"p{p}", "") for p in people], str(n))
            assert sum(p.minor for p in parts) == sum(m for _, m in payers)
            assert max(p.minor for p in parts) - min(p.minor for p in parts) <= 1
            changes = owed([Part(person=f"p{p}", name="", minor=m) for p, m in payers], parts)
            written += [entry(n, currency, changes)] if any(changes.values()) else []
            for who, minor in changes.items():
                sums[who] = sums.get(who, 0) + minor
        assert sum(sums.values()) == 0
        stored = {b.account.rpartition(":")[2]: b.minor for b in rebuilt(written).values() if b.minor}
        assert stored == {w: m for w, m in sums.items() if m}
        moves = transfers(sums)
        assert len(moves) < max(2, len(sums))
        for debtor, creditor, minor in moves:
            assert minor > 0
            sums[debtor] += minor
            sums[creditor] -= minor
        assert not any(sums.values())


def entry(n: int, currency: str, changes: dict[str, int]) -> Transaction:
    postings = tuple(Posting(account=f"group:t:{w}", minor=m, currency=currency) for w, m in changes.items() if m)
    made = Transaction(id=str(n), thread="t", what="expense", at=NOW, cause="e", actor="a", postings=postings)
    check(made)
    return made


async def test_what_was_paid_is_shown_and_owed(shop: Counter) -> None:
    await shop.trip("Ana", "Ben", "Cleo")
    await shop.say("mombasa", "Ana", "/paid 4500 KES dinner @all")
    await shop.say("mombasa", "Ben", "/balances")
    lines = [line for o in shop.channel.sent if o.content.card for line in o.content.card.lines]
    assert "Ben owes Ana KES 1,500" in lines and "Cleo owes Ana KES 1,500" in lines


async def test_words_note_an_expense_and_talk_does_not(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    noted = await shop.say("mombasa", "Ana", "Caravan, I paid 3000 KES for dinner for Ben and me")
    assert noted.answers[0].content.card is not None and noted.answers[0].content.card.title == "dinner: KES 3,000"
    talk = await shop.say("mombasa", "Ana", "I paid too much for that shirt")
    assert talk.answers == ()


async def test_a_bare_number_after_one_expense_abroad_is_asked_about(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 20 USD snacks")
    asked = await shop.say("mombasa", "Ana", "/paid 3000 lunch with Ben")
    assert "such as: KES 3000 lunch with Ben" in asked.answers[0].content.text
    noted = await shop.say("mombasa", "Ana", "KES 3000 lunch with Ben")
    assert noted.answers[0].content.card is not None and noted.answers[0].content.card.title == "lunch: KES 3,000"
    at_home = await shop.say("mombasa", "Ana", "/paid 500 taxi")
    assert at_home.answers[0].content.card is not None and at_home.answers[0].content.card.title == "taxi: KES 500"


async def test_a_group_abroad_goes_on_in_its_currency(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 20 USD snacks")
    await shop.say("mombasa", "Ben", "/paid 30 USD dinner")
    noted = await shop.say("mombasa", "Ana", "/paid 12 coffee")
    assert noted.answers[0].content.card is not None and noted.answers[0].content.card.title == "coffee: USD 12"


async def test_who_noted_it_takes_it_back(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 4500 KES dinner")
    token = shop.buttons("mombasa")["Take it back"].id
    await shop.presses("mombasa", "Ben", token)
    assert "That button is for somebody else." in shop.texts("mombasa")
    await shop.press("mombasa", "Ana", "Take it back")
    await shop.presses("mombasa", "Ana", token)
    assert "That was taken back already." in shop.texts("mombasa")
    await shop.say("mombasa", "Ana", "/balances")
    assert shop.texts("mombasa")[-1] == "Nobody owes anybody anything."


async def test_settling_counts_when_the_receiver_says_so(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 3000 KES dinner")
    await shop.say("mombasa", "Ben", "/settle")
    await shop.press("mombasa", "Ben", "I paid Ana KES 1,500")
    yes = shop.buttons("mombasa")["Yes, I got it"].id
    await shop.presses("mombasa", "Ben", yes)
    standing = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert standing == {"KES": {person("Ana"): 150_000, person("Ben"): -150_000}}
    await shop.presses("mombasa", "Ana", yes)
    await shop.presses("mombasa", "Ana", yes)
    assert "That has been answered already." in shop.texts("mombasa")
    assert await shop.house.sharing.standing(await shop.thread("mombasa")) == {}


async def test_a_payment_that_did_not_arrive_changes_nothing(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid 3000 KES dinner")
    await shop.say("mombasa", "Ben", "/settle Ana 500 KES")
    await shop.press("mombasa", "Ana", "No")
    standing = await shop.house.sharing.standing(await shop.thread("mombasa"))
    assert standing["KES"][person("Ana")] == 150_000


@pytest.mark.parametrize(
    "said",
    ["we are 4 now", "now there are 4 of us", "make it 4 travelers", "day 2 is too full", "let us leave at 5",
     "dinner for 99", "12 Dec suits me", "tuko 4 sasa", "dinner for 4", "who comes at 12:30?"],
)  # fmt: skip
def test_a_number_that_counts_people_or_tells_a_time_is_no_expense(said: str) -> None:
    assert not names_a_sum(said)
    with pytest.raises(AskAgain, match="How much was it"):
        read_expense(said, THREAD, "Ana", "KES")


@pytest.mark.parametrize(
    "said", ["45", "dinner 4500", "it was 300", "$5", "45 XXX", "45 KES for 4", "2000 for 4 people"]
)
def test_what_names_a_sum_may_answer_how_much_it_was(said: str) -> None:
    assert names_a_sum(said)


async def test_talk_while_an_expense_is_asked_for_is_no_answer_and_the_question_waits(shop: Counter) -> None:
    await shop.trip("Ana", "Ben")
    await shop.say("mombasa", "Ana", "/paid")
    said = await shop.say("mombasa", "Ana", "we are 4 now")
    assert said.answers == () and await shop.house.sharing.standing(await shop.thread("mombasa")) == {}
    noted = await shop.say("mombasa", "Ana", "4500 KES dinner")
    assert noted.answers[0].content.card is not None and noted.answers[0].content.card.title == "dinner: KES 4,500"


@pytest.mark.parametrize(
    ("named", "bare", "kept"), [(True, True, 2), (True, False, 1), (False, True, 1), (False, False, 1)]
)
def test_a_bare_number_beside_a_sum_is_money_where_each_has_its_payer(named: bool, bare: bool, kept: int) -> None:
    sums = [Sum(start=0, end=1, money=Money(n, "KES"), bare=n == 2) for n in (1, 2)]
    assert meant(sums, [named, bare]) == sums[:kept]
