"""What is wanted instead of what was shown ("another hotel", "a later flight"), and several changes in one message."""

from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import Bilingual
from bot.core import Core
from bot.history import last_of
from bot.minds import LastCall
from bot.settings import Settings

TODAY = date(2026, 11, 20)
OFFERS = ("a", "b", "c")
HOTELS = LastCall(
    intent="search_hotels", slots={"location": "Mombasa", "check_in_date": "2027-03-01", "nights": 2}, offers=OFFERS
)
FLIGHTS = LastCall(
    intent="search_flights", offers=OFFERS,
    slots={"origin": "Nairobi", "destination": "Mombasa", "departure_date": "2027-03-01"},
)  # fmt: skip
_PLAN = {"destination": "Mombasa", "departure_date": "2027-03-01", "days": "3"}
TRIP = LastCall(intent="create_itinerary", slots=dict(_PLAN), trip=dict(_PLAN))
EDITED = LastCall(
    intent="create_itinerary", slots=dict(_PLAN), trip=dict(_PLAN), edit={"call": "swap_item", "item": "hotel"}
)


@pytest.fixture(scope="module")
def reads() -> Bilingual:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    return Bilingual(core.registry, b.gazetteer)


@pytest.mark.parametrize(
    ("said", "last", "intent", "slots"),
    (
        ("another hotel", HOTELS, "show_more", {}),
        ("show us a different one please", HOTELS, "show_more", {}),
        ("something closer", HOTELS, "search_hotels", {"order": "nearest_first", "location": "Mombasa"}),
        ("a better rated hotel", HOTELS, "search_hotels", {"order": "rated_first"}),
        ("a later flight", FLIGHTS, "search_flights", {"order": "late", "origin": "Nairobi"}),
        ("a later bus", FLIGHTS, "search_buses", {"order": "late", "destination": "Mombasa"}),
        ("is there a faster one?", FLIGHTS, "search_flights", {"order": "fastest_first"}),
        ("another hotel", TRIP, "swap_item", {"item": "hotel"}),
        ("can we have a cheaper hotel by the beach?", TRIP, "swap_item",
         {"item": "hotel", "wish": "cheaper, by the beach"}),
        ("an earlier bus", TRIP, "swap_item", {"item": "bus", "wish": "earlier"}),
        ("something else for dinner", TRIP, "swap_item", {"item": "dinner"}),
        ("something cheaper", TRIP, "create_itinerary", {"order": "cheap"}),
        ("a cheaper one", EDITED, "swap_item", {"item": "hotel", "wish": "cheaper"}),
        ("make it two nights", EDITED, "change_trip_length", {"nights": "2"}),
        ("what about the day after", EDITED, "shift_trip", {"departure_date": "2027-03-02"}),
        ("can we go a day later?", TRIP, "create_itinerary", {"departure_date": "2027-03-02"}),
        ("one day later", TRIP, "create_itinerary", {"departure_date": "2027-03-02", "days": "3"}),
        ("can we go two days earlier", EDITED, "shift_trip", {"departure_date": "2027-02-27"}),
        ("three days later please", EDITED, "shift_trip", {"departure_date": "2027-03-04"}),
        ("can we start a week later", EDITED, "shift_trip", {"departure_date": "2027-03-08"}),
        ("could you postpone the trip by 2 days?", EDITED, "shift_trip", {"departure_date": "2027-03-03"}),
        ("bring it forward a day", EDITED, "shift_trip", {"departure_date": "2027-02-28"}),
        ("how much is it per person?", TRIP, "budget", {}),
        ("what does it come to each?", TRIP, "budget", {}),
        ("2", HOTELS, "show_offer", {"offer": "2"}),
        ("the cheapest one please", HOTELS, "show_offer", {"offer": "the cheapest one"}),
        ("I'll take the cheap one", HOTELS, "show_offer", {"offer": "the cheap one"}),
        ("4 people", HOTELS, "search_hotels", {"travelers": "4"}),
        ("actually a bus", FLIGHTS, "search_buses", {"origin": "Nairobi", "destination": "Mombasa"}),
        ("let's go to Malindi instead", TRIP, "create_itinerary", {"destination": "Malindi", "days": "3"}),
        ("no, not Mombasa, Malindi", EDITED, "create_itinerary", {"destination": "Malindi"}),
        ("acha, twende Malindi badala ya Mombasa", TRIP, "create_itinerary", {"destination": "Malindi"}),
        ("we are 3 now", EDITED, "create_itinerary", {"travelers": "3"}),
        ("actually 4 of us", TRIP, "create_itinerary", {"travelers": "4"}),
        ("tuwe watu 5", TRIP, "create_itinerary", {"travelers": "5"}),
        ("hoteli nyingine", HOTELS, "show_more", {}),
        ("hoteli nyingine ya bei nafuu", TRIP, "swap_item", {"item": "hotel", "wish": "cheaper"}),
        ("ndege ya baadaye", FLIGHTS, "search_flights", {"order": "late"}),
        ("kitu cha karibu zaidi", HOTELS, "search_hotels", {"order": "nearest_first"}),
        ("toa chakula cha mchana siku ya pili", TRIP, "remove_item", {"item": "lunch", "day": "2"}),
        ("ongeza dhow cruise", TRIP, "add_to_day", {"what": "dhow cruise"}),
        ("jumla ni ngapi?", TRIP, "budget", {}),
        ("badilisha hoteli", TRIP, "swap_item", {"item": "the hotel"}),
    ),
)  # fmt: skip
def test_it_is_understood(reads: Bilingual, said: str, last: LastCall, intent: str, slots: dict[str, str]) -> None:
    understood = reads.understand(said, TODAY, last)
    assert understood.intent == intent
    assert slots.items() <= understood.slots.items()


@pytest.mark.parametrize("said", ("another day maybe", "another time", "something cheaper", "another one", "nyingine"))
def test_without_what_it_is_about_it_is_talk(reads: Bilingual, said: str) -> None:
    assert reads.understand(said, TODAY, None).intent is None
    assert reads.understand("another day maybe", TODAY, HOTELS).intent is None


@pytest.mark.parametrize(
    ("said", "parts"),
    (
        ("make it two nights and no museums on day 2", ("make it two nights", "no museums on day 2")),
        ("remove lunch on day 1 and the hike", ("remove lunch on day 1", "remove the hike")),
        ("unlock the hotel, then swap the hotel", ("unlock the hotel", "swap the hotel")),
        ("beach and food", ()), ("hotels and restaurants in Lamu", ()), ("undo", ()),
        ("plan 3 days in Lamu and no museums", ()),
    ),
)  # fmt: skip
def test_several_changes_are_told_apart(reads: Bilingual, said: str, parts: tuple[str, ...]) -> None:
    assert reads.parts(said, TODAY) == parts


def test_an_edit_leaves_what_was_asked_for_before_it() -> None:
    plan = {"destination": "Mombasa", "start": "2027-03-02", "days": [{}, {}], "travelers": 4}
    edit = {"calls": [{"name": "remove_item", "args": {"item": "lunch"}}], "data": [plan]}
    asked = {"destination": "Mombasa", "nights": 2, "origin": "Nairobi"}
    made = {"calls": [{"name": "create_itinerary", "args": {}}],
            "data": [{**plan, "intent": "create_itinerary", "slots": asked}]}  # fmt: skip
    found = {"calls": [{"name": "search_hotels", "args": {}}], "data": [{"offers": [{"ref": "h1"}]}]}
    last = last_of([edit, made, found])
    assert last is not None and last.intent == "create_itinerary" and last.offers == ("h1",)
    assert last.slots == {"destination": "Mombasa", "origin": "Nairobi", "departure_date": "2027-03-02",
                          "travelers": "4", "days": "2"}  # fmt: skip
    assert last.edit == {"call": "remove_item", "item": "lunch"}


def test_an_opinion_or_a_question_put_back_leaves_what_was_planned() -> None:
    plan = {"destination": "Porto", "start": "2027-04-09", "days": [{}, {}], "travelers": 3}
    asked = {"intent": "create_itinerary", "slots": {"destination": "Porto", "origin": "Oslo"}}
    made = {"calls": [{"name": "create_itinerary", "args": {}}], "data": [{**plan, **asked}]}
    opinion = {"calls": [{"name": "review_trip", "args": {}}], "data": [{"swaps": []}]}
    unclear = {"calls": [{"name": "remove_item", "args": {"item": "the museum"}}], "data": []}
    last = last_of([unclear, opinion, made])
    assert last is not None and (last.intent, last.slots["origin"]) == ("create_itinerary", "Oslo")
    assert last.trip["travelers"] == "3" and last.edit == {}
    edit = {"calls": [{"name": "remove_item", "args": {"item": "the market"}}], "data": [plan]}
    assert last_of([opinion, edit, made]) == last_of([edit, made])


@pytest.mark.parametrize("said", ("something cheaper", "make it cheaper", "can we have a cheaper one?"))
def test_a_budget_lasts_when_it_is_to_be_cheaper(reads: Bilingual, said: str) -> None:
    slots = {**_PLAN, "budget": {"minor": 600_000, "currency": "PEN"}, "per_person": True}
    last = LastCall(intent="create_itinerary", slots=slots, trip=dict(_PLAN))
    found = reads.understand(said, TODAY, last)
    assert found.slots.items() >= {"order": "cheap", "budget": "6000.00 PEN", "per_person": "yes"}.items()


@pytest.mark.parametrize(
    ("said", "offer"),
    (
        ("is the second one refundable?", "the second one"),
        ("does the first hotel have breakfast?", "the first hotel"),
        ("how far is number 3 from the beach?", "number 3"),
    ),
)  # fmt: skip
def test_a_question_about_one_of_those_shown_is_told_by_its_details(reads: Bilingual, said: str, offer: str) -> None:
    found = reads.understand(said, TODAY, HOTELS)
    assert (found.intent, found.slots) == ("show_offer", {"offer": offer})
    assert reads.understand("is the second week of May fine?", TODAY, HOTELS).intent != "show_offer"
