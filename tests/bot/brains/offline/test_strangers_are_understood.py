"""Utterances written by hand as strangers write them are understood, their arguments too, and chatter is left alone."""

from collections.abc import Mapping

from bot.brains.offline.understand import Understander
from tests.bot.brains.offline.conftest import TODAY
from tests.bot.brains.offline.strangers_said import SCORED, chatter, utterances

_INTENT, _SLOTS, _CHATTER = 0.97, 0.96, 0.97


def _folded(slots: Mapping[str, str], ignored: Mapping[str, str]) -> set[tuple[str, str]]:
    kept = {k: v for k, v in slots.items() if k in SCORED and ignored.get(k) != "?"}
    return {(k, " ".join(v.casefold().replace(",", " ").split())) for k, v in kept.items()}


def test_what_strangers_ask_for_is_understood(understander: Understander) -> None:
    asked = utterances()
    wrong = [(u.text, u.intent) for u in asked if understander.understand(u.text, TODAY).intent != u.intent]
    assert len(asked) >= 880
    assert len(wrong) <= (1 - _INTENT) * len(asked), wrong


def test_the_arguments_strangers_give_are_found(understander: Understander) -> None:
    hit = said = wanted = 0
    for u in utterances():
        want = _folded(u.slots, u.slots)
        have = _folded(understander.understand(u.text, TODAY).slots, u.slots)
        hit, said, wanted = hit + len(want & have), said + len(have), wanted + len(want)
    assert 2 * hit / (said + wanted) >= _SLOTS


def test_what_strangers_tell_one_another_is_left_alone(understander: Understander) -> None:
    lines = chatter()
    disturbed = [line for line in lines if understander.understand(line, TODAY).intent is not None]
    assert len(lines) >= 370
    assert len(disturbed) <= (1 - _CHATTER) * len(lines), disturbed
