"""The story of the house over HTTP alone, anywhere, at any time, for any party, money and world."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest

from tests.stories import chapters
from tests.stories.caravan import Caravan
from tests.stories.group import Simulator
from tests.stories.journey import Journey
from tests.stories.tell import gather, tell

JOURNEYS = (
    Journey(city="Mombasa", origin="Nairobi", start=date(2027, 3, 1)),
    Journey(
        city="Lisbon", origin="Madrid", start=date(2027, 5, 10), days=4, party=2, budget="900", currency="EUR",
        personas=("Luz", "Rui", "Pip"), seed=11,
    ),
    Journey(
        city="Tokyo", origin="Osaka", start=date(2027, 4, 2), party=3, budget="150000", currency="JPY",
        personas=("Hana", "Kenji", "Yuki"), seed=3,
    ),
    Journey(
        city="Kuwait City", origin="Dubai", start=date(2027, 2, 10), party=2, budget="400", currency="KWD", seed=5,
    ),
    Journey(
        city="Cape Town", origin="Johannesburg", start=date(2027, 9, 15), days=5, party=6, budget="25000",
        currency="ZAR", personas=("Thandi", "Sipho", "Jan-Willem"), seed=99,
    ),
)  # fmt: skip
IMPOSSIBLE = Journey(
    city="Barcelona", origin="Paris", start=date(2027, 6, 4), days=2, party=3, budget="5", currency="EUR", seed=21
)


@pytest.fixture
async def simulator(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Simulator]:
    """A Caravan of its own in the world of the journey."""
    running = Caravan(tmp_path, SANDBOX_SEED=str(request.node.callspec.params["journey"].seed)).start()
    async with Simulator(running.url) as there:
        yield there
    running.stop()
    assert "Traceback" not in (tmp_path / "log").read_text()


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda j: j.city)
async def test_a_group_plans_a_trip(simulator: Simulator, journey: Journey) -> None:
    await tell(simulator, journey)


@pytest.mark.parametrize("journey", [IMPOSSIBLE], ids=lambda j: j.city)
async def test_what_cannot_be_is_said_with_its_reason_and_what_would_do(simulator: Simulator, journey: Journey) -> None:
    teller = await gather(simulator, journey)
    await chapters.people_and_personas(teller)
    await chapters.cannot(teller)
    assert teller.facts.checked
