"""A hotel, a ride or a meal is swapped for another one as somebody would rather have it."""

import pytest

from booking.itinerary.instead import Instead, read
from booking.itinerary.validate import troubles
from bot.errors import AskAgain, Explain
from tests.booking.itinerary.test_a_group_edits_its_trip import ZURI, planned
from tests.booking.itinerary.world import Desk


@pytest.mark.parametrize(
    ("said", "than", "words"),
    (
        ("something by the beach, cheaper", ("cheaper",), ("beach",)), ("a later one", ("later",), ()),
        ("something closer", ("closer",), ()), ("a better rated hotel", ("better",), ("hotel",)),
        ("a museum", (), ("museum",)), ("something else", (), ()), ("nyingine ya bei nafuu", ("cheaper",), ()),
    ),
)  # fmt: skip
def test_a_wish_is_read(said: str, than: tuple[str, ...], words: tuple[str, ...]) -> None:
    assert read(said) == Instead(than=than, words=words)


async def test_a_hotel_is_swapped_and_back(desk: Desk) -> None:
    plan = await planned(desk)
    other = {"Palm Inn": "Reef Resort", "Reef Resort": "Palm Inn"}
    await desk.do("swap_item", item="the hotel", persona=ZURI)
    after = await desk.plan()
    assert [s.title for s in after.stays] == [other[plan.stays[0].title]]
    assert after.days == plan.days and troubles(after) == []
    await desk.do("undo_trip")
    assert (await desk.plan()).stays == plan.stays


async def test_a_hotel_is_swapped_for_a_cheaper_one_or_it_is_said_what_comes_near(desk: Desk) -> None:
    await planned(desk)
    if (await desk.plan()).stays[0].title != "Reef Resort":
        await desk.do("swap_item", item="hotel for something else")
    await desk.do("swap_item", item="hotel, cheaper please")
    assert (await desk.plan()).stays[0].title == "Palm Inn"
    with pytest.raises(Explain, match="cheaper"):
        await desk.do("swap_item", item="the hotel for something cheaper")
    with pytest.raises(Explain, match="There is Reef Resort"):
        await desk.do("swap_item", item="the hotel for Reef Resort, cheaper")


async def test_a_ride_is_swapped_for_a_later_one(desk: Desk) -> None:
    plan = await planned(desk)
    if plan.days[0].items[0].title != "Morning Coach":
        await desk.do("swap_item", item="the flight for an earlier bus")
    before = (await desk.plan()).days[0].items[0]
    assert before.title == "Morning Coach"
    await desk.do("swap_item", item="the bus for a later one")
    after = await desk.plan()
    assert after.days[0].items[0].title == "Early Flight" and troubles(after) == []
    with pytest.raises(Explain, match="later"):
        await desk.do("swap_item", item="the way there for a later one")
    with pytest.raises(Explain):
        await desk.do("swap_item", item="the bus back for another one")


async def test_the_question_which_one_keeps_the_wish(desk: Desk) -> None:
    await planned(desk)
    with pytest.raises(AskAgain) as asked:
        await desk.do("swap_item", item="activity for something cheaper")
    assert asked.value.known == {"wish": "cheaper"}
