"""The servers and guards that the other tests stand on."""

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pymongo import AsyncMongoClient
from redis.asyncio import Redis
from redis.exceptions import ConnectionError as RedisLost

from tests import guards
from tests.servers import Server, start_mongod

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext


async def test_mongo_commits_a_transaction_in_a_database_of_the_tests_own(mongo_url: str) -> None:
    async with AsyncMongoClient[dict[str, object]](mongo_url) as client:
        trips = client.get_default_database()["trips"]
        async with client.start_session() as session, await session.start_transaction():
            await trips.insert_one({"_id": "mombasa"}, session=session)
        assert await trips.find_one({"_id": "mombasa"}) == {"_id": "mombasa"}


async def test_redis_is_empty_before_a_test(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("lane", "held")


async def test_redis_is_empty_before_the_next_test_too(redis_url: str) -> None:
    async with Redis.from_url(redis_url) as client:
        assert await client.dbsize() == 0
        await client.set("lane", "held")


async def test_a_redis_of_ones_own_can_be_lost_and_found_again(own_redis: Server) -> None:
    async with Redis.from_url(own_redis.url) as client:
        await client.set("lane", "held")
        own_redis.kill()
        with pytest.raises(RedisLost):
            await client.get("lane")
        own_redis.restart()
        assert await client.get("lane") is None


async def test_chromium_shows_a_page(chromium: "BrowserContext") -> None:
    page = await chromium.new_page()
    await page.set_content("<h1>Caravan</h1>")
    assert await page.inner_text("h1") == "Caravan"


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.com"])
def test_no_test_reaches_beyond_this_machine(host: str) -> None:
    with pytest.raises(guards.NetworkRefused):
        socket.create_connection((host, 9), timeout=0.01)


def test_a_live_key_in_the_environment_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    guards.refuse_live_keys()
    monkeypatch.setenv("STRIPE_SECRET_KEY", "sk_live_anything")
    with pytest.raises(pytest.UsageError, match="STRIPE_SECRET_KEY"):
        guards.refuse_live_keys()


def test_a_skip_fails_the_build_unless_only_shared_material_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    reasons = Counter({"needs mongod": 2, "needs ../shared beside this checkout": 1})
    monkeypatch.setenv("CI", "true")
    assert guards.forbidden_skips(reasons) == ["needs mongod"]
    monkeypatch.delenv("CI")
    assert guards.forbidden_skips(reasons) == []


def test_servers_lent_to_the_tests_are_hidden_from_what_they_start() -> None:
    assert "MONGO_URL" not in os.environ and "REDIS_URL" not in os.environ


async def test_a_mongod_of_ones_own_keeps_across_a_kill_what_it_acknowledged() -> None:
    with start_mongod() as server:
        async with AsyncMongoClient[dict[str, object]](server.url) as client:
            await client["caravan"]["trips"].insert_one({"_id": "mombasa"})
        server.kill()
        server.restart()
        async with AsyncMongoClient[dict[str, object]](server.url) as client:
            assert await client["caravan"]["trips"].count_documents({}) == 1


def test_a_server_ends_when_its_owner_was_killed(tmp_path: Path) -> None:
    start = "server = Server(redis_program(), Path(sys.argv[1])).start(); print(server.port, flush=True)"
    code = f"import os, sys; from tests.servers import *; {start}; os._exit(1)"
    owner = subprocess.run([sys.executable, "-c", code, tmp_path], capture_output=True, check=False)
    port, patience = int(owner.stdout), 600
    while is_served(port) and patience:
        time.sleep(0.05)
        patience -= 1
    assert patience, "the server outlived its owner"


def is_served(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
