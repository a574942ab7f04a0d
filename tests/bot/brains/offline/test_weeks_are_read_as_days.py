"""Weeks, fortnights and weekends are lengths; weeks that say when stay what they are."""

import pytest

from bot.brains.offline.durations import in_days


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("plan a week in Tokyo", "plan 7 days in Tokyo"),
        ("Two weeks in Lamu", "14 days in Lamu"),
        ("a 2-week trip", "a 14 days trip"),
        ("a fortnight by the sea", "14 days by the sea"),
        ("a weekend in Porto for two", "2 days in Porto for two"),
        ("leaving in a week", "leaving in a week"),
        ("a week from now", "a week from now"),
        ("once a week we swim", "once a week we swim"),
        ("Friday next week", "Friday next week"),
        ("this weekend", "this weekend"),
        ("nothing of the kind", "nothing of the kind"),
    ],
)
def test_lengths_are_read_in_days(said: str, meant: str) -> None:
    assert in_days(said) == meant
