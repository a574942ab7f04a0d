"""How fast we send: bursts, the long run, news behind answers, and what may only count."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.pacing import Pace, Pacing

CHAT = ("chat", Pace(burst=2, per_second=1))


@dataclass
class Watch:
    """A clock that stands until it is moved."""

    seconds: float = 0.0

    def now(self) -> datetime:
        return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(seconds=self.seconds)

    def tick(self) -> int:
        return int(self.seconds * 1e9)

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds


def test_a_burst_goes_at_once_and_then_one_after_the_other() -> None:
    pacing = Pacing(Watch())
    assert [pacing.wait([CHAT], urgent=True) for _ in range(5)] == [0, 0, 1, 2, 3]


def test_with_time_there_is_room_again_but_never_more_than_a_burst() -> None:
    watch = Watch()
    pacing = Pacing(watch)
    assert [pacing.wait([CHAT], urgent=True) for _ in range(2)] == [0, 0]
    watch.seconds = 100
    assert [pacing.wait([CHAT], urgent=True) for _ in range(3)] == [0, 0, 1]


def test_one_full_conversation_does_not_hold_another() -> None:
    pacing = Pacing(Watch())
    for _ in range(10):
        pacing.wait([CHAT], urgent=True)
    assert pacing.wait([("other", CHAT[1])], urgent=True) == 0


def test_news_leaves_room_for_answers_and_takes_none_while_it_waits() -> None:
    pacing, account = Pacing(Watch()), ("bot", Pace(burst=3, per_second=1, reserve=2))
    assert pacing.wait([account], urgent=False) == 0
    assert [pacing.wait([account], urgent=False) for _ in range(4)] == [1, 1, 1, 1]
    assert pacing.wait([account], urgent=True) == 0


def test_answers_only_count_where_the_network_is_waited_for() -> None:
    watch = Watch()
    pacing, account = Pacing(watch), ("bot", Pace(burst=3, per_second=1, patient=True))
    assert {pacing.wait([account], urgent=True) for _ in range(500)} == {0}
    assert pacing.wait([account], urgent=False) == 4
    watch.seconds = 4
    assert pacing.wait([account], urgent=False) == 0


def test_the_slowest_budget_decides() -> None:
    pacing = Pacing(Watch())
    group = ("group", Pace(burst=1, per_second=0.25))
    assert [pacing.wait([CHAT, group], urgent=True) for _ in range(3)] == [0, 4, 8]
