"""How a cart looks: each line with its price, its conditions and what it comes to for each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from booking.itinerary.cards import restored
from booking.offers import Offer
from booking.sale.cart import Cart, Line, shares, totals
from booking.sale.texts import say
from booking.texts import count
from bot.content import Card, Draft, Fact, Press
from bot.glossary import worded
from bot.language import both, formed
from bot.model import Member
from bot.money import Money

OURS = "Caravan"
# Beyond so many lines a list is told in short, for a phone.
MANY = 4
_TOLD = ("Price", "Departs", "Arrives", "Pick-up", "Check-in", "Check-out", "Starts", "Ends")


def cart_card(cart: Cart, members: Sequence[Member], now: datetime, notes: Sequence[str] = ()) -> Draft:
    """The cart with what can be done to it; `notes` come first."""
    if not cart.lines:
        return Draft(text="\n".join((*notes, say("cart_empty"))))
    told = short_lines if len(cart.lines) > MANY else _lines
    lines = [*notes, *(text for n, line in enumerate(cart.lines, 1) for text in told(f"{n}. ", line.offer))]
    facts = [fact for line in cart.lines for fact in offer_facts(line.offer)]
    if cart.party:
        lines.append(say("cart_for", party=count(cart.party, "traveller")))
    for total in totals(cart.lines):
        lines += list(_sums(total, members))
        facts += list(sum_facts(f"trip:{cart.thread}:cart", total, members, now))
    if len(cart.currencies) > 1:
        lines.append(say("two_monies", monies=both(cart.currencies)))
    return Draft(card=Card(title=say("cart_title"), lines=tuple(lines), facts=tuple(facts)), buttons=_buttons(cart))


def _buttons(cart: Cart) -> tuple[Press, ...]:
    due = totals(cart.lines)
    pays = (Press(label=say("pay_this", amount=total), call="pay", args={"currency": total.currency}) for total in due)
    rest = (Press(label=say("remove"), call="pick_line"), Press(label=say("empty"), call="empty_cart"))
    return (*pays, *_party_buttons(cart), *rest)


def _party_buttons(cart: Cart) -> Iterator[Press]:
    """One more and one less; where the lines differ, the question for how many."""
    if not cart.party:
        yield Press(label=say("set_party"), call="set_party")
        return
    for people in (cart.party - 1, cart.party + 1):
        if people:
            yield Press(label=say("party_of", count=people), call="set_party", args={"travelers": people})


def short_lines(begin: str, offer: Offer) -> Iterator[str]:
    """A line of a long list: what, how much, when, and what comes back until which day; the facts tell the hour."""
    offer = restored(offer)
    at = f" · {told}" if (told := _short_when(offer)) else ""
    steps = [_short_step(offer, until, back) for until, back in offer.refunds()]
    told = ", ".join(steps) or " ".join(map(worded, offer.conditions))
    yield f"**{begin}{offer.title}** · {offer.price}{at} · {told}"


def _short_when(offer: Offer) -> str:
    if offer.starts_at is not None:
        return formed(offer.starts_at, "%a %d %b %H:%M")
    return formed(offer.day, "%a %d %b") if offer.day is not None else ""


def _short_step(offer: Offer, until: str, back: Money) -> str:
    day = " ".join(until.split()[:3])
    return say("refund_all_short", day=day) if back == offer.price else say("refund_short", back=back, day=day)


def _lines(begin: str, offer: Offer) -> Iterator[str]:
    offer = restored(offer)
    party = f" {say('for_people', count=offer.travelers)}"
    at = f" · {offer.when}" if offer.when else ""
    yield f"**{begin}{offer.title}** · {offer.price}{party}{at} · {offer.supplier}"
    yield from (f"   {worded(text)}" for text in (*offer.conditions, *refund_lines(offer)))


def refund_lines(offer: Offer) -> Iterator[str]:
    """What comes back and until when, in local time and exact amounts; none if nothing ever does."""
    for until, back in offer.refunds():
        yield say("refund_step", back=back, until=until)


def offer_facts(offer: Offer) -> Iterator[Fact]:
    """Price, times and what comes back when, as its supplier said."""
    told = restored(offer)
    for fact in told.to_facts():
        if fact.label in _TOLD or fact.label.startswith("Back until"):
            yield replace(fact, label=f"{offer.title} – {fact.label}")


def _sums(total: Money, members: Sequence[Member]) -> Iterator[str]:
    yield say("total", total=total)
    parts = shares(total, members)
    if len(parts) > 1:
        alike = len({part for _, part in parts}) == 1
        if alike:
            yield say("each_pays", count=len(parts), each=parts[0][1])
        else:
            yield " · ".join(say("share_of", name=name, amount=part) for name, part in parts)


def sum_facts(ref: str, total: Money, members: Sequence[Member], now: datetime) -> Iterator[Fact]:
    """Our own sums: in all and for each."""
    yield ours(say("f_total"), total, ref, now)
    for name, part in shares(total, members) if len(members) > 1 else ():
        yield ours(say("f_share", name=name), part, ref, now)


def ours(label: str, amount: Money, ref: str, now: datetime) -> Fact:
    """A fact that Caravan computed."""
    return Fact(
        label=label, value=str(amount), minor=amount.minor, currency=amount.currency, source=OURS, ref=ref,
        fetched_at=now,
    )  # fmt: skip


def pick_card(cart: Cart) -> Draft:
    """A button for each line to take out."""
    buttons = tuple(
        Press(label=say("remove_one", n=n, title=line.offer.title)[:40], call="remove_line", args={"line": line.id})
        for n, line in enumerate(cart.lines, 1)
    )
    return Draft(text=say("which_line"), buttons=buttons)


def titles(lines: Sequence[Line]) -> str:
    """What a checkout is called: its first line, and how many more."""
    first = lines[0].offer.title
    return first if len(lines) == 1 else say.plain("title_more", first=first, more=count(len(lines) - 1, "thing"))
