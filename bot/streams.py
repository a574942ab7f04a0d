"""Streams: partial text and progress of a Job, shown where a channel can, finished by its result Entry."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.content import Content
from bot.documents import Replace
from bot.errors import CaravanError
from bot.jobs import result_id
from bot.model import JOBS, Job, Thread
from bot.ports import Channel, Outgoing, Store

# Who answers sooner is not seen typing.
_AT_ONCE = 0.4
Busy = Callable[[str], bool]


class Stream:
    """The partial message of one Job. `parts`: Place -> part ids shown so far, kept in the Job's row."""

    def __init__(
        self, store: Store, channels: Mapping[str, Channel], clock: Clock, busy: Busy, job: Job, thread: Thread,
        persona: str,
    ) -> None:  # fmt: skip
        self._store, self._channels, self._clock, self._job, self._thread = store, channels, clock, job, thread
        self._busy = busy
        seat = thread.seat(persona) if persona else None
        self._name, self._kind = (seat.name, "persona") if seat else ("Caravan", "system")
        self.parts: dict[str, list[str]] = {k: list(v) for k, v in job.args.get("parts", {}).items()}

    async def progress(self, text: str) -> None:
        """Show what is going on; a channel that cannot, or is busy, misses it."""
        before = len(self.parts)
        for place in self._thread.places:
            channel = self._channels.get(place.partition(":")[0])
            if channel is not None and channel.features(place).streams and not self._hidden:
                await self._show(channel, place, text)
        if len(self.parts) > before:
            await self._remember()

    @contextlib.asynccontextmanager
    async def typing(self) -> AsyncIterator[None]:
        """While somebody thinks, people see that, where a network can show it; again before it fades."""
        showing = [asyncio.create_task(self._type(place)) for place in self._thread.places if not self._hidden]
        try:
            yield
        finally:
            for task in showing:
                task.cancel()
            await asyncio.gather(*showing, return_exceptions=True)

    async def _type(self, place: str) -> None:
        typing = getattr(self._channels.get(place.partition(":")[0]), "typing", None)
        pause = _AT_ONCE if typing else 0.0
        while typing and pause > 0:
            await self._clock.sleep(pause)
            with contextlib.suppress(CaravanError):
                pause = await typing(place)

    @property
    def _hidden(self) -> bool:
        return bool(self._job.args.get("private"))

    async def _show(self, channel: Channel, place: str, text: str) -> None:
        answer = f"{result_id(self._job)}/0"
        parts = tuple(self.parts.get(place, ()))
        if not parts and self._busy(place):
            return
        out = Outgoing(
            id=f"{answer}@{place}:{'edit' if parts else 'start'}", place=place, what="edit" if parts else "send",
            content=Content(text=str(text)), shown=answer, name=self._name, kind=self._kind, parts=parts, partial=True,
            reply_to=str(self._job.args.get("entry", "")) if self._kind == "persona" and not parts else "",
        )  # fmt: skip
        try:
            self.parts[place] = list(await channel.send(out))
        except CaravanError:
            return

    async def _remember(self) -> None:
        """So that a repeated Job goes on in the same message; progress never stops the work."""
        with contextlib.suppress(CaravanError):
            latest = await self._store.get(JOBS, self._job.id)
            if latest is not None:
                await self._store.commit([Replace(JOBS, replace(latest, args={**latest.args, "parts": self.parts}))])


class Streams:
    """Opens Streams over the connected channels. `busy`: whether something said earlier still waits for a Place."""

    def __init__(
        self, store: Store, channels: Mapping[str, Channel], clock: Clock, busy: Busy = lambda place: False
    ) -> None:
        self._store, self._channels, self._clock, self._busy = store, channels, clock, busy

    def open(self, job: Job, thread: Thread, persona: str) -> Stream:
        """The Stream of a Job; what it showed before a restart is taken up."""
        return Stream(self._store, self._channels, self._clock, self._busy, job, thread, persona)
