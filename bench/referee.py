"""The outside referee: compares what was said and acknowledged with what the receiver got, and nothing of ours."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bench.generator import Said
from bench.receiver import Receipt, Record


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
    by_text = {f"pong {key}": said for key, said in diary.said.items()}
    return [
        *_lost(diary, {receipt.text for receipt in record.receipts}),
        *_twice(record.receipts),
        *_inverted(record.receipts, by_text),
        *(Violation("invented", receipt.text) for receipt in record.receipts if receipt.text not in by_text),
    ]


def _lost(diary: Diary, answered: set[str]) -> Iterator[Violation]:
    for key in diary.said:
        if key in diary.acknowledged and f"pong {key}" not in answered:
            yield Violation("lost", key)


def _twice(receipts: Iterable[Receipt]) -> Iterator[Violation]:
    for text, times in Counter(receipt.text for receipt in receipts).items():
        if times > 1:
            yield Violation("twice", text)


def _inverted(receipts: Iterable[Receipt], by_text: dict[str, Said]) -> Iterator[Violation]:
    newest: dict[str, int] = {}
    seen: set[str] = set()
    for receipt in receipts:
        said = by_text.get(receipt.text)
        if said is None or said.id in seen:
            continue
        seen.add(said.id)
        if said.number < newest.get(said.chat, -1):
            yield Violation("inverted", said.id)
        newest[said.chat] = max(said.number, newest.get(said.chat, -1))
