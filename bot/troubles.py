"""Accounts and groups that are closed to us, or leave us in doubt: whoever owns them is told once, the rest goes on."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime

import structlog

from bot.clock import Clock
from bot.deliver import Deliverer
from bot.documents import Delete, Insert, Kind
from bot.errors import Conflict, RetryLater, Unknown
from bot.floor import job_id
from bot.language import told_in
from bot.log import ThreadLog
from bot.model import Entry, Person
from bot.people import People
from bot.places import Places
from bot.ports import Store
from bot.texts import network, say

_UNSURE = "unsure"
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is closed; id `"account:{channel}:{account}"`, or `"place:{place}"` for a group; "unsure:…" where

    nobody said whether something arrived there."""

    id: str
    since: datetime
    why: str
    version: int = 0


TROUBLES = Kind("troubles", Trouble)


class Troubles:
    """Hears from the Deliverer what is closed to us or went unanswered to the end, and when it works again."""

    def __init__(
        self, store: Store, clock: Clock, log: ThreadLog, places: Places, people: People, deliverer: Deliverer
    ) -> None:
        self._store, self._clock, self._log = store, clock, log
        self._places, self._people, self._troubled = places, people, deliverer.troubled
        self._tasks: set[asyncio.Task[None]] = set()
        deliverer.closed, deliverer.healed, deliverer.unsure = self._closed, self._healed, self._unsure

    async def open(self) -> None:
        """Remember what was closed before a restart, so that it is noticed when it works again."""
        self._troubled.update(t.id for t in await self._store.find(TROUBLES, {}, order="id", limit=10_000))

    async def close(self) -> None:
        """Finish telling."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=2)

    def _closed(self, gone: str, place: str, why: str) -> None:
        if _key(gone, place) not in self._troubled:
            self._later(self._note(gone, place, why))

    def _unsure(self, place: str) -> None:
        self._closed(_UNSURE, place, "no answer")

    def _healed(self, place: str) -> None:
        for key in (_key("place", place), _key("account", place), _key(_UNSURE, place)):
            if key in self._troubled:
                self._troubled.discard(key)
                self._later(self._over(key))

    def _later(self, telling: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(telling)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _note(self, gone: str, id: str, why: str) -> None:
        """Once for each account and group, whichever process meets it; a person who closes their own direct
        conversation is nobody else's concern."""
        place = await self._places.get(id)
        if gone == "place" and (place is None or place.kind == "direct"):
            return
        key, now = _key(gone, id), self._clock.now()
        self._troubled.add(key)
        try:
            await self._store.commit([Insert(TROUBLES, Trouble(id=key, since=now, why=why[:200]))])
            if gone == "place":
                await self._status(id, "closed", why)
                return
            text = say("unanswered" if gone == _UNSURE else "account_closed", network=network(id), why=why[:200])
            for owner in await self._people.owners():
                await self._tell(owner, job_id(key, now), text, id)
        except Conflict:
            return
        except (RetryLater, Unknown) as away:
            self._troubled.discard(key)
            _log.warning("nobody told of what is closed", what=key, error=str(away))

    async def _status(self, place: str, topic: str, why: str = "") -> None:
        """As the network itself would tell it (bot/doors.py)."""
        now = self._clock.now()
        entry = Entry(
            id=f"{place}:status:{topic}:{job_id(place, now)}", thread="", what="status", at=now, place=place,
            value={"topic": topic, "why": why[:200]},
        )  # fmt: skip
        await self._log.add(entry)

    async def _tell(self, owner: Person, id: str, text: str, closed: str) -> None:
        """In a direct Place of theirs, of another account if there is one."""
        account = closed.split(":")[:2]
        direct = sorted(owner.direct, key=lambda p: p.split(":")[:2] == account)
        place = await self._places.get(direct[0]) if direct else None
        if place is None:
            _log.warning("an owner cannot be reached")
            return
        entry = Entry(
            id=f"{place.thread}:notice:{id}", thread=place.thread, what="notice", at=self._clock.now(),
            place=place.id, value={"topic": "tell", "text": told_in(owner.language, text)},
        )  # fmt: skip
        await self._log.add(entry)

    async def _over(self, key: str) -> None:
        found = await self._store.get(TROUBLES, key)
        if found is None:
            return
        await self._store.commit([Delete(TROUBLES, found)])
        if key.startswith("place:"):
            await self._status(key.removeprefix("place:"), "opened")


def _key(gone: str, place: str) -> str:
    return f"place:{place}" if gone == "place" else f"{gone}:" + ":".join(place.split(":")[:2])
