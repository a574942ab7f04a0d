"""Utterances written by hand as strangers write them are understood, their arguments too, and chatter is left alone."""

from collections.abc import Mapping

import pytest

from bot.brains.offline.understand import Understander
from bot.minds import Understood
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.strangers_said import SCORED, Utterance, chatter, utterances

Heard = list[tuple[Utterance, Understood]]
_INTENT, _SLOTS, _CHATTER = 0.97, 0.96, 0.97


@pytest.fixture(scope="module")
def heard(understander: Understander) -> Heard:
    return [(u, understander.understand(u.text, TODAY)) for u in utterances()]


def _folded(slots: Mapping[str, str], ignored: Mapping[str, str]) -> set[tuple[str, str]]:
    kept = {k: v for k, v in slots.items() if k in SCORED and ignored.get(k) != "?"}
    return {(k, " ".join(v.casefold().replace(",", " ").split())) for k, v in kept.items()}


def test_what_strangers_ask_for_is_understood(heard: Heard) -> None:
    wrong = [(u.text, u.intent) for u, understood in heard if understood.intent != u.intent]
    assert len(heard) >= 2400
    assert len(wrong) <= (1 - _INTENT) * len(heard), wrong


def test_the_arguments_strangers_give_are_found(heard: Heard) -> None:
    hit = said = wanted = 0
    for u, understood in heard:
        want, have = _folded(u.slots, u.slots), _folded(understood.slots, u.slots)
        hit, said, wanted = hit + len(want & have), said + len(have), wanted + len(want)
    assert 2 * hit / (said + wanted) >= _SLOTS


def test_what_strangers_tell_one_another_is_left_alone(understander: Understander) -> None:
    lines = chatter()
    disturbed = [line for line in lines if understander.understand(line, TODAY).intent is not None]
    assert len(lines) >= 840
    assert len(disturbed) <= (1 - _CHATTER) * len(lines), disturbed
