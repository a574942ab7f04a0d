"""How the sandbox shows its own record of an offer to whoever checks what we claim."""

from datetime import datetime
from typing import Any

from booking.offers import Hours, Offer, kept_of
from booking.providers.sandbox.orders import Order
from bot.money import Money


def record(offer: Offer) -> dict[str, Any]:
    """Everything the supplier says of an offer at that moment, as JSON."""
    return {
        "ref": offer.ref,
        "supplier": offer.supplier,
        "kind": offer.kind.value,
        "title": offer.title,
        "at": offer.fetched_at.isoformat(),
        "expires_at": offer.expires_at and offer.expires_at.isoformat(),
        "price": _money(offer.price),
        "unit_price": _money(offer.unit),
        "per": offer.per,
        "estimated": offer.estimated,
        "travelers": offer.travelers,
        "rooms": offer.rooms,
        "nights": offer.nights,
        "starts_at": offer.starts_at and offer.starts_at.isoformat(),
        "ends_at": offer.ends_at and offer.ends_at.isoformat(),
        "zone": offer.venue.zone,
        "opening_hours": [_hours(h) for h in offer.hours],
        "minutes": offer.minutes,
        "place": {"name": offer.venue.name, "city": offer.venue.city, "lat": offer.venue.lat, "lon": offer.venue.lon},
        "rating": offer.rating,
        "left": offer.left,
        "sold_out": offer.left == 0,
        "tags": list(offer.tags),
        "conditions": list(offer.conditions),
        "details": dict(offer.details),
        "facts": [
            {"label": f.label, "value": f.value, "minor": f.minor, "currency": f.currency} for f in offer.to_facts()
        ],
    }  # fmt: skip


def order_record(order: Order, ref: str, supplier: str, at: datetime) -> dict[str, Any]:
    """What the supplier's book says of an order, and what cancelling it at that moment gives back or gave."""
    kept = order.kept if order.kept is not None else kept_of(order.terms, order.price, at)
    back = order.price - kept
    amounts = (("Price", order.price), ("Back", back))
    return {
        "ref": ref, "supplier": supplier, "code": order.code, "state": order.state, "offer": order.ref,
        "at": at.isoformat(), "price": _money(order.price), "back": _money(back),
        "facts": [
            {"label": "Reference", "value": order.code, "minor": None, "currency": ""},
            *({"label": name, "value": str(m), "minor": m.minor, "currency": m.currency} for name, m in amounts),
        ],
    }  # fmt: skip


def _money(money: Money | None) -> dict[str, Any] | None:
    return {"minor": money.minor, "currency": money.currency, "amount": str(money.major)} if money else None


def _hours(hours: Hours) -> dict[str, Any]:
    return {"days": list(hours.days), "opens": f"{hours.opens:%H:%M}", "closes": f"{hours.closes:%H:%M}"}
