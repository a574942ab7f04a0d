"""The solver against brute force in worlds small enough to try everything, and the cheapest price it names."""

from collections.abc import AsyncIterator
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path

import pytest

from booking.itinerary.demands import Undecided
from booking.itinerary.problem import Problem, problem
from booking.itinerary.schedule import Stop, timetable
from booking.itinerary.solve import cheapest, feasible
from booking.itinerary.supply import BACK, OUT, STAY, Outline, Supply
from booking.itinerary.words import matches
from booking.offers import OfferKind
from booking.trips import Wishes
from bot.gazetteer import Gazetteer
from bot.money import Money
from bot.storage.sqlite.store import SqliteStore
from tests.booking.itinerary.wishlist import Case, impossible, possible
from tests.booking.itinerary.world import NOW, Desk, StillClock, open_store

ATLAS = Gazetteer()


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await open_store(tmp_path)
    yield opened
    await opened.close()


def problem_of(case: Case) -> Problem:
    """The same problem as a request makes of the shelf's offers."""
    asked, shelf = case.asked, case.shelf
    there, start = ATLAS.find("Mombasa"), ATLAS.find("Nairobi")
    assert there
    outline = Outline(destination=there, origin=start if asked.get("origin") else None, start=case.days[0],
                      days=len(case.days), travelers=asked["travelers"], currency="KES")  # fmt: skip
    supply = Supply()
    for kind, key, offer in shelf.offers:
        use = key if kind == OfferKind.HOTEL else (kind, key)
        use = STAY if kind == OfferKind.HOTEL else use
        if key == (case.days[0], False) and kind in (OfferKind.BUS, OfferKind.FLIGHT):
            use = OUT
        elif key == (case.days[-1], True) and kind in (OfferKind.BUS, OfferKind.FLIGHT):
            use = BACK
        supply.offers[use] = (*supply.of(use), offer)
    words = [tuple(w.strip() for w in asked.get(name, "").split(",") if w.strip()) for name in ("must", "avoid")]
    wishes = Wishes(
        must=words[0], avoid=words[1], per_day=asked.get("per_day", 0), activities=asked.get("activities", 0),
        minutes=asked["hours"] * 60 if asked.get("hours") else None,
    )  # fmt: skip
    return problem(outline, wishes, supply, lambda m: m.minor if m.currency == "KES" else None, NOW)


def brute(p: Problem) -> int | None:
    """The least cost over every way there and back and every set of visits, tried one by one."""
    best: int | None = None
    for frame in p.frames():
        for sets in product(*(_sets(p, day, free) for day, free in zip(p.stops, frame.free, strict=True))):
            chosen = [s for day in sets for s in day]
            if len({s.name for s in chosen}) == len(chosen) and _keeps(p.wishes, sets, chosen):
                cost = frame.cost + p.stays[0].cost + sum(s.cost for s in chosen)
                best = cost if best is None else min(best, cost)
    return best


def _sets(p: Problem, day: tuple[Stop, ...], free: object) -> list[tuple[Stop, ...]]:
    most = p.wishes.minutes
    small = [c for size in range(4) for c in combinations(day, size)]
    return [c for c in small if (most is None or sum(s.minutes for s in c) <= most) and timetable(c, free) is not None]  # type: ignore[arg-type]


def _keeps(wishes: Wishes, sets: tuple[tuple[Stop, ...], ...], chosen: list[Stop]) -> bool:
    counts = [sum(s.counts for s in day) for day in sets]
    enough = min(counts) >= wishes.per_day and sum(counts) >= wishes.activities
    return enough and all(any(matches(m, s.offer) for s in chosen) for m in wishes.must)


def small(seed: int) -> Case | None:
    """A case small enough for brute force; the visits of a day are cut to seven."""
    case = possible(seed) if seed % 2 else impossible(seed)
    if len(case.days) > 2 or case.why in ("past", "no days", "no party") or case.asked.get("per_day", 0) > 2:
        return None
    seen: dict[object, int] = {}
    kept = []
    for kind, key, offer in case.shelf.offers:
        if kind in (OfferKind.ACTIVITY, OfferKind.EVENT, OfferKind.RESTAURANT):
            seen[key] = seen.get(key, 0) + 1
            if seen[key] > 7:
                continue
        kept.append((kind, key, offer))
    case.shelf.offers = kept
    case.asked["activities"] = min(case.asked.get("activities", 0), 3)
    return case


SMALL = [n for n in range(300) if small(n)][:60]


@pytest.mark.parametrize("seed", SMALL)
def test_the_cheapest_plan_is_what_trying_everything_finds(seed: int) -> None:
    case = small(seed)
    assert case
    p = problem_of(case)
    best = brute(p) if p.stays else None
    found = cheapest(p)
    assert (found.cost if found else None) == best
    assert found is None or found.proved


@pytest.mark.parametrize("seed", SMALL[:30])
def test_a_plan_is_found_for_the_least_money_and_for_nothing_less(seed: int) -> None:
    case = small(seed)
    assert case
    p = problem_of(case)
    best = cheapest(p)
    if best is None:
        assert feasible(p) is None
        return
    assert feasible(_with_budget(p, best.cost)) is not None
    assert feasible(_with_budget(p, best.cost - 1)) is None


def _with_budget(p: Problem, minor: int) -> Problem:
    return replace(p, wishes=replace(p.wishes, budget=Money(minor, "KES")))


def test_without_a_proof_it_says_neither_yes_nor_no() -> None:
    p = problem_of(possible(3))
    hard = replace(p, wishes=replace(p.wishes, activities=6, per_day=1))
    with pytest.raises(Undecided):
        feasible(hard, steps=3)


async def test_the_price_a_refusal_names_is_enough_and_a_cent_less_is_not(store: SqliteStore) -> None:
    named = 0
    for n in range(40):
        case = impossible(5 + 25 * n) if n % 2 else possible(n)
        case.asked["budget"] = Money(100, "KES")
        desk = Desk(store, StillClock(), case.shelf)
        desk.calls = 1000 * n
        first = await desk.planning.create_itinerary(desk.ask(), **case.asked)
        cannot = first.data.get("cannot", {})
        if cannot.get("code") != "budget":
            continue
        named += 1
        least = Money(**cannot["possible"][0]["args"]["budget"])
        enough = await desk.planning.create_itinerary(desk.ask(), **{**case.asked, "budget": least})
        less = await desk.planning.create_itinerary(
            desk.ask(), **{**case.asked, "budget": Money(least.minor - 1, "KES")}
        )
        assert "cannot" not in enough.data
        assert less.data["cannot"]["code"] == "budget"
    assert named >= 10
