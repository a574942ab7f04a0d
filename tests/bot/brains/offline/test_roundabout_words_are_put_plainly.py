"""Where people are is where they set out from; more and fewer of them, too dear a plan, and who comes along."""

from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import Bilingual
from bot.core import Core
from bot.minds import LastCall
from bot.settings import Settings

TODAY = date(2026, 11, 20)
_PLAN = {"destination": "Porto", "departure_date": "2027-04-09", "days": "4", "travelers": "3"}
TRIP = LastCall(intent="create_itinerary", slots={**_PLAN, "origin": "Nairobi"}, trip=dict(_PLAN))
HOTELS = LastCall(
    intent="search_hotels", offers=("a", "b"),
    slots={"location": "Porto", "check_in_date": "2027-04-09", "nights": "3", "travelers": "3"},
)  # fmt: skip


@pytest.fixture(scope="module")
def reads() -> Bilingual:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    return Bilingual(core.registry, b.gazetteer)


@pytest.mark.parametrize(
    ("said", "origin", "destination"),
    (
        (
            "we are three friends in Nairobi and would love a long weekend in Porto from 9 April 2027",
            "Nairobi",
            "Porto",
        ),
        ("we're based in Oslo and dream of five days in Marrakesh from 3 May 2027", "Oslo", "Marrakesh"),
        ("I'd love to see Cartagena for 4 nights from 2 June 2027; we live in Bogota", "Bogota", "Cartagena"),
        ("plan 3 days in Windhoek with Ben and Chi from Gaborone on 4 July 2027", "Gaborone", "Windhoek"),
    ),
)
def test_where_people_are_is_where_they_set_out_from(
    reads: Bilingual, said: str, origin: str, destination: str
) -> None:
    found = reads.understand(said, TODAY)
    assert (found.intent, found.slots["origin"], found.slots["destination"]) == (
        "create_itinerary",
        origin,
        destination,
    )


def test_who_is_where_they_want_a_hotel_sets_out_nowhere(reads: Bilingual) -> None:
    found = reads.understand("we are in Lisbon from 3 May 2027, find us a hotel", TODAY)
    assert (found.intent, found.slots["location"]) == ("search_hotels", "Lisbon")


@pytest.mark.parametrize(
    ("said", "count"),
    (
        ("one more person joins us", "4"),
        ("two more friends are coming along", "5"),
        ("a friend wants to join us", "4"),
        ("Dani is coming too, so we are four now", "4"),
        ("add one more traveller please", "4"),
        ("we are one fewer", "2"),
        ("one of us can't come", "2"),
    ),
)
def test_more_and_fewer_travellers_are_counted(reads: Bilingual, said: str, count: str) -> None:
    for last in (TRIP, HOTELS):
        found = reads.understand(said, TODAY, last)
        assert (found.intent, found.slots.get("travelers")) == (last.intent, count)
    assert reads.understand(said, TODAY).intent is None


@pytest.mark.parametrize(
    "said", ("that's too expensive", "hmm, the plan is way too pricey", "make the whole trip cheaper")
)
def test_what_is_too_dear_is_made_cheaper(reads: Bilingual, said: str) -> None:
    found = reads.understand(said, TODAY, TRIP)
    assert (found.intent, found.slots.get("order")) == ("create_itinerary", "cheap")


def test_let_us_book_one_is_a_request(reads: Bilingual) -> None:
    assert reads.understand("let's book the second one", TODAY, HOTELS).intent == "add_to_cart"


@pytest.mark.parametrize("said", ("one friend of mine is a pilot", "two people told me so", "that is too much fun"))
def test_talk_of_people_changes_nothing(reads: Bilingual, said: str) -> None:
    assert reads.understand(said, TODAY, TRIP).intent is None
