"""The outside referee: compares what was said and acknowledged with what the receiver got, and nothing of ours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.generator import Said, answer_in
from bench.receiver import BUYS, Record


@dataclass(slots=True)
class Diary:
    """What the generator did: messages in the order first sent, those answered with 200, resends by id."""

    said: dict[str, Said] = field(default_factory=dict)
    acknowledged: set[str] = field(default_factory=set)
    resent: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken promise: `kind` is lost, twice, inverted, invented or open; `about` names the message."""

    kind: str
    about: str


def verdict(diary: Diary, record: Record) -> list[Violation]:
    """Every broken promise, none where all were kept.

    lost: acknowledged and not answered. twice: answered under two Delivery ids. inverted: answered
    after a later message of its chat. invented: an answer to nothing that was said."""
    answers = [answer_in(receipt) for receipt in record.receipts if BUYS not in receipt.place]
    by_answer = {said.answer: said for said in diary.said.values()}
    return [
        *_lost(diary, set(answers)),
        *_twice(answers),
        *_inverted(answers, by_answer),
        *(Violation("invented", answer) for answer in answers if answer not in by_answer),
    ]


def _lost(diary: Diary, answered: set[str]) -> Iterator[Violation]:
    for key, said in diary.said.items():
        if key in diary.acknowledged and said.answer not in answered:
            yield Violation("lost", key)


def _twice(answers: Iterable[str]) -> Iterator[Violation]:
    for answer, times in Counter(answers).items():
        if times > 1:
            yield Violation("twice", answer)


def _inverted(answers: Iterable[str], by_answer: dict[str, Said]) -> Iterator[Violation]:
    """A look is answered when its call comes back, so only the others have an order."""
    newest: dict[str, int] = {}
    seen: set[str] = set()
    for answer in answers:
        said = by_answer.get(answer)
        if said is None or said.look or said.id in seen:
            continue
        seen.add(said.id)
        if said.number < newest.get(said.chat, -1):
            yield Violation("inverted", said.id)
        newest[said.chat] = max(said.number, newest.get(said.chat, -1))
