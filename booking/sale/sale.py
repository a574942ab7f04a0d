"""Sale: one checkout and its bookings in one Turn; every change gathered, each document written once."""

from dataclasses import replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from booking.sale.bookings import (
    BOOKINGS,
    CHECKOUTS,
    SETTLED,
    Booking,
    Checkout,
    Refused,
    checkout_moved,
    transition,
)  # fmt: skip
from bot.content import Draft
from bot.documents import Replace
from bot.model import Job
from bot.money import Money, total
from bot.ports import Reply, Store
from bot.turn import Turn


class Sale:
    """Read with `sale_of`; what is changed is written by `write`, once, at the end of the Turn's handler."""

    def __init__(self, turn: Turn, checkout: Checkout, bookings: list[Booking]) -> None:
        self.turn = turn
        self.checkout = checkout
        self.bookings = {b.id: b for b in bookings}
        self._stored: tuple[Checkout, dict[str, Booking]] = (checkout, dict(self.bookings))

    def __iter__(self) -> Any:
        return iter(self.bookings.values())

    def of(self, *states: str) -> list[Booking]:
        """Its bookings in one of these states."""
        return [b for b in self.bookings.values() if b.state in states]

    @property
    def settled(self) -> bool:
        """Whether every supplier's answer is known."""
        return all(b.state in SETTLED for b in self.bookings.values())

    @property
    def confirmed(self) -> list[Booking]:
        """What was booked in this round."""
        return self.of("confirmed")

    def sum(self, bookings: list[Booking]) -> Money:
        """What bookings cost together."""
        return total([b.price for b in bookings], self.checkout.currency)

    def move(self, booking: Booking, to: str, why: str = "", by: str = "", **changes: Any) -> Booking:
        """Move one booking; Refused if it cannot be."""
        now = self.bookings[booking.id]
        moved = transition(now, to, cause=self.turn.entry.id, at=self.turn.now, by=by, why=why, **changes)
        self.bookings[booking.id] = moved
        return moved

    def try_move(self, booking: Booking, to: str, why: str = "", **changes: Any) -> bool:
        """Move one booking if its table has that move; a stale or impossible one is noted for /why."""
        try:
            self.move(booking, to, why, **changes)
        except Refused as refused:
            self.turn.because(f"{booking.number}: {refused}")
            return False
        return True

    def put(self, booking: Booking, **changes: Any) -> Booking:
        """Change a booking without moving it."""
        self.bookings[booking.id] = changed = replace(self.bookings[booking.id], **changes)
        return changed

    def step(self, to: str, **changes: Any) -> None:
        """Move the checkout."""
        self.checkout = checkout_moved(self.checkout, to, **changes)

    def job(self, name: str, about: str, due: datetime | None = None, *, busy: bool = False, **args: Any) -> None:
        """Start a Job; `about` and the Entry that starts it make its id within the checkout."""
        args = {"checkout": self.checkout.id, **args}
        cause = blake2b(self.turn.entry.id.encode(), digest_size=6).hexdigest()
        id = f"{self.checkout.id}:{name}:{about}:{cause}"
        self.turn.jobs.append(
            Job(id=id, name=name, thread=self.checkout.thread, due_at=due or self.turn.now, args=args, busy=busy)
        )

    def say(self, draft: Draft) -> None:
        """Tell everybody."""
        self.turn.say(draft)

    def take(self, reply: Reply) -> None:
        """Adopt what payments answered."""
        self.turn.take(reply)

    def write(self) -> None:
        """Every document that has changed, with the version on which it was read as its fence."""
        checkout, bookings = self._stored
        if self.checkout != checkout:
            self.turn.change(Replace(CHECKOUTS, self.checkout))
        for id, booking in self.bookings.items():
            if booking != bookings[id]:
                self.turn.change(Replace(BOOKINGS, booking))


async def sale_of(store: Store, turn: Turn, checkout: str) -> Sale | None:
    """The checkout of that id in this Turn's Thread, or None."""
    found = await store.get(CHECKOUTS, checkout)
    if found is None or found.thread != turn.thread.id:
        return None
    bookings = [await store.get(BOOKINGS, id) for id in found.bookings]
    return Sale(turn, found, [b for b in bookings if b is not None])
