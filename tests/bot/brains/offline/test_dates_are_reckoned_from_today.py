"""Days as people say them become days in the calendar; days that cannot be are named."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brains.offline.dates import find_dates
from bot.brains.offline.days import When
from bot.brains.offline.feasts import easter
from bot.brains.offline.words import words_of

FRIDAY = date(2019, 3, 1)


def found(text: str, today: date = FRIDAY) -> list[When]:
    return find_dates(words_of(text), today)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("today", "2019-03-01"),
        ("tonight", "2019-03-01"),
        ("later today", "2019-03-01"),
        ("tomorrow", "2019-03-02"),
        ("tmrw", "2019-03-02"),
        ("kesho", "2019-03-02"),
        ("tomorrow morning", "2019-03-02"),
        ("the day after tomorrow", "2019-03-03"),
        ("the 4th", "2019-03-04"),
        ("on the the 9th", "2019-03-09"),
        ("14th of this month", "2019-03-14"),
        ("the 3rd of next month", "2019-04-03"),
        ("March 5th", "2019-03-05"),
        ("March the 5th", "2019-03-05"),
        ("5 March", "2019-03-05"),
        ("the 5th of March 2020", "2020-03-05"),
        ("twenty first of March", "2019-03-21"),
        ("2019-03-05", "2019-03-05"),
        ("5/3/2019", "2019-03-05"),
        ("15-03-2019", "2019-03-15"),
        ("the last Saturday of March", "2019-03-30"),
        ("the first Monday of next month", "2019-04-01"),
        ("the week after next, on Wednesday", "2019-03-13"),
        ("Saturday week", "2019-03-09"),
        ("the weekend of the 16th", "2019-03-16"),
        ("the day after 16 March", "2019-03-17"),
        ("the day before Easter", "2019-04-20"),
        ("two days after Christmas", "2019-12-27"),
        ("the weekend of the 17th", "2019-03-16"),
        ("the weekend of the 18th", "2019-03-16"),
        ("the weekend of the 20th", "2019-03-23"),
        ("the weekend of 14 April", "2019-04-13"),
        ("the weekend of the 14", "2019-03-16"),
        ("the weekend after next", "2019-03-16"),
        ("the first weekend of April", "2019-04-06"),
        ("the 2nd weekend of next month", "2019-04-13"),
        ("the last weekend in May", "2019-05-25"),
        ("the weekend before Easter", "2019-04-13"),
        ("the weekend after 16 March", "2019-03-23"),
        ("St Patrick's Day", "2019-03-17"),
        ("Mother's Day", "2019-05-12"),
        ("15.03.2019", "2019-03-15"),
        ("on 10.04.", "2019-04-10"),
        ("3/25", "2019-03-25"),
        ("28 February", "2020-02-28"),
        ("29 February", "2020-02-29"),
        ("Friday", "2019-03-01"),
        ("this Sunday", "2019-03-03"),
        ("next Friday", "2019-03-08"),
        ("next Monday", "2019-03-04"),
        ("Monday next week", "2019-03-04"),
        ("tuesday, next week", "2019-03-05"),
        ("next week Wednesday", "2019-03-06"),
        ("Saturday this week", "2019-03-02"),
        ("this weekend", "2019-03-02"),
        ("next weekend", "2019-03-09"),
        ("next week", "2019-03-04"),
        ("in 3 days", "2019-03-04"),
        ("in a week", "2019-03-08"),
        ("two weeks from now", "2019-03-15"),
        ("in June", "2019-06-01"),
        ("in March", "2019-03-02"),
        ("in January", "2020-01-01"),
        ("late April", "2019-04-21"),
        ("in May 2020", "2020-05-01"),
        ("for Christmas", "2019-12-25"),
        ("on New Year's Eve", "2019-12-31"),
        ("over Easter", "2019-04-21"),
        ("a week from Friday", "2019-03-08"),
        ("Jamhuri Day", "2019-12-12"),
    ],
)
def test_a_day_is_found_as_people_say_it(said: str, day: str) -> None:
    assert [w.day for w in found(said)] == [date.fromisoformat(day)]


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("from 5th to 8th March", ["2019-03-05", "2019-03-08"]),
        ("5-8 March", ["2019-03-05", "2019-03-08"]),
        ("5 to 8 March", ["2019-03-05", "2019-03-08"]),
        ("March 5 to March 8", ["2019-03-05", "2019-03-08"]),
        ("March 30 to April 2", ["2019-03-30", "2019-04-02"]),
        ("between the 5th and the 8th", ["2019-03-05", "2019-03-08"]),
        ("leave on Friday and return on Sunday", ["2019-03-01", "2019-03-03"]),
        ("Friday to Sunday next week", ["2019-03-08", "2019-03-10"]),
        ("Tuesday next week, return Thursday", ["2019-03-05", "2019-03-07"]),
        ("sat-sun", ["2019-03-02", "2019-03-03"]),
        ("next Friday till Monday", ["2019-03-08", "2019-03-11"]),
        ("from Friday to Tuesday next week", ["2019-03-01", "2019-03-05"]),
    ],
)
def test_two_days_share_their_month(said: str, days: list[str]) -> None:
    assert [str(w.day) for w in found(said)] == days


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("30 February", "30 February is not a date"),
        ("31st of April", "31st of April is not a date"),
        ("2019-13-45", "2019-13-45 is not a date"),
        ("the 32nd", "there is no day 32 in a month"),
        ("1 January 2018", "1 January 2018 is in the past"),
        ("yesterday", "yesterday is in the past"),
        ("last Friday", "last Friday is in the past"),
        ("0 March", "0 March is not a date"),
    ],
)
def test_a_day_that_cannot_be_is_named(said: str, problem: str) -> None:
    assert [(w.day, w.problem) for w in found(said)] == [(None, problem)]


@pytest.mark.parametrize(
    "said",
    [
        "may I come in",
        "we march on",
        "the first one",
        "the second option",
        "room 12",
        "4 people",
        "at 7 pm",
        "sun and sand",
    ],
)
def test_other_numbers_and_words_are_no_days(said: str) -> None:
    assert found(said) == []


def test_a_month_leaves_a_note() -> None:
    assert [w.note for w in found("3 days in Mombasa in April")] == ["april"]


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(0, 700))
def test_a_day_written_out_is_that_day(today: date, ahead: int) -> None:
    day = today + timedelta(ahead)
    for text in (f"{day.isoformat()}", f"{day.day} {day:%B} {day.year}", f"{day:%B} {day.day}, {day.year}"):
        assert [w.day for w in found(text, today)] == [day]


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 400))
def test_days_from_now_are_counted(today: date, days: int) -> None:
    assert [w.day for w in found(f"{days} days from now", today)] == [today + timedelta(days)]


@given(st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.integers(1, 31), st.integers(1, 12))
def test_a_day_without_a_year_is_never_past(today: date, day: int, month: int) -> None:
    name = date(2001, month, 1).strftime("%B")
    (when,) = found(f"{day} {name}", today)
    assert (when.day is None) == bool(when.problem)
    if when.day is not None:
        assert when.day >= today and (when.day.day, when.day.month) == (day, month)


@given(
    st.dates(date(2000, 1, 1), date(2080, 12, 31)), st.sampled_from("monday tuesday wednesday friday sunday".split(" "))
)
def test_next_is_the_week_to_come_and_this_the_first_to_come(today: date, weekday: str) -> None:
    (this,), (following,) = found(f"this {weekday}", today), found(f"next {weekday}", today)
    assert this.day is not None and following.day is not None
    assert today <= this.day < today + timedelta(7)
    monday = today - timedelta(today.weekday())
    assert monday + timedelta(7) <= following.day < monday + timedelta(14)


@given(st.text(max_size=300), st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_no_text_breaks_it(text: str, today: date) -> None:
    for when in found(text, today):
        assert when.day is None or when.problem == ""


@pytest.mark.parametrize(
    ("year", "day"), [(2019, "2019-04-21"), (2024, "2024-03-31"), (2026, "2026-04-05"), (2038, "2038-04-25")]
)
def test_easter_falls_on_its_day(year: int, day: str) -> None:
    assert easter(year) == date.fromisoformat(day)


def test_a_bare_day_beside_a_date_is_before_it_unless_it_ends_something() -> None:
    assert [w.day for w in found("the wedding is on 21 May, so fly us there on the 19th")][1:] == [date(2019, 5, 19)]
    assert [w.day for w in found("out on 21 May, back on the 2nd")][1:] == [date(2019, 6, 2)]


def test_any_weekday_gives_way_to_a_named_day() -> None:
    assert [w.day for w in found("is it cheaper on a Tuesday? we can go on 14 March")] == [date(2019, 3, 14)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("leaving on the 5th and coming back a week later", ["2019-03-05", "2019-03-12"]),
        ("in on 8 May and out the following day", ["2019-05-08", "2019-05-09"]),
        ("arriving Christmas Eve and leaving on the 27th", ["2019-12-24", "2019-12-27"]),
        ("on Saturday 9 March", ["2019-03-09"]),
    ],
)
def test_days_are_told_from_the_one_before(text: str, days: list[str]) -> None:
    assert [str(w.day) for w in found(text)] == days
