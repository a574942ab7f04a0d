"""RedisLocks keep the contract of Locks, among processes and while Redis comes and goes."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from redis import Redis

from bot.errors import Misconfigured
from bot.locking import LOCKS
from bot.locking.redis import RedisLocks
from bot.ports import Locks
from tests.contracts.locks_contract import LocksContract
from tests.servers import Server, free_port
from tests.waiting import soon

KEY = "caravan:lease:lane:1"


@asynccontextmanager
async def opened(url: str, ttl: float = 5.0) -> AsyncIterator[RedisLocks]:
    """One process's locks."""
    locks = RedisLocks(url, ttl)
    await locks.open()
    try:
        yield locks
    finally:
        await locks.close()


async def granted(locks: Locks, key: str = "lane:1") -> bool:
    async with locks.lease(key) as mine:
        return mine


async def refused(locks: Locks) -> bool:
    return not await granted(locks)


async def woken(locks: Locks, heard: list[str], message: str) -> bool:
    """Whether a wake of this message has been heard by now."""
    await locks.wake("jobs", message)
    return message in heard


class TestRedisLocks(LocksContract):
    @pytest.fixture
    async def locks(self, redis_url: str) -> AsyncIterator[Locks]:
        locks = LOCKS["redis"](redis_url)
        await locks.open()
        yield locks
        await locks.close()


async def test_two_processes_exclude_each_other(redis_url: str) -> None:
    async with opened(redis_url) as ours, opened(redis_url) as theirs:
        async with ours.lease("lane:1") as mine:
            assert mine and not await granted(theirs) and await granted(theirs, "lane:2")
        assert await granted(theirs)


async def test_a_wake_is_heard_once_in_every_process(redis_url: str) -> None:
    heard: list[str] = []
    async with opened(redis_url) as ours, opened(redis_url) as theirs:
        ours.on_wake("jobs", lambda message: heard.append(f"ours {message}"))
        theirs.on_wake("jobs", lambda message: heard.append(f"theirs {message}"))
        await ours.wake("jobs", "thread 1")
        await theirs.wake("jobs", "thread 2")
        await soon(lambda: len(heard) == 4)
        await asyncio.sleep(0.02)
    assert sorted(heard) == ["ours thread 1", "ours thread 2", "theirs thread 1", "theirs thread 2"]


async def test_the_heartbeat_keeps_a_key_longer_than_its_time(redis_url: str) -> None:
    with Redis.from_url(redis_url) as client:
        async with opened(redis_url, ttl=1.5) as ours, opened(redis_url) as theirs, ours.lease("lane:1"):
            for _ in range(3):
                await renewed(client)
                assert not await granted(theirs)


async def renewed(client: Redis) -> None:
    """Until the time that the key has left goes up."""
    lefts: list[int] = []

    def risen() -> bool:
        lefts.append(int(client.pttl(KEY)))
        return lefts[-1] > min(lefts) + 200

    await soon(risen)


async def test_the_key_of_a_killed_process_is_free_after_its_time(redis_url: str) -> None:
    async with opened(redis_url) as ours:
        assert await granted(ours)
        with Redis.from_url(redis_url) as client:
            client.set(KEY, "killed", px=1000)
        assert await refused(ours)
        await soon(lambda: granted(ours))


async def test_a_key_that_was_lost_to_another_is_neither_renewed_nor_given_back(redis_url: str) -> None:
    with Redis.from_url(redis_url, decode_responses=True) as client:
        async with opened(redis_url, ttl=0.06) as ours:
            async with ours.lease("lane:1"):
                client.set(KEY, "another", px=60_000)
                await asyncio.sleep(0.1)
                assert 20_000 < int(client.pttl(KEY)) < 59_950
            assert client.get(KEY) == "another"


async def test_without_redis_leases_are_granted_and_only_this_process_is_woken() -> None:
    heard: list[str] = []
    async with opened(f"redis://127.0.0.1:{free_port()}/0") as ours:
        ours.on_wake("jobs", heard.append)
        async with ours.lease("lane:1") as mine:
            assert mine and not await granted(ours)
        await ours.wake("jobs", "still")
        await soon(lambda: heard == ["still"])


async def test_a_server_that_never_answers_counts_as_away() -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with opened(f"redis://127.0.0.1:{port}/0") as ours:
        assert await granted(ours) and await granted(ours, "lane:2")
        await ours.wake("jobs")
    server.close()


async def test_redis_lost_and_found_again(own_redis: Server) -> None:
    heard: list[str] = []
    async with opened(own_redis.url) as ours, opened(own_redis.url) as theirs:
        theirs.on_wake("jobs", heard.append)
        async with ours.lease("before") as mine:
            own_redis.kill()
            assert mine and await granted(theirs)
            await ours.wake("jobs", "lost")
        own_redis.restart()
        await soon(lambda: woken(ours, heard, "found"))
        async with ours.lease("lane:1"):
            await soon(lambda: refused(theirs))
        assert "lost" not in heard


@pytest.mark.parametrize("url", ["http://127.0.0.1", "redis://host:port", ""])
def test_a_url_that_is_none_stops_the_start(url: str) -> None:
    with pytest.raises(Misconfigured, match="REDIS_URL"):
        RedisLocks(url)
