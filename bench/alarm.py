"""Waking up on time: an event loop's own timers are up to a millisecond late, which is not the target's doing."""

import asyncio
import ctypes
import os
import time

_LIBC = ctypes.CDLL(None, use_errno=True)
_FLAGS = os.O_NONBLOCK | os.O_CLOEXEC


class _Moment(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _Setting(ctypes.Structure):
    _fields_ = (("interval", _Moment), ("value", _Moment))


class Alarm:
    """A timer of the kernel (timerfd) watched by the running loop; elsewhere than on Linux, the loop's own timer."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        create = getattr(_LIBC, "timerfd_create", None)
        self._file = create(time.CLOCK_MONOTONIC, _FLAGS) if create else -1
        self._rings: asyncio.Future[None] | None = None
        if self._file >= 0:
            self._loop.add_reader(self._file, self._ring)

    async def wait(self, until: float) -> None:
        """Return at that moment (monotonic seconds), or at once if it has passed; for one waiter at a time."""
        left = until - time.monotonic()
        if left <= 0 or self._file < 0:
            await asyncio.sleep(left)
            return
        self._rings = self._loop.create_future()
        seconds, rest = divmod(left, 1)
        setting = _Setting(_Moment(0, 0), _Moment(int(seconds), max(1, int(rest * 1e9))))
        _LIBC.timerfd_settime(self._file, 0, ctypes.byref(setting), None)
        await self._rings

    def close(self) -> None:
        """Give the kernel's timer back."""
        if self._file >= 0:
            self._loop.remove_reader(self._file)
            os.close(self._file)
            self._file = -1

    def _ring(self) -> None:
        os.read(self._file, 8)
        if self._rings is not None and not self._rings.done():
            self._rings.set_result(None)
