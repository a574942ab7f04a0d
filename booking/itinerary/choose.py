"""Which rides and which hotel: what the persona likes and what leaves time on the ground, if the budget allows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from booking.itinerary.demands import Chosen, Demands, Free, Undecided
from booking.itinerary.ground import connects
from booking.itinerary.problem import Frame, Priced, Problem
from booking.itinerary.solve import Solution
from booking.itinerary.supply import Supply
from booking.itinerary.transfers import ARRIVING, LEAVING, Transferred, after_ride, before_ride
from booking.offers import Offer

_BEST = 12
_TRIES = 25
_POCKET = 5
"""A fifth of the budget is kept for the days, if it can be."""
_HOUR_LOST = 1.0
_STEPS = 60_000
Order = Mapping[str, int]
"""Offer reference -> place in the persona's ranking."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """Rides, hotel and a set of visits that keep every hard wish; `cost` is all of it."""

    frame: Frame
    stay: Priced
    days: Chosen
    cost: int
    free: Free
    transfers: tuple[Offer, ...] = ()


def base(p: Problem, order: Order, solution: Solution) -> Base:
    """The best liked rides and hotel that still keep every hard wish; at worst the cheapest ones."""
    budget = p.wishes.budget.minor if p.wishes.budget else None
    demands = Demands(p, _STEPS)
    options = _options(p, order)
    for cap in (None,) if budget is None else (budget - budget // _POCKET, budget):
        affordable = [o for o in options if cap is None or o.cost + (demands.least or 0) <= cap]
        for option in affordable[:_TRIES]:
            visits = _met(demands, option.frame.free, None if cap is None else cap - option.cost)
            if visits:
                return _base(option.frame, option.stay, visits[1], option.cost + visits[0])
    return _base(solution.frame, solution.stay, solution.days, solution.cost)


def _base(frame: Frame, stay: Priced, days: Chosen, cost: int) -> Base:
    return Base(frame=frame, stay=stay, days=days, cost=cost, free=frame.free)


def with_transfers(p: Problem, chosen: Base, supply: Supply, order: Order) -> Base:
    """The same with rides from and to the airport, where hard wishes stay met and money is left."""
    for use, cut in ((ARRIVING, after_ride), (LEAVING, before_ride)):
        flight = chosen.frame.out.offer if use == ARRIVING else chosen.frame.back.offer
        options = sorted(p.price(supply.of(use)), key=lambda priced: _place(priced, order))
        for option in options if flight else ():
            taken = cut(option.offer, flight, chosen.free) if option.offer and flight else None
            if taken and (better := _taken(p, chosen, taken, option.cost)):
                chosen = better
                break
    return chosen


def _taken(p: Problem, chosen: Base, taken: Transferred, cost: int) -> Base | None:
    budget = p.wishes.budget.minor if p.wishes.budget else None
    if budget is not None and cost > (budget - chosen.cost) // 4:
        return None
    before = sum(s.cost for day in chosen.days for s in day)
    visits = _met(Demands(p, _STEPS), taken.free, None if budget is None else budget - chosen.cost - cost + before)
    if visits is None:
        return None
    return replace(
        chosen, free=taken.free, days=visits[1], cost=chosen.cost + cost + visits[0] - before,
        transfers=(*chosen.transfers, taken.ride),
    )  # fmt: skip


def _met(demands: Demands, free: Free, most: int | None) -> tuple[int, Chosen] | None:
    try:
        return demands.met(free, most)
    except Undecided:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Option:
    frame: Frame
    stay: Priced
    score: float

    @property
    def cost(self) -> int:
        return self.frame.cost + self.stay.cost


def _options(p: Problem, order: Order) -> list[_Option]:
    outs, backs, stays = (_liked(choice, order) for choice in (p.outs, p.backs, p.stays))
    pairs = [
        (Frame(out=out, back=back, free=p.free(out.offer, back.offer)), _place(out, order) + _place(back, order))
        for out, back in product(outs, backs) if connects(out.offer, back.offer)
    ]  # fmt: skip
    most = max((_minutes(frame) for frame, _ in pairs), default=0)
    found = [
        _Option(frame=frame, stay=stay, score=places + 2 * _place(stay, order) + _lost(most - _minutes(frame)))
        for (frame, places), stay in product(pairs, stays)
    ]  # fmt: skip
    return sorted(found, key=lambda o: (o.score, o.cost))


def _liked(choice: Sequence[Priced], order: Order) -> list[Priced]:
    """The best liked ones and the cheapest one."""
    best = sorted(choice, key=lambda priced: _place(priced, order))[:_BEST]
    return list(dict.fromkeys([*best, *choice[:1]]))


def _place(priced: Priced, order: Order) -> int:
    return order.get(priced.offer.ref, len(order)) if priced.offer else 0


def _lost(minutes: int) -> float:
    return minutes / 60 * _HOUR_LOST


def _minutes(frame: Frame) -> int:
    return sum(free.closes - free.opens for free in frame.free if free)
