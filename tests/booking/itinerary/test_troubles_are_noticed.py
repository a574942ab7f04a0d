"""Everything that can be wrong with a plan is noticed by its name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta

import pytest

from booking.itinerary.slots import with_day
from booking.itinerary.validate import troubles
from booking.trips import Item, Plan, Wishes
from bot.money import Money
from tests.booking.itinerary.test_edits_keep_what_must_hold import first_plan


def kinds(plan: Plan) -> set[str]:
    return {t.kind for t in troubles(plan)}


def moved(plan: Plan, pick: Callable[[Item], bool], **by: int) -> Plan:
    """The plan with the first such item of day two at another time."""
    item = next(i for i in plan.days[1].items if pick(i))
    later = item.at(item.starts_at + timedelta(**by), item.ends_at + timedelta(**by))
    return with_day(plan, 1, [later if i.id == item.id else i for i in plan.days[1].items])


def sees(item: Item) -> bool:
    return item.role == "see"


def no_nights(plan: Plan) -> Plan:
    return replace(plan, stays=(replace(plan.stays[0], ends_at=plan.stays[0].starts_at),))


def wished(**wishes: object) -> Plan:
    return replace(first_plan(), wishes=Wishes(**wishes))  # type: ignore[arg-type]


def test_a_fresh_plan_has_none() -> None:
    assert troubles(first_plan()) == []


@pytest.mark.parametrize(
    ("plan", "kind"),
    [
        (lambda: moved(first_plan(), sees, hours=3, minutes=30), "overlap"),
        (lambda: moved(first_plan(), sees, hours=-12), "closed"),
        (lambda: no_nights(first_plan()), "times"),
        (lambda: wished(budget=Money(1, "KES")), "budget"),
        (lambda: wished(avoid=("swahili",)), "avoid"),
        (lambda: wished(must=("submarine",)), "must"),
        (lambda: wished(per_day=9), "few"),
        (lambda: wished(activities=99), "few"),
        (lambda: wished(minutes=60), "long"),
        (lambda: wished(not_before=time(11)), "early"),
        (lambda: wished(not_after=time(12)), "late"),
        (lambda: with_day(first_plan(), 1, [*first_plan().days[1].items,
                                            replace(first_plan().days[0].items[-1], id="i99")]), "twice"),
    ],
)  # fmt: skip
def test_each_kind_is_noticed(plan: Callable[[], Plan], kind: str) -> None:
    assert kind in kinds(plan())


def test_too_little_time_for_the_way_is_noticed() -> None:
    plan = first_plan()
    a, b = [i for i in plan.days[1].items if i.role in ("see", "eat")][:2]
    close = b.at(a.ends_at + timedelta(minutes=1), a.ends_at + timedelta(minutes=1) + (b.ends_at - b.starts_at))
    tight = with_day(plan, 1, [close if i.id == b.id else i for i in plan.days[1].items])
    assert {"travel", "closed", "overlap"} & kinds(tight)


def test_missing_nights_are_noticed() -> None:
    plan = first_plan()
    assert "stay" in kinds(replace(plan, start=plan.start - timedelta(days=1)))
