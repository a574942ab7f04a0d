"""The referee finds every violation that is planted, and none where the record is clean."""

import pytest

from bench.generator import Said
from bench.receiver import Receipt, Record
from bench.referee import Diary, Violation, verdict


def diary_of(*numbers: int, chat: str = "chat0") -> Diary:
    said = [Said(chat=chat, number=n) for n in numbers]
    return Diary(said={s.id: s for s in said}, acknowledged={s.id for s in said})


def record_of(*answers: tuple[str, str]) -> Record:
    record = Record()
    for delivery, text in answers:
        record.add(Receipt(delivery=delivery, place="bench:main:chat0", text=text, at=0.0))
    return record


CLEAN = (("d0", "pong chat0-0"), ("d1", "pong chat0-1"), ("d2", "pong chat0-2"))


def test_a_clean_record_has_no_violation() -> None:
    assert verdict(diary_of(0, 1, 2), record_of(*CLEAN)) == []


def test_an_acknowledged_message_without_an_answer_is_lost() -> None:
    assert verdict(diary_of(0, 1, 2), record_of(*CLEAN[:2])) == [Violation("lost", "chat0-2")]


def test_a_message_that_was_never_acknowledged_may_stay_unanswered() -> None:
    diary = diary_of(0, 1, 2)
    diary.acknowledged.remove("chat0-2")
    assert verdict(diary, record_of(*CLEAN[:2])) == []


def test_two_answers_under_different_delivery_ids_are_a_double_answer() -> None:
    assert verdict(diary_of(0, 1, 2), record_of(*CLEAN, ("d9", "pong chat0-1"))) == [
        Violation("twice", "pong chat0-1"),
    ]


def test_a_resend_under_the_same_delivery_id_is_counted_apart() -> None:
    record = record_of(*CLEAN, CLEAN[1])
    assert verdict(diary_of(0, 1, 2), record) == []
    assert record.summary() == {"received": 3, "repeated": 1}


@pytest.mark.parametrize("order", [(1, 0, 2), (0, 2, 1), (2, 0, 1)])
def test_answers_in_another_order_than_said_are_an_inversion(order: tuple[int, int, int]) -> None:
    kinds = {v.kind for v in verdict(diary_of(0, 1, 2), record_of(*(CLEAN[n] for n in order)))}
    assert kinds == {"inverted"}


def test_other_chats_do_not_make_an_inversion() -> None:
    one, other = diary_of(0, 1), diary_of(0, 1, chat="chat1")
    diary = Diary(said=one.said | other.said, acknowledged=one.acknowledged | other.acknowledged)
    answers = (("a", "pong chat0-0"), ("b", "pong chat1-0"), ("c", "pong chat0-1"), ("d", "pong chat1-1"))
    assert verdict(diary, record_of(*answers)) == []


def test_an_answer_to_nothing_that_was_said_is_invented() -> None:
    assert verdict(diary_of(0), record_of(CLEAN[0], ("d7", "pong chat7-7"))) == [Violation("invented", "pong chat7-7")]
