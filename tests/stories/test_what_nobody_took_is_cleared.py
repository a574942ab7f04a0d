"""The running house clears away what ran out while it was away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from booking.itinerary.keeping import PROPOSALS, Proposal
from booking.leftovers import sweep_at
from booking.trips import Plan
from bot.documents import Insert
from bot.gazetteer import Gazetteer
from bot.model import JOBS
from bot.storage.sqlite.store import SqliteStore
from tests.stories.caravan import Caravan

LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


async def test_a_plan_of_long_ago_that_nobody_took_goes_at_the_start(tmp_path: Path) -> None:
    spot = Gazetteer().find("Mombasa")
    assert spot is not None
    plan = Plan(title="Mombasa", destination=spot, start=LONG_AGO.date(), days=(), travelers=2, currency="KES")
    old = Proposal(id="old", thread="t1", plan=plan, base=0, at=LONG_AGO)
    young = replace(old, id="young", at=datetime.now(UTC) + timedelta(hours=1))
    store = await opened(tmp_path)
    await store.commit([Insert(PROPOSALS, old), Insert(PROPOSALS, young), Insert(JOBS, sweep_at(LONG_AGO))])
    await store.close()
    running = Caravan(tmp_path).start()
    try:
        await running.post("clock", advance="PT1S")  # answers when what is due has run
    finally:
        running.stop()
    store = await opened(tmp_path)
    assert await store.get(PROPOSALS, "old") is None and await store.get(PROPOSALS, "young") is not None
    (job,) = await store.find(JOBS, {"state": "done"})
    assert job.name == sweep_at(LONG_AGO).name
    await store.close()


async def opened(folder: Path) -> SqliteStore:
    store = SqliteStore(folder / "data")
    await store.open((PROPOSALS, JOBS))
    return store
