"""Whatever breaks between us and MongoDB, a commit takes effect once, and what we are told of it is true."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

import pytest

from bot.documents import Delete, Insert, Op, Replace
from bot.errors import Clash, Conflict, Misconfigured, RetryLater, Unknown
from bot.ports import Store
from bot.storage.mongo import MongoStore
from tests.bot.storage.breaking_line import BreakingLine, breaking_line
from tests.contracts.stays import BILLS, KINDS, STAYS, Bill, clash, ids, increment, opened, patiently, stay
from tests.servers import free_port

UPDATE, DELETE, COMMIT = b"updates", b"deletes", b"commitTransaction"


@asynccontextmanager
async def through_a_line(
    mongo_url: str, *, patience: float = 30.0, options: str = ""
) -> AsyncIterator[tuple[BreakingLine, Store]]:
    """A store that reaches the real server only through the line."""
    there = urlsplit(mongo_url)
    async with breaking_line(there.port or 27017) as (line, port):
        url = f"mongodb://127.0.0.1:{port}{there.path}?directConnection=true{options}"
        async with opened(lambda: MongoStore(url, patience=patience)) as store:
            yield line, store
            line.times = 0


@pytest.fixture
async def line_and_store(mongo_url: str) -> AsyncIterator[tuple[BreakingLine, Store]]:
    async with through_a_line(mongo_url) as (line, store):
        await store.commit([Insert(STAYS, stay(1)), Insert(BILLS, Bill(id="b"))])
        yield line, store


@pytest.mark.parametrize("heard", [True, False])
@pytest.mark.parametrize(
    ("ops", "marker", "times"),
    [
        ([Insert(STAYS, stay(2))], UPDATE, 1),
        ([Insert(STAYS, stay(2))], UPDATE, 3),
        ([Replace(STAYS, stay(1, nights=2, version=1))], UPDATE, 1),
        ([Delete(STAYS, stay(1, version=1))], DELETE, 1),
        ([Insert(STAYS, stay(2)), Replace(BILLS, Bill(id="b", minor=5, version=1))], UPDATE, 1),
        ([Insert(STAYS, stay(2)), Replace(BILLS, Bill(id="b", minor=5, version=1))], COMMIT, 1),
        ([Insert(STAYS, stay(2)), Replace(BILLS, Bill(id="b", minor=5, version=1))], COMMIT, 3),
    ],
)
async def test_a_commit_takes_effect_once(
    line_and_store: tuple[BreakingLine, Store], ops: list[Op], marker: bytes, times: int, heard: bool
) -> None:
    line, store = line_and_store
    line.break_at(marker, times, heard=heard)
    await store.commit(ops)
    assert line.broken == times
    for op in ops:
        version = 1 if isinstance(op, Insert) else op.value.version + 1
        expected = None if isinstance(op, Delete) else replace(op.value, version=version)
        assert await patiently(partial(store.get, op.kind, op.value.id)) == expected


@pytest.mark.parametrize("marker", [UPDATE, COMMIT])
async def test_of_many_lists_every_one_learns_its_own_result(
    line_and_store: tuple[BreakingLine, Store], marker: bytes
) -> None:
    line, store = line_and_store
    lists: list[list[Op]] = [[Insert(STAYS, stay(n))] for n in range(30)]
    lists += [[Insert(BILLS, Bill(id=f"b{n}")), Insert(STAYS, stay(100 + n))] for n in range(30)]
    lists[45].append(Replace(BILLS, Bill(id="b", version=7)))
    line.break_at(marker, 2, heard=True)
    results = await asyncio.gather(*map(store.commit, lists), return_exceptions=True)
    assert line.broken == 2
    clashes = {n: result.clash for n, result in enumerate(results) if isinstance(result, Conflict)}
    assert clashes == {1: Clash("stays", "stay-001", "exists"), 45: Clash("bills", "b", "version")}
    assert len(await patiently(lambda: ids(store, {}, limit=200))) == 30 + 29


async def test_increments_over_a_bad_line_are_all_counted(line_and_store: tuple[BreakingLine, Store]) -> None:
    line, store = line_and_store
    line.break_at(UPDATE, 4, heard=True)
    await asyncio.gather(*(increment(store, "b") for _ in range(20)))
    assert line.broken > 0
    assert await patiently(lambda: store.get(BILLS, "b")) == Bill(id="b", minor=20, version=21)


async def test_a_clash_is_told_as_such_although_the_line_broke(
    line_and_store: tuple[BreakingLine, Store],
) -> None:
    line, store = line_and_store
    line.break_at(UPDATE, heard=True)
    assert await clash(store.commit([Replace(STAYS, stay(1, version=4))])) == Clash("stays", "stay-001", "version")


async def test_a_read_survives_a_break(line_and_store: tuple[BreakingLine, Store]) -> None:
    line, store = line_and_store
    line.break_at(b"find", heard=True)
    assert await store.get(STAYS, "stay-001") == stay(1, version=1)
    line.break_at(b"find", heard=True)
    assert await ids(store, {}) == ["stay-001"]
    assert line.broken == 2


@pytest.mark.parametrize(
    "ops",
    [[Insert(STAYS, stay(2))], [Insert(STAYS, stay(2)), Insert(STAYS, stay(3))]],
)
async def test_when_nobody_ever_answers_we_say_that_we_do_not_know(mongo_url: str, ops: list[Op]) -> None:
    async with through_a_line(mongo_url, patience=0.2) as (line, store):
        line.break_at(UPDATE if len(ops) == 1 else COMMIT, 10_000, heard=True)
        with pytest.raises(Unknown):
            await store.commit(ops)


async def test_close_does_not_wait_for_ever_for_a_server_that_is_away(mongo_url: str) -> None:
    there = urlsplit(mongo_url)
    async with breaking_line(there.port or 27017) as (line, port):
        store = MongoStore(f"mongodb://127.0.0.1:{port}{there.path}?directConnection=true")
        await store.open(KINDS)
        line.break_at(b"", 10_000, heard=False)
        lists: list[list[Op]] = [[Insert(STAYS, stay(1))], [Insert(STAYS, stay(2)), Insert(STAYS, stay(3))]]
        waiting = [asyncio.create_task(store.commit(ops)) for ops in lists]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(30):
            await store.close()
        results = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(result) for result in results] == [Unknown, Unknown]


async def test_a_server_that_is_away_stops_the_start() -> None:
    store = MongoStore(f"mongodb://127.0.0.1:{free_port()}/caravan?serverSelectionTimeoutMS=100")
    with pytest.raises(Misconfigured, match="MONGO_URL: no MongoDB answers there"):
        await store.open(KINDS)
    await store.close()


async def test_what_certainly_was_not_written_may_be_tried_again_later(mongo_url: str) -> None:
    away = through_a_line(mongo_url, patience=0.1, options="&serverSelectionTimeoutMS=1000")
    async with away as (line, store):
        line.break_at(b"", 10_000, heard=False)
        writing = store.commit([Insert(STAYS, stay(1)), Insert(STAYS, stay(2))])
        reading = store.get(STAYS, "stay-001"), store.find(STAYS, {})
        results = await asyncio.gather(writing, *reading, return_exceptions=True)
        assert [type(result) for result in results] == [RetryLater] * 3
