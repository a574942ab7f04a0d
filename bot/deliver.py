"""Deliverer: what was committed goes out, in order per Place, and "sent" is written back in batches."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

import structlog

from bot.clock import Clock
from bot.delivery_order import DeliveryOrder, pending_at
from bot.errors import RetryLater, Undeliverable, Unknown, Waits
from bot.faultpoints import FaultPoints
from bot.language import speak
from bot.marks import Marks, Parcel
from bot.model import Delivery, Entry
from bot.outgoing import MISSING, REACTIONS, Packing, Readers, Trip, language_of, says_something
from bot.pacing import Claim, Pacing
from bot.patience import outlast
from bot.ports import Channel, Locks, Outgoing, Store
from bot.values import changed

# Our own back-off goes up to so many seconds; what a network asks for is kept to, up to an hour.
_LONGEST_WAIT, _LONGEST_ASKED = 30.0, 3600.0
_TRIES, _SAYING_SO = 60, 2
# How long close() waits for what is being sent, in seconds.
_PARTING = 3.0
_TAKEN = 0.05
# So many Threads with something under way are no crowd.
_QUIET = 12
# What can wait while people get their answers.
_NEWS = frozenset(("timer", "supplier", "payment", "notice", "status"))
_log = structlog.get_logger()

# Where else the one can be reached for whom a Delivery failed; "" if nowhere.
Elsewhere = Callable[[Entry, Delivery], Awaitable[str]]


class Deliverer:
    """Sends Deliveries. `readers` turns Person ids into identity keys on a Place's channel; `trip` names the

    Thread where a Place hears several. `shared`: other processes send too."""

    def __init__(
        self, store: Store, clock: Clock, locks: Locks, channels: Mapping[str, Channel], points: FaultPoints,
        readers: Readers, trip: Trip, shared: bool = False,
    ) -> None:  # fmt: skip
        self._store, self._clock, self._channels, self._points = store, clock, channels, points
        self._locks, self._pacing = locks, Pacing(clock)
        self.packing = Packing(store, readers, trip)
        self._order = DeliveryOrder(store, clock) if shared else None
        self._waiting: dict[str, deque[tuple[Parcel, Delivery]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._marks = Marks(store, clock, points, self._close)
        self._open: dict[str, list[str]] = {}
        self.elsewhere: Elsewhere = _nowhere
        self.closed: Callable[[str, str, str], None] = lambda gone, place, why: None
        self.healed: Callable[[str], None] = lambda place: None
        self.unsure: Callable[[str], None] = lambda place: None
        self.troubled: set[str] = set()
        self.stopping = False
        self.counts = {"sent": 0, "failed": 0, "unknown": 0, "retried": 0, "dropped": 0, "held": 0}

    @property
    def places(self) -> int:
        """How many Places have Deliveries waiting at this moment."""
        return len(self._waiting)

    def waits(self, place: str) -> bool:
        """Whether a Delivery to this Place is on its way here: what is said now would overtake it."""
        return place in self._waiting

    def busy(self, thread: str) -> bool:
        """Whether a Delivery of this Thread is on its way here."""
        return thread in self._open

    def holds(self, entry: Entry) -> bool:
        """Whether a Delivery of this Entry is on its way here, or just being marked."""
        return entry.id in self._open.get(entry.thread, ())

    def put(self, entry: Entry, again: bool = False, only: frozenset[str] | None = None) -> None:
        """Queue the pending Deliveries of a handled Entry, or some of them by their ids."""
        pending = [d for d in entry.deliveries if d.state == "pending" and (only is None or d.id in only)]
        parcel = Parcel(entry, again, len(pending))
        self._open.setdefault(entry.thread, []).append(entry.id)
        if not pending:
            self._marks.write(parcel)
        for delivery in pending:
            self._queue(parcel, delivery)

    async def close(self) -> None:
        """Finish what is being sent and write down what was; what takes too long is left to the next start."""
        self.stopping = self._marks.stopping = True
        await self._finish(_PARTING)
        for task in self._tasks:
            task.cancel()
        await self._finish(1.0)

    async def _finish(self, seconds: float) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (running := self._tasks | self._marks.tasks) and (left := until - loop.time()) > 0:
            await asyncio.wait(running, timeout=left)

    def _queue(self, parcel: Parcel, delivery: Delivery) -> None:
        waiting = self._waiting.get(delivery.place)
        if waiting is not None:
            (waiting.appendleft if delivery.what == MISSING else waiting.append)((parcel, delivery))
            return
        self._waiting[delivery.place] = deque(((parcel, delivery),))
        task = asyncio.create_task(self._run(delivery.place))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, place: str) -> None:
        waiting = self._waiting[place]
        try:
            while waiting and not self.stopping:
                async with self._locks.lease(f"place:{place}") as mine:
                    if mine:
                        await (self._drain_in_turn(waiting, self._order) if self._order else self._drain(waiting))
                        continue
                await self._clock.sleep(_TAKEN)
        except Exception:
            _log.exception("deliveries stopped", place=place)
        finally:
            for parcel, _ in self._waiting.pop(place):
                self._leave(parcel)

    async def _drain(self, waiting: deque[tuple[Parcel, Delivery]]) -> None:
        while waiting and not self.stopping:
            parcel, delivery = waiting[0]
            result = await self._deliver(parcel, delivery)
            if result is None:
                return
            more = await self._instead_of(parcel, result)
            waiting.popleft()
            if more:
                parcel.more += more
                self._more(parcel, more)
            self._finished(parcel, result)

    async def _drain_in_turn(self, waiting: deque[tuple[Parcel, Delivery]], order: DeliveryOrder) -> None:
        """As `_drain`, where other processes send too: first what an earlier owner left, and never what was sent."""
        while waiting and not self.stopping:
            parcel, delivery = waiting.popleft()
            try:
                for entry in await order.earlier(parcel.entry, delivery.place):
                    for left in pending_at(entry, delivery.place):
                        await self._in_turn(Parcel(entry, again=True), left, order)
                if not self.stopping:
                    await self._in_turn(parcel, delivery, order)
            finally:
                self._leave(parcel)

    async def _in_turn(self, parcel: Parcel, delivery: Delivery, order: DeliveryOrder) -> None:
        if self.stopping or not await order.pending(parcel.entry, delivery):
            return
        ended = await self._deliver(parcel, delivery)
        if ended is not None:
            more = await self._instead_of(parcel, ended)
            self._points.at("mark.before_commit")
            stored = await order.record(parcel.entry.id, ended, more)
            self._points.at("mark.after_commit")
            if more and stored is not None:
                self._more(Parcel(stored), more)

    async def _deliver(self, parcel: Parcel, delivery: Delivery) -> Delivery | None:
        """The Delivery as it ended; None if we are stopping and it is still pending."""
        unsure, unknown = parcel.again, 0
        for attempt in range(_TRIES):
            if self.stopping and attempt:
                return None
            try:
                return await self._tried(parcel, delivery, unsure)
            except RetryLater as busy:
                self.counts["retried"] += 1
                await self._clock.sleep(_pause(busy.after, attempt))
            except Unknown as why:
                unsure, unknown = True, unknown + 1
                if (following := self._after(parcel.entry, delivery, unknown)) is None:
                    return self._ended(delivery, "unknown", str(why))
                delivery = following
                await self._clock.sleep(_pause(2.0 * delivery.again, unknown - 1) if unknown > 1 else 0)
            except Undeliverable as never:
                return self._never(parcel, delivery, never)
            except Waits as shut:
                return await self._held(parcel, delivery, shut)
            except Exception as error:
                _log.exception("send failed", delivery=delivery.id)
                return self._ended(delivery, "failed", type(error).__name__)
        return self._ended(delivery, "unknown" if unknown else "failed", "given up")

    async def _tried(self, parcel: Parcel, delivery: Delivery, unsure: bool) -> Delivery | None:
        """None if we stop meanwhile: what a channel says that is being closed, says nothing of the Delivery."""
        try:
            return await self._once(parcel, delivery, unsure)
        except Exception:
            if self.stopping:
                return None
            raise

    def _after(self, entry: Entry, delivery: Delivery, unknown: int) -> Delivery | None:
        """What is sent after so many unknown sends: where the network shows or knows what came the same until it is

        known; else the same once, then as one that says so; nothing more if nothing is lost without."""
        if _repaired_by_the_next(entry, delivery):
            return None
        if unknown == 1 or self._tells(entry, delivery):
            return delivery
        return changed(delivery, again=True) if unknown <= 1 + _SAYING_SO else None

    def _tells(self, entry: Entry, delivery: Delivery) -> bool:
        """Whether the network lets us know what came, so that it does not come twice."""
        channel = self._channels.get(delivery.place.partition(":")[0])
        if channel is None:
            return True
        features = channel.features(delivery.place)
        alone = any(a.only_for for a in entry.answers if a.id == delivery.answer) and features.private_replies
        return (features.looks_up_sends or features.idempotent_sends) and not alone

    async def _once(self, parcel: Parcel, delivery: Delivery, unsure: bool) -> Delivery:
        channel, outgoing = await self._packed(parcel, delivery)
        if unsure and hasattr(channel, "look_up"):
            found = await channel.look_up(outgoing)
            if found is not None:
                return self._ended(delivery, "sent", parts=found)
        if (paces := getattr(channel, "paces", None)) is not None:
            await self._in_pace(paces(outgoing), parcel.entry, delivery)
        self._points.at("send.before")
        parts = await (_react(channel, outgoing) if outgoing.what in REACTIONS else channel.send(outgoing))
        self._points.at("send.after")
        if self.troubled:
            self.healed(delivery.place)
        return self._ended(delivery, "sent", parts=parts)

    async def _packed(self, parcel: Parcel, delivery: Delivery) -> tuple[Channel, Outgoing]:
        """Undeliverable where nobody could read it, nor a line that it is missing."""
        channel = self._channels.get(delivery.place.partition(":")[0])
        try:
            if channel is None:
                raise Undeliverable("this channel is not connected")
            speak(language_of(parcel.entry, delivery))
            return channel, await self.packing.pack(parcel.entry, delivery, channel.features(delivery.place))
        except Undeliverable:
            parcel.shut.add(delivery.place)
            raise

    async def _in_pace(self, claims: Sequence[Claim], entry: Entry, delivery: Delivery) -> None:
        """Wait until the network lets this be sent; RetryLater if we stop meanwhile. Answers to people come first,

        before news and before what is carried from elsewhere."""
        urgent = bool(delivery.answer) and entry.what not in _NEWS
        while wait := self._pacing.wait(claims, urgent=urgent):
            await self._clock.sleep(wait)
            if self.stopping:
                raise RetryLater(0, "stopping")
            if urgent:
                return

    def _never(self, parcel: Parcel, delivery: Delivery, never: Undeliverable) -> Delivery:
        if delivery.what in REACTIONS:
            return self._ended(delivery, "dropped", str(never))
        if never.gone:
            parcel.shut.add(delivery.place)
            self.closed(never.gone, delivery.place, str(never))
        return self._ended(delivery, "failed", str(never))

    async def _held(self, parcel: Parcel, delivery: Delivery, shut: Waits) -> Delivery:
        """It goes when the person opens the way; if nobody asked them to, another way is taken where there is one."""
        other = () if shut.asked else await self._another_way(parcel, changed(delivery, state="failed"))
        return self._ended(delivery, "failed" if other else "held", str(shut))

    def _ended(self, delivery: Delivery, state: str, why: str = "", parts: tuple[str, ...] = ()) -> Delivery:
        self.counts[state] += 1
        if parts:
            self.packing.sent(delivery.id, parts)
        return changed(delivery, state=state, why=why, parts=parts)

    async def _instead_of(self, parcel: Parcel, ended: Delivery) -> tuple[Delivery, ...]:
        """What goes where a Delivery was lost: the same by another way to its person, or a line that it is missing."""
        if ended.state == "unknown" and says_something(parcel.entry, ended):
            self.unsure(ended.place)
        other = await self._another_way(parcel, ended)
        lost = ended.state == "failed" and ended.place not in parcel.shut and says_something(parcel.entry, ended)
        if other or not lost or _repaired_by_the_next(parcel.entry, ended):
            return other
        return (Delivery(id=f"{ended.id}!", place=ended.place, answer=ended.answer, what=MISSING),)

    async def _another_way(self, parcel: Parcel, ended: Delivery) -> tuple[Delivery, ...]:
        """The Delivery that takes another way to the same person, if this one failed and there is one."""
        if ended.state != "failed" or ended.what not in ("send", "edit"):
            return ()
        asked = partial(self.elsewhere, changed(parcel.entry, deliveries=parcel.deliveries), ended)
        place = await outlast(self._clock, asked, lambda: self.stopping)
        if not place:
            return ()
        id = f"{ended.answer or parcel.entry.id}@{place}"
        return (Delivery(id=id, place=place, answer=ended.answer, instead=ended.instead or ended.place),)

    def _more(self, parcel: Parcel, more: Sequence[Delivery]) -> None:
        """Queue Deliveries that are stored already, or will be with the others of their Entry."""
        if not parcel.left:
            self._open.setdefault(parcel.entry.thread, []).append(parcel.entry.id)
        parcel.left += len(more)
        for delivery in more:
            self._queue(parcel, delivery)

    def _finished(self, parcel: Parcel, delivery: Delivery) -> None:
        """Where nobody could tell it from a second one it is written down before the others have arrived, and at once

        unless so much is going on that many are written together anyway."""
        parcel.done[delivery.id] = delivery
        quiet = len(self._open) <= _QUIET
        if (quiet or parcel.left > 1) and not self._tells(parcel.entry, delivery):
            parcel.hurry = quiet
            if parcel.left > 1 and not parcel.marking:
                self._marks.write(parcel)
        self._leave(parcel)

    def _leave(self, parcel: Parcel) -> None:
        """One of its Deliveries is no longer under way here: finished, or left for the next sweep."""
        parcel.left -= 1
        if parcel.left or parcel.marking:
            return
        if parcel.done:
            self._marks.write(parcel)
        else:
            self._close(parcel.entry)

    def _close(self, entry: Entry) -> None:
        under_way = self._open[entry.thread]
        under_way.remove(entry.id)
        if not under_way:
            del self._open[entry.thread]


def _pause(asked: float, attempt: int) -> float:
    """Seconds until the next attempt: never sooner than the network asks for."""
    return min(max(asked, min(0.05 * 2.0 ** min(attempt, 12), _LONGEST_WAIT)), _LONGEST_ASKED)


def _repaired_by_the_next(entry: Entry, delivery: Delivery) -> bool:
    """Whether nothing is lost if this is not repeated: a reaction, or how an open vote stands."""
    if delivery.what in REACTIONS:
        return True
    answer = next((a for a in entry.answers if a.id == delivery.answer), None)
    if answer is None or delivery.what != "edit":
        return False
    return answer.partial or (answer.content.poll is not None and answer.content.poll.state == "open")


async def _react(channel: Channel, outgoing: Outgoing) -> tuple[str, ...]:
    react = getattr(channel, "react", None)
    if react is None or not outgoing.parts:
        raise Undeliverable("reactions cannot be shown here")
    await react(outgoing)
    return ()


async def _nowhere(entry: Entry, delivery: Delivery) -> str:
    return ""
