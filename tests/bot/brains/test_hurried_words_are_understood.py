"""Words of people in a hurry, of people whose English is young, and of people who speak Swahili."""

from collections.abc import Iterator
from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import Bilingual
from bot.core import Core
from bot.settings import Settings

TODAY = date(2026, 11, 18)
ASKED = {
    "we r 3 flying from Accra to Lagos 5 dec back 9 dec": ("search_flights", {"travelers": "3"}),
    "me n my bro wanna fly home to Kisumu for xmas from Nairobi": ("search_flights", {"travelers": "2"}),
    "My parents and me we like to visit Cape Town for one week": ("create_itinerary", {"travelers": "3", "days": "7"}),
    "weekend getaway Nanyuki for me and the missus from nairobi": ("create_itinerary", {"travelers": "2"}),
    "we search restaurant vegetarian in Addis Ababa": ("search_restaurants", {"location": "Addis Ababa"}),
    "from Bangkok I must arrive in Tokyo on Dec 10": (
        "search_flights", {"origin": "Bangkok", "destination": "Tokyo", "departure_date": "2026-12-10"}),
    "what can we do tomorrow in Naivasha": ("search_activities", {"location": "Naivasha", "date": "2026-11-19"}),
    "flights Nairobi to Kisumu the day after christmas": ("search_flights", {"departure_date": "2026-12-26"}),
    "kuna basi kutoka Kisumu hadi Nairobi kesho kutwa? tuko watatu": ("search_buses", {"travelers": "3"}),
    "tunahitaji vyumba viwili Lamu kuanzia tarehe 20 Desemba kwa usiku tatu": (
        "search_hotels", {"rooms": "2", "nights": "3", "check_in_date": "2026-12-20"}),
    "mahali pa kulala Nakuru leo, niko peke yangu": ("search_hotels", {"travelers": "1"}),
    "je, kutakuwa na jua Mombasa Jumamosi?": ("get_weather", {"location": "Mombasa", "date": "2026-11-21"}),
    "tutakula wapi Nairobi leo? tuko wanne": ("search_restaurants", {"location": "Nairobi", "travelers": "4"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def brain() -> Iterator[Bilingual]:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    yield Bilingual(core.registry, b.gazetteer)


@pytest.mark.parametrize(
    ("said", "tastes"),
    [
        ("ski lessons in Nairobi", "ski"),
        ("salsa classes in Kampala tomorrow", "salsa"),
        ("pottery workshop in Nairobi", "pottery"),
        ("bungee jumping in Jinja", "bungee"),
        ("any classes in Nairobi this weekend?", None),
    ],
)
def test_what_is_to_be_learnt_narrows_what_is_found(said: str, tastes: str | None, brain: Bilingual) -> None:
    found = brain.understand(said, TODAY)
    assert (found.intent, found.slots.get("tastes")) == ("search_activities", tastes)


@pytest.mark.parametrize("said", ASKED)
def test_what_is_written_in_a_hurry_is_understood(said: str, brain: Bilingual) -> None:
    found = brain.understand(said, TODAY)
    intent, slots = ASKED[said]
    assert found.intent == intent
    assert slots.items() <= found.slots.items()
