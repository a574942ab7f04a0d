"""A travel desk as the real one declares it: names, parameters and phrases, nothing behind them."""

from typing import Any

from booking.phrases import PHRASES
from bot.capability import Amount, Count, Day, Location, Registry, Text, capabilities_of, capability
from bot.house import ASKING_FOR_HELP


class Desk:
    """Capabilities of the names and parameters that understanding is measured with."""

    @capability("Find flights", command="flights", phrases=PHRASES["search_flights"], slow=True)
    async def search_flights(
        self, ask: Any, *, origin: Location, destination: Location, departure_date: Day, return_date: Day | None = None,
        travelers: Count = 1, budget: Amount | None = None,
    ) -> None: ...  # fmt: skip

    @capability("Find hotels", command="hotels", phrases=PHRASES["search_hotels"], slow=True)
    async def search_hotels(
        self, ask: Any, *, location: Location, check_in_date: Day, check_out_date: Day | None = None,
        nights: Count | None = None, rooms: Count = 1, travelers: Count = 1, budget: Amount | None = None,
    ) -> None: ...  # fmt: skip

    @capability("Find buses", command="buses", phrases=PHRASES["search_buses"], slow=True)
    async def search_buses(
        self, ask: Any, *, origin: Location, destination: Location, departure_date: Day, travelers: Count = 1,
        budget: Amount | None = None,
    ) -> None: ...  # fmt: skip

    @capability("Find a transfer", command="transfer", phrases=PHRASES["search_transfers"], slow=True)
    async def search_transfers(
        self, ask: Any, *, destination: Location, origin: Location | None = None, date: Day | None = None,
        travelers: Count = 1,
    ) -> None: ...  # fmt: skip

    @capability("Find events", command="events", phrases=PHRASES["search_events"], slow=True)
    async def search_events(
        self, ask: Any, *, location: Location, date: Day | None = None, travelers: Count = 1
    ) -> None: ...

    @capability("Find activities", command="activities", phrases=PHRASES["search_activities"], slow=True)
    async def search_activities(
        self, ask: Any, *, location: Location, date: Day | None = None, travelers: Count = 1
    ) -> None: ...

    @capability("Find restaurants", command="restaurants", phrases=PHRASES["search_restaurants"], slow=True)
    async def search_restaurants(
        self, ask: Any, *, location: Location, date: Day | None = None, travelers: Count = 1
    ) -> None: ...

    @capability("Look at the weather", command="weather", phrases=PHRASES["get_weather"], slow=True)
    async def get_weather(self, ask: Any, *, location: Location, date: Day | None = None) -> None: ...

    @capability("Plan a trip", command="trip", phrases=PHRASES["create_itinerary"], slow=True)
    async def create_itinerary(
        self, ask: Any, *, destination: Location, departure_date: Day | None = None, days: Count | None = None,
        nights: Count | None = None, travelers: Count = 1, budget: Amount | None = None, per_person: bool = False,
        tastes: Text = "", origin: Location | None = None,
    ) -> None: ...  # fmt: skip

    @capability("Show the budget", command="budget", phrases=PHRASES["budget"])
    async def budget(self, ask: Any, *, amount: Amount | None = None) -> None: ...

    @capability("Show what Caravan can do", command="help", phrases=ASKING_FOR_HELP)
    async def help(self, ask: Any, *, topic: Text = "") -> None: ...


def desk() -> Registry:
    """The desk's registry."""
    return Registry(capabilities_of(Desk()))
