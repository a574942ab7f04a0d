"""A network's message id leads back to the Entry or Answer, in this process and after a restart."""

from pathlib import Path

from bot.clock import SystemClock
from bot.shown import SHOWN_PARTS, ShownParts
from bot.storage.sqlite import SqliteStore


async def test_it_is_found_in_memory_and_after_a_restart(tmp_path: Path) -> None:
    store, clock = SqliteStore(tmp_path), SystemClock()
    await store.open([SHOWN_PARTS])
    parts = ShownParts(store, clock)
    parts.note(("n:1", "n:2"), "n:main:a", "answer1", [(1, "token", "Fly")])
    parts.note(("n:3",), "n:main:b", "answer2")
    parts.note(("n:1",), "n:main:a", "answer1")  # noted twice: once is enough
    parts.note(("n:4",), "n:main:a", "answer3")
    await parts.close()
    for known in (parts, ShownParts(store, clock)):
        found = await known.find("n:2")
        assert found is not None and (found.shown, found.choices) == ("answer1", ((1, "token", "Fly"),))
        assert await known.find("n:9") is None
        last = await known.last("n:main:a")
        assert last is not None and last.shown == "answer3"
        assert await known.last("n:main:c") is None
    await store.close()
