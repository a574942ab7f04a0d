"""Another flight in the place of one on the plan: what there is no time for any more is known."""

from dataclasses import replace
from datetime import timedelta

from booking.itinerary.outrun import outrun
from tests.booking.itinerary.test_a_group_edits_its_trip import planned
from tests.booking.itinerary.world import Desk


async def test_what_is_planned_before_a_later_arrival_is_left_behind(desk: Desk) -> None:
    plan = await planned(desk)
    arrive = next(i for i in plan.days[0].items if i.role == "arrive")
    first = next(i for i in plan.days[0].items if i.starts_at >= arrive.ends_at)
    assert arrive.offer
    later = replace(
        arrive.offer, starts_at=arrive.starts_at + timedelta(hours=1), ends_at=first.starts_at + timedelta(minutes=1)
    )
    assert [i.id for i in outrun(plan, arrive.id, later)] == [first.id]
    assert outrun(plan, arrive.id, arrive.offer) == []


async def test_what_is_planned_after_an_earlier_departure_is_left_behind(desk: Desk) -> None:
    plan = await planned(desk)
    leave = next(i for i in plan.days[-1].items if i.role == "leave")
    last = max((i for i in plan.days[-1].items if i.role != "leave"), key=lambda i: i.ends_at)
    assert leave.offer
    earlier = replace(leave.offer, starts_at=last.ends_at - timedelta(minutes=1), ends_at=last.ends_at)
    assert last.id in [i.id for i in outrun(plan, leave.id, earlier)]
    assert outrun(plan, leave.id, leave.offer) == []


async def test_another_hotel_or_something_not_on_the_plan_leaves_nothing_behind(desk: Desk) -> None:
    plan = await planned(desk)
    stay = plan.stays[0]
    assert stay.offer and outrun(plan, stay.id, stay.offer) == [] and outrun(plan, "nothing", stay.offer) == []
