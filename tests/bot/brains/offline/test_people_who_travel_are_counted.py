"""How many travel, where they are named rather than counted; and messages typed in a hurry."""

import pytest

from booking.itinerary.asking import Request, length
from bot.brains.offline.understand import Understander
from bot.errors import AskAgain
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.travel import desk


@pytest.mark.parametrize(
    ("text", "travelers"),
    [
        ("a family room in Kilifi for mum, dad and three kids", "5"),
        ("a hotel in Lamu for me, my wife and 2 kids", "4"),
        ("my sister and I need a hotel in Nakuru", "2"),
        ("I am going to Kisumu with my husband and our baby, find a hotel", "3"),
        ("a hotel in Voi for 2 adults 1 child", "3"),
        ("for three people, and I would like a hotel in Thika", "3"),
        ("a hotel in Nyeri, there are 2 of us and I prefer a quiet one", "2"),
        ("that works for me, and I would like a hotel in Kitui for two days, just me", "1"),
        ("a hotel in Embu, just for me", "1"),
        ("a solo trip to Kigali for 4 days", "1"),
    ],
)
def test_people_named_one_by_one_are_added_up(understander: Understander, text: str, travelers: str) -> None:
    assert understander.understand(text, TODAY).slots["travelers"] == travelers


@pytest.mark.parametrize(
    ("text", "origin", "destination"),
    [
        ("wanna fly 2 lamu frm msa", "Mombasa", "Lamu"),
        ("book a seat on the SGR nrb to msa", "Nairobi", "Mombasa"),
        ("fights from Kisumu to Mombassa", "Kisumu", "Mombasa"),
        ("train nairobi to suswa 21st march", "Nairobi", "Suswa"),
        ("taxi Charles de Gaulle to Montmartre", "Charles de Gaulle", "Montmartre"),
        ("fly to Kigali, not Kampala, from Kisumu", "Kisumu", "Kigali"),
    ],
)
def test_ways_are_read_however_they_are_typed(
    understander: Understander, text: str, origin: str, destination: str
) -> None:
    slots = understander.understand(text, TODAY).slots
    assert (slots["origin"], slots["destination"]) == (origin, destination)


@pytest.mark.parametrize(
    ("text", "nights"),
    [("Mombasa -3 nights", "-3"), ("Mombasa for −3 nights", "-3"), ("Mombasa - 3 nights", "3"), ("2-3 nights", "3")],
)
def test_a_length_below_nought_stays_below_it(understander: Understander, text: str, nights: str) -> None:
    (found,) = (c for c in desk() if c.name == "create_itinerary")
    assert understander.fill(found, text, TODAY).slots["nights"] == nights


def test_a_trip_of_nights_below_nought_cannot_be() -> None:
    with pytest.raises(AskAgain, match="1 to 30 days"):
        length(Request(nights=-3), TODAY)
