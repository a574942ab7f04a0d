"""Limits that a network tells with each answer: how long a route, or everything, is used up."""

from collections.abc import Callable

from bot.errors import RetryLater

EVERYTHING = ""
_MOST = 10_000


class Buckets:
    """Names of buckets -> until when they are empty. `time`: seconds of a clock that never goes back."""

    def __init__(self, time: Callable[[], float]) -> None:
        self._time, self._empty = time, dict[str, float]()

    def empty(self, name: str, seconds: float) -> None:
        """Nothing more is allowed for so long; `EVERYTHING` for whatever it is."""
        self._empty[name] = self._time() + seconds
        if len(self._empty) > _MOST:
            self._empty = {n: until for n, until in self._empty.items() if until > self._time()}

    def check(self, name: str) -> None:
        """RetryLater while this bucket is empty, or everything."""
        left = max(self._empty.get(EVERYTHING, 0.0), self._empty.get(name, 0.0)) - self._time()
        if left > 0:
            raise RetryLater(left, "the limit is used up")
