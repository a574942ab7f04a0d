"""Two hundred requests, eighty of them impossible by construction: every plan keeps every hard wish, and "cannot" is

said when there is none and only then. The judge shares no rule with the planner."""

from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import AskAgain
from bot.storage.sqlite.store import SqliteStore
from tests.booking.itinerary.referee import faults
from tests.booking.itinerary.wishlist import Case, impossible, possible
from tests.booking.itinerary.world import Desk, StillClock, open_store

POSSIBLE, IMPOSSIBLE = 120, 80


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqliteStore]:
    opened = await open_store(tmp_path)
    yield opened
    await opened.close()


async def decided(store: SqliteStore, case: Case, number: int) -> tuple[str, list[str]]:
    """The reason of a "cannot" or "", and what the judge finds wrong with the plan."""
    desk = Desk(store, StillClock(), case.shelf)
    desk.calls = number
    try:
        reply = await desk.planning.create_itinerary(desk.ask(), **case.asked)
    except AskAgain as again:
        return again.text, []
    if "cannot" in reply.data:
        return str(reply.data["cannot"]["reason"]), []
    world = {o.ref: o for _, _, o in case.shelf.offers}
    return "", faults(await desk.proposal(reply), case.asked, world)


@pytest.mark.parametrize("seed", [1, 1000])
async def test_two_hundred_requests_are_decided_rightly(store: SqliteStore, seed: int) -> None:
    cases = [possible(seed + n) for n in range(POSSIBLE)] + [impossible(seed + n) for n in range(IMPOSSIBLE)]
    said = Counter[tuple[bool, bool]]()
    wrong = {}
    for n, case in enumerate(cases):
        reason, found = await decided(store, case, seed * 1000 + n)
        said[bool(reason), bool(case.why)] += 1
        if found or bool(reason) != bool(case.why):
            wrong[n, case.why] = (reason, found)
    assert wrong == {}
    assert said == {(True, True): IMPOSSIBLE, (False, False): POSSIBLE}
