"""A vote's closing time, and what was said when, are told by the clock of where the trip goes, named."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.consent.deadlines import deadline, written
from bot.content import Option, Poll
from bot.errors import AskAgain
from bot.model import Thread
from bot.zones import ZONE, told, zone_of
from channels.rendering import poll_text

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
NAIROBI = "Africa/Nairobi"


@pytest.mark.parametrize(
    ("words", "zone", "at"),
    (
        ("until 18:00", NAIROBI, "15:00"), ("until 18:00", "", "18:00"), ("until 18:00 UTC", NAIROBI, "18:00"),
        ("in 2 hours", NAIROBI, "12:00"),
    ),
)  # fmt: skip
def test_a_time_is_meant_by_the_trips_clock(words: str, zone: str, at: str) -> None:
    assert f"{deadline(words, NOW, zone):%H:%M %Z}" == f"{at} UTC"


def test_a_time_is_told_by_the_trips_clock() -> None:
    assert written(NOW, NAIROBI) == "Fri 20 Nov 13:00 EAT"
    assert written(NOW) == "Fri 20 Nov 10:00 UTC"
    poll = Poll(options=(Option(id="a", label="beach"),), closes_at=NOW, quorum=2, zone=NAIROBI)
    assert "13:00 EAT" in poll_text(poll) and "10:00 UTC" in poll_text(replace(poll, zone=""))


def test_what_is_past_there_is_past() -> None:
    with pytest.raises(AskAgain, match="EAT"):
        deadline("until 12:30", NOW, NAIROBI)


def test_a_thread_without_a_trip_has_no_zone_of_its_own() -> None:
    assert zone_of(Thread(id="t")) == ""
    assert told(NOW, zone_of(Thread(id="t", facts={ZONE: NAIROBI})), "%H:%M") == "13:00 EAT"
