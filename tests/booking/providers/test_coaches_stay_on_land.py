"""Coaches of the sandbox drive where a road goes: over bridges and through tunnels, never over water."""

import pytest

from booking.offers import OfferKind
from booking.providers.sandbox.borders import Borders
from booking.providers.sandbox.catalogue import SELLERS, Catalogue
from booking.providers.sandbox.land import Land
from booking.providers.sandbox.market import Moment
from bot.gazetteer import Spot
from tests.booking.bazaar import ATLAS, NOON, opened, wish

LAND, BORDERS = Land(), Borders()

BY_WATER = [
    "Dar es Salaam - Zanzibar", "Tanga - Pemba Island", "Nairobi - Zanzibar", "Naples - Palermo", "Rome - Cagliari",
    "Barcelona - Palma", "Palma - Ibiza", "Athens - Irákleion", "Athens - Mykonos", "Marseille - Ajaccio",
    "London - Dublin", "London - Belfast", "Tangier - Seville", "Helsinki - Tallinn", "Stockholm - Helsinki",
    "Stockholm - Visby", "Aomori - Hakodate", "Kagoshima - Naha", "Fukuoka - Busan", "Seoul - Jeju City",
    "Guangzhou - Haikou", "Manila - Cebu City", "Cebu City - Tagbilaran City", "Surabaya - Denpasar",
    "Denpasar - Mataram", "Singapore - Batam", "Bangkok - Ko Samui", "Melbourne - Hobart",
    "Wellington - Christchurch", "Honolulu - Kahului", "Vancouver - Victoria", "Cancún - Cozumel",
    "La Paz, Mexico - Mazatlán", "Miami - Nassau", "Praia - Mindelo", "Suva - Labasa", "Aqaba - Sharm el-Sheikh",
    "Male - Hithadhoo",
]  # fmt: skip
BY_ROAD = [
    "Nairobi - Mombasa", "Nairobi - Lamu", "Kisumu - Kampala", "Nairobi - Arusha", "London - Paris",
    "Belfast - Dublin", "Palermo - Catania", "Palma - Manacor", "Irákleion - Chaniá", "Copenhagen - Malmö",
    "Århus - Copenhagen", "Osaka - Fukuoka", "Osaka - Tokushima", "Sapporo - Hakodate", "Bangkok - Phuket",
    "Singapore - Kuala Lumpur", "Hong Kong - Macau", "Manama - Dammam", "Jakarta - Surabaya", "Manila - Baguio",
    "Nadi - Suva", "Auckland - Wellington", "Christchurch - Dunedin", "Seattle - Vancouver", "Tijuana - Ensenada",
    "Haikou - Sanya", "Madrid - Lisbon", "Istanbul - Sofia", "Zanzibar - Nungwi",
]  # fmt: skip


def ends(way: str) -> tuple[Spot, Spot]:
    found = [ATLAS.find(name) for name in way.split(" - ")]
    assert all(found), way
    return found[0], found[1]  # type: ignore[return-value]


def drives(way: str) -> bool:
    one, other = ends(way)
    there, back = (BORDERS.joined(a.country, b.country) and LAND.joined(a, b) for a, b in ((one, other), (other, one)))
    assert there == back
    return there


@pytest.mark.parametrize("way", BY_WATER)
def test_no_coach_crosses_the_water(way: str) -> None:
    assert not drives(way), [(spot.name, LAND.of(spot)) for spot in ends(way)]


@pytest.mark.parametrize("way", BY_ROAD)
def test_a_coach_drives_where_a_road_goes(way: str) -> None:
    assert drives(way), [(spot.name, LAND.of(spot)) for spot in ends(way)]


@pytest.mark.parametrize("seed", range(5))
def test_no_seller_has_a_coach_to_an_island_and_all_keep_those_by_road(seed: int) -> None:
    catalogue = Catalogue(seed, ATLAS)
    for way, sold in (("Dar es Salaam - Zanzibar", False), ("London - Dublin", False), ("Nairobi - Mombasa", True)):
        origin, city = way.split(" - ")
        asked = wish(OfferKind.BUS, city, origin)
        refs = [ref for seller in SELLERS for ref in catalogue.refs(seller, asked)]
        assert any(catalogue.offer(ref, Moment(NOON)) for ref in refs) is sold, way


async def test_whoever_asks_for_one_is_told_that_there_is_none() -> None:
    async with opened() as bazaar:
        found = await bazaar.inventory.search(wish(OfferKind.BUS, "Zanzibar", "Dar es Salaam"))
        assert found.offers == () and found.silent == ()
