"""One step of one collection, with nothing around it: for tests of what a single move leads to."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Member, Thread
from bot.money import Money
from payments.model import Collection, Share
from payments.ports import Payment
from payments.steps import Step
from tests.payments.table import table

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
CURRENCY = "KES"


def kes(minor: int) -> Money:
    return Money(minor, CURRENCY)


def share(n: int, person: str, minor: int = 10_000, **more: Any) -> Share:
    """The n-th share of the collection "c"; `more`: fields of Share."""
    return Share(id=f"c:{n}", person=person, name=person.title(), amount=kes(minor), **more)


def collection(*shares: Share, total: int | None = None, **more: Any) -> Collection:
    """Of these shares; the total is what their own parts come to if none is given."""
    due = sum(s.amount.minor for s in shares if s.role == "own") if total is None else total
    told: dict[str, Any] = {"title": "Mombasa", "organiser": "ana", "deadline": NOW + timedelta(hours=1), **more}
    return Collection(id="c", thread="trip", about="a", total=kes(due), opened_at=NOW, shares=shares, **told)


def step(of: Collection, *, here: tuple[str, ...] = ("ana", "ben", "chi"), answers: int = 99) -> Step:
    """A step in a Thread of these people."""
    members = tuple(Member(person=name, name=name.title(), joined_at=NOW) for name in here)
    desk = table("ana").house.collections._desk
    return Step(desk, of, Thread(id="trip", members=members), NOW, "cause", answers=answers)


def word(state: str, of: Share, **more: Any) -> Payment:
    """The service's word about a share's present page."""
    told: dict[str, Any] = {
        "id": of.payment or "p", "key": of.key, "amount": of.amount, "captured": kes(0), "refunded": kes(0),
        "fee": kes(0), "held_until": NOW + timedelta(days=7), **more,
    }  # fmt: skip
    return Payment(state=state, **told)


def jobs(after: Step) -> list[str]:
    """The names of the Jobs it started."""
    return [j.name for j in after.jobs]
