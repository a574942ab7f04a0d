"""Pacing: how fast a network lets us send, by account, conversation and kind of conversation; people before news.

Where a network says "too fast" in spite of it, its channel raises RetryLater for that conversation alone."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bot.clock import Clock
from bot.ports import Outgoing

_KEPT = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """At most `burst` sends at once and `per_second` in the long run. `reserve`: what news leaves for answers.

    `patient`: answers to people do not wait for it, they only count; the network's own word is waited for then."""

    burst: float
    per_second: float
    reserve: float = 0.0
    patient: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Paces:
    """The budgets of a network: of one of our accounts, of a conversation, and of one that is a group besides."""

    bot: Pace
    chat: Pace
    group: Pace


Claim = tuple[str, Pace]


@runtime_checkable
class Paced(Protocol):
    """Extra power of a Channel whose network limits how much is sent."""

    def paces(self, outgoing: Outgoing) -> Sequence[Claim]:
        """The budgets that a send draws on: a name unique over all channels, and its pace."""
        ...


class Pacing:
    """Token buckets by name; where a simulator moves the time, they fill with it.

    What waits for an answer's turn has its place in the row; news asks again."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, claims: Sequence[Claim], *, urgent: bool) -> float:
        """Seconds to wait; 0: go ahead. An urgent send has been counted and goes when the time has passed; another

        one is counted only when 0 is returned, and asks again otherwise."""
        if not claims:
            return 0.0
        now, left, longest = self._clock.now().timestamp(), [], 0.0
        for name, pace in claims:
            left.append(tokens := self._tokens(name, pace, now))
            if (missing := (1.0 if urgent else 1.0 + pace.reserve) - tokens) > 0 and not (urgent and pace.patient):
                longest = max(longest, missing / pace.per_second)
        if urgent or not longest:
            for tokens, (name, pace) in zip(left, claims, strict=True):
                self._left[name] = (max(tokens - 1, -pace.burst) if pace.patient else tokens - 1, now)
                self._left.move_to_end(name)
            while len(self._left) > _KEPT:
                self._left.popitem(last=False)
        return longest

    def _tokens(self, name: str, pace: Pace, now: float) -> float:
        before = self._left.get(name)
        if before is None:
            return pace.burst
        return min(pace.burst, before[0] + max(0.0, now - before[1]) * pace.per_second)
