"""How far our messages came, as Twilio tells: late, twice and out of order; they only move forward."""

from collections.abc import Mapping
from datetime import datetime

from bot.afterwards import arrived, reachable, undelivered
from bot.model import Entry
from bot.places import shown_entry
from bot.ports import Store
from channels.keeping import kept
from channels.lenient import moment
from channels.whatsapp.contacts import Contacts
from channels.whatsapp.errors import Reaction, reaction
from channels.whatsapp.inbound import Status
from channels.whatsapp.limits import FAILED, STATUSES
from channels.whatsapp.records import PASSAGES, Passage
from channels.whatsapp.sender import KNOCK, delivery_of

# So often a part is sent before it counts as failed.
_TRIES = 3


class Statuses:
    """Keeps the furthest step of each message and tells the core what changes a Delivery."""

    def __init__(self, store: Store, contacts: Contacts) -> None:
        self._store, self._contacts = store, contacts

    async def heard(self, status: Status, query: Mapping[str, str], now: datetime) -> tuple[Entry, ...]:
        """The Entries of a step; none for one that is old news or about nothing of ours."""
        delivery, part, at = delivery_of(query.get("d", "")), query.get("p", "0"), query.get("t", "")
        place, number = delivery.rpartition("@")[2], int(part) if part.isdecimal() and len(part) < 4 else 0
        if not place.startswith("whatsapp:"):
            return ()
        sent = moment(int(at) / 1000, now) if at.isdecimal() and len(at) < 16 else now
        first, moved = await self._moved(status, place, delivery, number, now)
        if delivery.startswith(KNOCK):
            return await self._knock(status, place, now, sent) if moved and status.status in FAILED else ()
        if status.status in FAILED:
            if not moved:
                return ()
            again = await self._again(status, place, delivery, number, sent)
            why = f"Twilio {status.error}" if status.error else status.status
            news = undelivered(place, status.sid, now, delivery=delivery, part=number, again=again, why=why)
            return (news,)
        unsure = first and await self._is_unknown(delivery, place)
        return (arrived(place, status.sid, now, delivery=delivery, part=number),) if unsure else ()

    async def _moved(self, s: Status, place: str, delivery: str, part: int, now: datetime) -> tuple[bool, bool]:
        """Whether this is the first step we hear of; whether it goes beyond those before or fails again."""
        new = Passage(id=s.sid, place=place, delivery=delivery, part=part, status=s.status, error=s.error, at=now)

        def change(was: Passage | None) -> Passage | None:
            return None if was and STATUSES[s.status] <= STATUSES[was.status] else new

        before, after = await kept(self._store, PASSAGES, s.sid, change)
        told_again = before is after and s.status in FAILED and after is not None and after.status == s.status
        return before is None, before is not after or told_again

    async def _again(self, status: Status, place: str, delivery: str, part: int, sent: datetime) -> bool:
        """Whether a failed part may be sent once more; then the sender knows what has changed."""
        wanted = reaction(status.error)
        if wanted is Reaction.WINDOW:
            await self._contacts.closed(place, sent)
        elif wanted is Reaction.PERSON:
            await self._contacts.unreachable(place, f"Twilio {status.error}", sent)
        elif wanted is not Reaction.LATER:
            return False
        tries = await self._store.find(PASSAGES, {"delivery": delivery}, limit=20)
        return sum(p.part == part for p in tries) < _TRIES

    async def _knock(self, status: Status, place: str, now: datetime, sent: datetime) -> tuple[Entry, ...]:
        """A template did not reach them: it may be tried again, or what waits takes another way."""
        await self._contacts.asked(place, None)
        if reaction(status.error) is not Reaction.PERSON:
            return ()
        await self._contacts.unreachable(place, f"Twilio {status.error}", sent)
        return (reachable(place, status.sid, now),)

    async def _is_unknown(self, delivery: str, place: str) -> bool:
        entry = await shown_entry(self._store, delivery.removesuffix(f"@{place}"))
        return any(d.id == delivery and d.state == "unknown" for d in (entry.deliveries if entry else ()))
