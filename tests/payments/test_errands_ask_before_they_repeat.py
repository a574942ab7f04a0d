"""Calls of the payment service that get no answer: it is asked what happened, and only then is anything repeated."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.codec import to_plain
from bot.documents import Insert
from bot.errors import Undeliverable, Unknown
from bot.model import Entry, Job
from bot.money import Money
from payments.errands import Errands
from payments.gateways.sandbox import SandboxGateway
from payments.model import COLLECTIONS, REFUNDS, Refund
from payments.ports import Notice, Payment, Refunded, Wanted
from tests.payments.single import NOW, collection, kes, share
from tests.payments.table import Table, table


@dataclass(slots=True)
class Lossy:
    """A service on the way to which calls are lost: those named never arrive, and nobody hears so."""

    real: SandboxGateway
    lost: set[str] = field(default_factory=set)
    refuses: set[str] = field(default_factory=set)
    heard: list[str] = field(default_factory=list)
    name: str = "sandbox"

    def _arrives(self, call: str) -> None:
        self.heard.append(call)
        if call in self.lost:
            raise Unknown("no answer")
        if call in self.refuses:
            raise Undeliverable("no")

    def least(self, currency: str) -> Money:
        return self.real.least(currency)

    async def ask(self, wanted: Wanted) -> Payment:
        self._arrives("ask")
        return await self.real.ask(wanted)

    async def capture(self, payment: str, amount: Money, *, key: str) -> Payment:
        self._arrives("capture")
        return await self.real.capture(payment, amount, key=key)

    async def void(self, payment: str, *, key: str) -> Payment:
        self._arrives("void")
        return await self.real.void(payment, key=key)

    async def refund(self, payment: str, amount: Money, *, key: str) -> Refunded:
        self._arrives("refund")
        return await self.real.refund(payment, amount, key=key)

    async def look_up(self, payment: str) -> Payment | None:
        self._arrives("look_up")
        return await self.real.look_up(payment)

    async def look_up_key(self, key: str) -> Payment | Refunded | None:
        self._arrives("look_up_key")
        return await self.real.look_up_key(key)

    def read_notification(self, headers: Mapping[str, str], body: bytes) -> Notice:
        return self.real.read_notification(headers, body)


@dataclass(slots=True)
class Errand:
    """The errands of one collection "c" whose first share is asked for, with a way to the service that loses calls."""

    table: Table
    way: Lossy
    payment: str = ""

    async def run(self, name: str, attempts: int = 1, **args: Any) -> Entry | None:
        job = Job(id="j", name=name, thread="trip", due_at=NOW, args={"collection": "c", "share": "c:1", **args})
        work = Errands(self.table.store, self.table.clock, self.way).work()
        return await work[name](replace(job, attempts=attempts))

    async def said(self, name: str, attempts: int = 1, **args: Any) -> dict[str, Any]:
        """The value of the Entry it ends in."""
        told = await self.run(name, attempts, **args)
        assert told is not None
        return told.value


WANTED = {
    "key": "c:1:ask:1",
    "amount": {"minor": 10_000, "currency": "KES"},
    "title": "Mombasa",
    "back": "b",
    "about": {},
}


def wanted(at: Table) -> dict[str, Any]:
    return {**WANTED, "until": to_plain(at.clock.now().replace(hour=23))}


@pytest.fixture
async def errand() -> Errand:
    made = table("ana")
    return Errand(made, Lossy(made.gateway))


async def held(e: Errand) -> str:
    """What the first share asks for is held, and to be taken: the payment's id."""
    payment = await paid(e)
    mine = share(1, "ana", state="authorized", payment=payment, taking=10_000)
    await e.table.store.commit([Insert(COLLECTIONS, collection(mine, state="committing", taken=kes(10_000)))])
    return payment


async def paid(e: Errand) -> str:
    """A page is open and paid: the payment's id."""
    asked = await e.said("ask_payment", wanted=wanted(e.table))
    await e.table.gateway.pay(asked["payment"]["id"])
    return str(asked["payment"]["id"])


async def test_a_page_of_which_nobody_heard_is_asked_for_again_under_the_same_key(errand: Errand) -> None:
    errand.way.lost = {"ask"}
    told = await errand.said("ask_payment", wanted=wanted(errand.table))
    assert (told["topic"], told["errand"], told["after"]) == ("later", "ask_payment", 2)
    assert (told["args"]["unsure"], told["args"]["tries"]) == (True, 1)
    errand.way.lost, errand.way.heard = set(), []
    again = await errand.said("ask_payment", **{**told["args"], "wanted": wanted(errand.table)})
    assert (again["topic"], errand.way.heard) == ("looked", ["look_up_key", "ask"])


@pytest.mark.parametrize(("attempts", "more"), [(2, {}), (1, {"unsure": True})])
async def test_a_page_that_may_be_open_already_is_looked_for_first(
    errand: Errand, attempts: int, more: dict[str, Any]
) -> None:
    first = await errand.said("ask_payment", wanted=wanted(errand.table))
    errand.way.heard = []
    second = await errand.said("ask_payment", attempts, wanted=wanted(errand.table), **more)
    assert second["payment"] == first["payment"] and errand.way.heard == ["look_up_key"]


async def test_a_capture_that_is_refused_because_it_was_done_counts(errand: Errand) -> None:
    payment = await held(errand)
    await errand.table.gateway.capture(payment, kes(9_000), key="k")
    errand.way.refuses = {"capture"}
    told = await errand.said("capture_payment", payment=payment, amount=to_plain(kes(10_000)), key="k")
    assert (told["topic"], told["payment"]["state"]) == ("looked", "captured")


async def test_a_capture_that_is_refused_is_told_with_how_the_payment_stands(errand: Errand) -> None:
    payment = await held(errand)
    errand.way.refuses = {"capture"}
    told = await errand.said("capture_payment", payment=payment, amount=to_plain(kes(10_000)), key="k")
    assert (told["topic"], told["why"], told["payment"]["state"]) == ("not_captured", "no", "authorized")


@pytest.mark.parametrize(("call", "args"), [("capture", {"amount": to_plain(kes(10_000))}), ("void", {})])
async def test_what_did_not_arrive_is_tried_again_and_what_did_is_not(
    errand: Errand, call: str, args: dict[str, Any]
) -> None:
    payment = await held(errand)
    errand.way.lost = {call}
    told = await errand.said(f"{call}_payment", payment=payment, key="k", **args)
    assert (told["topic"], told["errand"], told["args"]["unsure"]) == ("later", f"{call}_payment", True)
    await errand.table.gateway.void(payment, key="k")
    told = await errand.said(f"{call}_payment", payment=payment, key="k", **args)
    assert (told["topic"], told["payment"]["state"]) == ("looked", "voided")


async def refunding(e: Errand, state: str = "requested") -> Refund:
    payment = await paid(e)
    await e.table.gateway.capture(payment, kes(10_000), key="k")
    refund = Refund(
        id="c:1:refund:k", thread="trip", collection="c", share="c:1", person="ana", payment=payment,
        amount=kes(4_000), at=e.table.clock.now(), state=state,
    )  # fmt: skip
    taken = share(1, "ana", state="captured", payment=payment, captured=10_000, refunding=4_000)
    await e.table.store.commit([Insert(REFUNDS, refund), Insert(COLLECTIONS, collection(taken, state="committed"))])
    return refund


async def test_a_refund_that_did_not_arrive_is_asked_for_again_and_one_that_did_is_not(errand: Errand) -> None:
    refund = await refunding(errand)
    errand.way.lost = {"refund"}
    told = await errand.said("refund_payment", refund=refund.id)
    assert (told["topic"], told["errand"], told["args"]["unsure"]) == ("later", "refund_payment", True)
    await errand.table.gateway.refund(refund.payment, refund.amount, key=refund.key)
    told = await errand.said("refund_payment", refund=refund.id)
    assert (told["topic"], told["refunded"]["state"]) == ("refund_looked", "done")


async def test_a_refund_that_moved_on_without_a_notice_is_found_by_looking(errand: Errand) -> None:
    refund = await refunding(errand, "in_transit")
    await errand.table.gateway.refund(refund.payment, refund.amount, key=refund.key)
    told = await errand.said("payments_watch", n=0)
    assert [(r["refund"], r["refunded"]["state"]) for r in told["refunds"]] == [(refund.id, "done")]
    errand.way.lost = {"look_up_key"}
    assert await errand.run("payments_watch", n=0) is None


@pytest.mark.parametrize("how", ["lost", "refuses"])
async def test_looking_in_vain_is_looking_again(errand: Errand, how: str) -> None:
    payment = await held(errand)
    setattr(errand.way, how, {"look_up"})
    told = await errand.said("check_payment", payment=payment)
    assert (told["topic"], told["errand"], told["args"]["unsure"]) == ("later", "check_payment", True)


async def test_what_the_lane_waits_for_no_more_is_not_taken(errand: Errand) -> None:
    payment = await paid(errand)
    asked = {"payment": payment, "amount": to_plain(kes(10_000)), "key": "k"}
    assert await errand.run("capture_payment", **asked) is None
    failed = share(1, "ana", state="capture_failed", payment=payment, taking=10_000)
    await errand.table.store.commit([Insert(COLLECTIONS, collection(failed, state="committed", taken=kes(10_000)))])
    assert await errand.run("capture_payment", **asked) is None and "capture" not in errand.way.heard
