"""What an admin can ask of bookings and do to one that is stuck; only /admin's own people get an answer."""

from collections.abc import Iterator

from booking.ports import Sellable
from booking.sale.bookings import BOOKINGS, Booking
from booking.sale.cards import booking_facts, said_state
from booking.sale.texts import say
from bot.capability import Effect, Text, capability
from bot.content import Card, Draft, Press
from bot.documents import In
from bot.errors import AskAgain, Explain, RetryLater, Undeliverable, Unknown
from bot.model import Entry
from bot.money import Money
from bot.ports import Ask, Reply, Store
from bot.reading import all_of
from payments.collecting import Collections
from payments.model import Collection

# States in which a booking waits for somebody.
STUCK = ("authorized", "placing", "unknown", "cancelling", "paid_late", "refunding")
_MOST = 20


class BookingAdmin:
    """Over the bookings of every Thread."""

    def __init__(self, store: Store, sells: Sellable, collections: Collections) -> None:
        self._store, self._sells, self._collections = store, sells, collections

    @capability("Bookings that need a look", command="admin bookings", role="admin", private=True)
    async def admin_bookings(self, ask: Ask) -> Reply:
        """Those that wait for money or for a supplier, the oldest first."""
        found = sorted(await all_of(self._store, BOOKINGS, {"state": In(STUCK)}), key=_since)
        if not found:
            return Reply(drafts=(Draft(text=say("a_none")),))
        lines = [_line(b) for b in found[:_MOST]]
        lines += [say("a_more", n=len(found) - _MOST)] if len(found) > _MOST else []
        buttons = tuple(Press(label=b.number, call="admin_booking", args={"booking": b.number}) for b in found[:_MOST])
        return Reply(drafts=(Draft(card=Card(title=say("a_title"), lines=tuple(lines)), buttons=buttons),))

    @capability("One booking in full", command="admin booking", role="admin", private=True, slow=True)
    async def admin_booking(self, ask: Ask, *, booking: Text) -> Reply:
        """Its history, the supplier's record of it and its payments; `booking`: its number."""
        found = await self._of(booking)
        paid = await self._collections.of(found.checkout)
        lines = (_line(found), *_history(found), await self._supplier(found), *_money(found, paid))
        args = {"booking": found.number}
        buttons = (
            Press(label=say("a_look"), call="admin_look_up", args=args),
            Press(label=say("a_retry"), call="admin_retry", args=args),
        )
        card = Card(title=found.number, lines=lines, facts=tuple(booking_facts(found, ask.now)))
        return Reply(drafts=(Draft(card=card, buttons=buttons if found.state in STUCK else ()),))

    @capability(
        "Look up at the supplier what became of a booking", effect=Effect.CHANGE, command="admin look up",
        role="admin", private=True, hidden=True,
    )  # fmt: skip
    async def admin_look_up(self, ask: Ask, *, booking: Text) -> Reply:
        """Now, instead of with the next timer."""
        return await self._taken_up(ask, booking, "a_looking")

    @capability(
        "Take up a booking that stands still", effect=Effect.CHANGE, command="admin retry", role="admin", private=True,
        hidden=True,
    )  # fmt: skip
    async def admin_retry(self, ask: Ask, *, booking: Text) -> Reply:
        """Prices are asked again, orders looked up; nothing is ordered a second time."""
        return await self._taken_up(ask, booking, "a_retrying")

    async def _taken_up(self, ask: Ask, said: str, key: str) -> Reply:
        """News for the booking's own Thread, whose lane alone may move it."""
        found = await self._of(said)
        if found.state not in STUCK:
            raise Explain(say("a_not_stuck", number=found.number, state=said_state(found.state)))
        value = {"topic": "take_up", "checkout": found.checkout, "booking": found.id, "by": ask.person.id}
        id = f"{found.thread}:timer:take_up:{ask.key}"
        news = Entry(id=id, thread=found.thread, what="timer", at=ask.now, value=value)
        text = say(key, supplier=found.supplier, number=found.number)
        return Reply(drafts=(Draft(text=text, notice=True),), entries=(news,), why=f"took up {found.number}")

    async def _of(self, said: str) -> Booking:
        number = said.strip().upper()
        found = await self._store.find(BOOKINGS, {"number": number}, limit=1)
        if not found:
            raise AskAgain("booking", say("unknown_booking", said=said[:40]))
        return found[0]

    async def _supplier(self, booking: Booking) -> str:
        try:
            told = await self._sells.look_up(booking.offer.ref, booking.order_key)
        except (RetryLater, Unknown, Undeliverable):
            return say("a_supplier_silent", supplier=booking.supplier)
        if told is None:
            return say("a_supplier_none", supplier=booking.supplier)
        return say("a_supplier", supplier=booking.supplier, told=f"{told.code}, {told.state}, {told.price}")


def _since(booking: Booking) -> str:
    return f"{booking.history[-1].at:%Y-%m-%d %H:%M} UTC" if booking.history else ""


def _line(booking: Booking) -> str:
    return say(
        "a_line", number=booking.number, title=booking.offer.title, state=booking.state, since=_since(booking),
        supplier=booking.supplier, why=f" ({booking.why})" if booking.why else "",
    )  # fmt: skip


def _history(booking: Booking) -> Iterator[str]:
    for m in booking.history:
        why = f" ({m.why})" if m.why else ""
        yield say("a_history", at=f"{m.at:%Y-%m-%d %H:%M:%S}", before=m.before, to=m.to, why=why)


def _money(booking: Booking, paid: Collection | None) -> Iterator[str]:
    yield say("a_money", payment=booking.payment, refund=booking.refund)
    for share in paid.shares if paid else ():
        taken, back = (Money(minor, share.amount.currency) for minor in (share.captured, share.refunded))
        yield say("a_share", name=share.name, amount=share.amount, state=share.state, taken=taken, back=back)
