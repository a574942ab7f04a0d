"""Whatever is written, understanding answers, and its work stays in proportion."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brains.offline.understand import Understander
from bot.brains.offline.understand_cli import answer_lines
from bot.brains.offline.words import LONGEST, read
from bot.minds import LastCall
from tests.bot.brains.offline.conftest import TODAY

LAST = LastCall(intent="search_hotels", slots={"location": "Mombasa", "check_in_date": "2026-03-10"})
HOSTILE = [
    "",
    " ",
    "\x00\x01\x02",
    "\u202eflights to Mombasa\u202c",
    "f\u200bl\u200bights to Momb\u0301asa",
    "ﬂｉｇｈｔｓ to Ｍｏｍｂａｓａ",
    "🛫" * 500,
    "a" * 10_000,
    "flights to " * 1_000,
    "help me to in with out by me help me " * 300,
    "really definitely certainly " * 400,
    "in in in in to to to to from from " * 300,
    "9" * 5_000,
    "1/1/1/1/1/1" * 200,
    "'; drop table spot; --",
    "{destination} {origin} <location> <count>",
    "from " + "Aa " * 2_000,
    "５ people to Ｎairobi",
    "\n" * 5_000 + "flights to Mombasa",
    "٤ أشخاص إلى مومباسا",
    "蒙巴萨的酒店",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_read_in_part_and_never_raises(understander: Understander, text: str) -> None:
    assert len(read(text).text) <= LONGEST
    for last in (None, LAST, LastCall(intent="search_hotels", asked="nights")):
        understood = understander.understand(text, TODAY, last)
        assert all(isinstance(value, str) and len(value) <= LONGEST for value in understood.slots.values())


@pytest.mark.parametrize(
    "text", ["\u202eflights to Mombasa\u202c", "f\u200bl\u200bights to Momb\u0301asa", "ﬂｉｇｈｔｓ to Ｍｏｍｂａｓａ"]
)
def test_disguised_letters_are_the_letters(understander: Understander, text: str) -> None:
    understood = understander.understand(text, TODAY)
    assert (understood.intent, understood.slots) == ("search_flights", {"destination": "Mombasa"})


@given(st.text(max_size=400))
def test_any_text_is_answered(understander: Understander, text: str) -> None:
    for last in (None, LAST):
        understander.understand(text, TODAY, last)


@given(
    st.lists(
        st.sampled_from(
            "book find me a hotel in Mombasa to from for 4 nights people the 5th of March please not and , . ?".split(
                " "
            )
        ),
        max_size=40,
    )
)
def test_any_order_of_travellers_words_is_answered(understander: Understander, words: list[str]) -> None:
    understander.understand(" ".join(words), TODAY, LAST)


def ask(understander: Understander, *lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in answer_lines(understander, lines)]


def test_lines_are_answered_in_order(understander: Understander) -> None:
    first, second = ask(
        understander,
        json.dumps({"text": "weather in Kisumu tomorrow", "today": "2026-03-03"}),
        json.dumps({"text": "good morning", "today": "2026-03-03"}),
    )
    assert first == {"intent": "get_weather", "slots": {"location": "Kisumu", "date": "2026-03-04"}}
    assert second == {"intent": None, "slots": {}}


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        "[]",
        "7",
        '{"text": "hi"}',
        '{"text": 5, "today": "2026-03-03"}',
        '{"text": "hi", "today": "soon"}',
        "[" * 5_000,
    ],
)
def test_a_malformed_line_is_answered_with_an_error(understander: Understander, line: str) -> None:
    (answer,) = ask(understander, line)
    assert (answer["intent"], answer["slots"]) == (None, {})
    assert answer["error"]
