"""Payloads in which the same is wrong many times over: what is right stays."""

from typing import Any

import pytest

from channels.discord.payloads import Event
from channels.received import taken
from channels.telegram.models import Update

SAID: dict[str, Any] = {"id": "9", "channel_id": "8", "content": "Lamu?", "author": {"id": "7"}}


@pytest.mark.parametrize("wrong", [5, 2.5, True, "x", None])
def test_a_list_of_nothing_but_mistakes_takes_no_words_away(wrong: Any) -> None:
    good = {"id": "1", "filename": "a.png"}
    event = taken(Event, {**SAID, "attachments": [wrong] * 900 + [good] + [wrong] * 900, "mentions": [wrong] * 900})
    assert event is not None and event.content == "Lamu?" and [a.filename for a in event.attachments] == ["a.png"]


def test_numbers_for_letters_stay_however_many() -> None:
    event = taken(Event, {"channel_id": 8, "ids": [*range(100, 1100), True, {}, "x"]})
    assert event is not None and event.channel_id == "8" and event.ids == [*map(str, range(100, 1100)), "x"]


def test_a_message_stays_beside_many_mistakes() -> None:
    message = {"message_id": 1, "chat": {"id": 2}, "from": {"id": 3}, "text": "Hi", "new_chat_members": ["x"] * 900}
    update = taken(Update, {"update_id": 1, "message": {**message, "photo": [7] * 900}})
    assert update is not None and update.message is not None and update.message.text == "Hi"
