"""Stories of a trip being planned and changed, as people say and press it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from booking.itinerary.purse import total
from booking.itinerary.validate import troubles
from booking.trips import TRIP_VERSIONS, Plan
from bot.codec import as_json
from bot.errors import AskAgain, Explain
from bot.model import Persona
from bot.money import Money
from tests.booking.itinerary.conftest import START
from tests.booking.itinerary.world import Desk

ZURI = Persona(id="z", owner="ana", name="Zuri", tastes={"beach": 80, "food": 60, "museum": -80})
REX = Persona(id="r", owner="ana", name="Rex", tastes={"museum": 90, "history": 70, "culture": 60, "beach": -60})


async def planned(desk: Desk, persona: Persona | None = ZURI, **more: Any) -> Plan:
    asked: dict[str, Any] = {
        "destination": "Mombasa", "origin": "Nairobi", "departure_date": START, "days": 3, "travelers": 2,
        "budget": Money(6_000_000, "KES"), "per_person": False, **more,
    }  # fmt: skip
    await desk.do("create_itinerary", persona=persona, **asked)
    return await desk.plan()


def titles(plan: Plan, n: int) -> list[str]:
    return [i.title for i in plan.days[n].items if i.role in ("see", "eat", "idea")]


def tags(plan: Plan) -> list[str]:
    return [t for d in plan.days for i in d.items if i.role == "see" and i.offer for t in i.offer.tags]


async def test_a_plan_has_rides_a_hotel_and_something_on_each_day(desk: Desk) -> None:
    plan = await planned(desk)
    assert troubles(plan) == []
    assert plan.days[0].items[0].role == "arrive"
    assert plan.days[-1].items[-1].role == "leave"
    assert [s.title for s in plan.stays] == ["Palm Inn"] or [s.title for s in plan.stays] == ["Reef Resort"]
    assert all(len(titles(plan, n)) >= 2 for n in range(3))


async def test_personas_of_opposite_tastes_plan_differently(desk: Desk) -> None:
    hers = await planned(desk, ZURI)
    his = await planned(desk, REX)
    assert tags(hers).count("beach") > tags(his).count("beach")
    assert tags(his).count("museum") > tags(hers).count("museum") == 0


async def test_another_persona_disagrees_in_its_own_taste(desk: Desk) -> None:
    await planned(desk, ZURI)
    reply = await desk.do("review_trip", persona=REX)
    assert reply.data["swaps"]
    card = reply.drafts[0].card
    assert card and "Rex" in card.title and "beach is not for me" in " ".join(card.lines)
    press = reply.drafts[0].buttons[0]
    await desk.do(press.call, persona=REX, **press.args)
    assert reply.data["swaps"][0]["instead"] in [i.title for i in (await desk.plan()).items()]


async def test_who_likes_the_plan_would_not_change_it(desk: Desk) -> None:
    await planned(desk, ZURI)
    assert (await desk.do("review_trip", persona=ZURI)).data["liked"]


async def test_make_it_two_nights(desk: Desk) -> None:
    before = await planned(desk, days=2)
    await desk.do("change_trip_length", nights=2)
    after = await desk.plan()
    assert len(after.days) == 3 and troubles(after) == []
    assert titles(after, 0) == titles(before, 0)
    assert set(titles(before, 1)) <= {i.title for i in (*after.items(), *after.aside)}
    assert after.stays[0].finishes.date() == START + timedelta(days=2)


async def test_a_length_it_has_already_changes_nothing(desk: Desk) -> None:
    await planned(desk)
    reply = await desk.do("change_trip_length", nights=2)
    assert reply.then is None and "already" in reply.drafts[0].text


async def test_a_shorter_trip_sets_aside_and_a_longer_one_gives_back(desk: Desk) -> None:
    before = await planned(desk, days=4)
    await desk.do("change_trip_length", days=2)
    short = await desk.plan()
    assert set(titles(before, 2) + titles(before, 3)) <= {i.title for i in short.aside}
    await desk.do("change_trip_length", days=4)
    after = await desk.plan()
    assert [t for t in titles(after, 2) if t in titles(before, 2)] == titles(before, 2)
    assert {i.title for i in before.items() if i.role in ("see", "eat")} <= {
        i.title for i in (*after.items(), *after.aside)
    }


async def test_moving_the_dates_loses_nothing(desk: Desk) -> None:
    before = await planned(desk)
    await desk.do("shift_trip", departure_date=START + timedelta(days=4))
    after = await desk.plan()
    assert after.start == START + timedelta(days=4) and troubles(after) == []
    assert [titles(after, n) for n in range(3)] == [titles(before, n) for n in range(3)]
    assert all(a.begins.time() == b.begins.time() for m, n in zip(before.days, after.days, strict=True)
               for a, b in zip(m.items, n.items, strict=True) if a.role == "see")  # fmt: skip


async def test_a_day_without_museums(desk: Desk) -> None:
    await planned(desk, REX)
    await desk.do("edit_day", day="2", without="museums", persona=REX)
    plan = await desk.plan()
    assert "museum" not in [t for i in plan.days[1].items if i.offer for t in i.offer.tags]
    assert plan.days[1].avoid == ("museums",)


async def test_locked_things_stay_when_a_day_is_made_anew(desk: Desk) -> None:
    plan = await planned(desk)
    kept = next(i for i in plan.days[1].items if i.role == "see")
    await desk.do("lock_item", item=kept.id)
    await desk.do("edit_day", day="2")
    after = await desk.plan()
    assert replace(kept, locked=True) in after.days[1].items
    assert titles(after, 1) != titles(plan, 1)


async def test_swap_the_second_activity_on_day_one(desk: Desk) -> None:
    plan = await planned(desk)
    second = [i for i in plan.days[0].items if i.role == "see"][1]
    await desk.do("swap_item", item="the second activity", day="1", persona=ZURI)
    after = await desk.plan()
    assert second.title not in titles(after, 0)
    assert len(titles(after, 0)) == len(titles(plan, 0)) and troubles(after) == []


async def test_something_is_swapped_for_what_was_asked_for(desk: Desk) -> None:
    plan = await planned(desk, REX)
    n, old = next((n, i) for n, d in enumerate(plan.days) for i in d.items if i.offer and "museum" in i.offer.tags)
    await desk.do("swap_item", item=f"{old.title} for a beach", persona=REX)
    after = await desk.plan()
    new = next(i for i in after.days[n].items if i.title not in titles(plan, n) and i.role == "see")
    assert new.offer and "beach" in new.offer.tags and old.title not in titles(after, n)
    with pytest.raises(Explain, match="bungee"):
        await desk.do("swap_item", item=f"{new.title} for bungee jumping", persona=REX)


async def test_something_cheaper_costs_less_until_there_is_nothing_cheaper(desk: Desk) -> None:
    await planned(desk, ZURI)
    await desk.do("swap_item", item="first activity", day="1", persona=ZURI)
    before, swaps = total(await desk.plan()), 0
    with pytest.raises(Explain, match="cheaper"):
        while swaps < 30:
            await desk.do("swap_item", item="first activity for something cheaper", day="1", persona=ZURI)
            after = total(await desk.plan())
            assert after < before
            before, swaps = after, swaps + 1
    assert swaps > 0


async def test_move_dinner_later(desk: Desk) -> None:
    plan = await planned(desk)
    dinner = next(i for i in plan.days[1].items if i.role == "eat" and i.begins.hour >= 17)
    await desk.do("move_later", item="dinner", day="2")
    moved = (await desk.plan()).item(dinner.id)
    assert moved and moved.starts_at > dinner.starts_at


async def test_add_a_beach_day(desk: Desk) -> None:
    before = await planned(desk)
    await desk.do("add_day", theme="beach", persona=ZURI)
    after = await desk.plan()
    assert len(after.days) == 4
    assert [titles(after, n) for n in range(2)] == [titles(before, n) for n in range(2)]
    beach = [t for n in (2, 3) for i in after.days[n].items if i.offer for t in i.offer.tags if t == "beach"]
    assert beach and troubles(after) == []


async def test_add_something_by_name_and_remove_it(desk: Desk) -> None:
    await planned(desk, ZURI)
    await desk.do("add_to_day", what="bird park")
    assert "Bird Park" in [i.title for i in (await desk.plan()).items()]
    await desk.do("remove_item", item="bird park")
    assert "Bird Park" not in [i.title for i in (await desk.plan()).items()]


async def test_an_overlap_is_warned_of_with_ways_out(desk: Desk) -> None:
    plan = await planned(desk)
    first, second = [i for i in plan.days[1].items if i.role in ("see", "eat")][:2]
    reply = await desk.do("move_item", item=second.id, to=f"{first.begins:%H:%M}")
    assert reply.data["conflicts"]
    assert as_json(await desk.plan()) == as_json(plan)
    fixes = [b for b in reply.drafts[0].buttons if b.call in ("move_item", "push_item")]
    assert fixes
    for fix in fixes:
        await desk.do(fix.call, **fix.args)
        assert troubles(await desk.plan()) == []
        await desk.do("undo_trip")


async def test_locked_things_are_not_moved_removed_or_swapped(desk: Desk) -> None:
    plan = await planned(desk)
    item = next(i for i in plan.days[1].items if i.role == "see")
    await desk.do("lock_item", item=item.id)
    no: dict[str, Any] = {}
    for name, to in (("remove_item", no), ("move_item", {"to": "later"}), ("swap_item", no)):
        with pytest.raises(Explain):
            await desk.do(name, item=item.id, **to)
    with pytest.raises(Explain):
        await desk.do("shift_trip", departure_date=START + timedelta(days=2))
    await desk.do("unlock_item", item=item.id)
    await desk.do("remove_item", item=item.id)


async def test_undo_brings_back_every_byte(desk: Desk) -> None:
    states = [as_json(await planned(desk))]
    edits: tuple[tuple[str, dict[str, Any]], ...] = (
        ("lock_item", {"item": "first activity", "day": "2"}), ("edit_day", {"day": "2"}),
        ("move_item", {"item": "dinner", "day": "3", "to": "later"}), ("change_trip_length", {"days": 4}),
        ("swap_item", {"item": "first activity", "day": "1"}), ("remove_item", {"item": "lunch", "day": "4"}),
        ("add_idea", {"what": "Watch the sunset", "day": "2"}), ("budget", {"amount": Money(7_000_000, "KES")}),
        ("shift_trip", {"departure_date": START + timedelta(days=1)}),
    )  # fmt: skip
    for name, args in edits:
        try:
            await desk.do(name, **args)
        except Explain:
            continue
        states.append(as_json(await desk.plan()))
    assert len(states) > 6
    for state in reversed(states[:-1]):
        await desk.do("undo_trip")
        assert as_json(await desk.plan()) == state
    with pytest.raises(Explain):
        await desk.do("undo_trip")
    trip = await desk.trip()
    assert await desk.store.get(TRIP_VERSIONS, f"{trip.id}:1") is not None


async def test_a_new_plan_can_be_undone_too(desk: Desk) -> None:
    first = await planned(desk, ZURI)
    await planned(desk, REX)
    await desk.do("undo_trip")
    assert as_json(await desk.plan()) == as_json(first)


async def test_a_proposal_is_taken_once_and_only_for_the_plan_it_was_made_from(desk: Desk) -> None:
    await planned(desk)
    reply = await desk.planning.edit_day(desk.ask(), day="2")
    assert reply.then
    other = await desk.planning.edit_day(desk.ask(), day="3")
    assert other.then
    await desk.commit(await desk.editing.keep_trip(desk.ask(), **reply.then.args))
    changed = await desk.trip()
    again = await desk.editing.keep_trip(desk.ask(), **reply.then.args)
    assert again.ops == () and await desk.trip() == changed
    with pytest.raises(Explain):
        await desk.editing.keep_trip(desk.ask(), **other.then.args)


async def test_the_same_request_twice_proposes_the_same(desk: Desk) -> None:
    ask = desk.ask()
    one = await desk.planning.create_itinerary(ask, destination="Mombasa", departure_date=START, days=2, travelers=2)
    two = await desk.planning.create_itinerary(ask, destination="Mombasa", departure_date=START, days=2, travelers=2)
    assert one.then == two.then
    assert as_json(await desk.proposal(one)) == as_json(await desk.proposal(two))


@pytest.mark.parametrize(
    ("wrong", "parameter"),
    [
        ({"days": 0}, "days"), ({"days": 60}, "days"), ({"nights": -1}, "nights"), ({"travelers": 0}, "travelers"),
        ({"travelers": 50}, "travelers"), ({"budget": Money(0, "KES")}, "budget"),
        ({"budget": Money(-5, "KES")}, "budget"), ({"departure_date": date(2020, 1, 1)}, "departure_date"),
        ({"departure_date": date(2035, 1, 1)}, "departure_date"), ({"destination": "Xyzzyqua"}, "destination"),
        ({"destination": "Kenya"}, "destination"), ({"origin": "Xyzzyqua"}, "origin"),
        ({"days": 3, "nights": 7}, "nights"), ({"return_date": START - timedelta(days=1), "days": None}, "return_date"),
        ({"not_before": "teatime"}, "not_before"), ({"hours": 0}, "hours"),
    ],
)  # fmt: skip
async def test_what_cannot_be_is_asked_again(desk: Desk, wrong: dict[str, object], parameter: str) -> None:
    asked: dict[str, Any] = {"destination": "Mombasa", "departure_date": START, "days": 3, "travelers": 2, **wrong}
    with pytest.raises(AskAgain) as again:
        await desk.planning.create_itinerary(desk.ask(), **asked)
    assert again.value.parameter == parameter and again.value.text
    plain = {k: v.isoformat() if isinstance(v, date) else v for k, v in asked.items() if v is not None}
    with pytest.raises(AskAgain):
        await desk.planning.may_plan(desk.ask(), plain)


async def test_what_is_not_said_is_assumed_and_told(desk: Desk) -> None:
    reply = await desk.planning.create_itinerary(desk.ask(), destination="Mombasa", departure_date=START)
    card = reply.drafts[0].card
    assert card and "I took 3 days" in " ".join(card.lines) and "where you start from" in " ".join(card.lines)
    assert len((await desk.proposal(reply)).days) == 3


async def test_wishes_in_words_are_kept(desk: Desk) -> None:
    plan = await planned(
        desk, None, origin=None, tastes="beach and food, no museums, not before 10, at most 5 hours a day"
    )
    assert plan.wishes.avoid == ("museums",) and plan.wishes.minutes == 300
    assert "museum" not in tags(plan) and "beach" in tags(plan)
    assert all(i.begins.hour >= 10 for d in plan.days for i in d.items if i.role in ("see", "eat"))


async def test_without_a_trip_there_is_nothing_to_edit(desk: Desk) -> None:
    for name in ("show_trip", "undo_trip", "budget", "export_trip", "review_trip"):
        with pytest.raises(Explain):
            await desk.do(name)
