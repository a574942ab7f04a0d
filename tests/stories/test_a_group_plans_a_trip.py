"""The story of the house over HTTP alone, anywhere, at any time, for any party, money and world."""

import asyncio
from datetime import date
from pathlib import Path

import pytest

from tests.stories import chapters
from tests.stories.caravan import Caravan
from tests.stories.group import Simulator
from tests.stories.journey import Journey
from tests.stories.tell import gather, tell

MOMBASA = Journey(city="Mombasa", origin="Nairobi", start=date(2027, 3, 1))
LISBON = Journey(
    city="Lisbon", origin="Madrid", start=date(2027, 5, 10), days=4, party=2, budget="900", currency="EUR",
    personas=("Luz", "Rui", "Pip"), seed=11,
)  # fmt: skip
TOKYO = Journey(
    city="Tokyo", origin="Osaka", start=date(2027, 4, 2), party=3, budget="150000", currency="JPY",
    personas=("Hana", "Kenji", "Yuki"), seed=3,
)  # fmt: skip
KUWAIT = Journey(
    city="Kuwait City", origin="Dubai", start=date(2027, 2, 10), party=2, budget="400", currency="KWD", seed=5
)
CAPE_TOWN = Journey(
    city="Cape Town", origin="Johannesburg", start=date(2027, 9, 15), days=5, party=6, budget="25000", currency="ZAR",
    personas=("Thandi", "Sipho", "Jan-Willem"), seed=99,
)  # fmt: skip
IMPOSSIBLE = Journey(
    city="Barcelona", origin="Paris", start=date(2027, 6, 4), days=2, party=3, budget="5", currency="EUR", seed=21
)


async def cannot(simulator: Simulator, journey: Journey) -> None:
    """What cannot be is said with its reason and what would do."""
    teller = await gather(simulator, journey)
    await chapters.people_and_personas(teller)
    await chapters.cannot(teller)
    assert teller.facts.checked


async def told(folder: Path, journey: Journey) -> None:
    """One journey in a Caravan of its own, in its own world; it leaves no error behind."""
    running = Caravan(folder, SANDBOX_SEED=str(journey.seed)).start()
    try:
        async with Simulator(running.url) as simulator:
            await (cannot if journey is IMPOSSIBLE else tell)(simulator, journey)
    finally:
        running.stop()
    assert "Traceback" not in running.log


# Two at once: a story waits for suppliers most of the time.
@pytest.mark.parametrize(
    "journeys",
    [(MOMBASA, LISBON), (TOKYO, KUWAIT), (CAPE_TOWN, IMPOSSIBLE)],
    ids=lambda js: " and ".join(j.city for j in js),
)
async def test_a_group_plans_a_trip(tmp_path: Path, journeys: tuple[Journey, Journey]) -> None:
    ended = await asyncio.gather(*(told(tmp_path / j.currency, j) for j in journeys), return_exceptions=True)
    for wrong in ended:
        if isinstance(wrong, BaseException):
            raise wrong
