"""Updates in the order of their numbers: one that overtook the one before it on its way waits a moment for it."""

import asyncio

_PATIENCE = 0.05
_MISSES, _PROOF = 3, 50


class UpdateOrder:
    """`turn` returns when an update may go on. A network that leaves numbers out is not waited for any more."""

    def __init__(self) -> None:
        self._last: int | None = None
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._misses, self._streak = 0, 0

    async def turn(self, number: int) -> None:
        """Wait for the update before this one, at most for a twentieth of a second."""
        if self._last is not None and number > self._last + 1 and self._misses < _MISSES:
            waits = self._waiting.setdefault(number, asyncio.get_running_loop().create_future())
            done, _ = await asyncio.wait((waits,), timeout=_PATIENCE)
            if not done:
                self._misses += 1
        self._gone(number)

    def _gone(self, number: int) -> None:
        self._waiting.pop(number, None)
        in_order = self._last is None or number == self._last + 1
        self._streak = self._streak + 1 if in_order else 0
        if self._streak >= _PROOF:
            self._misses = 0
        self._last = max(self._last or number, number)
        follower = self._waiting.get(number + 1)
        if follower is not None and not follower.done():
            follower.set_result(None)
