"""Stores alone: what the writes of a message cost. `python -m bench.store_micro DATA_DIR_OR_MONGO_URL`."""

import asyncio
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count

from bot.content import Content
from bot.documents import Insert, Replace
from bot.model import ENTRIES, KINDS, Answer, Delivery, Entry
from bot.ports import Store
from bot.storage import STORES

ROUNDS, THREADS = 3, 200


class Messages:
    """Numbered messages, each with the writes that the core makes for it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._run = f"{time.time_ns():x}"
        self._marks: set[asyncio.Task[None]] = set()

    async def handle(self, number: int) -> None:
        """Insert; then handled with an Answer; then, unhurried and not waited for, marked as sent."""
        entry = self._entry(number)
        await self._store.commit([Insert(ENTRIES, entry)])
        answer = Answer(id=f"{entry.id}/1", content=Content(text=entry.text.replace("/ping", "pong")))
        delivery = Delivery(id=f"{answer.id}@{entry.place}", place=entry.place, answer=answer.id)
        handled = replace(entry, version=1, handled=True, seq=number, answers=(answer,), deliveries=(delivery,))
        await self._store.commit([Replace(ENTRIES, handled)])
        sent = replace(handled, version=2, open=False, deliveries=(replace(delivery, state="sent", parts=("1",)),))
        mark = asyncio.create_task(self._store.commit([Replace(ENTRIES, sent)], hurry=False))
        self._marks.add(mark)
        mark.add_done_callback(self._marks.discard)

    def _entry(self, number: int) -> Entry:
        place, thread = f"bench:main:{number % THREADS}", f"{self._run}-{number % THREADS}"
        return Entry(
            id=f"{place}:message:{self._run}-{number}",
            thread=thread,
            what="message",
            at=datetime.now(UTC),
            arrival=time.time_ns(),
            place=place,
            author="bench:ana",
            name="Ana",
            text="/ping 4 to Mombasa in March",
        )

    async def marked(self) -> None:
        """Wait for the last marks."""
        while self._marks:
            await asyncio.wait(self._marks)


async def measure(store: Store, in_flight: int, messages: int, numbers: Iterator[int]) -> str:
    """One line of figures."""
    said, commits = Messages(store), store.commits  # type: ignore[attr-defined]
    left = iter(range(messages))
    waits: list[float] = []

    async def work() -> None:
        for _ in left:
            begun = time.perf_counter()
            await said.handle(next(numbers))
            waits.append(time.perf_counter() - begun)

    cpu, wall = time.process_time(), time.perf_counter()
    await asyncio.gather(*(work() for _ in range(in_flight)))
    await said.marked()
    cpu, wall = (time.process_time() - cpu) / messages, time.perf_counter() - wall
    commits = (store.commits - commits) / messages  # type: ignore[attr-defined]
    p95 = sorted(waits)[int(messages * 0.95)]
    return (
        f"{in_flight:3} in flight: {cpu * 1e6:4.0f} us CPU, {commits:5.3f} commits a message,"
        f" {messages / wall:6.0f} messages/s, p95 {p95 * 1e3:5.2f} ms"
    )


async def main(where: str) -> None:
    store = STORES["mongo" if where.startswith("mongodb") else "sqlite"](where)
    await store.open(KINDS)
    numbers = count(1)
    await measure(store, 32, 1000, numbers)
    for _ in range(ROUNDS):
        for in_flight, messages in ((1, 200), (8, 2000), (64, 6000)):
            print(await measure(store, in_flight, messages, numbers))
    begun = time.process_time()
    for n in range(1000):
        await store.find(ENTRIES, {"open": True}, order="thread", limit=1, offset=n % 2)
        await store.get(ENTRIES, "nowhere")
    print(f"a find and a get: {(time.process_time() - begun) * 1e3:.0f} us CPU")
    await store.close()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
