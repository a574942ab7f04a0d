"""People ask about the trip that they have; the answers stand on the plan's records."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from booking.offers import Term
from booking.sale.bookings import BOOKINGS, Booking
from booking.trips import TRIPS, Item
from bot.content import Card
from bot.documents import Insert, Replace
from bot.errors import AskAgain, Explain
from bot.money import Money
from tests.booking.itinerary.test_a_group_edits_its_trip import planned
from tests.booking.itinerary.world import NOW, Desk


async def told(desk: Desk, about: str, **more: Any) -> Card:
    reply = await desk.do("ask_trip", about=about, **more)
    card = reply.drafts[-1].card
    assert card is not None and reply.ops == ()
    return card


def text(card: Card) -> str:
    return "\n".join((card.title, *card.lines))


async def ways(desk: Desk) -> tuple[Item, Item]:
    items = list((await desk.plan()).items())
    return next(i for i in items if i.role == "arrive"), next(i for i in items if i.role == "leave")


async def test_the_flights_are_told_with_their_times_and_records(desk: Desk) -> None:
    await planned(desk)
    out, home = await ways(desk)
    card = await told(desk, "ride", of="flight")
    assert out.title in text(card) and f"{out.begins:%H:%M}" in text(card) and home.title in text(card)
    assert out.offer and out.offer.ref in {f.ref for f in card.facts}


async def test_only_the_way_that_is_asked_about_is_told(desk: Desk) -> None:
    await planned(desk)
    out, home = await ways(desk)
    back = text(await told(desk, "ride", of="flight home"))
    assert f"{home.begins:%a %d %b %H:%M}" in back and f"{out.begins:%a %d %b %H:%M}" not in back
    first = text(await told(desk, "ride", of="outbound flight"))
    assert f"{out.begins:%a %d %b %H:%M}" in first and f"{home.begins:%a %d %b %H:%M}" not in first


async def test_who_asks_when_they_fly_is_told_if_they_go_by_bus(desk: Desk) -> None:
    await planned(desk)
    _, home = await ways(desk)
    assert home.offer
    by_bus = home.offer.kind == "bus"
    assert ("no flights" in text(await told(desk, "ride", of="fly home"))) == by_bus
    assert ("no buses" in text(await told(desk, "ride", of="bus home"))) == (not by_bus)


async def test_at_the_airport_one_is_as_early_as_the_plan_counts(desk: Desk) -> None:
    await planned(desk)
    _, home = await ways(desk)
    assert home.offer
    early = timedelta(minutes=120 if home.offer.kind == "flight" else 30)
    card = await told(desk, "airport", of="home")
    assert f"{home.begins - early:%a %d %b %H:%M}" in text(card) and f"{home.begins:%H:%M}" in text(card)


async def test_only_a_ride_that_goes_to_the_airport_is_told_with_it(desk: Desk) -> None:
    plan = await planned(desk)
    out, home = await ways(desk)
    assert out.offer and home.offer
    trip = await desk.trip()
    there, here = home.offer.venue, out.offer.venue
    moments = {"Cab to go home": (home, there), "Cab to nowhere": (home, here)}
    rides = [
        replace(
            way, id=title, role="ride", title=title, offer=replace(way.offer, until_venue=ends),
            starts_at=way.starts_at - timedelta(hours=4), ends_at=way.starts_at - timedelta(hours=3),
        )
        for title, (way, ends) in moments.items() if way.offer
    ]  # fmt: skip
    last = replace(plan.days[-1], items=(*rides, *(i for i in plan.days[-1].items if i.role == "leave")))
    anew = replace(plan, days=(*plan.days[:-1], last))
    await desk.store.commit([Replace(TRIPS, replace(trip, plan=anew))])
    shown = text(await told(desk, "airport", of="home"))
    assert "Cab to go home" in shown and "Cab to nowhere" not in shown


async def test_a_plan_without_a_way_there_says_so(desk: Desk) -> None:
    await planned(desk, origin="")
    for about in ("ride", "airport"):
        assert "where you start from" in text(await told(desk, about))


async def test_the_hotel_is_told_with_its_hours(desk: Desk) -> None:
    plan = await planned(desk)
    stay = plan.stays[0]
    card = await told(desk, "stay")
    assert stay.title in text(card) and f"{stay.begins:%H:%M}" in text(card) and f"{stay.finishes:%H:%M}" in text(card)
    assert "not booked yet" in text(card)
    assert "No hotel" in text(await told(desk, "stay", day="3"))  # the night after has none


async def test_a_meal_is_told_of_its_day_alone(desk: Desk) -> None:
    plan = await planned(desk)
    meals = [i for i in plan.days[1].items if i.role == "eat"]
    card = await told(desk, "meal", day="2")
    assert len(card.lines) == 1 and all(i.title in text(card) for i in meals)
    lunch = [i for i in meals if 11 <= i.begins.hour < 16]
    at_noon = text(await told(desk, "meal", of="lunch", day=plan.days[1].date.isoformat()))
    assert all((i.title in at_noon) == (i in lunch) for i in meals)


async def test_a_day_is_told_by_its_date(desk: Desk) -> None:
    plan = await planned(desk)
    assert "Day 2" in text(await told(desk, "day", day=plan.days[1].date.isoformat()))
    with pytest.raises(AskAgain, match="1 to 3"):
        await desk.do("ask_trip", about="day", day="2031-01-01")


async def test_what_comes_back_is_told_step_by_step_until_it_is_too_late(desk: Desk) -> None:
    trip = await desk.trip() if "trip" in desk.thread.facts else None
    plan = await planned(desk)
    stay = plan.stays[0]
    assert trip is None and stay.offer and stay.offer.price
    price = stay.offer.price
    past, soon = NOW - timedelta(days=1), NOW + timedelta(days=1)
    terms = (Term(until=past, kept=Money(0, price.currency)), Term(until=soon, kept=Money(100, price.currency)))
    await keep_stay(desk, replace(stay, offer=replace(stay.offer, terms=terms)))
    shown = text(await told(desk, "refund", of="hotel"))
    assert str(price - Money(100, price.currency)) in shown and shown.count("Until ") == 1
    await keep_stay(desk, replace(stay, offer=replace(stay.offer, terms=terms[:1])))
    assert "Nothing comes back" in text(await told(desk, "refund", of="hotel"))


async def keep_stay(desk: Desk, stay: Item) -> None:
    trip = await desk.trip()
    await desk.store.commit([Replace(TRIPS, replace(trip, plan=replace(trip.plan, stays=(stay,))))])


async def test_what_is_booked_is_told_with_its_references(desk: Desk) -> None:
    plan = await planned(desk)
    stay = plan.stays[0]
    assert stay.offer and stay.offer.price
    booking = Booking(
        id="b1", thread="t1", checkout="c1", number="CV-TEST123", organiser="ana", offer=stay.offer,
        price=stay.offer.price, at=NOW, state="confirmed", code="ABC123", item=stay.id,
    )  # fmt: skip
    await desk.store.commit([Insert(BOOKINGS, booking)])
    await keep_stay(desk, replace(stay, booked="CV-TEST123"))
    reply = await desk.do("ask_trip", about="booked", of="everything")
    card = reply.drafts[0].card
    assert card and "CV-TEST123" in text(card) and "ABC123" in text(card) and "not booked yet" in text(card)
    assert [b.call for b in reply.drafts[0].buttons] == ["book_trip"]
    refund = await desk.do("ask_trip", about="refund", of="hotel")
    assert [(b.call, b.args) for b in refund.drafts[0].buttons] == [("cancel_booking", {"booking": "CV-TEST123"})]


async def test_who_travels_and_what_it_comes_to_is_told(desk: Desk) -> None:
    plan = await planned(desk)
    assert "2 travellers" in text(await told(desk, "party")) and "Ana" in text(await told(desk, "party"))
    reply = await desk.do("ask_trip", about="cost")
    assert reply.drafts[0].text.startswith("Nothing is bought yet") and reply.drafts[1].card
    assert plan.stays[0].price and str(plan.stays[0].price) in text(await told(desk, "cost", of="hotel"))


async def test_a_flight_is_no_bus(desk: Desk) -> None:
    await planned(desk)
    both = await ways(desk)
    for kind in ("flight", "bus"):
        told_of = text(await told(desk, "refund", of=kind))
        chosen = [i for i in both if i.offer and i.offer.kind == kind] or list(both)
        assert all((i.title in told_of) == (i in chosen) for i in both)


async def test_one_thing_is_found_by_its_name(desk: Desk) -> None:
    plan = await planned(desk)
    seen = next(i for d in plan.days for i in d.items if i.role == "see")
    assert f"{seen.begins:%H:%M}" in text(await told(desk, "item", of=seen.title.casefold()))
    assert "no “zeppelin”" in text(await told(desk, "item", of="zeppelin"))


async def test_without_a_trip_the_answer_says_so(desk: Desk) -> None:
    with pytest.raises(Explain):
        await desk.do("ask_trip", about="stay")


async def test_who_leaves_is_not_told_that_the_rest_of_the_day_is_theirs(desk: Desk) -> None:
    plan = await planned(desk)
    trip = await desk.trip()
    last = plan.days[-1]
    bare = replace(last, items=tuple(i for i in last.items if i.role == "leave"))
    days = (*plan.days[:-1], bare)
    await desk.store.commit([Replace(TRIPS, replace(trip, plan=replace(plan, days=days)))])
    assert "day is yours" not in text(await told(desk, "day", day="last"))
    bare = replace(last, items=tuple(i for i in last.items if i.role == "ride"))
    await desk.store.commit(
        [Replace(TRIPS, replace(await desk.trip(), plan=replace(plan, days=(*plan.days[:-1], bare))))]
    )
    assert "yours" in text(await told(desk, "day", day="last"))


async def test_what_was_bought_without_a_plan_is_told(desk: Desk) -> None:
    plan = await planned(desk)
    stay = plan.stays[0]
    assert stay.offer and stay.offer.price
    booking = Booking(
        id="b1", thread="t1", checkout="c1", number="CV-TEST123", organiser="ana", offer=stay.offer,
        price=stay.offer.price, at=NOW, state="confirmed", code="ABC123",
    )  # fmt: skip
    await desk.store.commit([Insert(BOOKINGS, booking)])
    desk.thread = replace(desk.thread, facts={})
    for about in ("stay", "cost"):
        assert "CV-TEST123" in text(await told(desk, about))
