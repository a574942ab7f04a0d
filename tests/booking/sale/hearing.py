"""News of money and suppliers heard in the lane, alone: which documents change, which Jobs start, what is said."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from booking.ports import Reservation
from booking.sale.bookings import BOOKINGS, CHECKOUTS, Booking, Checkout
from booking.sale.settling import Settling
from bot.content import Draft
from bot.documents import Insert, Op
from bot.model import Entry, Job
from bot.turn import Turn
from payments.model import COLLECTIONS, Collection
from tests.booking.sale.single import NOW, kes
from tests.payments.single import collection, share
from tests.payments.table import Table, table

HOUR = timedelta(hours=1)
HELD: dict[str, Any] = {"state": "authorized", "payment": "p"}


def checkout(state: str = "open", n: int = 2, **more: Any) -> Checkout:
    told: dict[str, Any] = {"organiser": "ana", "currency": "KES", "at": NOW, "deadline": NOW + HOUR, **more}
    return Checkout(
        id="k", thread="trip", bookings=tuple(f"b{k}" for k in range(1, n + 1)), title="Mombasa", state=state, **told
    )


def paid(minor: int = 20_000, state: str = "covered", **more: Any) -> Collection:
    return replace(collection(share(1, "ana", minor, **HELD), state=state, **more), about="k")


def hold(n: int = 1, **more: Any) -> Reservation:
    return Reservation(code=f"h{n}", key="hk", ref=f"o{n}", state="held", price=kes(10_000), at=NOW, **more)


async def at(c: Checkout, *bookings: Booking, money: Collection | None = None) -> Table:
    t = table("ana", "ben")
    documents: list[Op] = [Insert(CHECKOUTS, c), *(Insert(BOOKINGS, b) for b in bookings)]
    await t.store.commit([*documents, *([Insert(COLLECTIONS, money)] if money else [])])
    return t


class Heard:
    """What news led to."""

    def __init__(self, turn: Turn) -> None:
        self.turn = turn
        self.jobs = [j for j in turn.jobs if j.id.startswith("k:")]
        self.checkout: Any = next((op.value for op in turn.ops if op.kind is CHECKOUTS), None)
        self.bookings = {op.value.id: op.value for op in turn.ops if op.kind is BOOKINGS}
        self.money: Any = next((op.value for op in turn.ops if op.kind is COLLECTIONS), None)

    def states(self) -> dict[str, str]:
        return {id: b.state for id, b in self.bookings.items()}

    def names(self) -> list[str]:
        return [j.name for j in self.jobs]

    def job(self, name: str) -> Job:
        (found,) = [j for j in self.jobs if j.name == name]
        return found

    @property
    def told(self) -> list[Draft]:
        return [draft for draft, _ in self.turn._drafts]

    def texts(self) -> list[str]:
        return [d.text for d in self.told]


async def hears(t: Table, handler: str, **value: Any) -> Heard:
    entry = Entry(id="e", thread="trip", what="supplier", at=NOW, value={"checkout": "k", "about": "k", **value})
    turn = Turn(entry, t.thread, NOW)
    await getattr(Settling(t.store, t.house.collections), handler)(turn)
    return Heard(turn)


def nothing(h: Heard) -> bool:
    return not (h.turn.ops or h.turn.jobs or h.texts())
