"""What booking holds about a Person: the trips of their own chats, and their name beside changes to others'."""

from collections.abc import Mapping, Sequence
from typing import Any

from booking.itinerary.keeping import PROPOSALS
from booking.providers.sandbox import KINDS as SANDBOX_KINDS
from booking.texts import say
from booking.trips import RATES, TRIP_VERSIONS, TRIPS
from bot.ports import Store, Subject
from bot.privacy.scrubbing import Scrubber, change_all


class BookingHoldings:
    """Holdings of booking/. A plan that a group made together stays the group's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def kinds(self) -> tuple[str, ...]:
        own = (TRIPS, TRIP_VERSIONS, PROPOSALS, RATES, *SANDBOX_KINDS)
        return tuple(k.name for k in own)

    async def blocks(self, subject: Subject) -> Sequence[str]:
        return ()

    async def export(self, subject: Subject) -> Mapping[str, Sequence[Any]]:
        found = [
            trip
            for thread in (*subject.private, *subject.shared)
            for trip in await self._store.find(TRIPS, {"thread": thread}, limit=100)
        ]
        return {say("held_trips"): [t.plan for t in found]}

    async def erase(self, subject: Subject) -> None:
        for thread in subject.private:
            for trip in await self._store.find(TRIPS, {"thread": thread}, limit=100):
                await change_all(self._store, TRIP_VERSIONS, {"trip": trip.id}, lambda version: None)
            await change_all(self._store, PROPOSALS, {"thread": thread}, lambda proposal: None)
            await change_all(self._store, TRIPS, {"thread": thread}, lambda trip: None)
        scrub = Scrubber(subject)
        for thread in subject.shared:
            for trip in await self._store.find(TRIPS, {"thread": thread}, limit=100):
                await change_all(self._store, TRIP_VERSIONS, {"trip": trip.id}, scrub.document)
            await change_all(self._store, PROPOSALS, {"thread": thread}, scrub.document)
            await change_all(self._store, TRIPS, {"thread": thread}, scrub.document)
