"""How offers look in a chat: a list to choose from, or one in detail. Every figure in a line is one of the facts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from booking.offers import Offer, OfferKind
from booking.sale.texts import say as say_sale
from booking.texts import count, say
from bot.content import Card, Draft, Fact, Press
from bot.glossary import worded

_SUMMARY = {
    OfferKind.FLIGHT: ("Price", "Per person", "Departs", "Arrives", "Stops"),
    OfferKind.BUS: ("Price", "Per person", "Departs", "Arrives"),
    OfferKind.HOTEL: ("Price", "Per room and night", "Class", "Rating"),
    OfferKind.TRANSFER: ("Price", "About", "Pick-up", "Duration"),
    OfferKind.EVENT: ("Price", "Per person", "Starts"),
    OfferKind.ACTIVITY: ("Price", "Per person", "Open", "Duration"),
    OfferKind.RESTAURANT: ("About", "Per person", "Cuisine", "Open"),
    OfferKind.WEATHER: ("Day", "High", "Low", "Chance of rain"),
}
_SAID = {
    "About": "said_about", "Per person": "said_each", "Per room and night": "said_night", "Arrives": "said_arrives",
    "Pick-up": "said_pick_up", "Open": "said_open", "Rating": "said_rated", "High": "said_high", "Low": "said_low",
    "Chance of rain": "said_rain",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A part of a list to show, after the first `begin` of `of`; the numbers begin at `first`."""

    title: str
    offers: tuple[Offer, ...]
    first: int
    begin: int
    of: int
    notes: tuple[str, ...] = ()
    buttons: tuple[Press, ...] = ()


def list_card(shown: Shown) -> Draft:
    """The offers of a list, a line each, with buttons for their details."""
    numbered = list(enumerate(shown.offers, shown.first))
    title = shown.title
    if len(shown.offers) < shown.of:
        title = f"{title} ({say('shown', first=shown.begin + 1, last=shown.begin + len(shown.offers), count=shown.of)})"
    facts = tuple(replace(fact, label=f"{n} · {fact.label}") for n, offer in numbered for fact in _summary(offer))
    lines = tuple(f"**{n}. {_titled(offer)}** · {_line(offer)}" for n, offer in numbered)
    details = tuple(_details(n, offer) for n, offer in numbered if offer.kind is not OfferKind.WEATHER)
    return Draft(card=Card(title=title, lines=(*lines, *shown.notes), facts=facts), buttons=(*details, *shown.buttons))


def offer_card(offer: Offer) -> Draft:
    """One offer with all its facts, to like, to dislike and to ask again."""
    lines = [_where(offer), *map(worded, offer.conditions)]
    if offer.tags:
        lines.append(" ".join(f"#{tag}" for tag in offer.tags))
    taste = {"ref": offer.ref, "tags": ", ".join(offer.tags), "title": offer.title}
    buttons = [
        Press(label=say("like"), call="like", args=taste),
        Press(label=say("dislike"), call="dislike", args=taste),
    ]
    if offer.bookable:
        buttons.append(Press(label=say_sale("book"), call="book_now", args={"offer": offer.ref}))
        buttons.append(Press(label=say_sale("add"), call="add_to_cart", args={"offer": offer.ref}))
    if offer.price is not None:
        was = f"{offer.price.major} {offer.price.currency}"
        buttons.append(Press(label=say("recheck"), call="recheck_price", args={"offer": offer.ref, "was": was}))
    return Draft(card=Card(title=offer.title, lines=tuple(lines), facts=offer.to_facts()), buttons=tuple(buttons))


def as_data(offers: Sequence[Offer]) -> list[dict[str, Any]]:
    """Offers as JSON for brains and for "the second one"."""
    return [dict(_datum(offer)) for offer in offers]


def _datum(offer: Offer) -> Iterator[tuple[str, Any]]:
    yield from (("ref", offer.ref), ("kind", offer.kind.value), ("title", offer.title), ("source", offer.supplier))
    if offer.price:
        yield "price", str(offer.price)
    if offer.unit and offer.unit != offer.price:
        yield f"price_per_{offer.per.replace(' ', '_')}", str(offer.unit)
    if offer.starts_at and offer.kind is not OfferKind.WEATHER:
        yield "starts_at", offer.starts_at.isoformat()
    if offer.ends_at and offer.kind is not OfferKind.WEATHER:
        yield "ends_at", offer.ends_at.isoformat()
    if offer.hours:
        yield "open", ", ".join(str(hours) for hours in offer.hours)
    if offer.rating is not None:
        yield "rating", offer.rating
    yield "tags", list(offer.tags)
    yield from (("details", dict(offer.details)), ("conditions", list(offer.conditions)))


def _summary(offer: Offer) -> Iterator[Fact]:
    return (fact for fact in offer.to_facts() if fact.label in _SUMMARY[offer.kind])


def _line(offer: Offer) -> str:
    said = []
    for fact in _summary(offer):
        text = str(say(_SAID.get(fact.label, "said_price"), value=worded(fact.value)))
        if fact.label in ("Price", "About") and offer.travelers > 1:
            text = f"{text} {say('for_people', count=offer.travelers)}"
        said.append(text)
    return " · ".join((*said, offer.supplier))


def _titled(offer: Offer) -> str:
    return worded(offer.title) if offer.kind is OfferKind.WEATHER else offer.title


def _details(n: int, offer: Offer) -> Press:
    return Press(label=say("details", n=n), call="show_offer", args={"offer": offer.ref})


def _where(offer: Offer) -> str:
    place = offer.venue.name if offer.venue.city in offer.venue.name else f"{offer.venue.name}, {offer.venue.city}"
    stay = f", {count(offer.nights, 'night')}" if offer.nights else ""
    if offer.until_venue is not None:
        place = f"{place} → {offer.until_venue.name}"
    return f"{place}{stay}" + (f", {say('for_people', count=offer.travelers)}" if offer.travelers > 1 else "")
