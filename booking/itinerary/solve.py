"""Whether a plan exists that keeps every hard wish: found if there is one, refused only with a proof."""

from dataclasses import dataclass, replace

from booking.itinerary.demands import Chosen, Demands, Undecided
from booking.itinerary.problem import Frame, Priced, Problem

STEPS = 300_000
_OPEN = 3
"""So many frames may stay open questions before the search is given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """A feasible plan: rides, hotel and the visits of each day that the wishes demand. `proved`: none is cheaper."""

    frame: Frame
    stay: Priced
    days: Chosen
    cost: int
    proved: bool = False


def feasible(p: Problem, steps: int = STEPS) -> Solution | None:
    """A plan within the budget, or None if it is proved that there is none. Undecided if neither is found in time.

    A hotel takes no part in the timetable, so the cheapest is right for every frame. Frames come cheapest
    first; none can do once its price and the least price of the demanded visits exceed the budget.
    """
    demands = Demands(p, steps)
    least = demands.least
    if not p.stays or least is None:
        return None
    budget = p.wishes.budget.minor if p.wishes.budget else None
    open_frames = 0
    for frame in p.frames():
        base = frame.cost + p.stays[0].cost
        if budget is not None and base + least > budget:
            break
        try:
            visits = demands.met(frame.free, None if budget is None else budget - base)
        except Undecided:
            open_frames += 1
            if open_frames == _OPEN:
                raise
            demands.refill(steps // 4)
            continue
        if visits is not None:
            return Solution(frame=frame, stay=p.stays[0], days=visits[1], cost=base + visits[0])
    if open_frames:
        raise Undecided
    return None


def cheapest(p: Problem, steps: int = STEPS) -> Solution | None:
    """The cheapest plan whatever the budget, or the cheapest found before the steps ran out; None if none was."""
    demands = Demands(p, steps)
    least = demands.least
    best: Solution | None = None
    for frame in p.frames() if p.stays and least is not None else ():
        base = frame.cost + p.stays[0].cost
        if best and base + (least or 0) >= best.cost:
            break
        visits = demands.best(frame.free, best.cost - base if best else None)
        if visits is not None:
            best = Solution(frame=frame, stay=p.stays[0], days=visits[1], cost=base + visits[0])
    return replace(best, proved=not demands.tired) if best else None
