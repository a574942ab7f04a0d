"""Jobs are rows: run when due, once, again after a failure, and they end in an Entry."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.capability import Effect, capability
from bot.content import Draft
from bot.documents import Replace
from bot.jobs import result_id
from bot.model import ENTRIES, JOBS, Entry, Job
from bot.ports import Ask, Reply
from tests.bot.parlour import Parlour, parlour
from tests.waiting import soon


class Reminder:
    """Starts Jobs."""

    @capability("Remind me", command="remind", effect=Effect.CHANGE)
    async def remind(self, ask: Ask) -> Reply:
        job = Job(id="r1", name="ring", thread=ask.thread.id, due_at=ask.now + timedelta(hours=1))
        return Reply(jobs=(job,), drafts=(Draft(text="I will"),))


class Bell:
    """Rings; fails as often as told."""

    def __init__(self, failures: int = 0) -> None:
        self.rung, self.failures = 0, failures

    async def ring(self, job: Job) -> Entry | None:
        if self.failures:
            self.failures -= 1
            raise ConnectionError("no luck")
        self.rung += 1
        return None


async def test_a_job_waits_for_its_time_and_runs_once(tmp_path: Path) -> None:
    bell = Bell()
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.say("den", "Ana", "/remind")
        assert bell.rung == 0
        await p.later(minutes=61)
        await p.later(minutes=61)
        assert bell.rung == 1
        assert (await p.store.get(JOBS, "r1")).state == "done"


async def test_a_job_survives_a_restart(tmp_path: Path) -> None:
    async with parlour(tmp_path, Reminder(), work={"ring": Bell().ring}) as p:
        await p.say("den", "Ana", "/remind")
    bell = Bell()
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.later(minutes=61)
        assert bell.rung == 1


async def test_a_timer_wakes_a_job_without_anybody_asking(tmp_path: Path) -> None:
    bell = Bell()
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.say("den", "Ana", "/remind")
        p.clock.offset += timedelta(minutes=60)
        p.core.jobs.wake_at(p.clock.now())
        await soon(lambda: bell.rung)
        assert bell.rung == 1


async def test_a_job_that_was_running_when_the_process_died_is_done_after_the_restart(tmp_path: Path) -> None:
    bell = Bell()
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.say("den", "Ana", "/remind")
        job = await p.store.get(JOBS, "r1")
        dying = replace(job, state="claimed", claimed_until=p.clock.now() + timedelta(seconds=90))
        await p.store.commit([Replace(JOBS, dying)])
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.settled()
        assert bell.rung == 1


async def test_a_failure_is_tried_again_three_times_in_all(tmp_path: Path) -> None:
    bell = Bell(failures=2)
    async with parlour(tmp_path, Reminder(), work={"ring": bell.ring}) as p:
        await p.say("den", "Ana", "/remind")
        for _ in range(4):
            await p.later(minutes=61)
        assert bell.rung == 1
        assert (await p.store.get(JOBS, "r1")).attempts == 3


class Mason:
    """A slow look that shows what it does and fails once."""

    tries = 0

    @capability("Build", command="build", slow=True)
    async def build(self, ask: Ask) -> Reply:
        assert ask.say is not None
        await ask.say("laying stones")
        self.tries += 1
        if self.tries == 1:
            raise ConnectionError("the wall fell")
        return Reply(drafts=(Draft(text="built"),))


async def test_a_job_that_fails_after_showing_progress_goes_on_in_the_same_message(tmp_path: Path) -> None:
    mason = Mason()
    async with parlour(tmp_path, mason) as p:
        await p.core.log.append([p.entry("den", "Ana", "/build")])
        await soon(lambda: mason.tries and not p.core.jobs.running)
        await p.later(seconds=10)
        assert p.texts("den") == ["built"]
        final = p.channel.sent[-1]
        assert final.what == "edit"
        assert len({o.shown for o in p.channel.sent}) == 1


class Library:
    """A slow look."""

    def __init__(self) -> None:
        self.asked = 0

    @capability("Look it up", command="look", slow=True)
    async def look(self, ask: Ask) -> Reply:
        self.asked += 1
        return Reply(drafts=(Draft(text="found it"),), data={"n": self.asked})


async def test_a_slow_look_does_not_hold_the_lane_and_its_result_is_an_entry(tmp_path: Path) -> None:
    async with parlour(tmp_path, Library()) as p:
        asked = await p.say("den", "Ana", "/look")
        assert p.texts("den") == ["found it"]
        assert asked.answers == ()
        results = [e for e in await _entries(p) if e.what == "result"]
        assert [e.value["calls"][0]["name"] for e in results] == ["look"]


async def test_a_repeated_job_ends_in_the_same_entry_and_is_answered_once(tmp_path: Path) -> None:
    library = Library()
    async with parlour(tmp_path, library) as p:
        await p.say("den", "Ana", "/look")
        (job,) = await p.store.find(JOBS, {"state": "done"})
        again = Entry(id=result_id(job), thread=job.thread, what="result", at=p.clock.now(), value={"text": "twice"})
        await p.hear(again)
        assert p.texts("den") == ["found it"]


async def _entries(p: Parlour) -> list[Entry]:
    thread = await p.thread("den")
    return await p.store.find(ENTRIES, {"thread": thread.id}, order="seq")
