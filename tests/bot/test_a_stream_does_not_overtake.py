"""Partial text is shown in its turn: where something said earlier still waits, it is missed and told at the end."""

from pathlib import Path

from bot.clock import SystemClock
from bot.model import JOBS, Job, Thread
from bot.storage.sqlite import SqliteStore
from bot.streams import Streams
from tests.bot.parlour import PaperChannel

FULL, FREE = "paper:main:full", "paper:main:free"


async def test_it_begins_only_where_nothing_waits_and_then_goes_on(tmp_path: Path) -> None:
    channel, waiting, store = PaperChannel(), {FULL}, SqliteStore(tmp_path)
    await store.open((JOBS,))
    streams = Streams(store, {"paper": channel}, SystemClock(), waiting.__contains__)
    job = Job(id="j", name="persona_turn", thread="t", due_at=SystemClock().now(), args={})
    stream = streams.open(job, Thread(id="t", places=(FULL, FREE)), "")
    await stream.progress("I look")
    assert [(o.place, o.what) for o in channel.sent] == [(FREE, "send")]
    waiting.clear()
    waiting.add(FREE)
    await stream.progress("I look around")
    assert [(o.place, o.what) for o in channel.sent[1:]] == [(FULL, "send"), (FREE, "edit")]
    await store.close()
