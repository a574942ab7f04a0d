"""Whoever says when a trip begins or ends instead means the trip or search that was spoken of, and that end of it."""

from collections.abc import Iterator
from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import Bilingual
from bot.core import Core
from bot.minds import LastCall
from bot.settings import Settings

TODAY = date(2026, 11, 18)  # a Wednesday
TRIP = {"destination": "Mombasa", "departure_date": "2026-12-10", "days": "5", "travelers": "4"}
WAY = {"origin": "Nairobi", "destination": "Mombasa", "departure_date": "2026-12-10"}
PLAN = LastCall(intent="create_itinerary", slots={**WAY, "days": 5}, trip=TRIP)
EDITED = LastCall(intent="create_itinerary", slots={**WAY, "days": 5}, trip=TRIP, edit={"call": "swap_item"})
FLIGHT = LastCall(intent="search_flights", slots={**WAY, "return_date": "2026-12-14"})
STAY = LastCall(
    intent="search_hotels", slots={"location": "Mombasa", "check_in_date": "2026-12-10", "nights": 3}, trip=TRIP
)


@pytest.fixture(scope="module")
def brain() -> Iterator[Bilingual]:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    yield Bilingual(core.registry, b.gazetteer)


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("leave on the 3rd instead", "2026-12-03"),
        ("let's leave on the 12th", "2026-12-12"),
        ("can we go on the 12th?", "2026-12-12"),
        ("we would rather start on 2 January", "2027-01-02"),
        ("let's leave a week later", "2026-12-17"),
        ("push it back by a day", "2026-12-11"),
        ("push the whole trip back two days please", "2026-12-12"),
        ("move everything one day earlier", "2026-12-09"),
        ("bring it forward by a week", "2026-12-03"),
        ("can we postpone the trip by 3 days?", "2026-12-13"),
        ("tuondoke siku moja baadaye", "2026-12-11"),
        ("tuondoke wiki moja mapema", "2026-12-03"),
        ("tuondoke tarehe 12", "2026-12-12"),
        ("ahirisha safari kwa siku mbili", "2026-12-12"),
    ],
)
def test_a_plan_begins_on_another_day(said: str, start: str, brain: Bilingual) -> None:
    plan = brain.understand(said, TODAY, PLAN)
    assert (plan.intent, plan.slots) == ("create_itinerary", {**WAY, "days": "5", "departure_date": start})
    edited = brain.understand(said, TODAY, EDITED)
    assert (edited.intent, edited.slots) == ("shift_trip", {"departure_date": start})
    length = date(2026, 12, 14) - date(2026, 12, 10)
    back = (date.fromisoformat(start) + length).isoformat()
    flight = brain.understand(said, TODAY, FLIGHT)
    assert flight.slots == {**WAY, "departure_date": start, "return_date": back}


@pytest.mark.parametrize(
    ("said", "end", "days"),
    [
        ("until the 16th", "2026-12-16", 7),
        ("let's stay till the 16th instead", "2026-12-16", 7),
        ("come back on the 13th instead", "2026-12-13", 4),
        ("we return on 3 January", "2027-01-03", 25),
        ("until the 3rd", "2027-01-03", 25),
        ("can you extend the trip until the 15th", "2026-12-15", 6),
        ("tukae hadi tarehe 16", "2026-12-16", 7),
        ("turudi tarehe 13", "2026-12-13", 4),
    ],
)
def test_a_plan_ends_on_another_day(said: str, end: str, days: int, brain: Bilingual) -> None:
    plan = brain.understand(said, TODAY, PLAN)
    assert (plan.intent, plan.slots) == ("create_itinerary", {**WAY, "return_date": end})
    edited = brain.understand(said, TODAY, EDITED)
    assert (edited.intent, edited.slots) == ("change_trip_length", {"days": str(days)})
    stay = brain.understand(said, TODAY, STAY)
    assert (stay.intent, stay.slots) == (
        "search_hotels", {"location": "Mombasa", "check_in_date": "2026-12-10", "check_out_date": end}
    )  # fmt: skip


def test_whoever_leaves_a_hotel_checks_out(brain: Bilingual) -> None:
    assert brain.understand("we leave on the 15th", TODAY, STAY).slots["check_out_date"] == "2026-12-15"
    assert brain.understand("we arrive on the 11th", TODAY, STAY).slots["check_in_date"] == "2026-12-11"


def test_an_edited_plan_moves_to_a_weekend(brain: Bilingual) -> None:
    moved = brain.understand("make it the weekend of the 14th of December", TODAY, EDITED)
    assert (moved.intent, moved.slots) == ("shift_trip", {"departure_date": "2026-12-12"})


@pytest.mark.parametrize(
    "said", ["move lunch an hour later", "push dinner back", "swap the hotel", "how long does it take until the 16th?"]
)
def test_what_is_not_about_the_days_of_the_trip_is_left_to_others(said: str, brain: Bilingual) -> None:
    found = brain.understand(said, TODAY, EDITED)
    assert found.intent not in ("shift_trip", "change_trip_length", "create_itinerary")


def test_a_trip_on_a_weekend_has_its_two_days(brain: Bilingual) -> None:
    for said, days in (
        ("plan a trip from Nairobi to Mombasa next weekend", "2"),
        ("weekend getaway to Nanyuki from Nairobi", "2"),
        ("plan a long weekend in Mombasa from Nairobi", "3"),
        ("plan 4 days in Mombasa from Nairobi starting next weekend", "4"),
    ):
        found = brain.understand(said, TODAY)
        assert (found.intent, found.slots["days"]) == ("create_itinerary", days), said
    there_and_back = brain.understand("flight from Nairobi to Mombasa and back next weekend", TODAY).slots
    assert (there_and_back["departure_date"], there_and_back["return_date"]) == ("2026-11-28", "2026-11-29")
