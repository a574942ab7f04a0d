"""Two processes send to one Place: what a dead one left goes first, and what one has sent the other leaves alone."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.content import Content
from bot.deliver import Deliverer
from bot.documents import Insert
from bot.errors import RetryLater, Undeliverable
from bot.faultpoints import FaultPoints
from bot.locking.local import LocalLocks
from bot.model import ENTRIES, KINDS, Answer, Delivery, Entry
from bot.storage.sqlite import SqliteStore
from bot.texts import say
from tests.bot.parlour import PaperChannel
from tests.waiting import soon

PLACE = "paper:main:den"


def handled(number: int) -> Entry:
    """An Entry whose Turn is committed and whose answer still has to be sent."""
    id = f"{PLACE}:message:{number}"
    answer = Answer(id=f"{id}/0", content=Content(text=f"pong {number}"))
    delivery = Delivery(id=f"{answer.id}@{PLACE}", place=PLACE, answer=answer.id)
    return Entry(
        id=id, thread="t1", what="message", at=datetime.now(UTC), arrival=number, place=PLACE, handled=True,
        seq=number, answers=(answer,), deliveries=(delivery,), version=1,
    )  # fmt: skip


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(tmp_path)
    await store.open(KINDS)
    yield store
    await store.close()


def process(store: SqliteStore, channel: PaperChannel, locks: LocalLocks) -> Deliverer:
    async def nobody(people: tuple[str, ...], place: str) -> tuple[str, ...]:
        return ()

    async def no_trip(thread: str, place: str) -> str:
        return ""

    return Deliverer(store, SystemClock(), locks, {"paper": channel}, FaultPoints(), nobody, no_trip, shared=True)


async def until_closed(store: SqliteStore, *processes: Deliverer) -> None:
    async def closed() -> bool:
        return not any(p.places for p in processes) and not await store.find(ENTRIES, {"open": True})

    await soon(closed)


async def test_what_a_dead_process_left_is_sent_before_what_came_after(store: SqliteStore) -> None:
    entries = [handled(n) for n in (1, 2, 3)]
    await store.commit([Insert(ENTRIES, e) for e in entries])
    channel = PaperChannel()
    survivor = process(store, channel, LocalLocks())
    survivor.put(entries[2])
    await until_closed(store, survivor)
    assert [o.content.text for o in channel.sent] == ["pong 1", "pong 2", "pong 3"]


async def test_what_is_refused_leaves_a_line_in_its_place_whoever_sends_it(store: SqliteStore) -> None:
    entries = [handled(n) for n in (1, 2, 3)]
    await store.commit([Insert(ENTRIES, e) for e in entries])
    channel = PaperChannel()
    channel.trouble = [Undeliverable("refused"), Undeliverable("refused")]
    survivor = process(store, channel, LocalLocks())
    for entry in entries[1:]:
        survivor.put(entry)
    await until_closed(store, survivor)
    texts = [o.content.text for o in channel.sent]
    assert sorted(texts) == sorted([say("missing")] * 2 + ["pong 3"]) and texts[0] == say("missing")


async def test_what_one_has_sent_the_other_leaves_alone(store: SqliteStore) -> None:
    entries = [handled(n) for n in range(1, 9)]
    await store.commit([Insert(ENTRIES, e) for e in entries])
    channel, locks = PaperChannel(), LocalLocks()
    one, other = process(store, channel, locks), process(store, channel, locks)
    for entry in entries:
        one.put(entry)
        other.put(entry)
    await until_closed(store, one, other)
    assert [o.content.text for o in channel.sent] == [f"pong {n}" for n in range(1, 9)]


async def test_without_leases_an_answer_may_leave_twice_under_one_id_but_never_out_of_order(store: SqliteStore) -> None:
    entries = [handled(n) for n in range(1, 9)]
    await store.commit([Insert(ENTRIES, e) for e in entries])
    channel = PaperChannel()
    channel.trouble = [RetryLater(0.01)] * 3
    one, other = process(store, channel, LocalLocks()), process(store, channel, LocalLocks())
    for n, entry in enumerate(entries):
        (one, other)[n % 2].put(entry)
    await until_closed(store, one, other)
    first_seen = list(dict.fromkeys(o.id for o in channel.sent))
    assert first_seen == [e.deliveries[0].id for e in entries]
