"""Money is exact: parsing, arithmetic, rounding, and splits that hand out every unit."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.money import Money, exponent, total

KES, JPY, KWD, CLF = "KES", "JPY", "KWD", "CLF"


def test_currencies_have_their_digits_and_codes_have_three_letters() -> None:
    assert [exponent(c) for c in (KES, JPY, KWD, CLF)] == [2, 0, 3, 4]
    for wrong in ("kes", "KE", "KESX", "K3S", ""):
        with pytest.raises(ValueError, match="not an ISO 4217 code"):
            exponent(wrong)
        with pytest.raises(ValueError, match="not an ISO 4217 code"):
            Money(1, wrong)


@pytest.mark.parametrize("minor", [1.0, "1", True, None])
def test_minor_units_are_whole_numbers(minor: Any) -> None:
    with pytest.raises(TypeError):
        Money(minor, KES)
    with pytest.raises(TypeError):
        Money(1, KES) * minor


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12.34", KES, 1234), ("12", JPY, 12), ("1.234", KWD, 1234), ("-0.5", KES, -50), ("1e2", KES, 10_000),
     ("12.340", KES, 1234)],
)  # fmt: skip
def test_what_is_exact_is_read(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["12.345", "x", "", "NaN", "Infinity", "1,2"])
def test_what_is_not_exact_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"exact|amount"):
        Money.parse(text, KES)


def test_half_units_of_a_currency_without_decimals_are_refused() -> None:
    with pytest.raises(ValueError, match=r"12\.5 is not exact in JPY"):
        Money.parse("12.5", JPY)


def test_sums_differences_multiples_and_order() -> None:
    five, three = Money(5, KES), Money(3, KES)
    assert (five + three, five - three, five * 3, -five) == (
        Money(8, KES),
        Money(2, KES),
        Money(15, KES),
        Money(-5, KES),
    )
    assert three < five and not five < three and not five < five
    assert five > three and not three > five and not five > five
    assert three <= five <= five and not five <= three
    assert five >= three and five >= five and not three >= five
    assert max(three, five, key=lambda m: m.minor) == five
    for call in ("__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"):
        with pytest.raises(ValueError, match="do not mix"):
            getattr(five, call)(Money(5, JPY))


@pytest.mark.parametrize(
    ("money", "said", "major"),
    [
        (Money(1234, KES), "KES 12.34", "12.34"), (Money(120_000, KES), "KES 1,200", "1200"),
        (Money(5, KES), "KES 0.05", "0.05"), (Money(-1250, KES), "KES -12.50", "-12.5"), (Money(0, KES), "KES 0", "0"),
        (Money(1234, JPY), "JPY 1,234", "1234"), (Money(1234, KWD), "KWD 1.234", "1.234"),
        (Money(1001, KES), "KES 10.01", "10.01"),
    ],
)  # fmt: skip
def test_amounts_are_written_for_people(money: Money, said: str, major: str) -> None:
    assert str(money) == said and money.major == Decimal(major)


@given(st.integers(-(10**9), 10**9), st.integers(-1000, 1000), st.integers(1, 1000))
def test_a_ratio_is_rounded_once_half_to_even(minor: int, numerator: int, denominator: int) -> None:
    assert Money(minor, KES).ratio(numerator, denominator).minor == round(Fraction(minor * numerator, denominator))


@pytest.mark.parametrize(("minor", "rounded"), [(1, 0), (3, 2), (5, 2), (7, 4), (-1, 0), (-3, -2)])
def test_halves_go_to_the_even_neighbour(minor: int, rounded: int) -> None:
    assert Money(minor, KES).ratio(1, 2) == Money(rounded, KES)


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(0, 50), min_size=1, max_size=9).filter(any))
def test_a_split_hands_out_every_unit_within_one_of_what_is_exact(minor: int, weights: list[int]) -> None:
    parts = [m.minor for m in Money(minor, KES).split(weights)]
    assert sum(parts) == minor
    for part, weight in zip(parts, weights, strict=True):
        exact = Fraction(minor * weight, sum(weights))
        assert abs(part - exact) < 1 and (weight or not part)


def test_the_largest_remainders_get_the_odd_units_and_ties_go_to_the_first() -> None:
    assert [m.minor for m in Money(10, KES).split([1, 1, 1])] == [4, 3, 3]
    assert [m.minor for m in Money(100, KES).split([1, 2, 4])] == [14, 29, 57]
    assert [m.minor for m in Money(-10, KES).split([1, 1, 1])] == [-4, -3, -3]
    assert [m.minor for m in Money(7, KES).split([0, 1])] == [0, 7]


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [-1, 2], [1, -1]])
def test_weights_that_divide_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="a split needs weights"):
        Money(10, KES).split(weights)


def test_a_total_has_one_currency() -> None:
    assert total([], KES) == Money(0, KES)
    assert total([Money(1, KES), Money(2, KES)], KES) == Money(3, KES)
    with pytest.raises(ValueError, match="do not mix"):
        total([Money(1, JPY)], KES)
