"""One Caravan and one Chromium for all stories of the page in this process; every story has a fresh profile."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio

from tests.conftest import CHROMIUM_OPTIONS
from tests.stories.caravan import Caravan
from tests.stories.window import PATIENCE

if TYPE_CHECKING:
    from playwright.async_api import Browser, BrowserContext


@pytest.fixture(scope="session")
def caravan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Caravan]:
    """A running Caravan that the stories share: each makes its own places."""
    running = Caravan(tmp_path_factory.mktemp("caravan")).start()
    yield running
    running.stop()


@pytest.fixture
def own_caravan(tmp_path: Path) -> Iterator[Caravan]:
    """A Caravan for one story: empty, and it may be stopped and started."""
    running = Caravan(tmp_path).start()
    yield running
    running.stop()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator["Browser"]:
    """The system's Chromium."""
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=PATIENCE)
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs chromium: apt install chromium, or put chromium on PATH")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_OPTIONS))
        yield running
        await running.close()


@pytest_asyncio.fixture(loop_scope="session")
async def people(browser: "Browser") -> AsyncIterator["BrowserContext"]:
    """A fresh profile: `Window.open(people, ...)` opens a window in it."""
    context = await browser.new_context(locale="en-GB", timezone_id="Africa/Nairobi")
    yield context
    await context.close()
