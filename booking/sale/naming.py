"""Finding the booking that people mean: by its number, a part of its title, its kind, or because it is the only one."""

import re
from collections.abc import Sequence

from booking.sale.bookings import BOOKINGS, Booking
from booking.sale.texts import say
from bot.errors import AskAgain, Explain
from bot.members import require_member
from bot.ports import Ask, Store
from bot.reading import all_of


def check_member(ask: Ask) -> None:
    """NotAllowed for who is not in the Thread."""
    require_member(ask.thread, ask.person)


async def bookings_of(store: Store, thread: str) -> list[Booking]:
    """All bookings of a Thread, in the order in which they were opened."""
    found = await all_of(store, BOOKINGS, {"thread": thread})
    return sorted(found, key=lambda b: (b.at, b.offer.starts_at or b.at, b.id))


async def booking_named(store: Store, thread: str, said: str, first: Sequence[str] = ()) -> Booking:
    """The booking of that number or title; where several fit, the one in a state of `first`.

    Explain if there is none at all, AskAgain("booking", ...) if it is not clear which is meant."""
    known = await bookings_of(store, thread)
    if not known:
        raise Explain(say("no_bookings"))
    word = meant(said)
    fit = [b for b in known if not word or _is(b, word)]
    if not fit:
        raise AskAgain("booking", say("unknown_booking", said=said[:40]))
    exact = [b for b in fit if b.number.casefold() == word] or [b for b in fit if b.state in first] or fit
    if len(exact) > 1:
        raise AskAgain("booking", say("which_booking", example=exact[0].number))
    return exact[0]


def meant(said: str) -> str:
    """What people call a thing, without the words before it: "the hotel" is "hotel"."""
    return re.sub(r"^(?:(?:the|our|my|that|this|a)\s+)+", "", said.casefold().strip())


def _is(booking: Booking, word: str) -> bool:
    told = (booking.number, booking.code, booking.offer.title, booking.offer.kind.value)
    return any(word in text.casefold() for text in told if text)
