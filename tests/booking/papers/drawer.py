"""Real plans of the sandbox to make papers of."""

import tempfile
from datetime import date
from pathlib import Path

from booking.answers import plain_rank
from booking.inventory import Inventory
from booking.itinerary.keeping import PROPOSALS
from booking.itinerary.planning import TripPlanning
from booking.itinerary.purse import StoredRates
from booking.providers.sandbox import KINDS, Sandbox
from booking.sale.bookings import BOOKINGS
from booking.trips import RATES, TRIP_VERSIONS, TRIPS, Trip
from bot.faults import FAULTS, StoredFaults
from bot.model import JOBS, Person, Thread
from bot.ports import Ask
from bot.storage.sqlite import SqliteStore
from tests.booking.bazaar import ATLAS, HandClock

FIRST = date(2027, 3, 12)


async def planned(origin: str, destination: str, *, days: int = 3, seed: int = 7, travelers: int = 2) -> Trip:
    """A trip that the planner makes of the sandbox's offers; the same arguments give the same trip."""
    clock = HandClock()
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(str(Path(folder)))
        await store.open((FAULTS, *KINDS, TRIPS, TRIP_VERSIONS, PROPOSALS, RATES, BOOKINGS, JOBS))
        sandbox = Sandbox(
            seed, atlas=ATLAS, store=store, clock=clock, controls=StoredFaults(store, clock), delay=(0, 0)
        )  # fmt: skip
        inventory = Inventory(sandbox.suppliers, clock)
        planning = TripPlanning(store, inventory, ATLAS, plain_rank, StoredRates(store))
        ask = Ask(person=Person(id="p1", name="Ana"), thread=Thread(id="t1"), now=clock.now(), key="k1")
        reply = await planning.create_itinerary(
            ask, destination=destination, origin=origin or None, departure_date=FIRST, days=days, travelers=travelers
        )  # fmt: skip
        assert reply.then is not None, reply.drafts
        proposal = await store.get(PROPOSALS, "k1")
        assert proposal is not None
        await store.close()
    return Trip(id="trip1", thread="t1", plan=proposal.plan, made_at=clock.now(), revision=3)
