"""Sums of money, counts and clock times in what people write."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brains.offline.money import find_money
from bot.brains.offline.numbers import find_numbers, find_times
from bot.brains.offline.words import words_of
from bot.money import Money, exponent


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
        ("25000 JPY", Money(25_000, "JPY"), False),
        ("2 million Rwf", Money(2_000_000, "RWF"), False),
    ],
)
def test_a_sum_is_read(said: str, money: Money, each: bool) -> None:
    assert [(s.money, s.each) for s in find_money(words_of(said))] == [(money, each)]


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
