"""What the router asks before it does anything for somebody."""

from bot.strangers.blocking import Blocking
from bot.strangers.documents import BLOCKS, LOCKOUTS
from bot.strangers.guard import Guard
from bot.turn import Turn


class Strangers:
    """The guard and the blocks."""

    def __init__(self, guard: Guard, blocking: Blocking) -> None:
        self.guard, self._blocking = guard, blocking

    async def stop(self, turn: Turn) -> bool:
        """Whether nothing is done for this Entry. If something is, the Turn knows who does not want to hear of it."""
        if turn.person is None:
            return False
        turn.against = await self._blocking.by(turn.person)
        return await self.guard.refused(turn)

    async def hide(self, turn: Turn) -> None:
        """Where the words of the Turn's person, and what personas say to them, do not go."""
        if turn.person is not None:
            turn.hidden = await self._blocking.hidden(turn.thread, turn.person)

    async def changed(self, turn: Turn) -> None:
        """After a commit: what is remembered may be old."""
        kinds = {op.kind.name for op in turn.ops}
        if LOCKOUTS.name in kinds:
            await self.guard.changed()
        if BLOCKS.name in kinds:
            await self._blocking.changed()
