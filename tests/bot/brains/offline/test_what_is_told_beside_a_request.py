"""What is told beside a request, or ruled out in it, is no request; questions about others' trades are."""

import pytest

from bot.brains.offline.understand import Understander
from tests.bot.brains.offline.conftest import TODAY


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("I'd rather fly than take the train to Kisumu", "search_flights"),
        ("a bus to Voi instead of the train", "search_buses"),
        ("I'm afraid of flying, get me to Kigali by road", "search_buses"),
        ("where can we go hiking near Nanyuki when it rains?", "search_activities"),
        ("We love reggae, see if there is a concert in Kilifi on Friday", "search_events"),
        ("who rents out cottages in Naivasha?", "search_hotels"),
        ("does anyone run boat trips in Watamu?", "search_activities"),
        ("instead of the bus let's check flights to Kisumu", "search_flights"),
        ("my budget is 90 dollars a night for a hotel in Arusha", "search_hotels"),
        ("sorry, I meant a hotel in Nakuru, not Naivasha", "search_hotels"),
        ("me and my three buddies want to fly to Malindi on Friday", "search_flights"),
        ("Let's go to Accra! 8 days in September, three of us", "create_itinerary"),
        ("that's what happens when it rains in Nairobi", None),
        ("My aunt is joining us for dinner in Karen, where can we take her?", "search_restaurants"),
        ("how do I see the Big Five near Nairobi in one day?", "search_activities"),
        ("nearest cab to take us to the museum", "search_transfers"),
        ("SGR first class to Mombasa", "search_buses"),
        ("I don't care about hotels yet, just tell me the weather in Lamu", "get_weather"),
        ("fly me to Cape Town!", "search_flights"),
        ("leaving Mombasa for Dubai on 4 June", "search_flights"),
        ("my flight to Kisumu boards in ten minutes", None),
        ("what is the cost of an uber from Westlands to Karen?", "search_transfers"),
        ("My girlfriend and I have 70k for a romantic weekend in Naivasha", "create_itinerary"),
        ("is anyone bringing a tent?", None),
        ("we prefer the train, not the bus, Nairobi to Voi on Saturday", "search_buses"),
        ("you know any good hotels in Kitale?", "search_hotels"),
        ("I'd rather do something outdoors in Nanyuki, like horse riding", "search_activities"),
        ("you should see the rain here", None),
        ("our bus broke down near Voi yesterday", None),
        ("that hotel is too expensive if you ask me", None),
        ("has anyone been to that hotel in Lamu?", None),
        ("who booked the bus to Kisumu?", None),
    ],
)
def test_what_is_ruled_out_or_told_in_passing_is_not_asked_for(
    understander: Understander, text: str, intent: str | None
) -> None:
    assert understander.understand(text, TODAY).intent == intent


def test_values_of_the_request_come_before_those_told_beside_it(understander: Understander) -> None:
    changed = understander.understand("I changed my mind about Lamu, look for a hotel in Kilifi instead", TODAY)
    assert changed.slots["location"] == "Kilifi"
    leaving = understander.understand("My exam is on Monday, see what flights leave on Sunday", TODAY)
    assert (leaving.slots["departure_date"], leaving.slots.get("return_date")) == ("2026-03-08", None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("guided hikes up Mount Longonot?", "Mount Longonot"),
        ("will there be a storm over Lake Victoria tomorrow?", "Lake Victoria"),
        ("a hotel near Karura forest", "Karura forest"),
        ("cheap lunch near kenyatta avenue", "Kenyatta Avenue"),
        ("can we get a hotel near lake naivasha", "Lake Naivasha"),
    ],
)
def test_mountains_and_lakes_are_places(understander: Understander, text: str, place: str) -> None:
    assert understander.understand(text, TODAY).slots["location"] == place


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("a flight from Malindi back to Nairobi on Sunday", "2026-03-08"),
        ("flights from Nairobi to Mombasa on the 7th instead of the 6th", "2026-03-07"),
    ],
)
def test_a_way_back_and_a_day_ruled_out_leave_one_day_to_leave_on(
    understander: Understander, text: str, day: str
) -> None:
    slots = understander.understand(text, TODAY).slots
    assert (slots["departure_date"], slots.get("return_date")) == (day, None)
