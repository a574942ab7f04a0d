"""A brain that faults can strike (target "brain"), so that failures of a model can be arranged and seen."""

from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing

from bot.clock import Clock
from bot.controls import SandboxControls
from bot.errors import RetryLater, Undeliverable, Unknown
from bot.minds import Brain, Closes, Cost, Scene, Step
from bot.ports import Outcome

_KINDS = ("down", "slow", "timeout", "refused")
_AFTER = 1.0


class Struck:
    """Down: nothing is asked. Refused: it says no. Timeout: it thinks, its answer is lost. Slow: `by` seconds late."""

    def __init__(self, brain: Brain, controls: SandboxControls, clock: Clock) -> None:
        self.name = brain.name
        self._brain, self._controls, self._clock = brain, controls, clock

    async def think(self, scene: Scene, done: Sequence[Outcome]) -> AsyncIterator[Step]:
        """What the brain thinks, unless a fault is taken for it."""
        fault = await self._controls.take("brain", "think", self.name, kinds=_KINDS)
        kind = fault.kind if fault else ""
        if kind == "down":
            raise RetryLater(_AFTER, f"{self.name} is down")
        if kind == "refused":
            raise Undeliverable(f"{self.name} refuses")
        if fault is not None and kind == "slow":
            await self._clock.sleep(fault.by)
        async with aclosing(self._steps(scene, done)) as steps:
            async for step in steps:
                if kind != "timeout" or isinstance(step, Cost):
                    yield step
        if kind == "timeout":
            raise Unknown("the answer was lost")

    async def close(self) -> None:
        """Close the brain it stands for, if it holds anything."""
        if isinstance(self._brain, Closes):
            await self._brain.close()

    async def _steps(self, scene: Scene, done: Sequence[Outcome]) -> AsyncGenerator[Step]:
        async for step in self._brain.think(scene, done):
            yield step
