"""A brain with another one behind it: whenever the first fails, is slow or has cost enough, the second answers."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from datetime import datetime, timedelta

import structlog

from bot.clock import Clock
from bot.errors import RetryLater
from bot.floor import today
from bot.minds import Brain, Closes, Cost, Retract, Scene, Step
from bot.ports import Outcome

# Seconds until the first sign of life, for the whole of one step, and for a turn until no further step is begun.
BEGIN, END = 10.0, 40.0
_TURN = timedelta(seconds=60)
_REST_AFTER_SILENCE = 15.0
_log = structlog.get_logger()


class Backed:
    """`spend`: millionths of a US dollar that `first` may cost in a Thread a day."""

    def __init__(
        self, first: Brain, behind: Brain, clock: Clock, *, spend: int, begin: float = BEGIN, end: float = END
    ) -> None:
        self.name = first.name
        self._first, self._behind, self._clock = first, behind, clock
        self._spend, self._begin, self._end = spend, begin, end
        self._rests_until: datetime | None = None

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        """Never fails where `behind` does not; what `first` had half said is taken back."""
        said = False
        late = self._clock.now() - scene.now > _TURN
        if not late and not self._resting() and not self._spent(scene):
            try:
                async with aclosing(self._in_time(scene, done)) as steps:
                    async for step in steps:
                        said = said or not isinstance(step, Cost)
                        yield step
                return
            except Exception as why:
                self._failed(why)
        if said:
            yield Retract()
        async for step in self._behind.think(scene, done):
            yield step

    async def close(self) -> None:
        """Close the brain that stands first, if it holds anything."""
        if isinstance(self._first, Closes):
            await self._first.close()

    async def _in_time(self, scene: Scene, done: Sequence[Outcome]) -> AsyncGenerator[Step]:
        """The steps of the first brain; TimeoutError if they begin or end too late."""
        now = asyncio.get_running_loop().time
        end, until = now() + self._end, now() + self._begin
        async with aclosing(self._steps(scene, done)) as steps:
            while True:
                try:
                    async with asyncio.timeout_at(min(until, end)):
                        step = await anext(steps)
                except StopAsyncIteration:
                    return
                until = until if isinstance(step, Cost) else end
                yield step

    async def _steps(self, scene: Scene, done: Sequence[Outcome]) -> AsyncGenerator[Step]:
        async for step in self._first.think(scene, done):
            yield step

    def _resting(self) -> bool:
        return self._rests_until is not None and self._clock.now() < self._rests_until

    def _spent(self, scene: Scene) -> bool:
        return today(scene.thread.floor, scene.now.date().isoformat()).spent >= self._spend

    def _failed(self, why: Exception) -> None:
        """Let it rest for as long as it asked for, or a little where it was silent."""
        rest = why.after if isinstance(why, RetryLater) else _REST_AFTER_SILENCE if isinstance(why, TimeoutError) else 0
        self._rests_until = self._clock.now() + timedelta(seconds=rest) if rest else None
        _log.warning("a brain failed, the next one answers", brain=self.name, why=f"{type(why).__name__}: {why}")
