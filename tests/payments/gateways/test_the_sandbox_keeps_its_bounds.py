"""The sandbox service at its bounds: what it takes, what it holds until when, and what strikes after it was done."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.errors import Undeliverable, Unknown
from bot.model import JOBS, Job
from bot.money import Money
from payments.gateways.sandbox.books import PAYMENTS, Books
from payments.gateways.sandbox.gateway import LONGEST, SandboxGateway
from payments.ports import Wanted
from tests.payments.single import kes
from tests.payments.table import Table, table


def wanted(t: Table, minor: int = 10_000, **more: Any) -> Wanted:
    told: dict[str, Any] = {"title": "Mombasa", "until": t.clock.now() + timedelta(hours=1), "back": "b", **more}
    return Wanted(key="k", amount=kes(minor), **told)


async def held(t: Table, minor: int = 10_000) -> str:
    asked = await t.gateway.ask(wanted(t, minor))
    await t.gateway.pay(asked.id)
    return asked.id


async def due(t: Table, end: str = "") -> list[Job]:
    found = await t.store.find(JOBS, {"state": "due"})
    return [j for j in found if j.name == "sandbox_alarm" and j.id.endswith(end)]


async def test_ids_stay_the_same_from_version_to_version_and_answers_are_what_is_stored() -> None:
    t = table("ana")
    assert Books(t.store, t.clock, "s").id_of("k") == "pay_902db1e1bdc688fa68a05fe4"
    asked = await t.gateway.ask(wanted(t))
    assert await t.gateway.pay(asked.id) == await t.store.get(PAYMENTS, asked.id)
    stored = await t.store.get(PAYMENTS, asked.id)
    assert stored is not None and len(stored.print) == 32


@pytest.mark.parametrize(("currency", "minor"), [("KES", 50), ("JPY", 50), ("KWD", 500)])
def test_the_least_is_half_a_unit_or_fifty(currency: str, minor: int) -> None:
    assert table("ana").gateway.least(currency) == Money(minor, currency)


@pytest.mark.parametrize(
    ("more", "fits"),
    [
        ({"title": "x" * 250}, True), ({"title": "x" * 251}, False), ({"title": "  "}, False),
        ({"within": timedelta(0)}, False), ({"within": timedelta(seconds=1)}, True), ({"within": LONGEST}, True),
        ({"within": LONGEST + timedelta(seconds=1)}, False),
    ],
)  # fmt: skip
async def test_a_page_has_a_title_and_is_open_for_a_day_at_most(more: dict[str, Any], fits: bool) -> None:
    t = table("ana")
    asked = {"until": t.clock.now() + more["within"]} if "within" in more else more
    if fits:
        assert (await t.gateway.ask(wanted(t, **asked))).state == "asked"
    else:
        with pytest.raises(Undeliverable):
            await t.gateway.ask(wanted(t, **asked))


@pytest.mark.parametrize(("minor", "taken"), [(0, False), (1, True), (1_000_000, True), (1_000_001, False)])
async def test_from_one_cent_to_what_is_held_is_taken_less_the_fee(minor: int, taken: bool) -> None:
    t = table("ana")
    payment = await held(t, 1_000_000)
    if not taken:
        with pytest.raises(Undeliverable):
            await t.gateway.capture(payment, kes(minor), key="c")
        return
    got = await t.gateway.capture(payment, kes(minor), key="c")
    assert (got.captured, got.fee) == (kes(minor), kes(29_000 if minor > 1 else 0))


async def test_what_is_not_held_cannot_be_taken_and_it_says_why() -> None:
    t = table("ana")
    asked = await t.gateway.ask(wanted(t))
    with pytest.raises(Undeliverable, match="nothing is held: asked"):
        await t.gateway.capture(asked.id, kes(1), key="c")
    await t.gateway.pay(asked.id)
    await t.faults.add("payments", "lapse")
    for _ in range(2):
        with pytest.raises(Undeliverable, match="nothing is held: the hold has ended"):
            await t.gateway.capture(asked.id, kes(1), key="c")


async def test_a_hold_ends_at_its_time_and_an_alarm_rings_then() -> None:
    t = table("ana")
    payment = await held(t)
    until = (await t.gateway.pay(payment)).held_until
    assert until is not None and [j.due_at for j in await due(t) if j.due_at == until] == [until]
    t.clock.at = until - timedelta(seconds=1)
    assert (await t.gateway.look_up(payment) or asked_none()).state == "authorized"
    t.clock.at = until
    assert (await t.gateway.look_up(payment) or asked_none()).state == "lapsed"


def asked_none() -> Any:
    raise AssertionError("it is not there")


@pytest.mark.parametrize(("minor", "given"), [(0, False), (1, True), (10_000, True), (10_001, False)])
async def test_from_one_cent_to_what_was_taken_is_given_back(minor: int, given: bool) -> None:
    t = table("ana")
    payment = await held(t)
    await t.gateway.capture(payment, kes(10_000), key="c")
    if given:
        assert (await t.gateway.refund(payment, kes(minor), key="r")).state == "done"
    else:
        with pytest.raises(Undeliverable):
            await t.gateway.refund(payment, kes(minor), key="r")


async def test_a_refund_that_is_late_arrives_once_at_its_time() -> None:
    t = table("ana")
    payment = await held(t)
    await t.gateway.capture(payment, kes(10_000), key="c")
    await t.faults.add("payments", "late_notice", match="refund", by=60)
    back = await t.gateway.refund(payment, kes(400), key="r")
    (job,) = await due(t, "-done")
    assert (back.state, job.due_at) == ("in_transit", t.clock.now() + timedelta(seconds=60))
    for _ in range(2):
        assert await t.gateway.alarm(job) is None
    assert (await t.gateway.refund(payment, kes(400), key="r")).state == "done"
    await t.gateway.alarm(Job(id="x", name="sandbox_alarm", thread="", due_at=t.clock.now(), args={"refund": "none"}))


CALLS: dict[str, Callable[[SandboxGateway, str, Table], Awaitable[Any]]] = {
    "ask": lambda g, p, t: g.ask(wanted(t)),
    "void": lambda g, p, t: g.void(p, key="v"),
    "capture": lambda g, p, t: g.capture(p, kes(10_000), key="c"),
    "look_up": lambda g, p, t: g.look_up(p),
    "look_up_key": lambda g, p, t: g.look_up_key("k"),
}


@pytest.mark.parametrize("call", CALLS)
async def test_an_answer_that_is_lost_is_lost_after_it_was_done(call: str) -> None:
    t = table("ana")
    payment = await held(t)
    await t.faults.add("payments", "timeout")
    with pytest.raises(Unknown):
        await CALLS[call](t.gateway, payment, t)
    assert await CALLS[call](t.gateway, payment, t) is not None


async def test_a_refund_of_which_nobody_heard_is_done() -> None:
    t = table("ana")
    payment = await held(t)
    await t.gateway.capture(payment, kes(10_000), key="c")
    await t.faults.add("payments", "timeout")
    with pytest.raises(Unknown):
        await t.gateway.refund(payment, kes(400), key="r")
    assert (await t.gateway.look_up(payment) or asked_none()).refunded == kes(400)
