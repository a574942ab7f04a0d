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
        ("If we go to Nanyuki on Friday will we freeze?", "get_weather"),
        ("before we leave on Friday can you get us a cab to JKIA", "search_transfers"),
        ("I don't mind sharing a dorm as long as it's in Prague from the 6th to the 9th of June", "search_hotels"),
        ("hpw is the weather in Kisii", "get_weather"),
        ("can you get me info. on some flights?", "search_flights"),
        ("I have to get a 1 way ticket", "search_flights"),
        ("have a taxi pick us up at Two Rivers", "search_transfers"),
        ("have a nice day", None),
        ("is Ana quiet today?", None),
        ("you two should get a room", None),
        ("remind Ben to bring sunscreen", None),
        ("how are the flights to Kisumu looking?", "search_flights"),
        ("how are the kids?", None),
        ("restaurant please", "search_restaurants"),
        ("I want to book Taxi", "search_transfers"),
        ("a restaurant that serves Caribbean food", "search_restaurants"),
        ("we are new in Nepal what are the places to visit", "search_activities"),
        ("I`m looking for 1 room", "search_hotels"),
        ("get me a ride on the commuter train from Kikuyu to Nairobi", "search_buses"),
        ("we arrive in Nyeri tomorrow and we don't have a room", "search_hotels"),
        ("I don't have a ticket", None),
        ("Is it going to snow in Nyeri tonight?", "get_weather"),
        ("weather this week", "get_weather"),
        ("what stores have clearance", None),
        ("is there still a night bus from Kampala to Nairobi or did they stop it?", "search_buses"),
        ("I'd kill him if he's late again", None),
        ("I need a holiday from my kids", None),
        ("RESERVE 5 SEATS TO THE BALLET IN PHILADELPHIA FOR MARCH 10", "search_events"),
        ("Book 3 Double Rooms In Nakuru From Friday To Sunday", "search_hotels"),
        ("Quick question: got a spot to sleep in Lodwar tomorrow night?", "search_hotels"),
        ("bolt to Ngara Thanks in advance!", "search_transfers"),
        ("could we stay somewhere on the beach in Kilifi next weekend?", "search_hotels"),
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


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("Flights to Kisumu tomorrow. Actually no, make it Thursday.", {"departure_date": "2026-03-05"}),
        ("a bus to Nakuru, sorry, to Naivasha on Friday", {"destination": "Naivasha"}),
        ("flights for my parents going 2 April to Cairo", {"departure_date": "2026-04-02", "travelers": "2"}),
        ("a zoo in Nakuru for my kids, the kids are 5 and 8", {"location": "Nakuru", "travelers": None}),
        ("dinner @ 8pm in Karen w/ 3 friends for me", {"location": "Karen"}),
        ("book 4 one way plane tickets from Entebbe to Nairobi", {"travelers": "4", "origin": "Entebbe"}),
        ("seats for me and my two sisters on the bus to Kisii", {"travelers": "3", "destination": "Kisii"}),
        (
            "flights to Kigali on Monday, coming home Wednesday",
            {"departure_date": "2026-03-09", "return_date": "2026-03-11"},
        ),
        ("a taxi to Pier 39 for four riders", {"destination": "Pier 39", "travelers": "4"}),
    ],
)
def test_second_thoughts_signs_and_ages_are_read(understander: Understander, text: str, slots: dict[str, str]) -> None:
    found = understander.understand(text, TODAY).slots
    assert {name: found.get(name) for name in slots} == slots
