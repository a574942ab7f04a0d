"""A shop for tests of buying."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.booking.shop import Shop, shop


@pytest.fixture
async def trip(tmp_path: Path) -> AsyncIterator[Shop]:
    """Ana, Ben and Chi in one group, with nothing in the cart."""
    async with shop(tmp_path) as opened:
        await opened.trip("Ana", "Ben", "Chi")
        yield opened
