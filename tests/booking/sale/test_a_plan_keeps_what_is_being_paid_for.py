"""While shares are paid, what they pay for stays on the plan as it is; afterwards the plan says what is booked."""

from dataclasses import replace

import pytest

from booking.itinerary.keeping import PROPOSALS, Proposal
from booking.itinerary.selling import being_sold, still_booked
from booking.itinerary.texts import say
from booking.trips import Plan
from bot.documents import Insert
from tests.booking.sale.test_bookings_change_the_plan_and_the_budget import buy_trip, plan, stored
from tests.booking.shop import GROUP, Shop


async def paying(trip: Shop) -> Plan:
    """A plan whose hotel and show are being paid for by all three."""
    await plan(trip)
    await trip.call("Ana", "book_trip")
    await trip.call("Ana", "pay", who="split", currency="KES")
    return (await stored(trip)).plan


async def propose(trip: Shop, anew: Plan, base: int = 1) -> None:
    """A search that was begun before comes to another plan."""
    thread = await trip.thread(GROUP)
    made = Proposal(id="p", thread=thread.id, plan=anew, base=base, at=trip.clock.now(), why="changed")
    await trip.store.commit([Insert(PROPOSALS, made)])
    await trip.call("Ben", "keep_trip", proposal="p")


@pytest.mark.parametrize(
    ("call", "args"),
    [("remove_item", {"item": "i1"}), ("remove_item", {"item": "i2"}), ("move_later", {"item": "i2"}),
     ("move_item", {"item": "i2", "to_day": "3"})],
)  # fmt: skip
async def test_what_is_being_paid_for_is_not_taken_off_or_moved_and_the_ways_out_are_told(
    trip: Shop, call: str, args: dict[str, str]
) -> None:
    before = await paying(trip)
    await trip.call("Ben", call, **args)
    title = next(i.title for i in before.items() if i.id == args["item"])
    assert trip.texts(GROUP)[-1] == say("being_paid_for", names=title)
    assert (await stored(trip)).plan == before
    assert {say("b_call_off"), say("b_who_has_paid")} <= set(trip.buttons(GROUP))


async def test_what_is_not_being_paid_for_changes_as_ever(trip: Shop) -> None:
    await paying(trip)
    await trip.call("Ben", "remove_item", item="i3")
    kept = (await stored(trip)).plan
    assert {i.id for i in kept.items()} == {"i1", "i2"} and not any(i.selling for i in kept.items())
    await trip.all_pay()
    assert all(i.booked for i in (await stored(trip)).plan.items())


@pytest.mark.parametrize("base", [0, 1])
async def test_another_plan_that_was_searched_for_meanwhile_does_not_take_its_place(trip: Shop, base: int) -> None:
    before = await paying(trip)
    await propose(trip, replace(before, stays=(), title="Zanzibar"), base)
    assert (await stored(trip)).plan == before and "is being paid for just now" in trip.texts(GROUP)[-1]
    assert await trip.store.get(PROPOSALS, "p") is None


async def test_an_edit_from_before_is_not_undone_while_it_would_take_away_what_is_being_paid_for(trip: Shop) -> None:
    await plan(trip)
    await trip.call("Ana", "remove_item", item="i1")
    await trip.call("Ana", "undo_trip")
    await trip.call("Ana", "remove_item", item="i3")
    await trip.call("Ana", "book_trip")
    await trip.call("Ana", "pay", who="me", currency="KES")
    await trip.call("Ana", "undo_trip")
    assert {i.id for i in (await stored(trip)).plan.items()} == {"i1", "i2", "i3"}


async def test_once_the_payment_is_called_off_the_plan_changes_again(trip: Shop) -> None:
    before = await paying(trip)
    await trip.call("Ben", "remove_item", item="i1")
    await trip.press(GROUP, "Ana", say("b_call_off"))
    await trip.quiet()
    await trip.call("Ben", "remove_item", item="i1")
    assert (await stored(trip)).plan.stays == () != before.stays


async def test_the_plan_says_what_is_being_paid_for_and_then_what_is_booked(trip: Shop) -> None:
    await paying(trip)
    await trip.call("Ben", "show_trip")
    assert f"{say('status_draft')} · {say('status_paying')} 💳" in trip.said()
    await trip.all_pay()
    numbers = [b.number for b in await trip.bookings()]
    await trip.call("Ben", "show_trip")
    shown = next(
        o.content for o in reversed(trip.shown(GROUP).values()) if o.content.card and "🧭" in o.content.card.title
    )
    assert shown.card is not None and shown.card.lines[0].endswith(say("status_booked"))
    assert any(line.endswith(f"✅ {number}") for line in shown.card.lines for number in numbers)


async def test_a_plan_of_which_a_part_is_booked_is_no_draft(trip: Shop) -> None:
    hotel, _ = await plan(trip)
    await trip.cart(hotel)
    await trip.call("Ana", "pay", who="me", currency="KES")
    await trip.all_pay()
    await trip.call("Ben", "show_trip")
    assert say("status_partly", done=1, all=2) in trip.said()


async def test_a_new_plan_says_what_it_leaves_out_that_is_booked(trip: Shop) -> None:
    await plan(trip)
    await buy_trip(trip)
    kept = (await stored(trip)).plan
    (stay,) = kept.stays
    assert f"{stay.title} ({stay.booked})" in still_booked(kept, replace(kept, stays=()))
    assert still_booked(kept, kept) == "" and being_sold(kept, None) is None


async def test_what_was_planned_elsewhere_before_does_not_take_the_place_of_what_has_the_same_number(
    trip: Shop,
) -> None:
    await plan(trip)
    await trip.call("Ana", "book_trip")
    kept = (await stored(trip)).plan
    (stay,) = kept.stays
    assert stay.offer is not None
    there = replace(stay.offer, ref="simba:hotel:elsewhere", venue=replace(stay.offer.venue, city="Kisumu"))
    anew = replace(kept, stays=(replace(stay, title="Lake View", offer=there),))
    await propose(trip, anew, 0)
    await trip.call("Ana", "pay", who="me", currency="KES")
    await trip.all_pay()
    (after,) = (await stored(trip)).plan.stays
    assert (after.title, after.booked) == ("Lake View", "") and await trip.states_of() == ["confirmed", "confirmed"]


async def test_what_leaves_the_plan_and_is_still_in_the_cart_is_named_with_the_way_to_take_it_out(trip: Shop) -> None:
    hotel, show = await plan(trip)
    await trip.call("Ana", "book_trip")
    await trip.call("Ben", "remove_item", item="i2")
    assert trip.texts(GROUP)[-1] == say("still_in_cart", a=show.title)
    await trip.press(GROUP, "Ben", say("b_from_cart"))
    assert [line.offer.ref for line in (await trip.the_cart()).lines] == [hotel.ref]
    await trip.call("Ben", "remove_item", item="i3")
    assert trip.texts(GROUP)[-1] != say("still_in_cart", a="i3")
