"""The offline brain's understanding over a travel desk that has nothing behind it."""

from datetime import date

import pytest

from bot.brains.offline.understand import Understander
from bot.gazetteer import Gazetteer
from tests.bot.brains.offline.travel import desk

TODAY = date(2026, 3, 3)  # a Tuesday


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.fixture(scope="session")
def understander(gazetteer: Gazetteer) -> Understander:
    return Understander(desk(), gazetteer)
