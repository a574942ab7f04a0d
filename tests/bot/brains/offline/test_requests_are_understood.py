"""What people ask for is understood by the phrases that Capabilities bring; chatter is left alone."""

from datetime import date
from typing import Any

import pytest

from bot.brains.offline.understand import Understander
from bot.capability import Amount, Registry, Text, Who, capabilities_of, capability
from bot.gazetteer import Gazetteer
from tests.bot.brains.offline.chatter import CHATTER
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.kenyan_travel import KENYAN


def test_kenyan_travel_is_understood(understander: Understander) -> None:
    assert len(KENYAN) >= 120
    wrong = [(text, intent) for intent, text in KENYAN if understander.understand(text, TODAY).intent != intent]
    assert len(wrong) <= 0.05 * len(KENYAN), wrong


def test_chatter_is_left_alone(understander: Understander) -> None:
    assert len(CHATTER) >= 200
    answered = [(text, understander.understand(text, TODAY).intent) for text in CHATTER]
    disturbed = [(text, intent) for text, intent in answered if intent is not None]
    assert len(disturbed) <= 0.05 * len(CHATTER), disturbed


@pytest.mark.parametrize(
    ("text", "intent", "slots"),
    [
        (
            "3 days in Mombasa for 4 in April, beach and food, not more than 60k shillings each",
            "create_itinerary",
            {
                "destination": "Mombasa", "days": "3", "travelers": "4", "departure_date": "2026-04-01",
                "budget": "60000 KES", "per_person": "yes", "tastes": "beach, food",
            },
        ),
        (
            "flights from Nairobi to Mombasa on Friday returning on Sunday for 2",
            "search_flights",
            {
                "origin": "Nairobi", "destination": "Mombasa", "departure_date": "2026-03-06",
                "return_date": "2026-03-08", "travelers": "2",
            },
        ),
        (
            "find me a return flight from nbo to zanzibar leaving 3 May coming back 7 May",
            "search_flights",
            {
                "origin": "Nairobi", "destination": "Zanzibar", "departure_date": "2026-05-03",
                "return_date": "2026-05-07",
            },
        ),
        (
            "book 2 rooms in Kisumu from the 5th to the 8th for 4 people",
            "search_hotels",
            {
                "location": "Kisumu", "rooms": "2", "check_in_date": "2026-03-05", "check_out_date": "2026-03-08",
                "travelers": "4",
            },
        ),
        (
            "I need a 4 star hotel in LA, checking in next Monday for 3 nights",
            "search_hotels",
            {"location": "Los Angeles", "check_in_date": "2026-03-09", "nights": "3"},
        ),
        (
            "bus to nairbi tomorrow for my wife and I, just 2 seats",
            "search_buses",
            {"destination": "Nairobi", "departure_date": "2026-03-04", "travelers": "2"},
        ),
        (
            "Get me a cab to 560 Waverley Street # 13 for three people please",
            "search_transfers",
            {"destination": "560 Waverley Street # 13", "travelers": "3"},
        ),
        (
            "pick me up from JKIA tomorrow",
            "search_transfers",
            {"origin": "JKIA", "date": "2026-03-04"},
        ),
        (
            "4 tickets to Atlanta United in Toronto, Ontario on the 11th",
            "search_events",
            {"travelers": "4", "location": "Toronto", "date": "2026-03-11"},
        ),
        (
            "What's the weather like in London, UK on the 9th?",
            "get_weather",
            {"location": "London", "date": "2026-03-09"},
        ),
        ("wether in Kisumu tomorow", "get_weather", {"location": "Kisumu", "date": "2026-03-04"}),
        (
            "Book a table for two in Westlands tonight",
            "search_restaurants",
            {"location": "Westlands", "date": "2026-03-03", "travelers": "2"},
        ),
        ("hotels in Diani under KSh 8,000 a night", "search_hotels", {"location": "Diani", "budget": "8000 KES"}),
        ("I'm bored. Can you find me something fun to do?", "search_events", {}),
        ("what are some museums in Nairobi?", "search_activities", {"location": "Nairobi"}),
    ],
)  # fmt: skip
def test_a_request_is_understood_with_its_arguments(
    understander: Understander, text: str, intent: str, slots: dict[str, str]
) -> None:
    understood = understander.understand(text, TODAY)
    assert (understood.intent, understood.slots, understood.problems) == (intent, slots, ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("flights to Kisumu on 30 February", ("departure_date", "30 February is not a date")),
        ("hotels in Nairobi checking in yesterday", ("check_in_date", "yesterday is in the past")),
        ("weather in Lamu on 1 January 2020", ("date", "1 January 2020 is in the past")),
    ],
)
def test_a_day_that_cannot_be_is_a_problem_and_no_argument(
    understander: Understander, text: str, problem: tuple[str, str]
) -> None:
    understood = understander.understand(text, TODAY)
    assert understood.intent is not None
    assert understood.problems == (problem,)
    assert problem[0] not in understood.slots


def test_an_unknown_town_is_kept_as_it_was_said(understander: Understander) -> None:
    understood = understander.understand("flights to Xanadoria tomorrow", TODAY)
    assert understood.slots["destination"] == "Xanadoria"


def test_the_same_words_always_mean_the_same(gazetteer: Gazetteer) -> None:
    registry = Registry(capabilities_of(Garden()))
    first, second = Understander(registry, gazetteer), Understander(registry, gazetteer)
    text = "please water the roses in Thika"
    assert first.understand(text, TODAY) == second.understand(text, TODAY)


class Garden:
    """Nothing of travel: understanding is generic over Capabilities."""

    @capability(
        "Water plants", phrases=("water the roses", "water the roses in {place}", "give the flowers some water")
    )
    async def water(self, ask: Any, *, place: Text = "") -> None: ...

    @capability("Sell tools", phrases=("sell a spade to {who} for {price}", "sell {who} a rake for {price}"))
    async def sell(self, ask: Any, *, who: Who = "", price: Amount | None = None) -> None: ...


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("can you water the roses?", "water"),
        ("give the flowers some water please", "water"),
        ("sell a spade to @ben for KSh 500", "sell"),
        ("find me a flight to Mombasa", None),
        ("the roses were lovely", None),
    ],
)
def test_other_capabilities_are_understood_by_their_own_phrases(
    gazetteer: Gazetteer, text: str, intent: str | None
) -> None:
    assert Understander(Registry(capabilities_of(Garden())), gazetteer).understand(text, TODAY).intent == intent


def test_a_registry_without_phrases_understands_nothing(gazetteer: Gazetteer) -> None:
    understood = Understander(Registry(), gazetteer).understand("flights to Mombasa", date(2026, 1, 1))
    assert (understood.intent, understood.slots) == (None, {})


def test_a_command_takes_airport_codes_however_they_are_written(understander: Understander) -> None:
    flights = understander._registry.get("search_flights")
    assert flights is not None
    for said in ("nbo mba 12 dec", "NBO MBA 12 dec", "nbo to mba 12 dec"):
        slots = understander.fill(flights, said, TODAY).slots
        assert (slots["origin"], slots["destination"]) == ("Nairobi", "Mombasa"), said


@pytest.mark.parametrize(
    ("text", "where", "country"),
    [
        ("find a hotel in Queenstown, New Zealand", "Queenstown, New Zealand", "NZ"),
        ("find a hotel in Queenstown New Zealand for 2 people", "Queenstown, New Zealand", "NZ"),
        ("find a hotel in London, Ontario", "London, Ontario", "CA"),
        ("find a hotel in Nairobi, Kenya", "Nairobi", "KE"),
    ],
)
def test_a_country_or_region_that_is_named_decides_between_namesakes(
    understander: Understander, gazetteer: Gazetteer, text: str, where: str, country: str
) -> None:
    said = understander.understand(text, TODAY).slots["location"]
    spot = gazetteer.find(said)
    assert said == where and spot is not None and spot.country == country


@pytest.mark.parametrize(
    "text",
    [
        "we live in Muscat and would like to visit Salalah, plan it",
        "plan a six nights trip for one: Muscat to Salalah",
        "we are nine people in Muscat and want to see Salalah, plan the trip",
    ],
)
def test_where_people_are_is_whence_they_set_out(understander: Understander, text: str) -> None:
    understood = understander.understand(text, TODAY)
    assert understood.intent == "create_itinerary"
    assert (understood.slots["origin"], understood.slots["destination"]) == ("Muscat", "Salalah")
