"""What a new request leaves out is taken from what was last searched or planned, and nothing else is guessed."""

from datetime import date

from bot.capability import Count, Day, Location, capabilities_of, capability
from bot.context import carried
from bot.history import last_of, trip_of
from bot.minds import LastCall
from bot.ports import Ask, Reply

TODAY = date(2026, 11, 20)
PLAN = LastCall(
    intent="create_itinerary", slots={"destination": "Lisbon", "departure_date": "2027-05-12", "travelers": "3"}
)


class Searches:
    """Two searches."""

    @capability("Weather")
    async def get_weather(self, ask: Ask, *, location: Location, date: Day | None = None) -> Reply:
        return Reply()

    @capability("Flights")
    async def search_flights(
        self, ask: Ask, *, origin: Location, destination: Location, departure_date: Day, travelers: Count = 1
    ) -> Reply:
        return Reply()

    @capability("Hotels")
    async def search_hotels(
        self, ask: Ask, *, location: Location, check_in_date: Day, check_out_date: Day | None = None,
        nights: Count | None = None,
    ) -> Reply:  # fmt: skip
        return Reply()


WEATHER, FLIGHTS, HOTELS = capabilities_of(Searches())


def test_the_town_the_day_and_the_party_of_the_plan_hold_for_the_next_search() -> None:
    assert carried(WEATHER, {}, PLAN, TODAY) == {"location": "Lisbon", "date": "2027-05-12"}
    assert carried(FLIGHTS, {"origin": "London"}, PLAN, TODAY) == {
        "origin": "London", "destination": "Lisbon", "departure_date": "2027-05-12", "travelers": "3",
    }  # fmt: skip


def test_a_hotel_is_for_the_nights_of_the_plan_unless_other_days_are_said() -> None:
    trip = LastCall(intent="edit_day", trip={"destination": "Lisbon", "departure_date": "2027-05-12", "days": "3"})
    stay = {"location": "Lisbon", "check_in_date": "2027-05-12", "nights": "2"}
    assert carried(HOTELS, {}, trip, TODAY) == stay
    assert carried(HOTELS, {}, LastCall(intent="x", trip={**trip.trip, "days": "1"}), TODAY) == {
        "location": "Lisbon", "check_in_date": "2027-05-12",
    }  # fmt: skip
    for own in ({"check_in_date": "2027-06-01"}, {"check_out_date": "2027-05-13"}, {"nights": "1"}):
        assert carried(HOTELS, own, trip, TODAY).get("nights") == own.get("nights")
    assert "nights" not in carried(HOTELS, {}, trip, date(2027, 6, 1))


def test_what_was_said_is_never_overruled_and_another_town_takes_nothing_from_the_plan() -> None:
    assert carried(WEATHER, {"location": "Porto"}, PLAN, TODAY) == {"location": "Porto"}
    assert carried(WEATHER, {"date": "2027-01-01"}, PLAN, TODAY) == {"location": "Lisbon", "date": "2027-01-01"}


def test_an_origin_is_never_guessed_and_a_day_that_is_over_is_not_carried() -> None:
    assert "origin" not in carried(FLIGHTS, {}, PLAN, TODAY)
    assert carried(WEATHER, {}, PLAN, date(2027, 6, 1)) == {"location": "Lisbon"}


def test_without_a_last_call_or_with_the_same_one_nothing_is_added() -> None:
    assert carried(WEATHER, {}, None, TODAY) == {}
    assert carried(WEATHER, {}, LastCall(intent="get_weather", slots={"location": "Lamu"}), TODAY) == {}


def test_a_town_stays_the_one_of_several_that_was_meant() -> None:
    way = {"destination": "Cambridge, Massachusetts", "origin": "London, Ontario"}
    plan = LastCall(intent="create_itinerary", slots=way)
    assert carried(WEATHER, {"location": "cambridge"}, plan, TODAY)["location"] == "Cambridge, Massachusetts"
    back = carried(FLIGHTS, {"origin": "Cambridge", "destination": "London"}, plan, TODAY)
    assert (back["origin"], back["destination"]) == ("Cambridge, Massachusetts", "London, Ontario")
    assert carried(WEATHER, {"location": "Oxford"}, plan, TODAY) == {"location": "Oxford"}
    again = LastCall(intent="get_weather", slots={"location": "Paris, Texas"})
    assert carried(WEATHER, {"location": "Paris"}, again, TODAY) == {"location": "Paris, Texas"}


def test_an_edit_leaves_the_town_as_it_was_told_from_others() -> None:
    plan = {"destination": "Cambridge", "start": "2027-03-02", "days": [{}, {}], "travelers": 2}
    asked = {"intent": "create_itinerary", "slots": {"destination": "Cambridge, Massachusetts", "origin": "New York"}}
    made = {"calls": [{"name": "create_itinerary", "args": {}}], "data": [{**plan, **asked}]}
    edit = {"calls": [{"name": "remove_item", "args": {"item": "lunch"}}], "data": [plan]}
    last = last_of([edit, made])
    assert last is not None and last.edit
    assert last.slots["destination"] == last.trip["destination"] == "Cambridge, Massachusetts"
    elsewhere = {**plan, "destination": "Oxford"}
    moved = last_of([{**edit, "data": [elsewhere]}, made])
    assert moved is not None and moved.trip["destination"] == "Oxford"


def test_after_an_edit_that_names_no_town_the_plan_it_showed_tells_the_town() -> None:
    trip = trip_of([{"destination": "Mombasa", "start": "2027-03-01", "travelers": 4, "days": []}])
    assert trip_of([{"offers": []}]) == {}
    last = LastCall(intent="change_trip_length", slots={"nights": 2}, trip=trip)
    assert carried(WEATHER, {}, last, TODAY) == {"location": "Mombasa", "date": "2027-03-01"}
    assert carried(FLIGHTS, {"origin": "Nairobi"}, last, TODAY)["travelers"] == "4"
