"""Plans in the sandbox world: every price and hour on a card is in the supplier's own record; suppliers that fail."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from booking.itinerary.cards import OURS
from booking.itinerary.keeping import PROPOSALS
from booking.itinerary.purse import total
from booking.itinerary.validate import troubles
from booking.offers import Hours, OfferKind
from booking.providers.sandbox import KINDS, Sandbox
from booking.sale.bookings import BOOKINGS
from booking.trips import RATES, TRIP_VERSIONS, TRIPS, Plan, Rate
from bot.arguments import typed
from bot.capability import capabilities_of
from bot.documents import Insert
from bot.faults import FAULTS, StoredFaults
from bot.gazetteer import Gazetteer
from bot.model import BLOBS, JOBS
from bot.money import Money
from bot.ports import Reply
from bot.storage.sqlite.store import SqliteStore
from tests.booking.itinerary.conftest import START, a_coast
from tests.booking.itinerary.world import NOW, Desk, StillClock


@pytest.fixture
async def sandbox(tmp_path: Path) -> AsyncIterator[tuple[Sandbox, Desk]]:
    store = SqliteStore(tmp_path)
    await store.open([TRIPS, TRIP_VERSIONS, RATES, PROPOSALS, BOOKINGS, BLOBS, JOBS, FAULTS, *KINDS])
    clock = StillClock()
    controls = StoredFaults(store, clock)
    box = Sandbox(7, atlas=Gazetteer(), store=store, clock=clock, controls=controls, delay=(0, 1))
    yield box, Desk(store, clock, tuple(box.suppliers))
    await store.close()


CITIES = (("Mombasa", "Nairobi", 3), ("Kisumu", "Nairobi", 2), ("Lisbon", "Madrid", 4), ("Kyoto", None, 5))


@pytest.mark.parametrize(("city", "origin", "days"), CITIES)
async def test_prices_and_hours_on_cards_are_in_the_world(
    sandbox: tuple[Sandbox, Desk], city: str, origin: str | None, days: int
) -> None:
    box, desk = sandbox
    reply = await desk.do(
        "create_itinerary", destination=city, origin=origin, departure_date=START, days=days, travelers=2
    )
    facts = [f for d in reply.drafts if d.card for f in d.card.facts]
    prices = [f for f in facts if f.minor is not None and f.source != OURS]
    assert len(prices) > days
    for fact in (f for f in facts if f.source != OURS):
        record = await box.record(fact.ref, fact.fetched_at)
        assert record is not None, fact
        assert fact.value in str(record) or (fact.minor is not None and str(fact.minor) in str(record)), fact
    plan = await desk.plan()
    assert troubles(plan) == []
    assert all(i.offer for i in plan.items())


async def test_facts_are_the_same_after_a_rest_in_the_store(sandbox: tuple[Sandbox, Desk]) -> None:
    _, desk = sandbox
    fresh = await desk.do("create_itinerary", destination="Mombasa", origin="Nairobi", departure_date=START, days=2)
    stored = await desk.do("show_trip")
    assert [d.card.facts for d in fresh.drafts if d.card] == [d.card.facts for d in stored.drafts if d.card]


async def test_our_own_sums_are_labelled_and_add_up(sandbox: tuple[Sandbox, Desk]) -> None:
    _, desk = sandbox
    reply = await desk.do("create_itinerary", destination="Mombasa", origin="Nairobi", departure_date=START, days=3,
                          budget=Money(9_000_000, "KES"), per_person=True, travelers=3)  # fmt: skip
    plan = await desk.plan()
    overview = reply.drafts[0].card
    assert overview
    ours = {f.label: f.minor for f in overview.facts if f.source == OURS}
    spent = sum(i.price.minor for i in plan.items() if i.price)
    assert ours["Total (estimate)"] == spent == total(plan).minor
    assert spent <= 3 * 9_000_000 == ours["Budget"]
    budget = (await desk.do("budget")).drafts[0].card
    assert budget
    parts = [f.minor or 0 for f in budget.facts if f.label in ("Getting there and around", "Nights",
                                                               "Activities and events", "Meals")]  # fmt: skip
    assert sum(parts) == spent


async def plan_with(desk: Desk) -> Reply:
    reply: Reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", origin="Nairobi", departure_date=START, days=3, travelers=2
    )
    return reply


@pytest.mark.parametrize("how", ["down", "slow"])
async def test_without_hotel_suppliers_it_cannot_and_says_why(store: SqliteStore, how: str) -> None:
    shelf = a_coast()
    getattr(shelf, how).add(OfferKind.HOTEL)
    reply = await plan_with(Desk(store, StillClock(), shelf))
    assert reply.data["cannot"]["code"] == "silent"
    assert reply.then is None and [b.label for b in reply.drafts[0].buttons] == ["Try again"]


@pytest.mark.parametrize("origin", ["Nairobi", None])
@pytest.mark.parametrize("days", [1, 3])
async def test_when_every_supplier_is_silent_the_card_says_so_and_promises_no_plan(
    store: SqliteStore, days: int, origin: str | None
) -> None:
    shelf = a_coast()
    shelf.down |= set(OfferKind)
    clock = StillClock()
    desk = Desk(store, clock, shelf)
    reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", origin=origin, departure_date=START, days=days, travelers=2
    )
    (draft,) = reply.drafts
    assert reply.data["cannot"]["code"] == "silent" and reply.then is None
    assert draft.card is not None and draft.card.title == "I cannot plan that"
    first, *rest = draft.card.lines
    assert first == "No supplier for Mombasa answers right now. Try again in a minute."
    assert len(rest) == 1 and rest[0].startswith("I made no plan: nobody answered in time about ")
    assert "restaurants" in rest[0] and rest[0].endswith("I asked Shelf (test).")
    assert not any("planned without" in line for line in draft.card.lines)
    assert [b.label for b in draft.buttons] == ["Try again"]
    shelf.down.clear()
    clock.at += timedelta(minutes=10)
    again = {**draft.buttons[0].args, "departure_date": START}
    assert (again["destination"], again["days"], again["travelers"]) == ("Mombasa", days, 2)
    assert (await desk.planning.create_itinerary(desk.ask(), **again)).then is not None


async def test_a_refusal_after_silence_can_be_tried_again_whatever_its_reason(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.down |= {OfferKind.FLIGHT, OfferKind.EVENT}
    desk = Desk(store, StillClock(), shelf)
    reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", origin="Nairobi", departure_date=START, days=3, travelers=2,
        budget=Money(100, "KES"),
    )  # fmt: skip
    assert reply.data["cannot"]["code"] == "budget"
    card, labels = reply.drafts[0].card, [b.label for b in reply.drafts[0].buttons]
    assert card is not None and "Try again" in labels
    assert "I made no plan: nobody answered in time about flights and events. I asked Shelf (test)." in card.lines


async def test_slow_flights_are_done_without_and_labelled(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.slow |= {OfferKind.FLIGHT, OfferKind.RESTAURANT}
    desk = Desk(store, StillClock(), shelf)
    plan = await desk.proposal(await plan_with(desk))
    assert any("flights" in text for text in plan.missing) and any("restaurants" in text for text in plan.missing)
    assert troubles(plan) == [] and any(i.role == "see" for i in plan.items())


async def test_when_a_must_cannot_be_searched_nobody_says_it_does_not_exist(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.down.add(OfferKind.ACTIVITY)
    desk = Desk(store, StillClock(), shelf)
    reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", departure_date=START, days=2, travelers=2, must="museum"
    )
    assert reply.data["cannot"]["code"] == "silent"


async def test_a_foreign_price_counts_by_the_stored_rate_or_not_at_all(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.offers = [e for e in shelf.offers if e[0] != OfferKind.HOTEL]
    shelf.hotel(START, START + timedelta(days=2), 100, currency="USD", title="Dollar House")
    desk = Desk(store, StillClock(), shelf)
    assert (await plan_with(desk)).data["cannot"]["code"] == "no_rate"
    rate = Rate(id="USD:KES", base="USD", quote="KES", numerator=130, denominator=1, source="bank", fetched_at=NOW)
    await store.commit([Insert(RATES, rate)])
    plan = await desk.proposal(await plan_with(desk))
    assert total(plan, ("stay",)) == Money(1_300_000, "KES") and plan.rates == (replace(rate, version=1),)


async def test_a_closed_must_names_the_day_it_is_open(store: SqliteStore) -> None:
    shelf, start = a_coast(), date(2027, 3, 15)
    shelf.sight([start, start + timedelta(days=1)], "Friday Mosque", 0, hours=(Hours((4,), time(9), time(12)),))
    desk = Desk(store, StillClock(), shelf)
    reply = await desk.planning.create_itinerary(
        desk.ask(), destination="Mombasa", departure_date=start, days=2, travelers=2, must="mosque"
    )
    cannot = reply.data["cannot"]
    assert cannot["code"] == "must" and "Fri 09:00" in cannot["reason"]
    assert cannot["possible"][0]["args"] == {"departure_date": "2027-03-19"}


async def test_a_day_without_a_ride_names_the_nearest_one_that_has_one(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.offers = [e for e in shelf.offers if e[1] not in ((START, False), (START + timedelta(days=1), False))]
    reply = await plan_with(Desk(store, StillClock(), shelf))
    cannot = reply.data["cannot"]
    assert cannot["code"] == "no_transport"
    assert {"departure_date": (START + timedelta(days=2)).isoformat()} in [way["args"] for way in cannot["possible"]]


async def test_a_party_that_is_too_large_hears_which_one_is_not(store: SqliteStore) -> None:
    shelf = a_coast()
    shelf.offers = [(k, key, replace(o, left=3) if k == OfferKind.HOTEL else o) for k, key, o in shelf.offers]
    reply = await Desk(store, StillClock(), shelf).planning.create_itinerary(
        Desk(store, StillClock(), shelf).ask(), destination="Mombasa", departure_date=START, days=3, travelers=8
    )
    cannot = reply.data["cannot"]
    assert cannot["code"] == "full" and {"travelers": 6} in [way["args"] for way in cannot["possible"]]


async def test_pressing_what_would_help_makes_a_plan(store: SqliteStore) -> None:
    desk = Desk(store, StillClock(), a_coast())
    asked: dict[str, Any] = {
        "destination": "Mombasa",
        "origin": "Nairobi",
        "departure_date": START,
        "days": 3,
    }
    reply = await desk.planning.create_itinerary(
        desk.ask(), **asked, travelers=2, budget=Money(100, "KES"), must="museum"
    )
    press = reply.drafts[0].buttons[0]
    declared = next(c for c in capabilities_of(desk.planning) if c.name == press.call)
    better = await desk.planning.create_itinerary(desk.ask(), **typed(declared, press.args))
    assert "cannot" not in better.data and any("museum" in t for t in tags_of(await desk.proposal(better)))


def tags_of(plan: Plan) -> list[str]:
    return [t for i in plan.items() if i.offer for t in i.offer.tags]


async def test_a_budget_that_is_not_said_to_be_for_each_is_for_all_and_that_is_told(
    sandbox: tuple[Sandbox, Desk],
) -> None:
    _, desk = sandbox
    reply = await desk.do("create_itinerary", destination="Mombasa", departure_date=START, days=2,
                          budget=Money(9_000_000, "KES"), travelers=3)  # fmt: skip
    card = reply.drafts[0].card
    assert card
    assert [f.minor for f in card.facts if f.label == "Budget"] == [9_000_000]
    assert any("budget for all of you" in line for line in card.lines)
