"""The gazetteer knows places the way people write them, quickly and from several threads."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.gazetteer import Gazetteer
from bot.names import fold


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer()


@pytest.mark.parametrize(
    ("said", "name", "country"),
    [
        ("Nairobi", "Nairobi", "KE"),
        ("MOMBASA", "Mombasa", "KE"),
        ("LA", "Los Angeles", "US"),
        ("nyc", "New York City", "US"),
        ("New York", "New York City", "US"),
        ("nbo", "Nairobi", "KE"),
        ("MBA", "Mombasa", "KE"),
        ("SFO", "San Francisco", "US"),
        ("JKIA", "Nairobi", "KE"),
        ("Jomo Kenyatta International Airport", "Nairobi", "KE"),
        ("nairbi", "Nairobi", "KE"),
        ("Mombassa", "Mombasa", "KE"),
        ("Kisumuu", "Kisumu", "KE"),
        ("Cape Twon", "Cape Town", "ZA"),
        ("diani", "Diani Beach", "KE"),
        ("the Mara", "Maasai Mara", "KE"),
        ("Bali", "Bali", "ID"),
        ("Mt. Kenya", "Mount Kenya", "KE"),
        ("Washington D.C.", "Washington", "US"),
        ("Toronto, Ontario", "Toronto", "CA"),
        ("Sydney, NSW", "Sydney", "AU"),
        ("London, UK", "London", "GB"),
        ("London, Ontario", "London", "CA"),
        ("San Diego, CA", "San Diego", "US"),
        ("São Paulo", "São Paulo", "BR"),
        ("sao paulo", "São Paulo", "BR"),
        ("Найроби", "Nairobi", "KE"),
        ("Kenya", "Kenya", "KE"),
    ],
)
def test_a_place_is_found_as_people_write_it(gazetteer: Gazetteer, said: str, name: str, country: str) -> None:
    spot = gazetteer.find(said)
    assert spot is not None
    assert (spot.name, spot.country) == (name, country)


@pytest.mark.parametrize(
    "text", ["", "   ", "xyzzyq", "the", "!!!", "a" * 10_000, "\u202e\u0000", "'; drop table spot; --"]
)
def test_what_names_no_place_finds_nothing(gazetteer: Gazetteer, text: str) -> None:
    assert gazetteer.find(text) is None


def test_a_namesake_in_the_country_at_hand_comes_first(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("Victoria", near="SC") != gazetteer.find("Victoria", near="CA")
    assert [s.country for s in gazetteer.candidates("London")][:2] == ["GB", "CA"]


def test_a_spot_tells_where_it_is_and_how_to_fly_there(gazetteer: Gazetteer) -> None:
    mombasa = gazetteer.find("Mombasa")
    assert mombasa is not None
    assert mombasa.airports[0] == "MBA"
    assert mombasa.tz == "Africa/Nairobi"
    assert (round(mombasa.lat), round(mombasa.lon)) == (-4, 40)
    assert mombasa.population > 1_000_000


def test_places_in_a_sentence_are_the_longest_names_that_fit(gazetteer: Gazetteer) -> None:
    words = ["from", "New", "York", "City", "to", "Dar", "es", "Salaam", "then", "Diani"]
    found = {" ".join(words[s.start : s.end]): s.spot.name for s in gazetteer.spans(words)}
    assert found["New York City"] == "New York City"
    assert found["Dar es Salaam"] == "Dar es Salaam"
    assert found["Diani"] == "Diani Beach"


def test_money_and_names_of_countries_are_known(gazetteer: Gazetteer) -> None:
    assert gazetteer.currency("KE") == "KES"
    assert gazetteer.country_name("TZ") == "Tanzania"
    assert gazetteer.currency("??") is None
    assert gazetteer.country_name("??") == "??"


def test_an_airport_code_leads_to_its_city(gazetteer: Gazetteer) -> None:
    spot = gazetteer.airport("KIS")
    assert spot is not None and spot.name == "Kisumu"
    assert gazetteer.airport("ZZZ9") is None


def test_several_threads_may_ask_at_once(gazetteer: Gazetteer) -> None:
    names = ["Nairobi", "Mombasa", "Kisumu", "nairbi", "LA", "Paris"] * 30
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: Gazetteer.find(gazetteer, n), names))
    assert [s.name for s in found if s][:3] == ["Nairobi", "Mombasa", "Kisumu"]
    assert all(found)


def test_closing_and_asking_again_opens_the_file_again() -> None:
    gazetteer = Gazetteer()
    first = gazetteer.find("Eldoret")
    gazetteer.close()
    assert first is not None and gazetteer.spans(["Kitale"])[0].spot.country == "KE"
    gazetteer.close()


@given(st.text(max_size=200))
def test_no_text_breaks_the_gazetteer(text: str) -> None:
    gazetteer = Gazetteer()
    gazetteer.find(text)
    gazetteer.spans(text.split())
    assert fold(fold(text)) == fold(text) or not text.isascii()
    gazetteer.close()


@pytest.mark.parametrize(
    ("start", "name", "country"),
    [
        ("Auckland", "Queenstown", "NZ"), ("Nairobi", "Queenstown", "ZA"),
        ("Auckland", "Queenstown, South Africa", "ZA"),
        ("Toronto", "London", "GB"), ("Seattle", "Vancouver", "CA"), ("Madrid", "Valencia", "ES"),
        ("London", "London", "GB"),
    ],
)  # fmt: skip
def test_of_namesakes_people_mean_the_one_at_home_unless_another_is_far_better_known(
    gazetteer: Gazetteer, start: str, name: str, country: str
) -> None:
    origin = gazetteer.find(start)
    assert origin is not None
    reached = gazetteer.reached(name, origin)
    assert reached is not None and reached.country == country
