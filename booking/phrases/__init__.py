"""Example phrases by Capability name: what people say when they want it, written by hand.

They are what the offline brain learns from, words around the holes included.
"""

from booking.phrases import (
    activities,
    budget,
    buses,
    events,
    flights,
    hotels,
    itineraries,
    restaurants,
    transfers,
    weather,
)


def _lines(block: str) -> tuple[str, ...]:
    return tuple(line for line in block.splitlines() if line)


PHRASES: dict[str, tuple[str, ...]] = {
    "search_flights": _lines(flights.PHRASES),
    "search_hotels": _lines(hotels.PHRASES),
    "search_buses": _lines(buses.PHRASES),
    "search_transfers": _lines(transfers.PHRASES),
    "search_events": _lines(events.PHRASES),
    "search_activities": _lines(activities.PHRASES),
    "search_restaurants": _lines(restaurants.PHRASES),
    "get_weather": _lines(weather.PHRASES),
    "create_itinerary": _lines(itineraries.PHRASES),
    "budget": _lines(budget.PHRASES),
}
