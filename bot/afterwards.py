"""What networks tell of Deliveries after they left: one did not arrive, one did after all, a person can be written to.

Entries of kind `status`, by the topic in their value; they change the Entry that the Delivery belongs to."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.delivery_order import pending_at, standing
from bot.documents import Replace, Where
from bot.errors import RetryLater
from bot.model import ENTRIES, Delivery, Entry
from bot.places import Places, shown_entry
from bot.ports import Store
from bot.router import News
from bot.turn import Turn

# How many held messages of one Thread go out when their person can be reached again.
_MOST = 1000
# A network can tell of a message before we have written down that it was sent.
_MARKED_WITHIN = timedelta(seconds=10)


def reachable(place: str, id: str, now: datetime) -> Entry:
    """News of a channel: the person of a direct Place can be written to again. `id`: of what told us so."""
    return _news(place, f"{id}-reachable", now, {"topic": "reachable"})


def undelivered(place: str, id: str, now: datetime, *, delivery: str, part: int, again: bool, why: str) -> Entry:
    """News of a channel: a part of a Delivery did not arrive. `again`: it may be sent once more."""
    value = {"topic": "undelivered", "delivery": delivery, "part": part, "again": again, "why": why}
    return _news(place, f"{id}-failed", now, value)


def arrived(place: str, id: str, now: datetime, *, delivery: str, part: int) -> Entry:
    """News of a channel: a part of a Delivery did leave, under this id, although nobody answered when it was sent."""
    value = {"topic": "arrived", "delivery": delivery, "part": part, "id": id}
    return _news(place, f"{id}-arrived", now, value)


def _news(place: str, id: str, now: datetime, value: dict[str, Any]) -> Entry:
    value = {**value, "kind": "direct"}
    return Entry(id=f"{place}:status:{id}", thread="", what="status", at=now, place=place, value=value)


class Afterwards:
    """Handles status."""

    def __init__(self, store: Store, places: Places) -> None:
        self._store, self._places = store, places

    def news(self) -> Mapping[str, News]:
        """What each topic is handled by."""
        return {
            "status:undelivered": self.undelivered, "status:arrived": self.arrived, "status:reachable": self.reachable,
        }  # fmt: skip

    async def undelivered(self, turn: Turn) -> None:
        """value {"delivery", "part", "again", "why"}: a part of it did not arrive. Again: what stands is not sent
        twice."""
        value = turn.entry.value
        entry, delivery = await self._about(turn)
        if entry is None or delivery is None or delivery.state not in ("sent", "unknown"):
            _wait_for_the_mark(turn, delivery)
            turn.because("nothing is known of that delivery")
            return
        why, part = str(value.get("why", ""))[:200], int(value.get("part", 0))
        if value.get("again"):
            parts = tuple("" if n == part else id for n, id in enumerate(delivery.parts))
            delivery = replace(delivery, state="pending", parts=parts if any(parts) else (), why=why)
            turn.release(_with(entry, delivery), frozenset((delivery.id,)))
        else:
            turn.change(Replace(ENTRIES, _with(entry, replace(delivery, state="failed", why=why))))
        turn.because(f"not delivered: {why}")

    async def arrived(self, turn: Turn) -> None:
        """value {"delivery", "part", "id"}: a message that went unanswered did leave."""
        entry, delivery = await self._about(turn)
        if entry is None or delivery is None or delivery.state != "unknown":
            turn.because("as is known")
            return
        part, parts = int(turn.entry.value.get("part", 0)), list(delivery.parts)
        parts += [""] * (part + 1 - len(parts))
        parts[part] = str(turn.entry.value.get("id", ""))
        turn.change(Replace(ENTRIES, _with(entry, replace(delivery, state="sent", parts=tuple(parts), why=""))))
        turn.because("it was delivered after all")

    async def reachable(self, turn: Turn) -> None:
        """What waits for this Place goes now, oldest first."""
        place = await self._places.get(turn.entry.place)
        threads = [t for t in dict.fromkeys((place.thread, *place.trips, place.focus)) if t] if place else []
        await self._wait_for_what_is_on_its_way(turn, threads)
        held = [e for t in threads for e in await self._held(t, turn.entry.place)]
        overwritten: set[str] = set()
        for entry in sorted(held, key=lambda e: e.arrival, reverse=True):
            going = {d.id: _released(entry, d, overwritten) for d in entry.deliveries if _is_held(d, turn.entry.place)}
            deliveries = tuple(going.get(d.id, d) for d in entry.deliveries)
            released = replace(entry, deliveries=deliveries, **standing(deliveries))
            turn.release(released, frozenset(going))
        turn.released.reverse()
        turn.because(f"they can be written to again: {len(held)} messages follow")

    async def _wait_for_what_is_on_its_way(self, turn: Turn, threads: Sequence[str]) -> None:
        """RetryLater while something sent a moment before is neither sent nor held: it may find the way still closed,
        and nobody would come for it."""
        if turn.now - turn.entry.at >= _MARKED_WITHIN:
            return
        for thread in threads:
            under_way = await self._store.find(ENTRIES, {"open": True, "thread": thread}, order="arrival", limit=_MOST)
            if any(e.arrival < turn.entry.arrival and pending_at(e, turn.entry.place) for e in under_way):
                raise RetryLater(0.1, "something is still on its way there")

    async def _held(self, thread: str, place: str) -> list[Entry]:
        where: Where = {"held": True, "thread": thread}
        found = await self._store.find(ENTRIES, where, order="arrival", limit=_MOST)
        return [e for e in found if any(_is_held(d, place) for d in e.deliveries)]

    async def _about(self, turn: Turn) -> tuple[Entry | None, Delivery | None]:
        id = str(turn.entry.value.get("delivery", ""))
        entry = await shown_entry(self._store, id.removesuffix(f"@{turn.entry.place}"))
        sent = entry.deliveries if entry else ()
        return entry, next((d for d in sent if d.id == id and d.place == turn.entry.place), None)


def _with(entry: Entry, delivery: Delivery) -> Entry:
    deliveries = tuple(delivery if d.id == delivery.id else d for d in entry.deliveries)
    return replace(entry, deliveries=deliveries, **standing(deliveries))


def _wait_for_the_mark(turn: Turn, delivery: Delivery | None) -> None:
    """RetryLater while what was sent a moment ago is not marked as sent yet."""
    if delivery is not None and delivery.state == "pending" and turn.now - turn.entry.at < _MARKED_WITHIN:
        raise RetryLater(0.1, "not marked as sent yet")


def _is_held(delivery: Delivery, place: str) -> bool:
    return delivery.place == place and delivery.state == "held"


def _released(entry: Entry, delivery: Delivery, overwritten: set[str]) -> Delivery:
    """Pending, unless later words that wait too take its place. `overwritten`: messages whose last words were seen."""
    answer = next((a for a in entry.answers if a.id == delivery.answer), None)
    shown = (answer.replaces or answer.id) if answer else (entry.object or entry.id)
    if shown in overwritten:
        return replace(delivery, state="dropped", why="overwritten before it was sent")
    overwritten.add(shown)
    return replace(delivery, state="pending", why="")
