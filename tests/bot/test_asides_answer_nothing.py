"""Words by the way, to others or about something else are not taken for the answer to an open question."""

from pathlib import Path

import pytest

from bot.asides import is_aside, is_filler, is_question
from tests.bot.parlour import parlour
from tests.bot.test_arguments_are_asked_for import Desk


@pytest.mark.parametrize(
    "text",
    (
        "hmm", "cool", "ok cool", "Let me see", "haha 😂", "👍", "sawa", "what about the day after", "and the price?",
        "how much is that", "na bei?", "who is coming?", "why?", "je, kuna basi", "yes please",
    ),
)  # fmt: skip
def test_it_is_an_aside(text: str) -> None:
    assert is_aside(text)


@pytest.mark.parametrize(
    "text",
    (
        "beach and food", "Zuri", "the second one", "2", "no museums please", "the cheap one",
        "Where do we eat: pizza or ugali?", "beach or museum?", "Kai the Great", "snorkelling, not too dear",
    ),
)  # fmt: skip
def test_it_may_be_an_answer(text: str) -> None:
    assert not is_aside(text)


def test_questions_are_told_from_talk() -> None:
    assert all(map(is_question, ("is it safe at night", "do I need a visa?", "tutaenda lini", "Dogs allowed?")))
    assert not any(map(is_question, ("we leave at five", "hmm", "I love the beach")))
    assert is_filler("asante sana") is False and is_filler("asante")


async def test_a_pause_leaves_the_question_open(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ben", "hi all")
        await p.say("den", "Ana", "/register Zuri")
        await p.say("den", "Ana", "wild")
        before = len(p.channel.sent)
        await p.say("den", "Ana", "hmm")
        await p.say("den", "Ana", "Ben, what do you think?")
        assert len(p.channel.sent) == before
        await p.say("den", "Ana", "to the sea")
        assert desk.booked == [{"name": "Zuri", "mood": "wild", "motto": "to the sea"}]


async def test_one_who_is_alone_is_reminded(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/table")
        await p.say("den", "Ana", "and the price?")
        assert "still waiting" in p.texts("den")[-1]
        await p.say("den", "Ana", "tomorrow")
        await p.say("den", "Ana", "4")
        assert len(desk.booked) == 1


async def test_a_new_request_ends_the_question_with_a_word(tmp_path: Path) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ben", "hi all")
        await p.say("den", "Ana", "/register")
        await p.say("den", "Ana", "is everything working?")
        assert any("I leave that for now" in text for text in p.texts("den")[-2:])
        assert (await p.thread("den")).asked == {}


@pytest.mark.parametrize(("said", "mood"), (("2", "wild"), ("the wild one", "wild"), ("calm please", "calm")))
async def test_a_choice_is_made_by_its_number_or_its_name(tmp_path: Path, said: str, mood: str) -> None:
    desk = Desk()
    async with parlour(tmp_path, desk) as p:
        await p.say("den", "Ana", "/register Zuri")
        await p.say("den", "Ana", said)
        await p.say("den", "Ana", "none")
        assert desk.booked == [{"name": "Zuri", "mood": mood}] or desk.booked[0]["mood"] == mood


async def test_one_alone_gets_an_answer_to_every_question(tmp_path: Path) -> None:
    async with parlour(tmp_path, Desk()) as p:
        await p.say("den", "Ana", "is it safe to walk at night?")
        assert "That I cannot answer" in p.texts("den")[-1]
        before = len(p.channel.sent)
        await p.say("den", "Ana", "hmm")
        assert len(p.channel.sent) == before
        await p.say("den", "Ben", "hi")
        before = len(p.channel.sent)
        await p.say("den", "Ana", "is it safe to walk at night?")
        assert len(p.channel.sent) == before
