"""The time from words to a day-by-day itinerary, and to the card of a search, as people in the simulator see them."""

import asyncio
from collections.abc import Callable

from bench.figures import held, spread
from bench.simulator import Room, simulator, titled

TOWNS = ("Mombasa", "Kisumu", "Malindi", "Nakuru", "Zanzibar", "Kampala", "Arusha", "Kigali", "Lisbon", "Athens")
ITINERARY_BAR = 6.0


async def in_the_chat(times: int) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds to the card of a first and of a repeated search, and to the first day of an itinerary."""
    first: list[float] = []
    again: list[float] = []
    itineraries: list[float] = []
    async with simulator() as client:
        room = await Room.open(client, "Search", "Ana")
        await room.quiet()
        for town in TOWNS[:times]:
            for took in (first, again):
                await room.say("Ana", f"/hotels {town} from 12 to 15 December")
                took.append((await room.until(titled("Hotels")))[1] * 1000)
                await room.quiet()
            await room.say("Ana", f"/trip 3 days in {town} from 12 December for 2 people")
            itineraries.append((await room.until(titled("Day 1")))[1] * 1000)
            await room.quiet()
    return first, again, itineraries


def measure_itineraries(rounds: int, say: Callable[[str], None]) -> None:
    """Measure and print."""
    first, again, itineraries = asyncio.run(in_the_chat(min(rounds, len(TOWNS))))
    say(f"itinerary: {len(itineraries)} trips of three days, through the simulator, suppliers as shipped")
    say(f"  words to the cards of all days {spread(itineraries, 0)} ms,")
    say(f"    bar {ITINERARY_BAR:.0f} s: {held(max(itineraries) < ITINERARY_BAR * 1000)}")
    say(f"  words to the card of a search {spread(first, 0)} ms, of the same again {spread(again, 0)} ms")
