"""Of towns that share a name the one is meant that the words beside it tell, with a comma or without."""

from datetime import date

import pytest

from bot.brains.offline.understand import Understander
from bot.gazetteer import Gazetteer
from tests.bot.brains.offline.travel import desk

TODAY = date(2026, 11, 18)


@pytest.fixture(scope="module")
def brain() -> Understander:
    return Understander(desk(), Gazetteer())


@pytest.mark.parametrize(
    ("said", "country", "region"),
    [
        ("Cambridge Massachusetts", "US", "MA"),
        ("Cambridge, Massachusetts", "US", "MA"),
        ("cambridge massachusetts", "US", "MA"),
        ("Portland Maine", "US", "ME"),
        ("Paris Texas", "US", "TX"),
        ("Alexandria Virginia", "US", "VA"),
        ("Perth Scotland", "GB", "SCT"),
        ("London Ontario", "CA", "08"),
        ("Valencia Spain", "ES", "60"),
    ],
)
def test_a_qualifier_tells_which_town(said: str, country: str, region: str, brain: Understander) -> None:
    for text, intent in ((f"hotel in {said} on 2 December", "search_hotels"), (f"weather in {said}", "get_weather")):
        found = brain.understand(text, TODAY)
        assert found.intent == intent
        spot = Gazetteer().find(found.slots["location"])
        assert spot is not None and (spot.country, spot.region) == (country, region)
