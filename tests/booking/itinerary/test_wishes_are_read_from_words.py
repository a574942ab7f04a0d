"""What people write about a trip, and the hard and soft wishes in it."""

from datetime import time

import pytest

from booking.itinerary.wishes import clock_time, joined, phrases, read
from booking.itinerary.words import matches, stem
from booking.offers import Offer, OfferKind
from booking.trips import Wishes
from tests.booking.itinerary.world import NOW, venue


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        ("beach and food", Wishes(likes=("beach", "food"))),
        ("we love hiking, nature but no buses", Wishes(likes=("hiking", "nature"), avoid=("buses",))),
        ("no museums, not before 10", Wishes(avoid=("museums",), not_before=time(10))),
        ("nothing after 10 pm", Wishes(not_after=time(22))),
        ("back by 9", Wishes(not_after=time(21))),
        ("no earlier than 9:30", Wishes(not_before=time(9, 30))),
        ("max 6 hours a day", Wishes(minutes=360)),
        ("at most five hours per day", Wishes(minutes=300)),
        ("two activities a day and at least 5 activities", Wishes(per_day=2, activities=5)),
        ("must see fort jesus and without nightlife", Wishes(must=("fort jesus",), avoid=("nightlife",))),
        ("must have snorkelling; avoid spa and shopping", Wishes(must=("snorkelling",), avoid=("spa", "shopping"))),
        ("at least one museum", Wishes(must=("museum",))),
        ("not more than 60k shillings each", Wishes(likes=("not than 60k shillings",))),
        ("", Wishes()),
    ],
)
def test_a_text_says_what_it_says(text: str, wishes: Wishes) -> None:
    assert read(text) == wishes


def test_without_likes_only_what_is_hard_is_read() -> None:
    assert read("3 days in Mombasa for 4 in March, beach, no museums", likes=False) == Wishes(avoid=("museums",))


@pytest.mark.parametrize(
    ("text", "at"),
    [("10", time(10)), ("7 pm", time(19)), ("12 am", time(0)), ("noon", time(12)), ("midnight", time(0)),
     ("14:30", time(14, 30)), ("9.15", time(9, 15)), ("tea", None), ("12pm", time(12))],
)  # fmt: skip
def test_times_of_day_are_read(text: str, at: time | None) -> None:
    assert clock_time(text) == at


def test_of_two_wishes_the_stricter_holds() -> None:
    a = Wishes(minutes=300, not_before=time(9), per_day=1, must=("a",))
    b = Wishes(minutes=240, not_before=time(10), not_after=time(20), activities=4, must=("a", "b"))
    both = joined(a, b)
    assert (both.minutes, both.not_before, both.not_after) == (240, time(10), time(20))
    assert (both.per_day, both.activities, both.must) == (1, 4, ("a", "b"))


@pytest.mark.parametrize(
    ("word", "singular"),
    [("beaches", "beach"), ("galleries", "gallery"), ("museums", "museum"), ("bus", "bus"), ("glass", "glass"),
     ("oasis", "oasis"), ("buses", "bus"), ("sea", "sea")],
)  # fmt: skip
def test_plurals_meet_their_singular(word: str, singular: str) -> None:
    assert stem(word) == singular


def test_a_word_names_an_offer_by_tag_title_or_kind() -> None:
    offer = Offer(kind=OfferKind.BUS, ref="x:1", supplier="x", title="Fort Jesus Express", venue=venue("x"),
                  fetched_at=NOW, tags=("night coach", "museum"))  # fmt: skip
    for word in ("fort jesus", "Museums", "museum", "night coaches", "bus", "buses", "express"):
        assert matches(word, offer), word
    for word in ("jesus fort", "fort express", "muse", "", "hotel"):
        assert not matches(word, offer), word


def test_fillers_are_no_wishes() -> None:
    assert phrases(["we really like some good food and lots of beach"]) == ("food", "beach")
