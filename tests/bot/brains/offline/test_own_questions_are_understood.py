"""People ask about what they have already planned; that is no new search."""

from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import Bilingual
from bot.core import Core
from bot.minds import LastCall
from bot.settings import Settings

TODAY = date(2026, 11, 20)
_PLAN = {"destination": "Porto", "departure_date": "2027-04-09", "days": "4"}
TRIP = LastCall(intent="create_itinerary", slots=dict(_PLAN), trip=dict(_PLAN))
LISTED = LastCall(intent="search_hotels", slots={"location": "Porto"}, offers=("a", "b"))


@pytest.fixture(scope="module")
def reads() -> Bilingual:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    return Bilingual(core.registry, b.gazetteer)


@pytest.mark.parametrize(
    ("said", "slots"),
    (
        ("when is our flight?", {"about": "ride", "of": "flight"}),
        ("When do we fly home?", {"about": "ride", "of": "fly home"}),
        ("what time is the flight to Porto?", {"about": "ride"}),
        ("which airline are we flying with", {"about": "ride"}),
        ("is the hotel refundable?", {"about": "refund", "of": "hotel"}),
        ("do we get our money back if we cancel the flights?", {"about": "refund", "of": "flights"}),
        ("what's for lunch on day 2?", {"about": "meal", "of": "lunch", "day": "2"}),
        ("where are we eating on Saturday?", {"about": "meal", "day": "saturday"}),
        ("what are we having for dinner on the last day", {"about": "meal", "of": "dinner", "day": "last"}),
        ("how much have we spent?", {"about": "cost"}),
        ("are we still within budget?", {"about": "cost"}),
        ("how much is the hotel?", {"about": "cost", "of": "hotel"}),
        ("where do we sleep?", {"about": "stay"}),
        ("Remind me, which hotel are we staying at?", {"about": "stay"}),
        ("when can we check in?", {"about": "stay"}),
        ("is breakfast included?", {"about": "stay"}),
        ("what time do we have to be at the airport?", {"about": "airport"}),
        ("when should we leave for the airport", {"about": "airport"}),
        ("when do we need to be at the airport for the flight home?", {"about": "airport", "of": "flight home"}),
        ("how do we get from the airport to the hotel?", {"about": "transfer"}),
        ("is everything booked?", {"about": "booked", "of": "everything"}),
        ("have we booked the hotel yet?", {"about": "booked", "of": "hotel"}),
        ("what's our booking reference?", {"about": "booked"}),
        ("who is coming?", {"about": "party"}),
        ("when is our trip?", {"about": "dates"}),
        ("what are we doing on 10 April?", {"about": "day", "day": "2027-04-10"}),
        ("when is our cooking class?", {"about": "item", "of": "cooking class"}),
    ),
)
def test_a_question_about_the_plan_is_no_search(reads: Bilingual, said: str, slots: dict[str, str]) -> None:
    found = reads.understand(said, TODAY, TRIP)
    assert found.intent == "ask_trip"
    assert found.slots.items() >= slots.items()


@pytest.mark.parametrize(
    ("said", "intent"),
    (
        ("when is the flight to Lisbon?", "search_flights"),
        ("find us a hotel", "search_hotels"),
        ("where can we eat?", "search_restaurants"),
        ("where should we stay in Porto?", "search_hotels"),
        ("a later flight please", "swap_item"),
        ("who has paid?", "who_has_paid"),
        ("how much is it per person?", "budget"),
        ("do you agree?", "review_trip"),
        ("what would you do?", "review_trip"),
        ("make it two nights", "change_trip_length"),
    ),
)
def test_what_asks_for_something_new_stays_a_search_or_a_change(reads: Bilingual, said: str, intent: str) -> None:
    assert reads.understand(said, TODAY, TRIP).intent == intent


@pytest.mark.parametrize("said", ("is the hotel refundable?", "what time is the flight home", "is breakfast included?"))
def test_without_a_plan_nothing_is_theirs_yet(reads: Bilingual, said: str) -> None:
    assert reads.understand(said, TODAY, LISTED).intent != "ask_trip"
    assert reads.understand(said, TODAY).intent != "ask_trip"


@pytest.mark.parametrize("said", ("where do we sleep?", "is our hotel refundable?", "when can we check in?"))
def test_what_was_bought_without_a_plan_is_theirs_too(reads: Bilingual, said: str) -> None:
    assert reads.understand(said, TODAY, LISTED).intent == "ask_trip"
