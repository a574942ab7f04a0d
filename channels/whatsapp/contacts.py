"""Whom our numbers may write to: the window of 24 hours, opt-in and opt-out, and who cannot be reached."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock
from bot.ports import Store
from channels.keeping import kept
from channels.whatsapp import inbound
from channels.whatsapp.accounts import Account
from channels.whatsapp.limits import MARGIN, WINDOW
from channels.whatsapp.records import CONTACTS, Contact

# The end of the window is written down no more often than this.
_NOTED_EVERY = timedelta(minutes=5)


class Contacts:
    """Keeps them in the Store: every process sees the same."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store, self._clock = store, clock

    async def find(self, place: str) -> Contact | None:
        """The person at that Place, None if they never wrote to us."""
        return await self._store.get(CONTACTS, place)

    def window_open(self, contact: Contact) -> bool:
        """Whether free words may be sent to them now."""
        return contact.last_in is not None and self._clock.now() - contact.last_in < WINDOW - MARGIN

    async def wrote(self, form: Mapping[str, str], account: Account, now: datetime) -> tuple[Contact, bool]:
        """Note a message of theirs; who they are, and whether that opened a way that was closed."""
        address, external = inbound.native(form), form.get("ExternalUserId", "").strip()
        sid, name = inbound.sid_of(form), form.get("ProfileName", "").strip()[:200]
        known = await self._known(account.name, address, external)
        id = known.id if known else inbound.place_of(account.name, address)
        new = Contact(id=id, account=account.name, address="", opted_at=now, opted_by="wrote to us first")

        def change(before: Contact | None) -> Contact | None:
            was = before or new
            news = was.last_in is None or now - was.last_in > _NOTED_EVERY
            after = replace(
                was, address=form["From"].strip(), name=name or was.name, external=external or was.external,
                asked_at=None, shut="", last_in=now if news else was.last_in,
            )  # fmt: skip
            return None if after == before else replace(after, latest=sid)

        before, after = await kept(self._store, CONTACTS, id, change)
        again = before is not None and before.latest == sid  # perhaps we did not answer the first time
        return after or new, again or (before is not None and not self._reachable(before))

    async def opted(self, contact: Contact, way: str, by: str, now: datetime) -> None:
        """They left ("out") or came back ("in"), by these words."""
        await self._changed(contact.id, opted=way, opted_at=now, opted_by=by[:80])

    async def asked(self, place: str, at: datetime | None) -> None:
        """A template asked them to answer; None: it did not reach them."""
        await self._changed(place, asked_at=at)

    async def closed(self, place: str, sent: datetime | None = None) -> None:
        """The network says that their window is closed; `sent`: of a message of then, they may have written since."""
        await self._changed(place, sent, last_in=None)

    async def unreachable(self, place: str, why: str, sent: datetime | None = None) -> None:
        """The network says that nothing reaches them; `sent` as above."""
        await self._changed(place, sent, shut=why)

    def _reachable(self, contact: Contact) -> bool:
        return self.window_open(contact) and contact.asked_at is None and not contact.shut

    async def _known(self, account: str, address: str, external: str) -> Contact | None:
        """Who writes, under their number or their business-scoped id, whichever came first."""
        for name in filter(None, (address, external)):
            if found := await self._store.get(CONTACTS, inbound.place_of(account, name)):
                return found
        for found in await self._store.find(CONTACTS, {"external": address}, limit=20):
            if found.account == account:
                return found
        return None

    async def _changed(self, place: str, sent: datetime | None = None, **changes: Any) -> None:
        def change(was: Contact | None) -> Contact | None:
            late = was and sent and was.last_in and was.last_in > sent
            return replace(was, **changes) if was and not late else None

        await kept(self._store, CONTACTS, place, change)
