"""Fixtures every test may use: real MongoDB, Redis and Chromium; and the guards that hold for all tests."""

import contextlib
import gc
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

from tests import guards, scratch
from tests.mongod import Unavailable
from tests.servers import Server, shared_url, start_redis, stop_shared

if TYPE_CHECKING:
    from playwright.async_api import BrowserContext

RUN = "CARAVAN_TEST_RUN"
# Stories of the whole, random histories and attacks: every line in them is also walked by a test of that line.
REPEATED = (
    "tests/stories/",
    "tests/bench/",
    "tests/test_architecture.py",
    "tests/booking/itinerary/test_edits_keep_what_must_hold.py",
    "tests/booking/itinerary/test_two_hundred_requests_are_decided_rightly.py",
    "tests/booking/providers/test_the_sandbox_world_is_the_same_for_the_same_seed.py",
    "tests/booking/sale/test_any_day_ends_well.py",
    "tests/bot/brains/offline/test_hostile_text_does_no_harm.py",
    "tests/bot/brains/offline/test_strangers_are_understood.py",
    "tests/bot/consent/test_votes_of_any_kind_end_as_foretold.py",
    "tests/bot/test_attacks_",
    "tests/channels/discord/test_markup_carries_everything.py",
    "tests/channels/slack/test_markup_carries_everything.py",
    "tests/channels/test_splitting_loses_nothing.py",
    "tests/payments/test_interleavings.py",
    "tests/payments/test_money_histories.py",
    "tests/payments/together/test_expenses_are_shared.py::test_balances_of_ten_thousand",
)
CHROMIUM_OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def pytest_configure(config: pytest.Config) -> None:
    guards.refuse_live_keys()
    if _is_worker(config):
        return
    run = scratch.folder_of_run()
    os.environ[RUN] = os.environ["TMPDIR"] = tempfile.tempdir = str(run)
    # What a test starts reads its own settings, never the servers lent to the tests.
    for name in ("MONGO_URL", "REDIS_URL"):
        if given := os.environ.pop(name, None):
            os.environ[f"TEST_{name}"] = given


def pytest_sessionstart() -> None:
    guards.refuse_network()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes longest comes first; what walks the same lines again and again is not measured, in half the time."""
    items.sort(key=lambda item: "/stories/" not in item.nodeid)
    for item in items:
        if item.nodeid.startswith(REPEATED):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not _is_worker(config) and RUN in os.environ:
        stop_shared(Path(os.environ.pop(RUN)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or _is_worker(session.config) or session.exitstatus != pytest.ExitCode.OK:
        return
    if guards.forbidden_skips(guards.skip_reasons(reporter)):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reasons = guards.skip_reasons(terminalreporter)
    if reasons:
        terminalreporter.section("Skipped, and how to get it")
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"{count:4} x {reason}")
    for reason in guards.forbidden_skips(reasons):
        terminalreporter.write_line(f"FAILED: CI is set, nothing may be skipped: {reason}", red=True)


@pytest.fixture(scope="session")
def mongo_server_url() -> str:
    """A MongoDB replica set shared by the whole run: MONGO_URL where given, else our own mongod."""
    return _shared_or_skip("MONGO")


@pytest.fixture
def mongo_url(mongo_server_url: str) -> Iterator[str]:
    """The shared MongoDB with a database of this test's own, dropped after it.

    What a killed process has begun would hold that up for a minute: then it goes with the server."""
    from pymongo import MongoClient
    from pymongo.errors import ExecutionTimeout

    parts = urlsplit(mongo_server_url)
    database = f"caravan_{uuid4().hex}"
    yield urlunsplit(parts._replace(path=f"/{database}"))
    with MongoClient[dict[str, object]](mongo_server_url) as client, contextlib.suppress(ExecutionTimeout):
        client[database].command("dropDatabase", maxTimeMS=3000)


@pytest.fixture(scope="session")
def redis_server_url(worker_id: str) -> str:
    """A Redis shared by the run, a numbered database for each worker: REDIS_URL where given, else our own."""
    number = int(worker_id.removeprefix("gw") or 0) if worker_id != "master" else 0
    return urlunsplit(urlsplit(_shared_or_skip("REDIS"))._replace(path=f"/{number}"))


@pytest.fixture
def redis_url(redis_server_url: str) -> Iterator[str]:
    """The shared Redis, this worker's database, empty before the test."""
    from redis import Redis

    with Redis.from_url(redis_server_url) as client:
        client.flushdb()
    yield redis_server_url


@pytest.fixture
def own_redis() -> Iterator[Server]:
    """A Redis for this test alone that may be killed and restarted: `.url`, `.kill()`, `.restart()`."""
    try:
        with start_redis() as server:
            yield server
    except Unavailable as reason:
        pytest.skip(str(reason))


@pytest.fixture
async def chromium(tmp_path: Path) -> AsyncIterator["BrowserContext"]:
    """A real Chromium with a fresh profile: `await chromium.new_page()` for each window."""
    from playwright.async_api import async_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs chromium: apt install chromium, or put chromium on PATH")
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=program, headless=True, args=list(CHROMIUM_OPTIONS)
        )
        yield context
        await context.close()


def _shared_or_skip(name: str) -> str:
    try:
        return shared_url(Path(os.environ[RUN]), name)
    except Unavailable as reason:
        pytest.skip(str(reason))


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")
