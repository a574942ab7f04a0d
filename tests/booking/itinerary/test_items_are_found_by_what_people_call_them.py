"""Which item of a plan people mean, and which day."""

from dataclasses import replace

import pytest

from booking.itinerary.find import day_index, find
from booking.trips import Item, Plan
from bot.errors import AskAgain
from tests.booking.itinerary.test_edits_keep_what_must_hold import first_plan


def see(plan: Plan, n: int) -> list[Item]:
    return [i for i in plan.days[n].items if i.role == "see"]


@pytest.mark.parametrize(
    ("words", "n"),
    [("1", 0), ("day 2", 1), ("two", 1), ("the second", 1), ("last", 3), ("the last day", 3), ("friday", 0),
     ("Sat", 1), ("2nd", 1), ("4", 3)],
)  # fmt: skip
def test_a_day_has_many_names(words: str, n: int) -> None:
    assert day_index(first_plan(), words) == n


@pytest.mark.parametrize("words", ["0", "9", "-", "yesterday", "Wednesday"])
def test_a_day_the_trip_does_not_have_is_asked_for_again(words: str) -> None:
    if words == "-":
        assert day_index(first_plan(), words) is None
        return
    with pytest.raises(AskAgain, match="1 to 4"):
        day_index(first_plan(), words)


def test_an_item_is_found_by_id_number_title_kind_and_meal() -> None:
    plan = first_plan()
    second = see(plan, 1)[1]
    assert find(plan, second.id) == second
    assert find(plan, "the second activity", 1) == second
    assert find(plan, "second activity on day 2") == second
    assert find(plan, "activity 2 on the second day") == second
    assert find(plan, "last activity", 1) == see(plan, 1)[-1]
    assert find(plan, second.title.upper()) == second
    assert find(plan, "hotel") == plan.stays[0]
    dinner = find(plan, "dinner on day 2")
    assert dinner.role == "eat" and dinner.begins.hour >= 17
    lunch = find(plan, "lunch", 1)
    assert lunch.role == "eat" and lunch.begins.hour < 16


@pytest.mark.parametrize("title", ["Beach Club by the Water", "The Second Sight", "Night of the Museums", "Day 2 Spa"])
def test_a_title_is_found_whatever_words_it_is_made_of(title: str) -> None:
    plan = first_plan()
    named = replace(see(plan, 1)[0], title=title)
    day = replace(plan.days[1], items=tuple(named if i.id == named.id else i for i in plan.days[1].items))
    plan = replace(plan, days=(plan.days[0], day, *plan.days[2:]))
    assert find(plan, title) == named
    assert find(plan, title.lower()) == named
    assert find(plan, f"the {title}") == named


@pytest.mark.parametrize("words", ["dinner", "activity", "spaceport", "seventh activity on day 1"])
def test_what_may_be_several_or_nothing_is_asked_with_names(words: str) -> None:
    with pytest.raises(AskAgain) as again:
        find(first_plan(), words)
    assert again.value.parameter == "item" and len(again.value.text) > 20
