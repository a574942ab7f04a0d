"""What is asked in Swahili is understood as the same words in English are."""

import json
from collections.abc import Iterator
from datetime import date

import pytest

from app import base, furnish
from bot.brains.offline.swahili import _ENGLISH, Bilingual
from bot.brains.offline.understand import Understander
from bot.core import Core
from bot.settings import Settings

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def both() -> Iterator[tuple[Bilingual, Understander]]:
    b = base(Settings())
    core = Core(b.ground("all"))
    furnish(b, core)
    yield Bilingual(core.registry, b.gazetteer), Understander(core.registry, b.gazetteer)


ASKED = {
    "ndege kutoka Nairobi kwenda Mombasa tarehe 5 Desemba": ("search_flights", {"departure_date": "2026-12-05"}),
    "hoteli Mombasa kuanzia 12 Machi kwa usiku 2": (
        "search_hotels", {"location": "Mombasa", "check_in_date": "2027-03-12", "nights": "2"}),
    "basi kutoka Nairobi kwenda Kisumu kesho": ("search_buses", {"departure_date": "2026-11-21"}),
    "mkahawa mzuri Mombasa": ("search_restaurants", {"location": "Mombasa"}),
    "hali ya hewa Nairobi kesho": ("get_weather", {"location": "Nairobi", "date": "2026-11-21"}),
    "panga siku 3 Mombasa kwa watu 4": ("create_itinerary", {"destination": "Mombasa", "days": "3", "travelers": "4"}),
    "shughuli za kufanya Diani": ("search_activities", {"location": "Diani"}),
    "Msaada!": ("help", {}), "zungumza Kiswahili": ("language", {"words": "swahili"}),
    "ongeza ya pili kwenye kikapu": ("add_to_cart", {"offer": "number 2"}),
    "Kumbuka kwamba napenda samaki": ("remember", {"fact": "napenda samaki"}),
    "siku 3 Zanzibar kwa watu 2, bajeti 80000 KES kila mmoja": ("create_itinerary", {"per_person": "yes"}),
    "fanya siku nne": ("change_trip_length", {"days": "4"}),
    "Tufanye usiku mbili.": ("change_trip_length", {"nights": "2"}),
    "Tupige kura kati ya pilau na ugali hadi kesho saa mbili usiku": (
        "poll", {"options": "pilau na ugali hadi kesho saa mbili usiku"}),
    "pigeni kura: Lamu au Diani": ("poll", {"options": "Lamu au Diani"}),
    "unda persona anayeitwa Zuri": ("create_persona", {"name": "Zuri"}),
    "Nataka persona anayeitwa Kito anayependa makumbusho": ("create_persona", {"name": "Kito"}),
    "onyesha namba 3": ("show_offer", {"offer": "number 3"}),
}  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_main_things_are_asked_for_in_swahili(text: str, both: tuple[Bilingual, Understander]) -> None:
    understood = both[0].understand(text, TODAY)
    intent, slots = ASKED[text]
    assert understood.intent == intent
    assert slots.items() <= json.loads(json.dumps(dict(understood.slots), default=str)).items()


def test_every_request_in_swahili_asks_for_something(both: tuple[Bilingual, Understander]) -> None:
    silent = {"more", "cheaper"}  # they go on with what was searched
    asked = {sw: both[0].understand(sw, TODAY).intent for sw, en in _ENGLISH.items() if en.split()[-1] not in silent}
    assert [sw for sw, intent in asked.items() if intent is None] == []


@pytest.mark.parametrize("text", ["hotels in Mombasa on 12 March", "a bus to Mei Mahiu", "show the cart", "hi all"])
def test_english_is_read_as_before(text: str, both: tuple[Bilingual, Understander]) -> None:
    assert both[0].understand(text, TODAY) == both[1].understand(text, TODAY)
