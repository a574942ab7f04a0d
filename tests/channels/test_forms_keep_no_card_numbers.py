"""What is typed into a form is kept like what is typed into a chat: without card numbers."""

from datetime import UTC, datetime

from bot.model import Entry
from channels.entries import press_of

PRESS = Entry(
    id="p:press:1", thread="", what="press", at=datetime(2026, 11, 20, tzinfo=UTC), place="p", value={"kind": "group"}
)


def test_a_card_number_in_a_form_is_taken_out_and_the_rest_stays() -> None:
    filled = {"names": "Ana 4111 1111 1111 1111", "wanted": 2, "days": ["mon", "tue"]}
    assert press_of(PRESS, "t", filled).value == {
        "kind": "group", "token": "t",
        "values": {"names": "Ana [card number removed]", "wanted": 2, "days": ["mon", "tue"]},
    }  # fmt: skip
