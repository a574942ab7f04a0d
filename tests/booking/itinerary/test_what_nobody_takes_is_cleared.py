"""A plan that was laid ready and never taken goes after a day; one that may still be taken stays."""

from dataclasses import replace
from datetime import timedelta

from booking.itinerary.keeping import PROPOSALS
from booking.leftovers import LASTS, SWEEP, Leftovers
from bot.documents import Insert, Replace
from bot.model import ENTRIES, JOBS, Entry, Job
from tests.booking.itinerary.conftest import START
from tests.booking.itinerary.world import NOW, Desk


async def proposed(desk: Desk) -> str:
    """A plan that the lane has yet to take; its proposal's id."""
    reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", origin="Nairobi", departure_date=START, days=2, travelers=2
    )
    assert reply.then is not None
    return str(reply.then.args["proposal"])


async def sweep(desk: Desk) -> None:
    (job, *_) = await desk.store.find(JOBS, {"state": "due"}, order="due_at")
    assert job.name == SWEEP
    await Leftovers(desk.store, desk.clock, (PROPOSALS,)).sweep(job)


async def test_one_job_an_hour_is_due_after_the_plans_of_that_hour_have_run_out(desk: Desk) -> None:
    await proposed(desk)
    await proposed(desk)
    desk.clock.at += timedelta(hours=2)
    await proposed(desk)
    jobs = await desk.store.find(JOBS, {"state": "due"}, order="due_at")
    assert [j.due_at for j in jobs] == [NOW + LASTS + timedelta(hours=h) for h in (1, 3)]
    assert not any(j.busy or j.thread for j in jobs)


async def test_what_was_not_taken_goes_when_it_has_run_out_and_not_before(desk: Desk) -> None:
    old = await proposed(desk)
    desk.clock.at += timedelta(hours=1)
    young = await proposed(desk)
    await sweep(desk)
    assert await desk.store.get(PROPOSALS, old) is not None
    desk.clock.at = NOW + LASTS
    await sweep(desk)
    assert await desk.store.get(PROPOSALS, old) is None
    assert await desk.store.get(PROPOSALS, young) is not None
    assert (await desk.editing.keep_trip(desk.ask(), proposal=old)).thread is None
    assert (await desk.editing.keep_trip(desk.ask(), proposal=young)).thread is not None


async def test_a_plan_whose_thread_is_still_at_work_waits_for_the_next_hour(desk: Desk) -> None:
    id = await proposed(desk)
    entry = Entry(id="t1:result:1", thread="t1", what="result", at=NOW)
    job = Job(id="j1", name="call", thread="t1", due_at=NOW, busy=True)
    desk.clock.at += timedelta(days=2)
    for doing in (Insert(ENTRIES, entry), Insert(JOBS, job)):
        await desk.store.commit([doing])
        await Leftovers(desk.store, desk.clock, (PROPOSALS,)).sweep(job)
        assert await desk.store.get(PROPOSALS, id) is not None
        await end(desk, doing.value.id)
    again = [j.due_at for j in await desk.store.find(JOBS, {"state": "due"}, order="due_at")]
    assert again[-1] == desk.clock.at + timedelta(hours=2), "at the end of the next hour"
    await Leftovers(desk.store, desk.clock, (PROPOSALS,)).sweep(job)
    assert await desk.store.get(PROPOSALS, id) is None


async def end(desk: Desk, id: str) -> None:
    """The Entry or the Job of that id is done."""
    entry, job = await desk.store.get(ENTRIES, id), await desk.store.get(JOBS, id)
    if entry is not None:
        await desk.store.commit([Replace(ENTRIES, replace(entry, open=False))])
    if job is not None:
        await desk.store.commit([Replace(JOBS, replace(job, state="done"))])


async def test_more_than_a_page_is_cleared_around_those_that_wait(desk: Desk) -> None:
    id = await proposed(desk)
    first = await desk.store.get(PROPOSALS, id)
    assert first is not None
    for n in range(230):
        at = NOW - timedelta(hours=1, seconds=n)
        copy = replace(first, id=f"p{n}", thread="t2" if n % 7 else "t1", at=at, version=0)
        await desk.store.commit([Insert(PROPOSALS, copy)])
    await desk.store.commit([Insert(ENTRIES, Entry(id="t1:result:1", thread="t1", what="result", at=NOW))])
    desk.clock.at += LASTS
    await sweep(desk)
    left = await desk.store.find(PROPOSALS, {"thread": "t1"}, limit=1000)
    assert len(left) == 1 + len(range(0, 230, 7))
    assert await desk.store.find(PROPOSALS, {"thread": "t2"}, limit=1000) == []


async def test_a_plan_that_was_taken_leaves_nothing_behind(desk: Desk) -> None:
    id = await proposed(desk)
    await desk.commit(await desk.editing.keep_trip(desk.ask(), proposal=id))
    desk.clock.at += timedelta(days=3)
    trip = await desk.trip()
    await sweep(desk)
    assert await desk.store.get(PROPOSALS, id) is None and await desk.trip() == trip
