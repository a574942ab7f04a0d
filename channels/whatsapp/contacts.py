"""Whom our numbers may write to: the window of 24 hours, opt-in and opt-out, and who cannot be reached."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.documents import Insert, Replace
from bot.errors import Conflict
from bot.ports import Store
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

        async def now_known() -> tuple[Contact, Contact]:
            before = await self._known(account.name, address, external)
            if before is None:
                id = inbound.place_of(account.name, address)
                by = "wrote to us first"
                before = Contact(id=id, account=account.name, address="", opted_at=now, opted_by=by)
            return before, replace(
                before, address=form["From"].strip(), name=form.get("ProfileName", "").strip()[:200] or before.name,
                external=external or before.external, asked_at=None, shut="", latest=inbound.sid_of(form),
                last_in=now if self._is_news(before, now) else before.last_in,
            )  # fmt: skip

        before, after = await self._written(now_known)
        again = before.latest == after.latest  # the same message, perhaps because we did not answer the first time
        return after, bool(before.address) and (again or bool(before.shut) or not self._open_at(before, now))

    async def opted(self, contact: Contact, way: str, by: str, now: datetime) -> Contact:
        """They left ("out") or came back ("in"), by these words."""
        changes = {"opted": way, "opted_at": now, "opted_by": by[:80]}
        return await self._changed(contact.id, lambda c: replace(c, **changes))  # type: ignore[arg-type]

    async def asked(self, place: str, at: datetime | None) -> None:
        """A template asked them to answer; None: it did not reach them."""
        await self._changed(place, lambda c: replace(c, asked_at=at))

    async def closed(self, place: str) -> None:
        """The network says that their window is closed."""
        await self._changed(place, lambda c: replace(c, last_in=None))

    async def unreachable(self, place: str, why: str) -> None:
        """The network says that nothing reaches them."""
        await self._changed(place, lambda c: replace(c, shut=why))

    def _open_at(self, contact: Contact, now: datetime) -> bool:
        return contact.last_in is not None and contact.asked_at is None and now - contact.last_in < WINDOW - MARGIN

    def _is_news(self, before: Contact, now: datetime) -> bool:
        return before.last_in is None or now - before.last_in > _NOTED_EVERY

    async def _known(self, account: str, address: str, external: str) -> Contact | None:
        """Who writes, under their number or their business-scoped id, whichever came first."""
        for name in filter(None, (address, external)):
            if found := await self._store.get(CONTACTS, inbound.place_of(account, name)):
                return found
        for found in await self._store.find(CONTACTS, {"external": address}, limit=20):
            if found.account == account:
                return found
        return None

    async def _changed(self, place: str, change: Callable[[Contact], Contact]) -> Contact:
        async def found() -> tuple[Contact, Contact]:
            before = await self._store.get(CONTACTS, place) or Contact(id=place, account="", address="")
            return before, change(before) if before.version else before

        return (await self._written(found))[1]

    async def _written(self, change: Callable[[], Awaitable[tuple[Contact, Contact]]]) -> tuple[Contact, Contact]:
        """Before and after; a change that another process made meanwhile is taken in."""
        while True:
            before, after = await change()
            if replace(after, latest=before.latest) == before:
                return before, after
            op = Replace(CONTACTS, after) if before.version else Insert(CONTACTS, after)
            try:
                await self._store.commit([op], hurry=False)
                return before, replace(after, version=after.version + 1)
            except Conflict:
                continue
