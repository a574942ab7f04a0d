"""Short follow-ups change what was asked before, and only that; without a before nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brains.offline.followup import merged, shifted
from bot.brains.offline.understand import Understander
from bot.capability import Count, Day, Location, Text, capabilities_of, capability
from bot.gazetteer import Gazetteer
from bot.minds import LastCall
from bot.ports import Ask, Reply
from tests.bot.brains.offline.chatter import CHATTER
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.travel import desk

HOTELS = {"location": "Mombasa", "check_in_date": "2026-03-10", "nights": 3, "travelers": 2}
STAY = {"location": "Mombasa", "check_in_date": "2026-03-10", "check_out_date": "2026-03-13"}
FLIGHTS = {"origin": "Nairobi", "destination": "Mombasa", "departure_date": "2026-03-10", "return_date": "2026-03-14"}
BUSES = {"origin": "Nairobi", "destination": "Mombasa", "departure_date": "2026-03-10"}
WEATHER = {"location": "Mombasa", "date": "2026-03-10"}
TRIP = {
    "destination": "Mombasa", "departure_date": "2026-03-10", "days": 3, "travelers": 4,
    "budget": {"minor": 6_000_000, "currency": "KES"}, "per_person": True,
}  # fmt: skip


@pytest.mark.parametrize(
    ("intent", "before", "text", "changed"),
    [
        ("search_hotels", HOTELS, "make it two nights", {"nights": "2"}),
        ("search_hotels", HOTELS, "what about the day after", {"check_in_date": "2026-03-11"}),
        ("search_hotels", HOTELS, "and for 3 people", {"travelers": "3"}),
        ("search_hotels", HOTELS, "to Kisumu instead", {"location": "Kisumu"}),
        ("search_hotels", HOTELS, "what about Kisumu?", {"location": "Kisumu"}),
        ("search_hotels", HOTELS, "cheaper", {}),
        ("search_hotels", HOTELS, "under 5000 bob a night", {"budget": "5000 KES"}),
        ("search_hotels", STAY, "make it two nights", {"nights": "2", "check_out_date": None}),
        ("search_hotels", STAY, "the day before", {"check_in_date": "2026-03-09", "check_out_date": "2026-03-12"}),
        ("search_hotels", STAY, "from the 15th", {"check_in_date": "2026-03-15", "check_out_date": "2026-03-18"}),
        ("search_flights", FLIGHTS, "to Kisumu instead", {"destination": "Kisumu"}),
        ("search_flights", FLIGHTS, "from Eldoret instead", {"origin": "Eldoret"}),
        ("search_flights", FLIGHTS, "returning on the 20th", {"return_date": "2026-03-20"}),
        ("search_flights", FLIGHTS, "make it 3 of us", {"travelers": "3"}),
        (
            "search_flights",
            FLIGHTS,
            "leaving on Friday instead",
            {"departure_date": "2026-03-06", "return_date": "2026-03-10"},
        ),
        ("search_buses", BUSES, "tomorrow", {"departure_date": "2026-03-04"}),
        ("search_buses", BUSES, "for two", {"travelers": "2"}),
        ("get_weather", WEATHER, "and tomorrow?", {"date": "2026-03-04"}),
        ("get_weather", WEATHER, "and in Lamu on Saturday?", {"location": "Lamu", "date": "2026-03-07"}),
        ("create_itinerary", TRIP, "for 5 people", {"travelers": "5"}),
        ("create_itinerary", TRIP, "not more than 50k each", {"budget": "50000 KES"}),
        ("create_itinerary", {**TRIP, "destination": "Perth"}, "not more than 900 dollars each", {"budget": "900 AUD"}),
        ("create_itinerary", TRIP, "make it two nights", {"nights": "2", "days": None}),
    ],
)
def test_a_follow_up_changes_only_what_it_says(
    understander: Understander, intent: str, before: dict[str, object], text: str, changed: dict[str, str | None]
) -> None:
    same = understander.understand("again", TODAY, LastCall(intent=intent, slots=before))
    understood = understander.understand(text, TODAY, LastCall(intent=intent, slots=before))
    wanted = {k: v for k, v in {**same.slots, **changed}.items() if v is not None}
    assert same.intent == intent and set(same.slots) == set(before)
    assert (understood.intent, understood.slots) == (intent, wanted)


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        ("origin", "Nairobi", "Nairobi"),
        ("origin", "from voi", "Voi"),
        ("departure_date", "tomorrow", "2026-03-04"),
        ("departure_date", "the 12th please", "2026-03-12"),
        ("travelers", "4", "4"),
        ("travelers", "just me", "1"),
        ("travelers", "we are five", "5"),
        ("budget", "60000", "60000 KES"),
        ("budget", "60k", "60000 KES"),
    ],
)
def test_a_bare_answer_fills_what_was_asked(understander: Understander, asked: str, text: str, value: str) -> None:
    last = LastCall(intent="search_flights", slots={"destination": "Mombasa"}, asked=asked)
    understood = understander.understand(text, TODAY, last)
    assert (understood.intent, understood.slots) == ("search_flights", {"destination": "Mombasa", asked: value})


class Edits:
    """Two edits of a plan, and a plan."""

    @capability("Another plan", phrases=("a programme for {destination}",))
    async def programme(self, ask: Ask, *, destination: Location, avoid: Text = "") -> Reply:
        return Reply()

    @capability("Another length", phrases=("make it {nights} nights",))
    async def change_trip_length(self, ask: Ask, *, nights: Count | None = None) -> Reply:
        return Reply()

    @capability("Other dates", phrases=("move the trip to {departure_date}",))
    async def shift_trip(self, ask: Ask, *, departure_date: Day) -> Reply:
        return Reply()


def test_the_day_after_an_edit_moves_the_plan(gazetteer: Gazetteer) -> None:
    registry = desk()
    registry.add(*capabilities_of(Edits()))
    trip = {"destination": "Mombasa", "departure_date": "2026-03-10", "travelers": "4"}
    last = LastCall(intent="change_trip_length", slots={"nights": 2}, trip=trip)
    moved = Understander(registry, gazetteer).understand("what about the day after?", TODAY, last)
    assert (moved.intent, moved.slots) == ("shift_trip", {"departure_date": "2026-03-11"})


def test_what_is_to_be_left_out_is_named_without_please(gazetteer: Gazetteer) -> None:
    registry = desk()
    registry.add(*capabilities_of(Edits()))
    last = LastCall(intent="programme", slots={"destination": "Mombasa"})
    for text in ("no museums please", "without museums", "no museums, thanks"):
        again = Understander(registry, gazetteer).understand(text, TODAY, last)
        assert (again.intent, again.slots.get("avoid")) == ("programme", "museums")


def test_the_day_after_what_has_no_day_is_not_the_same_again(understander: Understander) -> None:
    trip = {"destination": "Lamu", "departure_date": "2026-03-10"}
    last = LastCall(intent="get_weather", slots={"location": "Mombasa"}, trip=trip)
    assert understander.understand("what about the day after?", TODAY, last).intent is None


def test_an_impossible_answer_is_a_problem(understander: Understander) -> None:
    last = LastCall(intent="search_flights", slots={"destination": "Mombasa"}, asked="departure_date")
    understood = understander.understand("the 30th of February", TODAY, last)
    assert understood.problems == (("departure_date", "the 30th of February is not a date"),)


@pytest.mark.parametrize(
    "text", ["4", "tomorrow", "two", "cheaper", "the second one", "what about the day after", "to Kisumu instead"]
)
def test_without_a_before_nothing_is_guessed(understander: Understander, text: str) -> None:
    assert understander.understand(text, TODAY).intent is None


def test_another_request_stands_alone(understander: Understander) -> None:
    last = LastCall(intent="search_hotels", slots=HOTELS)
    understood = understander.understand("find flights from Nairobi to Kisumu tomorrow", TODAY, last)
    assert understood.intent == "search_flights"
    assert understood.slots == {"origin": "Nairobi", "destination": "Kisumu", "departure_date": "2026-03-04"}


def test_there_is_where_one_was_going(understander: Understander) -> None:
    last = LastCall(intent="search_flights", slots=FLIGHTS)
    assert understander.understand("and hotels there?", TODAY, last).slots == {"location": "Mombasa"}
    assert understander.understand("how is the weather there?", TODAY, last).slots == {"location": "Mombasa"}


@pytest.mark.parametrize(
    "last", [LastCall(intent="search_hotels", slots=HOTELS), LastCall(intent="search_flights", slots=FLIGHTS)]
)
def test_chatter_after_a_search_is_left_alone(understander: Understander, last: LastCall) -> None:
    disturbed = [text for text in CHATTER if understander.understand(text, TODAY, last).intent is not None]
    assert len(disturbed) <= 0.05 * len(CHATTER), disturbed


def test_an_unknown_last_call_changes_nothing(understander: Understander) -> None:
    last = LastCall(intent="gone_since", slots={"x": "y"})
    assert understander.understand("make it two nights", TODAY, last).intent is None


@given(st.dictionaries(st.sampled_from(sorted(STAY | FLIGHTS)), st.dates().map(str)), st.integers(-30, 30))
def test_shifting_there_and_back_changes_nothing(slots: dict[str, str], days: int) -> None:
    inside = {k: v for k, v in slots.items() if "0002" < v < "9990"}
    assert shifted(shifted(inside, days), -days) == inside


@given(st.dates(), st.dates(), st.integers(0, 30))
def test_a_stay_keeps_its_length_when_it_begins_on_another_day(day: object, other: object, nights: int) -> None:
    begin, later = sorted((str(day), str(other)))
    if later > "9990":
        return
    before = shifted({"check_in_date": begin, "check_out_date": begin}, 0)
    before["check_out_date"] = shifted({"d": begin}, nights)["d"]
    after = merged(before, {"check_in_date": later})
    assert after["check_out_date"] == shifted({"d": later}, nights)["d"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("back on the 29th?", ("2027-03-28", "2027-03-29")),
        ("and back on the 2nd?", ("2027-03-28", "2027-04-02")),
        ("starting on the 25th instead", ("2027-03-25", None)),
        ("from the 3rd to the 8th", ("2027-03-03", "2027-03-08")),
        ("leaving on 4 June instead", ("2026-06-04", None)),
    ],
)
def test_a_day_number_alone_is_in_the_month_of_what_was_asked_before(
    understander: Understander, text: str, days: tuple[str, str | None]
) -> None:
    before = LastCall(intent="search_flights", slots={**FLIGHTS, "departure_date": "2027-03-28", "return_date": None})
    slots = understander.understand(text, TODAY, before).slots
    assert (slots["departure_date"], slots.get("return_date")) == days


@pytest.mark.parametrize(
    ("text", "nights"),
    [("one night less", "2"), ("two more nights please", "5"), ("cut one night", "2"), ("make it a night longer", "4")],
)
def test_a_length_told_as_more_or_less_is_reckoned_from_what_there_was(
    understander: Understander, text: str, nights: str
) -> None:
    before = LastCall(intent="search_hotels", slots=HOTELS)
    assert understander.understand(text, TODAY, before).slots["nights"] == nights
    assert understander.understand(text, TODAY).intent is None
