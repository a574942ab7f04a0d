"""How orders and bookings look in a chat: what was booked, with its references; what was not, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from booking.sale.bookings import STANDING, Booking, Checkout
from booking.sale.cart_cards import OURS, offer_facts, ours
from booking.sale.sale import Sale
from booking.sale.texts import say
from bot.content import Card, Draft, Fact, Press
from bot.money import Money

# So many bookings have buttons of their own on one card.
FEW = 3
CANCELLABLE = frozenset(("confirmed", "cancel_quoted"))
# What came to nothing, and how many of those are listed.
_IN_VAIN = frozenset(("expired", "released", "declined"))
FEW_IN_VAIN = 5


# The name of the confirmation among what its Entry led to.
BOOKED = "booked"


def order_card(sale: Sale, now: datetime, taken: Money | None = None, gap: Money | None = None) -> Draft:
    """The confirmation: every line with its reference, or why it is not booked and was not charged.

    `taken`: what was taken, `gap`: what could not be and is open; None before that is known."""
    booked, back = sale.of(*STANDING), sale.of("cancelled")
    failed = [b for b in sale if b not in (*booked, *back)]
    key = "done_title" if not failed else "part_title" if booked else "none_title"
    lines = [*(_booked_line(b) for b in booked), *(list_line(b) for b in back), *(_failed_line(b) for b in failed)]
    facts = [fact for b in (*booked, *back) for fact in booking_facts(b, now)]
    buttons: list[Press] = []
    if booked or back:
        lines.append(_money_line(sale.sum([*booked, *back]), taken, gap))
        facts += _money_facts(sale, sale.sum([*booked, *back]), taken, gap, now)
    if booked:
        buttons = [Press(label=say("papers"), call="show_papers", args={"booking": sale.checkout.id})]
        fit = [b for b in booked if b.state in CANCELLABLE]
        buttons += [cancel_press(b) for b in fit] if len(fit) <= FEW else [pick_press("cancel")]
    if failed:
        buttons.append(again_press(sale.checkout))
    card = Card(title=say(key, title=sale.checkout.title), lines=tuple(lines), facts=tuple(facts))
    first = taken is None
    known = "" if first else sale.checkout.card
    return Draft(card=card, buttons=tuple(buttons), name=BOOKED if first else "", replaces=known)


def _money_line(due: Money, taken: Money | None, gap: Money | None) -> str:
    """What is to be taken, or what was and what is open of it."""
    if taken is None or gap is None:
        return say("to_take_for", total=due)
    return say("taken_and_open", total=due, taken=taken, open=gap) if gap.minor else say("taken_for", total=taken)


def _money_facts(sale: Sale, due: Money, taken: Money | None, gap: Money | None, now: datetime) -> Iterator[Fact]:
    ref = f"trip:{sale.checkout.thread}:{sale.checkout.id}"
    yield ours(say("f_total"), due, ref, now)
    if taken is not None and gap is not None:
        yield ours(say("f_taken_of"), taken, ref, now)
        yield ours(say("f_open_of"), gap, ref, now)


def booking_facts(booking: Booking, now: datetime) -> Iterator[Fact]:
    """Our number, the supplier's reference, and what was bought."""
    title, offer = booking.offer.title, booking.offer
    about = f"trip:{booking.thread}:{booking.number}"
    yield Fact(
        label=say("f_number", title=title), value=booking.number, source=OURS, ref=about, fetched_at=now
    )  # fmt: skip
    if booking.code:
        yield order_fact(booking, say("f_code", title=title), booking.code, now)
    yield from offer_facts(replace(offer, price=booking.price))
    if booking.refunded is not None:
        yield ours(say("f_refunded_of", title=title), booking.refunded, about, now)


def order_fact(booking: Booking, label: str, value: str | Money, now: datetime) -> Fact:
    """What the supplier says of the order itself; its reference is the order's, not the offer's."""
    money = value if isinstance(value, Money) else None
    return Fact(
        label=label, value=str(value), minor=money.minor if money else None, currency=money.currency if money else "",
        source=booking.supplier, ref=f"{booking.offer.ref.partition(':')[0]}:order:{booking.code}", fetched_at=now,
    )  # fmt: skip


def _booked_line(booking: Booking) -> str:
    return say(
        "l_confirmed", title=booking.offer.title, number=booking.number, supplier=booking.supplier, code=booking.code
    )


def _failed_line(booking: Booking) -> str:
    return say("l_failed", title=booking.offer.title, why=booking.why or said_state(booking.state))


def ended_draft(checkout: Checkout) -> Draft:
    """Nothing was bought."""
    return Draft(text=say("ended", title=checkout.title), buttons=(again_press(checkout),))


def again_press(checkout: Checkout) -> Press:
    """What was not bought goes back into the cart."""
    return Press(label=say("again"), call="cart_again", args={"checkout": checkout.id})


def pick_press(action: str) -> Press:
    """Opens the choice of a booking to do something with."""
    return Press(label=say(f"pick_{action}"), call="pick_booking", args={"action": action})


def pick_card(bookings: Sequence[Booking], action: str) -> Draft:
    """A button for each booking that the action makes sense for."""
    call = {"cancel": "cancel_booking", "papers": "show_papers", "recheck": "recheck_booking"}[action]
    fit = [b for b in bookings if b.state in (CANCELLABLE if action == "cancel" else STANDING)]
    buttons = tuple(Press(label=f"{b.number} {b.offer.title}"[:60], call=call, args={"booking": b.number}) for b in fit)
    return Draft(text=say("which_one") if fit else say("no_bookings"), buttons=buttons)


def cancel_press(booking: Booking) -> Press:
    """Opens the quote for cancelling one booking."""
    return Press(label=say("cancel", number=booking.number), call="cancel_booking", args={"booking": booking.number})


def said_state(state: str) -> str:
    """A booking's state in words."""
    return say(f"state_{state}")


def bookings_card(bookings: Sequence[Booking], now: datetime) -> Draft:
    """All bookings of a Thread with their state; those that came to nothing stand last, and only the newest of them."""
    living = [b for b in bookings if b.state not in _IN_VAIN]
    vain = [b for b in bookings if b.state in _IN_VAIN]
    shown = vain[-FEW_IN_VAIN:]
    lines, facts, buttons = [], [], []
    for booking in (*living, *shown):
        lines.append(list_line(booking))
        facts += list(booking_facts(booking, now))
        buttons += list(_booking_buttons(booking))
    standing = [b for b in bookings if b.state in STANDING]
    if len(vain) > len(shown):
        lines.append(say("b_more", n=len(vain) - len(shown)))
    if len(standing) > FEW:
        buttons = [pick_press(action) for action in ("papers", "recheck", "cancel")]
    card = Card(title=say("bookings_title"), lines=tuple(lines), facts=tuple(facts))
    return Draft(card=card, buttons=tuple(buttons))


def list_line(booking: Booking) -> str:
    """A booking with its price, its state and what came back of it."""
    state = said_state(booking.state)
    line = say("b_line", number=booking.number, title=booking.offer.title, price=booking.price, state=state)
    return f"{line} · {say('b_refund', refunded=booking.refunded)}" if booking.refunded is not None else line


def _booking_buttons(booking: Booking) -> Iterator[Press]:
    if booking.state in STANDING:
        args = {"booking": booking.number}
        yield Press(label=f"{say('papers')} {booking.number}", call="show_papers", args=args)
        yield Press(label=f"{say('recheck')} {booking.number}", call="recheck_booking", args=args)
    if booking.state in CANCELLABLE:
        yield cancel_press(booking)
