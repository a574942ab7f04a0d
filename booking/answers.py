"""From found offers to what is said: put in order, cut to a list, and an honest reason where there is nothing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from booking.cache import Found
from booking.geo import kilometres
from booking.offers import Offer, OfferKind
from booking.ports import BusSearch, FlightSearch, Rank, TransferSearch
from booking.queries import Leg, Query
from booking.texts import count, say
from bot.gazetteer import Spot
from bot.glossary import worded
from bot.model import Persona

_COACH_KM = 900
_RIDE_KM = 400
_FLIGHT_KM = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A leg with what was found for it, `offers` in order."""

    leg: Leg
    offers: tuple[Offer, ...]
    founds: tuple[Found, ...]


def plain_rank(persona: Persona | None, offers: Sequence[Offer]) -> Sequence[Offer]:
    """The order for nobody in particular: good ones first where they are rated, then the cheaper."""
    return sorted(offers, key=lambda offer: (-round(offer.rating or 0), *_cost(offer)))


def ordered(query: Query, founds: Sequence[Found], rank: Rank, persona: Persona | None, order: str) -> list[Offer]:
    """The offers of one leg that are not over the budget, as this persona likes them or in an order asked for."""
    offers = [offer for found in founds for offer in found.offers if _within(query, offer)]
    if query.kind is OfferKind.WEATHER or order == "early":
        return sorted(offers, key=_begins)
    if order == "late":
        return sorted(offers, key=_begins, reverse=True)
    if order in _BY:
        return sorted(offers, key=_BY[order])
    return sorted(offers, key=lambda o: _far(o, query)) if order == "nearest_first" else list(rank(persona, offers))


def first_by(offers: Sequence[Offer], order: str) -> Offer:
    """The first of some offers in an order."""
    if order in ("early", "late"):
        return (min if order == "early" else max)(offers, key=_begins)
    return min(offers, key=_BY[order])


def notes(founds: Iterable[Found], now: datetime) -> tuple[str, ...]:
    """What to add when suppliers were silent: from whom nothing came, or how old the answer is."""
    founds = list(founds)
    old = [found.at for found in founds if found.stale]
    if old:
        return (say("stale", age=_age(now - min(old))),)
    silent = dict.fromkeys(chain.from_iterable(found.silent for found in founds))
    return (say("partly", suppliers=say("and").join(silent)),) if silent else ()


def why_none(query: Query, answer: Answered) -> str:
    """Why a leg has nothing to show."""
    leg, found = answer.leg, [offer for found in answer.founds for offer in found.offers]
    what = say(f"what_{query.kind}")
    if found and query.budget is not None:
        best = min(found, key=_cost)
        per = "" if best.per in ("", "person") else say("per", per=worded(best.per))
        text = say(
            "none_under", what=what, where=leg.where, when=leg.when, budget=query.budget, per=per, cheapest=best.unit
        )
        return text.replace(" .", ".")
    if query.words:
        return say("none_like", what=what, where=leg.where, when=leg.when, words=", ".join(query.words))
    return _no_way(leg) or say("none", what=what, where=leg.where, when=leg.when)


def _no_way(leg: Leg) -> str:
    wish = leg.wishes[0]
    if isinstance(wish, FlightSearch):
        return _no_flight(wish)
    if isinstance(wish, BusSearch):
        far = round(kilometres(wish.origin, wish.destination))
        names = {"origin": wish.origin.name, "destination": wish.destination.name}
        return say("no_bus_far", far=far, **names) if far > _COACH_KM else say("no_bus", **names)
    if isinstance(wish, TransferSearch) and (far := round(kilometres(wish.start, wish.end))) > _RIDE_KM:
        return say("ride_too_far", origin=wish.start.name, destination=wish.end.name, far=far)
    return ""


def _no_flight(wish: FlightSearch) -> str:
    far = round(kilometres(wish.origin, wish.destination))
    names = {"origin": wish.origin.name, "destination": wish.destination.name}
    otherwise = say("by_bus") if far < _COACH_KM else ""
    without = [spot.name for spot in (wish.origin, wish.destination) if not spot.airports]
    if without:
        return say("no_airport", without=say("and").join(without), else_=otherwise, **names).strip()
    if far < _FLIGHT_KM or _shared(wish.origin, wish.destination):
        return say("too_near", far=far, else_=otherwise, **names).strip()
    return ""


def _shared(a: Spot, b: Spot) -> bool:
    return a.airports[0] == b.airports[0]


def _within(query: Query, offer: Offer) -> bool:
    if query.budget is None or offer.unit is None or offer.unit.currency != query.budget.currency:
        return True
    return offer.unit <= query.budget


def _begins(offer: Offer) -> datetime:
    return offer.starts_at or offer.fetched_at


def _cost(offer: Offer) -> tuple[int, str]:
    return (offer.price.minor if offer.price else 0), offer.ref


def _rated(offer: Offer) -> tuple[float, int, str]:
    return (-(offer.rating or 0), *_cost(offer))


def _lasts(offer: Offer) -> tuple[int, int, str]:
    long = round((offer.ends_at - offer.starts_at).total_seconds() / 60) if offer.starts_at and offer.ends_at else 0
    return (long, *_cost(offer))


def _far(offer: Offer, query: Query) -> tuple[float, int, str]:
    """How far from the middle of the town that was asked for."""
    city = getattr(query.legs[0].wishes[0], "city", None)
    return (kilometres(offer.venue, city) if city is not None else 0.0, *_cost(offer))


_BY: Mapping[str, Callable[[Offer], Any]] = {"cheap": _cost, "rated_first": _rated, "fastest_first": _lasts}


def _age(age: timedelta) -> str:
    minutes = max(1, round(age.total_seconds() / 60))
    return count(minutes, "minute") if minutes < 90 else count(round(minutes / 60), "hour")
