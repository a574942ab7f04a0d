"""Sums of money, counts and clock times in what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arguments import typed
from bot.brains.offline.currencies import _CODES
from bot.brains.offline.money import find_money
from bot.brains.offline.numbers import find_numbers, find_times
from bot.brains.offline.understand import Understander
from bot.brains.offline.words import words_of
from bot.errors import AskAgain
from bot.money import Money, exponent
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.travel import desk


@pytest.mark.parametrize(
    ("said", "money", "each"),
    [
        ("60k shillings each", Money(6_000_000, "KES"), True),
        ("KSh 60,000", Money(6_000_000, "KES"), False),
        ("Kshs. 4,500/=", Money(450_000, "KES"), False),
        ("$1,200 total", Money(120_000, "USD"), False),
        ("under 500 euros", Money(50_000, "EUR"), False),
        ("£80.50 per head", Money(8_050, "GBP"), True),
        ("50 bob", Money(5_000, "KES"), False),
        ("not more than 60k each", Money(6_000_000, "KES"), True),
        ("a budget of 20000", Money(2_000_000, "KES"), False),
        ("a budget of -5", Money(-500, "KES"), False),
        ("budget 0", Money(0, "KES"), False),
        ("1.5m UGX", Money(1_500_000, "UGX"), False),
        ("USD 300 per person", Money(30_000, "USD"), True),
        ("9000 NAD in all", Money(900_000, "NAD"), False),
        ("9000 BOB", Money(900_000, "BOB"), False),
        ("25000 JPY", Money(25_000, "JPY"), False),
        ("2 million Rwf", Money(2_000_000, "RWF"), False),
        ("fifty dollars a night", Money(5_000, "USD"), False),
        ("two thousand five hundred shillings each", Money(250_000, "KES"), True),
        ("a hundred and twenty-five euros", Money(12_500, "EUR"), False),
    ],
)
def test_a_sum_is_read(said: str, money: Money, each: bool) -> None:
    assert [(s.money, s.each) for s in find_money(words_of(said))] == [(money, each)]


def test_every_currency_is_told_by_its_code() -> None:
    wrong = [
        c for c in sorted(_CODES) if [s.money.currency for s in find_money(words_of(f"9 {c.upper()}"))] != [c.upper()]
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "said",
    ["for 4 people", "3 nights", "in 2026", "500 guests", "at 7 pm", "$", "KES", "10.999 dollars", "budget 3 stars"],
)
def test_other_numbers_are_no_sums(said: str) -> None:
    assert find_money(words_of(said)) == []


def test_shillings_are_those_of_the_country_at_hand() -> None:
    (kenyan,) = find_money(words_of("5000 shillings"))
    (ugandan,) = find_money(words_of("5000 shillings"), home="UGX")
    assert (kenyan.money, ugandan.money) == (Money(500_000, "KES"), Money(5_000, "UGX"))


@pytest.mark.parametrize(
    ("said", "near", "written"),
    [
        ("300000 pesos each", ["COP"], "300000 COP"), ("9000 pesos each", ["PHP"], "9000 PHP"),
        ("500 pesos each", [], "500 MXN"), ("2 million Argentine pesos each", ["CLP"], "2000000 ARS"),
        ("500000 won each", ["KRW"], "500000 KRW"), ("90000 kronur each", ["ISK"], "90000 ISK"),
        ("200000 francs each", ["XOF"], "200000 XOF"), ("300 francs each", ["KES"], "300 CHF"),
        ("200000 tenge each", [], "200000 KZT"), ("2500 lei per person", ["RON"], "2500 RON"),
        ("1500 lari each", ["GEL"], "1500 GEL"), ("900 dinar each", ["TND"], "900 TND"),
        ("300 dinars each", ["JOD"], "300 JOD"), ("300 dinars each", [], "300 dinars"),
        ("9000 kroner each", ["NOK"], "9000 NOK"), ("9000 kroner each", [], "9000 DKK"),
        ("4000 dirhams each", ["MAD"], "4000 MAD"), ("4000 dirhams each", ["KES"], "4000 AED"),
        ("900000 shillings each", ["TZS"], "900000 TZS"), ("900 dollars each", ["AUD", "KES"], "900 AUD"),
        ("900 dollars each", ["KES"], "900 USD"), ("900 US dollars each", ["AUD"], "900 USD"),
        ("max 900 New Zealand dollars each", ["AUD"], "900 NZD"), ("max 900 galleons each", ["GBP"], "900 galleons"),
        ("200000 CFA francs per person", ["XAF"], "200000 XAF"),
    ],
)  # fmt: skip
def test_a_name_that_lands_share_is_the_money_of_the_land_at_hand(said: str, near: list[str], written: str) -> None:
    assert [(str(s), s.each) for s in find_money(words_of(said), near=near)] == [(written, True)]


@pytest.mark.parametrize(
    ("said", "there", "written"),
    [
        ("900 dollars", "Perth", "900 AUD"), ("9000 kroner", "Bergen", "9000 NOK"), ("300 dinars", "Aqaba", "300 JOD"),
        ("1500 lari", "Tbilisi", "1500 GEL"), ("900 galleons", "Perth", "900 galleons"), ("900", "Perth", "900 KES"),
    ],
)  # fmt: skip
def test_an_answer_is_in_the_money_of_the_place_known(
    understander: Understander, said: str, there: str, written: str
) -> None:
    trip = next(c for c in desk() if c.name == "create_itinerary")
    assert understander.fill(trip, said, TODAY, asked="budget", there=there).slots["budget"] == written


@pytest.mark.parametrize(
    ("where", "said", "written"),
    [("Iasi", "2500 lei per person", "2500 RON"), ("Aqaba", "300 dinars each", "300 JOD"),
     ("Entebbe", "900000 shillings each", "900000 UGX"), ("Queenstown, New Zealand,", "900 dollars each", "900 NZD")],
)  # fmt: skip
def test_a_trip_s_limit_is_in_the_money_of_where_it_goes(
    understander: Understander, where: str, said: str, written: str
) -> None:
    found = understander.understand(f"plan 2 nights in {where} for 2 from 5 May 2027, max {said}", TODAY)
    assert (found.slots["budget"], found.slots["per_person"]) == (written, "yes")


def test_money_that_nobody_knows_is_asked_about() -> None:
    trip = next(c for c in desk() if c.name == "create_itinerary")
    with pytest.raises(AskAgain, match=r"which money .900 galleons. is"):
        typed(trip, {"destination": "Perth", "budget": "900 galleons"})


@pytest.mark.parametrize("said", ["we won 2 tickets", "max 60 kilometres", "I want 3 visits each"])
def test_a_word_beside_a_number_is_not_always_money(said: str) -> None:
    assert find_money(words_of(said)) == []


@given(st.integers(1, 10**9), st.sampled_from(["KES", "USD", "EUR", "GBP", "UGX", "JPY", "TZS"]))
def test_an_amount_with_its_code_is_exact(major: int, currency: str) -> None:
    (amount,) = find_money(words_of(f"{major:,} {currency}"))
    assert amount.money == Money(major * 10 ** exponent(currency), currency)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading_of_sums_and_numbers(text: str) -> None:
    words = words_of(text)
    for found in (find_money(words), find_numbers(words)):
        assert all(0 <= f.start < f.end <= len(words) for f in found)
    assert all(start < end for start, end in find_times(words))


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("4 people and two rooms", [4, 2]),
        ("a couple of days", [2]),
        ("twenty-one guests", [21]),
        ("forty people", [40]),
        ("a dozen seats", [12]),
        ("a one way ticket", []),
        ("a 4 star hotel", []),
        ("12345 people", []),
    ],
)
def test_counts_are_read_in_figures_and_words(said: str, values: list[int]) -> None:
    assert [n.value for n in find_numbers(words_of(said))] == values


@pytest.mark.parametrize(
    "said",
    [
        "7 pm",
        "19:30",
        "half past 3 in the afternoon",
        "morning 11:30",
        "7 o'clock",
        "quarter past 7 in the evening",
        "evening 6",
    ],
)
def test_clock_times_are_recognised_whole(said: str) -> None:
    words = words_of(said)
    assert find_times(words) == [(0, len(words))]
