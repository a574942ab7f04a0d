"""Attacks on votes: numbers and moments at the end of the world, choices that nobody can see."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.consent.deadlines import deadline
from bot.consent.wording import free_options, quorum
from bot.errors import AskAgain
from tests.bot.consent.booth import booth

NOW = datetime(2027, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    "words", ["9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59", "0001-01-01"]
)
def test_a_deadline_at_the_end_of_time_is_asked_for_again(words: str) -> None:
    with pytest.raises(AskAgain):
        deadline(words, NOW)


@pytest.mark.parametrize("words", ["quorum 99999999999999999999", "quorum 1000000", "9" * 3000])
def test_a_quorum_beyond_all_numbers_is_not_taken_for_none(words: str) -> None:
    assert (quorum(words) or 0) > 10_000


async def test_a_vote_that_nobody_could_decide_is_not_opened(tmp_path: Path) -> None:
    async with booth(tmp_path) as b:
        assert "3" in await b.say("Ana", "/poll beach or museum, quorum 99999999999999999999")
        assert not b.cards()


def test_choices_that_nobody_can_see_are_none() -> None:
    for said in ("\x00 or \x01", "\u200b or \u200c or beach"):
        with pytest.raises(AskAgain):
            free_options(said)
