"""Booking: one thing that is bought from one supplier, its declared moves, and the checkout that it belongs to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import blake2b
from typing import Any

from booking.offers import Offer
from booking.ports import CancelQuote, Reservation
from bot.documents import Index, Kind
from bot.errors import Explain
from bot.money import Money

MOVES: Mapping[str, tuple[str, ...]] = {
    "draft": ("priced",),
    "priced": ("awaiting_provider", "awaiting_payment", "expired"),
    "awaiting_provider": ("awaiting_payment", "declined", "countered", "expired"),
    "countered": ("awaiting_provider", "awaiting_payment", "expired"),
    "awaiting_payment": ("authorized", "expired", "released"),
    "authorized": ("placing", "awaiting_payment", "released"),
    "placing": ("confirmed", "unknown", "released"),
    "unknown": ("confirmed", "released"),
    "confirmed": ("in_service", "change_quoted", "cancel_quoted", "disrupted"),
    "change_quoted": ("changed", "confirmed"),
    "changed": ("confirmed",),
    "cancel_quoted": ("cancel_quoted", "confirmed", "cancelling"),
    "cancelling": ("cancelled", "cancel_quoted", "confirmed"),
    "disrupted": ("confirmed", "cancelled"),
    "in_service": ("completed",),
    "expired": ("paid_late",),
    "released": ("paid_late",),
    "paid_late": ("authorized", "refunding"),
    "refunding": ("released",),
    "declined": (),
    "completed": (),
    "cancelled": (),
}
# States in which the supplier's answer to the order is known.
SETTLED = frozenset(MOVES) - {"draft", "priced", "awaiting_provider", "awaiting_payment", "authorized", "placing",
                              "unknown", "paid_late", "refunding"}  # fmt: skip
# States in which the supplier keeps something for us that is paid or to be paid.
STANDING = frozenset(("confirmed", "cancel_quoted", "cancelling", "change_quoted", "in_service", "completed"))
# States in which it is being bought.
UNDER_WAY = frozenset(("awaiting_payment", "authorized", "placing", "unknown", "paid_late"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A step of a Booking's life. `cause`: the Entry that made it; `by`: a Person id, "" for Caravan itself."""

    at: datetime
    before: str
    to: str
    cause: str
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One line of a checkout. `number`: the code that people read, for ever the same.

    `offer`: as last quoted; `price`: what is to be paid or was. `hold`: what the supplier keeps unpaid. `code`: the
    supplier's reference. `attempt` counts the orders tried, see `order_key`. `payment`: none, partial, full or over;
    `refund`: none, requested, in_transit, done or failed, of `refunded` so far. `item`: its id on the plan of `trip`.
    `looks`: how often the supplier was asked what became of it.
    """

    id: str
    thread: str
    checkout: str
    number: str
    organiser: str
    offer: Offer
    price: Money
    at: datetime
    state: str = "draft"
    hold: Reservation | None = None
    code: str = ""
    attempt: int = 1
    payment: str = "none"
    refund: str = "none"
    refunded: Money | None = None
    quote: CancelQuote | None = None
    trip: str = ""
    item: str = ""
    looks: int = 0
    why: str = ""
    history: tuple[Move, ...] = ()
    version: int = 0

    @property
    def order_key(self) -> str:
        """The request key of its order: the same in every repetition of one attempt."""
        return f"booking:{self.id}:place:{self.attempt}"

    @property
    def supplier(self) -> str:
        """Who sells it."""
        return self.offer.supplier


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkout:
    """Lines of one cart that are bought together in one currency; `about` of their Collection is its id.

    `state`: open (people pay), pricing (suppliers are asked once more), placing, settling (money is taken), done,
    over (nothing was bought). `bookings`: ids. `names`: whose list of travellers' names is used. `rounds`: how often it
    was priced. `later`: bookings that are ordered when those before them are settled. `card`: the Answer that says what
    was booked.
    """

    id: str
    thread: str
    organiser: str
    currency: str
    bookings: tuple[str, ...]
    at: datetime
    deadline: datetime
    title: str = ""
    state: str = "open"
    names: str = ""
    rounds: int = 0
    later: tuple[str, ...] = ()
    card: str = ""
    version: int = 0


CHECKOUT_MOVES: Mapping[str, tuple[str, ...]] = {
    "open": ("pricing", "over"),
    "pricing": ("open", "placing", "over"),
    "placing": ("settling", "over"),
    "settling": ("done", "over"),
    "over": ("pricing",),
    "done": (),
}
BOOKINGS = Kind(
    "bookings", Booking,
    (Index(("thread", "state")), Index(("checkout",)), Index(("number",), unique=True), Index(("organiser",)),
     Index(("state",))),
)  # fmt: skip
CHECKOUTS = Kind(
    "checkouts", Checkout, (Index(("thread", "state")), Index(("organiser",)), Index(("state",)))
)  # fmt: skip
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class Refused(Explain):
    """A move that cannot be made: `stale` if it was possible once, else it is not in the table."""

    def __init__(self, state: str, to: str, *, stale: bool = False) -> None:
        super().__init__(f"A booking that is {_said(state)} cannot become {_said(to)}.")
        self.state, self.to, self.stale = state, to, stale


def transition(
    booking: Booking, to: str, *, cause: str, at: datetime, by: str = "", why: str = "", seen: int | None = None,
    **changes: Any,
) -> Booking:  # fmt: skip
    """The booking in another state, the move kept in its history; written as a Replace, its version is the fence.

    `seen`: the version on which the move was decided. Refused if it is not in MOVES, stale if the booking has changed
    since or this cause has moved it so already."""
    done = any((m.cause, m.to) == (cause, to) for m in booking.history)
    if done or (seen is not None and seen != booking.version):
        raise Refused(booking.state, to, stale=True)
    if to not in MOVES[booking.state]:
        raise Refused(booking.state, to)
    move = Move(at=at, before=booking.state, to=to, cause=cause, by=by, why=why)
    return replace(booking, state=to, why=why, history=(*booking.history, move), **changes)


def checkout_moved(checkout: Checkout, to: str, **changes: Any) -> Checkout:
    """The checkout in another state; Refused if CHECKOUT_MOVES has no such move."""
    if to not in CHECKOUT_MOVES[checkout.state]:
        raise Refused(checkout.state, to)
    return replace(checkout, state=to, **changes)


def number_of(id: str) -> str:
    """The code that people read for a booking: "CV-" and seven letters or digits."""
    drawn = int.from_bytes(blake2b(id.encode(), digest_size=8, person=b"booking number").digest(), "big")
    return "CV-" + "".join(_LETTERS[drawn // 32**n % 32] for n in range(7))


def _said(state: str) -> str:
    return state.replace("_", " ")
