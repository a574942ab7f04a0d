"""Which answer ends which wait, and for how long anything may be answered."""

from datetime import UTC, datetime

from bot.clock import SystemClock
from bot.content import Content
from bot.locking.local import LocalLocks
from bot.model import Entry
from bot.ports import Outgoing
from channels.asks import Ask, Asks


class Ticking(SystemClock):
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 10**9

    def tick(self) -> int:
        return self.at


def out(shown: str, *, id: str = "d1", kind: str = "system", place: str = "p") -> Outgoing:
    return Outgoing(id=id, place=place, what="send", content=Content(text="x"), shown=shown, kind=kind)


def asked(asks: Asks, entry: str, *, thinking: bool = True, alone: bool = False) -> Ask:
    said = Entry(id=entry, thread="", what="command", at=datetime(2026, 1, 1, tzinfo=UTC), place="p", author="n:u")
    return asks.keep(said, "t", thinking=thinking, alone=alone)


async def test_an_answer_ends_its_own_wait_and_only_once() -> None:
    asks = Asks(Ticking(), 900, LocalLocks(), "asks")
    asked(asks, "e1")
    second = asked(asks, "e2")
    found = asks.of_answer(out("e2/0"))
    assert found is second
    second.used = "d1"
    assert asks.of_answer(out("e2/0")) is second
    assert asks.of_answer(out("e2/1", id="d2")) is None


async def test_a_result_that_comes_later_ends_the_oldest_wait_of_its_place() -> None:
    asks = Asks(Ticking(), 900, LocalLocks(), "asks")
    first, second = asked(asks, "e1"), asked(asks, "e2")
    assert asks.of_answer(out("t1:result:j1/0")) is first
    assert asks.of_answer(out("t1:result:j1/0", kind="persona")) is None
    assert asks.of_answer(out("t1:result:j1/0", place="elsewhere")) is None
    first.used = "-"
    assert asks.of_answer(out("t1:result:j1/0")) is second


async def test_what_only_one_sees_is_never_ended_by_words_for_all() -> None:
    asks = Asks(Ticking(), 900, LocalLocks(), "asks")
    asked(asks, "e1", alone=True)
    assert asks.of_answer(out("e1/0")) is None and asks.of_answer(out("t:result:j/0")) is None
    assert asks.of_person("p", "u") is not None and asks.of_person("p", "v") is None


async def test_nothing_is_answered_after_its_time_and_waits_grow_overdue() -> None:
    clock = Ticking()
    asks = Asks(clock, 900, LocalLocks(), "asks")
    ask = asked(asks, "e1")
    assert asks.overdue() == []
    clock.at += 61 * 10**9
    assert asks.overdue() == [ask]
    clock.at += 900 * 10**9
    assert (asks.overdue(), asks.of_answer(out("e1/0")), asks.of_person("p", "u")) == ([], None, None)
