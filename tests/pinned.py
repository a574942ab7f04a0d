"""A clock that runs, from the same moment in every run: the sandbox world changes with the hour, a test must not."""

from datetime import UTC, datetime

from bot.clock import SystemClock

START = datetime(2026, 11, 20, 9, tzinfo=UTC)


def pinned_clock() -> SystemClock:
    """A clock of this machine that says START now."""
    clock = SystemClock()
    clock.offset = START - clock.now()
    return clock
